# Milestones, evidence and scales: what is wrong with them, and what proves them.

code-r053 = this milestone does not work: { $why }
    .page =
        A milestone is to be achieved by a period, and its `require` asks for each of its items of evidence. An item that nobody asks for would be collected for nothing, and a milestone that says nothing of when can never be missed. Where the text itself names no day, `undated` says so.
        Wrong:
            milestone m "M" {"{"}
              evidence list "List published"
              evidence report "Report"
              require list by 2025 {"}"}
        Right:
            milestone m "M" {"{"}
              evidence list "List published"
              evidence report "Report"
              require all of (list, report) by 2025 {"}"}
code-r054 = evidence has no kind `{ $name }`
    .page =
        Kinds of evidence are a closed list, so that tables and rules mean the same: document, statistic, inspection, certificate, assessment, system, statement.
        Wrong:
            milestone m "M" {"{"}
              evidence list "List" {"{"} accepts paper {"}"}
              require list by 2025 {"}"}
        Right:
            milestone m "M" {"{"}
              evidence list "List" {"{"} accepts document {"}"}
              require list by 2025 {"}"}
code-r055 = this scale does not work: { $why }
    .page =
        A scale has two levels or more, the lowest first, and no name stands for two of them.
        Wrong:
            scale maturity: begun < begun
        Right:
            scale maturity: begun < formed
code-r056 = no scale is called `{ $name }`
    .page =
        An indicator or an item of evidence that is a level names a scale that the pack declares.
        Wrong:
            scale maturity: begun < formed
            indicator stage "Stage" {"{"} kind level of maturty {"}"}
        Right:
            scale maturity: begun < formed
            indicator stage "Stage" {"{"} kind level of maturity {"}"}
code-r057 = of { $count } conditions { $found } cannot be asked for
    .page =
        `at least N of (...)` asks for one of the conditions in its brackets or more, and for no more than there are.
        Wrong:
            target t "T" {"{"} require at least 3 of (coverage > 5%, coverage < 90%) {"}"}
        Right:
            target t "T" {"{"} require at least 2 of (coverage > 5%, coverage < 90%) {"}"}
code-r058 = the scale { $ladder } has no level `{ $name }`
    .page =
        A level is held against a level of its own scale, by id or name.
        Wrong:
            scale maturity: begun < formed
            indicator stage "Stage" {"{"} kind level of maturity {"}"}
            target t "T" {"{"} require stage >= frmed {"}"}
        Right:
            scale maturity: begun < formed
            indicator stage "Stage" {"{"} kind level of maturity {"}"}
            target t "T" {"{"} require stage >= formed {"}"}
code-f021 = evidence without a known kind or grade
    .page =
        A row of evidence says what it is (document, statistic, inspection, certificate, assessment, system, statement) and whether it is sure or likely. Only sure evidence decides, so the grade is never guessed.
        Wrong:
            evidence,date,sense,evidence kind,grade
            plan.list,2023-05,achieved,document,perhaps
        Right:
            evidence,date,sense,evidence kind,grade
            plan.list,2023-05,achieved,document,likely

milestone-by = it needs a `require` with `by` and a period, or `every`, `regularly` or `undated`
milestone-empty = it has no item of evidence, and asks for no figure
milestone-unused = its `require` does not ask for the item `{ $name }`
milestone-kind = an item of evidence is yes or no, or the level of a scale
ladder-twice = `{ $name }` stands there twice
ladder-short = it has fewer than two levels
help-given-evidence = write the milestone and its item with a dot between them: `given evidence plan.list = "achieved" dated 2023-05`
help-given-dated = say when it was so: `dated 2023-05`
figure-evidence-kind = evidence of kind { $found }
figure-grade = evidence of grade { $found }
figure-nothing = (nothing)
word-and-name = { $word } ({ $name })
column-evidence-kind = kind of evidence
column-issuer = issuer
column-said-by = said by
column-reference = reference
column-grade = grade
form-kind-level = level of a scale
list-milestones = milestones
graph-kind-milestone = milestone
page-kind-evidence = evidence beside

evidence-document = document
evidence-statistic = statistic
evidence-inspection = inspection
evidence-certificate = certificate
evidence-assessment = assessment
evidence-system = system in operation
evidence-statement = own statement
grade-sure = sure
grade-likely = likely
evidence-reference = “{ $text }”
evidence-issuer = of { $text }
evidence-said-by = said by { $text }
evidence-dated = dated { $text }
said-achieved = achieved
said-not-achieved = not achieved
said-open = achieved or not
level-or-above = { $level } or above
level-or-below = { $level } or below
level-between = { $from } to { $to }
item-name = { $item }
item-name-of = { $item } [{ $entity }]
explain-evidence = { $item }: { $said }; { $evidence }
explain-no-evidence = { $item }: no evidence that decides ({ $causes })
explain-offered = beside, { $item }: { $said }; { $evidence }; { $standing }
explain-at-least = at least { $count } of these: { $truth }
standing-counts = counts
standing-likely = likely only, decides nothing
standing-own-statement = the body's own statement, decides nothing
standing-wrong-kind = of a kind that does not count here
standing-wrong-issuer = of an issuer that does not count here
standing-unreadable = cannot be read, decides nothing
standing-late = late: dated after the deadline
standing-later-known = not known on the day that is asked about
standing-source = of a source that does not count
standing-after = dated after the period that is evaluated
standing-overtaken = overtaken by later evidence
