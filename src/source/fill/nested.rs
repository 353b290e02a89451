//! Sites in methods that MapStruct adds by itself: of a class in a key to the class in the key that it fills.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Site;
use super::conversion::Conversion;
use super::methods::{mappings, property_of};
use super::origin::{Given, Origin};
use crate::source::java::class::Facts;
use crate::source::java::expression::classes_in;
use crate::source::java::index::{ClassId, JavaType, Sources};
use crate::source::java::leaves::LISTS;
use crate::source::java::lombok::is_built_by_lombok;
use crate::source::java::syntax::{Kind, Method, Value, find};

/// Classes in classes are followed this deep.
const DEPTH: usize = 4;

/// Adds the sites of the methods that MapStruct adds for the keys of one method.
///
/// Only where nothing else can map them: the mapper stands alone and uses no other. What its methods make is asked once
/// for a mapper: `made` keeps it.
pub(super) fn sites(
    sources: &Sources,
    class: ClassId,
    (method, conversion): (&Method, &Conversion),
    made: &OnceCell<BTreeSet<ClassId>>,
    targets: &BTreeMap<ClassId, &Facts>,
    sites: &mut Vec<Site>,
) {
    let declaration = sources.declaration(class);
    let mapper = find(&declaration.annotations, "Mapper");
    let is_told = mapper.is_none_or(|it| it.elements.iter().any(|(name, _)| !HARMLESS.contains(&name.as_str())));
    if is_told || conversion.is_update || sources.lineage(class).len() > 1 {
        return;
    }
    let Some(facts) = targets.get(&conversion.target) else { return };
    let mut open: Vec<(ClassId, ClassId)> = Vec::new();
    for key in &facts.keys {
        let Some(mapped) = conversion.keys.get(&key.field).filter(|mapped| !mapped.is_ignored) else { continue };
        if is_plain(method, &key.field) {
            open.extend(pair(sources, &mapped.source.1, &key.java_type));
        }
    }
    if open.is_empty() {
        return;
    }
    let mut made = made.get_or_init(|| made_by(sources, class)).clone();
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for (from, target) in std::mem::take(&mut open) {
            let Some(facts) = targets.get(&target).filter(|_| !made.contains(&target)) else { continue };
            made.insert(target);
            let source = JavaType::class(from);
            let mut filled: BTreeMap<String, Origin> = BTreeMap::new();
            for key in &facts.keys {
                if let Some(ty) = property_of(sources, &source, &key.field) {
                    next.extend(pair(sources, &ty, &key.java_type));
                    let origin = Origin { class: from, property: key.field.clone(), is_name: false };
                    filled.insert(key.field.clone(), origin);
                }
            }
            sites.push(site(sources, (class, method), (from, target), filled));
        }
        open = next;
    }
}

/// What the methods of a mapper make.
fn made_by(sources: &Sources, class: ClassId) -> BTreeSet<ClassId> {
    let of_method = |method: &Method| {
        method.ty.as_ref().map_or(Vec::new(), |ty| classes_in(&sources.resolve(class, ty, &method.type_parameters)))
    };
    sources.declaration(class).methods.iter().flat_map(of_method).collect()
}

/// Elements of `@Mapper` that do not change what is mapped to what.
const HARMLESS: &[&str] = &["componentModel", "unmappedTargetPolicy", "unmappedSourcePolicy", "injectionStrategy"];

/// Whether a key is mapped as it is: by its name, or by a `source` alone.
fn is_plain(method: &Method, field: &str) -> bool {
    mappings(&method.annotations).into_iter().all(|mapping| {
        let target = mapping.iter().find_map(|(name, value)| match value {
            Value::Text(text) if name == "target" => Some(text.as_str()),
            _ => None,
        });
        let is_other = target.is_some_and(|target| target != "." && target.split('.').next() != Some(field));
        let has_more = mapping.iter().any(|(name, _)| !["target", "source"].contains(&name.as_str()));
        is_other || target == Some(field) && !has_more
    })
}

/// The classes of a value and of the key that it is mapped to, where MapStruct has to write a method for them.
fn pair(sources: &Sources, from: &JavaType, to: &JavaType) -> Option<(ClassId, ClassId)> {
    let item = |ty: &JavaType| match ty.arguments.as_slice() {
        _ if ty.dimensions > 0 => None,
        [] => ty.as_class(),
        [item] if ty.is_external(LISTS) && item.dimensions == 0 && item.arguments.is_empty() => item.as_class(),
        _ => None,
    };
    let is_list = |ty: &JavaType| ty.as_class().is_none();
    let (source, target) = (item(from)?, item(to)?);
    let is_bean = |class| matches!(sources.declaration(class).kind, Kind::Class | Kind::Record);
    // What is a target already is handed on.
    let is_one = sources.lineage(source).iter().any(|(base, _)| *base == target);
    (is_list(from) == is_list(to) && is_bean(source) && is_bean(target) && !is_one).then_some((source, target))
}

fn site(
    sources: &Sources,
    (class, method): (ClassId, &Method),
    (from, target): (ClassId, ClassId),
    filled: BTreeMap<String, Origin>,
) -> Site {
    let simple = |class: ClassId| sources.declaration(class).name.rsplit('.').next().unwrap_or_default().to_owned();
    let (source, made) = (simple(from), simple(target));
    let start: String = source.chars().take(1).flat_map(char::to_lowercase).chain(source.chars().skip(1)).collect();
    Site {
        class: target,
        place: sources.place(class, method.span),
        // As MapStruct calls it.
        method: format!("{}.{start}To{made}({source})", sources.declaration(class).name),
        ordinal: 0,
        filled: filled.keys().cloned().collect(),
        ignored: BTreeSet::new(),
        is_complete: true,
        is_mapped: true,
        is_update: false,
        is_built: is_built_by_lombok(sources.declaration(target)),
        placed: Vec::new(),
        reads: filled.iter().map(|(field, it)| (it.class, it.property.clone(), field.clone())).collect(),
        from: filled,
        given: Given { classes: BTreeSet::from([from]), ..Given::default() },
    }
}
