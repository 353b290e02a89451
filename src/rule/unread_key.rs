//! `unread-key`

use super::{Check, Findings, Rule};
use crate::dependence::Judged;
use crate::finding::Severity;
use crate::model::places::{Place, places};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unread-key",
    severity: Severity::Warning,
    summary: "a key of the answer arrives and its consumer drops it without saying so",
    what: "Fires for a key of the answer's class that the consumer's class does not have and that the consumer does not \
           declare dropped; and for a declared drop of a key that the consumer reads, or that no answer has. The definitions \
           alone are compared.",
    why: "What nobody reads is either useless or missed. A key that was renamed on one side of the last hop is both: it \
          arrives, and the consumer looks for another.",
    example: include_str!("examples/unread-key.txt"),
    check: Check::Mapping(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings) {
    let mapping = judged.dependence.mapping;
    let Some(consumer) = &mapping.consumer else { return };
    let (answered, read) = (places(mapping.target.dto.class), places(consumer.wire.dto.class));
    let naming = mapping.target.config.naming;
    let is_read = |place: &Place| read.iter().any(|read| place.is_read_at(read));
    let mut told: Vec<&Place> = Vec::new();
    for place in &answered {
        let Some(key) = place.key() else { continue };
        let pointer = place.pointer(naming);
        let is_declared = consumer.dropped.iter().any(|declaration| declaration.covers(&pointer));
        if is_read(place) || is_declared || told.iter().any(|above| place.is_below(above)) {
            continue;
        }
        findings.push(
            judged
                .finding(RULE.id, RULE.severity, &pointer.to_string())
                .message(format!("{:?} arrives, and {} drops it without saying so", &*key.name, consumer.name))
                .before(format!("{} writes {pointer}", mapping.target.dto.name()))
                .after(format!("{} has no such key", consumer.wire.dto.name()))
                .breaks(format!("nobody, if {} does not need it", consumer.name))
                .fix("read the key, or declare it dropped in the mapping's consumer, with the reason"),
        );
        told.push(place);
    }
    for declaration in consumer.dropped {
        let own = answered.iter().find(|place| place.pointer(naming) == declaration.pointer);
        let found = match own {
            None => "no answer has it",
            Some(place) if is_read(place) => "the consumer reads it",
            Some(_) => continue,
        };
        findings.push(
            judged
                .finding(RULE.id, RULE.severity, declaration.pointer)
                .message(format!("{} declares {:?} dropped, and {found}", consumer.name, declaration.pointer))
                .before(format!("dropped: {}", declaration.reason))
                .after(found.to_owned())
                .breaks("nobody yet; but the declaration hides what happens to the key")
                .fix("remove the declaration"),
        );
    }
}
