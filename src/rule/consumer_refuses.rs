//! `consumer-refuses`

use super::{Check, Findings, Rule};
use crate::finding::{Severity, Stage};
use crate::java::leaf::Refusal;
use crate::mapping::Outcome;
use crate::observation::Observation;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "consumer-refuses",
    severity: Severity::Error,
    summary: "who reads the payload, or the mapping's answer, fails on a value",
    what: "Fires when the reader of the payload refuses a value as its Jackson deserializer does (a date in a form that it \
           does not take, a number beyond 64 bits, an object for a text, an unknown key where the class is strict), or \
           when the consumer of the answer does.",
    why: "One bad value fails the whole message: the gateway answers with an error for a page with one bad date, and \
          a listener rejected logs whose time had not exactly three fraction digits.",
    example: include_str!("examples/consumer-refuses.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    let mapping = observation.mapping;
    if let Some(Outcome::Refused { stage: Stage::Read, refusal: Refusal::Jackson(message), place, input }) =
        &observation.outcome
    {
        let payload = observation.payload(input.as_deref());
        let location = payload.parsed.at(place);
        let found = location.excerpt().map(|excerpt| super::brief(&excerpt.text[excerpt.span.clone()]));
        findings.push(
            observation
                .finding(RULE.id, RULE.severity, Stage::Read, location)
                .message(format!("{} refuses the value: {message}", mapping.reader_name))
                .after(found)
                .breaks(format!("{} fails on the whole message, not on the value alone", mapping.reader_name))
                .fix(format!("send what {} takes, or deploy a reader that takes it first", payload.reader.dto.name())),
        );
    }
    if let (Some(Err((refusal, place))), Some(consumer)) = (&observation.consumed, &mapping.consumer) {
        let location = observation.own().parsed.at_pointer(&mapping.source_pointer(&place.pointer));
        findings.push(
            observation
                .finding(RULE.id, RULE.severity, Stage::Consumer, location)
                .message(format!(
                    "{} refuses the answer's value at {:?}: {refusal}",
                    consumer.name,
                    place.pointer.to_string()
                ))
                .after(observation.answer().and_then(|answer| answer.get(place.span.clone())).map(super::brief))
                .breaks(format!("{} fails on the whole answer", consumer.name))
                .fix(format!("let the mapping write what {} takes", consumer.wire.dto.name())),
        );
    }
}
