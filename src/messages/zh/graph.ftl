# 谁依赖谁。

graph-kind-indicator = 指标
graph-kind-derived = 定义量
graph-kind-derivation = 推算式
graph-kind-identity = 恒等式
graph-kind-target = 目标
graph-kind-decision = 判定
graph-kind-check = 核对
graph-title = { $pack }：依赖关系
graph-about = 关于{ $names }
graph-about-more = 关于{ $names }等，另有{ $count }项
graph-alone = 没有规则用到（{ $count }）
graph-legend-use = 被使用
graph-legend-root = 所问
graph-legend-hidden = 另有 n 项未画出
graph-counts = { $nodes }个节点，{ $uses }处使用；箭头从被使用者指向使用者
graph-use = { $used } 被 { $user } 使用：{ $place }
graph-node = { $kind } { $label }（{ $id }），{ $place }
graph-named = { $id } { $label }（{ $kind }）
graph-named-short = { $id }（{ $kind }）
graph-no-category = 未分类
graph-rests-on = 依据
graph-reaches = 影响
graph-single = 此方向上没有其他
graph-below = （下接另一棵）
graph-above = （见上）
graph-continued = （续）
graph-hidden = [另有{ $count }项未列]

### 一项变化可能牵动什么

affected-title = 如果{ $name }的任一数据变化，可能牵动以下{ $count }项：
affected-title-of = 如果{ $name }（{ $period }）的数据变化，可能牵动以下{ $count }项：
affected-none = { $name }的任何数据变化，都不牵动任何规则
affected-none-of = { $name }（{ $period }）的数据变化，不牵动任何规则
affected-verdict = 评价以下时期时，结论可能变化：{ $when }
affected-finding = 以下时期的发现可能出现或消失：{ $when }
affected-baseline = 与规划基期值不符的发现可能出现或消失：{ $when }
affected-words = 评价以下时期时，只在所读数据缺失处被提到：{ $when }
affected-reads = 读取{ $at } { $id }
affected-reads-of = 读取{ $at } { $id }（{ $parts }）
affected-reads-when = { $reads }：{ $when }
affected-step = 见{ $kind } { $user }，{ $place }
stretch-one = { $first }
stretch-from-to = { $first } 至 { $last }
stretch-from = { $first } 及以后
stretch-to = { $last } 及以前
stretch-any = 任何时期
seen-same = 评价期的
seen-year-before = 上年的
seen-before = { $years }年前的
seen-after = { $years }年后的
seen-fixed = { $period } 的

### 命令行

cli-graph = 显示谁依赖谁，或一项数据变化可能牵动什么
cli-arg-graph-rule = 这些规则（标识或名称）及其依据
cli-arg-indicator = 这些指标或定义量（标识或名称）及其影响
cli-arg-direction = 沿哪个方向；默认从规则向上，从指标向下
cli-arg-depth = 离所问最多几步使用；0 只显示其本身
cli-arg-affected = 列出一项数据变化可能牵动什么、经由哪些使用
cli-arg-graph-period = 只看评价这一时期时可能的变化；默认任何时期
cli-graph-empty = { $paths } 中没有指标，也没有规则
cli-graph-no-start = --depth 和 --direction 要有起点
help-graph-start = 用 --rule 或 --indicator 指明起点
cli-no-indicator = 没有指标或定义量 `{ $indicator }`
cli-several = `{ $name }` 是几项的名称
cli-derived-changes = `{ $name }` 是定义量；只有公布的数据会自己变化
help-derived-changes = 要看它的影响：--indicator { $name }
