# 用规则语言写的用例、其中的情形表，以及用例触及了什么。

test-title = { $label }
test-title-named = { $label }：{ $name }
test-title-row = { $label }，第 { $row } 行

code-p014 = `{ $found }` 与所在列不符，该列应写{ $expected }
    .page =
        用例的情形表里，每格写什么由列头决定：照来源原样写的数据、日期、主体，或者应得的结果。“预期 名称”之下写结论，“预期 名称 结论”之下写判定的一个或几个结论，“预期 名称 =”之下写数值。
        错误：
            用例 "一个比例" {"{"} 情形表 {"{"}
              | coverage | 预期 t |
              | 60% | 60% | {"}"} {"}"}
        正确：
            用例 "一个比例" {"{"} 情形表 {"{"}
              | coverage | 预期 t |
              | 60% | 未通过 | {"}"} {"}"}
cell-text = 引号内的文字
cell-entity = 主体的标识
cell-date = 年、月或日
cell-figure = 带单位的数、是、否、日期，或引号内的文字
cell-verdict = 结论，需要时在括号内写原因；或者有无发现
cell-outcomes = 一个或几个结论，以逗号分隔
cell-outlook = 前景
cell-value = 带单位的数、日期，或引号内的文字
help-case-cells = 没有内容的格写 `-`
help-cell = 这一格没有内容时写 `-`
help-cell-outcome = 写判定的某个结论的标识；与关键词相同的，放在反引号之间

reach-rule = 规则
reach-version = 版本
reach-case = 情形
reach-exception = 例外
reach-presumption = 推定
reach-tier = 等级
reach-evidence = 证据项
reach-limit = 比较
reach-condition = 条件
sight-judged = 得到评判
sight-finding = 有发现
sight-no-finding = 无发现
sight-decided = 起决定作用
sight-beaten = 被优先者胜出
sight-below = 低于界限
sight-at = 等于界限
sight-above = 高于界限
sight-holds = 成立
sight-fails = 不成立
sight-open = 无法判定
reach-head-what = 项目
reach-head-count = 总数
reach-head-whole = 已全部出现
reach-head-shown = 已出现
reach-head-words = 文字与地址
reach-head-seen = 出现次数
reach-head-lacking = 尚缺
reach-cannot = 不会
reach-name = { $kind } `{ $words }`
reach-lacks = { $name }：没有用例使其{ $sights }
reach-line = { $place }：{ $said }
reach-times = { $sight } { $count }
reach-lacking = 尚未出现：{ $count } 项
reach-summary = 用例已触及 { $shown } 处，共 { $count } 处，占 { $percent }%
reach-summary-short = { $shown }，不足要求的 { $wanted }%
reach-summary-enough = { $shown }，要求为 { $wanted }%
reach-heading = 用例触及了什么
reach-caption = 规则、情形与比较
reach-items = 应触及的全部项目
reach-items-caption = 各项出现的次数，以及尚缺什么
tests-title = { $pack }：用例
tests-page-kind = 用例
tests-heading = 用例
tests-head-answer = 结果
tests-head-test = 用例
tests-head-place = 位置
reach-head-line = 行

code-r059 = 情形 `{ $first }`（{ $firstOutcome }）与 `{ $second }`（{ $secondOutcome }）会同时成立：{ $facts }
    .page =
        各情形“互斥”（没有写明也是互斥）时，结论不同的情形不得同时成立：遇到这样的事实就无法判定（矛盾）。消息举出一组这样的事实。条件都是单个事实与常数相比时，在有数据之前就能发现。
        错误：
            判定 d "判定" {"{"} 结论 low 结论 high
              情形 few：low 适用条件 coverage <= 50%
              情形 many：high 适用条件 coverage >= 50% {"}"}
        正确：
            判定 d "判定" {"{"} 结论 low 结论 high
              情形 few：low 适用条件 coverage < 50%
              情形 many：high 适用条件 coverage >= 50% {"}"}
code-r060 = 没有情形成立：{ $facts }
    .page =
        没有情形涵盖的事实得不出结论：无法判定（无定义）。消息举出一组这样的事实。“其余”写明没有情形成立时的结论。
        错误：
            判定 d "判定" {"{"} 结论 low 结论 high
              情形 few：low 适用条件 coverage < 50%
              情形 many：high 适用条件 coverage > 50% {"}"}
        正确：
            判定 d "判定" {"{"} 结论 low 结论 high
              情形 few：low 适用条件 coverage < 50%
              情形 many：high 适用条件 coverage > 50%
              其余 high {"}"}
code-r061 = 情形 `{ $case }` 永远不起决定作用：{ $why }
    .page =
        无论事实如何都起不了作用的情形是笔误：条件自相矛盾，或与声明的取值范围不合；或者它成立时总有更强的情形成立；或者处处都有例外优先于它。
        错误：
            判定 d "判定" {"{"} 结论 low 结论 high
              从强到弱
              情形 some：low 适用条件 coverage > 10%
              情形 many：high 适用条件 coverage > 50%
              其余 low {"}"}
        正确：
            判定 d "判定" {"{"} 结论 low 结论 high
              从强到弱
              情形 many：high 适用条件 coverage > 50%
              情形 some：low 适用条件 coverage > 10%
              其余 low {"}"}
help-overlap = 使其中之一排除另一个，或写“从强到弱”，或把其中之一写成另一个的“例外”
help-gap = 为这样的事实加一个情形，或写“其余”
help-case-never = 把它移到更强的情形之前，改正条件，或者删去
flaw-never-holds = 条件永远不成立
flaw-shadowed = 它成立时总有更强的情形成立，或者它所针对的情形都不适用
flaw-always-beaten = 它适用时总有例外优先
flaw-fact = { $fact }为{ $value }
flaw-fact-of = { $fact }（{ $more }）

explain-presumed-here = { $fact }未申明；按推定{ $truth }
