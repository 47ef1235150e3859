# 里程碑、证据与等级序列：有什么不对，靠什么证明。

code-r053 = 这个里程碑行不通：{ $why }
    .page =
        里程碑要在某个时期之前实现，其“要求”要用到每一项证据。没有人要的证据项白白收集，不说何时的里程碑永远不会逾期；文件本身没有写明期限的，写“未定时限”。
        错误：
            milestone m "里程碑" {"{"}
              evidence list "清单已公布"
              evidence report "报告"
              require list by 2025 {"}"}
        正确：
            milestone m "里程碑" {"{"}
              evidence list "清单已公布"
              evidence report "报告"
              require all of (list, report) by 2025 {"}"}
code-r054 = 证据没有 `{ $name }` 这一种类
    .page =
        证据种类是固定的：文件、统计、检查、证书、评估、系统、陈述。这样数据表和规则说的是一回事。
        错误：
            milestone m "里程碑" {"{"}
              evidence list "清单" {"{"} accepts paper {"}"}
              require list by 2025 {"}"}
        正确：
            milestone m "里程碑" {"{"}
              evidence list "清单" {"{"} accepts document {"}"}
              require list by 2025 {"}"}
code-r055 = 这个等级序列行不通：{ $why }
    .page =
        等级序列至少有两级，从低到高排列，一个名称不能代表两级。
        错误：
            scale maturity: begun < begun
        正确：
            scale maturity: begun < formed
code-r056 = 没有名为 `{ $name }` 的等级序列
    .page =
        取值为等级的指标或证据项，要写明规则包声明过的等级序列。
        错误：
            scale maturity: begun < formed
            indicator stage "阶段" {"{"} kind level of maturty {"}"}
        正确：
            scale maturity: begun < formed
            indicator stage "阶段" {"{"} kind level of maturity {"}"}
code-r057 = { $count } 个条件，不能要求 { $found } 个
    .page =
        `at least N of (…)` 要求括号里的条件至少成立一个，且不能多于条件的个数。
        错误：
            target t "目标" {"{"} require at least 3 of (coverage > 5%, coverage < 90%) {"}"}
        正确：
            target t "目标" {"{"} require at least 2 of (coverage > 5%, coverage < 90%) {"}"}
code-r058 = 等级序列 { $ladder } 没有 `{ $name }` 这一级
    .page =
        等级只能与同一序列的等级比较，写标识或名称均可。
        错误：
            scale maturity: begun < formed
            indicator stage "阶段" {"{"} kind level of maturity {"}"}
            target t "目标" {"{"} require stage >= frmed {"}"}
        正确：
            scale maturity: begun < formed
            indicator stage "阶段" {"{"} kind level of maturity {"}"}
            target t "目标" {"{"} require stage >= formed {"}"}
code-f021 = 证据没有写明种类或可信度
    .page =
        每条证据要写明是什么（文件、统计、检查、证书、评估、系统、陈述），以及是确定还是可能。只有确定的证据才作判定，因此可信度绝不猜测。
        错误：
            证据项,日期,认定,证据种类,可信度
            plan.list,2023-05,已实现,文件,大概
        正确：
            证据项,日期,认定,证据种类,可信度
            plan.list,2023-05,已实现,文件,可能

milestone-by = 它的“要求”要写明“截至”某个时期，或者写“每”“定期”“未定时限”
milestone-empty = 没有证据项，也没有用到任何数据
milestone-unused = “要求”没有用到证据项 `{ $name }`
milestone-kind = 证据项只能是“是否”或某个序列的等级
ladder-twice = `{ $name }` 出现了两次
ladder-short = 不足两级
help-given-evidence = 写里程碑及其证据项，中间用点号：`given evidence plan.list = "已实现" dated 2023-05`
help-given-dated = 请写明何时如此：`dated 2023-05`
figure-evidence-kind = 证据种类为 { $found }
figure-grade = 证据可信度为 { $found }
figure-nothing = （空）
word-and-name = { $word }（{ $name }）
column-evidence-kind = 证据种类
column-issuer = 出具机构
column-said-by = 陈述者
column-reference = 文号
column-grade = 可信度
form-kind-level = 等级
list-milestones = 里程碑
graph-kind-milestone = 里程碑
page-kind-evidence = 其他证据

evidence-document = 文件
evidence-statistic = 统计
evidence-inspection = 检查
evidence-certificate = 证书
evidence-assessment = 评估
evidence-system = 系统运行
evidence-statement = 自述
grade-sure = 确定
grade-likely = 可能
evidence-reference = “{ $text }”
evidence-issuer = { $text }出具
evidence-said-by = { $text }陈述
evidence-dated = 日期 { $text }
said-achieved = 已实现
said-not-achieved = 未实现
said-open = 已实现或未实现
level-or-above = { $level }及以上
level-or-below = { $level }及以下
level-between = { $from }至{ $to }
item-name = { $item }
item-name-of = { $item }〔{ $entity }〕
explain-evidence = { $item }：{ $said }；{ $evidence }
explain-no-evidence = { $item }：没有可作判定的证据（{ $causes }）
explain-offered = 另有证据，{ $item }：{ $said }；{ $evidence }；{ $standing }
explain-at-least = 至少满足其中 { $count } 项：{ $truth }
standing-counts = 计入
standing-likely = 仅为可能，不作判定
standing-own-statement = 本单位自述，不作判定
standing-wrong-kind = 种类不在采纳之列
standing-wrong-issuer = 出具机构不在采纳之列
standing-unreadable = 无法读取，不作判定
standing-late = 逾期：日期在期限之后
standing-later-known = 在所问的日期尚未知悉
standing-source = 来源不在采信之列
standing-after = 日期在评价期之后
standing-overtaken = 已被其后的证据取代
