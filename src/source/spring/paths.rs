//! The verb and the path of a method that answers or makes requests: what the other end knows of it.

use crate::source::java::annotations::texts;
use crate::source::java::index::{ClassId, Sources};
use crate::source::java::syntax::{Annotation, Method, Value, find};

/// Methods that answer requests.
pub(super) const MAPPINGS: &[&str] = &[
    "RequestMapping",
    "GetMapping",
    "PostMapping",
    "PutMapping",
    "PatchMapping",
    "DeleteMapping",
    "ExceptionHandler",
    "MessageMapping",
    "SubscribeMapping",
];
/// Annotations of a method, and the verb that each stands for; none where an element says it.
const VERBS: &[(&str, Option<&str>)] = &[
    ("GetMapping", Some("GET")),
    ("PostMapping", Some("POST")),
    ("PutMapping", Some("PUT")),
    ("PatchMapping", Some("PATCH")),
    ("DeleteMapping", Some("DELETE")),
    ("RequestMapping", None),
    ("GetExchange", Some("GET")),
    ("PostExchange", Some("POST")),
    ("PutExchange", Some("PUT")),
    ("PatchExchange", Some("PATCH")),
    ("DeleteExchange", Some("DELETE")),
    ("HttpExchange", None),
];

/// The route of a method of a controller: `GET /parcels/{}`. The annotations may stand in a class or interface above.
pub(super) fn of_endpoint(
    sources: &Sources,
    (class, owner): (ClassId, ClassId),
    (mapped_by, mapped): (ClassId, &Method),
) -> Option<String> {
    let classes = [class, owner, mapped_by];
    let base = classes.into_iter().find_map(|class| {
        let found = find(&sources.declaration(class).annotations, "RequestMapping")?;
        path(sources, class, found)
    });
    of_method(sources, mapped_by, mapped, &base.unwrap_or_default())
}

/// The route of a method of a client, with the name of the service that it asks.
pub(super) fn of_request(sources: &Sources, (class, owner): (ClassId, ClassId), method: &Method) -> Option<String> {
    let annotations = &sources.declaration(class).annotations;
    let client = find(annotations, "FeignClient").or_else(|| find(annotations, "HttpExchange"));
    let text = |name: &str| client.and_then(|it| it.get(name)).map(|value| texts(value, sources, class).0.join(","));
    let service = text("name").or_else(|| text("value")).unwrap_or_default();
    let base = text("path").unwrap_or_default();
    let route = of_method(sources, owner, method, &base)?;
    Some(format!("{service}: {route}"))
}

fn of_method(sources: &Sources, class: ClassId, method: &Method, base: &str) -> Option<String> {
    let (annotation, verb) = VERBS.iter().find_map(|(name, verb)| Some((find(&method.annotations, name)?, *verb)))?;
    let verb = verb.map(str::to_owned).or_else(|| {
        let said = annotation.get("method")?;
        let verbs = match said {
            Value::List(verbs) => verbs.iter().filter_map(Value::last_name).collect::<Vec<_>>(),
            one => one.last_name().into_iter().collect(),
        };
        Some(verbs.join(","))
    });
    let own = path(sources, class, annotation)?;
    let full = format!("{}/{}", base.trim_matches('/'), own.trim_matches('/'));
    Some(format!("{} /{}", verb.unwrap_or_else(|| "ANY".to_owned()), without_names(full.trim_matches('/'))))
}

/// The paths of an annotation; nothing where one of them is no text that can be told.
fn path(sources: &Sources, class: ClassId, annotation: &Annotation) -> Option<String> {
    let Some(value) = annotation.get("path").or_else(|| annotation.get("value")).or_else(|| annotation.get("url"))
    else {
        return Some(String::new());
    };
    let (paths, all) = texts(value, sources, class);
    all.then(|| paths.join(","))
}

/// A path without the names of its variables: `/parcels/{id}` and `/parcels/{parcelId:\\d+}` are one.
fn without_names(path: &str) -> String {
    let (mut text, mut depth) = (String::new(), 0_usize);
    for character in path.chars() {
        match character {
            '{' => {
                depth += 1;
                if depth == 1 {
                    text.push('{');
                }
            }
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    text.push('}');
                }
            }
            _ if depth == 0 => text.push(character),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::without_names;

    #[test]
    fn variables_of_a_path_have_no_names() {
        assert_eq!(without_names("a/{id}/b"), "a/{}/b");
        assert_eq!(without_names("a/{id:\\d{7}}"), "a/{}");
        assert_eq!(without_names("a}/{b"), "a}/{");
    }
}
