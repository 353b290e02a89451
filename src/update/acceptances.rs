//! The entries of `fixtures/accepted.toml` that name a key which is renamed, or gone.
//!
//! An entry whose key is gone is never deleted: its reason is a person's. It waits until a person has looked at it.

use super::moved::{Moved, PATH, rewritten, split};
use super::question::{Kind, Place, Question};
use super::versions::{KeyEdit, Step};
use crate::accepted::{Acceptance, Acceptances};
use crate::document::{Document, parse};
use crate::fixture::Case;
use crate::java::config::Naming;
use crate::java::naming::snake_case;
use crate::mapping::{Catalogue, Mapping, Wire};
use crate::model::places::at;
use crate::pointer::Pointer;

/// What a reviewer sees of it.
pub(super) fn shown(text: &str, moved: &[Moved]) -> Vec<Place> {
    let place = |(line, before, after)| Place {
        path: format!("{PATH}:{line}"),
        pointer: String::new(),
        before: Some(before),
        after: Some(after),
    };
    rewritten(text, moved).1.into_iter().map(place).collect()
}

/// The acceptances as they will be.
pub(super) fn moved_entries(entries: &[Acceptance], moved: &[Moved]) -> Vec<Acceptance> {
    let entry = |entry: &Acceptance| {
        let mut entry = entry.clone();
        for one in moved {
            if let Some(pointer) = one.new_pointer(&entry.mapping, &entry.pointer) {
                entry.pointer = pointer;
            }
        }
        entry
    };
    entries.iter().map(entry).collect()
}

/// What a rename of a class moves in the mappings that send it; in the spelling of each naming.
pub(super) fn moved(steps: &[Step], catalogue: &Catalogue) -> Vec<Moved> {
    let mut found = Vec::new();
    for step in steps {
        let KeyEdit::Rename { from, to } = &step.edit else { continue };
        let snake = |text: &str| text.split('/').map(snake_case).collect::<Vec<_>>().join("/");
        let key = |name: &str| format!("{}{}", step.objects, Pointer::ROOT.key(name));
        for mapping in catalogue.mappings {
            let inputs = mapping.inputs.iter().map(|input| (format!("{}:", input.name), input.wire));
            let sent = std::iter::once((String::new(), mapping.producer)).chain(inputs);
            for (input, _) in sent.filter(|(_, wire)| wire.dto.name() == step.dto) {
                let mut push = |from: String, to: String| {
                    let (from, to) = (format!("{input}{from}"), format!("{input}{to}"));
                    let moved = Moved { mapping: mapping.id.to_owned(), from, to };
                    if !found.contains(&moved) {
                        found.push(moved);
                    }
                };
                push(key(from), key(to));
                push(snake(&key(from)), snake(&key(to)));
            }
        }
    }
    found
}

/// The wires of a mapping, with what stands before the pointers of their values.
pub(super) fn wires(mapping: &Mapping) -> impl Iterator<Item = (String, Wire)> {
    let own = [mapping.producer, mapping.reader, mapping.target].into_iter();
    let own = own.chain(mapping.consumer.map(|consumer| consumer.wire)).map(|wire| (String::new(), wire));
    let inputs = mapping.inputs.iter();
    own.chain(inputs.flat_map(|input| [input.wire, input.reader].map(|wire| (format!("{}:", input.name), wire))))
}

/// A question for the entries about keys that are in no class of their mapping any more and in no payload.
pub(super) fn gone(known: &Acceptances, catalogue: &Catalogue, cases: &[Case], moved: &[Moved]) -> Option<Question> {
    let mut question = Question::new(Kind::Acceptance, "a key that is no more");
    for (entry, after) in known.entries.iter().zip(moved_entries(&known.entries, moved)) {
        let Some(mapping) = catalogue.mapping(&entry.mapping) else { continue };
        if after.pointer != entry.pointer || after.pointer.is_empty() || is_known(mapping, cases, &after.pointer) {
            continue;
        }
        let line = known.text[..entry.span.start].matches('\n').count() + 1;
        question.places.push(Place {
            path: format!("{}:{line}", known.path),
            pointer: String::new(),
            before: Some(format!("{} of {} at {:?}", entry.rule, entry.mapping, entry.pointer)),
            after: None,
        });
    }
    let lines: Vec<&str> = question.places.iter().map(|place| place.path.as_str()).collect();
    let what = if lines.len() == 1 { "the entry" } else { "each entry" };
    question.blocked = Some(format!(
        "no class has the key that it names: delete {what}, or give it the key that it is about now: {}",
        lines.join(", ")
    ));
    (!question.places.is_empty()).then_some(question)
}

/// Whether a class of a mapping, or a file of one of its cases, has a value there.
fn is_known(mapping: &Mapping, cases: &[Case], pointer: &str) -> bool {
    let (input, own) = split(pointer);
    let wanted = Pointer::read(own).pattern();
    let in_class = wires(mapping).filter(|(prefix, _)| prefix == input).any(|(_, wire)| {
        at(wire.dto.class, wire.config.naming, own).is_some() || at(wire.dto.class, Naming::Snake, own).is_some()
    });
    let has = |bytes: &[u8]| parse(bytes).is_ok_and(|document| is_in(&document, &wanted));
    in_class
        || cases.iter().filter(|case| case.mapping.id == mapping.id).any(|case| {
            let further = case.further.iter().filter(|further| format!("{}:", further.name) == input);
            let own = [Some(&case.payload), case.expected.as_ref()].into_iter().flatten().filter(|_| input.is_empty());
            own.chain(further.map(|further| &further.file)).any(|file| has(file.content.bytes()))
        })
}

fn is_in(document: &Document<'_>, wanted: &Pointer) -> bool {
    (0..document.len()).any(|node| document.pointer(node).pattern() == *wanted)
}
