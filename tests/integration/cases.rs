//! `snapshots/cases.snap`: every case with its verdict and what is accepted, and the lists of the repository.
//!
//! A golden that is deleted together with its expectation is one removed line here, and a red test. The pull request of
//! the incident deleted the test that would have caught it.

use std::path::Path;

use dtogate::gate::check_fixtures;
use dtogate::tis;
use pretty_assertions::assert_eq;

use crate::snapshots;
use crate::trees::OPTIONS;

#[test]
fn every_case_has_its_verdict() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let report = check_fixtures(root, &tis::CATALOGUE, &OPTIONS).unwrap();
    let mut text = String::new();
    for case in &report.cases {
        let rules: Vec<&str> = case.rules.iter().copied().collect();
        let rules = if rules.is_empty() { String::new() } else { format!(": {}", rules.join(", ")) };
        text.push_str(&format!("{}/{}/{}: {}{rules}\n", case.mapping, case.kind, case.case, case.verdict.name()));
    }
    let counts = report.counts();
    text.push_str(&format!("{} cases, {} accepted findings\n", report.cases.len(), counts.accepted));
    snapshots::assert("", "cases", &text);
    assert_eq!(report.failed(), false, "{text}");
}
