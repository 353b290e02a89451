//! The payload writers of `probe`: every spelling and variation of whatever parses is JSON, spellings of one value.

use dtogate::document::{Document, parse_text};
use dtogate::probe::variation::{Base, VARIATIONS};
use dtogate::spelling::SPELLINGS;
use dtogate::tis::CATALOGUE;

/// A byte that chooses the mapping, and a payload.
pub fn run(bytes: &[u8]) {
    let Some((&mapping, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let Ok(document) = parse_text(text) else { return };
    for spelling in SPELLINGS {
        let spelled = spelling.spell(&document);
        let again = dtogate::document::parse(spelled.as_bytes());
        let again = again.unwrap_or_else(|error| panic!("{}: {error:?}", spelling.id));
        // Two spellings of a value have its nodes, and those that keep the order have them in their order.
        assert_eq!(again.len(), document.len(), "{}", spelling.id);
        if !spelling.reorders() {
            assert!(same(&again, &document), "{}: {spelled}", spelling.id);
        }
    }
    let mapping = &CATALOGUE.mappings[usize::from(mapping) % CATALOGUE.mappings.len()];
    let base = Base::new(mapping, &CATALOGUE, &document, &[]);
    for variation in VARIATIONS.iter().filter(|variation| !variation.is_large) {
        for payload in variation.payloads(&base) {
            assert!(parse_text(&payload).is_ok(), "{}: {payload}", variation.id);
        }
    }
}

fn same(left: &Document<'_>, right: &Document<'_>) -> bool {
    (0..left.len()).all(|node| {
        left.after(node) == right.after(node)
            && std::mem::discriminant(&left.kind(node)) == std::mem::discriminant(&right.kind(node))
            && (left.after(node) > node + 1 || is_container(left, node) || left.content(node) == right.content(node))
    })
}

fn is_container(document: &Document<'_>, node: usize) -> bool {
    matches!(document.kind(node), dtogate::document::Kind::Array | dtogate::document::Kind::Object)
}
