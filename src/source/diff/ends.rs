//! What a method of a controller, a client or a listener takes or gives, before and after.

use std::collections::BTreeMap;

use super::comparison::Comparison;
use super::in_force::config_of;
use super::sample;
use crate::source::java::index::{ClassId, JavaType, Sources, TypeName};
use crate::source::java::leaves::{LISTS, MAPS, WRAPPERS};
use crate::source::java::wire;
use crate::source::report::Found;
use crate::source::spring::{Direction, End, Transport};

/// Boxes of primitives.
const BOXES: &[(&str, &str)] = &[
    ("Integer", "int"),
    ("Long", "long"),
    ("Short", "short"),
    ("Byte", "byte"),
    ("Double", "double"),
    ("Float", "float"),
    ("Boolean", "boolean"),
    ("Character", "char"),
    ("Void", "void"),
];

/// An end of both revisions that carries something else.
pub struct ChangedEnd<'a> {
    /// The earlier one.
    pub before: &'a End,
    /// The later one.
    pub after: &'a End,
}

/// The ends of both revisions that carry something else. What one of them leaves open (`Object`) is not compared.
pub fn changed<'a>(comparison: &Comparison<'a>) -> Vec<ChangedEnd<'a>> {
    let (before, after) = (comparison.before, comparison.after);
    // A class of both is one name, whatever each revision calls it.
    let paired: BTreeMap<ClassId, ClassId> = comparison
        .pairs
        .iter()
        .map(|pair| (comparison.old(pair).facts.id, comparison.new_class(pair).facts.id))
        .collect();
    let old_name = |class: ClassId| match paired.get(&class) {
        Some(new) => after.sources.identity(*new),
        None => simple(before.sources, class),
    };
    let is_paired = |class: ClassId| paired.values().any(|new| *new == class);
    let new_name = |class: ClassId| match is_paired(class) {
        true => after.sources.identity(class),
        false => simple(after.sources, class),
    };
    let olds = by_identity(before);
    let mut found = Vec::new();
    for (identity, ends) in by_identity(after) {
        // Overloads have no identity of their own.
        let ([new], Some([old])) = (ends.as_slice(), olds.get(&identity).map(Vec::as_slice)) else { continue };
        let one = carried(before.sources, &old.ty, (&old_name, Some(&[])));
        let other = carried(after.sources, &new.ty, (&new_name, Some(&[])));
        let (Some(one), Some(other)) = (one, other) else { continue };
        // What is read as a text or as bytes, code takes apart later: into which class, its calls say.
        let is_raw = |it: &str| new.used.direction == Direction::Read && ["String", "[byte]"].contains(&it);
        // One class that is another kind of value is told of the class.
        let is_named_alike = || {
            carried(before.sources, &old.ty, (&old_name, None)) == carried(after.sources, &new.ty, (&new_name, None))
        };
        if !is_same(&one, &other) && !is_raw(&one) && !is_raw(&other) && !is_named_alike() {
            found.push(ChangedEnd { before: old, after: new });
        }
    }
    found
}

/// Whether two are one; a generic class without its arguments leaves them open.
fn is_same(one: &str, other: &str) -> bool {
    let is_raw_of = |raw: &str, full: &str| full.strip_prefix(raw).is_some_and(|rest| rest.starts_with('<'));
    one == other || is_raw_of(one, other) || is_raw_of(other, one)
}

fn by_identity<'a>(found: &'a Found<'_>) -> BTreeMap<(Transport, String, String), Vec<&'a End>> {
    let mut ends: BTreeMap<_, Vec<&End>> = BTreeMap::new();
    for end in &found.inventory.ends {
        let how = format!("{} {}", end.used.direction.name(), end.used.how);
        ends.entry((end.used.transport, end.owner.clone(), how)).or_default().push(end);
    }
    ends
}

fn simple(sources: &Sources, class: ClassId) -> String {
    sources.declaration(class).name.clone()
}

/// What a type is in JSON, by the names of its classes; nothing of what is left open. Where it is not said inside of which
/// classes it is, a class is itself and not what it stands for.
fn carried(
    sources: &Sources,
    ty: &JavaType,
    (name, within): (&dyn Fn(ClassId) -> String, Option<&[ClassId]>),
) -> Option<String> {
    let meant = within.map(|within| wire::within(sources, ty, within));
    let ty = meant.as_ref().map_or(ty, |(ty, _)| ty);
    let within = meant.as_ref().map(|(_, within)| within.as_slice());
    let carried = |held: &JavaType| carried(sources, held, (name, within));
    if ty.dimensions > 0 {
        let item = JavaType { dimensions: ty.dimensions - 1, ..ty.clone() };
        return Some(format!("[{}]", carried(&item).unwrap_or_else(|| "?".to_owned())));
    }
    let argument = |place: usize| ty.arguments.get(place).and_then(&carried);
    let open = |held: Option<String>| held.unwrap_or_else(|| "?".to_owned());
    match &ty.name {
        TypeName::Variable(_) => None,
        TypeName::Class(class) => {
            let arguments: Vec<String> = (0..ty.arguments.len()).map(|place| open(argument(place))).collect();
            Some(if arguments.is_empty() { name(*class) } else { format!("{}<{}>", name(*class), arguments.join(",")) })
        }
        TypeName::External { name: external, .. } => match external.as_str() {
            "Object" | "?" | "JsonNode" | "ObjectNode" => None,
            wrapper if WRAPPERS.contains(&wrapper) => argument(0),
            list if LISTS.contains(&list) => Some(format!("[{}]", open(argument(0)))),
            map if MAPS.contains(&map) => Some(format!("{{{}}}", open(argument(1)))),
            other => {
                let other = BOXES.iter().find(|(boxed, _)| *boxed == other).map_or(other, |(_, primitive)| primitive);
                let arguments: Vec<String> = (0..ty.arguments.len()).map(|place| open(argument(place))).collect();
                Some(if arguments.is_empty() { other.to_owned() } else { format!("{other}<{}>", arguments.join(",")) })
            }
        },
    }
}

/// A payload of a type in small; the type where no class says more.
pub fn shown(found: &Found<'_>, ty: &JavaType) -> String {
    let held = || ty.arguments.first().map_or_else(|| "?".to_owned(), |held| shown(found, held));
    match &ty.name {
        _ if ty.dimensions > 0 => format!("[{},…]", shown(found, &JavaType { dimensions: 0, ..ty.clone() })),
        TypeName::External { name, .. } if WRAPPERS.contains(&name.as_str()) => held(),
        TypeName::External { name, .. } if LISTS.contains(&name.as_str()) => format!("[{},…]", held()),
        TypeName::Class(class) => match found.inventory.classes.iter().find(|it| it.facts.id == *class) {
            Some(class) if class.facts.stands_for.is_none() => {
                let places: Vec<usize> = (0..class.facts.class.keys().len().min(2)).collect();
                sample::payload(&class.facts, &config_of(found, class), &places)
            }
            _ => found.sources.shown(ty).to_string(),
        },
        _ => found.sources.shown(ty).to_string(),
    }
}
