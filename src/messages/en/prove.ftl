# What is proved of rules before any figure is there.

doubt-aggregate = it rests on what is said of many bodies at once
doubt-score = it rests on a score
doubt-product = figures are multiplied with each other, or divided by more than one divisor
doubt-root = it takes a power or a root
doubt-days = it counts months or working days from a day that is a figure
doubt-evidence = it rests on evidence
doubt-text = it compares texts that no list names
doubt-open = a condition inside of it may have no answer
doubt-presence = it asks whether a figure is there, and all figures are taken to be
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
doubt-other-kind = it is another kind of rule than before, or reads figures otherwise
doubt-recurrence = it recurs, and waivers excuse some of its stretches of time
doubt-settings = laws and periods change more often than is looked at
relation-equivalent = equivalent
relation-stricter = stricter
relation-looser = looser
relation-same-failures = same failures
relation-different = different
relation-unknown = not known
changed-kind = kind
changed-unit = unit
changed-class = whose it is
changed-definition = definition
changed-evidence = evidence
changed-bounds = bounds
changed-values = values
changed-identities = identities
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
compare-granted = proved of figures that are all there, known exactly, and within the bounds of both packs
join-head = { $rule }: from { $day } on
join-begins = { $rule }: applies from { $day } on, and did not before
join-ends = { $rule }: applies no more from { $day } on
join-way = was { $was }, is { $now }
join-summary = days on which answers change: { $count }; ways in which they do: { $ways }
ground-rule = `{ $rule }`
ground-identity = the identity of `{ $indicator }`
ground-bounds = the bounds of `{ $indicator }`
ground-none = nothing else
ground-anyway = what holds anyway
place-ground = `{ $rule }` stands here
join-turn = "{ $was }" becomes "{ $now }"
code-l030 = no figures can meet `{ $rule }`; it rests on { $grounds }
    .page =
        Whatever the figures are, the rule fails wherever it applies. It is proved exactly, from the rule itself and from the bounds and identities that are named; without any of them it would not be proved.
        Wrong:
            pack p "P" {"{"} entity e {"}"}
            entity e "E" {"{"} {"}"}
            target width "Width" {"{"} require a + b at least 5m and a + b at most 4m by 2025 {"}"}
        Right:
            pack p "P" {"{"} entity e {"}"}
            entity e "E" {"{"} {"}"}
            target width "Width" {"{"} require a + b at least 4m and a + b at most 5m by 2025 {"}"}
code-l031 = `{ $rule }` cannot be met together with { $grounds }
    .page =
        Each of the rules can be met, but no figures meet all of them. The list is as short as it can be: without any one of the rules, identities and bounds that are named, the others can hold. Of rules with conditions it is asked where all conditions hold, and told only where each of the goals could be met there.
        Wrong:
            pack p "P" {"{"} entity e {"}"}
            entity e "E" {"{"} {"}"}
            target wide "Wide" {"{"} require a at least 5m by 2025 {"}"}
            target narrow "Narrow" {"{"} require a at most 4m by 2025 {"}"}
        Right:
            pack p "P" {"{"} entity e {"}"}
            entity e "E" {"{"} {"}"}
            target wide "Wide" {"{"} require a at least 4m by 2025 {"}"}
            target narrow "Narrow" {"{"} require a at most 5m by 2025 {"}"}
code-l032 = `{ $rule }` adds nothing to { $grounds }
    .page =
        Whatever figures fail this rule fail one of those that are named as well, at the same clocks and for the same bodies. Perhaps a limit is mistaken; perhaps the text itself repeats what it says elsewhere, and then a comment says so.
        Wrong:
            pack p "P" {"{"} entity e {"}"}
            entity e "E" {"{"} {"}"}
            target wide "Wide" {"{"} require a at least 5m by 2025 {"}"}
            target less "Less" {"{"} require a at least 4m by 2025 {"}"}
        Right:
            pack p "P" {"{"} entity e {"}"}
            entity e "E" {"{"} {"}"}
            target wide "Wide" {"{"} require a at least 5m by 2025 {"}"}
            target less "Less" {"{"} require b at least 4m by 2025 {"}"}
code-l033 = `{ $rule }` never applies; it rests on { $grounds }
    .page =
        Its condition holds for no figures, so that nobody is ever judged by it.
        Wrong:
            pack p "P" {"{"} entity e {"}"}
            entity e "E" {"{"} {"}"}
            target width "Width" {"{"} when a > 5m and a < 4m require b at least 1m by 2025 {"}"}
        Right:
            pack p "P" {"{"} entity e {"}"}
            entity e "E" {"{"} {"}"}
            target width "Width" {"{"} when a > 4m and a < 5m require b at least 1m by 2025 {"}"}
code-l034 = from { $day } on the same figures come to another outcome of `{ $rule }`: { $ways }
    .page =
        On this day one version of the decision takes the place of another. The note says which outcomes turn into which others, and gives figures for the first. Nothing has to be wrong; a change that the text does not mean is a mistake in a version.
        Wrong:
            pack p "P" {"{"} entity e {"}"}
            entity e "E" {"{"} {"}"}
            instrument law-1 "First" {"{"} in force since 2020-01-01 {"}"}
            instrument law-2 "Second" {"{"} in force since 2024-01-01 {"}"}
            decision way "Way" {"{"} outcome short outcome long version first "First" {"{"} under law-1 strongest first case few: short when a < 5m otherwise long {"}"} version second "Second" {"{"} under law-2 strongest first case few: short when a < 6m otherwise long {"}"} {"}"}
        Right:
            pack p "P" {"{"} entity e {"}"}
            entity e "E" {"{"} {"}"}
            instrument law-1 "First" {"{"} in force since 2020-01-01 {"}"}
            instrument law-2 "Second" {"{"} in force since 2024-01-01 {"}"}
            decision way "Way" {"{"} outcome short outcome long version first "First" {"{"} under law-1 strongest first case few: short when a < 5m otherwise long {"}"} version second "Second" {"{"} under law-2 strongest first case few: short when a < 5m otherwise long {"}"} {"}"}
help-l034 = the first for { $facts }; `plumbrule compare` with this pack alone shows figures for each
cli-compare = Prove whether two packs answer the same for all figures, or show figures for which they do not
cli-arg-old-pack = folder or file of the old pack; alone, days on which its law changes the answer are told
cli-arg-new-pack = folder or file of the new pack
cli-value-old = OLD
cli-value-new = NEW
cli-arg-examples = folder for the examples, one table for each that `plumbrule check` reads
cli-arg-proved-form = form of the output; otherwise by the ending of --out
cli-examples-compare =
    plumbrule compare rules/evaluation-2023 rules/evaluation-2024
    plumbrule compare rules/evaluation-2023 rules/evaluation-2024 --examples differences
    plumbrule compare rules/data-export --out days.json
cli-exit-compare =
    0  proved equivalent and nothing declared otherwise, or days were asked for
    1  a rule answers otherwise or is in one pack only, or an indicator is declared otherwise
    2  an error
    3  no difference is known, and not all is proved
