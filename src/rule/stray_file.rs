//! `stray-file`

use super::{Check, Findings, Rule};
use crate::finding::{Finding, Location, Severity};
use crate::fixture::Store;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "stray-file",
    severity: Severity::Error,
    summary: "a file in fixtures/ belongs to nothing",
    what: "Fires for an expectation or a further input without its golden, a folder that is no mapping's, an unknown \
           configuration after `@`, and every name that fits no form of fixtures/.",
    why: "A misspelt name is a case that is never run and never fails, and an expectation without its golden is what a \
          deleted golden leaves behind.",
    example: include_str!("examples/stray-file.txt"),
    check: Check::Store(check),
};

fn check(store: &Store, findings: &mut Findings) {
    for stray in &store.strays {
        findings.push(
            Finding::new(RULE.id, RULE.severity, Location::file(&stray.path))
                .mapping(stray.mapping.clone())
                .case(stray.path.clone())
                .pattern(String::new())
                .message(stray.reason.clone())
                .breaks("nobody; but the file is not checked")
                .fix("rename the file, restore its golden (git log --diff-filter=D -- fixtures), or delete it"),
        );
    }
}
