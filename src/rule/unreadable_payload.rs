//! `unreadable-payload`

use super::{Check, Findings, Rule, SHOWN};
use crate::document::NodeId;
use crate::finding::{Finding, Location, Severity, Stage};
use crate::java::leaf::Refusal;
use crate::mapping::Outcome;
use crate::observation::Observation;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unreadable-payload",
    severity: Severity::Error,
    summary: "a payload is not JSON in UTF-8, or not JSON that dtogate reads",
    what: "Fires for a payload, a further input or an expectation that is empty, truncated, malformed, not UTF-8, \
           larger than --max-size, nested deeper than 127 levels, or has a lone surrogate; for a payload of which its \
           class would write more than 4 MiB and more than 8 times its length (rows that leave most keys out); and \
           for a date with a year outside -9999..9999. The last four, and UTF-16, are stricter than Jackson on \
           purpose. A UTF-8 byte order mark is skipped.",
    why: "What cannot be read cannot be compared, and strict readers on the way refuse it too: a browser's \
          JSON.parse takes no UTF-16 body and shows a lone surrogate as a box.",
    example: include_str!("examples/unreadable-payload.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    for payload in &observation.payloads {
        match &payload.parsed.document {
            Err(error) => {
                let location = payload.parsed.at(&error.place);
                let found = finding(observation, location, error.message.clone());
                findings.push(if error.stricter { stricter(observation, found) } else { found });
            }
            Ok(document) => {
                let refused = payload.promised.iter().flat_map(|promised| &promised.promise.refused);
                let stricter: Vec<(NodeId, &String)> = refused
                    .filter_map(|(node, refusal)| match refusal {
                        Refusal::Stricter(message) => Some((*node, message)),
                        Refusal::Jackson(_) => None,
                    })
                    .collect();
                for &(node, message) in stricter.iter().take(SHOWN) {
                    let found = finding(observation, payload.parsed.at_node(document, node), message.clone());
                    findings.push(self::stricter(observation, found));
                }
                if let Some(&(node, _)) = stricter.get(SHOWN) {
                    let message = format!("{} more values that dtogate does not read", stricter.len() - SHOWN);
                    let found = finding(observation, payload.parsed.at_node(document, node), message);
                    findings.push(self::stricter(observation, found));
                }
            }
        }
    }
    if let Some(Outcome::Refused { refusal: Refusal::Stricter(message), place, input, .. }) = &observation.outcome
        && !findings.has(RULE.id)
    {
        let location = observation.payload(input.as_deref()).parsed.at(place);
        findings.push(stricter(observation, finding(observation, location, message.clone())));
    }
    if let Some(expected) = &observation.expected
        && let Err(error) = &expected.document
    {
        findings.push(
            finding(observation, expected.at(&error.place), error.message.clone())
                .breaks("nobody; but nothing is checked of what comes out")
                .fix("write the expectation again, or restore it (git log -- fixtures)"),
        );
    }
}

fn finding(observation: &Observation<'_>, location: Location, message: String) -> Finding {
    observation
        .finding(RULE.id, RULE.severity, Stage::Read, location)
        .breaks(format!("{} cannot read it", observation.mapping.reader_name))
        .fix("write the file again from the service: bytes (writeValueAsBytes, getContentAsByteArray), in UTF-8")
        .message(message)
}

/// What Jackson would read, and dtogate does not.
fn stricter(observation: &Observation<'_>, finding: Finding) -> Finding {
    finding
        .breaks(format!(
            "nobody for certain: {} would read on where dtogate stops, so nothing after it is checked",
            observation.mapping.reader_name
        ))
        .fix("send what every reader takes; `dtogate explain unreadable-payload` names the limits that dtogate has on purpose")
}
