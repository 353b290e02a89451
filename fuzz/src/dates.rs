//! Goldens of which every date is another text: a date form reads it or refuses it, and never panics.

use dtogate::document::{Kind, parse};
use dtogate::tis::CATALOGUE;

use super::goldens::check;

/// A byte that chooses the golden, and what stands in place of its dates: as a text where it is no JSON.
pub fn run(bytes: &[u8]) {
    let Some((&golden, value)) = bytes.split_first() else { return };
    let Ok(value) = std::str::from_utf8(value) else { return };
    let golden = &CATALOGUE.goldens[usize::from(golden) % CATALOGUE.goldens.len()];
    let Ok(document) = parse(golden.bytes) else { return };
    let value = match parse(value.as_bytes()) {
        Ok(_) => value.to_owned(),
        Err(_) => serde_json::Value::from(value).to_string(),
    };
    let is_date = |&node: &usize| {
        let content = document.content(node);
        matches!(document.kind(node), Kind::Text { .. })
            && content.len() >= 8
            && content.starts_with(|first: char| first.is_ascii_digit())
            && content.contains(['-', '/'])
    };
    let (mut payload, mut kept) = (String::new(), 0);
    for node in (0..document.len()).filter(is_date) {
        let span = document.span(node);
        payload.push_str(&document.text()[kept..span.start]);
        payload.push_str(&value);
        kept = span.end;
    }
    payload.push_str(&document.text()[kept..]);
    check(golden, payload.as_bytes());
}
