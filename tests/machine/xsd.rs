//! A document against `tests/schemas/junit-10.xsd`, as far as that schema goes: which elements
//! stand in which, which attributes they have and must have, where text may stand. The whole
//! schema is the business of xmllint in `.ci/run`.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

const XS: &str = "http://www.w3.org/2001/XMLSchema";

/// What the schema says of an element.
#[derive(Debug, Default)]
struct Element {
    children: Vec<String>,
    /// Attributes, and whether they must be there.
    attributes: BTreeMap<String, bool>,
    has_text: bool,
}

/// What does not fit, each with its line.
pub(crate) fn problems(schema: &str, document: &str) -> Vec<String> {
    let schema = Document::parse(schema).unwrap();
    let elements: BTreeMap<String, Element> = schema
        .root_element()
        .children()
        .filter(|node| node.has_tag_name((XS, "element")))
        .map(|node| (node.attribute("name").unwrap().to_owned(), element(node)))
        .collect();
    assert!(
        elements["testcase"]
            .children
            .contains(&"skipped".to_owned())
    );
    assert!(elements["testsuite"].attributes["tests"]);
    let document = match Document::parse(document) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let mut problems = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        let line = document.text_pos_at(node.range().start).row;
        let name = node.tag_name().name();
        let mut wrong = |what: String| problems.push(format!("line {line}: {name} {what}"));
        let Some(known) = elements.get(name) else {
            wrong("is no element".to_owned());
            continue;
        };
        for attribute in node.attributes() {
            if !known.attributes.contains_key(attribute.name()) {
                wrong(format!("has {}", attribute.name()));
            }
        }
        let needed = known.attributes.iter().filter(|(_, is_needed)| **is_needed);
        for (needed, _) in needed.filter(|(name, _)| node.attribute(name.as_str()).is_none()) {
            wrong(format!("lacks {needed}"));
        }
        for child in node.children() {
            let is_known = |name: &str| known.children.iter().any(|known| known == name);
            if child.is_element() && !is_known(child.tag_name().name()) {
                wrong(format!("holds {}", child.tag_name().name()));
            }
            let text = child.text().filter(|_| child.is_text()).unwrap_or_default();
            if !text.trim().is_empty() && !known.has_text {
                wrong(format!("holds text {text:?}"));
            }
        }
        let time = node.attribute("time").unwrap_or("0");
        if time.chars().any(|c| !c.is_ascii_digit() && c != '.') {
            wrong(format!("took {time}"));
        }
    }
    problems
}

fn element(node: Node<'_, '_>) -> Element {
    let mut element = Element {
        has_text: node.attribute("type") == Some("xs:string"),
        ..Element::default()
    };
    for part in node.descendants() {
        match part.tag_name().name() {
            "complexType" => element.has_text |= part.attribute("mixed") == Some("true"),
            "element" => element
                .children
                .extend(part.attribute("ref").map(str::to_owned)),
            "attribute" => {
                let is_needed = part.attribute("use") == Some("required");
                let name = part.attribute("name").unwrap().to_owned();
                element.attributes.insert(name, is_needed);
            }
            _ => {}
        }
    }
    element
}
