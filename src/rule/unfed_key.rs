//! `unfed-key`

use super::{Check, Findings, Rule};
use crate::dependence::Judged;
use crate::finding::Severity;
use crate::model::places::{Place, places};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unfed-key",
    severity: Severity::Warning,
    summary: "the consumer reads a key that no answer has",
    what: "Fires for a key of the consumer's class that the class of the answer does not have, under its name or an \
           alias. The definitions alone are compared. A key that the answer has and nothing feeds is left to \
           unfed-target.",
    why: "JSON.parse leaves undefined what is not there, and a table shows an empty cell: a key that was renamed on \
          one side of the last hop fails nowhere.",
    example: include_str!("examples/unfed-key.txt"),
    check: Check::Mapping(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings) {
    let mapping = judged.dependence.mapping;
    let Some(consumer) = &mapping.consumer else { return };
    let answered = places(mapping.target.dto.class);
    let mut told: Vec<Place> = Vec::new();
    for place in places(consumer.wire.dto.class) {
        let Some(key) = place.key() else { continue };
        if answered.iter().any(|answered| answered.is_read_at(&place)) || told.iter().any(|above| place.is_below(above))
        {
            continue;
        }
        let pointer = place.pointer(consumer.wire.config.naming).to_string();
        findings.push(
            judged
                .finding(RULE.id, RULE.severity, &pointer)
                .message(format!("{} reads {:?}, which no answer has", consumer.name, &*key.name))
                .before(format!("{} reads {pointer}", consumer.wire.dto.name()))
                .after(format!("{} has no such key", mapping.target.dto.name()))
                .breaks(format!("{} gets nothing there, without an error", consumer.name))
                .fix("name the key as the answer does, or remove it from the consumer"),
        );
        told.push(place);
    }
}
