//! `date-form-drift`

use std::collections::BTreeSet;

use super::{Check, Findings, Rule, brief, name};
use crate::document::{Document, Kind, NodeId};
use crate::finding::{Severity, Stage};
use crate::java::config::Dates;
use crate::java::leaf::Refusal;
use crate::observation::{Observation, Payload, Promised};
use crate::pointer::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "date-form-drift",
    severity: Severity::Error,
    summary: "a date stands in another form than the promised wire writes",
    what: "Fires for a date or date-time that the promised class and configuration would write otherwise: as an array \
           instead of text or the reverse, with more or fewer fraction digits, with a time or an offset, by another \
           pattern, as a number, as blank text instead of null; and for a text that is no date.",
    why: "Every reader takes another set of forms. A listener refuses a time with any number of fraction \
          digits but three (the nine-digit one of October 2025), the UI shows no date for an array, and a LocalDate \
          reader cuts a time off without a word.",
    example: include_str!("examples/date-form-drift.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    for payload in &observation.payloads {
        let (Ok(document), Some(promised)) = (&payload.parsed.document, &payload.promised) else { continue };
        if let Err(error) = &promised.promise.text {
            let date = promised.promise.dates.iter().copied().find(|&date| document.kind(date) != Kind::Null);
            findings.push(
                observation
                    .finding(RULE.id, RULE.severity, Stage::Read, payload.parsed.at_node(document, date.unwrap_or(0)))
                    .message(format!("{} cannot write this payload: {error}", promised.wire.name()))
                    .after(date.map(|date| brief(document.raw(date))))
                    .breaks("the service answers with an error instead of a body")
                    .fix("promise the configuration that the service really has, with --wire or in the mapping"),
            );
            continue;
        }
        if promised.differences.is_empty() {
            continue;
        }
        let Ok(wire) = promised.text.document() else { continue };
        let mut told = BTreeSet::new();
        for difference in &promised.differences {
            let Some(date) = promised.date_of(document, difference) else { continue };
            if told.insert(date) && !matches!(promised.refusal(date), Some(Refusal::Stricter(_))) {
                // A difference within an array has the array's pointer and more.
                let (pointer, expected) = if difference.found == Some(date) {
                    (difference.pointer.clone(), difference.expected)
                } else {
                    let pointer = document.pointer(date);
                    let expected = wire.at(&pointer);
                    (pointer, expected)
                };
                report(observation, (payload, document, promised, &wire), (date, &pointer, expected), findings);
            }
        }
    }
}

fn report(
    observation: &Observation<'_>,
    (payload, document, promised, wire): (&Payload<'_>, &Document<'_>, &Promised, &Document<'_>),
    (date, pointer, expected): (NodeId, &Pointer, Option<NodeId>),
    findings: &mut Findings,
) {
    let found = form(document, date);
    let field = name(pointer);
    let message = match expected.map(|node| form(wire, node)) {
        Some(expected) if expected != "null" => format!("{field:?} is {found} instead of {expected}"),
        _ if promised.refusal(date).is_some() => {
            let refusal = promised.refusal(date).map(ToString::to_string).unwrap_or_default();
            format!("{field:?} is no date: {refusal}")
        }
        _ => format!("{field:?} is {found} where null is written"),
    };
    let mapping = observation.mapping;
    let fix = match (promised.refusal(date), document.kind(date), promised.wire.config.dates) {
        (None, Kind::Text { .. }, _) if document.content(date).trim().is_empty() => "send null where there is no date",
        (Some(_), ..) if expected.is_none_or(|node| wire.kind(node) == Kind::Null) => {
            "send a date of the calendar, or null"
        }
        (_, _, Dates::Arrays) => {
            "enable WRITE_DATES_AS_TIMESTAMPS again, or fix the form with an annotation (@JsonFormat with shape and \
             pattern), which no mapper can change"
        }
        _ => {
            "disable WRITE_DATES_AS_TIMESTAMPS again, or fix the form with an annotation (@JsonFormat with shape and \
             pattern), which no mapper can change"
        }
    };
    findings.group(RULE.id, (&payload.parsed.file.path, pointer), message, |message| {
        observation
            .finding(RULE.id, RULE.severity, Stage::Read, payload.parsed.at_node(document, date))
            .message(message)
            .before(expected.map(|node| brief(wire.raw(node))))
            .after(brief(document.raw(date)))
            .breaks(format!(
                "{} takes some forms and refuses others; {}",
                mapping.reader_name,
                match &mapping.consumer {
                    Some(consumer) => format!("{} shows text only", consumer.name),
                    None => "what it refuses is not stored".to_owned(),
                }
            ))
            .fix(fix.to_owned())
    });
}

/// What a date looks like, in words.
fn form(document: &Document<'_>, node: NodeId) -> String {
    match document.kind(node) {
        Kind::Null => "null".to_owned(),
        Kind::Bool(_) => "a boolean".to_owned(),
        Kind::Integer | Kind::Float => "a number".to_owned(),
        Kind::Array => format!("an array of {}", document.items(node).count()),
        Kind::Object => "an object".to_owned(),
        Kind::Text { .. } => text_form(&document.content(node)),
    }
}

fn text_form(text: &str) -> String {
    if text.trim().is_empty() {
        return "blank text".to_owned();
    }
    let digits_at = |at: &[usize]| at.iter().all(|&at| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit));
    let is_date = digits_at(&[0, 1, 2, 3, 5, 6, 8, 9]) && text.as_bytes().get(4) == Some(&b'-');
    if !is_date {
        return format!("text by another pattern ({:?})", brief(text));
    }
    let Some((_, time)) = text.split_once(['T', 't', ' ']) else { return "a date as text".to_owned() };
    let zone = time.find(['Z', 'z', '+', '-']);
    let clock = &time[..zone.unwrap_or(time.len())];
    let fraction = clock.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let zone = if zone.is_some() { " and an offset" } else { "" };
    let seconds = if clock.matches(':').count() < 2 { " without seconds" } else { "" };
    let separator = if text.contains('T') { "" } else { ", not separated by T" };
    match fraction {
        1 => format!("a date-time as text with 1 fraction digit{zone}{separator}"),
        _ => format!("a date-time as text with {fraction} fraction digits{seconds}{zone}{separator}"),
    }
}
