# Tests written in the language, their tables of cases, and what they reach.

test-title = { $label }
test-title-named = { $label }: { $name }
test-title-row = { $label }, row { $row }

code-p014 = `{ $found }` does not fit its column, which holds { $expected }
    .page =
        In a table of cases of a test, the head of a column says what its cells are: a figure as a source prints it, a day, a body, or what is expected. Under `expect NAME` stands a verdict, under `expect NAME outcome` one or more outcomes, under `expect NAME =` a value.
        Wrong:
            test "one share" {"{"} cases {"{"}
              | coverage | expect t |
              | 60% | 60% | {"}"} {"}"}
        Right:
            test "one share" {"{"} cases {"{"}
              | coverage | expect t |
              | 60% | fail | {"}"} {"}"}
cell-text = a text in quotes
cell-entity = the id of a body
cell-date = a year, month or day
cell-figure = a number with its unit, yes, no, a day, or a text in quotes
cell-verdict = a verdict, with a cause in brackets where one is meant, or a finding
cell-outcomes = one or more outcomes with commas between them
cell-outlook = an outlook
cell-value = a number with its unit, a day, or a text in quotes
help-case-cells = write `-` in a cell that says nothing
help-cell = write `-` where the cell says nothing
help-cell-outcome = write the id of an outcome; one that is a word of the language stands between backticks

reach-rule = rule
reach-version = version
reach-case = case
reach-exception = exception
reach-presumption = presumption
reach-tier = tier
reach-evidence = evidence
reach-limit = comparison
reach-condition = condition
sight-judged = judged
sight-finding = with a finding
sight-no-finding = without a finding
sight-decided = deciding
sight-beaten = beaten
sight-below = below
sight-at = at
sight-above = above
sight-holds = holding
sight-fails = not holding
sight-open = undetermined
reach-head-what = what
reach-head-count = there are
reach-head-whole = all shown
reach-head-shown = shown
reach-head-words = words and address
reach-head-seen = seen, times
reach-head-lacking = lacking
reach-cannot = never
reach-name = { $kind } `{ $words }`
reach-lacks = { $name }: no test shows it { $sights }
reach-line = { $place }: { $said }
reach-times = { $sight } { $count }
reach-lacking = Not shown yet: { $count }
reach-summary = shown by the tests: { $shown } of { $count }, { $percent }%
reach-summary-short = { $shown }; less than the { $wanted }% that are asked for
reach-summary-enough = { $shown }; { $wanted }% are asked for
reach-heading = What the tests reach
reach-caption = Rules, cases and comparisons
reach-items = Everything there is to show
reach-items-caption = How often each was seen, and what lacks
tests-title = Tests of { $pack }
tests-page-kind = Tests
tests-heading = Tests
tests-head-answer = answer
tests-head-test = test
tests-head-place = place
reach-head-line = line

code-r059 = cases `{ $first }` ({ $firstOutcome }) and `{ $second }` ({ $secondOutcome }) both stand where { $facts }
    .page =
        Cases that are `exclusive`, which is meant where nothing is said, may not hold at once with different outcomes: such facts are undetermined (conflict). The message gives facts for which they do. It is found before any figure is there, where conditions hold single facts against constants.
        Wrong:
            decision d "D" {"{"} outcome low outcome high
              case few: low when coverage <= 50%
              case many: high when coverage >= 50% {"}"}
        Right:
            decision d "D" {"{"} outcome low outcome high
              case few: low when coverage < 50%
              case many: high when coverage >= 50% {"}"}
code-r060 = no case stands where { $facts }
    .page =
        Facts that no case covers come to no outcome: undetermined (undefined). The message gives such facts. An `otherwise` says what follows where no case holds.
        Wrong:
            decision d "D" {"{"} outcome low outcome high
              case few: low when coverage < 50%
              case many: high when coverage > 50% {"}"}
        Right:
            decision d "D" {"{"} outcome low outcome high
              case few: low when coverage < 50%
              case many: high when coverage > 50%
              otherwise high {"}"}
code-r061 = case `{ $case }` never decides: { $why }
    .page =
        A case that cannot decide, whatever the facts are, is a slip: its condition contradicts itself or the declared bounds, a stronger case before it holds wherever it does, or exceptions beat it everywhere.
        Wrong:
            decision d "D" {"{"} outcome low outcome high
              strongest first
              case some: low when coverage > 10%
              case many: high when coverage > 50%
              otherwise low {"}"}
        Right:
            decision d "D" {"{"} outcome low outcome high
              strongest first
              case many: high when coverage > 50%
              case some: low when coverage > 10%
              otherwise low {"}"}
help-overlap = let one of them exclude the other, say `strongest first`, or make one an `exception` to the other
help-gap = add a case for such facts, or `otherwise`
help-case-never = put it before the stronger case, mend its condition, or leave it out
flaw-never-holds = its condition never holds
flaw-shadowed = where it holds a stronger case does, or nothing that it beats applies
flaw-always-beaten = wherever it applies an exception beats it
flaw-fact = { $fact } is { $value }
flaw-fact-of = { $fact } ({ $more })

explain-presumed-here = { $fact } is not stated; what is presumed { $truth }
