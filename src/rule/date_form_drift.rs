//! `date-form-drift`

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::reading::Reading;
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
    summary: "a date has another form than the promised wire writes",
    what: "Fires for a date or date-time that the promised class and configuration would write in another form: as an \
           array instead of text or the reverse, with more or fewer fraction digits, with a time or an offset, by \
           another pattern, as a number, as blank text instead of null; and for a text that is not a date.",
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
        let (mut told, reading) = (BTreeSet::new(), OnceCell::new());
        let reading = || reading.get_or_init(|| Reading::new(observation, payload, document));
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
                let is_text = |node: &NodeId| matches!(wire.kind(*node), Kind::Text { .. });
                let is_kept = |node: &NodeId| value_drift(document, date, &wire, *node).is_none();
                let promise = expected.filter(is_text).filter(is_kept).map(|node| brief(wire.raw(node)));
                let breaks = || reading().fate_of_date(document, &pointer, date, promise.as_deref());
                let of = (payload, document, promised, &wire);
                report(observation, of, (date, &pointer, expected), &breaks, findings);
            }
        }
    }
}

fn report(
    observation: &Observation<'_>,
    (payload, document, promised, wire): (&Payload<'_>, &Document<'_>, &Promised, &Document<'_>),
    (date, pointer, expected): (NodeId, &Pointer, Option<NodeId>),
    breaks: &dyn Fn() -> String,
    findings: &mut Findings,
) {
    let found = form(document, date);
    let field = name(pointer);
    let drift = expected.and_then(|node| value_drift(document, date, wire, node));
    let drifted = drift.is_some();
    let message = match expected.map(|node| form(wire, node)) {
        Some(expected) if expected != "null" => match drift {
            Some(drift) => format!("{field:?} is {drift}"),
            None => format!("{field:?} is {found} instead of {expected}"),
        },
        _ if promised.refusal(date).is_some() => {
            let refusal = promised.refusal(date).map(ToString::to_string).unwrap_or_default();
            format!("{field:?} is not a date: {refusal}")
        }
        _ => format!("{field:?} is {found} where null is written"),
    };
    // Only a date that is a list on one side and text on the other shows the setting of the mapper.
    let is_list = |document: &Document<'_>, node| matches!(document.kind(node), Kind::Array | Kind::Integer);
    let is_setting =
        expected.is_some_and(|node| wire.kind(node) != Kind::Null && is_list(wire, node) != is_list(document, date));
    let fix = match (promised.refusal(date), promised.wire.config.dates) {
        (None, _) if is_blank(document, date) => "send null where there is no date",
        (Some(_), _) if expected.is_none_or(|node| wire.kind(node) == Kind::Null) => {
            "send a date of the calendar, or null"
        }
        (None, _) if drifted => "send a day and a time that exist, in exactly the promised form",
        (_, Dates::Arrays) if is_setting => {
            "enable WRITE_DATES_AS_TIMESTAMPS again, or fix the form with an annotation (@JsonFormat with shape and \
             pattern), which no ObjectMapper can change"
        }
        _ if is_setting => {
            "disable WRITE_DATES_AS_TIMESTAMPS again, or fix the form with an annotation (@JsonFormat with shape and \
             pattern), which no ObjectMapper can change"
        }
        _ => {
            "find what changed the field in the producer's class (its type, the pattern of its @JsonFormat, a serializer of \
             its own) and restore it, or change the readers and the goldens with it"
        }
    };
    findings.group(RULE.id, (&payload.parsed.file.path, pointer), message, |message| {
        observation
            .finding(RULE.id, RULE.severity, Stage::Read, payload.parsed.at_node(document, date))
            .message(message)
            // The null that is read of what is no date is nothing to send.
            .before(
                expected
                    .filter(|&node| wire.kind(node) != Kind::Null || promised.refusal(date).is_none())
                    .map(|node| brief(wire.raw(node))),
            )
            .after(brief(document.raw(date)))
            .breaks(breaks())
            .fix(fix.to_owned())
    });
}

fn is_blank(document: &Document<'_>, node: NodeId) -> bool {
    matches!(document.kind(node), Kind::Text { .. }) && document.content(node).trim().is_empty()
}

/// What is wrong with a date that has the right form and is read as another one: a day that does not exist, a time of
/// 24:00, spaces around it.
fn value_drift(document: &Document<'_>, date: NodeId, wire: &Document<'_>, expected: NodeId) -> Option<String> {
    let is_text = |document: &Document<'_>, node| matches!(document.kind(node), Kind::Text { .. });
    if !is_text(document, date) || !is_text(wire, expected) {
        return None;
    }
    let (found, read) = (document.content(date), wire.content(expected));
    if *found == *read {
        return None;
    }
    if found.trim() == read {
        return Some(format!("text with spaces around it ({:?}) instead of text without ({:?})", &*found, &*read));
    }
    let mask =
        |text: &str| text.chars().map(|character| if character.is_ascii_digit() { '0' } else { character }).collect();
    let (found_mask, read_mask): (String, String) = (mask(&found), mask(&read));
    if found_mask != read_mask {
        return None;
    }
    let days: Vec<u8> =
        found.split(|character: char| !character.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    // A year is no day, and a time of day has more parts.
    let clamped = days.len() == 2 && days.iter().any(|day| (29..=31).contains(day));
    let last = if clamped { ", the last day of the month" } else { "" };
    Some(format!("{:?}, which does not exist: it is read as {:?}{last}", &*found, &*read))
}

/// What a date looks like, in words.
fn form(document: &Document<'_>, node: NodeId) -> String {
    match document.kind(node) {
        Kind::Null => "null".to_owned(),
        Kind::Bool(_) => "a boolean".to_owned(),
        Kind::Integer | Kind::Float => "a number".to_owned(),
        Kind::Array => format!("an array of {}", document.items(node).count()),
        Kind::Object => "an object".to_owned(),
        Kind::Text { .. } => text_form(&cut(&document.content(node))),
    }
}

/// A text, cut; spaces stay.
fn cut(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn text_form(text: &str) -> String {
    if text.trim().is_empty() {
        return "blank text".to_owned();
    }
    let digits_at = |at: &[usize]| at.iter().all(|&at| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit));
    let is_date = digits_at(&[0, 1, 2, 3, 5, 6, 8, 9]) && text.as_bytes().get(4) == Some(&b'-');
    let time = text.split_once(['T', 't', ' ']).map(|(_, time)| time);
    let zone = |time: &str| time.find(['Z', 'z', '+', '-']);
    // A clock has digits, colons and a point; another character behind a date is none of its form.
    let is_clock = |clock: &str| clock.chars().all(|it| it.is_ascii_digit() || matches!(it, ':' | '.'));
    let is_form = |time: Option<&str>| match time {
        Some(time) => is_clock(&time[..zone(time).unwrap_or(time.len())]),
        None => text.len() == 10,
    };
    if !is_date || !is_form(time) {
        return format!("text by another pattern ({text:?})");
    }
    let Some(time) = time else { return "a date as text".to_owned() };
    let zone = zone(time);
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

#[cfg(test)]
mod tests {
    use super::text_form;

    #[test]
    fn a_form_is_named_where_a_text_has_it_and_nothing_else() {
        for (text, form) in [
            (" ", "blank text"),
            ("2024-01-15", "a date as text"),
            ("2024-01-15T10:00:00", "a date-time as text with 0 fraction digits"),
            ("2024-01-15T10:00:00.1Z", "a date-time as text with 1 fraction digit and an offset"),
            ("2024-01-15 10:00", "a date-time as text with 0 fraction digits without seconds, not separated by T"),
            ("2024-01-15\0", "text by another pattern (\"2024-01-15\\0\")"),
            ("2024-01-15x", "text by another pattern (\"2024-01-15x\")"),
            ("2024-01-15T10:00\0", "text by another pattern (\"2024-01-15T10:00\\0\")"),
            ("15/01/2024", "text by another pattern (\"15/01/2024\")"),
        ] {
            assert_eq!(text_form(text), form, "{text:?}");
        }
    }
}
