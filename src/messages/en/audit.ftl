finding-conflict-several = { $figure }: these cannot all be true, the farthest are at least { $gap } apart: { $claims }
finding-growth = { $figure }: printed as { $printed }, by the two levels { $computed }, at least { $gap } apart
finding-change = { $figure }: printed as { $printed }, by the two levels { $computed }, at least { $gap } apart
finding-share = { $figure }: printed as { $printed }, by part and whole { $computed }, at least { $gap } apart
finding-parts = { $figure }: printed as { $printed }, by its parts { $computed }, at least { $gap } apart
finding-within = { $figure }: { $printed } is above the whole that it is a part of, which allows { $computed }, by at least { $gap }
finding-fall = { $figure }: { $printed } is less than before, though it counts up and cannot fall below { $computed }, by at least { $gap }
finding-excuse-basis = explained by a declared break: from { $since } on another basis, { $basis }
finding-excuse-bases = explained by declared breaks: the figures are on different bases
finding-excuse-marked = explained by its publisher, who marks { $claim } as a break in the series or as of another definition
finding-excuse-revised = explained by a stated revision: { $last } replaces { $first }
finding-excuse-edition = explained by a later edition of the same series: { $last } comes after { $first }
page-finding-growth = Growth against levels
page-finding-change = Change against levels
page-finding-share = Share against part and whole
page-finding-parts = Parts that do not add up
page-finding-within = A part above its whole
page-finding-fall = A count that fell
page-finding-rank = Ranks against values
hypothesis-unit = { $figure } "{ $printed }" is { $value }, another unit or scale word (10^{ $power })
hypothesis-digit-swap = { $figure } "{ $printed }" is { $value }, two digits swapped: { $text }
hypothesis-sign = { $figure } "{ $printed }" is { $value }, with the other sign
hypothesis-points = { $figure } "{ $printed }" is a change in percentage points, not a growth in percent
hypothesis-percent = { $figure } "{ $printed }" is a growth in percent, not a change in percentage points
hypothesis-year = { $figure } "{ $printed }" is the figure of { $period }
hypothesis-row = { $figure } "{ $printed }" is { $value }, the figure of a row beside it ({ $place })
hypothesis-definition = { $figure } "{ $printed }" is by another definition: { $definition }
hypothesis-digit = { $figure } "{ $printed }" is { $value }, one digit another: { $text }
hypothesis-revised-base = { $figure } "{ $printed }" was revised to { $value }, and the revision is not printed
hypothesis-comparable = { $figure } "{ $printed }" is on a comparable basis, other than that of the levels
audit-contradiction = contradiction
audit-implausible = implausible
audit-section-contradiction = contradictions: { $count }
audit-section-implausible = implausible: { $count }
audit-section-acknowledged = acknowledged: { $count }
audit-section-explained = explained: { $count }
audit-head = figures { $figures } · relations between them { $relations } · known on { $knownOn }
audit-counts = { $counts }
audit-hypothesis = perhaps { $hypothesis } (would satisfy { $satisfied } of { $total } other relations)
audit-hypothesis-untested = perhaps { $hypothesis } (no other relation to test it by)
audit-figure = { $figure }: { $set }, { $claim }
audit-figure-others = { $figure }: { $set }, { $claim }; satisfies { $satisfied } of { $total } other relations
cli-audit = Which published figures cannot all be true
cli-arg-audit-form = form of the answer; by default that of the ending of --out, else human
cli-exit-audit =
    0  no contradiction, or all are explained or acknowledged
    1  a contradiction is open
    2  an error
cli-examples-audit =
    plumbrule audit rules/nip-2021 --figures fixtures
    plumbrule audit rules/nip-2021 --figures fixtures --format json
finding-of-figures = { $said }: { $figures }
finding-both = { $said }; { $more }
finding-conflict-said = { $figure }: claims that cannot all be true, at least { $gap } apart
finding-check-said = { $rule } { $label }: does not hold
finding-identity-said = { $indicator } = { $words }: does not hold
finding-excuse-comparable = explained by what is declared of its growth: { $reason }
