//! `null-into-required`

use super::table::{Taken, taken};
use super::{Check, Findings, Rule, brief, expand, name};
use crate::document::Kind;
use crate::finding::{Severity, Stage};
use crate::model::class::Type;
use crate::observation::Observation;
use crate::pointer::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "null-into-required",
    severity: Severity::Error,
    summary: "a value that the consumer dereferences without a guard is null or missing",
    what: "Fires when the mapping's answer has null, or nothing, where the consumer declares a value required: required \
           means dereferenced without a guard. A type that is not optional in TypeScript is not required by that alone: \
           several of them are null in healthy pages.",
    why: "The UI iterates its list with forEach. On null or undefined that is a TypeError, the store shows an error \
          instead of the page, and the list stays empty: what users saw in December 2023.",
    example: include_str!("examples/null-into-required.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    let Some(consumer) = &observation.mapping.consumer else { return };
    let Some(Ok(document)) = observation.answer_document() else { return };
    for required in consumer.required {
        for (pointer, node) in expand(&document, required.pointer) {
            if node.is_some_and(|node| document.kind(node) != Kind::Null) {
                continue;
            }
            let source = observation.mapping.source_pointer(&pointer);
            let own = &observation.own().parsed;
            let found = if node.is_some() { "null" } else { "missing" };
            // Rows are told apart by their index alone: one message for all of them.
            let what =
                if required.pointer.ends_with("/*") { "an item".to_owned() } else { format!("{:?}", name(&pointer)) };
            let message = format!("{what} is {found} in the answer, and {} dereferences it", consumer.name);
            findings.group(RULE.id, (&own.file.path, &source), message, |message| {
                let sent =
                    own.document.as_ref().ok().and_then(|document| Some(brief(document.raw(document.at(&source)?))));
                observation
                    .finding(RULE.id, RULE.severity, Stage::Consumer, own.at_pointer(&source))
                    .message(message)
                    .before(sent.map(|sent| format!("sent as {source}: {sent}")))
                    .after(format!("answered at {pointer}: {found}"))
                    .breaks(required.reason.to_owned())
                    .fix(match taken(&consumer.wire, &Pointer::read(required.pointer)) {
                        _ if required.pointer.ends_with("/*") => "send no null rows, or guard the consumer first",
                        Taken::Read(Type::List(_), ..) => "send an empty list instead, or guard the consumer first",
                        _ => "send a value, or guard the consumer first",
                    })
            });
        }
    }
}
