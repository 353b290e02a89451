//! `round-trip-loss`

use std::collections::BTreeSet;

use super::{Check, Findings, Rule, brief, name};
use crate::compare::{Change, Difference, Tolerance, differences, matches};
use crate::document::{Document, Kind, parse_text};
use crate::finding::{Severity, Stage, within};
use crate::java::config::Naming;
use crate::java::leaf::Refusal;
use crate::java::naming::snake_case;
use crate::mapping::{Declared, Mapping, Outcome};
use crate::observation::{Observation, same_date};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "round-trip-loss",
    severity: Severity::Error,
    summary: "a value does not survive being read and written",
    what: "Fires in two places. As sent: a value that the producer's own class reads and writes as another one (text \
           for a number, a number for text, null for a primitive). On the way: a value that the payload has and the \
           mapping's answer has not, or has otherwise, without the mapping declaring it dropped. Renames, key order, \
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
        let Ok(wire) = parse_text(&promised.text) else { continue };
        for difference in &promised.differences {
            let (Change::Value, Some(found), Some(expected)) =
                (difference.change, difference.found, difference.expected)
            else {
                continue;
            };
            let skipped = refused_by_reader && promised.refusal(found).is_some();
            if skipped || promised.date_of(document, difference).is_some() {
                continue;
            }
            let message = format!(
                "{:?} is {}; {} writes {}",
                name(&difference.pointer),
                kind(document.kind(found)),
                promised.wire.dto.name(),
                kind(wire.kind(expected)),
            );
            findings.group(RULE.id, (&payload.parsed.file.path, &difference.pointer), message, |message| {
                observation
                    .finding(RULE.id, RULE.severity, Stage::Read, payload.parsed.at_node(document, found))
                    .message(message)
                    .before(brief(wire.raw(expected)))
                    .after(brief(document.raw(found)))
                    .breaks(format!("{} reads another value than was sent", observation.mapping.reader_name))
                    .fix("send the value in the type that the class declares, or change the class and its readers")
            });
        }
    }
}

fn on_the_way(observation: &Observation<'_>, findings: &mut Findings) {
    let payload = observation.own();
    let (Some(Ok(arrived)), Some(promised)) = (observation.answer_document(), &payload.promised) else { return };
    let Ok(document) = &payload.parsed.document else { return };
    let canonical = &promised.promise.canonical;
    let parsed;
    let sent = if canonical == document.text() {
        document
    } else {
        parsed = parse_text(canonical);
        let Ok(parsed) = &parsed else { return };
        parsed
    };
    let is_stricter = |(_, refusal): &(_, Refusal)| matches!(refusal, Refusal::Stricter(_));
    if promised.promise.refused.iter().any(is_stricter) {
        return;
    }
    let mapping = observation.mapping;
    let declared = |what: &[Declared]| -> Vec<String> {
        let of_kind = mapping.declarations.iter().filter(|declaration| what.contains(&declaration.what));
        of_kind.map(|declaration| mapping.source_pointer(declaration.pointer)).collect()
    };
    let dropped = declared(&[Declared::Dropped]);
    let made = declared(&[Declared::Added, Declared::Constant, Declared::Converted, Declared::Generated]);
    let may_differ: Vec<&str> = dropped.iter().chain(&made).map(String::as_str).collect();
    let renames: Vec<(&str, &str)> =
        mapping.renames.iter().map(|&(from, to)| (from, to.rsplit('/').next().unwrap_or(to))).collect();
    let tolerance = Tolerance {
        key_order: true,
        absent_is_null: true,
        may_differ: &may_differ,
        may_appear: &[],
        renames: &renames,
    };
    // A date that came in another form has been reported; the form may hold more than the promised one.
    let is_date = |difference: &&Difference| promised.date_of(document, difference).is_some();
    let drifted: BTreeSet<&str> =
        promised.differences.iter().filter(is_date).map(|difference| difference.pointer.as_str()).collect();
    // A key that is not there was not read; that is another rule's.
    let gone = |pointer: &str| {
        // The canonical text has the names of fields, the promise those of its naming strategy.
        let pointer = &match promised.wire.config.naming {
            Naming::Field => pointer.to_owned(),
            Naming::Snake => pointer.split('/').map(snake_case).collect::<Vec<_>>().join("/"),
        };
        let mut gone = promised.differences.iter().filter(|other| other.is_member && other.change == Change::Missing);
        gone.any(|other| within(pointer, &other.pointer).is_some())
    };
    let found = differences(sent, &arrived, &tolerance);
    for difference in found.into_iter().flat_map(|difference| moved(difference, sent, &arrived, &may_differ, mapping)) {
        let Some(expected) = difference.expected.filter(|&node| sent.kind(node) != Kind::Null) else { continue };
        if drifted.contains(difference.pointer.as_str()) || gone(&difference.pointer) {
            continue;
        }
        let found = difference.found;
        if let Some(found) = found
            && same_date(&sent.content(expected), &arrived.content(found))
        {
            continue;
        }
        let target = mapping.target_pointer(&difference.pointer);
        let verb = if found.is_some() { "arrives as another value" } else { "does not arrive" };
        let message = format!("{:?} {verb} in the answer of {}", name(&difference.pointer), mapping.id);
        findings.group(RULE.id, (&payload.parsed.file.path, &difference.pointer), message, |message| {
            observation
                .finding(RULE.id, RULE.severity, Stage::Map, payload.parsed.at_pointer(&difference.pointer))
                .message(message)
                .before(brief(sent.raw(expected)))
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
fn moved(
    difference: Difference,
    sent: &Document<'_>,
    arrived: &Document<'_>,
    may_differ: &[&str],
    mapping: &Mapping,
) -> Vec<Difference> {
    let within = format!("{}/", difference.pointer);
    let is_moved = mapping.renames.iter().any(|(from, _)| from.starts_with(&within));
    let Some(whole) = difference.expected.filter(|_| difference.change == Change::Missing && is_moved) else {
        return vec![difference];
    };
    let (mut parts, mut open) = (Vec::new(), vec![whole]);
    while let Some(node) = open.pop() {
        if matches!(sent.kind(node), Kind::Array | Kind::Object) {
            open.extend(sent.items(node).chain(sent.members(node).map(|(_, value)| value)));
            continue;
        }
        let pointer = sent.pointer(node);
        let found = arrived.find(&mapping.target_pointer(&pointer));
        let arrives = |found| same_date(&sent.content(node), &arrived.content(found));
        if !found.is_some_and(arrives) && !may_differ.iter().any(|pattern| matches(pattern, &pointer)) {
            let change = if found.is_some() { Change::Value } else { Change::Missing };
            let is_member = difference.is_member;
            parts.push(Difference { pointer, change, expected: Some(node), is_member, found });
        }
    }
    parts
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
