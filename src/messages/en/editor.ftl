# What the language server says.
editor-kind-quantity = quantity
editor-kind-rule = rule
editor-kind-document = document
editor-kind-body = body
editor-kind-breakdown = breakdown
editor-kind-code = code
editor-kind-calendar = calendar
editor-kind-weights = weights
editor-kind-scale = scale
editor-kind-pack = pack
editor-kind-unit = unit
editor-kind-dimension = dimension
editor-kind-function = function
editor-kind-definition = definition
editor-kind-outcome = outcome
editor-kind-case = case
editor-kind-evidence = item of evidence
editor-kind-element = element of a score
editor-value = { $value }
editor-definition = { $id } “{ $label }”
editor-figure = { $figure }: printed "{ $printed }"; { $source }
editor-asked-by = asked for by { $rule } “{ $label }”
editor-more = and { $count } more
editor-old = as of the last save; the texts have changed since
editor-no-verdict = no verdict yet: the pack does not compile, or no figures were named
editor-verdicts = { $period }: { $counts }
editor-count = { $count } { $verdict }
editor-verdict = { $entity }: { $verdict }
editor-rename-nothing = no name that could be changed stands here
editor-rename-standard = `{ $name }` is declared in the standard library, which no pack changes
editor-rename-used = `{ $name }` is declared in the pack `{ $pack }`; it gets another name there
editor-rename-taken = `{ $name }` is a name of `{ $other }` already, which `{ $place }` declares
editor-rename-written = `{ $found }` in `{ $file }`, line { $line }, is written in another way than the name; change it by hand first
editor-rename-problem = with the name `{ $name }` the pack would have a problem: { $problem }
editor-rename-elsewhere = with the name `{ $name }` some words would name something else than before
editor-rename-unread = a part of `{ $file }`, line { $line }, cannot be read, and may hold the name; mend it first
editor-mend = mend { $code }
editor-write = write `{ $words }`
editor-run = run
editor-run-all = run all tests of the pack
editor-run-passed = passed; run again
editor-run-failed = failed: { $failed } of { $count }; run again
editor-ran = tests passed: { $passed }, failed: { $failed }
editor-no-pack = no pack holds this file
editor-does-not-compile = the pack does not compile, so that none of its tests can run
cli-lsp = Language server for editors, on the standard streams
cli-arg-lsp-figures = tables that verdicts are shown from; otherwise those in the folder of a pack, or fixtures/published
cli-arg-lsp-period = the period whose verdicts are shown; otherwise the latest year with a figure
cli-examples-lsp =
    plumbrule lsp
    plumbrule lsp --figures fixtures/published --lang zh
cli-exit-lsp =
    0  the editor said good-bye
    1  the editor went away without a word
    2  an error, such as a wrong argument
