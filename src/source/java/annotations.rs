//! Jackson's annotations, and those of others that say something about a key: what is understood of each.

use super::index::{ClassId, Sources};
use super::parse::Reader;
use super::syntax::{Annotation, Kind, Value, Variable, find, has};

/// An annotation and the class in whose file it stands.
#[derive(Clone, Copy, Debug)]
pub struct Found<'s> {
    /// In whose file.
    pub class: ClassId,
    /// The annotation.
    pub annotation: &'s Annotation,
}

/// Constants that are made of constants are followed this far: two can name each other.
const MAX_CONSTANTS: usize = 8;

/// Annotations that make Jackson see an accessor that is not public.
const SHOWING: &[&str] = &[
    "JsonProperty",
    "JsonSerialize",
    "JsonDeserialize",
    "JsonFormat",
    "JsonUnwrapped",
    "JsonRawValue",
    "JsonView",
    "JsonTypeInfo",
    "JsonGetter",
    "JsonSetter",
    "JsonBackReference",
    "JsonManagedReference",
];

/// Annotations that change the wire in ways that are not read, on a class or one of its keys.
pub const UNREAD: &[&str] = &[
    "JsonTypeInfo",
    "JsonSubTypes",
    "JsonTypeId",
    "JsonIdentityInfo",
    "JsonIdentityReference",
    "JsonRootName",
    "JsonFilter",
    "JsonView",
    "JsonRawValue",
    "JsonBackReference",
    "JsonManagedReference",
    "JsonAnyGetter",
    "JsonAnySetter",
    "JsonMerge",
    "JsonAppend",
    "JsonIncludeProperties",
    "JacksonInject",
    "JsonKey",
    "JsonMixin",
];

/// Serialisers and deserialisers of Jackson whose form is that of the type itself.
pub const KNOWN_FORMS: &[&str] = &[
    "LocalDateSerializer",
    "LocalDateDeserializer",
    "LocalDateTimeSerializer",
    "LocalDateTimeDeserializer",
    "LocalTimeSerializer",
    "LocalTimeDeserializer",
    "InstantSerializer",
    "OffsetDateTimeSerializer",
    "ZonedDateTimeSerializer",
    "DateSerializer",
    "DateDeserializer",
    "DurationSerializer",
    "DurationDeserializer",
    "YearMonthSerializer",
    "YearMonthDeserializer",
    "StringSerializer",
    "StringDeserializer",
    "UUIDSerializer",
    "UUIDDeserializer",
];

/// Whether an annotation makes Jackson see an accessor that is not public.
pub fn shows(annotations: &[Annotation]) -> bool {
    annotations.iter().any(|annotation| SHOWING.contains(&annotation.name.as_str()))
}

/// The name that an accessor gives its key, if it gives one.
pub fn explicit_name(annotations: &[Annotation], sources: &Sources, class: ClassId) -> Option<String> {
    ["JsonProperty", "JsonGetter", "JsonSetter"]
        .iter()
        .filter_map(|name| find(annotations, name)?.get("value"))
        .find_map(|value| text(value, sources, class))
        .filter(|name| !name.is_empty())
}

/// The annotation that gives an accessor's key a name which is no text and no constant.
pub fn unread_name<'a>(annotations: &'a [Annotation], sources: &Sources, class: ClassId) -> Option<&'a Annotation> {
    let mut named = ["JsonProperty", "JsonGetter", "JsonSetter"].iter().filter_map(|name| find(annotations, name));
    named.find(|found| found.get("value").is_some_and(|value| text(value, sources, class).is_none()))
}

/// A text that an annotation gives: literally, by a constant of the tree, or joined of both.
pub fn text(value: &Value, sources: &Sources, class: ClassId) -> Option<String> {
    text_within(value, (sources, class), 0)
}

fn text_within(value: &Value, (sources, class): (&Sources, ClassId), depth: usize) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Name(name) if depth < MAX_CONSTANTS => constant_within(name, (sources, class), depth),
        Value::Joined(parts) => parts.iter().map(|part| text_within(part, (sources, class), depth)).collect(),
        _ => None,
    }
}

/// Texts that an annotation gives, and whether all of them are understood.
pub fn texts(value: &Value, sources: &Sources, class: ClassId) -> (Vec<String>, bool) {
    let values = match value {
        Value::List(values) => values.as_slice(),
        single => std::slice::from_ref(single),
    };
    let found: Vec<String> = values.iter().filter_map(|value| text(value, sources, class)).collect();
    let all = found.len() == values.len();
    (found, all)
}

/// The classes around a nested one.
fn around(sources: &Sources, class: ClassId) -> impl Iterator<Item = ClassId> {
    let name = sources.declaration(class).name.as_str();
    let outer = std::iter::successors(name.rsplit_once('.'), |(outer, _)| outer.rsplit_once('.'));
    outer.filter_map(move |(outer, _)| sources.find(&format!("{}#{outer}", sources.path(class))))
}

/// The text of a constant `static final String`, here or in another class of the tree, with or without a static import.
pub fn constant(name: &str, sources: &Sources, class: ClassId) -> Option<String> {
    constant_within(name, (sources, class), 0)
}

fn constant_within(name: &str, (sources, class): (&Sources, ClassId), depth: usize) -> Option<String> {
    let (owner, field) = constant_field(name, sources, class)?;
    let value = field.value.clone()?;
    let node = sources.file(owner).tree.root_node().descendant_for_byte_range(value.start, value.end)?;
    let value = Reader::new(sources.text(owner)).value(node, 0);
    text_within(&value, (sources, owner), depth + 1)
}

/// The field that is a constant of a name, here or in another class of the tree, and the class that declares it.
pub fn constant_field<'s>(name: &str, sources: &'s Sources, class: ClassId) -> Option<(ClassId, &'s Variable)> {
    let (owner, field) = match name.rsplit_once('.') {
        Some((owner, field)) => (sources.find_type(class, owner)?, field),
        None => {
            let imports = sources.file(class).imports.iter().filter(|import| import.is_static);
            let imported = imports.filter_map(|import| match import.is_wildcard {
                true => Some(import.name.as_str()),
                false => import.name.strip_suffix(name).and_then(|owner| owner.strip_suffix('.')),
            });
            let owners = imported.filter_map(|owner| sources.find_type(class, owner));
            let declares = |id: &ClassId| sources.declaration(*id).fields.iter().any(|field| field.name == name);
            let supers = sources.supers(class).into_iter().map(|(id, _)| id);
            (supers.chain(around(sources, class)).chain(owners).find(declares)?, name)
        }
    };
    let declaration = sources.declaration(owner);
    let field = declaration.fields.iter().find(|declared| declared.name == field)?;
    // A field of an interface is static and final; one of Lombok's @UtilityClass is static.
    let is_constant = declaration.kind == Kind::Interface
        || field.modifiers.is_final && (field.modifiers.is_static || has(&declaration.annotations, &["UtilityClass"]));
    is_constant.then_some((owner, field))
}

/// The class of a simple name that an annotation of a class names: as the file sees it, or the only one of the tree.
pub fn class_named(sources: &Sources, class: ClassId, name: &str) -> Option<ClassId> {
    let last = |id: &ClassId| sources.declaration(*id).name.rsplit('.').next() == Some(name);
    sources.find_type(class, name).or_else(|| {
        let mut named = sources.classes().filter(last);
        named.next().filter(|_| named.next().is_none())
    })
}

/// Whether an annotation that has an element `value`, true if it is left out, holds.
pub fn holds(annotations: &[Annotation], name: &str) -> bool {
    find(annotations, name).is_some_and(|found| found.get("value") != Some(&Value::Bool(false)))
}

/// What the source says of null: `@NotNull` and its kin, `@Nullable`.
pub fn nullable(annotations: &[Annotation]) -> Option<bool> {
    annotations.iter().find_map(|annotation| match annotation.name.as_str() {
        "NotNull" | "NonNull" | "NotBlank" | "NotEmpty" | "Nonnull" => Some(false),
        "Nullable" | "CheckForNull" => Some(true),
        _ => None,
    })
}

/// The name that a naming strategy gives a key, by the constant of it; none for a strategy that is not known.
pub fn strategy(name: &str, strategy: &str) -> Option<String> {
    let words = snake(name);
    Some(match strategy {
        "SNAKE_CASE" => words,
        "UPPER_SNAKE_CASE" => words.to_uppercase(),
        "KEBAB_CASE" => words.replace('_', "-"),
        "LOWER_DOT_CASE" => words.replace('_', "."),
        "LOWER_CASE" => name.to_lowercase(),
        "LOWER_CAMEL_CASE" => name.to_owned(),
        "UPPER_CAMEL_CASE" => {
            let mut characters = name.chars();
            characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
        }
        _ => return None,
    })
}

fn snake(name: &str) -> String {
    crate::java::naming::snake_case(name)
}

/// The name of a property whose accessor is called `get` and this: leading capitals become small, as Jackson does it.
pub fn bean_name(accessor: &str) -> String {
    let capitals = accessor.chars().take_while(|character| character.is_uppercase()).count();
    accessor.chars().enumerate().map(|(place, it)| if place < capitals { lower(it) } else { it }).collect()
}

fn lower(character: char) -> char {
    // A capital of several small letters stays, as in Java's Character.toLowerCase.
    let mut small = character.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) => small,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_accessors_become_names_of_keys() {
        for (accessor, key) in
            [("Size", "size"), ("URL", "url"), ("AName", "aname"), ("BoxId", "boxId"), ("size", "size")]
        {
            assert_eq!(bean_name(accessor), key);
        }
    }

    #[test]
    fn strategies_rename_keys() {
        let names =
            ["SnakeCaseStrategy", "KEBAB_CASE", "UpperCamelCaseStrategy", "LowerCaseStrategy", "LowerDotCaseStrategy"];
        let known = names.iter().filter_map(|name| crate::source::java::strategies::known(name));
        let keys: Vec<_> = known.filter_map(|name| strategy("boxSize", name)).collect();
        assert_eq!(keys, ["box_size", "box-size", "BoxSize", "boxsize", "box.size"]);
        assert_eq!(strategy("boxSize", "OwnStrategy"), None);
    }
}
