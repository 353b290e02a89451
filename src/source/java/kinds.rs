//! Which classes may stand where a class is declared: Jackson writes what an object is, and reads what its annotations
//! list.

use super::index::{ClassId, Sources};
use super::syntax::{Annotation, Kind, Value, find, has};

/// The classes that `@JsonSubTypes` lists, and with `@JsonTypeInfo` all that extend or implement the class; where it is only
/// written, those of an interface and of an abstract class also without.
pub fn of_class(sources: &Sources, class: ClassId, is_written: bool) -> Vec<ClassId> {
    let declaration = sources.declaration(class);
    let mut found = listed(sources, class, &declaration.annotations);
    let is_open = declaration.kind == Kind::Interface || declaration.modifiers.is_abstract;
    if has(&declaration.annotations, &["JsonTypeInfo"]) || is_written && is_open {
        found.extend(sources.below(class));
    }
    found
}

/// The same of a key that has such annotations itself, and of the classes that it holds.
pub fn of_key(sources: &Sources, class: ClassId, annotations: &[Annotation], held: &[ClassId]) -> Vec<ClassId> {
    let mut found = listed(sources, class, annotations);
    if has(annotations, &["JsonTypeInfo"]) {
        found.extend(held.iter().flat_map(|held| sources.below(*held)));
    }
    found
}

fn listed(sources: &Sources, class: ClassId, annotations: &[Annotation]) -> Vec<ClassId> {
    let types = match find(annotations, "JsonSubTypes").and_then(|found| found.get("value")) {
        Some(Value::List(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    let used = types.iter().filter_map(|ty| match ty {
        Value::Annotation(held) => held.elements.iter().find_map(|(name, value)| match value {
            Value::Class(used) if name == "value" => Some(used),
            _ => None,
        }),
        _ => None,
    });
    used.filter_map(|used| sources.resolve(class, used, &[]).as_class()).collect()
}
