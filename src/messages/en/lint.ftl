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
