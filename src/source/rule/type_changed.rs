//! `type-changed`

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::model::{Body, Type};
use crate::source::config::{InForce, Maker};
use crate::source::diff::changes::Change;
use crate::source::diff::moved::{Moved, weight};
use crate::source::diff::{Comparison, mapper_of, simple_name};
use crate::source::java::class::{Facts, model_type};
use crate::source::java::expression::classes_in;
use crate::source::java::inclusion::is_optional;
use crate::source::java::index::{JavaType, TypeName};
use crate::source::report::Found;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "type-changed",
    severity: Severity::Error,
    summary: "a key holds something else",
    what: "Fires where a key of a class on a wire has another type, unless only the class of its value has another name. A \
           wider integer, a primitive that became its wrapper, a text that became an enum where it is only written, and an \
           object of another class that has all the keys of the first, with their types, are notes. An object of unknown keys that became a \
           class is a warning.",
    why: "A reader refuses the value, or takes it for something else: a number for a text, a list for an object.",
    example: include_str!("examples/type-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    optionals(comparison, findings);
    for (pair, change) in comparison.changes() {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        let name = simple_name(&new.facts.class.name);
        if *change == Change::Body {
            let shown = |found: &Found<'_>, facts: &Facts| match &facts.stands_for {
                Some(ty) => found.sources.shown(ty).to_string(),
                None => "an object of its keys".to_owned(),
            };
            let severity = match (&old.facts.class.body, &new.facts.class.body) {
                (Body::Type(was), Body::Type(is)) => weight(comparison, (was, is), comparison.ways(pair, None, None)).0,
                _ => RULE.severity,
            };
            let (was, is) = (shown(comparison.before, &old.facts), shown(comparison.after, &new.facts));
            findings.push(
                comparison
                    .finding(RULE.id, severity, pair, (None, None))
                    .message(format!("{name} was {was} on the wire and is {is}"))
                    .before(was)
                    .after(is)
                    .fix("keep what it is on the wire, or change both sides together"),
            );
            continue;
        }
        let &Change::Type { before, after } = change else { continue };
        if holds_another_kind(comparison, (&old.facts, before), (&new.facts, after)) {
            continue;
        }
        let ways = comparison.ways(pair, Some(before), Some(after));
        let (was, is) = (&old.facts.class.keys()[before], &new.facts.class.keys()[after]);
        let of = |types: (&Type, &Type)| weight(comparison, types, ways);
        let shown = |found: &Found<'_>, facts: &Facts, place: usize| {
            facts.keys.get(place).map_or(String::new(), |key| found.sources.shown(&key.java_type).to_string())
        };
        let (old_type, new_type) =
            (shown(comparison.before, &old.facts, before), shown(comparison.after, &new.facts, after));
        let is_open =
            |facts: &Facts, place: usize| facts.keys.get(place).is_some_and(|key| has_variable(&key.java_type));
        let (severity, lost) = match (is_open(&old.facts, before), is_open(&new.facts, after)) {
            // A type parameter is whatever it is bound to.
            (true, true) if shape(&was.ty) == shape(&is.ty) => (Severity::Note, Moved::default()),
            (true, false) => heaviest(bound(comparison.before, &old.facts, before).iter().map(|was| (was, &is.ty)), of),
            // What it was is still one of the types that it is bound to, or it is not: the ends say who gets another one.
            (false, true) => {
                let bound = bound(comparison.after, &new.facts, after);
                let weights = bound.iter().map(|is| of((&was.ty, is)));
                weights.min_by_key(|(severity, _)| *severity).unwrap_or((Severity::Note, Moved::default()))
            }
            _ => of((&was.ty, &is.ty)),
        };
        let lost = lost.said();
        findings.push(
            comparison
                .finding(RULE.id, severity, pair, (Some(before), Some(after)))
                .message(format!("the key {:?} of {name} was {old_type} and is {new_type}{lost}", is.name))
                .fix("keep the type on the wire, or add a key of the new type beside it"),
        );
    }
}

/// Keys that are an `Optional` from now on, where the mapper knows none: Jackson 2 needs a module for it.
fn optionals(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in &comparison.pairs {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        // A mapper that forgets it is said of the mapper; one that is not understood may know it.
        let knows = |mapper: Option<&InForce>| {
            mapper.is_none_or(|it| {
                it.maker == Maker::None || it.configured.has_optionals || !it.configured.unread.is_empty()
            })
        };
        if knows(mapper_of(comparison.before, old)) || knows(mapper_of(comparison.after, new)) {
            continue;
        }
        for (after, (key, facts)) in new.facts.rows().enumerate() {
            let before = pair.earlier(after);
            let was = before.and_then(|before| old.facts.keys.get(before));
            let ways = comparison.ways(pair, before, Some(after));
            let is_new = is_optional(&facts.java_type) && !was.is_some_and(|was| is_optional(&was.java_type));
            if !is_new || !(ways.written || ways.read) || pair.changes.iter().any(|it| is_type_of(it, after)) {
                continue;
            }
            let name = simple_name(&new.facts.class.name);
            findings.push(
                comparison
                    .finding(RULE.id, RULE.severity, pair, (before, Some(after)))
                    .message(format!(
                        "the key {:?} of {name} is an Optional, and the mapper has no module for it",
                        key.name
                    ))
                    .before(if was.is_some() { format!("{{{:?}:…}}", key.name) } else { "{…}".to_owned() })
                    .after(format!("{{{:?}:(cannot be written)}}", key.name))
                    .fix("register Jdk8Module, or keep the type and return null for what is not there"),
            );
        }
    }
}

fn is_type_of(change: &Change, key: usize) -> bool {
    matches!(change, Change::Type { after, .. } if *after == key)
}

/// Whether a key holds one class before and after that is written as another kind of value: that is said of the class.
fn holds_another_kind(comparison: &Comparison<'_>, old: (&Facts, usize), new: (&Facts, usize)) -> bool {
    let held = |(facts, place): (&Facts, usize)| {
        facts.keys.get(place).map(|key| classes_in(&key.java_type)).unwrap_or_default()
    };
    let (old, new) = (held(old), held(new));
    comparison
        .pairs
        .iter()
        .filter(|pair| pair.changes.contains(&Change::Body))
        .any(|pair| old.contains(&comparison.old(pair).facts.id) && new.contains(&comparison.new_class(pair).facts.id))
}

fn has_variable(ty: &JavaType) -> bool {
    matches!(ty.name, TypeName::Variable(_)) || ty.arguments.iter().any(has_variable)
}

/// What a key of a generic class holds with the type arguments that endpoints and other keys give the class.
fn bound(found: &Found<'_>, facts: &Facts, place: usize) -> Vec<Type> {
    let ends = found.inventory.ends.iter().map(|end| &end.ty);
    let keys = found.inventory.classes.iter().flat_map(|class| class.facts.keys.iter().map(|key| &key.java_type));
    let mut open: Vec<&JavaType> = ends.chain(keys).collect();
    let mut types = BTreeSet::new();
    while let Some(ty) = open.pop() {
        open.extend(&ty.arguments);
        if ty.name == TypeName::Class(facts.id) && !ty.arguments.is_empty() {
            let bindings = found.sources.bindings(facts.id, &ty.arguments);
            types.extend(facts.keys.get(place).map(|key| key.java_type.with(&bindings)));
        }
    }
    types.iter().map(|ty| model_type(found.sources, ty, None, &mut Vec::new())).collect()
}

/// The weight of the change that weighs most; a note where nothing says what changed.
fn heaviest<'t>(
    types: impl Iterator<Item = (&'t Type, &'t Type)>,
    of: impl Fn((&Type, &Type)) -> (Severity, Moved),
) -> (Severity, Moved) {
    types.map(of).max_by_key(|(severity, _)| *severity).unwrap_or((Severity::Note, Moved::default()))
}

/// The lists and maps around what a type holds in the end.
fn shape(ty: &Type) -> String {
    match ty {
        Type::List(inner) => format!("[{}", shape(inner)),
        Type::Map(inner) => format!("{{{}", shape(inner)),
        Type::Leaf { .. } | Type::Class(_) | Type::Other(_) => String::new(),
    }
}
