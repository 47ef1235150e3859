# What is proved of rules before any figure is there.

doubt-aggregate = it rests on what is said of many bodies at once
doubt-score = it rests on a score
doubt-product = figures are multiplied with each other, or divided by more than one divisor
doubt-root = it takes a power or a root
doubt-days = it counts months or working days from a day that is a figure
doubt-evidence = it rests on evidence
doubt-text = it compares texts that no list names
doubt-open = a condition inside of it may have no answer
doubt-cases = one of its numbers has too many cases
doubt-steps = it has too many alternatives
doubt-solver = the solver proposed nothing that could be proved
doubt-print = no figures with at most six places were found that show it
doubt-bounds = no figure lies within the bounds
doubt-evaluation = the evaluation of the figures that were found does not say so
doubt-scope = it is judged record by record, or for bodies within others
doubt-nobody = it is judged for nobody
doubt-other-scope = it is judged for others than before
doubt-other-indicator = an indicator that it reads is declared otherwise than before
doubt-other-kind = it is another kind of rule than before
doubt-recurrence = it recurs, and waivers excuse some of its stretches of time
doubt-settings = laws and periods change more often than is looked at
relation-equivalent = equivalent
relation-stricter = stricter
relation-looser = looser
relation-same-failures = the same fails, other answers differ
relation-different = different
relation-unknown = not known
changed-kind = kind
changed-unit = unit
changed-class = whose it is
changed-definition = definition
changed-evidence = evidence
changed-bounds = bounds
changed-values = values
state-holds = holds
state-broken = does not hold
compare-rule = `{ $id }` { $name }
compare-head = { $rule }: { $relation }
compare-way = was { $was }, is { $now }: period { $period }, in force { $day }
compare-figure = { $name }: { $value }
compare-doubt = not known of all figures: { $why }
compare-gone = only in the old pack: { $rules }
compare-arisen = only in the new pack: { $rules }
compare-changed = declared otherwise: `{ $indicator }`, { $part }
compare-count = { $relation } { $count }
compare-summary = rules in both packs: { $count } ({ $counts }); all together: { $relation }
join-head = { $rule }: from { $day } on
join-way = was { $was }, is { $now }
join-summary = days on which answers change: { $count }; ways in which they do: { $ways }
cli-compare = Prove whether two packs answer the same for all figures, or show figures for which they do not
cli-arg-old-pack = folder or file of the old pack; alone, days on which its law changes the answer are told
cli-arg-new-pack = folder or file of the new pack
cli-arg-examples = folder for the examples, one table for each that `plumbrule check` reads
cli-arg-proved-form = form of the output; otherwise by the ending of --out
cli-examples-compare =
    plumbrule compare old/pack rules/nip-2021
    plumbrule compare old/pack rules/nip-2021 --examples differences
    plumbrule compare rules/data-export --out days.json
cli-exit-compare =
    0  proved equivalent, or days were asked for
    1  a rule answers otherwise, or is in one pack only
    2  an error
    3  no difference is known, and not all is proved
