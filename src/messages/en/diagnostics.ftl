# Problems in rule files: sentences, pages, places, ways out.
# A sentence starts in lower case, has no full stop and stands on one line;
# what somebody wrote stands in backticks. A page explains one code.

### Codes

code-p001 = expected { $expected }, found { $found }
    .page =
        The text at the caret does not fit the grammar of rule files.
        A file is a list of items. Each starts a line with its keyword and holds its clauses in braces. An unreadable item is left out, and the next one is read again, so that one slip hides nothing else.
        The caret stands at the first character that fits nothing; often the slip is just before it.
        Wrong:
            indicator coverage "Coverage" unit %
        Right:
            indicator coverage "Coverage" {"{"} unit % {"}"}

code-p002 = nested deeper than { $limit } brackets
    .page =
        Brackets stand inside each other more deeply than the limit allows.
        The limit keeps the memory and time of every run bounded and known before it starts. Chains of `and`, `or`, sums and products need no brackets and do not count.
        Wrong:
            define total = ((((…((a + b) + c)…) + y) + z))
        Right:
            define first_half = a + b + c
            define total = first_half + y + z

code-p003 = chain of { $found } terms, at most { $limit } are allowed
    .page =
        One sum, product, comparison or chain of `and` or `or` has more terms than the limit allows.
        The limit keeps the cost of a run known before it starts. A long list is better split into named parts: each part then has a line of its own in the explanation.
        Wrong:
            define total = a + b + c + …
        Right:
            define north = a + b
            define south = c + d
            define total = north + south

code-p004 = number longer than { $limit } digits
    .page =
        A number is written with more digits than the limit allows.
        All arithmetic behind a verdict is exact, so that each digit costs time. No published figure comes near the limit; large amounts are written with a scale.
        Wrong:
            target t "T" {"{"} require traffic at least 1000000000000…000 TB by 2025 {"}"}
        Right:
            target t "T" {"{"} require traffic at least 100 ZB by 2025 {"}"}

code-p005 = { $what } of { $found } bytes, at most { $limit } are allowed
    .page =
        The rule file, or one item in it, is larger than its limit, and was not read. One item, such as a target or a quoted text in it, has at most 524288 bytes; `--max-rule-bytes` moves the limit of the file alone.
        The limit keeps the cost of a run known before it starts. Figures do not belong in rule files: they are handed in as tables of their own. A long pack can be split into several files; their order means nothing.
        Wrong:
            one file of 10 MB with every target of every plan
        Right:
            one file for each plan, handed in together

code-p006 = expected a whole exponent from 0 to 64
    .page =
        Behind `^` stands a whole number from 0 to 64, written out.
        A fixed exponent keeps arithmetic exact and its cost known. Roots are taken by functions such as `cagr`, which state their precision.
        Wrong:
            define area = side ^ 2.5
        Right:
            define area = side ^ 2

code-p007 = expected a period of the calendar
    .page =
        A period is a year (`2025`), a half (`2025H1`), a quarter (`2025Q3`), a month (`2025-06`) or a day (`2025-06-30`), and the calendar must have it.
        A period that does not exist can have no figure, so that a rule about it would stay undetermined for ever.
        Wrong:
            target t "T" {"{"} require coverage at least 80% by 2025-13 {"}"}
        Right:
            target t "T" {"{"} require coverage at least 80% by 2025-12 {"}"}

code-p008 = selector stands behind something that is no name
    .page =
        A selector in square brackets picks the definition, measure, entity or breakdown of one indicator. It stands right behind the indicator's name, before `@`.
        A sum or a number has none of these, so that nothing could be picked.
        Wrong:
            define gap = (users + visitors)[area=urban]
        Right:
            define gap = users[area=urban] + visitors[area=urban]

code-p009 = item cannot be read
    .page =
        An item fits the grammar, and yet some part of it cannot be used: a number, period or text that does not hold what its place needs. The item is left out; all others are read.
        This code stands where no better one does. A report of the text that leads to it is welcome.
        Wrong:
            an item whose parts fit one by one, but not together
        Right:
            test "coverage" {"{"} given coverage@2024 = "71%" expect t pass {"}"}

code-p010 = { $count } problems in one file, only the first are shown
    .page =
        The file has more problems than are worth listing. The first ones are shown, in order of their place.
        Many problems mostly have one cause: a text that is no rule file, or an item that is left open. Mend the first ones and check again.
        Wrong:
            a table of figures handed in as a rule file
        Right:
            the rule file, and the table handed in as figures

code-r001 = unknown name `{ $name }`
    .page =
        No indicator, derived quantity or listed value has this name in any rule file of the run.
        Nothing is guessed: a rule about a name that nobody declared could never be answered. Names are compared after full-width forms are folded, and may be an id, a label or an alias. A Chinese keyword needs a blank or a digit on either side, or it becomes a part of the name. A text that is compared with an indicator of kind `one of` must be one of its listed texts.
        Wrong:
            target t "T" {"{"} require covrage at least 80% by 2025 {"}"}
        Right:
            indicator coverage "Coverage" {"{"} unit % {"}"}
            target t "T" {"{"} require coverage at least 80% by 2025 {"}"}

code-r002 = `{ $name }` is declared more than once
    .page =
        Two items, definitions, units or words have the same name, or there are two packs in one run.
        If a name could mean two things, the answer would depend on the order of files. Order means nothing, so that every name is declared once.
        Wrong:
            indicator coverage "Coverage" {"{"} unit % {"}"}
            indicator coverage "Coverage of cities" {"{"} unit % {"}"}
        Right:
            indicator coverage "Coverage" {"{"} unit % {"}"}
            indicator city_coverage "Coverage of cities" {"{"} unit % {"}"}

code-r003 = expected a unit, found `{ $unit }`
    .page =
        The text is not a declared unit, is a scale without a unit, or can be read as several units.
        Units carry the meaning of a number. An unknown one is never taken for the nearest: the help names it, and the author decides. Units are declared with `unit`, scales with `scale`; metric prefixes and scale words stand before a unit that allows them.
        Wrong:
            indicator range "Range" {"{"} unit kilometre {"}"}
        Right:
            unit kilometre = 1000 m
            indicator range "Range" {"{"} unit kilometre {"}"}

code-r004 = unknown function `{ $name }`
    .page =
        The language has a closed list of functions, each with an English and a Chinese name. A pack cannot add any: a quantity of its own is declared with `define`.
        The closed list keeps every run finite and lets each function explain itself.
        Wrong:
            define speed = yearly_growth(users)
        Right:
            define speed = growth(users)

code-r005 = arguments do not fit the function `{ $function }`
    .page =
        The function takes other arguments, or another number of them. Some take a period (`2020`, `-1`), some a range of periods (`2020..2024`), and `sum`, `mean`, `min` and `max` take either a list or one quantity and a range.
        Arguments are never filled in by guess, except for a period that the form shows in square brackets: left out, it is the year before.
        Wrong:
            define pace = cagr(users)
        Right:
            define pace = cagr(users, 2020)

code-r006 = clause { $clause } does not belong in { $item }
    .page =
        Each kind of item has its own clauses, and this one is not among them. The help lists those that are.
        A clause without effect would be worse than an error: its author would believe that it holds. Units and bounds belong to indicators, periods and limits to targets.
        Wrong:
            target t "T" {"{"} unit % require coverage at least 80% by 2025 {"}"}
        Right:
            indicator coverage "Coverage" {"{"} unit % {"}"}
            target t "T" {"{"} require coverage at least 80% by 2025 {"}"}

code-r007 = clause { $clause } stands twice in one item
    .page =
        This clause may stand only once in an item.
        Of two, one would have to win silently. Clauses such as `alias`, `cite`, `note` and `definition` may be repeated, as each adds something.
        Wrong:
            indicator coverage "Coverage" {"{"} unit % unit TB {"}"}
        Right:
            indicator coverage "Coverage" {"{"} unit % {"}"}

code-r008 = clause { $clause } is missing in { $item }
    .page =
        The item cannot mean anything without this clause: a target or check needs what it requires, an indicator that is measured needs its unit.
        Nothing is assumed in its place, since each assumption would decide verdicts that nobody wrote down.
        Wrong:
            target t "T" {"{"} force binding {"}"}
        Right:
            target t "T" {"{"} force binding require coverage at least 80% by 2025 {"}"}

code-r009 = indicator `{ $indicator }` has no definition `{ $name }`
    .page =
        The definition that is named is not declared at the indicator.
        A figure under another definition is no answer to a rule, so that a definition that does not exist could never be answered. Definitions are declared with `definition`; one may be the default.
        Wrong:
            indicator users "Users" {"{"} unit % definition year_end default {"}"}
            target t "T" {"{"} require users[definition=average] at least 80% by 2025 {"}"}
        Right:
            indicator users "Users" {"{"} unit % definition year_end default definition average {"}"}
            target t "T" {"{"} require users[definition=average] at least 80% by 2025 {"}"}

code-r010 = no entity or class of entities is called `{ $name }`
    .page =
        An entity is a country, province or enterprise that figures are about; a class such as `provinces` is an entity with `members`.
        A rule for an entity that nobody declared would have no row, and nobody would notice. So it is refused.
        Wrong:
            target t "T" {"{"} for each province require coverage at least 80% by 2025 {"}"}
        Right:
            entity province "Provinces" {"{"} members open {"}"}
            target t "T" {"{"} for each province require coverage at least 80% by 2025 {"}"}

code-r011 = no instrument is called `{ $name }`
    .page =
        An instrument is a legal text or published document that rules cite and figures come from. It is declared once, with its title and dates.
        A citation must lead a reader to the text, so that it cannot name a document that nothing is known of.
        Wrong:
            target t "T" {"{"} require coverage at least 80% by 2025 cite plan-2021 "table 1" {"}"}
        Right:
            instrument plan-2021 "Plan for 2021 to 2025" {"{"} published 2021-12 {"}"}
            target t "T" {"{"} require coverage at least 80% by 2025 cite plan-2021 "table 1" {"}"}

code-r012 = no target, check or derived quantity is called `{ $name }`
    .page =
        A test expects something of a target, a check or a derived quantity, by its id.
        A test of a rule that does not exist would show nothing; most often the rule was renamed.
        Wrong:
            target coverage-2025 "T" {"{"} require coverage at least 80% by 2025 {"}"}
            test "reached" {"{"} given coverage@2025 = "82%" expect coverage2025 pass {"}"}
        Right:
            target coverage-2025 "T" {"{"} require coverage at least 80% by 2025 {"}"}
            test "reached" {"{"} given coverage@2025 = "82%" expect coverage-2025 pass {"}"}

code-r013 = `words` has no group or meaning `{ $name }`
    .page =
        A `words` item names a group and a meaning, and then the words that figures use for it. Groups are `qualifier`, `number`, `column`, `measure`, `status`, `period` and `truth`; each has a closed list of meanings, `status` aside.
        Words are data, and meanings are not: a new meaning would need arithmetic that nothing does.
        Wrong:
            words qualifier bigger {"{"} before "over", "more than" {"}"}
        Right:
            words qualifier over {"{"} before "over", "more than" {"}"}

code-r014 = due period { $due } does not come after the baseline of { $base }
    .page =
        A target runs from its baseline to its due period, so that the due period must end later.
        Before its baseline a target does not apply; with the two the wrong way round it never would, and pace could not be computed.
        Wrong:
            target t "T" {"{"} require coverage at least 80% by 2020 from 15% in 2025 {"}"}
        Right:
            target t "T" {"{"} require coverage at least 80% by 2025 from 15% in 2020 {"}"}

code-r015 = goal or path lacks the baseline or fixed limit that it is measured against
    .page =
        Goals such as `rises by`, `falls by`, `multiplies by` and `average annual growth` start from the baseline that the plan prints; a path runs from that baseline to a fixed limit.
        The baseline is written with `from`, as the plan prints it. It is not taken from the figures: a published figure that differs from the plan's baseline is a finding.
        Wrong:
            target t "T" {"{"} require energy falls by at least 13.5% by 2025 {"}"}
        Right:
            target t "T" {"{"} require energy falls by at least 13.5% by 2025 from 100% in 2020 {"}"}

code-r016 = unit `{ $name }` cannot be used here
    .page =
        The unit is known or well formed, but not fit for this place: a share or a growth in a unit with a dimension, a factor of zero, or an `alike` of units that count nothing.
        Percent, percentage point and ratio are different things, and so are counts of different kinds; a unit in the wrong place would mix them silently.
        Wrong:
            indicator coverage "Coverage" {"{"} kind share unit km {"}"}
        Right:
            indicator coverage "Coverage" {"{"} kind share unit % {"}"}

code-r017 = test cannot be run as it is written
    .page =
        A test gives figures of indicators, each at a fixed period, and expects something. This one gives what is no indicator, or expects nothing.
        Derived quantities are computed, not given; and a test without expectation passes whatever the rules do.
        Wrong:
            test "reached" {"{"} given growth(users) = "3%" {"}"}
        Right:
            test "reached" {"{"} given users@2024 = "103" given users@2023 = "100" expect t pass {"}"}

code-r018 = range is empty, out of order or too long
    .page =
        The first end of a window, of bounds or of a range of periods must not come after the last, and the years of waypoints must rise. A range of periods also has a limit of length.
        An empty window would make a rule that never applies, and nobody would notice.
        Wrong:
            target t "T" {"{"} require coverage at least 80% each year since 2025 until 2021 {"}"}
        Right:
            target t "T" {"{"} require coverage at least 80% each year since 2021 until 2025 {"}"}

code-r019 = expected an indicator with selectors that it has, found `{ $found }`
    .page =
        Selectors pick a definition, measure, entity or breakdown of an indicator. Derived quantities and expressions have no figures of their own, and a basis belongs to the period.
        What cannot be picked is refused, since to leave the selector out would answer another question.
        Wrong:
            target t "T" {"{"} require urban[basis=census] >= 1% by 2025 {"}"}
        Right:
            target t "T" {"{"} require urban >= 1% by 2025 {"}"}

code-r035 = `table` item cannot be followed
    .page =
        The item does not say which tables it is about, says something twice, or names rows or columns that no table has.
        A mapping decides what every figure of a table is, so that nothing in it is taken on trust.
        Wrong:
            table "yearbook" {"{"} file "*.csv" header 4..3 {"}"}
        Right:
            table "yearbook" {"{"} file "*.csv" header 3..4 column C indicator coverage unit % {"}"}

code-t001 = units do not go together: { $left } and { $right }
    .page =
        Quantities add and compare only if they measure the same kind of thing. Length and energy do not; neither do a growth and a share, nor counts of different kinds, unless the pack says `alike`.
        A sum of unlike things has a value and no meaning, and its verdict would be indefensible.
        Wrong:
            indicator range "Range" {"{"} unit km {"}"}
            target t "T" {"{"} require range at least 80 kWh by 2025 {"}"}
        Right:
            indicator range "Range" {"{"} unit km {"}"}
            target t "T" {"{"} require range at least 80 km by 2025 {"}"}

code-t002 = expected a unit: { $expected }
    .page =
        The number is written without its unit, or with one of another kind than the indicator's.
        A bare number fits an index or a rank only. Anything else must say what it counts: 10000 off is the most common slip in figures, and a unit is what shows it.
        Wrong:
            indicator coverage "Coverage" {"{"} unit % {"}"}
            target t "T" {"{"} require coverage at least 80 by 2025 {"}"}
        Right:
            indicator coverage "Coverage" {"{"} unit % {"}"}
            target t "T" {"{"} require coverage at least 80% by 2025 {"}"}

code-t003 = expected a condition, found a number or a text
    .page =
        `require`, `when`, `and`, `or`, `not`, `implies` and `if` take conditions, which are true, false or unknown. A number is none.
        Zero is never false and a missing figure is never zero, so that a number is not read as a condition.
        Wrong:
            target t "T" {"{"} require coverage by 2025 {"}"}
        Right:
            target t "T" {"{"} require coverage at least 80% by 2025 {"}"}

code-t004 = expected a number, found a condition or a text
    .page =
        Arithmetic and comparisons of size take numbers. A condition counts as neither 0 nor 1, and a text has no size; both sides of a comparison must be of one kind.
        If conditions counted, a missing one would have to count as something.
        Wrong:
            define met = (urban at least 80%) + (rural at least 80%)
        Right:
            define both = urban at least 80% and rural at least 80%

code-t005 = percentage points and percent are different: { $left } and { $right }
    .page =
        A share that goes from 50% to 55% rises by 5 percentage points and by 10 percent. The two must not be mixed, so that a difference of shares is written in percentage points.
        Share minus share gives percentage points; share plus percentage points gives a share.
        Wrong:
            target t "T" {"{"} require change(coverage) at least 5% by 2025 {"}"}
        Right:
            target t "T" {"{"} require change(coverage) at least 5 pp by 2025 {"}"}

code-t006 = rule `{ $rule }` could be met by leaving a figure out
    .page =
        Here `is present` or `is missing` makes absence count towards a pass: whoever keeps the figure back meets the rule, or escapes it.
        Missing is never zero and never false, and silence must not buy a verdict. Without such a test a missing figure makes the rule undetermined. Where the text of the law means it so, `absence may pass` says that it is on purpose.
        Wrong:
            target t "T" {"{"} require coverage is missing or coverage at least 80% by 2025 {"}"}
        Right:
            target t "T" {"{"} require coverage at least 80% by 2025 {"}"}

code-t007 = goal names no figure, so that its verdict is always the same
    .page =
        The goal compares fixed values only. No figure can change its verdict.
        That is mostly a slip: a name was left out, or a number stands where an indicator should. The pack can be used all the same.
        Wrong:
            target t "T" {"{"} require 70% at least 80% by 2025 {"}"}
        Right:
            target t "T" {"{"} require coverage at least 80% by 2025 {"}"}

code-t008 = expected `==` or `!=` between texts, found a comparison of size
    .page =
        Texts are equal or not; none is greater than another.
        Grades that stand in an order are better declared as `one of` and listed, or as a rank.
        Wrong:
            target t "T" {"{"} require grade at least "B" by 2025 {"}"}
        Right:
            target t "T" {"{"} require grade in {"{"} "A", "B" {"}"} by 2025 {"}"}

code-t009 = limit is decided already by the declared bounds of `{ $indicator }`
    .page =
        Every value within the declared bounds of the indicator meets the limit, or none does.
        That is mostly a slip in one of the two: 80 for 80%, or bounds of a share where more than 100% exists. Bounds are declared, never assumed by kind.
        Wrong:
            indicator coverage "Coverage" {"{"} unit % bounds between 0% and 100% {"}"}
            target t "T" {"{"} require coverage at least 108% by 2025 {"}"}
        Right:
            indicator coverage "Coverage" {"{"} unit % bounds at least 0% {"}"}
            target t "T" {"{"} require coverage at least 108% by 2025 {"}"}

code-t010 = rules grow beyond { $limit } terms when functions and ranges are written out
    .page =
        Functions and ranges of periods are written out before evaluation. Together the rules become larger than the limit allows.
        The limit keeps the cost of a run known before it starts. Long ranges inside each other grow fastest; a named quantity is computed once.
        Wrong:
            define top = max(sum(users, 1990..2024), 1990..2024)
        Right:
            define total = sum(users, 2020..2024)
            define top = max(total, 2020..2024)

code-g001 = quantities depend on each other in a circle: `{ $names }`
    .page =
        To compute the first quantity the last is needed, and to compute the last the first. The places show each use in the circle.
        There are no loops in the language, so that a circle has no answer. Of several identities between the same indicators only one side can be derived; the others check.
        Wrong:
            define urban = total - rural
            define total = urban + rural
        Right:
            define total = urban + rural

code-g002 = packs use each other in a circle: { $names }
    .page =
        Each pack of the circle rests on the next, and the last on the first. The places show each use.
        What a pack declares must stand on its own feet before another builds on it. Put what both need into a third pack that uses neither.
        Wrong:
            pack plan {"{"} uses plan {"}"}
        Right:
            pack plan {"{"} uses counts {"}"}


### Places

place-here = here
place-first = first here
place-second = again here
place-first-in = first here, in the pack `{ $pack }`
place-second-in = again here, in the pack `{ $pack }`
place-other-pack = this is the pack `{ $found }`
place-due = due here
place-baseline = baseline here
place-used-by = `{ $user }` uses `{ $used }` here
place-is = this is { $what }

### Ways out

help-absence = drop the test of presence, so that a missing figure makes the rule undetermined, or write `absence may pass` where that is meant
help-allowed-clauses = clauses that may stand here: { $clauses }
help-derived-given = `{ $name }` is a derived quantity: it is computed, never given; give the figures that it is computed from
help-ambiguous-name = several indicators or quantities have this name; write the id of the one that is meant
help-ambiguous-unit = write it so that only one reading is left: { $readings }
help-baseline = add the baseline that the plan prints, such as `from 15% in 2020`, and a due period such as `by 2025`
help-basis-selector = leave the basis out; it follows from the period, and the table of figures may name it in a column of its own
help-blank-around = put a blank on either side of `{ $keyword }`, or it is read as a part of the name
help-condition = compare it with something, such as `at least 80%`
help-cycle = take one of the uses out, or turn a `derive` into an `identity`, which only checks
help-declared-in-used = what a used pack declares counts as declared here: leave one of the two out
help-declare-break = declare the basis at the indicator with `break { $name } since` and its first year
help-declare-instrument = declare it with `instrument { $name } "title" {"{ }"}`
help-default-entity = name the entity in the row, or add `entity` to the pack as the default
help-expect = add what must come out, such as `expect rule-id pass`
help-function-form = it is written `{ $form }`
help-given = give a figure of an indicator at a fixed period, such as `given users@2024 = "71%"`
help-cells = a cell that holds the separator, such as 1,234, stands in quotation marks: "1,234"; an empty cell keeps its separator
help-header = the first row names the columns; `indicator`, `period` and `value` are needed
help-known-names = known here: { $names }
help-nearest = perhaps `{ $name }` is meant
help-open-braces = the clauses of an item stand in braces, which must be there even when empty: `{"{ }"}`
help-order = the first end comes before the last, as in `since 2021 until 2025` or `between 0% and 100%`; the years of waypoints rise
help-pack-circle = take one of the uses out; what both packs need goes into a third one
help-pack-folder = a folder that is used has the name of its pack: name the folder `{ $found }` and use that name, or name the pack after its folder
help-pack-place = put a folder or a rule file of this name beside the pack, or into `rules` below the current folder: `{ $name }` or `{ $name }.plumb`
help-pack-std = the standard library is always there; no pack names it
help-packs-there = packs that are there: { $names }; any other must be a folder of its name beside this pack or in `rules`
help-path = a path needs a baseline with `from` and a goal that compares one quantity with one fixed limit by a due period
help-period = a period is written such as `2024`, `2024H1`, `2024Q3`, `2024-06`, `2024-06-30`, `2024Q1-Q3` or `2021..2025`
help-points = write a difference of shares or growths in percentage points, such as `5 pp`
help-present-needs-indicator = `is present`, `is missing` and `ranks` take an indicator, not a derived quantity or an expression
help-range = a range of periods runs upwards and holds at most { $limit } years
help-relative-width = write `relative` and a percentage; an absolute width belongs to an indicator, which has a unit
help-scale-needs-unit = a scale alone is no unit; write the unit behind it
help-share-unit = a share or growth is in `%` or another unit without dimension; a unit with a dimension wants another kind
help-target-of-used = it is a target of the pack `{ $pack }`; targets of a used pack are judged and tested where that pack is checked itself
help-too-large = give the inner part a name with `define`, so that it is computed once, or shorten the ranges
help-unlike-kinds = both sides must be numbers, both texts or both conditions
help-value = a value is a number, with declared words before or after it and a unit behind it, such as `over 71%`
help-write-unit = fitting here: { $units }

### What the grammar expected

syntax-bracket = a round bracket
syntax-clause = a clause
syntax-close = `{"}"}`
syntax-comma = a comma
syntax-end = the end of the file
syntax-end-of-item = the end of the item
syntax-end-of-line = the end of the line
syntax-file = file
syntax-one-item = one item
syntax-equals = `=`
syntax-item = an item such as `indicator` or `target`
syntax-name = a name
syntax-number = a number
syntax-open = `{"{"}`
syntax-operator = an operator
syntax-period = a period such as `2025`
syntax-selector = a selector such as `[area=urban]`
syntax-text = a text in quotation marks
syntax-timing = a time such as `by 2025`
syntax-unit = a unit
syntax-value = a value
syntax-verdict = a verdict or another expectation
syntax-quote = a closing quote
syntax-kind = a kind of indicator
syntax-goal = a goal word (average annual growth, multiplies by, falls by, rises by, ranks)
code-r020 = expected the name of an indicator
    .page =
        `is present`, `is missing` and `ranks` speak of one published figure, so they need the name of an indicator, not a number, a formula or a derived quantity.
        Wrong:
            target t "T" {"{"} require (urban + rural) is present by 2025 absence may pass {"}"}
        Right:
            target t "T" {"{"} require urban is present and rural is present by 2025 absence may pass {"}"}

code-r021 = no pack `{ $name }` was found
    .page =
        The head of a pack names another pack, and none of that name is there, or the folder of that name holds another pack.
        A pack that is used is a folder, or one rule file, of its name: beside the folder of the pack, beside that of the pack that uses it, or in `rules` below the current folder. Some packs the program carries itself. Nothing else is said of the rules, because every name that the missing pack declares would be unknown.
        Wrong:
            pack plan {"{"} uses countings {"}"}
        Right:
            pack plan {"{"} uses counts {"}"}

code-r022 = the program carries another pack `{ $name }` than the one that was found; the one that was found counts
    .page =
        A folder has the name of a pack that the program carries, and its rules are not those of the program.
        The folder counts, because whoever put it there can see it. But elsewhere, where no such folder stands, the same pack means what the program carries, and a verdict may be another. Name the folder and its pack otherwise, or bring it up to date.
        Wrong:
            a folder `places` beside the pack, with provinces of its own, and `uses places`
        Right:
            pack plan {"{"} uses counts {"}"}

code-r023 = wrong breakdown: { $why }
    .page =
        A rule names a breakdown, or a code of one, that the pack does not declare; or one that the indicator does not have; or the same one twice.
        As soon as a pack declares one `breakdown`, all of them are declared. Otherwise `area=rural` here and `area=countryside` there would be two figures, and a rule about one would miss the other. A code may be written by its id, by either label or by an alias. `open` in a breakdown admits further codes.
        Wrong:
            breakdown area "Area" {"{"} code rural "Rural" code urban "Urban" {"}"}
            target t "T" {"{"} require coverage[area=rurall] at least 80% by 2025 {"}"}
        Right:
            breakdown area "Area" {"{"} code rural "Rural" code urban "Urban" {"}"}
            target t "T" {"{"} require coverage[area=rural] at least 80% by 2025 {"}"}
help-yearly-factor = a yearly factor is a plain number above 1: 6 says that six times the year before is still believed
unit-of-factor = none, and a number above 1
