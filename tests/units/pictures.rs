//! Texts and orders of a graph that a small pack shows.

use plumbrule::Sources;
use plumbrule::graph::{Diagram, Selection};
use plumbrule::message::{Label, Lang};
use plumbrule::program::Program;
use plumbrule::report::graph::{GraphFormat, GraphReport, write_graph};

fn compiled(text: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", text);
    plumbrule::compile(&sources).unwrap()
}

fn whole(program: &Program) -> Diagram {
    let selection = Selection {
        roots: Vec::new(),
        way: None,
        depth: None,
    };
    Diagram::of(program, &selection)
}

/// The picture of an indicator with a label.
fn labelled(label: &str, format: GraphFormat) -> String {
    let mut program = compiled("pack p \"P\" {}\nindicator a \"A\" { unit % }\n");
    for indicator in program.model.indicators.values_mut() {
        indicator.label = Label::same(label);
    }
    let diagram = whole(&program);
    let report = GraphReport {
        program: &program,
        diagram: &diagram,
        affected: None,
        lang: Lang::En,
        columns: 80,
    };
    let mut bytes = Vec::new();
    write_graph(&mut bytes, format, &report).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn quotes_backslashes_and_entities_stand_for_themselves() {
    let dot = labelled(r#"a"b\n&lt;\"#, GraphFormat::DOT);
    assert!(dot.contains(r#"label="a\"b\\n&amp;lt;\\\na""#), "{dot}");
}

#[test]
fn nothing_in_a_label_is_markup() {
    for (label, written) in [
        ("a\"b", "a#34;b"),
        ("#lt;<b>`x`", "#35;lt#59;#60;b#62;#96;x#96;"),
        ("5G (2024)", "5G (2024)"),
    ] {
        let mermaid = labelled(label, GraphFormat::MERMAID);
        let node = format!("n0([\"{written}<br/>a\"])");
        assert!(mermaid.contains(&node), "{label}: {mermaid}");
    }
}

#[test]
fn numbers_within_ids_count() {
    let ids = ["nip.10", "nip.2", "nip.check.a", "nip.1", "nip.02b"];
    let rules = ids.iter().map(|id| {
        format!(
            "target {id} \"T\" {{ require a at least 1% by 2025 category \"{id}\" \"{id}\" }}\n"
        )
    });
    let text = format!(
        "pack p \"P\" {{ entity x }}\nentity x \"X\" {{}}\nindicator a \"A\" {{ unit % }}\n{}",
        rules.collect::<String>()
    );
    let diagram = whole(&compiled(&text));
    let categories: Vec<&str> = diagram
        .categories
        .iter()
        .map(|one| one.get(Lang::En))
        .collect();
    let expected = ["nip.1", "nip.2", "nip.02b", "nip.10", "nip.check.a"];
    assert_eq!(categories, expected);
}
