//! A document against a JSON Schema, for the words that `docs/schema` and `tests/schemas` use. A
//! schema with any other word is a problem, so that nothing is passed over.

use serde_json::Value;

/// Words that say nothing about a document.
const SILENT: [&str; 8] = [
    "$schema",
    "$id",
    "$defs",
    "definitions",
    "default",
    "title",
    "description",
    "$comment",
];

/// What does not fit, each with its place.
pub(crate) fn problems(schema: &Value, document: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    check(schema, schema, document, "", &mut problems);
    problems
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
    let mut wrong = |what: String| problems.push(format!("{at}: {what}"));
    let Some(words) = schema.as_object() else {
        return wrong("a schema is an object".to_owned());
    };
    let mut inner: Vec<(&Value, &Value, String)> = Vec::new();
    for (word, said) in words {
        match word.as_str() {
            "$ref" => {
                let pointer = said.as_str().unwrap_or_default().trim_start_matches('#');
                match root.pointer(pointer) {
                    Some(target) => inner.push((target, value, at.to_owned())),
                    None => wrong(format!("no schema {said}")),
                }
            }
            "required" => {
                let names = said
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str);
                for name in names.filter(|name| value.get(name).is_none()) {
                    wrong(format!("{name} is missing"));
                }
            }
            "properties" => {
                for (name, part) in said.as_object().into_iter().flatten() {
                    if let Some(found) = value.get(name) {
                        inner.push((part, found, format!("{at}/{name}")));
                    }
                }
            }
            "additionalProperties" => {
                let known = words.get("properties").and_then(Value::as_object);
                let is_known = |name: &String| known.is_some_and(|all| all.contains_key(name));
                let members = value.as_object().into_iter().flatten();
                for (name, member) in members.filter(|(name, _)| !is_known(name)) {
                    match said {
                        Value::Bool(true) => {}
                        Value::Bool(false) => wrong(format!("{name} is not in the schema")),
                        schema => inner.push((schema, member, format!("{at}/{name}"))),
                    }
                }
            }
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    inner.push((said, item, format!("{at}/{n}")));
                }
            }
            "oneOf" => {
                let n_fit = said.as_array().into_iter().flatten();
                let n_fit = n_fit.filter(|one| fits(root, one, value)).count();
                if n_fit != 1 {
                    wrong(format!("fits {n_fit} of the schemas of oneOf: {value}"));
                }
            }
            "anyOf" => {
                let mut all = said.as_array().into_iter().flatten();
                if !all.any(|one| fits(root, one, value)) {
                    wrong(format!("fits none of the schemas of anyOf: {value}"));
                }
            }
            other if SILENT.contains(&other) => {}
            other => match is_met(other, said, value) {
                Some(true) => {}
                Some(false) => wrong(format!("{value} breaks {other} {said}")),
                None => wrong(format!(
                    "the schema uses {other}, which this test does not know"
                )),
            },
        }
    }
    for (schema, value, at) in inner {
        check(root, schema, value, &at, problems);
    }
}

fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    let mut none = Vec::new();
    check(root, schema, value, "", &mut none);
    none.is_empty()
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        _ => false,
    }
}

/// Whether a value meets a word that says something of it alone; nothing for an unknown word.
fn is_met(word: &str, said: &Value, value: &Value) -> Option<bool> {
    let items = value.as_array();
    Some(match word {
        "type" => match said {
            Value::Array(kinds) => kinds
                .iter()
                .any(|kind| is_of(value, kind.as_str().unwrap())),
            kind => is_of(value, kind.as_str().unwrap()),
        },
        "const" => value == said,
        "enum" => said.as_array().unwrap().contains(value),
        "pattern" | "format" => value.as_str().is_none_or(|text| is_written(said, text)),
        "uniqueItems" => {
            let is_new = |all: &[Value], n: usize| !all[..n].contains(&all[n]);
            said == false || items.is_none_or(|all| (0..all.len()).all(|n| is_new(all, n)))
        }
        "minItems" | "maxItems" => items.is_none_or(|all| {
            let (found, bound) = (all.len() as u64, said.as_u64().unwrap());
            found == bound || (found > bound) == (word == "minItems")
        }),
        "minimum" | "maximum" => value.as_i64().is_none_or(|found| {
            let bound = said.as_i64().unwrap();
            found == bound || (found > bound) == (word == "minimum")
        }),
        _ => return None,
    })
}

/// The patterns and formats that some document meets; any other is not met.
fn is_written(how: &Value, text: &str) -> bool {
    let all = |text: &str, is: fn(&char) -> bool| text.chars().all(|c| is(&c));
    match how.as_str().unwrap() {
        "^-?[0-9]+(\\.[0-9]+)?$" => is_decimal(text),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" | "^[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z$" => {
            let time = if how == "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" {
                ""
            } else {
                "T00:00:00Z"
            };
            let day = text.strip_suffix(time).unwrap_or_default();
            let parts: Vec<&str> = day.split('-').collect();
            let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
            lengths == [4, 2, 2] && all(day, |c| *c == '-' || c.is_ascii_digit())
        }
        "^sha256:[0-9a-f]{64}$" => text.strip_prefix("sha256:").is_some_and(|digits| {
            digits.len() == 64 && all(digits, |c| matches!(c, '0'..='9' | 'a'..='f'))
        }),
        // As the authors of SARIF wrote it; it asks for two letters.
        "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$" => {
            all(text.get(..2).unwrap_or("-"), char::is_ascii_alphabetic)
        }
        "uri" | "uri-reference" => {
            let is_mark = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
            let is_escaped = |part: &str| {
                part.get(..2)
                    .is_some_and(|digits| all(digits, char::is_ascii_hexdigit))
            };
            text.chars().all(is_mark) && text.split('%').skip(1).all(is_escaped)
        }
        _ => false,
    }
}

/// A decimal number.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut parts = digits.split('.');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = parts.next().is_some_and(is_number);
    is_whole && parts.next().is_none_or(is_number) && parts.next().is_none()
}
