# Entities, classes of them, and what is said of many at once.

code-r031 = `{ $name }` is a part of itself
    .page =
        What is a part of a whole cannot hold that whole, at any depth; otherwise sums over the parts would have no end.
        Wrong:
            entity hill "Hill" {"{"} part of vale {"}"}
            entity vale "Vale" {"{"} part of hill {"}"}
        Right:
            entity vale "Vale" {"{}"}
            entity hill "Hill" {"{"} part of vale {"}"}
code-r032 = `{ $name }` does not belong to the class `{ $class }`
    .page =
        `except` leaves members of a class out. One that is no member could not be counted anyway, so that another one is probably meant.
        Wrong:
            entity town "Towns" {"{"} members listed {"}"}
            entity hill "Hill" {"{"} class town {"}"}
            entity vale "Vale" {"{"} class town {"}"}
            entity state "The state" {"{}"}
            check z "Z" {"{"} require mean of coverage over town except state >= 5% {"}"}
        Right:
            entity town "Towns" {"{"} members listed {"}"}
            entity hill "Hill" {"{"} class town {"}"}
            entity vale "Vale" {"{"} class town {"}"}
            entity state "The state" {"{}"}
            check z "Z" {"{"} require mean of coverage over town except hill >= 5% {"}"}
code-r033 = nobody of the class `{ $class }` is meant
    .page =
        A class with listed members holds the entities that the pack puts into it with `class`. Where none is left, nothing can be counted or added up.
        Wrong:
            entity town "Towns" {"{"} members listed {"}"}
            check z "Z" {"{"} require mean of coverage over town >= 5% {"}"}
        Right:
            entity town "Towns" {"{"} members listed {"}"}
            entity hill "Hill" {"{"} class town {"}"}
            check z "Z" {"{"} require mean of coverage over town >= 5% {"}"}
code-r034 = `{ $found }` does not fit here
    .page =
        Behind `quantile` stands the part that lies below, from 0 to 1; behind `top` and `bottom` a whole number of members, at least 1.
        Wrong:
            entity town "Towns" {"{"} members listed {"}"}
            entity hill "Hill" {"{"} class town {"}"}
            check z "Z" {"{"} require quantile 90 of coverage over town >= 5% {"}"}
        Right:
            entity town "Towns" {"{"} members listed {"}"}
            entity hill "Hill" {"{"} class town {"}"}
            check z "Z" {"{"} require quantile 0.9 of coverage over town >= 5% {"}"}
code-r036 = `{ $name }` is one body, and here stands a class of bodies
    .page =
        Behind `for each`, `count of`, `over` and `among` stands a class, such as all provinces. For the figure of one body write its name behind the indicator, as in `coverage[entity=vale]`. A class is declared with `members listed` or `members open`.
        Wrong:
            entity vale "Vale" {"{}"}
            check z "Z" {"{"} require mean of coverage over vale >= 5% {"}"}
        Right:
            entity town "Towns" {"{"} members listed {"}"}
            entity vale "Vale" {"{"} class town {"}"}
            check z "Z" {"{"} require mean of coverage over town >= 5% {"}"}
help-declare-entity = declare it with `entity { $name } "Name" {"{}"}`; a body that only tables name has to be declared where a rule speaks of it
help-classes = classes: { $classes }
help-no-classes = this pack has no class; declare one with `entity ID "Name" {"{"} members listed {"}"}`, or say `uses places`
help-ambiguous-entity = several entities have this name; write the id of the one that is meant: { $names }
help-no-member = add `class` with this class to its members, or look whether `in` and `except` leave anybody
help-quantile = write the part as a number from 0 to 1, such as 0.9
help-top = behind { $word } stands a whole number of members, such as `top 5 of`
help-entity-kind = if it is a new one, say what it is in a column `entity_kind`: { $names }
figure-part-of = unknown entity `{ $found }` as that of which `{ $entity }` is a part
figure-part-of-differs = `{ $entity }` is a part of { $known }, not of `{ $found }`
figure-part-of-itself = `{ $entity }` would be a part of itself

aggregate-sum = sum of { $what } over { $members }
aggregate-sum-top = sum of the { $n } highest of { $what } over { $members }
aggregate-sum-bottom = sum of the { $n } lowest of { $what } over { $members }
aggregate-mean = mean of { $what } over { $members }
aggregate-mean-top = mean of the { $n } highest of { $what } over { $members }
aggregate-mean-bottom = mean of the { $n } lowest of { $what } over { $members }
aggregate-lowest = lowest of { $what } over { $members }
aggregate-highest = highest of { $what } over { $members }
aggregate-median = median of { $what } over { $members }
aggregate-quantile = quantile { $p } of { $what } over { $members }
aggregate-rank-highest = rank of { $what } among { $members }, the highest first
aggregate-rank-lowest = rank of { $what } among { $members }, the lowest first
aggregate-count = count of { $members } where { $what }
aggregate-count-not = count of { $members } where not { $what }
aggregate-share = share of { $members } where { $what }
members-class = { $class }
members-own = its { $class }
members-within = { $class } in { $whole }
members-own-within = its { $class } in { $whole }
members-except = { $members } except { $except }
explain-many-all = { $count } members, all with a figure
explain-many-some = { $count } members, { $known } with a figure, { $missing } without
explain-many-conditions = { $count } members: met by { $met }, not met by { $unmet }, open for { $open }
explain-every = for every one of { $members }: { $what } { $truth }
explain-every-counts = { $members }, { $what }: of { $count } members met by { $met }, not met by { $unmet }, open for { $open }
explain-some = for any of { $members }: { $what } { $truth }
explain-many-open = the list of members is open: whoever is in no table is not counted
explain-many-missing = without a value ({ $causes }): { $names }
explain-many-missing-more = without a value ({ $causes }): { $names } and { $more } more
explain-many-highest = highest: { $names }
explain-many-lowest = lowest: { $names }
explain-many-met = these meet it: { $names }
explain-many-met-more = these meet it: { $names } and { $more } more
explain-many-unmet = these do not: { $names }
explain-many-unmet-more = these do not: { $names } and { $more } more
explain-member = { $name } { $set }
explain-many-own = its own value: { $set }
explain-many-flip = if the { $count } without a value came to { $op } { $limit } together, { $outcome }
