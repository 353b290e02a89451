//! `unseen-values`

use super::{Check, Findings, Rule};
use crate::evidence::Evidence;
use crate::finding::{Finding, Location, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unseen-values",
    severity: Severity::Note,
    summary: "no payload of the run has a row, or a date",
    what: "Fires once for a leg of a run where the class of the payload has lists and every list of every payload is empty \
           or null, or where it has dates and no date is there. Payloads with an error, and cases of invalid/, do not count.",
    why: "A page without rows passes whatever happens to rows: keys, dates and renames within them are not seen. Green then \
          says nothing, and a test environment without data is green for months.",
    example: include_str!("examples/unseen-values.txt"),
    check: Check::Evidence(check),
};

fn check(evidence: &Evidence, findings: &mut Findings) {
    let missing = match (evidence.rows, evidence.dates) {
        (Some(0), Some(0)) => "row or a date",
        (Some(0), _) => "row",
        (_, Some(0)) => "date",
        _ => return,
    };
    let of = match evidence.input {
        Some(input) => format!("{input} of {}", evidence.mapping.id),
        None => evidence.mapping.id.to_owned(),
    };
    let payloads = match evidence.payloads {
        1 => "the payload".to_owned(),
        many => format!("the {many} payloads"),
    };
    findings.push(
        Finding::new(RULE.id, RULE.severity, Location::file(&evidence.path))
            .mapping(evidence.mapping.id.to_owned())
            .message(format!("expected a {missing} in {payloads} of {of}, found none: nothing of it was checked"))
            .breaks("nobody; but the verdict says nothing about what was not there")
            .fix("check a payload that has one too"),
    );
}
