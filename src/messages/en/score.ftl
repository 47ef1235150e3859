# Scores: composite indices over bodies, and their weights.
clock-weights = weights { $weights }
score-rank = place
score-tier = tier
standing-min-max = { $what }, as a place between the lowest and the highest of { $members }
standing-z-score = { $what }, as a distance from the mean of { $members } in standard deviations
standing-target = { $what }, as a part of its target, among { $members }
standing-between = { $what }, as a place between two fixed ends, among { $members }
standing-multiple = { $what }, among { $members }

# What is wrong with a score.
code-r047 = this score does not work: { $why }
    .page =
        A geometric mean has no meaning for numbers below zero, and a z-score is below zero for many bodies.
        What cannot come out for any figures is refused when the pack is read.
        Wrong:
            entity town "Towns" {"{"} members open {"}"}
            score reach "Reach" {"{"} for each town element coverage weight 1 z-score aggregate geometric {"}"}
        Right:
            entity town "Towns" {"{"} members open {"}"}
            score reach "Reach" {"{"} for each town element coverage weight 1 min-max aggregate geometric {"}"}
score-no-element = it has no element, or more than 500
score-out-of-zero = what it comes to at best must be more than 0
score-geometric-z = a z-score may be below 0, and a geometric mean takes no such number; write `aggregate arithmetic`, or another way than `z-score`
score-target-zero = a target to which a distance is taken must be more than 0
score-ends = the first of two ends must be the lower one
score-weights-sum = weights that are open must be able to add up to 1 (100%), and others to more than 0
score-weight-unit = a weight is a number that is not below 0, or a part such as 30%
score-weight-missing = the element `{ $element }` has no weight here; write `weight open` where it may be any
score-roots = a geometric mean cannot take weights with so large a common denominator; use fewer digits
score-tier-never = nobody can be in the tier `{ $tier }`: whoever reaches it is in `{ $before }`, which stands before it; write the best tier first

# Names of weights on the command line.
cli-arg-weights = name of the weights that scores take, as an item `weights` gives them; by default their own
cli-arg-old-weights = name of the weights of the old side; by default the same
cli-no-weights = no score has weights called `{ $weights }`
help-no-weights = an item `weights` gives a score weights under a name; the file that has it may be named beside the pack

# How a score came about.
explain-score-arithmetic = weighted arithmetic mean of its elements; { $weights }
explain-score-geometric = weighted geometric mean of its elements; { $weights }
explain-score-own-weights = weights of the pack: { $items }
explain-score-named-weights = weights { $name }: { $items }
explain-score-weight = { $element } { $weight }
explain-score-weight-open = { $element } { $from } to { $to }
explain-score-out-of = { $score }; out of { $points }
explain-gap-unknown = what is missing is unknown within its bounds
explain-gap-left-out = what is missing is left out, and the other elements share its weight
explain-gap-worst = what is missing counts as the worst that any has
explain-gap-mean = what is missing counts as the mean of those that have one

# The command `scores`.
cli-scores = What the scores of a pack come to for each body, with places and tiers
cli-arg-scored = the period whose scores are taken; by default the latest year with a figure
cli-arg-score-format = form of the output; by default that of the ending of --out
cli-examples-scores =
    plumbrule scores examples/scores/pack.plumb --figures examples/scores/figures.csv
    plumbrule scores examples/scores/pack.plumb --figures examples/scores/figures.csv --weights open --format json
cli-no-scores = this pack declares no score
help-no-scores = an item `score` makes quantities of bodies into one number
scores-head-place = place
scores-head-body = body
scores-head-score = score
scores-places = { $from } to { $to }
scores-range = { $from } to { $to }
scores-open = { $value } ({ $causes })
scores-no-place = –
scores-no-value = no value
scores-no-tier = –
scores-or = { $first } or { $second }
scores-page-kind = Scores
scores-caption = Scores and places
scores-sheet = Scores
scores-sheet-elements = Elements
scores-sheet-method = Method
scores-head-name = score
scores-head-from = from
scores-head-to = to
scores-head-first = place from
scores-head-last = place to
scores-head-element = element
scores-head-method = how it is made
