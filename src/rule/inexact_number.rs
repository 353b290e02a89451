//! `inexact-number`

use super::{Check, Findings, Rule, SHOWN, brief, name};
use crate::document::{Document, Kind, NodeId};
use crate::finding::{Severity, Stage};
use crate::observation::Observation;
use crate::pointer::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "inexact-number",
    severity: Severity::Warning,
    summary: "a whole number beyond 2^53 goes to a consumer that reads doubles",
    what: "Fires for a whole number of the answer beyond 2^53 (9007199254740992) where the consumer reads every number as a \
           double, as JSON.parse does. A number as text arrives as it is.",
    why: "Java's long has 64 bits, a double 53: of two neighbours beyond 2^53 one arrives as the other, without an error. An \
          identifier then names somebody else.",
    example: include_str!("examples/inexact-number.txt"),
    check: Check::Case(check),
};

/// The last whole number of which the next one is a double too.
const LAST: u64 = (1 << 53) - 1;

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    let mapping = observation.mapping;
    let Some(consumer) = mapping.consumer.as_ref().filter(|consumer| consumer.wire.config.doubles) else { return };
    let Some(Ok(answer)) = observation.answer_document() else { return };
    let own = &observation.own().parsed;
    let beyond: Vec<NodeId> = (0..answer.len()).filter(|&node| is_beyond(&answer, node)).collect();
    // Each costs a walk through the answer: the first stand for the rest.
    for &node in beyond.iter().take(SHOWN) {
        let target = answer.pointer(node);
        let source = mapping.source_pointer(&target);
        let sent = own.document.as_ref().ok().and_then(|document| document.at(&source));
        // What comes from elsewhere is told where it should have been.
        let source = if sent.is_some() { source } else { Pointer::ROOT };
        let raw = answer.raw(node);
        let arrives = as_double(raw);
        let exact = arrives == raw;
        let message =
            format!("{:?} is a whole number beyond 2^53, which {} reads as a double", name(&target), consumer.name);
        findings.group(RULE.id, (&own.file.path, &source), message, |message| {
            observation
                .finding(RULE.id, RULE.severity, Stage::Consumer, own.at_pointer(&source))
                .message(message)
                .before(brief(raw))
                .after(format!("JSON.parse reads {arrives}"))
                .breaks(if exact {
                    format!("nobody yet: {arrives} is a double, but the next number is not")
                } else {
                    format!("{} gets {arrives} in its place, without an error", consumer.name)
                })
                .fix("send it as text, or find out why it is so large")
        });
    }
    if let Some(&node) = beyond.get(SHOWN) {
        let more = beyond.len() - SHOWN;
        let source = mapping.source_pointer(&answer.pointer(node));
        findings.push(
            observation
                .finding(RULE.id, RULE.severity, Stage::Consumer, own.at_pointer(&source))
                .message(format!("{more} more whole numbers beyond 2^53"))
                .breaks(format!("{} reads them as doubles", consumer.name))
                .fix("send them as text, or find out why they are so large"),
        );
    }
}

fn is_beyond(answer: &Document<'_>, node: NodeId) -> bool {
    answer.kind(node) == Kind::Integer && answer.raw(node).len() > 15 && {
        let digits = answer.raw(node).trim_start_matches('-');
        digits.parse::<u64>().map_or(true, |number| number > LAST)
    }
}

/// A whole number as JavaScript writes the double next to it.
fn as_double(raw: &str) -> String {
    match raw.parse::<f64>() {
        Ok(double) if double.abs() < 1e21 => format!("{double:.0}"),
        Ok(double) => format!("{double:e}"),
        Err(_) => raw.to_owned(),
    }
}
