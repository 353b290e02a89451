//! `missing-expectation`

use super::{Check, Findings, Rule};
use crate::finding::{Location, Severity, Stage};
use crate::fixture::CaseKind;
use crate::observation::Observation;
use crate::tool;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "missing-expectation",
    severity: Severity::Error,
    summary: "a case has no expectation",
    what: "Fires for a golden in valid/ or invalid/ without <case>.expected.json. A case under another configuration \
           takes the expectation of the case of the same name. Payloads named on the command line need none.",
    why: "A golden without an expectation is mapped and compared with nothing: it looks like a test but tests \
          nothing. The commit of the incident deleted the test that would have caught it.",
    example: include_str!("examples/missing-expectation.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    let case = observation.case;
    if case.kind == CaseKind::Payload || case.expected.is_some() {
        return;
    }
    let path = &case.payload.path;
    let expected = path.strip_suffix(".json").unwrap_or(path);
    let fix = match case.kind {
        CaseKind::Invalid => {
            format!("write {expected}.expected.json: {{\"stage\": \"read|map|consumer\", \"rules\": [...]}}")
        }
        _ => {
            format!("look at what the mapping answers and accept it: {} review", tool::name())
        }
    };
    findings.push(
        observation
            .finding(RULE.id, RULE.severity, Stage::Map, Location::file(path))
            .message(format!("expected {expected}.expected.json, found no such file"))
            .breaks("nobody; but nothing is checked of what comes out")
            .fix(fix),
    );
}
