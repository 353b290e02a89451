//! What all that looks for sites asks of methods and classes.

use crate::source::java::annotations::bean_name;
use crate::source::java::index::{ClassId, JavaType, Sources};
use crate::source::java::syntax::{Annotation, Method, Value, has};

/// Annotations by which a method is filled in ways that are not followed.
pub(super) const OTHERS: &[&str] =
    &["InheritConfiguration", "InheritInverseConfiguration", "SubclassMapping", "IterableMapping"];

/// Types that have no properties to be mapped: such a parameter is mapped by its own name.
pub(super) const PLAIN: &[&str] = &[
    "String",
    "Integer",
    "Long",
    "Boolean",
    "Double",
    "Float",
    "Short",
    "Byte",
    "BigDecimal",
    "BigInteger",
    "UUID",
    "int",
    "long",
    "boolean",
    "double",
    "float",
    "short",
    "byte",
    "char",
    "LocalDate",
    "LocalDateTime",
    "Instant",
    "OffsetDateTime",
    "ZonedDateTime",
    "Date",
    "List",
    "Set",
    "Collection",
];

/// A method as its callers tell it from others: `Handler.answer(Order, int)`.
pub(super) fn signature(sources: &Sources, class: ClassId, method: &Method) -> String {
    let parameters: Vec<&str> = method.parameters.iter().map(|parameter| parameter.ty.name.as_str()).collect();
    format!("{}.{}({})", sources.declaration(class).name, method.name, parameters.join(", "))
}

/// The parameters that values are taken from.
pub(super) fn given<'m>(sources: &Sources, class: ClassId, method: &'m Method) -> Vec<(&'m str, JavaType)> {
    method
        .parameters
        .iter()
        .filter(|parameter| !has(&parameter.annotations, &["MappingTarget", "Context", "TargetType"]))
        .map(|it| (it.name.as_str(), sources.resolve(class, &it.ty, &method.type_parameters)))
        .collect()
}

/// The elements of each `@Mapping`, also of those in `@Mappings`.
pub(super) fn mappings(annotations: &[Annotation]) -> Vec<&[(String, Value)]> {
    let mut found: Vec<&[(String, Value)]> = Vec::new();
    for annotation in annotations {
        match (annotation.name.as_str(), annotation.get("value")) {
            ("Mapping", _) => found.push(&annotation.elements),
            ("Mappings", Some(Value::List(list))) => found.extend(list.iter().filter_map(|value| match value {
                Value::Annotation(held) => Some(held.elements.as_slice()),
                _ => None,
            })),
            ("Mappings", Some(Value::Annotation(held))) => found.push(&held.elements),
            _ => {}
        }
    }
    found
}

/// The type of a property of a class: what its getter gives, or its field.
pub(super) fn property_of(sources: &Sources, owner: &JavaType, name: &str) -> Option<JavaType> {
    let class = owner.as_class()?;
    let own = sources.bindings(class, &owner.arguments);
    sources.lineage(class).into_iter().find_map(|(class, bindings)| {
        let declaration = sources.declaration(class);
        let is_getter = |method: &&Method| {
            let bean = method.name.strip_prefix("get").or(method.name.strip_prefix("is")).map(bean_name);
            method.parameters.is_empty() && bean.as_deref() == Some(name)
        };
        let getter = declaration.methods.iter().find(is_getter).and_then(|method| method.ty.as_ref());
        let field = declaration.fields.iter().find(|field| field.name == name).map(|field| &field.ty);
        Some(sources.resolve(class, getter.or(field)?, &[]).with(&bindings).with(&own))
    })
}

/// Whether a class has a property: a field, own or inherited, or a getter.
pub fn has_property(sources: &Sources, class: ClassId, name: &str) -> bool {
    property_of(sources, &JavaType::class(class), name).is_some()
}

/// The property that a setter sets.
pub(super) fn set_by(name: &str) -> Option<String> {
    let rest = name.strip_prefix("set").filter(|rest| rest.starts_with(|first: char| !first.is_lowercase()))?;
    Some(bean_name(rest))
}
