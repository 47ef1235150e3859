//! Rules on the pages of the manual: each block `plumb` is compiled, and its tests are run.
//!
//! The blocks of a page are one pack together, as if the rest of the page were blank. A comment
//! above a block says otherwise: `<!-- alone -->`, it is a pack of its own; `<!-- leads to CODE -->`,
//! put behind the pack it leads to that problem and to no other. Where a page has a pack, its
//! comment `<!-- pack FILE -->` names the file of the repository that holds the same rules.

use std::path::Path;

use plumbrule::syntax::format;
use plumbrule::{Sources, compile, functions};

use super::blocks::{Block, blocks};
use super::{failures, is_update, pages, root};

/// The blocks of a page that hold rules and are no file of the repository.
fn rules(text: &str) -> Vec<Block<'_>> {
    let mut found = blocks(text);
    found.retain(|block| block.language == "plumb" && block.says("file").is_none());
    found
}

fn is_apart(block: &Block<'_>) -> bool {
    block.says("alone").is_some() || block.says("leads to").is_some()
}

/// The pack of a page with each rule on the line on which it stands there.
fn in_place(found: &[Block<'_>]) -> String {
    let mut out = String::new();
    let mut n_lines = 0;
    for block in found.iter().filter(|block| !is_apart(block)) {
        out.push_str(&"\n".repeat(block.line - n_lines));
        out.extend(block.body.iter().flat_map(|line| [*line, "\n"]));
        n_lines = block.line + block.body.len();
    }
    out
}

fn name(page: &Path) -> String {
    page.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn rules_of_the_manual_compile_and_their_tests_hold() {
    let mut wrong = Vec::new();
    let mut n_blocks = 0;
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        let (name, found) = (name(&page), rules(&text));
        n_blocks += found.len();
        let pack = in_place(&found);
        if !pack.is_empty() {
            wrong.extend(failures(&name, &pack));
        }
        for block in &found {
            let body = block.body.join("\n") + "\n";
            if let Some(code) = block.says("leads to") {
                let codes = codes(&format!("{pack}\n{body}"));
                if codes != [code] {
                    wrong.push(format!("{name}:{}: leads to {codes:?}", block.line));
                }
            } else if block.says("alone").is_some() {
                wrong.extend(failures(&name, &("\n".repeat(block.line) + &body)));
            }
        }
    }
    assert!(n_blocks > 20, "{n_blocks} blocks");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The codes of the problems of a pack, each once.
fn codes(text: &str) -> Vec<&'static str> {
    let mut sources = Sources::with_std();
    sources.add("block", text);
    let problems = compile(&sources).err().unwrap_or_default();
    let mut codes: Vec<&str> = problems.iter().map(|it| it.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn rules_of_the_manual_are_written_as_the_formatter_writes_them() {
    let mut wrong = Vec::new();
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        for block in rules(&text) {
            let body = block.body.join("\n") + "\n";
            match format(&body, None, &functions::name_in) {
                Ok(formatted) if formatted == body => {}
                Ok(formatted) => wrong.push(format!("{}:\n{formatted}", name(&page))),
                // What leads to a problem of the grammar has no form.
                Err(_) if block.says("leads to").is_some() => {}
                Err(_) => wrong.push(format!("{}:{}: unreadable", name(&page), block.line)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_pack_of_a_page_is_in_the_file_that_it_names() {
    let mut n_packs = 0;
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        let named = text
            .lines()
            .find_map(|line| line.strip_prefix("<!-- pack ")?.strip_suffix(" -->"));
        let Some(file) = named.map(|file| root().join(file)) else {
            continue;
        };
        let found = rules(&text);
        let parts: Vec<String> = found
            .iter()
            .filter(|block| !is_apart(block))
            .map(|block| block.body.join("\n") + "\n")
            .collect();
        let pack = parts.join("\n");
        let is_same = std::fs::read_to_string(&file).is_ok_and(|found| found == pack);
        if !is_same && is_update() {
            std::fs::write(&file, &pack).unwrap();
        }
        assert!(
            is_same || is_update(),
            "{} is not the pack of {}; run `UPDATE_DOCS=1 cargo test --test all docs::`",
            file.display(),
            name(&page)
        );
        let formatted = format(&pack, None, &functions::name_in).unwrap();
        assert_eq!(formatted, pack, "{}", file.display());
        n_packs += 1;
    }
    assert!(n_packs >= 2, "{n_packs} packs");
}
