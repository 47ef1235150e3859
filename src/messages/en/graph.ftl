# What depends on what.

graph-kind-indicator = indicator
graph-kind-derived = derived quantity
graph-kind-derivation = derivation
graph-kind-identity = identity
graph-kind-target = target
graph-kind-check = check
graph-title = { $pack }: what rests on what
graph-about = about { $names }
graph-about-more = about { $names } and { $count } more
graph-alone = Used by no rule ({ $count })
graph-legend-use = is used by
graph-legend-root = asked for
graph-legend-hidden = n more, not shown
graph-counts = { $nodes } nodes, { $uses } uses; an arrow runs from what is used to its user
graph-use = { $used } is used by { $user }: { $place }
graph-node = { $kind } { $label } ({ $id }), { $place }
