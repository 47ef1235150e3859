chart-sentence-end = 。
chart-baseline = 基期 { $period }：{ $value }
chart-target = { $due } 目标：{ $op } { $limit }
chart-target-each = 逐期目标：{ $op } { $limit }
chart-path-linear = 路径：直线
chart-path-geometric = 路径：等比
chart-path-waypoints = 路径：节点
chart-figure = 已公布
chart-range = 以范围公布：圆圈为不含该端，箭头为无界
chart-unknown = 无上下限或无法读取
chart-disputed = 各条数据不能同为真
chart-projection = 照此推算 { $due }：{ $set }
chart-break-basis = 新基准
chart-break-definition = 另一口径
chart-break-basis-in = 自 { $period } 起用新基准：{ $label }
chart-break-definition-in = { $period } 只有另一口径：{ $label }
chart-reading = “{ $printed }”即 { $set }
chart-told = { $period } 公布 { $sets }
chart-told-disputed = { $period } 公布的数据不能同为真：{ $sets }
chart-told-none = { $period } 没有可用数据（{ $causes }）
figure-supposed-period = 假设中没有时期：指标之后应为 `@` 和时期
figure-supposed-value = 假设中没有数值：时期之后应为 `=` 和数值
figure-supposed-bracket = 方括号没有闭合：应有 `]`
figure-supposed-twice = 同一数据假设了两次：{ $found }
help-supposition = 写作 指标@时期=数值，如 coverage@2025=58% 或 coverage[residents]@2025=超58%
source-supposed = 假设值，未公布
