//! `key-set-drift`

use std::collections::BTreeMap;

use super::{Check, Findings, Rule, brief, name};
use crate::compare::{Change, Difference};
use crate::document::{Document, NodeId};
use crate::finding::{Finding, Location, Severity, Stage};
use crate::java::config::Include;
use crate::observation::{Observation, Payload, Promised};
use crate::pointer::Pointer;

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
            && !promised.differences.is_empty()
            && let Ok(wire) = promised.text.document()
        {
            check_payload(observation, payload, document, promised, &wire, findings);
        }
    }
}

/// The keys of one object that drifted.
#[derive(Default)]
struct Drift<'d> {
    gone: Vec<&'d Difference>,
    appeared: Vec<&'d Difference>,
}

fn check_payload(
    observation: &Observation<'_>,
    payload: &Payload<'_>,
    document: &Document<'_>,
    promised: &Promised,
    wire: &Document<'_>,
    findings: &mut Findings,
) {
    let mut objects: BTreeMap<Pointer, Drift<'_>> = BTreeMap::new();
    for difference in promised.differences.iter().filter(|difference| is_member(difference)) {
        if let Some(object) = difference.pointer.parent() {
            let drift = objects.entry(object).or_default();
            match difference.change {
                Change::Missing => drift.gone.push(difference),
                _ => drift.appeared.push(difference),
            }
        }
    }
    let parsed = &payload.parsed;
    let reader = observation.mapping.reader_name;
    let missing_fix = match promised.wire.config.include {
        Include::Always => "write the key again (a null too: nulls are promised), or change the class and the goldens",
        Include::NonNull => "write the key again, or change the class and the goldens",
    };
    let mut found =
        |at: (&Pointer, usize), message: String, make: &dyn Fn(Finding) -> Finding, location: &dyn Fn() -> Location| {
            let (at, more) = at;
            findings.group_of(1 + more, RULE.id, (&parsed.file.path, at), message, |message| {
                let finding = observation.finding(RULE.id, RULE.severity, Stage::Read, location());
                make(finding.message(message).pattern(at.pattern().to_string()))
            });
        };
    for (object, Drift { gone, mut appeared }) in objects {
        let object = &object;
        let strangers = !appeared.is_empty()
            && gone.len() > 1
            && wire.at(object).is_some_and(|node| wire.members(node).count() == gone.len())
            && !gone.iter().any(|gone| appeared.iter().any(|other| alike(gone, other)));
        if strangers {
            let keys: Vec<String> = appeared.iter().map(|other| name(&other.pointer)).collect();
            let class = promised.wire.dto.name();
            // Objects that are not listed are alike.
            let more = gone.iter().map(|gone| gone.more).max().unwrap_or_default();
            found(
                (object, more),
                format!("none of the {} keys is there that {class} has: is this another document?", gone.len()),
                &|finding| {
                    finding
                        .before(
                            gone.first().and_then(|gone| gone.expected).map(|node| brief(wire.raw(node - 1)) + ", ..."),
                        )
                        .after(brief(&keys.join(", ")))
                        .breaks(format!("{reader} reads an empty object without an error"))
                        .fix(format!(
                            "send the {class} itself: not wrapped, not the body of an error, not under other names"
                        ))
                },
                &|| parsed.at_pointer(object),
            );
            continue;
        }
        let only_one = gone.len() == 1 && appeared.len() == 1;
        for gone in gone {
            let key = name(&gone.pointer);
            let breaks = format!("{reader} reads {key:?} as missing: null, 0 or an error");
            // What the value would be is not known: the key alone was promised.
            let before = gone.expected.map(|node| brief(wire.raw(node - 1)));
            // One key gone and one new in the same object: most likely the same value.
            let same = |other: &&Difference| only_one || alike(gone, other);
            match appeared.iter().position(same).map(|at| appeared.remove(at)) {
                Some(Difference { pointer, found: Some(node), .. }) => found(
                    (&gone.pointer, gone.more),
                    format!("the key {key:?} is gone and {:?} appeared: likely renamed", name(pointer)),
                    &|finding| {
                        finding
.before(before.clone())
.after(member(document, *node))
.breaks(breaks.clone())
.fix(format!(
                            "write {key:?} again, or change the class, its readers and the goldens in one pull request"
                        ))
                    },
                    &|| parsed.at_node(document, node - 1),
                ),
                _ => found(
                    (&gone.pointer, gone.more),
                    format!("the key {key:?} is gone; {} writes it", promised.wire.name()),
                    &|finding| {
                        finding
                            .before(before.clone())
                            .after("no such key".to_owned())
                            .breaks(breaks.clone())
                            .fix(missing_fix.to_owned())
                    },
                    &|| parsed.at_pointer(&gone.pointer),
                ),
            }
        }
        for appeared in appeared {
            let Some(node) = appeared.found else { continue };
            found(
                (&appeared.pointer, appeared.more),
                format!("the key {:?} appeared; {} does not write it", name(&appeared.pointer), promised.wire.name()),
                &|finding| {
                    finding
.before("no such key".to_owned())
.after(member(document, node))
.breaks(format!("{reader} drops it, or fails on it if it is strict"))
.fix("add the field to the definition of the producer's class and decide where it goes, or take it out")
                },
                &|| parsed.at_node(document, node - 1),
            );
        }
    }
}

/// Whether a difference is one of keys; items are a matter of values.
fn is_member(difference: &Difference) -> bool {
    difference.pointer.is_member() && matches!(difference.change, Change::Missing | Change::Appeared)
}

/// A member as it stands: `"key": value`.
fn member(document: &Document<'_>, value: NodeId) -> Option<String> {
    let key = value.checked_sub(1)?;
    Some(brief(&format!("{}: {}", document.raw(key), document.raw(value))))
}

/// Whether two keys are the same but for what naming strategies change.
fn alike(gone: &Difference, appeared: &Difference) -> bool {
    letters(&name(&gone.pointer)) == letters(&name(&appeared.pointer))
}

/// A key without what naming strategies change.
fn letters(key: &str) -> String {
    key.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
