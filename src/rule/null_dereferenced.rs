//! `null-dereferenced`

use super::{Check, Findings, Rule, brief};
use crate::counterexample::{Input, Tried};
use crate::dependence::Judged;
use crate::finding::Severity;
use crate::model::places::places;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "null-dereferenced",
    severity: Severity::Warning,
    summary: "a key that can be null fails the reader when it is",
    what: "Fires for a key of a producer's class that can be null, where the mapping refuses a payload for that null alone. \
           Items of lists do not count, since no class says of them that they can be null; nor does what a consumer of the \
           answer dereferences, which null-into-required finds in each payload.",
    why: "A Java field is null until someone sets it. One that is used without a guard fails the whole message, on the first \
          day on which it was not set.",
    example: include_str!("examples/null-dereferenced.txt"),
    check: Check::Mapping(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings) {
    let mapping = judged.dependence.mapping;
    let bases = judged.bases();
    for input in Input::all(mapping) {
        let naming = input.wire.config.naming;
        for place in places(input.wire.dto.class) {
            let Some(key) = place.key().filter(|key| key.is_nullable()) else { continue };
            let refused = bases.send(&input, &place, "null").into_iter().find_map(|trial| match trial.result {
                Tried::Refused(message) => Some(message),
                _ => None,
            });
            let Some(message) = refused else { continue };
            let pointer = input.declared(&place.pointer(naming));
            findings.push(
                judged
                    .finding(RULE.id, RULE.severity, &pointer)
                    .message(format!("{:?} can be null, and {} refuses that", &*key.name, mapping.reader_name))
                    .before(format!("{} writes {}", input.wire.dto.name(), brief(&place.smallest(naming, "null"))))
                    .after(format!("refused: {message}"))
                    .breaks(format!("{} fails on the whole message", mapping.reader_name))
                    .fix("guard the value in the reader, or never send null"),
            );
        }
    }
}
