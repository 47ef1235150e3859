# Small changes of a pack, and whether its tests notice them.

mutant-becomes = { $from } becomes { $to }
mutant-comparison = `{ $text }`: { $from } becomes { $to }
mutant-ago = `{ $text }` at { $to }
mutant-dropped = without `{ $text }`
mutant-turned = not `{ $text }`
mutant-bare = `{ $text }` becomes `{ $to }`
mutant-any = any of `{ $text }`, where all are asked for
mutant-all = all of `{ $text }`, where any is enough
mutant-added = `{ $text }` added, not subtracted
mutant-subtracted = `{ $text }` subtracted, not added
mutant-multiplied = multiplied by `{ $text }`, not divided
mutant-divided = divided by `{ $text }`, not multiplied
mutant-limits = all limits
mutant-comparisons = all comparisons
mutant-conditions = all conditions
mutant-arithmetics = all sums and products
mutant-dates = all dates and periods
mutant-clauses = all clauses and cases
mutant-modalities = all modalities
mutant-head-caught = noticed
mutant-head-missed = not noticed
mutant-head-unviable = no pack
mutant-head-owner = item
mutant-lacking = No test notices: { $count }
mutant-line = { $place } [{ $owner }]: { $said }
mutant-none = nothing of the pack can be changed
mutant-summary = noticed by the tests: { $caught } of { $count }, { $percent }%
mutant-failing = the test "{ $test }" fails on the pack as it is written
help-mutant-failing = mend it first; `plumbrule test` says why it fails
mutant-no-item = nothing of the pack that can be changed has the id `{ $id }`
cli-mutate = Change a pack a little, place by place, and say which changes its tests do not notice
cli-arg-item = change only what belongs to these rules, indicators and other items, by their ids
cli-arg-at-least-noticed = end with exit status 1 where the tests notice less of the changes, in hundredths
cli-arg-mutate-threads = how many threads; by default one for each processor
cli-arg-mutant-format = form of the output; otherwise by the ending of --out
cli-examples-mutate =
    plumbrule mutate rules/nip-2021
    plumbrule mutate rules/nip-2021 --item nip.2 --at-least 90
    plumbrule mutate rules/nip-2021 --item nip.2 --out mutants.json
cli-exit-mutate =
    0  done
    1  the tests notice less than --at-least says
    2  an error, such as a test that fails on the pack as it is written
