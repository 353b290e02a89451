//! `snapshots/cases.snap`: every case with its verdict and what is accepted, and the lists of the repository.
//!
//! A golden that is deleted together with its expectation is one removed line here, and a red test. The pull request of
//! the incident deleted the test that would have caught it.

use std::path::Path;

use dtogate::gate::check_fixtures;
use dtogate::report::Report;
use dtogate::tis;
use pretty_assertions::assert_eq;

use crate::snapshots;
use crate::trees::{OPTIONS, Tree};

/// The text of the snapshot.
fn text_of(report: &Report) -> String {
    let mut text = String::new();
    for case in &report.cases {
        let rules: Vec<&str> = case.rules.iter().copied().collect();
        let rules = if rules.is_empty() { String::new() } else { format!(": {}", rules.join(", ")) };
        text.push_str(&format!(
            "{}/{}/{}: {}{rules}\n",
            case.mapping,
            case.kind.name(),
            case.case,
            case.verdict.name()
        ));
    }
    let counts = report.counts();
    text.push_str(&format!("{} cases, {} accepted findings\n", report.cases.len(), counts.accepted));
    text
}

#[test]
fn every_case_has_its_verdict() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let report = check_fixtures(root, &tis::CATALOGUE, &OPTIONS).unwrap();
    let text = text_of(&report);
    snapshots::assert("", "cases", &text);
    assert!(!report.failed(), "{text}");
}

/// The row of the acceptance table that no rule can have: a golden and its expectation are both gone.
#[test]
fn a_golden_deleted_with_its_expectation_is_a_removed_line() {
    let tree = Tree::of_this_repository();
    let before = text_of(&tree.check(&tis::CATALOGUE));
    tree.remove("fixtures/doctors-summary/valid/byte_order_mark.json");
    tree.remove("fixtures/doctors-summary/valid/byte_order_mark.expected.json");
    let report = tree.check(&tis::CATALOGUE);
    assert!(!report.failed(), "no rule sees what is not there");
    let after = text_of(&report);
    let removed: Vec<&str> = before.lines().filter(|line| !after.lines().any(|other| other == *line)).collect();
    assert_eq!(removed.len(), 2, "{removed:?}");
    assert_eq!(removed[0], "doctors-summary/valid/byte_order_mark: pass");
    // This repository's snapshot is the text before, so it is red.
    let snapshot = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/cases.snap")).unwrap();
    assert!(snapshot.ends_with(&before) && !snapshot.ends_with(&after));
}
