# 判定：写错的地方，以及为何得出该结论。

code-p011 = 这一行有 { $found } 格，而表有 { $expected } 列
    .page =
        情形表的每一行，一列一格：写条件，取什么值都行的写 `-`，最后一格写结论。
        错误：
            判定 d "判定" {"{"} 结论 low 结论 high 情形表 {"{"}
              | coverage | 结论 |
              | 低于 5% | low |
              | high | {"}"} {"}"}
        正确：
            判定 d "判定" {"{"} 结论 low 结论 high 情形表 {"{"}
              | coverage | 结论 |
              | 低于 5% | low |
              | - | high | {"}"} {"}"}
code-r041 = 这样写无法判定
    .page =
        各情形要么“互斥”，不得同时成立；要么“从强到弱”，以最先成立的为准；都不写就是互斥。一个判定最多区分 32 个结论，再多就分成几个判定，由其中一个引用其他判定。
        错误：
            判定 d "判定" {"{"}
              结论 low
              互斥
              从强到弱
              其余 low {"}"}
        正确：
            判定 d "判定" {"{"}
              结论 low
              从强到弱
              其余 low {"}"}
code-r042 = 判定没有结论 `{ $name }`
    .page =
        每个情形写判定声明过的一个结论；`route 为 exempt` 这样的条件问的也是其中之一。
        错误：
            判定 d "判定" {"{"}
              结论 low
              情形 few：lwo 适用条件 coverage < 5%
              其余 low {"}"}
        正确：
            判定 d "判定" {"{"}
              结论 low
              情形 few：low 适用条件 coverage < 5%
              其余 low {"}"}
code-r043 = 上面没有叫 `{ $name }` 的情形
    .page =
        例外写明它优先于哪些情形，并写在它们下面，这样两个例外不会互相优先。“其余”不能被例外，请改写成情形。
        错误：
            判定 d "判定" {"{"} 结论 low 结论 high
              情形 few：low 适用条件 coverage < 5%
              例外 none 针对 fwe：high 适用条件 coverage < 1%
              其余 high {"}"}
        正确：
            判定 d "判定" {"{"} 结论 low 结论 high
              情形 few：low 适用条件 coverage < 5%
              例外 none 针对 few：high 适用条件 coverage < 1%
              其余 high {"}"}
code-r044 = 这个版本何时适用没有确定
    .page =
        一个版本从它的最后一份文件施行之日起适用，到下一个版本开始为止。所以每个版本用“依据”写明文件，每份文件写明“施行 自”，任何两个版本不在同一天开始。
        错误：
            文件 act "法规" {"{"}{"}"}
            判定 d "判定" {"{"} 结论 low
              版本 first {"{"} 依据 act 其余 low {"}"} {"}"}
        正确：
            文件 act "法规" {"{"} 施行 自 2024-03-22 {"}"}
            判定 d "判定" {"{"} 结论 low
              版本 first {"{"} 依据 act 其余 low {"}"} {"}"}
code-r045 = 这不是可以推定的事实
    .page =
        推定只针对一个事实：是、不是，或者取某个值。
        错误：
            判定 d "判定" {"{"}
              结论 low
              推定 coverage < 5%
              其余 low {"}"}
        正确：
            判定 d "判定" {"{"}
              结论 low
              推定 coverage 为 5%
              其余 low {"}"}
code-r046 = `{ $name }` 是判定，请写明问的是哪个结论
    .page =
        判定既不是数，也不是“是”或“否”。在条件里，后面要写结论：`route 为 exempt`、`route 不为 exempt`、`route 在 {"{"}exempt, filing{"}"}`。
        错误：
            判定 d "判定" {"{"}
              结论 low
              其余 low {"}"}
            目标 x "目标" {"{"} 要求 coverage >= 5% 截至 2025 适用条件 d {"}"}
        正确：
            判定 d "判定" {"{"}
              结论 low
              其余 low {"}"}
            目标 x "目标" {"{"} 要求 coverage >= 5% 截至 2025 适用条件 d 为 low {"}"}
help-row-cells = 取什么值都行的格写 `-`
help-row-outcome = 每行最后一格写一个结论
help-one-order = “互斥”和“从强到弱”只留一个
help-most-outcomes = 最多 { $limit } 个结论
help-case-above = 例外写在它所优先的情形下面，而且那些情形要有条件
help-version-undated = 用“依据”写明文件，并给每份文件写明“施行 自”
help-version-same-day = 否则前一个版本永远不会适用
help-presume = 写一个事实、“非”加一个事实，或者事实、“为”和某个值
help-needs-outcome = 后面写“为”“不为”或“在”和结论
help-expect-outcome = 只有判定才有结论
explain-verdict-decided = { $rule } { $label }，{ $entity }，{ $period }：{ $outcomes }
explain-verdict-possible = { $rule } { $label }，{ $entity }，{ $period }：{ $verdict }（{ $causes }）；仍有可能：{ $outcomes }
explain-version = 版本“{ $version }”：{ $inForce } 施行的规定，依据{ $texts }，自 { $since } 起
explain-version-later = 版本“{ $version }”尚未施行，自 { $since } 起
explain-version-earlier = 版本“{ $version }”自 { $since } 起施行，其后已有新的版本
explain-version-ended = 版本“{ $version }”自 { $since } 起施行，已经失效
explain-prevails = 不一致时，{ $text }优先于{ $others }
explain-possible = 仍有可能：{ $outcomes }
explain-case = 由情形 `{ $case }` 得出：{ $outcome }
explain-case-otherwise = 没有情形成立，按 `{ $case }` 得出：{ $outcome }
explain-case-stands = 情形 `{ $case }` 成立：{ $outcome }
explain-case-open = 未定：情形 `{ $case }`，{ $outcome }
explain-case-beaten = 情形 `{ $case }`（{ $outcome }）成立，但有例外优先
explain-case-after = 情形 `{ $case }`（{ $outcome }）也成立，但不由它得出结论
explain-case-not = 情形 `{ $case }`（{ $outcome }）不成立
explain-overlap = 有 { $count } 个互斥的情形同时成立
explain-gap = 没有情形成立，也没有写明其余怎么办
explain-presumed = 未填报：{ $fact }；推定：{ $words }
explain-turn = 若 { $figure } { $range }，则为：{ $outcomes }
explain-turn-open = 若 { $figure } { $range }，仍有可能：{ $outcomes }
explain-settle = { $figure } 可以确定结论：{ $range }时为 { $outcomes }
explain-settle-open = { $figure } 可以缩小范围：{ $range }时还剩 { $outcomes }
explain-outcome = { $decision }为 { $outcome }
explain-outcome-not = { $decision }不为 { $outcome }
explain-outcome-open = { $decision }是否为 { $outcome } 没有确定
range-yes = 是
range-no = 否
range-words = 为 { $words }
range-other = 其他
range-any = 任意
range-point = 恰为 { $lo }
range-below = 低于 { $hi }
range-at-most = 不超过 { $hi }
range-at-least = 达到 { $lo }
range-above = 超过 { $lo }
range-from-below = 达到 { $lo }、不满 { $hi }
range-from-to = 为 { $lo } 至 { $hi }
range-above-below = 超过 { $lo }、不满 { $hi }
range-above-to = 超过 { $lo }、不超过 { $hi }
test-expected-outcome = 预期 { $rule } { $expected }，实得 { $found }
