//! Sites that MapStruct writes: an abstract method of a `@Mapper`, with its `@Mapping`s and what has the same name.

use std::collections::{BTreeMap, BTreeSet};

use super::Site;
use super::conversion::{Conversion, Mapped};
use super::methods::{OTHERS, PLAIN, given, mappings, property_of, signature};
use super::origin::{Given, Origin};
use crate::source::java::class::Facts;
use crate::source::java::index::{ClassId, JavaType, Sources};
use crate::source::java::lombok::is_built_by_lombok;
use crate::source::java::syntax::{Annotation, Method, Value, find, has};

/// Whether MapStruct implements a type.
pub(super) fn is_mapper(sources: &Sources, class: ClassId) -> bool {
    let annotation = find(&sources.declaration(class).annotations, "Mapper");
    annotation.is_some_and(|annotation| sources.is_from(class, annotation, "org.mapstruct"))
}

/// Adds the site of a method without a body.
pub(super) fn site(
    sources: &Sources,
    class: ClassId,
    method: &Method,
    targets: &BTreeMap<ClassId, &Facts>,
    conversion: Option<&Conversion>,
    sites: &mut Vec<Site>,
) {
    let resolve = |ty| sources.resolve(class, ty, &method.type_parameters);
    let is_target = |annotations: &[Annotation]| has(annotations, &["MappingTarget"]);
    let filled_one = method.parameters.iter().find(|parameter| is_target(&parameter.annotations));
    let Some(ty) = filled_one.map(|parameter| &parameter.ty).or(method.ty.as_ref()) else { return };
    let Some((target, facts)) = resolve(ty).as_class().and_then(|target| Some((target, *targets.get(&target)?))) else {
        return;
    };
    let given = given(sources, class, method);
    // A copy of an object fills what that has.
    if given.iter().any(|(_, ty)| ty.as_class() == Some(target)) {
        return;
    }
    let is_known = given.iter().all(|(_, ty)| ty.as_class().is_some() || ty.is_external(PLAIN));
    let (mut filled, mut ignored, mut is_complete) = (BTreeSet::new(), BTreeSet::new(), true);
    for mapping in mappings(&method.annotations) {
        let element = |name: &str| mapping.iter().find(|(element, _)| element == name).map(|(_, value)| value);
        let Some(Value::Text(path)) = element("target") else { continue };
        let field = path.split('.').next().unwrap_or_default();
        match element("ignore") {
            Some(Value::Bool(true)) => ignored.insert(field.to_owned()),
            // `target = "."` takes all of a source.
            _ if field.is_empty() => {
                is_complete = false;
                false
            }
            _ => filled.insert(field.to_owned()),
        };
    }
    is_complete &= !has(&method.annotations, OTHERS);
    let by_default = find(&method.annotations, "BeanMapping").and_then(|it| it.get("ignoreByDefault"));
    if by_default != Some(&Value::Bool(true)) {
        for field in facts.keys.iter().map(|key| key.field.as_str()) {
            let names_it = |(name, ty): &(&str, JavaType)| match ty.as_class() {
                Some(_) => property_of(sources, ty, field).is_some(),
                None => *name == field,
            };
            if !ignored.contains(field) && given.iter().any(names_it) {
                filled.insert(field.to_owned());
            }
        }
        // Of the properties of other people's classes nothing is known.
        is_complete &= is_known;
    }
    // An update of a part of an object leaves the rest to whoever made it.
    let is_update = is_complete && filled_one.is_some();
    is_complete &= filled_one.is_none();
    let by_origin = |(field, mapped): (&String, &Mapped)| {
        let (path, _) = &mapped.source;
        let class = given.first().filter(|_| given.len() == 1 && !path.contains('.')).and_then(|(_, ty)| ty.as_class());
        Some((field.clone(), Origin { class: class?, property: path.clone(), is_name: false }))
    };
    let from: BTreeMap<String, Origin> = conversion.map_or(BTreeMap::new(), |it| {
        it.keys.iter().filter(|(_, mapped)| !mapped.is_ignored).filter_map(by_origin).collect()
    });
    let (classes, others): (Vec<_>, Vec<_>) = given.iter().partition(|(_, ty)| ty.as_class().is_some());
    let at_hand = Given {
        classes: classes.iter().filter_map(|(_, ty)| ty.as_class()).collect(),
        names: others.iter().map(|(name, _)| (*name).to_owned()).collect(),
        is_open: !is_known,
    };
    sites.push(Site {
        class: target,
        place: sources.place(class, method.span),
        method: signature(sources, class, method),
        ordinal: 0,
        filled,
        ignored,
        is_complete,
        is_mapped: true,
        is_update,
        is_built: is_built_by_lombok(sources.declaration(target)) && !sources.text(class).contains("disableBuilder"),
        placed: Vec::new(),
        reads: from.iter().map(|(field, it)| (it.class, it.property.clone(), field.clone())).collect(),
        from,
        given: at_hand,
    });
}
