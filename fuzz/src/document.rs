//! The document against serde_json: one verdict, one value.

use dtogate::document::{Document, Kind, NodeId, Unreadable, parse, parse_text};
use serde_json::Value;

/// Any bytes.
pub fn run(bytes: &[u8]) {
    // Whatever the bytes are: a value, or a message with a place within them.
    if let Err(error) = parse(bytes) {
        assert!(error.place.span.start <= bytes.len(), "{error:?}");
        assert!(!error.message.is_empty());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        holds(text, parse_text);
    }
}

/// What must be so of a parser.
pub fn holds<'t>(text: &'t str, parser: impl Fn(&'t str) -> Result<Document<'t>, Unreadable>) {
    match (serde_json::from_str::<Value>(text), parser(text)) {
        (Ok(value), Ok(document)) => assert!(same(&document, 0, &value), "{text:?}"),
        (Err(_), Err(_)) => {}
        // A double has an end, a text has none: what a reader makes of the number is the reader's.
        (Err(error), Ok(_)) if error.to_string().starts_with("number out of range") => {}
        (theirs, ours) => panic!("{text:?}: {theirs:?} {ours:?}"),
    }
}

fn same(document: &Document<'_>, node: NodeId, value: &Value) -> bool {
    match value {
        Value::Null => document.kind(node) == Kind::Null,
        Value::Bool(value) => document.kind(node) == Kind::Bool(*value),
        Value::Number(number) => document.raw(node).parse::<f64>().ok() == number.as_f64(),
        Value::String(text) => matches!(document.kind(node), Kind::Text { .. }) && document.content(node) == *text,
        Value::Array(items) => {
            let nodes: Vec<NodeId> = document.items(node).collect();
            document.kind(node) == Kind::Array
                && nodes.len() == items.len()
                && nodes.iter().zip(items).all(|(&node, item)| same(document, node, item))
        }
        Value::Object(members) => {
            let mut last = std::collections::BTreeMap::new();
            for (key, value) in document.members(node) {
                let is_repeated = last.insert(document.content(key).into_owned(), value).is_some();
                assert_eq!(document.is_repeated(key), is_repeated);
            }
            document.kind(node) == Kind::Object
                && last.len() == members.len()
                && last.iter().all(|(name, &node)| members.get(name).is_some_and(|value| same(document, node, value)))
        }
    }
}
