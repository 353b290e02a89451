//! What a method of MapStruct takes over from another one by `@InheritConfiguration`.

use std::borrow::Cow;

use super::methods::{given, mappings};
use crate::source::java::index::{ClassId, JavaType, Sources};
use crate::source::java::syntax::{Annotation, Method, Value, find, has};

const INHERITS: &str = "InheritConfiguration";
/// Methods that take over from each other are followed this far.
const MAX_DEPTH: usize = 3;

/// A method with the mappings that it takes over among its own. One whose other method is not found stays as it is.
pub(super) fn with_inherited<'m>(sources: &Sources, class: ClassId, method: &'m Method) -> Cow<'m, Method> {
    taken_over(sources, class, method, MAX_DEPTH)
}

fn taken_over<'m>(sources: &Sources, class: ClassId, method: &'m Method, depth: usize) -> Cow<'m, Method> {
    let Some(inherits) = find(&method.annotations, INHERITS).filter(|_| depth > 0) else {
        return Cow::Borrowed(method);
    };
    let Some((owner, other)) = meant(sources, class, method, inherits) else { return Cow::Borrowed(method) };
    let other = taken_over(sources, owner, other, depth - 1);
    let mut whole = method.clone();
    whole.annotations.retain(|annotation| annotation.name != INHERITS);
    let own: Vec<Option<&Value>> = mappings(&method.annotations).into_iter().map(target).collect();
    // What the method says itself comes first.
    for elements in mappings(&other.annotations).into_iter().filter(|it| !own.contains(&target(it))) {
        let (name, elements) = ("Mapping".to_owned(), elements.to_vec());
        whole.annotations.push(Annotation { name, elements, ..inherits.clone() });
    }
    Cow::Owned(whole)
}

fn target(mapping: &[(String, Value)]) -> Option<&Value> {
    mapping.iter().find(|(element, _)| element == "target").map(|(_, value)| value)
}

/// The method that is taken over from: the one that is named, else the only one that makes the same of the same.
fn meant<'s>(
    sources: &'s Sources,
    class: ClassId,
    method: &Method,
    inherits: &Annotation,
) -> Option<(ClassId, &'s Method)> {
    let named = match inherits.get("name") {
        Some(Value::Text(name)) => Some(name.as_str()),
        Some(_) => return None,
        None => None,
    };
    let wanted = (made(sources, class, method)?, taken(sources, class, method));
    let all = sources.supers(class).into_iter().flat_map(|(owner, _)| {
        sources.declaration(owner).methods.iter().filter(|it| it.body.is_none()).map(move |it| (owner, it))
    });
    let fits = |(owner, other): &(ClassId, &Method)| {
        other.span != method.span
            && named.is_none_or(|name| other.name == name)
            && made(sources, *owner, other).as_ref() == Some(&wanted.0)
    };
    let found: Vec<(ClassId, &Method)> = all.filter(fits).collect();
    match found.as_slice() {
        [only] => Some(*only),
        several => {
            let mut same = several.iter().filter(|(owner, other)| taken(sources, *owner, other) == wanted.1);
            same.next().filter(|_| same.next().is_none()).copied()
        }
    }
}

/// What a method fills.
fn made(sources: &Sources, class: ClassId, method: &Method) -> Option<JavaType> {
    let updated = method.parameters.iter().find(|parameter| has(&parameter.annotations, &["MappingTarget"]));
    let ty = updated.map(|parameter| &parameter.ty).or(method.ty.as_ref())?;
    Some(sources.resolve(class, ty, &method.type_parameters))
}

fn taken(sources: &Sources, class: ClassId, method: &Method) -> Vec<JavaType> {
    given(sources, class, method).into_iter().map(|(_, ty)| ty).collect()
}
