//! The manual as a book: links and their anchors, one chapter after the other, and pages in two
//! languages with one structure.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::blocks::blocks;
use super::{pages, root};

/// The lines of a page outside its blocks.
fn prose(text: &str) -> Vec<&str> {
    let mut is_code = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            lines.push(line);
        }
    }
    lines
}

/// The headings of a page: how deep, and what they say.
fn headings(text: &str) -> Vec<(usize, &str)> {
    prose(text)
        .into_iter()
        .filter_map(|line| {
            let depth = line.bytes().take_while(|byte| *byte == b'#').count();
            Some((depth, line.get(depth..)?.strip_prefix(' ')?)).filter(|_| depth > 0)
        })
        .collect()
}

/// The links of a page.
fn links(text: &str) -> Vec<&str> {
    let prose = prose(text);
    let parts = prose.iter().flat_map(|line| line.split("](").skip(1));
    parts.filter_map(|part| part.split(')').next()).collect()
}

/// The anchors of a page, as the sites that show repositories make them: small letters, signs left
/// out, blanks as hyphens, a number behind what is there already.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (_, heading) in headings(text) {
        let kept = heading
            .trim()
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let anchor: String = kept
            .flat_map(char::to_lowercase)
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let n = seen.entry(anchor.clone()).or_default();
        found.insert(match *n {
            0 => anchor,
            n => format!("{anchor}-{n}"),
        });
        *n += 1;
    }
    found
}

/// All pages with links: the manual, and those that stand beside what they are about.
fn linked_pages() -> Vec<PathBuf> {
    let mut found = pages();
    for file in [
        "src/ARCHITECTURE.md",
        "benches/README.md",
        "tests/fuzz/README.md",
    ] {
        found.push(root().join(file));
    }
    for folder in ["rules", "fixtures"] {
        found.push(root().join(folder).join("README.md"));
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            found.push(entry.unwrap().path().join("README.md"));
        }
    }
    found.retain(|page| page.exists());
    found
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    let mut n_anchors = 0;
    for page in linked_pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in links(&text) {
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => page.clone(),
                file => page.parent().unwrap().join(file),
            };
            let is_found = target.exists()
                && (anchor.is_empty()
                    || std::fs::read_to_string(&target)
                        .is_ok_and(|text| anchors(&text).contains(anchor)));
            n_anchors += usize::from(!anchor.is_empty());
            if !is_found {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(n_anchors > 0);
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The pages of the manual in Chinese, each with its English twin.
fn twins() -> Vec<(PathBuf, PathBuf)> {
    let twin = |page: &PathBuf| {
        let name = page.file_name()?.to_str()?.strip_suffix(".zh.md")?;
        Some((page.with_file_name(format!("{name}.md")), page.clone()))
    };
    pages().iter().filter_map(twin).collect()
}

#[test]
fn twins_have_one_structure() {
    let found = twins();
    assert!(found.len() >= 4, "{found:?}");
    for (english, chinese) in found {
        let read = |page: &Path| std::fs::read_to_string(page).unwrap();
        let (en, zh) = (read(&english), read(&chinese));
        let depths = |text| -> Vec<usize> { headings(text).iter().map(|it| it.0).collect() };
        assert_eq!(depths(&en), depths(&zh), "headings of {chinese:?}");
        let kinds = |text| -> Vec<String> {
            let found = blocks(text);
            let kinds = found.iter().filter_map(|it| it.language.split(' ').next());
            kinds.map(str::to_owned).collect()
        };
        assert_eq!(kinds(&en), kinds(&zh), "blocks of {chinese:?}");
        let rows = |text| {
            prose(text)
                .iter()
                .filter(|line| line.starts_with('|'))
                .count()
        };
        assert_eq!(rows(&en), rows(&zh), "rows of tables of {chinese:?}");
        let name = |page: &Path| format!("({})", page.file_name().unwrap().to_str().unwrap());
        for (page, other) in [(&en, name(&chinese)), (&zh, name(&english))] {
            assert!(page.contains(&other), "no link to {other}");
        }
    }
}

/// The chapters that a table of contents counts, in order.
fn chapters(contents: &str) -> Vec<String> {
    let line = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit());
    let file = |line: &str| Some(line.split("](").nth(1)?.split(')').next()?.to_owned());
    let prose = prose(contents);
    prose
        .iter()
        .filter(|it| line(it))
        .filter_map(|it| file(it))
        .collect()
}

#[test]
fn every_chapter_ends_with_a_link_to_the_next() {
    let docs = root().join("docs");
    for contents in ["README.md", "README.zh.md"] {
        let chapters = chapters(&std::fs::read_to_string(docs.join(contents)).unwrap());
        assert!(chapters.len() >= 6, "{contents}: {chapters:?}");
        for pair in chapters.windows(2) {
            let text = std::fs::read_to_string(docs.join(&pair[0])).unwrap();
            let last = text.trim_end().lines().last().unwrap();
            let next = format!("]({})", pair[1]);
            assert!(
                last.contains(&next),
                "{contents}: {} ends with {last}",
                pair[0]
            );
        }
    }
}

#[test]
fn every_page_is_in_the_table_of_contents() {
    let docs = root().join("docs");
    let contents = ["README.md", "README.zh.md"].map(|name| docs.join(name));
    let listed: BTreeSet<PathBuf> = contents
        .iter()
        .flat_map(|page| {
            let text = std::fs::read_to_string(page).unwrap();
            let links = links(&text).into_iter().map(|link| docs.join(link));
            links.collect::<Vec<_>>()
        })
        .collect();
    for page in pages() {
        let is_of_the_manual = page.parent() == Some(&docs) && !contents.contains(&page);
        assert!(
            !is_of_the_manual || listed.contains(&page),
            "{page:?} is in no table of contents"
        );
    }
}
