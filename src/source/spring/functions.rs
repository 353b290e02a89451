//! Functions of Spring Cloud Stream: beans that take messages, make them, or both.

use super::{Direction, NotFollowed, Seeds, Transport, Use};
use crate::source::java::expression::classes_in;
use crate::source::java::index::{ClassId, JavaType, Sources};
use crate::source::java::syntax::has;
use crate::source::place::Unread;

/// What a function takes and gives, by the places of its type arguments.
const FUNCTIONS: &[(&str, Option<usize>, Option<usize>)] =
    &[("Function", Some(0), Some(1)), ("Consumer", Some(0), None), ("Supplier", None, Some(0))];

/// The beans of a class that are functions.
pub(super) fn beans(sources: &Sources, class: ClassId, seeds: &mut Seeds) {
    for method in sources.declaration(class).methods.iter().filter(|method| has(&method.annotations, &["Bean"])) {
        let Some(ty) = &method.ty else { continue };
        let ty = sources.resolve(class, ty, &method.type_parameters);
        let Some((_, taken, given)) = FUNCTIONS.iter().find(|(name, ..)| ty.is_external(&[name])) else { continue };
        if classes_in(&ty).is_empty() {
            continue;
        }
        if !has_streams(sources) {
            let what =
                format!("{} is a {}: nothing says whether a stream is bound to it", method.name, sources.shown(&ty));
            let unread = Unread { place: sources.place(class, method.span), what };
            seeds.not_followed.push(NotFollowed { unread, classes: classes_in(&ty) });
            continue;
        }
        let argument = |place: &Option<usize>| -> Option<JavaType> { ty.arguments.get((*place)?).cloned() };
        for (held, direction, how) in
            [(argument(taken), Direction::Read, "input of"), (argument(given), Direction::Written, "output of")]
        {
            if let Some(held) = held {
                let way = (Transport::Stream, direction);
                seeds.end(
                    &sources.declaration(class).name,
                    None,
                    held,
                    Use::of_method(sources, class, method, way, how),
                );
            }
        }
    }
}

/// Whether anything says that the service has streams: a setting, or an import.
fn has_streams(sources: &Sources) -> bool {
    let is_set = |text: &str| {
        let text: String = text.split_whitespace().collect();
        ["cloud:stream:", "cloud:function:", "cloud.stream", "cloud.function"].iter().any(|key| text.contains(key))
    };
    sources.files.iter().filter(|source| !source.file.is_test()).any(|source| match &source.java {
        Some(java) => java.imports.iter().any(|import| import.name.starts_with("org.springframework.cloud.stream")),
        None => is_set(&source.file.text),
    })
}
