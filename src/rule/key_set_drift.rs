//! `key-set-drift`

use super::{Check, Findings, Rule, brief, name};
use crate::compare::{Change, Difference};
use crate::document::{Document, NodeId, parse_text};
use crate::finding::{Finding, Severity, Stage};
use crate::observation::{Observation, Payload, Promised};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "key-set-drift",
    severity: Severity::Error,
    summary: "a key that the promised wire writes is gone, or another appeared",
    what: "Fires for every key that the producer's class writes under the promised configuration and the payload \
           does not have, and for every key of the payload that the class does not have. Nulls are written unless \
           the configuration says otherwise, so a left-out null is a missing key. A key that is gone beside one that \
           appeared is reported once, as a likely rename.",
    why: "A missing key is read as null or 0 without an error: the gateway's typed read gives null and HTTP 200 for a \
          page in snake case, and the UI loses its list. The ten-field class of March 2026 dropped six keys for weeks.",
    example: include_str!("examples/key-set-drift.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    for payload in &observation.payloads {
        if let (Ok(document), Some(promised)) = (&payload.parsed.document, &payload.promised)
            && let Ok(wire) = parse_text(&promised.text)
        {
            check_payload(observation, payload, document, promised, &wire, findings);
        }
    }
}

fn check_payload(
    observation: &Observation<'_>,
    payload: &Payload<'_>,
    document: &Document<'_>,
    promised: &Promised,
    wire: &Document<'_>,
    findings: &mut Findings,
) {
    let keys: Vec<&Difference> = promised
        .differences
        .iter()
        .filter(|difference| is_member(difference) && !in_date(document, promised, difference))
        .collect();
    let mut told: Vec<&str> = Vec::new();
    for missing in keys.iter().filter(|difference| difference.change == Change::Missing) {
        let Some((object, gone)) = missing.pointer.rsplit_once('/') else { continue };
        let appeared: Vec<&&Difference> = keys
            .iter()
            .filter(|other| {
                other.change == Change::Appeared
                    && other.pointer.rsplit_once('/').is_some_and(|(parent, _)| parent == object)
            })
            .collect();
        let gone_here = keys
            .iter()
            .filter(|other| {
                other.change == Change::Missing
                    && other.pointer.rsplit_once('/').is_some_and(|(parent, _)| parent == object)
            })
            .count();
        let same_letters = appeared.iter().find(|other| letters(&name(&other.pointer)) == letters(gone));
        // One key gone and one new in the same object: most likely the same value.
        let renamed = same_letters.or_else(|| (gone_here == 1 && appeared.len() == 1).then(|| &appeared[0]));
        let gone = name(&missing.pointer);
        let before = missing.expected.and_then(|node| member(wire, node));
        let base = |location| Finding {
            before: before.clone(),
            breaks: format!("{} reads {gone:?} as missing: null, 0 or an error", reader(observation, payload)),
            ..observation.finding(RULE.id, RULE.severity, Stage::Read, location)
        };
        match renamed {
            Some(renamed) => {
                told.push(&renamed.pointer);
                let Some(node) = renamed.found else { continue };
                let location = payload.parsed.at_node(document, node - 1);
                findings.group(Finding {
                    message: format!(
                        "the key {gone:?} is gone and {:?} appeared: likely renamed",
                        name(&renamed.pointer)
                    ),
                    after: member(document, node),
                    fix: format!(
                        "write {gone:?} again, or change the class, its readers and the goldens in one pull request"
                    ),
                    pattern: crate::finding::pattern(&missing.pointer),
                    ..base(location)
                });
            }
            None => findings.group(Finding {
                message: format!("the key {gone:?} is gone; {} writes it", promised.wire.name()),
                after: Some("no such key".to_owned()),
                fix: "write the key again (a null too: nulls are promised), or change the class and the goldens"
                    .to_owned(),
                ..base(payload.parsed.at_pointer(&missing.pointer))
            }),
        }
    }
    for appeared in keys.iter().filter(|difference| difference.change == Change::Appeared) {
        if told.contains(&appeared.pointer.as_str()) {
            continue;
        }
        let Some(node) = appeared.found else { continue };
        findings.group(Finding {
            message: format!(
                "the key {:?} appeared; {} does not write it",
                name(&appeared.pointer),
                promised.wire.name()
            ),
            before: Some("no such key".to_owned()),
            after: member(document, node),
            breaks: format!("{} drops it, or fails on it if it is strict", reader(observation, payload)),
            fix: "add the field to the definition of the producer's class and decide where it goes, or take it out"
                .to_owned(),
            ..observation.finding(RULE.id, RULE.severity, Stage::Read, payload.parsed.at_node(document, node - 1))
        });
    }
}

/// Whether a difference is one of keys; items are a matter of values.
fn is_member(difference: &Difference) -> bool {
    matches!(difference.change, Change::Missing | Change::Appeared)
        && difference
            .pointer
            .rsplit('/')
            .next()
            .is_some_and(|segment| !segment.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a difference lies inside a value that is a date, which is another rule's.
pub(super) fn in_date(document: &Document<'_>, promised: &Promised, difference: &Difference) -> bool {
    let inside = |node: NodeId| promised.promise.dates.iter().any(|&date| (date..document.after(date)).contains(&node));
    difference.found.is_some_and(inside)
        || promised.promise.dates.iter().any(|&date| {
            difference.pointer.strip_prefix(&document.pointer(date)).is_some_and(|rest| rest.starts_with('/'))
        })
}

/// A member as it stands: `"key": value`.
fn member(document: &Document<'_>, value: NodeId) -> Option<String> {
    let key = value.checked_sub(1)?;
    Some(brief(&format!("{}: {}", document.raw(key), document.raw(value))))
}

/// A key without what naming strategies change.
fn letters(key: &str) -> String {
    key.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Who reads a payload of the case.
pub(super) fn reader(observation: &Observation<'_>, _payload: &Payload<'_>) -> &'static str {
    observation.mapping.reader_name
}
