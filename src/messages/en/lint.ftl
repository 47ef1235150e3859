# What somebody should look at in a pack.

lint-allow = allow
lint-allow-unknown = `{ $name }` is no lint
lint-allow-idle = `{ $code }` is not said here
lint-allow-reason = it gives no reason, which goes behind a colon
lint-all-tasks = any of the { $count } goals and milestones of the pack
lint-none = nothing found
lint-summary = warnings: { $warnings }, notes: { $notes }
lint-fixed = mended: { $count }
lint-allowed = silenced by the pack, with a reason: { $count }
lint-mendable = --fix mends: { $count }
lint-unexamined = { $code } did not look at { $count }: { $why } ({ $items })
code-l001 = this comment silences nothing: { $why }
    .page =
        A comment `// allow CODE: reason` above an item, or above a line of it, silences that lint there. It has to name a lint that is said there, and to say why it is right nevertheless; otherwise it would hide what comes later. `plumbrule lint --fix` takes out a comment that silences nothing.
        Wrong:
            // allow L002
            target growth "Growth" {"{"} require coverage at least 80% by 2025 {"}"}
        Right:
            // allow L002: the council decided it by word of mouth
            target growth "Growth" {"{"} require coverage at least 80% by 2025 {"}"}
code-l002 = `{ $rule }` says nowhere where it is from
    .page =
        A rule without `cite` cannot be held against the text that it is to follow. Checks are arithmetic and need none; a decision may cite in its cases.
        Wrong:
            target growth "Growth" {"{"} require coverage at least 80% by 2025 {"}"}
        Right:
            instrument plan "The plan" {"{"} {"}"}
            target growth "Growth" {"{"}
              require coverage at least 80% by 2025
              cite plan "3" "at least 80 percent" {"}"}
help-l002 = cite the document, the section and the words
code-l003 = nobody answers for { $what }
    .page =
        A goal or a milestone that nobody answers for, nor for what it is a part of, is hard to follow up. It is a note, because many texts name nobody. Where a pack names nobody at all, it is said once.
        Wrong:
            target growth "Growth" {"{"} require coverage at least 80% by 2025 {"}"}
        Right:
            target growth "Growth" {"{"}
              require coverage at least 80% by 2025
              owner "Office of networks" {"}"}
code-l004 = no test expects anything of `{ $rule }`
    .page =
        A rule that no test of the pack asks about may say anything. `plumbrule test --reach` shows more: which limits and cases tests reach; `plumbrule mutate` which changes they notice.
        Wrong:
            target growth "Growth" {"{"} require coverage at least 80% by 2025 {"}"}
        Right:
            target growth "Growth" {"{"} require coverage at least 80% by 2025 {"}"}
            pack p "P" {"{"} entity e {"}"}
            entity e "E" {"{"} {"}"}
            test "growth" {"{"} given coverage @ 2025 = 80% expect growth pass {"}"}
help-l004 = write a `test` that gives figures and expects the verdict
code-l005 = this { $always } by the declared bounds: `{ $what }` is { $range }
    .page =
        No figure that its bounds allow changes this comparison. Mostly one of the two has a slip, or a condition is written that decides nothing. Bounds are declared, never assumed; T009 says the same of the limit of a target.
        Wrong:
            indicator share {"{"} kind share unit % bounds between 0% and 100% {"}"}
            check sum "Sum" {"{"} require share + share at most 300% {"}"}
        Right:
            indicator share {"{"} kind share unit % bounds between 0% and 100% {"}"}
            check sum "Sum" {"{"} require share + share at most 150% {"}"}
code-l006 = { $value } lies outside the declared bounds of { $indicator }, { $bounds }
    .page =
        A baseline or a waypoint has a value that no figure of its indicator may have. Either the bounds are too narrow or the number has a slip.
        Wrong:
            indicator share {"{"} kind share unit % bounds between 0% and 100% {"}"}
            target growth "Growth" {"{"} require share at least 80% by 2025 from 150% in 2020 {"}"}
        Right:
            indicator share {"{"} kind share unit % bounds between 0% and 100% {"}"}
            target growth "Growth" {"{"} require share at least 80% by 2025 from 15% in 2020 {"}"}
code-l007 = `{ $rule }` says { $written }, and the text `{ $said }`, which is { $wanted }: "{ $quote }"
    .page =
        The text that a rule cites takes its limit in, and the rule leaves it out, or the other way: a figure at the limit itself is judged otherwise. The words are those of `words qualifier`. Where the number stands once in the text and once in the rule, `--fix` swaps the words of the comparison.
        Wrong:
            words qualifier atleast {"{"} before "at least" {"}"}
            instrument plan "The plan" {"{"} {"}"}
            target growth "Growth" {"{"} require coverage > 80% by 2025 cite plan "3" "reach at least 80%" {"}"}
        Right:
            words qualifier atleast {"{"} before "at least" {"}"}
            instrument plan "The plan" {"{"} {"}"}
            target growth "Growth" {"{"} require coverage >= 80% by 2025 cite plan "3" "reach at least 80%" {"}"}
code-l008 = `{ $rule }` holds against { $limit }, and the words that it cites have { $numbers }
    .page =
        The quoted words have numbers in the unit of the limit, and none of them is a limit of the rule. The number has a slip, or other words are meant.
        Wrong:
            instrument plan "The plan" {"{"} {"}"}
            target growth "Growth" {"{"} require coverage at least 80% by 2025 cite plan "3" "from 15% to 85%" {"}"}
        Right:
            instrument plan "The plan" {"{"} {"}"}
            target growth "Growth" {"{"} require coverage at least 85% by 2025 cite plan "3" "from 15% to 85%" {"}"}
code-l009 = `{ $figure }` is counted over another window, "{ $window }", than { $against }
    .page =
        What is counted since 1 January of this year is less than what is counted since the year before, and a limit is set for one of them. Windows are read off the labels of definitions and the quoted words, by `words window`.
        Wrong:
            words window this_year {"{"} alias "since 1 January of this year" {"}"}
            words window previous_year {"{"} alias "since 1 January of the previous year" {"}"}
            indicator exports {"{"} kind index definition now default "since 1 January of this year" {"}"}
            instrument law "The law" {"{"} {"}"}
            target few "Few" {"{"} require exports < 10 by 2025 cite law "4" "since 1 January of the previous year" {"}"}
        Right:
            words window this_year {"{"} alias "since 1 January of this year" {"}"}
            indicator exports {"{"} kind index definition now default "since 1 January of this year" {"}"}
            instrument law "The law" {"{"} {"}"}
            target few "Few" {"{"} require exports < 10 by 2025 cite law "4" "since 1 January of this year" {"}"}
code-l010 = `{ $rule }` passes when nothing at all is published
    .page =
        The rule was judged without any figure, and it passes: who publishes nothing meets it. T006 refuses what a rule says by itself; this one comes through a decision whose presumption stands for a figure.
        Wrong:
            pack p "P" {"{"} entity e {"}"} entity e "E" {"{"} {"}"}
            indicator exempt {"{"} kind yes-no {"}"}
            decision permit "Permit" {"{"} outcome needed outcome free
              presume exempt is yes case free: free when exempt
              otherwise needed {"}"}
            target t1 "Free" {"{"} require permit is free by 2025 {"}"}
        Right:
            pack p "P" {"{"} entity e {"}"} entity e "E" {"{"} {"}"}
            indicator exempt {"{"} kind yes-no {"}"}
            decision permit "Permit" {"{"} outcome needed outcome free
              case free: free when exempt
              otherwise needed {"}"}
            target t1 "Free" {"{"} require permit is free by 2025 {"}"}
code-l011 = `{ $rule }` allows absence to pass, and absence could not make it pass
    .page =
        The clause is there for rules that ask whether something was published. Where nothing of the kind is asked it says nothing, and would hide what is added later. `--fix` takes it out.
        Wrong:
            target growth "Growth" {"{"} require coverage at least 80% by 2025 absence may pass {"}"}
        Right:
            target growth "Growth" {"{"} require coverage at least 80% by 2025 {"}"}
code-l012 = nothing rests on `{ $name }`
    .page =
        No rule, derived quantity, identity or score uses it, and no rule is to move it. It was left over, or a rule was forgotten. Packs without goals, decisions, milestones and scores are there for others to use; they are not looked at.
        Wrong:
            indicator left {"{"} unit m {"}"}
            target growth "Growth" {"{"} require coverage at least 80% by 2025 {"}"}
        Right:
            indicator homes {"{"} unit m {"}"}
            target growth "Growth" {"{"} require homes at least 80m by 2025 {"}"}
code-l013 = no case of `{ $rule }` comes to `{ $outcome }`
    .page =
        An outcome is declared and follows in no version. A case was forgotten, or the outcome is left over.
        Wrong:
            decision d "D" {"{"} outcome low outcome high outcome odd
              case few: low when coverage < 50%
              otherwise high {"}"}
        Right:
            decision d "D" {"{"} outcome low outcome high
              case few: low when coverage < 50%
              otherwise high {"}"}
code-l014 = { $kind } `{ $name }` is declared and named nowhere else
    .page =
        A unit, scale of numbers or levels, dimension or calendar that no item of the pack names was left over. Where figures are printed in such a unit, say so in a comment `// allow L014: reason`.
        Wrong:
            unit box = household
            target growth "Growth" {"{"} require coverage at least 80% by 2025 {"}"}
        Right:
            unit box = household
            target growth "Growth" {"{"} require users at least 80box by 2025 {"}"}
code-l015 = { $kind } `{ $name }` is declared, and nothing in the pack names it
    .page =
        No rule and no test names the document, body or breakdown. It is a note, because figures may come from such a document, or be about such a body or part; with `--figures` those are asked as well.
        Wrong:
            instrument plan "The plan" {"{"} {"}"}
            target growth "Growth" {"{"} require coverage at least 80% by 2025 {"}"}
        Right:
            instrument plan "The plan" {"{"} {"}"}
            target growth "Growth" {"{"} require coverage at least 80% by 2025 cite plan "3" {"}"}
code-l018 = the baseline of `{ $rule }`, { $baseline } in { $period }, already meets its limit
    .page =
        From its first day on the target asks for nothing. Mostly the limit or the baseline has a slip, or the comparison goes the wrong way; a target that something stays as good as it is says so in a comment `// allow L018: reason`.
        Wrong:
            target growth "Growth" {"{"} require coverage at least 80% by 2025 from 85% in 2020 {"}"}
        Right:
            target growth "Growth" {"{"} require coverage at least 80% by 2025 from 15% in 2020 {"}"}
code-l019 = { $rule } needs { $needed } a year from { $last } on, and at most { $seen } a year was seen since { $since }
    .page =
        Neither the largest step of the published figures nor their largest rate would meet the limit in time. Needs `--figures`, at least three figures, the baseline among them, on one basis. It is said only where it is so for every value that the figures allow.
        Wrong:
            target growth "Growth" {"{"} require coverage at least 80% by 2025 from 15% in 2020 {"}"}
            // with 16% in 2022 and 17% in 2024
        Right:
            target growth "Growth" {"{"} require coverage at least 18% by 2025 from 15% in 2020 {"}"}
code-l020 = `{ $rule }` and `{ $other }` take different limits from the same words
    .page =
        Two targets cite the same words for the same figure and the same day, and hold it against different limits. One of them has a slip or cites the wrong words.
        Wrong:
            instrument plan "The plan" {"{"} {"}"}
            target one "One" {"{"} require coverage at least 80% by 2025 cite plan "3" "80%" {"}"}
            target two "Two" {"{"} require coverage at least 85% by 2025 cite plan "3" "80%" {"}"}
        Right:
            instrument plan "The plan" {"{"} {"}"}
            target one "One" {"{"} require coverage at least 80% by 2025 cite plan "3" "80%" {"}"}
            target two "Two" {"{"} require coverage at least 85% by 2030 cite plan "3" "85%" {"}"}
code-l021 = `{ $rule }` is due in { $due }, when { $law } is not in force: { $why }
    .page =
        A rule applies only while the texts under which it stands are in force. One that is due before they are, or after they have ended, is never judged on its day.
        Wrong:
            instrument law "The law" {"{"} in force since 2026-01-01 {"}"}
            target growth "Growth" {"{"} under law require coverage at least 80% by 2025 {"}"}
        Right:
            instrument law "The law" {"{"} in force since 2021-01-01 {"}"}
            target growth "Growth" {"{"} under law require coverage at least 80% by 2025 {"}"}
lint-tasks-here = { $count } goals and milestones of this file
lint-always = always holds
lint-never = never holds
lint-rule = `{ $rule }`
lint-of-body = `{ $rule }` of { $entity }
lint-baseline-beside = the goal is more than a comparison of the quantity that has the baseline
lint-pace-few = fewer than three figures, the baseline among them
lint-pace-broken = its figures are on several bases
lint-window-beside = the figure beside it, "{ $window }"
lint-window-quoted = the quoted words, "{ $window }"
lint-before-force = it is since { $since }
lint-after-force = it was until { $until }
lint-nobody = without figures there is nobody to judge
lint-library = the pack gives no verdict and is there for others to use
lint-dimension = dimension
lint-unit = unit
lint-scale = scale
lint-ladder = scale of levels
lint-breakdown = breakdown
lint-calendar = calendar
lint-body = body
lint-document = document
help-l007 = write `{ $sign }`, or cite the words that say otherwise
help-l007-range = write both ends as comparisons, this one with `{ $sign }`, or cite the words that say otherwise
help-l010 = ask for the figure itself; where it is meant, say `absence may pass`
help-l018 = see whether limit, baseline and comparison are those of the text
cli-lint = Say what somebody should look at in a pack, and mend what is safe to mend
cli-arg-lint-figures = tables and workbooks, or folders of them, for lints that look at figures; without them those are left out
cli-arg-fix = write what is safe to mend into the rule files of the pack
cli-arg-deny = notes of these codes count as well for the exit status
cli-arg-allow = leave out these codes
cli-arg-lint-format = form of the output; otherwise by the ending of --out
cli-examples-lint =
    plumbrule lint rules/nip-2021
    plumbrule lint rules/nip-2021 --allow L003 --figures fixtures/published
    plumbrule lint rules/nip-2021 --fix
cli-exit-lint =
    0  nothing found, or notes alone
    1  something to look at
    2  an error
