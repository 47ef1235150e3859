# What depends on what.

graph-kind-indicator = indicator
graph-kind-derived = derived quantity
graph-kind-derivation = derivation
graph-kind-identity = identity
graph-kind-target = target
graph-kind-decision = decision
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
graph-named = { $id } { $label } ({ $kind })
graph-named-short = { $id } ({ $kind })
graph-no-category = without category
graph-rests-on = rests on
graph-reaches = reaches
graph-single = nothing lies that way
graph-below = (goes on below)
graph-above = (see above)
graph-continued = (continued)
graph-hidden = [{ $count } more, not shown]

### What a change may touch

affected-title = If any figure of { $name } changes, this may change ({ $count }):
affected-title-of = If { $name } ({ $period }) changes, this may change ({ $count }):
affected-none = If any figure of { $name } changes, no rule changes
affected-none-of = If { $name } ({ $period }) changes, no rule changes
affected-verdict = verdict may change when this is evaluated: { $when }
affected-finding = finding may come or go, of: { $when }
affected-baseline = finding against the baseline of the plan may come or go, of: { $when }
affected-words = only named, where a figure that is read is missing, when this is evaluated: { $when }
affected-reads = reads { $id } { $at }
affected-reads-of = reads { $id } ({ $parts }) { $at }
affected-reads-when = { $reads }: { $when }
affected-step = in { $kind } { $user }, { $place }
stretch-one = { $first }
stretch-from-to = { $first } to { $last }
stretch-from = { $first } and later
stretch-to = { $last } and earlier
stretch-any = any period
seen-same = of the evaluated period
seen-year-before = of the year before
seen-before = of { $years } years before
seen-after = of { $years } years after
seen-fixed = of { $period }

### Command line

cli-graph = Show what rests on what, or what a changed figure may touch
cli-arg-graph-rule = these rules, by id or name, and what they rest on
cli-arg-indicator = these indicators or derived quantities, by id or name, and what they reach
cli-arg-direction = which way to follow uses; by default up from rules and down from indicators
cli-arg-depth = most uses away from what was asked for; 0 shows it alone
cli-arg-affected = list what may change with a figure, and through which uses
cli-arg-graph-period = only what may change when this period is evaluated; by default any
cli-graph-empty = no indicator and no rule in { $paths }
cli-graph-no-start = --depth and --direction need something to start from
help-graph-start = name it with --rule or --indicator
cli-no-indicator = no indicator or derived quantity `{ $indicator }`
cli-several = `{ $name }` names several
cli-derived-changes = `{ $name }` is derived; only a published figure changes by itself
help-derived-changes = for what it reaches: --indicator { $name }
