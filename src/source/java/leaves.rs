//! The types of Java that a field can have at the end of a path, by the names they are written with.

pub use crate::java::enumeration::ENUM;
use crate::model::{LeafType, leaf_types};

/// Types that are written as a list of what they hold.
pub const LISTS: &[&str] = &[
    "List",
    "Set",
    "Collection",
    "Iterable",
    "ArrayList",
    "LinkedList",
    "HashSet",
    "LinkedHashSet",
    "TreeSet",
    "SortedSet",
    "Queue",
    "Deque",
    "Stream",
    "Iterator",
    "ImmutableList",
    "ImmutableSet",
    "EnumSet",
    "NavigableSet",
    "Streamable",
    "AbstractList",
    "AbstractSet",
    "AbstractCollection",
    "Vector",
    "ArrayDeque",
    "PriorityQueue",
    "CopyOnWriteArrayList",
    "Flux",
];

/// Lists that are no collection: a class of the tree that is one is an object as soon as it has a key.
pub const ITERABLES: &[&str] = &["Iterable", "Iterator", "Streamable"];

/// Pages of Spring Data and the classes that are one: both are one object.
pub const PAGES: &[(&str, &str)] =
    &[("PageImpl", "Page"), ("SliceImpl", "Slice"), ("Page", "Page"), ("Slice", "Slice")];

/// Types that hold a payload and are none themselves. As the type of a key only `Optional` is one.
pub const WRAPPERS: &[&str] = &[
    "ResponseEntity",
    "HttpEntity",
    "RequestEntity",
    "Message",
    "Mono",
    "Optional",
    "Callable",
    "Future",
    "CompletableFuture",
    "CompletionStage",
    "ListenableFuture",
    "DeferredResult",
    "WebAsyncTask",
];

/// Types that are written as an object with a key for each entry.
pub const MAPS: &[&str] = &[
    "Map",
    "HashMap",
    "LinkedHashMap",
    "TreeMap",
    "SortedMap",
    "ConcurrentMap",
    "ConcurrentHashMap",
    "EnumMap",
    "ImmutableMap",
    "NavigableMap",
    "MultiValueMap",
    "AbstractMap",
    "ConcurrentSkipListMap",
];

/// Primitives: none of them can be null.
const PRIMITIVES: &[&str] = &["boolean", "byte", "char", "double", "float", "int", "long", "short"];

/// The leaf of a name, unless the file imports the name from another package.
pub fn named(name: &str, package: &str) -> Option<&'static LeafType> {
    let leaf = leaf_types::named(name)?;
    let own = leaf.java.rsplit_once('.').map_or("", |(package, _)| package);
    // A name in `java.lang` is imported by nobody; `Date` is that of `java.util` unless another one is imported.
    (package.is_empty() || package == own).then_some(leaf)
}

/// Whether a name is a primitive.
pub fn is_primitive(name: &str) -> bool {
    PRIMITIVES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_another_package_is_no_leaf() {
        assert_eq!(named("LocalDate", "java.time").map(|leaf| leaf.java), Some("java.time.LocalDate"));
        assert_eq!(named("String", "").map(|leaf| leaf.java), Some("java.lang.String"));
        assert_eq!(named("int", "").map(|leaf| leaf.nullable), Some(false));
        assert_eq!(named("LocalDate", "org.joda.time"), None);
    }
}
