//! `null-into-required`

use super::{Check, Findings, Rule, brief, name};
use crate::document::{Document, Kind, NodeId};
use crate::finding::{Severity, Stage};
use crate::observation::Observation;
use crate::pointer::{Pointer, unescape, written_segments};

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
                    .fix("send an empty list instead of null and no null rows, or guard the consumer first")
            });
        }
    }
}

/// The values that a pattern names; none for the last segment where its object has no such member.
fn expand(document: &Document<'_>, pattern: &str) -> Vec<(Pointer, Option<NodeId>)> {
    let mut places = vec![(Pointer::ROOT, Some(0))];
    for segment in written_segments(pattern) {
        let mut deeper = Vec::new();
        for (pointer, node) in places {
            let Some(node) = node else { continue };
            match (segment, document.kind(node)) {
                ("*", Kind::Array) => {
                    let items = document.items(node).enumerate();
                    deeper.extend(items.map(|(index, item)| (pointer.index(index), Some(item))));
                }
                (name, Kind::Object) => {
                    deeper.push((pointer.key(&unescape(name)), document.member(node, &unescape(name))))
                }
                // What is no list or object is required itself, and reported there.
                _ => {}
            }
        }
        places = deeper;
    }
    places
}
