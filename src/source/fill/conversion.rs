//! What a method of MapStruct does with each key of its target, and with a null of its source.

use std::collections::BTreeMap;

use super::methods::{OTHERS, given, mappings, property_of, signature};
use crate::source::java::class::Facts;
use crate::source::java::index::{ClassId, JavaType, Sources};
use crate::source::java::leaves::is_primitive;
use crate::source::java::syntax::{Annotation, Method, Value, find, has};
use crate::source::place::Place;

/// A method that MapStruct implements, also one that copies an object into another of its class.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// What it fills.
    pub target: ClassId,
    /// Where it stands.
    pub place: Place,
    /// The method: `Parcels.update(Order, Parcel)`.
    pub method: String,
    /// Whether it fills an object that it is handed.
    pub is_update: bool,
    /// The keys that a source has a value for, by field of the target.
    pub keys: BTreeMap<String, Mapped>,
}

/// A key of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// `ignore = true`
    pub is_ignored: bool,
    /// The property that it takes its value from, and its type.
    pub source: (String, JavaType),
    /// What a null of the source does to an object that is updated; none where there can be no null.
    pub nulls: Option<Nulls>,
}

/// What a null of a source does to the key of an object that is updated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nulls {
    /// The key becomes null: MapStruct's default.
    Clear,
    /// The key stays as it is.
    Keep,
    /// The key gets a value that stands for nothing.
    Default,
}

/// Reads a method without a body. One that takes over the mappings of another method is not followed.
pub(super) fn conversion(
    sources: &Sources,
    class: ClassId,
    method: &Method,
    targets: &BTreeMap<ClassId, &Facts>,
) -> Option<Conversion> {
    let resolve = |ty| sources.resolve(class, ty, &method.type_parameters);
    let updated = method.parameters.iter().find(|parameter| has(&parameter.annotations, &["MappingTarget"]));
    let target = resolve(updated.map(|parameter| &parameter.ty).or(method.ty.as_ref())?).as_class()?;
    let facts = *targets.get(&target)?;
    if has(&method.annotations, OTHERS) {
        return None;
    }
    let given = given(sources, class, method);
    let bean = find(&method.annotations, "BeanMapping");
    let by_name = bean.and_then(|it| it.get("ignoreByDefault")) != Some(&Value::Bool(true));
    let of_method = bean.and_then(strategy).or_else(|| of_mapper(sources, class)).unwrap_or(Nulls::Clear);
    let mappings = mappings(&method.annotations);
    let mut keys = BTreeMap::new();
    for field in facts.keys.iter().map(|key| key.field.as_str()) {
        let element = |name: &str| {
            let named =
                mappings.iter().find(|it| it.iter().any(|(key, value)| key == "target" && is_text(value, field)));
            named.and_then(|it| it.iter().find(|(key, _)| key == name)).map(|(_, value)| value)
        };
        let is_named = element("target").is_some();
        let is_ignored = element("ignore") == Some(&Value::Bool(true));
        // A value that is written down or computed has no source.
        if !is_named && !by_name || ["expression", "constant"].iter().any(|it| element(it).is_some()) {
            continue;
        }
        let path = match element("source") {
            Some(Value::Text(path)) => path.as_str(),
            Some(_) => continue,
            None => field,
        };
        let Some(ty) = property(sources, &given, path) else { continue };
        let has_default = ["defaultValue", "defaultExpression"].iter().any(|it| element(it).is_some());
        let own = element("nullValuePropertyMappingStrategy").and_then(nulls);
        let can_be_null = !has_default && !ty.as_external().is_some_and(is_primitive);
        let nulls = can_be_null.then(|| own.unwrap_or(of_method));
        keys.insert(field.to_owned(), Mapped { is_ignored, source: (path.to_owned(), ty), nulls });
    }
    Some(Conversion {
        target,
        place: sources.place(class, method.span),
        method: signature(sources, class, method),
        is_update: updated.is_some(),
        keys,
    })
}

fn is_text(value: &Value, text: &str) -> bool {
    matches!(value, Value::Text(found) if found == text)
}

/// What an annotation says of nulls.
fn strategy(annotation: &Annotation) -> Option<Nulls> {
    annotation.get("nullValuePropertyMappingStrategy").and_then(nulls)
}

fn nulls(value: &Value) -> Option<Nulls> {
    Some(match value.last_name()? {
        "SET_TO_NULL" => Nulls::Clear,
        "IGNORE" => Nulls::Keep,
        "SET_TO_DEFAULT" => Nulls::Default,
        _ => return None,
    })
}

/// What a mapper says of nulls for all its methods, itself or by the class that holds its configuration.
fn of_mapper(sources: &Sources, class: ClassId) -> Option<Nulls> {
    let mapper = find(&sources.declaration(class).annotations, "Mapper")?;
    strategy(mapper).or_else(|| {
        let Value::Class(config) = mapper.get("config")? else { return None };
        let config = sources.resolve(class, config, &[]).as_class()?;
        find(&sources.declaration(config).annotations, "MapperConfig").and_then(strategy)
    })
}

/// The type of a property that is named by a path: `order.size`, or `size` of the only parameter that has it.
fn property(sources: &Sources, given: &[(&str, JavaType)], path: &str) -> Option<JavaType> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let walk = |ty: &JavaType, steps: &str| {
        steps
            .split('.')
            .filter(|step| !step.is_empty())
            .try_fold(ty.clone(), |ty, step| property_of(sources, &ty, step))
    };
    match given.iter().find(|(name, _)| *name == first) {
        Some((_, ty)) if !rest.is_empty() || ty.as_class().is_none() => walk(ty, rest),
        _ => given.iter().find_map(|(_, ty)| walk(ty, path)),
    }
}
