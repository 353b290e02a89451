//! Goldens of which one value is another one: the check of a payload never panics, and finds the same each time.

use dtogate::document::parse;
use dtogate::finding::Severity;
use dtogate::gate::{Options, check_payloads};
use dtogate::mapping::Golden;
use dtogate::spelling::SPELLINGS;
use dtogate::tis::CATALOGUE;

/// A byte that chooses the golden, two that choose the value, and what stands in its place: any bytes.
pub fn run(bytes: &[u8]) {
    let [golden, low, high, value @ ..] = bytes else { return };
    let golden = &CATALOGUE.goldens[usize::from(*golden) % CATALOGUE.goldens.len()];
    let Ok(document) = parse(golden.bytes) else { return };
    let node = usize::from(u16::from_le_bytes([*low, *high])) % document.len();
    let span = document.span(node);
    let text = document.text().as_bytes();
    check(golden, &[&text[..span.start], value, &text[span.end..]].concat());
}

/// Checks a payload as the golden's mapping takes it, twice.
pub(crate) fn check(golden: &Golden, payload: &[u8]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // The name says which configuration wrote it.
    let path = folder.path().join(format!("{}.json", golden.name));
    std::fs::write(&path, payload).expect("a temporary file");
    let options = Options {
        mapping: CATALOGUE.mapping(golden.mapping),
        input: None,
        wire: None,
        filter: None,
        fail_on: Severity::Error,
        max_size: 1 << 26,
        spellings: SPELLINGS,
        today: "2026-11-22".parse().expect("a date"),
    };
    let check = || check_payloads(std::slice::from_ref(&path), None, &CATALOGUE, &options).expect("it runs");
    let report = check();
    assert_eq!(report.cases.len(), 1);
    assert!(report.findings.iter().all(|finding| !finding.message.is_empty()));
    assert_eq!(report, check());
}
