use super::*;
use crate::document::parse;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// A payload.
    payload: serde_json::Value,
    /// What is found in it: (pointer, kind).
    found: Vec<(String, String)>,
    why: String,
}

const LIST: &str = "[[kind]]\nwhat = \"name\"\nkeys = [\"customerName\", \"names\"]\nmade_up = [\"Ann\", \"Testlast\", \"van der Fake\"]\n\n\
                    [[kind]]\nwhat = \"customer number\"\nkeys = [\"customer\"]\ndigits = 7\nmade_up = [\"1234567\"]\n";

/// Every kind has rows that it must fire for and rows that it must not fire for.
#[test]
fn every_row_is_judged_as_it_says() {
    let synthetic = Synthetic::parse(LIST).unwrap();
    let mut wrong = Vec::new();
    let (mut fired, mut silent) = (std::collections::BTreeSet::new(), 0);
    for line in include_str!("rows.jsonl").lines() {
        let row: Row = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        let text = row.payload.to_string();
        let document = parse(text.as_bytes()).unwrap();
        let found: Vec<(String, String)> = suspects(&document, &synthetic)
            .into_iter()
            .map(|suspect| (document.pointer(suspect.node).to_string(), suspect.what))
            .collect();
        silent += usize::from(row.found.is_empty());
        fired.extend(row.found.iter().map(|(_, what)| what.clone()));
        if found != row.found {
            wrong.push(format!("{text}: found {found:?}, expected {:?}: {}", row.found, row.why));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let kinds: Vec<&str> = PATTERNS.iter().map(|pattern| pattern.name).chain(["name", "customer number"]).collect();
    assert!(kinds.iter().all(|kind| fired.contains(*kind)), "{fired:?}");
    assert!(silent > 12);
}

#[test]
fn a_list_that_cannot_be_understood_says_where() {
    let error = Synthetic::parse("[[kind]]\nwhat = \"name\"\nkey = []\n").unwrap_err();
    assert!(error.contains("line 3"), "{error}");
}
