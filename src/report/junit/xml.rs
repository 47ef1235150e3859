//! Suites and cases as XML: texts go in, well-formed bytes come out, whatever the texts hold.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// Cases that belong together.
pub(in crate::report) struct Suite {
    pub(in crate::report) name: String,
    pub(in crate::report) properties: Vec<(&'static str, String)>,
    pub(in crate::report) cases: Vec<Case>,
}

/// One case.
pub(in crate::report) struct Case {
    pub(in crate::report) class: String,
    pub(in crate::report) name: String,
    pub(in crate::report) kind: Kind,
    /// The type of what is wrong, in words of the machine output.
    pub(in crate::report) word: String,
    /// What is wrong, in one sentence.
    pub(in crate::report) message: String,
    /// What is wrong, in full.
    pub(in crate::report) body: String,
    /// What else is to be said.
    pub(in crate::report) out: String,
}

/// What a case counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Kind {
    Passed,
    Failure,
    Error,
    Skipped,
}

impl Kind {
    /// The element that says so.
    fn element(self) -> Option<&'static str> {
        match self {
            Kind::Passed => None,
            Kind::Failure => Some("failure"),
            Kind::Error => Some("error"),
            Kind::Skipped => Some("skipped"),
        }
    }
}

type Xml<'w> = Writer<&'w mut dyn Write>;

pub(in crate::report) fn write(w: &mut dyn Write, name: &str, suites: &[Suite]) -> io::Result<()> {
    let mut xml: Xml<'_> = Writer::new_with_indent(w, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all = || suites.iter().flat_map(|suite| &suite.cases);
    let mut root = xml
        .create_element("testsuites")
        .with_attribute(("name", attribute(name).as_str()));
    // The schema knows no `skipped` here.
    for (name, n) in counts(all()).into_iter().take(3) {
        root = root.with_attribute((name, n.as_str()));
    }
    root.with_attribute(("time", "0"))
        .write_inner_content(|xml| {
            for (suite, n) in suites.iter().zip(0usize..) {
                write_suite(xml, suite, n)?;
            }
            Ok(())
        })?;
    writeln!(xml.into_inner())
}

/// How many cases there are of each kind, under the names of the attributes.
fn counts<'c>(cases: impl Iterator<Item = &'c Case> + Clone) -> [(&'static str, String); 4] {
    let of = |kind| cases.clone().filter(|case| case.kind == kind).count();
    [
        ("tests", cases.clone().count().to_string()),
        ("failures", of(Kind::Failure).to_string()),
        ("errors", of(Kind::Error).to_string()),
        ("skipped", of(Kind::Skipped).to_string()),
    ]
}

fn write_suite(xml: &mut Xml<'_>, suite: &Suite, n: usize) -> io::Result<()> {
    let mut element = xml
        .create_element("testsuite")
        .with_attribute(("name", attribute(&suite.name).as_str()))
        .with_attribute(("id", n.to_string().as_str()));
    for (name, n) in counts(suite.cases.iter()) {
        element = element.with_attribute((name, n.as_str()));
    }
    element
        .with_attribute(("time", "0"))
        .write_inner_content(|xml| {
            if !suite.properties.is_empty() {
                xml.create_element("properties")
                    .write_inner_content(|xml| {
                        for (name, value) in &suite.properties {
                            xml.create_element("property")
                                .with_attribute(("name", *name))
                                .with_attribute(("value", attribute(value).as_str()))
                                .write_empty()?;
                        }
                        Ok(())
                    })?;
            }
            for case in &suite.cases {
                write_case(xml, case)?;
            }
            Ok(())
        })?;
    Ok(())
}

fn write_case(xml: &mut Xml<'_>, case: &Case) -> io::Result<()> {
    let element = xml
        .create_element("testcase")
        .with_attribute(("classname", attribute(&case.class).as_str()))
        .with_attribute(("name", attribute(&case.name).as_str()))
        .with_attribute(("time", "0"));
    let kind = case.kind.element();
    if kind.is_none() && case.out.is_empty() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|xml| {
        if let Some(name) = kind {
            let element = xml
                .create_element(name)
                .with_attribute(("type", attribute(&case.word).as_str()))
                .with_attribute(("message", attribute(&case.message).as_str()));
            if case.body.is_empty() {
                element.write_empty()?;
            } else {
                element.write_text_content(text(&case.body))?;
            }
        }
        if !case.out.is_empty() {
            xml.create_element("system-out")
                .write_text_content(text(&case.out))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// A text between tags; quotation marks stay as they are.
fn text(text: &str) -> BytesText<'static> {
    let text = allowed(text);
    BytesText::from_escaped(partial_escape(text.as_str()).into_owned())
}

/// A text with only the characters that XML 1.0 has; each other one leaves a mark.
fn allowed(text: &str) -> String {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars()
        .map(|c| if is_allowed(c) { c } else { '\u{FFFD}' })
        .collect()
}

/// A text for an attribute, where a line end would be read as a blank anyway.
fn attribute(text: &str) -> String {
    allowed(text).replace(['\n', '\r', '\t'], " ")
}
