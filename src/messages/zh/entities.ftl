# 主体、主体的类，以及对许多主体一并所说的话。

code-r031 = `{ $name }` 隶属于它自己
    .page =
        部分不能包含它所属的整体，隔几层也不行；否则对各部分求和没有尽头。
        错误：
            entity hill "山区" {"{"} part of vale {"}"}
            entity vale "谷区" {"{"} part of hill {"}"}
        正确：
            entity vale "谷区" {"{}"}
            entity hill "山区" {"{"} part of vale {"}"}
code-r032 = `{ $name }` 不属于类 `{ $class }`
    .page =
        “除去”把一类里的某些成员排除在外。不是成员的主体本来就不计入，多半是写错了。
        错误：
            entity town "区" {"{"} members listed {"}"}
            entity hill "山区" {"{"} class town {"}"}
            entity vale "谷区" {"{"} class town {"}"}
            entity state "全省" {"{}"}
            check z "核对" {"{"} require mean of coverage over town except state >= 5% {"}"}
        正确：
            entity town "区" {"{"} members listed {"}"}
            entity hill "山区" {"{"} class town {"}"}
            entity vale "谷区" {"{"} class town {"}"}
            entity state "全省" {"{}"}
            check z "核对" {"{"} require mean of coverage over town except hill >= 5% {"}"}
code-r033 = 类 `{ $class }` 里没有所指的成员
    .page =
        成员列明的类，只含规则包用“归类”放进去的主体。一个也不剩时，无从计数，也无从求和。
        错误：
            entity town "区" {"{"} members listed {"}"}
            check z "核对" {"{"} require mean of coverage over town >= 5% {"}"}
        正确：
            entity town "区" {"{"} members listed {"}"}
            entity hill "山区" {"{"} class town {"}"}
            check z "核对" {"{"} require mean of coverage over town >= 5% {"}"}
code-r034 = 此处不能是 `{ $found }`
    .page =
        “分位数”后面写位于其下的部分，从 0 到 1；“前”和“后”后面写成员的个数，为整数，至少为 1。
        错误：
            entity town "区" {"{"} members listed {"}"}
            entity hill "山区" {"{"} class town {"}"}
            check z "核对" {"{"} require quantile 90 of coverage over town >= 5% {"}"}
        正确：
            entity town "区" {"{"} members listed {"}"}
            entity hill "山区" {"{"} class town {"}"}
            check z "核对" {"{"} require quantile 0.9 of coverage over town >= 5% {"}"}
code-r036 = `{ $name }` 是单个主体，这里应写主体的类
    .page =
        “逐个”“个数”“于各”“在各”之后写的是类，例如各省。要单个主体的数据，在指标后写它的名字，如 `coverage[entity=vale]`。类用“成员 列明”或“成员 开放”声明。
        错误：
            entity vale "谷区" {"{}"}
            check z "核对" {"{"} require mean of coverage over vale >= 5% {"}"}
        正确：
            entity town "城镇" {"{"} members listed {"}"}
            entity vale "谷区" {"{"} class town {"}"}
            check z "核对" {"{"} require mean of coverage over town >= 5% {"}"}
help-declare-entity = 用 `entity { $name } "名称" {"{}"}` 声明；只在数据表里出现的主体，规则要提到它，也须先声明
help-classes = 已有的类：{ $classes }
help-no-classes = 本规则包没有类；用 `entity 标识 "名称" {"{"} members listed {"}"}` 声明，或写 `uses places`
help-ambiguous-entity = 有几个主体都叫这个名称，请写所指那个的标识：{ $names }
help-no-member = 请给成员加上“归类”和这个类，或者看看“于”和“除去”之后是否还剩成员
help-quantile = 请写从 0 到 1 的数，例如 0.9
help-top = { $word } 后面写成员的个数，例如 `前 5 的`
help-entity-kind = 如果是新的主体，请在“主体类型”一列写明它是什么：{ $names }
figure-part-of = 不认识 `{ $entity }` 所隶属的主体 `{ $found }`
figure-part-of-differs = `{ $entity }` 隶属于{ $known }，而不是 `{ $found }`
figure-part-of-itself = `{ $entity }` 会隶属于它自己

aggregate-sum = { $members }的{ $what }之和
aggregate-sum-top = { $members }的{ $what }中最高 { $n } 个之和
aggregate-sum-bottom = { $members }的{ $what }中最低 { $n } 个之和
aggregate-mean = { $members }的{ $what }均值
aggregate-mean-top = { $members }的{ $what }中最高 { $n } 个的均值
aggregate-mean-bottom = { $members }的{ $what }中最低 { $n } 个的均值
aggregate-lowest = { $members }的{ $what }最低值
aggregate-highest = { $members }的{ $what }最高值
aggregate-median = { $members }的{ $what }中位数
aggregate-quantile = { $members }的{ $what } { $p } 分位数
aggregate-rank-highest = { $what }在{ $members }中的名次（最高为 1）
aggregate-rank-lowest = { $what }在{ $members }中的名次（最低为 1）
aggregate-count = { $members }中满足“{ $what }”的个数
aggregate-count-not = { $members }中不满足“{ $what }”的个数
aggregate-share = { $members }中满足“{ $what }”的比例
members-class = { $class }
members-own = 所辖{ $class }
members-within = { $whole }的{ $class }
members-own-within = { $whole }的所辖{ $class }
members-except = { $members }（除去{ $except }）
explain-many-all = 共 { $count } 个成员，都有数据
explain-many-some = 共 { $count } 个成员，{ $known } 个有数据，{ $missing } 个没有
explain-many-conditions = 共 { $count } 个成员：{ $met } 个满足，{ $unmet } 个不满足，{ $open } 个尚不能定
explain-every = 每一个{ $members }均须满足“{ $what }”：{ $truth }
explain-every-counts = { $members }，{ $what }：共 { $count } 个成员，{ $met } 个满足，{ $unmet } 个不满足，{ $open } 个尚不能定
explain-some = 至少一个{ $members }满足“{ $what }”：{ $truth }
explain-many-open = 成员名单是开放的：没有在任何表里出现的主体不计入
explain-many-missing = 没有取值（{ $causes }）：{ $names }
explain-many-missing-more = 没有取值（{ $causes }）：{ $names }，另有 { $more } 个
explain-many-highest = 最高：{ $names }
explain-many-lowest = 最低：{ $names }
explain-many-met = 满足的有：{ $names }
explain-many-met-more = 满足的有：{ $names }，另有 { $more } 个
explain-many-unmet = 不满足的有：{ $names }
explain-many-unmet-more = 不满足的有：{ $names }，另有 { $more } 个
explain-member = { $name } { $set }
explain-many-own = 自身的值：{ $set }
explain-many-flip = 如果没有取值的 { $count } 个成员合计{ $op } { $limit }，则{ $outcome }
