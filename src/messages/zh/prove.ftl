# 没有任何数据时即可证明的事项。

doubt-aggregate = 取决于对多个主体的汇总
doubt-score = 取决于评分
doubt-product = 数据之间相乘，或者除数不止一个
doubt-root = 含乘方或者开方
doubt-days = 从作为数据的日期起计算月数或者工作日
doubt-evidence = 取决于证明材料
doubt-text = 比较未列举的文字
doubt-open = 其中的条件可能没有答案
doubt-presence = 它询问数据是否存在，而这里假定数据齐全
doubt-cases = 其中某个数的情形过多
doubt-steps = 可能的组合过多
doubt-solver = 求解器没有给出可以证明的结果
doubt-print = 没有找到小数不超过六位、足以说明的数据
doubt-bounds = 没有数据落在界限之内
doubt-evaluation = 对所得数据的评判并非如此
doubt-scope = 逐条记录评判，或者只评判某主体之下的主体
doubt-nobody = 没有评判对象
doubt-other-scope = 评判对象与原来不同
doubt-other-indicator = 所用指标的声明与原来不同
doubt-other-kind = 规则的种类或者读取数据的方式与原来不同
doubt-recurrence = 周期性要求，且部分期间获得豁免
doubt-settings = 法律与时期的变化次数超出分析范围
relation-equivalent = 等价
relation-stricter = 更严
relation-looser = 更宽
relation-same-failures = 未通过者相同
relation-different = 不同
relation-unknown = 不能确定
changed-kind = 种类
changed-unit = 单位
changed-class = 所属主体
changed-definition = 口径
changed-evidence = 证明材料
changed-bounds = 界限
changed-values = 取值
changed-identities = 恒等式
state-holds = 成立
state-broken = 不成立
compare-rule = `{ $id }` { $name }
compare-head = { $rule }：{ $relation }
compare-way = 原为{ $was }，现为{ $now }：时期 { $period }，适用 { $day } 有效的法律
compare-figure = { $name }：{ $value }
compare-doubt = 并非对所有数据都能确定：{ $why }
compare-gone = 只在旧规则包中：{ $rules }
compare-arisen = 只在新规则包中：{ $rules }
compare-changed = 声明不同：`{ $indicator }` 的{ $part }
compare-count = { $relation } { $count } 条
compare-summary = 两个规则包共有的规则：{ $count } 条（{ $counts }）；合计：{ $relation }
compare-granted = 以上结论所说的数据：一个不缺，数值确切，并在两个规则包声明的界限之内
join-head = { $rule }：自 { $day } 起
join-begins = { $rule }：自 { $day } 起适用，此前不适用
join-ends = { $rule }：自 { $day } 起不再适用
join-way = 原为{ $was }，现为{ $now }
join-summary = 结论发生变化的日期：{ $count } 个；变化方式：{ $ways } 种
ground-rule = `{ $rule }`
ground-identity = `{ $indicator }` 的恒等关系
ground-bounds = `{ $indicator }` 的取值范围
ground-none = 无其他依据
ground-anyway = 本来就成立的内容
place-ground = `{ $rule }` 在此
join-turn = “{ $was }”变为“{ $now }”
code-l030 = 没有任何数据能够满足 `{ $rule }`；依据：{ $grounds }
    .page =
        不论数据如何，凡适用之处该规则都不达标。这由规则本身以及所列的取值范围与恒等关系精确证明；缺少其中任何一项，证明都不成立。
        错误：
            规则包 p "包" {"{"} 主体 e {"}"}
            主体 e "某地" {"{"} {"}"}
            目标 width "宽度" {"{"} 要求 a + b 不低于 5m 且 a + b 不高于 4m 截至 2025年 {"}"}
        正确：
            规则包 p "包" {"{"} 主体 e {"}"}
            主体 e "某地" {"{"} {"}"}
            目标 width "宽度" {"{"} 要求 a + b 不低于 4m 且 a + b 不高于 5m 截至 2025年 {"}"}
code-l031 = `{ $rule }` 不能与下列各项同时满足：{ $grounds }
    .page =
        每条规则单独都能满足，但没有数据能同时满足全部。所列已是最少：去掉其中任何一条规则、恒等关系或者取值范围，其余就能同时成立。附有适用条件的规则，按各条件同时成立时来问；只有在那里每条规则单独都能满足时才提示。
        错误：
            规则包 p "包" {"{"} 主体 e {"}"}
            主体 e "某地" {"{"} {"}"}
            目标 wide "宽" {"{"} 要求 a 不低于 5m 截至 2025年 {"}"}
            目标 narrow "窄" {"{"} 要求 a 不高于 4m 截至 2025年 {"}"}
        正确：
            规则包 p "包" {"{"} 主体 e {"}"}
            主体 e "某地" {"{"} {"}"}
            目标 wide "宽" {"{"} 要求 a 不低于 4m 截至 2025年 {"}"}
            目标 narrow "窄" {"{"} 要求 a 不高于 5m 截至 2025年 {"}"}
code-l032 = `{ $rule }` 对下列各项没有增加任何要求：{ $grounds }
    .page =
        凡不满足本规则的数据，在同样的时间对同样的主体，也不满足所列的某一条。或许界限写错了；也可能原文确实在别处重复了同一要求，这时用注释说明。
        错误：
            规则包 p "包" {"{"} 主体 e {"}"}
            主体 e "某地" {"{"} {"}"}
            目标 wide "宽" {"{"} 要求 a 不低于 5m 截至 2025年 {"}"}
            目标 less "低" {"{"} 要求 a 不低于 4m 截至 2025年 {"}"}
        正确：
            规则包 p "包" {"{"} 主体 e {"}"}
            主体 e "某地" {"{"} {"}"}
            目标 wide "宽" {"{"} 要求 a 不低于 5m 截至 2025年 {"}"}
            目标 less "低" {"{"} 要求 b 不低于 4m 截至 2025年 {"}"}
code-l033 = `{ $rule }` 从不适用；依据：{ $grounds }
    .page =
        没有任何数据使其适用条件成立，因此从来没有主体受它评判。
        错误：
            规则包 p "包" {"{"} 主体 e {"}"}
            主体 e "某地" {"{"} {"}"}
            目标 width "宽度" {"{"} 适用条件 a > 5m 且 a < 4m 要求 b 不低于 1m 截至 2025年 {"}"}
        正确：
            规则包 p "包" {"{"} 主体 e {"}"}
            主体 e "某地" {"{"} {"}"}
            目标 width "宽度" {"{"} 适用条件 a > 4m 且 a < 5m 要求 b 不低于 1m 截至 2025年 {"}"}
code-l034 = 自 { $day } 起，同样的数据在 `{ $rule }` 中的结论不同：{ $ways }
    .page =
        这一天，判定的一个版本取代另一个版本。提示说明哪些结论变为哪些结论，并为第一种给出数据。这不一定有错；如果原文并无此意，则是某个版本写错了。
        错误：
            规则包 p "包" {"{"} 主体 e {"}"}
            主体 e "某地" {"{"} {"}"}
            文件 law-1 "第一部" {"{"} 施行 自 2020-01-01 {"}"}
            文件 law-2 "第二部" {"{"} 施行 自 2024-01-01 {"}"}
            判定 way "路径" {"{"} 结论 short 结论 long 版本 first "第一版" {"{"} 依据 law-1 从强到弱 情形 few: short 适用条件 a < 5m 其余 long {"}"} 版本 second "第二版" {"{"} 依据 law-2 从强到弱 情形 few: short 适用条件 a < 6m 其余 long {"}"} {"}"}
        正确：
            规则包 p "包" {"{"} 主体 e {"}"}
            主体 e "某地" {"{"} {"}"}
            文件 law-1 "第一部" {"{"} 施行 自 2020-01-01 {"}"}
            文件 law-2 "第二部" {"{"} 施行 自 2024-01-01 {"}"}
            判定 way "路径" {"{"} 结论 short 结论 long 版本 first "第一版" {"{"} 依据 law-1 从强到弱 情形 few: short 适用条件 a < 5m 其余 long {"}"} 版本 second "第二版" {"{"} 依据 law-2 从强到弱 情形 few: short 适用条件 a < 5m 其余 long {"}"} {"}"}
help-l034 = 其中第一种见于：{ $facts }；对本规则包单独运行 `plumbrule compare`，即可看到每一种的数据
cli-compare = 证明两个规则包对所有数据的结论是否相同，或者给出结论不同的数据
cli-arg-old-pack = 旧规则包的文件夹或者文件；单独给出时，列出法律变更使结论改变的日期
cli-arg-new-pack = 新规则包的文件夹或者文件
cli-value-old = 旧规则包
cli-value-new = 新规则包
cli-arg-examples = 存放示例的文件夹，每个示例一张 `plumbrule check` 可以读取的表
cli-arg-proved-form = 输出形式；未写时由 --out 的结尾决定
cli-examples-compare =
    plumbrule compare rules/evaluation-2023 rules/evaluation-2024
    plumbrule compare rules/evaluation-2023 rules/evaluation-2024 --examples 差异 # 写出示例
    plumbrule compare rules/data-export --out days.json
cli-exit-compare =
    0  证明等价，声明也没有不同，或者只询问日期
    1  有规则结论不同或只在一个规则包中，或者有指标的声明不同
    2  出错
    3  没有发现不同，但并非全部得到证明
