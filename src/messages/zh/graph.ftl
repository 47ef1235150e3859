# 谁依赖谁。

graph-kind-indicator = 指标
graph-kind-derived = 定义量
graph-kind-derivation = 推算式
graph-kind-identity = 恒等式
graph-kind-target = 目标
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
