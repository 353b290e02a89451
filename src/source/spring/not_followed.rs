//! Ways to a wire that are not followed: each is listed, with the classes that go there where they are named.

use super::{NotFollowed, Seeds};
use crate::source::java::index::{ClassId, Sources};
use crate::source::java::syntax::{Annotation, Method, TypeDeclaration};
use crate::source::place::{Place, Span, Unread};

/// Ways over HTTP that are not followed: the annotation, its package, and what it is.
const NOT_FOLLOWED: &[(&str, &str, &str)] = &[
    ("Path", "jakarta.ws.rs", "a resource of JAX-RS"),
    ("Path", "javax.ws.rs", "a resource of JAX-RS"),
    ("RepositoryRestResource", "org.springframework.data.rest", "a repository that Spring Data REST answers with"),
    ("BasePathAwareController", "org.springframework.data.rest", "a controller of Spring Data REST"),
    ("WebService", "jakarta.jws", "a service of JAX-WS"),
    ("WebService", "javax.jws", "a service of JAX-WS"),
];
/// The same of methods.
const NOT_FOLLOWED_METHODS: &[(&str, &str, &str)] = &[
    ("QueryMapping", "org.springframework.graphql", "answers over GraphQL"),
    ("MutationMapping", "org.springframework.graphql", "answers over GraphQL"),
    ("SchemaMapping", "org.springframework.graphql", "answers over GraphQL"),
];
/// What configures Lombok for its folder and all below.
const LOMBOK_FILE: &str = "lombok.config";
/// Words of a Kotlin file that may say something of a wire.
const KOTLIN: &[&str] = &["data class", "@Rest", "@Controller", "Listener", "@Json", "@Document", "@Feign"];
/// Settings of Lombok that change what Jackson sees of a class, by the beginnings of their names.
const LOMBOK: &[&str] = &[
    "lombok.accessors.",
    "lombok.getter.",
    "lombok.setter.",
    "lombok.anyConstructor.addConstructorProperties",
    "lombok.allArgsConstructor",
    "lombok.copyableAnnotations",
    "lombok.copyJacksonAnnotationsToAccessors",
];

/// Says what answers over a way that is not followed: it is on a wire, and nothing of it is known here.
pub(super) fn of_declarations(sources: &Sources, class: ClassId, declaration: &TypeDeclaration, seeds: &mut Seeds) {
    let known = |annotation: &Annotation, known: &[(&str, &str, &'static str)]| {
        let same = |(name, package, _): &&(&str, &str, &'static str)| {
            annotation.name == *name && sources.is_from(class, annotation, package)
        };
        known.iter().find(same).map(|(_, _, what)| *what)
    };
    for annotation in &declaration.annotations {
        if let Some(what) = known(annotation, NOT_FOLLOWED) {
            let what = format!("{} is {what}: what it writes and reads is not followed", declaration.name);
            let unread = Unread { place: sources.place(class, annotation.span), what };
            let classes = declaration.methods.iter().flat_map(|method| named(sources, class, method)).collect();
            seeds.not_followed.push(NotFollowed { unread, classes });
        }
    }
    for method in &declaration.methods {
        let router = method.ty.as_ref().is_some_and(|ty| ty.name == "RouterFunction");
        let what = method.annotations.iter().find_map(|annotation| known(annotation, NOT_FOLLOWED_METHODS));
        if let Some(what) = what.or(router.then_some("routes requests in code")) {
            let what = format!("{} {what}: what it writes and reads is not followed", method.name);
            let unread = Unread { place: sources.place(class, method.span), what };
            seeds.not_followed.push(NotFollowed { unread, classes: named(sources, class, method) });
        }
    }
}

/// The classes of the tree that a method takes and gives.
fn named(sources: &Sources, class: ClassId, method: &Method) -> Vec<ClassId> {
    let types = method.ty.iter().chain(method.parameters.iter().map(|parameter| &parameter.ty));
    types.flat_map(|ty| sources.resolve(class, ty, &method.type_parameters).classes()).collect()
}

/// Files that say something of the wire and are not read: Kotlin, and what configures Lombok.
pub(super) fn of_files(sources: &Sources) -> Vec<NotFollowed> {
    let mut found = Vec::new();
    let mut add = |path: &std::sync::Arc<str>, span, what| {
        let unread = Unread { place: Place { path: path.clone(), span }, what };
        found.push(NotFollowed { unread, classes: Vec::new() });
    };
    for file in &sources.beside {
        if file.path.ends_with(".kt") && KOTLIN.iter().any(|word| file.text.contains(word)) {
            add(&file.path, Span::default(), format!("{} is Kotlin, which is not read", file.path));
        }
        if !file.path.ends_with(LOMBOK_FILE) {
            continue;
        }
        let mut start = 0;
        for (line, text) in file.text.split_inclusive('\n').enumerate() {
            let setting = text.trim();
            let changes = LOMBOK.iter().any(|name| setting.starts_with(name)) && !setting.ends_with("false");
            if changes && !setting.starts_with("lombok.accessors.chain") {
                let span = Span { start, end: start + text.trim_end().len(), line: line + 1, column: 1 };
                add(&file.path, span, format!("\"{setting}\" changes what Lombok makes, and is not followed"));
            }
            start += text.len();
        }
    }
    found
}
