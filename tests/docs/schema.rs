//! A document against a JSON Schema, for the words that `docs/schema/check.json` uses. A schema
//! with any other word is a problem, so that nothing is passed over.

use serde_json::Value;

/// Words that say nothing about a document.
const SILENT: [&str; 6] = [
    "$schema",
    "$id",
    "$defs",
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
            "type" => {
                let kinds: Vec<&str> = match said {
                    Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
                    kind => kind.as_str().into_iter().collect(),
                };
                if !kinds.iter().any(|kind| is_of(value, kind)) {
                    wrong(format!("expected {kinds:?}, found {value}"));
                }
            }
            "const" if value != said => wrong(format!("expected {said}, found {value}")),
            "enum" if !said.as_array().is_some_and(|all| all.contains(value)) => {
                wrong(format!("{value} is none of {said}"));
            }
            "const" | "enum" => {}
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
                for (name, _) in value.as_object().into_iter().flatten() {
                    if !known.is_some_and(|known| known.contains_key(name)) {
                        wrong(format!("{name} is not in the schema"));
                    }
                }
            }
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    inner.push((said, item, format!("{at}/{n}")));
                }
            }
            "pattern" => {
                if value.as_str().is_some_and(|text| !is_decimal(text)) {
                    wrong(format!("{value} is no decimal number"));
                }
            }
            "oneOf" => {
                let n_fit = said.as_array().into_iter().flatten();
                let n_fit = n_fit.filter(|one| fits(root, one, value)).count();
                if n_fit != 1 {
                    wrong(format!("fits {n_fit} of the schemas of oneOf: {value}"));
                }
            }
            other if SILENT.contains(&other) => {}
            other => wrong(format!(
                "the schema uses {other}, which this test does not know"
            )),
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
        _ => false,
    }
}

/// The one pattern of the schema: a decimal number.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut parts = digits.split('.');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = parts.next().is_some_and(is_number);
    is_whole && parts.next().is_none_or(is_number) && parts.next().is_none()
}
