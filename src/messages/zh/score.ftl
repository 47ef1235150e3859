# 评分：对一类主体合成的综合指数及其权重。
clock-weights = 权重方案 { $weights }
score-rank = 名次
score-tier = 等级
standing-min-max = { $what }在{ $members }的最低与最高之间的位置
standing-z-score = { $what }与{ $members }均值之差，以标准差计
standing-target = { $what }对其目标的完成程度（{ $members }）
standing-between = { $what }在两个固定端点之间的位置（{ $members }）
standing-multiple = { $what }（{ $members }）

# 评分有什么不对。
code-r047 = 这个评分行不通：{ $why }
    .page =
        几何平均对小于零的数没有意义，而许多主体的标准分小于零。无论什么数据都得不出结果的写法，读规则包时即拒绝。
        错误：
            entity town "城镇" {"{"} members open {"}"}
            score reach "普及" {"{"} for each town element coverage weight 1 z-score aggregate geometric {"}"}
        正确：
            entity town "城镇" {"{"} members open {"}"}
            score reach "普及" {"{"} for each town element coverage weight 1 min-max aggregate geometric {"}"}
score-no-element = 没有要素，或超过 500 个
score-out-of-zero = 满分须大于 0
score-geometric-z = 标准分可能小于 0，几何平均不接受这样的数；请写 `合成 算术`，或不用 `标准分`
score-target-zero = 所距的目标须大于 0
score-ends = 两个端点中，前一个须较小
score-weights-sum = 开放的权重须能合计为 1（100%），其余的合计须大于 0
score-weight-unit = 权重是不小于 0 的数，或 30% 这样的比例
score-weight-missing = 要素 `{ $element }` 在这里没有权重；可为任意值时写 `权重 开放`
score-roots = 权重的公分母太大，无法取几何平均；请少写几位小数
score-tier-never = 没有谁能进入等级 `{ $tier }`：够得上它的，已归入写在前面的 `{ $before }`；请从最好的等级写起

# 命令行上的权重方案。
cli-arg-weights = 评分所用权重方案的名称，由 `权重方案` 一项给出；默认用评分自己的权重
cli-arg-old-weights = 旧的一侧所用的权重方案；默认相同
cli-no-weights = 没有评分有名为 `{ $weights }` 的权重方案
help-no-weights = 用 `权重方案` 一项给评分另一组权重；该文件可以写在规则包旁边

# 评分怎样得来。
explain-score-arithmetic = 各要素的加权算术平均；{ $weights }
explain-score-geometric = 各要素的加权几何平均；{ $weights }
explain-score-own-weights = 规则包的权重：{ $items }
explain-score-named-weights = 权重方案 { $name }：{ $items }
explain-score-weight = { $element } { $weight }
explain-score-weight-open = { $element } { $from } 至 { $to }
explain-score-out-of = { $score }；满分 { $points }
explain-gap-unknown = 缺失的数据在其取值范围内不定
explain-gap-left-out = 缺失的要素不计，其权重由其余要素分担
explain-gap-worst = 缺失的数据按各主体中最差者计
explain-gap-mean = 缺失的数据按已有者的均值计

# `scores` 命令。
cli-scores = 规则包里的评分对每个主体得多少，连同名次和等级
cli-arg-scored = 取哪一期的评分；默认为有数据的最近一年
cli-arg-score-format = 输出形式；默认由 --out 的扩展名决定
cli-examples-scores =
    plumbrule scores examples/scores/pack.plumb --figures examples/scores/figures.csv
    plumbrule scores examples/scores/pack.plumb --figures examples/scores/figures.csv --weights open --format json
cli-no-scores = 这个规则包没有声明评分
help-no-scores = `评分` 一项把主体的几个量合成一个数
scores-head-place = 名次
scores-head-body = 主体
scores-head-score = 得分
scores-places = { $from } 至 { $to }
scores-range = { $from } 至 { $to }
scores-open = { $value }（{ $causes }）
scores-no-place = –
scores-no-value = 无值
scores-no-tier = –
scores-or = { $first } 或 { $second }
scores-page-kind = 评分
scores-caption = 得分与名次
scores-sheet = 评分
scores-sheet-elements = 要素
scores-sheet-method = 方法
scores-head-name = 评分
scores-head-from = 下限
scores-head-to = 上限
scores-head-first = 名次自
scores-head-last = 名次至
scores-head-element = 要素
scores-head-method = 怎样得出
