//! Rows for what the language and the program know: units, words, functions, keywords, codes,
//! formats. Goes in: rule files, or the lists of the library. Decides nothing.

use std::collections::BTreeMap;

use plumbrule::diagnostic::Code;
use plumbrule::figures::ProblemCode;
use plumbrule::functions::{FUNCTIONS, Parameter, chinese_name};
use plumbrule::message::{Label, Lang, Message, catalogue};
use plumbrule::report::Format;
use plumbrule::source::Sources;
use plumbrule::syntax::ast::{ItemKind, Word, WordPlace};
use plumbrule::syntax::{Limits, parse};

use crate::cli::table::{Cell, Table};

/// A sentence of the catalogue in both languages; its open places stand in braces.
fn sentence(key: &str) -> Label {
    let of = |lang| catalogue(lang).word(key).replace("{$", "{");
    Label {
        zh: of(Lang::Zh),
        en: of(Lang::En),
    }
}

/// The items of rule files, in order. What cannot be parsed is left out: the check of a pack
/// tells about it.
fn items(sources: &Sources) -> impl Iterator<Item = ItemKind> + '_ {
    sources
        .ids()
        .filter(|id| !sources.is_table(*id))
        .flat_map(|id| parse(id, sources.text(id), &Limits::default()).0.items)
        .map(|item| item.kind)
}

/// The first of several names; in English the first that is no Chinese, where there is one.
fn first(names: &[String]) -> Label {
    let is_chinese =
        |name: &&String| name.contains(|c: char| ('\u{3400}'..='\u{9fff}').contains(&c));
    let zh = names.first().cloned().unwrap_or_default();
    let en = names.iter().find(|name| !is_chinese(name));
    Label {
        en: en.unwrap_or(&zh).clone(),
        zh,
    }
}

/// The first name, and behind it the others, in each language.
fn name_cells(names: &[String]) -> [Cell; 2] {
    let first = first(names);
    let others = |lang| {
        let others = names.iter().filter(|name| *name != first.get(lang));
        others.cloned().collect::<Vec<_>>().join("; ")
    };
    let others = Label {
        zh: others(Lang::Zh),
        en: others(Lang::En),
    };
    [Cell::Label(first), Cell::Label(others)]
}

pub(super) fn units(sources: &Sources) -> Table {
    let flag = |is_on: bool, key: &'static str| is_on.then(|| Cell::Message(Message::new(key)));
    let texts =
        |names: &[Word]| -> Vec<String> { names.iter().map(|name| name.text.clone()).collect() };
    // The names of what a unit is so many of.
    let mut known: BTreeMap<String, Label> = BTreeMap::new();
    let mut rows = Vec::new();
    for item in items(sources) {
        let (kind, names, meaning, flags) = match item {
            ItemKind::Dimension { name, labels } => {
                let labels: Vec<String> = labels.iter().map(|label| label.text.clone()).collect();
                known.insert(
                    name.text.clone(),
                    Label {
                        zh: labels.first().unwrap_or(&name.text).clone(),
                        en: labels.last().unwrap_or(&name.text).clone(),
                    },
                );
                continue;
            }
            ItemKind::Scale {
                names,
                factor,
                metric,
            } => {
                let kind = if metric { "list-prefix" } else { "list-scale" };
                (kind, texts(&names), Label::same(&factor.text), Vec::new())
            }
            ItemKind::Unit {
                names,
                factor,
                base,
                metric,
                wordscale,
            } => {
                let names = texts(&names);
                let base = known
                    .get(&base.text)
                    .cloned()
                    .unwrap_or_else(|| Label::same(&base.text));
                let factor = factor.map_or_else(String::new, |factor| format!("{} ", factor.text));
                let meaning = Label {
                    zh: format!("{factor}{}", base.zh),
                    en: format!("{factor}{}", base.en),
                };
                let label = first(&names);
                known.extend(names.iter().map(|name| (name.clone(), label.clone())));
                let flags = [
                    flag(wordscale, "list-scale-words"),
                    flag(metric, "list-scale-metric"),
                ];
                let flags = flags.into_iter().flatten().collect();
                ("list-unit", names, meaning, flags)
            }
            _ => continue,
        };
        let [name, others] = name_cells(&names);
        rows.push(vec![
            name,
            Cell::Message(Message::new(kind)),
            Cell::Label(meaning),
            others,
            Cell::List(flags),
        ]);
    }
    Table {
        columns: &[
            ("name", "list-name"),
            ("kind", "list-kind"),
            ("equals", "list-equals"),
            ("other_names", "list-other-names"),
            ("scales", "list-scales"),
        ],
        rows,
    }
}

pub(super) fn words(sources: &Sources) -> Table {
    let mut rows = Vec::new();
    for item in items(sources) {
        let ItemKind::Words {
            group,
            meaning,
            words,
        } = item
        else {
            continue;
        };
        for (place, key) in [
            (WordPlace::Before, "list-before"),
            (WordPlace::After, "list-after"),
            (WordPlace::Alias, "list-alone"),
        ] {
            let here = words.iter().filter(|(of, _)| *of == place);
            let here: Vec<String> = here.map(|(_, word)| word.text.clone()).collect();
            if !here.is_empty() {
                rows.push(vec![
                    Cell::Text(group.text.clone()),
                    Cell::Text(meaning.text.clone()),
                    Cell::Message(Message::new(key)),
                    Cell::texts(here),
                ]);
            }
        }
    }
    Table {
        columns: &[
            ("group", "list-group"),
            ("meaning", "list-meaning"),
            ("where", "list-where"),
            ("words", "list-words"),
        ],
        rows,
    }
}

/// The name of a function with the names of its arguments.
fn signature(name: &str, parameters: &[Parameter], lang: Lang) -> String {
    let names = parameters.iter().map(|parameter| {
        let key = match parameter {
            Parameter::Value => "list-parameter-value",
            Parameter::Period => "list-parameter-since",
            Parameter::PeriodOrPrevious => "list-parameter-since-or-previous",
            Parameter::ValuesOrRange => "list-parameter-values",
        };
        Message::new(key).render(lang)
    });
    let names: Vec<String> = names.collect();
    format!("{name}({})", names.join(", "))
}

pub(super) fn functions() -> Table {
    let rows = FUNCTIONS.iter().map(|function| {
        let chinese = chinese_name(function);
        let example = function.examples.first().map(|example| {
            let given = example.given.join(", ");
            format!("{given}: {} = {}", example.expression, example.value)
        });
        vec![
            Cell::Label(Label {
                zh: chinese.clone(),
                en: function.name.to_owned(),
            }),
            Cell::Label(Label {
                zh: signature(&chinese, function.parameters, Lang::Zh),
                en: signature(function.name, function.parameters, Lang::En),
            }),
            Cell::Label(sentence(&format!("{}.doc", function.key))),
            Cell::Text(example.unwrap_or_default()),
        ]
    });
    Table {
        columns: &[
            ("name", "list-name"),
            ("signature", "list-signature"),
            ("meaning", "list-meaning"),
            ("example", "list-example"),
        ],
        rows: rows.collect(),
    }
}

pub(super) fn keywords() -> Table {
    let rows = plumbrule::syntax::keywords().iter().map(|keyword| {
        vec![
            Cell::Text(keyword.en.to_owned()),
            Cell::Text(keyword.zh.to_owned()),
            Cell::Text(keyword.group.to_owned()),
        ]
    });
    Table {
        columns: &[
            ("en", "list-in-english"),
            ("zh", "list-in-chinese"),
            ("group", "list-group"),
        ],
        rows: rows.collect(),
    }
}

pub(super) fn codes() -> Table {
    let row = |code: &str, key: &str| vec![Cell::Text(code.to_owned()), Cell::Label(sentence(key))];
    let of_rules = Code::ALL.iter().map(|code| row(code.as_str(), code.key()));
    let of_figures = ProblemCode::ALL
        .iter()
        .map(|code| row(code.as_str(), code.page_key().trim_end_matches(".page")));
    Table {
        columns: &[("code", "list-code"), ("meaning", "list-meaning")],
        rows: of_rules.chain(of_figures).collect(),
    }
}

pub(super) fn formats() -> Table {
    let yes = |is_so: bool| match is_so {
        true => Cell::Message(Message::new("list-yes")),
        false => Cell::Text(String::new()),
    };
    let rows = Format::ALL.iter().map(|format| {
        vec![
            Cell::Text(format.name().to_owned()),
            Cell::Text(format!(".{}", format.ending())),
            yes(format.can_explain()),
            yes(format.can_write_problems()),
        ]
    });
    Table {
        columns: &[
            ("name", "list-name"),
            ("ending", "list-ending"),
            ("explains", "list-explains"),
            ("problems", "list-writes-problems"),
        ],
        rows: rows.collect(),
    }
}
