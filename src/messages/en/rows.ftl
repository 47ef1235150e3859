# Rules as tables, and how rules hang together.

code-p015 = this row of a table is no rule: { $why }
    .page =
        A table that rules are read from has a header and a row for each rule. A row has a cell for each column. Its id is like that of any rule, its modality and its timing are written as in rule files, in either language.
        Wrong:
            id	title	modality	timing
            d.1	A yearly report	perhaps	by 2025
        Right:
            id	title	modality	timing
            d.1	A yearly report	must	by 2025
code-r070 = rules cannot be read from tables as it is said here: { $why }
    .page =
        `requirements` and `links` name tables that lie beside the rule file or below its folder, and say of every column what it holds, or that it is ignored.
        Wrong:
            requirements "Duties" {"{"}
              evidence told "Told to be done"
              column "id" as id {"}"}
        Right:
            requirements "Duties" {"{"}
              file "rules.tsv"
              evidence told "Told to be done"
              column "id" as id
              column "title" as en
              column "modality" as modality
              column "timing" as timing {"}"}
code-r071 = this relation does not work: { $why }
    .page =
        A rule may be a part of other rules, and feed indicators. What it names must be there, once, and no rule may be a part of itself.
        Wrong:
            milestone m "M" {"{"}
              part of plan
              evidence list "List"
              require list by 2025 {"}"}
        Right:
            milestone plan "Plan" {"{"}
              evidence list "List"
              require list by 2025 {"}"}
            milestone m "M" {"{"}
              part of plan
              evidence list "List"
              require list by 2025 {"}"}
rows-elsewhere = a table is a `.tsv` or `.csv` file beside the rule file, or below its folder
rows-not-there = no table `{ $name }` lies beside the rule file
rows-no-file = it names no `file`
rows-role = a row of it cannot hold { $role }
rows-twice = this is said before
rows-lacks = no column holds { $roles }
rows-no-evidence = it has no `evidence`: what a row is proved by
rows-of-links = links have neither `evidence`, `source` nor `kind`
rows-no-source = section, line or words are cited, and no `source` says of which document
rows-blank-header = a column without a name
rows-unknown-header = the column `{ $name }` is neither read nor ignored
rows-no-column = { $file } has no column `{ $name }`
rows-column-twice = { $file } has more than one column `{ $name }`
rows-blank = the cell of { $role } is blank
rows-id = `{ $name }` is no id
rows-basis = `{ $name }` says neither that the text says so nor that it is concluded
rows-kind = no kind of rule is declared as `{ $name }`
rows-modality = `{ $name }` is no modality
rows-timing = `{ $name }` does not say when
rows-line = `{ $name }` is no number of a line
rows-kind-of-rule = the kind of a rule is a text, such as "institution"
rows-kind-of-indicator = the kind of an indicator is a word, such as `stock`; a text is the kind of a rule
relation-no-rule = no rule is called `{ $name }`
relation-twice = `{ $name }` is named before
relation-no-indicator = `{ $name }` is computed, and what is computed is fed through its figures
relation-of-check = a check or a decision feeds no indicator
relation-circle = `{ $name }` is a part of itself
help-rows-timing = write it as behind `require`: `by 2025`, `every year since 2021`, `regularly`, or `undated` where the text names no day
reason-undated = the text names no day by which it is to be met
explain-timing-undated = to be met by no day that the text names; looked at on { $day }, known on { $knownOn }
explain-modality-words = required degree: { $modality }, by the words “{ $words }”
explain-sort = kind: { $sort }
explain-part-of = part of { $wholes }
explain-rule-named = { $label } ({ $id })
explain-feeds-stated = feeds { $indicator }, as the text says
explain-feeds-inferred = feeds { $indicator }, as the authors of the pack conclude
explain-feeds-note = { $what }: { $note }
due-undated = by no named day
standing-other-time = dated in another stretch of time than the one that is judged
graph-fed = what is to move { $indicator } (decides nothing)
graph-fed-stated = as the text says
graph-fed-inferred = as the authors of the pack conclude
graph-fed-parts = { $count } parts, with theirs
graph-fed-nobody = answered for by nobody whom the text names
graph-fed-owner = { $owner } answers for { $rules }
report-folded = { $count } without any evidence: { $verdicts }
report-folded-hint = to see rows without evidence: name their rules or categories, with --rule or --category
code-p016 = this row of an outline is no section: { $why }
    .page =
        An outline is a table with a row for each section of a document: its number, its first and last line, and why it holds nothing that could be checked, where that is so. `plumbrule coverage` holds the lines that rules cite against it.
        Wrong:
            section	level	title_zh	title_en	document	first	last	prose_zh	prose_en
            1	section		Aims	plan	40	12
        Right:
            section	level	title_zh	title_en	document	first	last	prose_zh	prose_en
            1	section		Aims	plan	12	40
outline-no-column = it has no column `{ $name }`
outline-blank = the cell of `{ $name }` is blank
outline-order = its last line stands before its first
outline-empty = it has no row
coverage-section = section
coverage-document = document
coverage-lines = lines
coverage-state = state
coverage-why = reason
coverage-missing = missing
coverage-prose = prose
coverage-covered = has rules
coverage-counts = { $all } sections: { $covered } have rules, { $prose } are declared to hold nothing that could be checked, { $missing } are missing
coverage-elsewhere = { $count } rules cite the document at no line of any section: { $rules }
cli-coverage = Say which sections of a document rules cite, which are prose, and which are missing
cli-arg-outline = table of the sections of a document, with their lines
cli-arg-missing = only the sections that are missing
cli-arg-coverage-format = form of the output; otherwise by the ending of --out
cli-examples-coverage =
    plumbrule coverage rules/nip-2021 rules/nip-actions rules/nip-tasks --outline rules/nip-tasks/outline.tsv
    plumbrule coverage rules/nip-tasks --outline rules/nip-tasks/outline.tsv --out coverage.csv
cli-exit-coverage =
    0  no section is missing
    1  a section has no rule and is not declared to be prose
    2  an error
