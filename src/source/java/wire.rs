//! What a type is on the wire, where that is not what its name says: `@JsonValue` makes an object the one value that it
//! holds, and a class that is a collection or a map is written as one.

use std::collections::BTreeMap;

use super::annotations::holds;
use super::index::{ClassId, JavaType, Sources};
use super::leaves::{ITERABLES, LISTS, MAPS, PAGES};
use super::lombok;
use super::syntax::{Kind, TypeUse, Variable, find, has};

/// A class with what its type parameters stand for.
type Bound = (ClassId, BTreeMap<String, JavaType>);

/// Classes that stand for each other are followed this far: two can hold each other.
const MAX_STEPS: usize = 16;

/// The type that is written and read for a type: itself, unless a class of the tree stands for something else.
pub fn of(sources: &Sources, ty: &JavaType) -> JavaType {
    let mut at = ty.clone();
    for _ in 0..MAX_STEPS {
        let Some(next) = at.as_class().and_then(|class| step(sources, class, &at.arguments)) else { break };
        at = next;
    }
    match at.as_external().and_then(page) {
        Some(page) => JavaType { arguments: at.arguments, ..JavaType::external(page) },
        None => at,
    }
}

fn page(name: &str) -> Option<&'static str> {
    PAGES.iter().find(|(class, _)| *class == name).map(|(_, page)| *page)
}

/// The same inside of classes that stand for what they hold, with those of the type among them: a class that holds itself
/// is itself there.
pub fn within(sources: &Sources, ty: &JavaType, classes: &[ClassId]) -> (JavaType, Vec<ClassId>) {
    let (class, mut classes) = (ty.as_class(), classes.to_vec());
    if class.is_some_and(|class| classes.contains(&class)) {
        return (ty.clone(), classes);
    }
    let meant = of(sources, ty);
    classes.extend(class.filter(|_| meant != *ty));
    (meant, classes)
}

/// What a class is written as, if not as an object of its keys.
pub fn body(sources: &Sources, class: ClassId) -> Option<JavaType> {
    step(sources, class, &[]).map(|ty| of(sources, &ty))
}

fn step(sources: &Sources, class: ClassId, arguments: &[JavaType]) -> Option<JavaType> {
    if sources.declaration(class).kind == Kind::Enum {
        return None;
    }
    let supers = sources.supers(class);
    let ty = value(sources, &supers).or_else(|| container(sources, class, &supers))?;
    Some(ty.with(&sources.bindings(class, arguments)))
}

/// What `@JsonValue` makes of a class: the type of the nearest field or method that has it.
fn value(sources: &Sources, supers: &[Bound]) -> Option<JavaType> {
    supers.iter().find_map(|(owner, bindings)| {
        let declaration = sources.declaration(*owner);
        let field = declaration.fields.iter().find(|field| holds(&field.annotations, "JsonValue"));
        let method = || declaration.methods.iter().find(|method| holds(&method.annotations, "JsonValue"));
        let used = field.map(|field| &field.ty).or_else(|| method().and_then(|method| method.ty.as_ref()))?;
        Some(sources.resolve(*owner, used, &[]).with(bindings))
    })
}

/// The list or map of a library that a class extends or implements.
fn container(sources: &Sources, class: ClassId, supers: &[Bound]) -> Option<JavaType> {
    let annotations = &sources.declaration(class).annotations;
    let is_object = find(annotations, "JsonFormat").and_then(|found| found.get("shape")?.last_name()) == Some("OBJECT");
    if is_object || find(annotations, "JsonSerialize").is_some_and(|found| found.get("using").is_some()) {
        return None;
    }
    let bases = supers.iter().flat_map(|(owner, bindings)| {
        let declaration = sources.declaration(*owner);
        let used = declaration.extends.iter().chain(&declaration.implements);
        used.map(move |used: &TypeUse| sources.resolve(*owner, used, &[]).with(bindings))
    });
    let mut bases = bases.filter(|base| {
        let is_held = base.is_external(LISTS) || base.as_external().and_then(page).is_some();
        is_held && base.arguments.len() == 1 || base.is_external(MAPS) && base.arguments.len() == 2
    });
    let base = bases.next()?;
    let is_open = |base: &JavaType| base.is_external(ITERABLES) || base.as_external().and_then(page).is_some();
    let is_collection = !is_open(&base) || bases.any(|it| !is_open(&it));
    (is_collection || !supers.iter().any(|(owner, _)| has_key(sources, *owner))).then_some(base)
}

/// Whether a class brings a key, roughly: a getter, or a field that may have one.
fn has_key(sources: &Sources, class: ClassId) -> bool {
    let declaration = sources.declaration(class);
    let is_getter = |name: &str| {
        let rest = name.strip_prefix("get").or(name.strip_prefix("is"));
        rest.is_some_and(|rest| rest.starts_with(|first: char| !first.is_lowercase()))
    };
    let generates = has(&declaration.annotations, &["Data", "Value", "Getter"]) || declaration.kind == Kind::Record;
    let shown =
        |it: &&Variable| !it.modifiers.is_static && (generates || it.modifiers.is_public || !it.annotations.is_empty());
    declaration.fields.iter().any(|field| shown(&field))
        || declaration
            .methods
            .iter()
            .any(|it| it.parameters.is_empty() && !it.modifiers.is_static && is_getter(&it.name))
}

/// Whether something makes the class of the one value that it is written as: a creator, or a constructor of one argument.
pub fn is_made_of_its_value(sources: &Sources, class: ClassId) -> bool {
    if value(sources, &sources.supers(class)).is_none() {
        return true;
    }
    let declaration = sources.declaration(class);
    let fields = declaration.fields.iter().filter(|field| !field.modifiers.is_static).count();
    let factories = declaration.methods.iter().filter(|method| {
        method.modifiers.is_static && (has(&method.annotations, &["JsonCreator"]) || method.name == "valueOf")
    });
    let one = |parameters: usize| parameters == 1;
    declaration.constructors.iter().chain(factories).any(|method| one(method.parameters.len()))
        || one(fields)
            && (declaration.kind == Kind::Record
                || declaration.constructors.is_empty() && lombok::takes_all_fields(declaration))
}
