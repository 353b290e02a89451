//! Which classes Spring makes, so that their `@Bean` methods count, and which methods nobody calls.

use crate::source::java::index::{ClassId, Sources};
use crate::source::java::syntax::{Annotation, Method, TypeDeclaration};

/// How annotations begin that make no bean of a class by themselves; any other may.
const NO_STEREOTYPES: &[&str] = &[
    "Profile",
    "Conditional",
    "Import",
    "Enable",
    "PropertySource",
    "ComponentScan",
    "AutoConfigureAfter",
    "AutoConfigureBefore",
    "AutoConfigureOrder",
    "Order",
    "Primary",
    "Lazy",
    "Slf4j",
    "RequiredArgsConstructor",
    "AllArgsConstructor",
    "NoArgsConstructor",
    "SuppressWarnings",
    "Deprecated",
];
/// How the types end whose methods make a converter for whoever calls them.
const CONVERTERS: &[&str] = &["Converter", "DataFormat", "Serializer", "Deserializer", "Serde"];

/// Whether Spring, or code, makes a class: by an annotation, or because another one names it.
pub(super) fn is_made(sources: &Sources, class: ClassId) -> bool {
    let declared = sources.declaration(class);
    let says = |found: &Annotation| !NO_STEREOTYPES.iter().any(|kind| found.name.starts_with(kind));
    // A nested class with beans is one of the configuration around it.
    if declared.name.contains('.') || declared.annotations.iter().any(says) || !sources.below(class).is_empty() {
        return true;
    }
    let (named, new) = (format!("{}.class", declared.name), format!("new {}(", declared.name));
    texts(sources).any(|text| text.contains(&named) || text.contains(&new))
}

/// Whether a method makes a converter that nothing takes: it is no bean, and nobody calls it.
pub(super) fn is_left(sources: &Sources, declared: &TypeDeclaration, method: &Method) -> bool {
    let gives = method.ty.as_ref().is_some_and(|ty| CONVERTERS.iter().any(|kind| ty.name.ends_with(kind)));
    if !gives || !method.annotations.is_empty() || declared.modifiers.is_abstract {
        return false;
    }
    let (call, reference) = (format!("{}(", method.name), format!("::{}", method.name));
    let calls = texts(sources).map(|text| text.matches(&call).count()).sum::<usize>();
    calls < 2 && !texts(sources).any(|text| text.contains(&reference))
}

fn texts(sources: &Sources) -> impl Iterator<Item = &str> {
    let files = sources.files.iter().filter(|source| source.java.is_some() && !source.file.is_test());
    files.map(|source| &*source.file.text)
}
