//! `trailing-content`

use super::{Check, Findings, Rule, brief};
use crate::finding::{Severity, Stage};
use crate::observation::Observation;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "trailing-content",
    severity: Severity::Error,
    summary: "something follows the document",
    what: "Fires for a payload or a further input that is an object or a list followed by anything but white space: a \
           second document, a stray brace, the page of an error. The rest of the check goes on with the first value.",
    why: "A service that fails after it has begun its body writes the error after it, with status 200. A Jackson 2 \
          reader takes the first value and does not look further (FAIL_ON_TRAILING_TOKENS is off by default), so the \
          error is never seen; Jackson 3 and JSON.parse refuse all of it.",
    example: include_str!("examples/trailing-content.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    for payload in &observation.payloads {
        let Some(trailing) = &payload.parsed.trailing else { continue };
        let found = brief(&payload.parsed.text[trailing.span.clone()]);
        let reader = observation.mapping.reader_name;
        findings.push(
            observation
                .finding(RULE.id, RULE.severity, Stage::Read, payload.parsed.at(trailing))
                .message(format!("expected the end of the document, found {found}"))
                .after(found)
                .breaks(format!(
                    "{reader} takes the first value and does not see the rest, as Jackson 2 does; Jackson 3 and \
                     JSON.parse refuse all of it"
                ))
                .fix("find what writes after the body (an error, once the response had begun), and write one document"),
        );
    }
}
