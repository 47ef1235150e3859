cli-init = Write a pack that runs, with figures and a page that says what to do next
cli-list = List what a pack declares, and what the language knows
cli-completions = Print the script that completes commands, options and files in a shell
cli-man = Print a man page, or write all of them into a folder
cli-arg-color = whether text is coloured; auto: on a terminal, unless NO_COLOR is set
cli-arg-help = print help
cli-arg-version = print the version
cli-arg-folder = the folder, made if it is not there; its name becomes the id of the pack
cli-arg-kind = what to list; without it, all that can be listed
cli-arg-list-pack = rule files, or folders of them; by default the pack in this folder or below ./rules
cli-arg-list-format = for people, machines or spreadsheets
cli-arg-explain-period = evaluated period, such as 2024; by default the latest year with a figure
cli-arg-wanted = only rows that say this text, in either language
cli-arg-shell = the shell
cli-arg-page = the command; by default the program
cli-arg-man-out = write all pages into this folder
cli-arg-watch = check again whenever a rule file or table is saved, until Ctrl-C
cli-arg-reach = say which rules, versions, cases, presumptions and tiers the tests reach, and on which sides of its limit they show each comparison
cli-arg-at-least = exit status 1 where less than this part of what there is to show is shown, in percent
cli-arg-test-format = form of the output; otherwise by the ending of --out
cli-arg-test-watch = test again whenever a rule file is saved, until Ctrl-C
cli-heading-commands = Commands:
cli-heading-arguments = Arguments:
cli-heading-options = Options:
cli-heading-examples = Examples:
cli-heading-exit = Exit status:
cli-heading-environment = Environment:
cli-choices = {" "}[{ $choices }]
cli-default = {" "}[default: { $value }]
cli-value-command = COMMAND
cli-value-options = OPTIONS
cli-value-order = ORDER
cli-value-pack = PACK
cli-value-percent = PERCENT
cli-value-path = PATH
cli-value-file = FILE
cli-value-folder = FOLDER
cli-value-period = PERIOD
cli-value-date = DATE
cli-value-format = FORMAT
cli-value-bytes = BYTES
cli-value-id = ID
cli-value-name = NAME
cli-value-verdict = VERDICT
cli-value-rule-code = RULE|CODE
cli-value-entity = ENTITY
cli-value-phase = PHASE
cli-value-lang = LANG
cli-value-when = WHEN
cli-value-kind = KIND
cli-value-n = N
cli-value-direction = DIRECTION
cli-value-indicator-period = INDICATOR[@PERIOD]
cli-value-method = METHOD
cli-value-figure = INDICATOR@PERIOD=VALUE
cli-value-receipt = RECEIPT
cli-value-dir = FOLDER
cli-value-report = REPORT
cli-value-key = KEY
cli-value-text = TEXT
cli-value-shell = SHELL
cli-examples-plumbrule =
    plumbrule init my-plan
    plumbrule check rules/nip-2021 --figures fixtures/published
    plumbrule explain nip.2 --period 2024
cli-examples-check =
    plumbrule check rules/nip-2021 --figures fixtures/published
    plumbrule check rules/nip-2021 --figures fixtures/published --period all --verdict fail,undetermined
    plumbrule check rules/nip-2021 --figures fixtures/published --format json --out report.json
    plumbrule check rules/nip-2021 --figures fixtures/published --receipt receipt.json
cli-examples-explain =
    plumbrule explain nip.2 --rules rules/nip-2021 --figures fixtures/published --period 2024
    plumbrule explain R001
cli-examples-test =
    plumbrule test rules/nip-2021
    plumbrule test rules/data-export --reach
    plumbrule test rules/data-export --reach --at-least 90 --format html --out tests.html
    plumbrule test rules/nip-2021 --watch
cli-examples-fmt =
    plumbrule fmt rules/nip-2021
    plumbrule fmt --check rules
    plumbrule fmt --lang zh pack.plumb
cli-examples-dump =
    plumbrule dump rules/nip-2021 --phase graph
cli-examples-graph =
    plumbrule graph rules/nip-2021 --rule nip.2
    plumbrule graph rules/nip-2021 --affected penetration_5g@2024
    plumbrule graph rules/nip-2021 --format svg --out graph.svg
cli-examples-outlook =
    plumbrule outlook rules/nip-2021 --figures fixtures/published --period 2024
    plumbrule outlook rules/nip-2021 --figures fixtures/published --period 2024 --method all --rule nip.1
    plumbrule outlook rules/nip-2021 --figures fixtures/published --period 2024 --what-if penetration_5g@2024=50%
cli-examples-replay =
    plumbrule replay receipt.json
cli-examples-keygen =
    plumbrule keygen auditor.pem
cli-examples-sign =
    plumbrule sign receipt.json --key auditor.pem --out receipt.signed.json
cli-examples-verify =
    plumbrule verify receipt.signed.json --key auditor.pub.pem
cli-examples-init =
    plumbrule init my-plan
    plumbrule init my-plan-zh --lang zh
cli-examples-list =
    plumbrule list rules rules/nip-2021
    plumbrule list indicators rules/nip-2021 --match 5G
    plumbrule list units --match km --format csv
cli-examples-completions =
    plumbrule completions bash > ~/.local/share/bash-completion/completions/plumbrule
    plumbrule completions fish > ~/.config/fish/completions/plumbrule.fish
cli-examples-man =
    plumbrule man check | man -l -
    plumbrule man --out ~/.local/share/man/man1
cli-exit =
    0  done
    2  an error
cli-exit-plumbrule =
    0  done; of check: nothing failed and nothing is open
    1  a target or a test failed, or a file would change
    2  an error
    3  of check: nothing failed and something is undetermined
cli-exit-check =
    0  nothing failed and nothing is open
    1  a target failed, or is undetermined where the submitter must prove
    2  an error in arguments, rules or figures
    3  nothing failed and something is undetermined
cli-exit-replay =
    0  the same bytes and verdicts
    1  a difference
    2  an error, such as a file that is no receipt
cli-exit-verify =
    0  verified
    1  not verified
    2  an error, such as a key that cannot be read
cli-exit-test =
    0  all tests passed
    1  a test failed, or less is reached than --at-least says
    2  an error
cli-exit-fmt =
    0  done; with --check: nothing would change
    1  with --check: a file would change
    2  an error
cli-environment-plumbrule =
    PLUMBRULE_LANG  zh or en, where --lang does not say; then LC_ALL, LC_MESSAGES, LANG
    COLUMNS         columns to lay text out for; by default those of the terminal, else 80
    NO_COLOR        set: no colours
    CLICOLOR_FORCE  set and not 0: colours even where no terminal reads, unless NO_COLOR is set
man-name = NAME
man-synopsis = SYNOPSIS
man-options = OPTIONS
man-subcommands = COMMANDS
usage-no-command = no command `{ $found }`
usage-no-option = `{ $command }` has no option `{ $argument }`
usage-unexpected = `{ $argument }` is one argument too many
usage-value = `{ $value }` is no value of `{ $argument }`
usage-no-value = `{ $argument }` needs a value
usage-twice = `{ $argument }` is there more than once
usage-conflict = `{ $argument }` does not go together with { $others }
usage-missing = missing: { $arguments }
usage-missing-command = a command is missing
usage-too-many = `{ $argument }` takes no further value `{ $value }`
usage-too-few = `{ $argument }` takes { $wanted } values, { $found } found
usage-no-equals = `{ $argument }` needs an equals sign before its value
usage-not-utf8 = an argument is not UTF-8
usage-other = the parser of arguments says: “{ $why }”
help-usage = `{ $usage }`; all of it: `{ $command } --help`
help-example = for example `{ $line }`
help-packs-here = packs here: { $packs }
help-no-pack-here = no pack stands here; `plumbrule init NAME` writes one that runs
help-other-command = `{ $argument }` is an option of { $commands }
help-path-first = a path follows a command, such as `{ $line }`
help-path-later = a path comes one place later, such as `{ $line }`
help-whole-number = a whole number is expected, such as 1000000
help-folder-empty = folder `{ $folder }` is empty
help-folder-holds = folder `{ $folder }` holds { $names }
help-folder-holds-more = folder `{ $folder }` holds { $names } and { $more } more
help-table-as-rules = a table follows its option: `{ $line }`
help-rules-as-table = rule files are the pack: `plumbrule check PACK --figures TABLE`, `plumbrule explain RULE --rules PACK --figures TABLE`
help-out-inside = name a file in it, such as `{ $file }`
help-make-folder = make it first: `{ $line }`
help-init-elsewhere = name another folder: `plumbrule init FOLDER`
cli-table-as-rules = `{ $file }` is a table and stands where rules are expected
cli-rules-as-table = `{ $file }` is a rule file and stands where a table is expected
cli-no-folder = no folder `{ $folder }`
cli-out-is-folder = `{ $folder }` is a folder and cannot be written as a file
why-not-found = it is not there
why-permission = permission denied
why-exists = it is there already
why-folder = it is a folder
why-no-folder = a part of its path is not a folder
why-full = no space is left
why-read-only = the file system is read-only
why-reader-gone = nobody reads the output
why-library = “{ $why }”
init-wrote = wrote { $file }
init-default-id = the folder name `{ $name }` cannot be the id of a pack; the pack is `{ $id }`
init-next = what to do next is in { $page }; to begin with:
init-no-folder = `{ $folder }` is not a folder
init-is-there = nothing was written: `{ $folder }` holds { $files } already
watch-changed = changed: { $files }
watch-waiting = waiting for a file to be saved; Ctrl-C ends
watch-differs = changed since the run before: { $count }
watch-same = nothing changed since the run before
watch-other = { $name }: was { $was }, now { $now }
watch-new = { $name }: new, { $now }
watch-gone = { $name }: was { $was }, now gone
watch-format = --watch writes to the terminal for people; `{ $format }` is for files
help-watch-out = with --out FILE the file is written anew at each change
