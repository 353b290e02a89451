//! `null-identifier`

use super::{Check, Findings, Rule, brief, name};
use crate::document::Kind;
use crate::finding::{Severity, Stage};
use crate::observation::Observation;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "null-identifier",
    severity: Severity::Warning,
    summary: "a value that rows or documents are found by is null or blank",
    what: "Fires for a payload in which a value that the mapping declares an identifier is null, empty, or only \
           spaces. An identifier that is missing is left to key-set-drift.",
    why: "Nothing refuses a row without its number: it is read, shown and stored, but what is looked up by the number \
          is not found. It arrives everywhere without an error, and the notes, details and updates of that row are \
          missing.",
    example: include_str!("examples/null-identifier.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    let payload = observation.own();
    let Ok(document) = &payload.parsed.document else { return };
    if observation.case.input.is_some() {
        return;
    }
    for identifier in observation.mapping.identifiers {
        for (pointer, node) in super::expand(document, identifier.pointer) {
            let Some(node) = node else { continue };
            let found = match document.kind(node) {
                Kind::Null => "null",
                Kind::Text { .. } if document.content(node).trim().is_empty() => "blank text",
                _ => continue,
            };

            let message = format!("{:?} is {found}: expected the value that its row is found by", name(&pointer));
            findings.group(RULE.id, (&payload.parsed.file.path, &pointer), message, |message| {
                observation
                    .finding(RULE.id, RULE.severity, Stage::Read, payload.parsed.at_node(document, node))
                    .message(message)
                    .after(brief(document.raw(node)))
                    .breaks(identifier.reason.to_owned())
                    .fix("find out why the producer has no identifier for it; leave the row out if it cannot have one")
            });
        }
    }
}
