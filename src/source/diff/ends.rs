//! What a method of a controller, a client or a listener takes or gives, before and after.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Comparison, Ways};
use super::in_force::config_of;
use super::moved::moved;
use super::sample;
use crate::finding::Severity;
use crate::model::leaf_types;
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
    let known: BTreeSet<ClassId> = paired.values().copied().collect();
    let new_name = |class: ClassId| match known.contains(&class) {
        true => after.sources.identity(class),
        false => simple(after.sources, class),
    };
    let mut found = Vec::new();
    for (old, new) in both(comparison) {
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

/// The ends that are one in both revisions.
pub(super) fn both<'a>(comparison: &Comparison<'a>) -> Vec<(&'a End, &'a End)> {
    let (before, after) = (comparison.before, comparison.after);
    let (mut olds, mut news): (Vec<&End>, Vec<&End>) =
        (before.inventory.ends.iter().collect(), after.inventory.ends.iter().collect());
    let mut found = Vec::new();
    // What the other end knows comes first: a method may have another name, or the name of another one.
    for identity in [by_route as fn(&End) -> Option<Identity>, by_method] {
        let mut pairs = Vec::new();
        let earlier = grouped(&olds, identity);
        for (identity, ends) in grouped(&news, identity) {
            // Overloads have no identity of their own.
            if let ([new], Some([old])) = (ends.as_slice(), earlier.get(&identity).map(Vec::as_slice)) {
                pairs.push((*old, *new));
            }
        }
        let known: BTreeSet<*const End> =
            pairs.iter().flat_map(|(old, new)| [std::ptr::from_ref(*old), std::ptr::from_ref(*new)]).collect();
        olds.retain(|end| !known.contains(&std::ptr::from_ref(*end)));
        news.retain(|end| !known.contains(&std::ptr::from_ref(*end)));
        found.extend(pairs);
    }
    found
}

/// How much it weighs that an end carries something else, and what is lost, as the end of a sentence. Nothing where the
/// payload is the same under another class.
pub fn weight(comparison: &Comparison<'_>, end: &ChangedEnd<'_>) -> Option<(Severity, String)> {
    let direction = end.after.used.direction;
    let ways = Ways { written: direction == Direction::Written, read: direction == Direction::Read };
    of_types(comparison, (&end.before.ty, &end.after.ty), ways)
}

/// The same of two types that are written.
pub fn weight_written(comparison: &Comparison<'_>, was: &JavaType, is: &JavaType) -> Option<(Severity, String)> {
    of_types(comparison, (was, is), Ways { written: true, read: false })
}

fn of_types(comparison: &Comparison<'_>, (was, is): (&JavaType, &JavaType), ways: Ways) -> Option<(Severity, String)> {
    let (was, is) = (unwrapped(was), unwrapped(is));
    let error = Some((Severity::Error, String::new()));
    match (item(was), item(is)) {
        (Some(was), Some(is)) => return of_types(comparison, (&was, &is), ways),
        (None, None) => {}
        _ => return error,
    }
    let arguments = || {
        let pairs = was.arguments.iter().zip(&is.arguments);
        pairs.filter_map(|(was, is)| of_types(comparison, (was, is), ways)).max_by_key(|(severity, _)| *severity)
    };
    let is_leaf = |name: &str| leaf_types::named(name).is_some() || BOXES.iter().any(|(_, it)| *it == name);
    match (&was.name, &is.name) {
        // Nobody reads anything of an answer that was empty.
        (TypeName::External { name, .. }, _) if is_void(name) && ways.written => Some((Severity::Note, String::new())),
        (TypeName::Class(one), TypeName::Class(other)) => {
            let class =
                |found: &Found<'_>, id: ClassId| found.inventory.classes.iter().position(|class| class.facts.id == id);
            let (Some(one), Some(other)) = (class(comparison.before, *one), class(comparison.after, *other)) else {
                return error;
            };
            if comparison.pairs.iter().any(|pair| pair.before == one && pair.after == other) {
                return arguments();
            }
            let (one, other) = (&comparison.before.inventory.classes[one], &comparison.after.inventory.classes[other]);
            let moved = moved(comparison, one, other, ways);
            match (moved.is_loss(), moved.gained.is_empty()) {
                (true, _) => Some((Severity::Error, moved.said())),
                (false, false) => {
                    let more: Vec<String> = moved.gained.iter().map(|key| format!("{key:?}")).collect();
                    Some((Severity::Note, format!(", with {} besides", more.join(", "))))
                }
                (false, true) => None,
            }
        }
        (TypeName::External { name: one, .. }, TypeName::External { name: other, .. }) if one == other => arguments(),
        (one, other) => {
            let elsewhere = [one, other].into_iter().find_map(|it| match it {
                TypeName::External { name, .. } if !is_leaf(name) && !is_void(name) && !is_map(name) => Some(name),
                _ => None,
            });
            let is_leaf =
                |it: &TypeName| matches!(it, TypeName::External { name, .. } if is_leaf(name) || is_void(name));
            match elsewhere {
                // Its keys are in no file: generated, or of a library.
                Some(name) if !is_leaf(one) && !is_leaf(other) => {
                    Some((Severity::Warning, format!("; {name} is not in the sources, so nothing could be compared")))
                }
                _ => error,
            }
        }
    }
}

fn is_void(name: &str) -> bool {
    ["void", "Void"].contains(&name)
}

fn is_map(name: &str) -> bool {
    MAPS.contains(&name)
}

/// What a wrapper holds.
fn unwrapped(ty: &JavaType) -> &JavaType {
    match &ty.name {
        TypeName::External { name, .. } if ty.dimensions == 0 && WRAPPERS.contains(&name.as_str()) => {
            ty.arguments.first().map_or(ty, unwrapped)
        }
        _ => ty,
    }
}

/// What a list holds.
fn item(ty: &JavaType) -> Option<JavaType> {
    match &ty.name {
        _ if ty.dimensions > 0 => Some(JavaType { dimensions: ty.dimensions - 1, ..ty.clone() }),
        TypeName::External { name, .. } if LISTS.contains(&name.as_str()) => ty.arguments.first().cloned(),
        _ => None,
    }
}

/// Whether two are one; a generic class without its arguments leaves them open.
fn is_same(one: &str, other: &str) -> bool {
    let is_raw_of = |raw: &str, full: &str| full.strip_prefix(raw).is_some_and(|rest| rest.starts_with('<'));
    one == other || is_raw_of(one, other) || is_raw_of(other, one)
}

/// What tells an end from others: its transport, and two texts.
type Identity = (Transport, String, String);

fn by_route(end: &End) -> Option<Identity> {
    Some((end.used.transport, end.used.direction.name().to_owned(), end.route.clone()?))
}

fn by_method(end: &End) -> Option<Identity> {
    let how = format!("{} {}", end.used.direction.name(), end.used.how);
    Some((end.used.transport, end.owner.clone(), how))
}

fn grouped<'a>(ends: &[&'a End], identity: fn(&End) -> Option<Identity>) -> BTreeMap<Identity, Vec<&'a End>> {
    let mut groups: BTreeMap<_, Vec<&End>> = BTreeMap::new();
    for end in ends {
        if let Some(identity) = identity(end) {
            groups.entry(identity).or_default().push(end);
        }
    }
    groups
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
