//! `key-set-drift`

use std::collections::BTreeMap;

use super::reading::Reading;
use super::table::{Taken, taken};
use super::{Check, Findings, Rule, brief, name};
use crate::compare::{Change, Difference};
use crate::document::{Document, NodeId};
use crate::finding::{Finding, Location, Severity, Stage};
use crate::java::config::Include;
use crate::mapping::{Mapping, Outcome, Wire};
use crate::model::Class;
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
           appeared is reported once, as a likely rename. A key that only appeared is a note where every reader of the \
           payload ignores it, a warning where one drops it that has a field of that name elsewhere, or reads it, and an \
           error where one is strict: @JsonIgnoreProperties of the class decides, else the reader's mapper.",
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
    let is_drift = |difference: &&Difference| is_member(difference) && !promised.is_value(document, difference);
    let (mut likes, mut reading) = (None, None);
    for difference in promised.differences.iter().filter(is_drift) {
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
    let mut found = |at: (&Pointer, usize, Severity),
                     message: String,
                     make: &dyn Fn(Finding) -> Finding,
                     location: &dyn Fn() -> Location| {
        let (at, more, severity) = at;
        findings.group_of(1 + more, RULE.id, (&parsed.file.path, at), message, |message| {
            let finding = observation.finding(RULE.id, severity, Stage::Read, location());
            make(finding.message(message).pattern(at.pattern().to_string()))
        });
    };
    for (object, Drift { gone, mut appeared }) in objects {
        let object = &object;
        let strangers = gone.len() > 1
            && wire.at(object).is_some_and(|node| wire.members(node).count() == gone.len())
            && !gone.iter().any(|gone| appeared.iter().any(|other| alike(gone, other)));
        if strangers {
            let keys: Vec<String> = appeared.iter().map(|other| name(&other.pointer)).collect();
            let class = promised.wire.dto.name();
            // Objects that are not listed are alike.
            let more = gone.iter().map(|gone| gone.more).max().unwrap_or_default();
            found(
                (object, more, RULE.severity),
                format!("none of the {} keys is there that {class} has: is this another document?", gone.len()),
                &|finding| {
                    finding
                        .before(
                            gone.first().and_then(|gone| gone.expected).map(|node| brief(wire.raw(node - 1)) + ", ..."),
                        )
                        .after(if keys.is_empty() { "{}".to_owned() } else { brief(&keys.join(", ")) })
                        .breaks(format!("{reader} reads an empty object without an error"))
                        .fix(format!(
                            "send the {class} itself: not wrapped, not the body of an error, not under other names"
                        ))
                },
                &|| parsed.at_pointer(object),
            );
            continue;
        }
        let mut renamed = renames(&gone, &mut appeared);
        for (at, gone) in gone.into_iter().enumerate() {
            let key = name(&gone.pointer);
            let reading = reading.get_or_insert_with(|| Reading::new(observation, payload, document));
            let breaks = without(&taken(&payload.reader, &gone.pointer), reading, reader, &gone.pointer);
            // What the value would be is not known: the key alone was promised.
            let before = gone.expected.map(|node| brief(wire.raw(node - 1)));
            match renamed.remove(&at) {
                Some(Difference { pointer, found: Some(node), .. }) => found(
                    (&gone.pointer, gone.more, RULE.severity),
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
                    (&gone.pointer, gone.more, RULE.severity),
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
            let added = Added::of(observation, payload, document, &appeared.pointer, &mut likes);
            found(
                (&appeared.pointer, appeared.more, added.severity),
                format!("the key {:?} appeared; {} does not write it", name(&appeared.pointer), promised.wire.name()),
                &|finding| {
                    finding
                        .before("no such key".to_owned())
                        .after(member(document, node))
                        .breaks(added.breaks.clone())
                        .fix(added.fix)
                },
                &|| parsed.at_node(document, node - 1),
            );
        }
    }
}

/// What a reader makes of a key that is gone.
fn without(taken: &Taken<'_>, reading: &Reading<'_, '_>, reader: &str, pointer: &Pointer) -> String {
    let key = name(pointer);
    match taken {
        Taken::Read(..) => match reading.read_as(pointer).as_str() {
            nothing @ ("null" | "0" | "false") => format!("{reader} reads {nothing} for {key:?}, without an error"),
            value => format!("nobody yet: {reader} has {value} for it all the same, from another key or by its class"),
        },
        Taken::Dropped(_) => format!("nobody: {reader} does not read {key:?}"),
        Taken::Refused(_) | Taken::Unknown => format!("{reader} reads {key:?} as missing: null, 0 or an error"),
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

/// Which of the keys that appeared each of those that are gone was most likely renamed to, by its place in `gone`; these
/// are taken out of `appeared`.
fn renames<'d>(gone: &[&'d Difference], appeared: &mut Vec<&'d Difference>) -> BTreeMap<usize, &'d Difference> {
    let mut found = BTreeMap::new();
    if appeared.is_empty() {
        return found;
    }
    let letters_of = |difference: &&Difference| letters(&name(&difference.pointer));
    // The same word first, then a word within the other (`last` and `lastName`).
    let is_same = |gone: &str, other: &str| gone == other;
    let is_within = |gone: &str, other: &str| {
        gone.len().min(other.len()) >= SHORTEST && (gone.contains(other) || other.contains(gone))
    };
    for is_one in [&is_same as &dyn Fn(&str, &str) -> bool, &is_within] {
        for (at, gone) in gone.iter().enumerate() {
            let gone = letters_of(gone);
            if !found.contains_key(&at)
                && let Some(other) = appeared.iter().position(|other| is_one(&gone, &letters_of(other)))
            {
                found.insert(at, appeared.remove(other));
            }
        }
    }
    // As many gone as new in one object: most likely the same values, in their order.
    let left: Vec<usize> = (0..gone.len()).filter(|at| !found.contains_key(at)).collect();
    if left.len() == appeared.len() {
        found.extend(left.into_iter().zip(appeared.drain(..)));
    }
    found
}

/// A shorter word is in many others.
const SHORTEST: usize = 4;

/// What becomes of a key that the producer's class does not have.
struct Added {
    severity: Severity,
    breaks: String,
    fix: &'static str,
}

/// The keys of the classes on the way by their letters, each with its class and its name.
type Likes = BTreeMap<String, (&'static str, &'static str)>;

impl Added {
    fn of(
        observation: &Observation<'_>,
        payload: &Payload<'_>,
        document: &Document<'_>,
        pointer: &Pointer,
        likes: &mut Option<Likes>,
    ) -> Self {
        const DECLARE: &str =
            "add the field to the definition of the producer's class and decide where it goes, or take it out";
        let mapping = observation.mapping;
        let reader = mapping.reader_name;
        let added = |severity, breaks| Added { severity, breaks, fix: DECLARE };
        let taken = taken(&payload.reader, pointer);
        let strict = |class: &str| Added {
            severity: Severity::Error,
            breaks: format!("{reader} refuses the whole message: {class} does not ignore unknown keys"),
            fix: "let the reader ignore unknown keys first (@JsonIgnoreProperties on the class), or take the key out",
        };
        let Some(object) = pointer.parent() else {
            return added(Severity::Error, format!("{reader} reads it otherwise"));
        };
        match taken {
            Taken::Refused(class) => strict(&class.name),
            Taken::Read(_, class, key) => {
                let names = std::iter::once(&key.name).chain(key.aliases.iter()).map(|name| &**name);
                let own = name(pointer);
                let members = document.at(&object);
                let other = names
                    .filter(|&other| other != own)
                    .find(|other| members.is_some_and(|object| document.member(object, other).is_some()));
                match other {
                    Some(other) => added(
                        Severity::Error,
                        format!("{reader} reads {other:?} and {own:?} as one: the later one wins"),
                    ),
                    None => added(
                        Severity::Warning,
                        format!("nobody yet; {reader} reads it as {:?} of {}", key.name, class.name),
                    ),
                }
            }
            Taken::Dropped(_) => {
                let likes = likes.get_or_insert_with(|| keys_on_the_way(mapping, &payload.reader));
                match likes.get(&letters(&name(pointer))) {
                    Some((class, key)) => added(
                        Severity::Warning,
                        format!("{reader} drops it, and {class} has {key:?}, which does not get it"),
                    ),
                    None => added(Severity::Note, format!("nobody: {reader} ignores unknown keys here")),
                }
            }
            Taken::Unknown => match &observation.outcome {
                Some(Outcome::Refused { stage: Stage::Read, place, input, .. })
                    if *input == payload.label && place.pointer == *pointer =>
                {
                    strict("the class that reads it")
                }
                // The reader gave up before it, or has something else where the key's object is.
                _ => added(
                    Severity::Error,
                    format!("what {reader} does with it cannot be seen here; a strict class refuses it"),
                ),
            },
        }
    }
}

/// The keys of the classes that the reader, the answer and the consumer have.
fn keys_on_the_way(mapping: &Mapping, reader: &Wire) -> Likes {
    let consumer: Option<Wire> = mapping.consumer.map(|consumer| consumer.wire);
    let wires = [Some(*reader), Some(mapping.target), consumer];
    let mut keys = Likes::new();
    for class in wires.into_iter().flatten().map(|wire| wire.dto.class) {
        let classes: Vec<&'static Class> = std::iter::once(class).chain(class.nested()).collect();
        for class in classes {
            for key in class.keys() {
                keys.entry(letters(&key.name)).or_insert((&class.name, &key.name));
            }
        }
    }
    keys
}

/// Whether two keys are the same but for what naming strategies change.
fn alike(gone: &Difference, appeared: &Difference) -> bool {
    letters(&name(&gone.pointer)) == letters(&name(&appeared.pointer))
}

/// A key without what naming strategies change.
fn letters(key: &str) -> String {
    key.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
