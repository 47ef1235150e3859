# Decisions: what is wrong with them, and why they came to their outcome.

code-p011 = the row has { $found } cells, and its table { $expected } columns
    .page =
        Each row of a table of cases has one cell for each column: a condition or `-` where any value will do, and the outcome at the end.
        Wrong:
            decision d "D" {"{"} outcome low outcome high cases {"{"}
              | coverage | outcome |
              | less than 5% | low |
              | high | {"}"} {"}"}
        Right:
            decision d "D" {"{"} outcome low outcome high cases {"{"}
              | coverage | outcome |
              | less than 5% | low |
              | - | high | {"}"} {"}"}
code-r041 = the decision cannot be made as it stands
    .page =
        Cases are either `exclusive`, so that no two may hold at once, or `strongest first`, so that the first that holds decides; without a word they are exclusive. A decision tells apart at most 32 outcomes; what has more is several decisions, of which one asks the others.
        Wrong:
            decision d "D" {"{"}
              outcome low
              exclusive
              strongest first
              otherwise low {"}"}
        Right:
            decision d "D" {"{"}
              outcome low
              strongest first
              otherwise low {"}"}
code-r042 = the decision has no outcome `{ $name }`
    .page =
        Every case names one of the outcomes that the decision declares, and a condition such as `route is exempt` asks for one of them.
        Wrong:
            decision d "D" {"{"}
              outcome low
              case few: lwo when coverage < 5%
              otherwise low {"}"}
        Right:
            decision d "D" {"{"}
              outcome low
              case few: low when coverage < 5%
              otherwise low {"}"}
code-r043 = no case above is called `{ $name }`
    .page =
        An exception names the cases that it beats, and stands below them: so no two can beat each other. What is left over cannot be beaten; write a case instead.
        Wrong:
            decision d "D" {"{"} outcome low outcome high
              case few: low when coverage < 5%
              exception none to fwe: high when coverage < 1%
              otherwise high {"}"}
        Right:
            decision d "D" {"{"} outcome low outcome high
              case few: low when coverage < 5%
              exception none to few: high when coverage < 1%
              otherwise high {"}"}
code-r044 = it is not settled when this version applies
    .page =
        A version applies from the day on which the last of its documents comes into force until the next version begins. So each names its documents with `under`, each of these has a day in `in force since`, and no two versions begin on the same day.
        Wrong:
            instrument act "Act" {"{"}{"}"}
            decision d "D" {"{"} outcome low
              version first {"{"} under act otherwise low {"}"} {"}"}
        Right:
            instrument act "Act" {"{"} in force since 2024-03-22 {"}"}
            decision d "D" {"{"} outcome low
              version first {"{"} under act otherwise low {"}"} {"}"}
code-r045 = this is no fact that can be presumed
    .page =
        A presumption is about one fact: that it is so, that it is not, or that it has a value.
        Wrong:
            decision d "D" {"{"}
              outcome low
              presume coverage < 5%
              otherwise low {"}"}
        Right:
            decision d "D" {"{"}
              outcome low
              presume coverage is 5%
              otherwise low {"}"}
code-r046 = `{ $name }` is a decision: say which of its outcomes is asked for
    .page =
        A decision is neither a number nor yes or no. In a condition it stands with an outcome behind it: `route is exempt`, `route is not exempt`, `route in {"{"}exempt, filing{"}"}`.
        Wrong:
            decision d "D" {"{"}
              outcome low
              otherwise low {"}"}
            target x "X" {"{"} require coverage >= 5% by 2025 when d {"}"}
        Right:
            decision d "D" {"{"}
              outcome low
              otherwise low {"}"}
            target x "X" {"{"} require coverage >= 5% by 2025 when d is low {"}"}
help-row-cells = write `-` in a cell where any value will do
help-row-outcome = the last cell of a row is one of the outcomes
help-one-order = keep one of `exclusive` and `strongest first`
help-most-outcomes = at most { $limit } outcomes
help-case-above = an exception stands below the cases that it beats, and these have a condition
help-version-undated = name its documents with `under`, and give each of them `in force since`
help-version-same-day = the earlier version would never apply
help-presume = write a fact, `not` and a fact, or a fact, `is` and a value
help-needs-outcome = write `is`, `is not` or `in` and an outcome behind it
help-expect-outcome = only a decision has outcomes
explain-verdict-decided = { $rule } { $label }, { $entity }, { $period }: { $outcomes }
explain-verdict-possible = { $rule } { $label }, { $entity }, { $period }: { $verdict } ({ $causes }); still possible: { $outcomes }
explain-version = version “{ $version }”: the law in force on { $inForce }, under { $texts }, since { $since }
explain-version-later = version “{ $version }” is not in force yet; it begins on { $since }
explain-version-earlier = version “{ $version }”, in force since { $since }, was followed by a later one
explain-version-ended = version “{ $version }”, in force since { $since }, has ended
explain-prevails = { $text } prevails over { $others } where they differ
explain-possible = still possible: { $outcomes }
explain-case = decided by case `{ $case }`: { $outcome }
explain-case-otherwise = decided because no case holds (`{ $case }`): { $outcome }
explain-case-stands = case `{ $case }` stands: { $outcome }
explain-case-open = open: case `{ $case }`, { $outcome }
explain-case-beaten = case `{ $case }` ({ $outcome }) holds, but an exception beats it
explain-case-after = case `{ $case }` ({ $outcome }) holds too, but does not decide
explain-case-not = case `{ $case }` ({ $outcome }) does not hold
explain-overlap = { $count } cases hold at once that exclude each other
explain-gap = no case holds, and nothing says what follows then
explain-presumed = not stated: { $fact }; presumed: { $words }
explain-turn = if { $figure } were { $range }: { $outcomes }
explain-turn-open = if { $figure } were { $range }, still possible: { $outcomes }
explain-settle = { $figure } would settle it: { $range } gives { $outcomes }
explain-settle-open = { $figure } would narrow it: { $range } leaves { $outcomes }
explain-outcome = { $decision } is { $outcome }
explain-outcome-not = { $decision } is not { $outcome }
explain-outcome-open = whether { $decision } is { $outcome } is not decided
range-yes = yes
range-no = no
range-words = { $words }
range-other = any other
range-any = anything
range-point = exactly { $lo }
range-below = below { $hi }
range-at-most = at most { $hi }
range-at-least = at least { $lo }
range-above = above { $lo }
range-from-below = from { $lo } to below { $hi }
range-from-to = from { $lo } to { $hi }
range-above-below = above { $lo } and below { $hi }
range-above-to = above { $lo } and at most { $hi }
test-expected-outcome = expected { $rule } { $expected }, found { $found }
