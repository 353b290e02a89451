//! `unknown-code`

use super::table::{Taken, taken};
use super::{Check, Findings, Rule, brief, cut, name};
use crate::document::{Document, Kind};
use crate::finding::{Severity, Stage};
use crate::mapping::Outcome;
use crate::model::coded::{Coded, coded};
use crate::model::{Key, Type};
use crate::observation::{Observation, Payload};
use crate::pointer::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unknown-code",
    severity: Severity::Error,
    summary: "a string is not one of the words that its producer writes there",
    what: "Fires for a text of a payload or of a further input at a key whose producer writes the names, the labels \
           or the codes of an enum, and that is none of them, letter by letter: another constant, the label where the \
           name is written, another case, the empty text. Null is in every domain. What the reader refuses is left to \
           consumer-refuses.",
    why: "A text takes every word, so nothing fails: a status that the UI does not know is shown as nothing, and a \
          label that a mapper does not know is stored as null.",
    example: include_str!("examples/unknown-code.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    for payload in &observation.payloads {
        let (Ok(document), Some(promised)) = (&payload.parsed.document, &payload.promised) else { continue };
        let wire = promised.wire;
        for value in coded(wire.dto.class, wire.config.naming, document) {
            let Coded { node, domain, is_enum } = value;
            if !matches!(document.kind(node), Kind::Text { .. }) {
                continue;
            }
            let word = document.content(node);
            // What an enum's own type reads as a constant, it writes otherwise: that is told where values are compared.
            if domain.has(&word) || is_enum && promised.refusal(node).is_none() {
                continue;
            }
            let pointer = document.pointer(node);
            if is_refused(observation, payload, &pointer) {
                continue;
            }
            let nearest = domain.nearest(&word);
            let nearest_is = nearest.map(|word| format!("; the nearest is {word}")).unwrap_or_default();
            let (key, shown) = (name(&pointer), cut(&word));
            let message = format!("{key:?} is {shown:?}: expected {}{nearest_is}", domain.describe());
            findings.group(RULE.id, (&payload.parsed.file.path, &pointer), message, |message| {
                observation
                    .finding(RULE.id, RULE.severity, Stage::Read, payload.parsed.at_node(document, node))
                    .message(message)
                    .before(nearest.map(|word| format!("{word:?}")))
                    .after(brief(document.raw(node)))
                    .breaks(arrives(observation, payload, document, &pointer))
                    .fix(format!(
                        "write one of the {}s; if {} has a new constant, add it to the domain of {} and of its readers first",
                        domain.side.name(),
                        domain.name,
                        wire.dto.name()
                    ))
            });
        }
    }
}

/// Whether the reader refuses the very value.
fn is_refused(observation: &Observation<'_>, payload: &Payload<'_>, pointer: &Pointer) -> bool {
    matches!(&observation.outcome, Some(Outcome::Refused { stage: Stage::Read, place, input, .. })
        if *input == payload.label && place.pointer == *pointer)
}

/// What becomes of the value.
fn arrives(observation: &Observation<'_>, payload: &Payload<'_>, document: &Document<'_>, pointer: &Pointer) -> String {
    let mapping = observation.mapping;
    let taker = mapping.consumer.as_ref().map_or(mapping.reader_name, |consumer| consumer.name);
    let (None, Some(Ok(answer))) = (&payload.label, observation.answer_document()) else {
        return format!("{} gets a word that its producer does not write", mapping.reader_name);
    };
    let target = mapping.target_pointer(pointer);
    let Some(arrived) = answer.at(&target) else { return format!("{} does not get it", mapping.reader_name) };
    let word = answer.content(arrived);
    if document.at(pointer).is_none_or(|sent| document.content(sent) != word) {
        return format!("it arrives as {}, without an error anywhere", brief(answer.raw(arrived)));
    }
    // Who takes it last: the consumer, else the reader.
    let end = match &mapping.consumer {
        Some(consumer) => taken(&consumer.wire, &target),
        None => taken(&payload.reader, pointer),
    };
    let knows = |ty: &Type, key: &Key| {
        let domain = match ty {
            Type::Leaf { domain: Some(domain), .. } => Some(&**domain),
            _ => key.domain(),
        };
        domain.is_some_and(|domain| domain.takes(&word))
    };
    match end {
        Taken::Dropped(_) => format!("nobody today: it arrives as it is, and {taker} drops it"),
        Taken::Read(ty, _, key) if knows(ty, key) => {
            format!("nobody today: it arrives as it is, and {taker} takes it too")
        }
        _ => format!("it arrives as it is, and {taker} has no such word"),
    }
}
