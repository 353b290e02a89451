//! Functions of Spring Cloud Stream: beans that take messages, make them, or both.

use super::{Direction, NotFollowed, Seeds, Transport, Use};
use crate::source::java::expression::classes_in;
use crate::source::java::index::{ClassId, JavaType, Sources};
use crate::source::java::syntax::{Method, has};
use crate::source::place::Unread;

/// What a function takes and gives, by the places of its type arguments.
const FUNCTIONS: &[(&str, Option<usize>, Option<usize>)] =
    &[("Function", Some(0), Some(1)), ("Consumer", Some(0), None), ("Supplier", None, Some(0))];

/// The methods that run them.
const METHODS: &[&str] = &["apply", "accept", "get"];

/// The functions of a class: its beans, and the class itself where it is a component.
pub(super) fn beans(sources: &Sources, class: ClassId, seeds: &mut Seeds) {
    let declaration = sources.declaration(class);
    for method in declaration.methods.iter().filter(|method| has(&method.annotations, &["Bean"])) {
        if let Some(ty) = &method.ty {
            bean(sources, class, method, &sources.resolve(class, ty, &method.type_parameters), seeds);
        }
    }
    if has(&declaration.annotations, &["Component", "Service"]) {
        for used in &declaration.implements {
            let ty = sources.resolve(class, used, &[]);
            let method = declaration.methods.iter().find(|method| METHODS.contains(&method.name.as_str()));
            if let Some(method) = method {
                bean(sources, class, method, &ty, seeds);
            }
        }
    }
}

/// A bean that may be a function, made by a method or run by one.
fn bean(sources: &Sources, class: ClassId, method: &Method, ty: &JavaType, seeds: &mut Seeds) {
    let Some((_, taken, given)) = FUNCTIONS.iter().find(|(name, ..)| ty.is_external(&[name])) else { return };
    if classes_in(ty).is_empty() {
        return;
    }
    if !has_streams(sources) {
        let what = format!("{} is a {}: nothing says whether a stream is bound to it", method.name, sources.shown(ty));
        let unread = Unread { place: sources.place(class, method.span), what };
        seeds.not_followed.push(NotFollowed { unread, classes: classes_in(ty) });
        return;
    }
    let argument = |place: &Option<usize>| -> Option<JavaType> { ty.arguments.get((*place)?).cloned() };
    for (held, direction, how) in
        [(argument(taken), Direction::Read, "input of"), (argument(given), Direction::Written, "output of")]
    {
        if let Some(held) = held {
            let way = (Transport::Stream, direction);
            seeds.end(&sources.declaration(class).name, None, held, Use::of_method(sources, class, method, way, how));
        }
    }
}

/// Whether anything says that the service has streams: a setting, or an import.
fn has_streams(sources: &Sources) -> bool {
    // In YAML something else of the cloud may stand between.
    let is_set = |text: &str| {
        let has = |word: &str| text.contains(word);
        has("cloud.stream") || has("cloud.function") || has("cloud:") && (has("stream:") || has("function:"))
    };
    sources.files.iter().filter(|source| !source.file.is_test()).any(|source| match &source.java {
        Some(java) => java.imports.iter().any(|import| import.name.starts_with("org.springframework.cloud.stream")),
        None => is_set(&source.file.text),
    })
}
