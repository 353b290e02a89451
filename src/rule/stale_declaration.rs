//! `stale-declaration`

use super::{Check, Findings, Rule};
use crate::dependence::Judged;
use crate::finding::Severity;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "stale-declaration",
    severity: Severity::Error,
    summary: "a mapping does not do what it declares",
    what: "Fires for a value that is declared dropped while something of the answer depends on it; that is declared \
           constant or generated while it depends on an input; that is declared added while it depends on the payload \
           alone; that is declared converted while it arrives as it was sent; and for a declaration about a value \
           that does not exist.",
    why: "A declaration silences other rules. One that no longer holds hides the next defect, and tells the reader of \
          the table something untrue.",
    example: include_str!("examples/stale-declaration.txt"),
    check: Check::Mapping(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings) {
    for stale in judged.dependence.stale() {
        let what = stale.declaration.what.name();
        findings.push(
            judged
                .finding(RULE.id, RULE.severity, &stale.pointer)
                .message(format!("{:?} is declared {what}, but {}", stale.declaration.pointer, stale.found))
                .before(format!("{what}: {}", stale.declaration.reason))
                .after(stale.found)
                .breaks("nobody yet; but the declaration hides what other rules would find")
                .fix("take the declaration out of the mapping, or make it so"),
        );
    }
}
