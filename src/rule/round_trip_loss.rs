//! `round-trip-loss`

use std::collections::BTreeSet;

use super::reading::Reading;
use super::{Check, Findings, Rule, brief, name};
use crate::compare::{Arrival, Change, Difference, Fate, arrivals};
use crate::document::{Document, Kind};
use crate::finding::{Severity, Stage};
use crate::java::config::Naming;
use crate::java::leaf::Refusal;
use crate::java::naming::snake_case;
use crate::mapping::{Mapping, Outcome};
use crate::observation::Observation;
use crate::pointer::{Pointer, Segment};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "round-trip-loss",
    severity: Severity::Error,
    summary: "a value does not survive being read and written",
    what: "Fires in two places. As sent: a value that the producer's own class reads and writes as another one (text \
           for a number, a number for text, null for a primitive). On the way: a value of the payload that is \
           missing or different in the answer, and that the mapping does not declare dropped. Renames, key order, \
           and the spelling of dates do not count.",
    why: "Nothing fails when a value is lost. The typed rewrite of 2026 dropped six fields of a list for \
          weeks, and a count that is null is shown as 0.",
    example: include_str!("examples/round-trip-loss.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    as_sent(observation, findings);
    on_the_way(observation, findings);
}

fn as_sent(observation: &Observation<'_>, findings: &mut Findings) {
    let refused_by_reader = matches!(&observation.outcome, Some(Outcome::Refused { stage: Stage::Read, .. }));
    for payload in &observation.payloads {
        let (Ok(document), Some(promised)) = (&payload.parsed.document, &payload.promised) else { continue };
        if promised.differences.is_empty() {
            continue;
        }
        let Ok(wire) = promised.text.document() else { continue };
        let mut reading = None;
        for difference in &promised.differences {
            let Some(found) = difference.found else { continue };
            if difference.change != Change::Value && !promised.is_value(document, difference) {
                continue;
            }
            let expected = difference.expected;
            let skipped = refused_by_reader && promised.refusal(found).is_some();
            if skipped || promised.date_of(document, difference).is_some() {
                continue;
            }
            let field = name(&difference.pointer);
            let what = kind(document.kind(found));
            let class = promised.wire.dto.name();
            let message = match (promised.refusal(found), expected) {
                (Some(refusal), _) => format!("{field:?} is {what} that {class} does not have: {refusal}"),
                (None, Some(expected)) => {
                    format!("{field:?} is {what}; {class} writes {}", kind(wire.kind(expected)))
                }
                (None, None) => format!("{field:?} is {what}; {class} leaves it out"),
            };
            findings.group(RULE.id, (&payload.parsed.file.path, &difference.pointer), message, |message| {
                observation
                    .finding(RULE.id, RULE.severity, Stage::Read, payload.parsed.at_node(document, found))
                    .message(message)
                    .before(expected.filter(|_| promised.refusal(found).is_none()).map(|node| brief(wire.raw(node))))
                    .after(brief(document.raw(found)))
                    .breaks(reading.get_or_insert_with(|| Reading::new(observation, payload, document)).fate(
                        document,
                        &difference.pointer,
                        found,
                    ))
                    .fix("send the value in the type that the class declares, or change the class and its readers")
            });
        }
    }
}

fn on_the_way(observation: &Observation<'_>, findings: &mut Findings) {
    let payload = observation.own();
    let (Some(Ok(arrived)), Some(promised)) = (observation.answer_document(), &payload.promised) else { return };
    let (Ok(document), Ok(sent)) = (&payload.parsed.document, &promised.canonical.document()) else { return };
    let is_stricter = |(_, refusal): &(_, Refusal)| matches!(refusal, Refusal::Stricter(_));
    if promised.promise.refused.iter().any(is_stricter) {
        return;
    }
    let mapping = observation.mapping;
    let arrivals = arrivals(mapping, sent, &arrived);
    if arrivals.is_empty() {
        return;
    }
    // A date that came in another form has been reported; the form may hold more than the promised one.
    let is_date = |difference: &&Difference| promised.date_of(document, difference).is_some();
    let drifted: BTreeSet<&Pointer> =
        promised.differences.iter().filter(is_date).map(|difference| &difference.pointer).collect();
    // A key that is not there was not read; that is another rule's.
    let is_gone = |other: &&Difference| other.pointer.is_member() && other.change == Change::Missing;
    let missing: BTreeSet<&Pointer> = promised.differences.iter().filter(is_gone).map(|other| &other.pointer).collect();
    // Of very many rows the first hundred stand for all.
    let many: BTreeSet<Pointer> = promised
        .differences
        .iter()
        .filter(|other| other.more > 0 && is_gone(other))
        .map(|other| other.pointer.pattern())
        .collect();
    let gone = |pointer: &Pointer| {
        // The canonical text has the names of fields, the promise those of its naming strategy.
        let mut above = match promised.wire.config.naming {
            Naming::Field => pointer.clone(),
            Naming::Snake => Pointer::from(pointer.segments().iter().map(in_snake_case).collect::<Vec<_>>()),
        };
        let is_missing =
            |above: &Pointer| missing.contains(above) || !many.is_empty() && many.contains(&above.pattern());
        !missing.is_empty()
            && (is_missing(&above)
                || std::iter::from_fn(|| above.pop().map(|_| is_missing(&above))).any(|is_gone| is_gone))
    };
    for arrival in arrivals.into_iter().flat_map(|arrival| parts(arrival, sent, &arrived, mapping)) {
        let Arrival { source, target, sent: Some(node), got: found, fate, declared: None, more } = &arrival else {
            continue;
        };
        let is_harmless =
            matches!(fate, Fate::NullOrAbsent | Fate::NumberSpelling | Fate::DateForm { .. } | Fate::Coerced);
        if is_harmless || sent.kind(*node) == Kind::Null || drifted.contains(source) || gone(source) {
            continue;
        }
        let verb = if found.is_some() { "arrives as another value" } else { "does not arrive" };
        let message = format!("{:?} {verb} in the answer of {}", name(source), mapping.id);
        findings.group_of(1 + more, RULE.id, (&payload.parsed.file.path, source), message, |message| {
            observation
                .finding(RULE.id, RULE.severity, Stage::Map, payload.parsed.at_pointer(source))
                .message(message)
                .before(brief(sent.raw(*node)))
                .after(found.map_or_else(|| format!("no value at {target}"), |found| brief(arrived.raw(found))))
                .breaks(match &mapping.consumer {
                    Some(consumer) => format!("{} does not get it, without an error anywhere", consumer.name),
                    None => "it is not stored, without an error anywhere".to_owned(),
                })
                .fix("carry the value over, or declare it dropped in the mapping, with the reason")
        });
    }
}

/// What is left of a missing value of which parts go elsewhere by a rename: its parts that do not arrive.
fn parts(whole: Arrival, sent: &Document<'_>, arrived: &Document<'_>, mapping: &Mapping) -> Vec<Arrival> {
    let within = format!("{}/", whole.source);
    let is_moved = mapping.renames.iter().any(|(from, _)| from.starts_with(&within));
    let Some(node) = whole.sent.filter(|_| whole.fate == Fate::Missing && is_moved) else { return vec![whole] };
    let declared = |pointer: &Pointer| {
        let declares = |pattern: &str| pointer.matches(pattern) || mapping.target_pointer(pointer).matches(pattern);
        mapping.declarations.iter().find(|declaration| declares(declaration.pointer)).map(|found| found.what)
    };
    let (mut parts, mut open) = (Vec::new(), vec![(whole.source, node)]);
    while let Some((pointer, node)) = open.pop() {
        if matches!(sent.kind(node), Kind::Array | Kind::Object) {
            open.extend(sent.items(node).enumerate().map(|(at, item)| (pointer.index(at), item)));
            open.extend(sent.members(node).map(|(key, value)| (pointer.key(&sent.content(key)), value)));
            continue;
        }
        let target = mapping.target_pointer(&pointer);
        // What is under its new name has been told by itself.
        if arrived.at(&target).is_none() {
            let declared = declared(&pointer);
            let (sent, fate) = (Some(node), Fate::Missing);
            parts.push(Arrival { source: pointer, target, sent, got: None, fate, declared, more: 0 });
        }
    }
    parts
}

fn in_snake_case(segment: &Segment) -> Segment {
    match segment {
        Segment::Key(name) => Segment::Key(snake_case(name).into()),
        item => item.clone(),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Bool(_) => "a boolean",
        Kind::Integer => "an integer",
        Kind::Float => "a number with a fraction",
        Kind::Text { .. } => "a text",
        Kind::Array => "a list",
        Kind::Object => "an object",
    }
}
