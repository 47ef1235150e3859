finding-conflict-several = { $figure }：下列数据不能同时为真，最远的两个至少相差 { $gap }：{ $claims }
finding-growth = { $figure }：印出 { $printed }，按两期数额应为 { $computed }，至少相差 { $gap }
finding-change = { $figure }：印出 { $printed }，按两期数额应为 { $computed }，至少相差 { $gap }
finding-share = { $figure }：印出 { $printed }，按部分与全体应为 { $computed }，至少相差 { $gap }
finding-parts = { $figure }：印出 { $printed }，按各部分应为 { $computed }，至少相差 { $gap }
finding-within = { $figure }：{ $printed } 高于其所属全体（容许 { $computed }），至少高出 { $gap }
finding-fall = { $figure }：{ $printed } 低于以前；累计数不会减少，不应低于 { $computed }，至少低 { $gap }
finding-excuse-basis = 已声明口径变化可以解释：自 { $since } 起为另一口径，{ $basis }
finding-excuse-bases = 已声明口径变化可以解释：数据属于不同口径
finding-excuse-marked = 发布者已说明：{ $claim } 标为序列中断或定义不同
finding-excuse-revised = 已说明的修订可以解释：{ $last } 取代 { $first }
finding-excuse-edition = 同一序列较晚的版本可以解释：{ $last } 晚于 { $first }
page-finding-growth = 增速与数额不符
page-finding-change = 增量与数额不符
page-finding-share = 占比与部分、全体不符
page-finding-parts = 各部分与全体不符
page-finding-within = 部分高于全体
page-finding-fall = 累计数减少
page-finding-rank = 位次与数值不符
hypothesis-unit = { $figure }“{ $printed }” 应为 { $value }：单位或万、亿等进位之误（10^{ $power }）
hypothesis-digit-swap = { $figure }“{ $printed }” 应为 { $value }：两位数字颠倒（{ $text }）
hypothesis-sign = { $figure }“{ $printed }” 应为 { $value }：正负号之误
hypothesis-points = { $figure }“{ $printed }” 是百分点的增减，不是百分比增速
hypothesis-percent = { $figure }“{ $printed }” 是百分比增速，不是百分点的增减
hypothesis-year = { $figure }“{ $printed }” 是 { $period } 的数据
hypothesis-row = { $figure }“{ $printed }” 应为 { $value }：误取相邻一行（{ $place }）
hypothesis-definition = { $figure }“{ $printed }” 属另一口径：{ $definition }
hypothesis-digit = { $figure }“{ $printed }” 应为 { $value }：一位数字之误（{ $text }）
hypothesis-revised-base = { $figure }“{ $printed }” 已修订为 { $value }，而修订数未印出
hypothesis-comparable = { $figure }“{ $printed }” 按可比口径计算，与两期数额口径不同
audit-contradiction = 矛盾
audit-implausible = 可疑
audit-section-contradiction = 矛盾 { $count }
audit-section-implausible = 可疑 { $count }
audit-section-acknowledged = 已确认 { $count }
audit-section-explained = 已解释 { $count }
audit-head = 数据 { $figures } · 相互关系 { $relations } · 知悉日 { $knownOn }
audit-counts = { $counts }
audit-hypothesis = 或许：{ $hypothesis }（可满足其他关系 { $satisfied }/{ $total }）
audit-hypothesis-untested = 或许：{ $hypothesis }（没有其他关系可供检验）
audit-figure = { $figure }：{ $set }，{ $claim }
audit-figure-others = { $figure }：{ $set }，{ $claim }；满足其他关系 { $satisfied }/{ $total }
cli-audit = 哪些已发布的数据不能同时为真
cli-arg-audit-form = 输出形式；默认按 --out 的扩展名，否则为 human
cli-exit-audit =
    0  没有矛盾，或全部已解释、已确认
    1  有未解释、未确认的矛盾
    2  出错
cli-examples-audit =
    plumbrule audit rules/nip-2021 --figures fixtures
    plumbrule audit rules/nip-2021 --figures fixtures --format json
finding-of-figures = { $said }：{ $figures }
finding-both = { $said }；{ $more }
finding-conflict-said = { $figure }：所称不能同时为真，至少相差 { $gap }
finding-check-said = { $rule } { $label }：不成立
finding-identity-said = { $indicator } = { $words }：不成立
finding-excuse-comparable = 已声明增速口径可以解释：{ $reason }
