//! The accessors that Lombok generates, which stand in no source file.

use super::syntax::{
    Annotation, JavaFile, Kind, Method, Modifiers, TypeDeclaration, TypeUse, Value, Variable, find, has,
};

/// What Lombok does for a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Generated {
    /// A getter that Jackson sees.
    pub getter: bool,
    /// A setter.
    pub setter: bool,
    /// Accessors without `get` and `set`, which Jackson does not see.
    pub fluent: bool,
}

/// Annotations that bring getters for all fields.
const GETTERS: &[&str] = &["Data", "Value", "Getter"];
/// Annotations that bring setters for all fields.
const SETTERS: &[&str] = &["Data", "Setter"];

/// What Lombok generates for a field of a class. `is_lombok_value` tells Lombok's `@Value` from Spring's.
pub fn generated(class: &TypeDeclaration, field: &Variable, is_lombok_value: bool) -> Generated {
    if field.modifiers.is_static || !matches!(class.kind, Kind::Class | Kind::Enum) {
        return Generated::default();
    }
    let of_class = |names: &[&str]| {
        names.iter().filter(|name| **name != "Value" || is_lombok_value).find_map(|name| find(&class.annotations, name))
    };
    let accessor = |on_field: Option<&Annotation>, on_class: Option<&Annotation>| match (on_field, on_class) {
        // The field's own annotation has the last word: @Getter(AccessLevel.NONE).
        (Some(annotation), _) | (None, Some(annotation)) => is_public(annotation),
        (None, None) => false,
    };
    // A value's fields are final, and so are fields that say so: there is nothing to set.
    let is_final = field.modifiers.is_final
        || (is_lombok_value && find(&class.annotations, "Value").is_some() && !has(&field.annotations, &["NonFinal"]));
    Generated {
        getter: accessor(find(&field.annotations, "Getter"), of_class(GETTERS)),
        setter: !is_final && accessor(find(&field.annotations, "Setter"), of_class(SETTERS)),
        fluent: accessors(class, field).is_some_and(|found| found.get("fluent") == Some(&Value::Bool(true))),
    }
}

/// Whether the accessor of an annotation is public. Any other level is one that Jackson does not see.
fn is_public(annotation: &Annotation) -> bool {
    match annotation.get("value") {
        Some(level) => level.last_name().is_none_or(|level| level == "PUBLIC"),
        None => true,
    }
}

/// The field that a step of a builder puts one item into: `tag` into `tags` with `@Singular`.
pub fn singular_of<'c>(class: &'c TypeDeclaration, step: &str) -> Option<&'c str> {
    let is_meant = |field: &&Variable| {
        let Some(annotation) = find(&field.annotations, "Singular") else { return false };
        if let Some(Value::Text(name)) = annotation.get("value") {
            return name == step;
        }
        let name = field.name.as_str();
        let stem = |ending: &str| name.strip_suffix(ending);
        stem("s") == Some(step)
            || stem("es") == Some(step)
                && ["ses", "xes", "zes", "ches", "shes", "oes"].iter().any(|it| name.ends_with(it))
            || stem("ies").is_some_and(|stem| step.strip_suffix('y') == Some(stem))
    };
    class.fields.iter().find(is_meant).map(|field| field.name.as_str())
}

/// `@Accessors` of a field: its own, else that of its class.
fn accessors<'a>(class: &'a TypeDeclaration, field: &'a Variable) -> Option<&'a Annotation> {
    find(&field.annotations, "Accessors").or_else(|| find(&class.annotations, "Accessors"))
}

/// The name behind `get` and `set` that Lombok gives the accessors of a field; none where they need a prefix that the
/// field does not have.
pub fn accessor_name(class: &TypeDeclaration, field: &Variable) -> Option<String> {
    let prefixes = accessors(class, field).and_then(|found| found.get("prefix")).map(Value::texts).unwrap_or_default();
    let stripped = |prefix: &&str| {
        let rest = field.name.strip_prefix(*prefix)?;
        // A prefix that ends in a letter ends where a capital begins.
        let fits = !prefix.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_lowercase);
        (fits && !rest.is_empty()).then_some(rest)
    };
    let name = if prefixes.is_empty() { field.name.as_str() } else { prefixes.iter().find_map(stripped)? };
    // `boolean isOpen` has the accessors isOpen() and setOpen().
    let open = name.strip_prefix("is").filter(|rest| rest.starts_with(|first: char| !first.is_lowercase()));
    let name = match open {
        Some(rest) if field.ty.name == "boolean" && field.ty.dimensions == 0 => rest,
        _ => name,
    };
    let mut characters = name.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect())
}

/// Puts the accessors that carry annotations of their own (`@Getter(onMethod_ = @JsonValue)`) among the methods of each
/// class, as Lombok does. On a class Lombok refuses `onMethod`.
pub fn write_accessors(mut file: JavaFile) -> JavaFile {
    for class in &mut file.types {
        let written: Vec<Method> = class.fields.iter().flat_map(|field| annotated_accessors(class, field)).collect();
        class.methods.extend(written);
    }
    file
}

fn annotated_accessors(class: &TypeDeclaration, field: &Variable) -> Vec<Method> {
    let made = generated(class, field, true);
    let name = accessor_name(class, field).filter(|_| !made.fluent);
    let is_flag = field.ty.name == "boolean" && field.ty.dimensions == 0;
    let kinds = [("Getter", made.getter, if is_flag { "is" } else { "get" }), ("Setter", made.setter, "set")];
    let written = kinds.into_iter().filter(|(_, is_made, _)| *is_made).filter_map(|(annotation, _, prefix)| {
        let annotations = on_method(find(&field.annotations, annotation)?);
        let name = format!("{prefix}{}", name.as_deref()?);
        // What is written by hand stays as it is.
        if annotations.is_empty() || class.methods.iter().any(|method| method.name.eq_ignore_ascii_case(&name)) {
            return None;
        }
        let (modifiers, value) = (Modifiers::default(), None);
        let parameter = Variable { annotations: Vec::new(), modifiers, value, ..field.clone() };
        let is_getter = annotation == "Getter";
        let nothing = TypeUse { name: "void".to_owned(), ..TypeUse::default() };
        Some(Method {
            name,
            ty: Some(if is_getter { field.ty.clone() } else { nothing }),
            type_parameters: Vec::new(),
            parameters: if is_getter { Vec::new() } else { vec![parameter] },
            span: field.span,
            annotations,
            modifiers: PUBLIC,
            body: None,
        })
    });
    written.collect()
}

/// The annotations that Lombok puts on an accessor: `onMethod_ = {..}`, or `onMethod = @__({..})`.
fn on_method(annotation: &Annotation) -> Vec<Annotation> {
    fn add(value: &Value, found: &mut Vec<Annotation>) {
        match value {
            Value::Annotation(wrapper) if wrapper.name.chars().all(|it| it == '_') => {
                wrapper.elements.iter().for_each(|(_, value)| add(value, found));
            }
            Value::Annotation(annotation) => found.push(annotation.clone()),
            Value::List(values) => values.iter().for_each(|value| add(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    let given = annotation.elements.iter().filter(|(element, _)| element.trim_end_matches('_') == "onMethod");
    given.for_each(|(_, value)| add(value, &mut found));
    found
}

/// Whether Lombok writes a constructor that takes all fields in order, as an enum's constants use it.
pub fn takes_all_fields(class: &TypeDeclaration) -> bool {
    has(&class.annotations, &["AllArgsConstructor", "RequiredArgsConstructor", "Data", "Value"])
}

/// Whether a class has a builder that Lombok writes, for all its fields.
pub fn is_built_by_lombok(class: &TypeDeclaration) -> bool {
    // A constructor by hand may give what the builder leaves out.
    let has_own = class.constructors.iter().any(|constructor| !constructor.parameters.is_empty());
    has(&class.annotations, &["Builder", "SuperBuilder"]) && !has_own
}

/// Whether the builder of a class makes a field without its initialiser.
pub fn drops_initialiser(class: &TypeDeclaration, field: &Variable) -> bool {
    is_built_by_lombok(class) && !field.modifiers.is_final && !has(&field.annotations, &["Default"])
}

/// Modifiers of what Lombok generates.
pub const PUBLIC: Modifiers = Modifiers {
    is_public: true,
    is_private: false,
    is_protected: false,
    is_static: false,
    is_transient: false,
    is_final: false,
    is_abstract: false,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::java::parse::parse;

    fn of(text: &str) -> (Generated, String) {
        let (generated, name) = with_name(text);
        (generated, name.unwrap_or_default())
    }

    fn with_name(text: &str) -> (Generated, Option<String>) {
        let file = parse(text).expect("Java");
        let class = &file.types[0];
        (generated(class, &class.fields[0], true), accessor_name(class, &class.fields[0]))
    }

    #[test]
    fn accessors_are_generated_as_the_annotations_say() {
        let both = Generated { getter: true, setter: true, fluent: false };
        let getter = Generated { setter: false, ..both };
        assert_eq!(of("@Data class A { int size; }"), (both, "Size".to_owned()));
        assert_eq!(of("@Value class A { int size; }").0, getter);
        assert_eq!(of("@Data class A { final int size; }").0, getter);
        assert_eq!(of("class A { @Getter int size; }").0, getter);
        assert_eq!(of("@Data class A { @Getter(AccessLevel.NONE) int size; }").0, Generated { getter: false, ..both });
        assert_eq!(of("@Data class A { static int size; }").0, Generated::default());
        assert_eq!(of("@Builder class A { int size; }").0, Generated::default());
        assert!(of("@Data @Accessors(fluent = true) class A { int size; }").0.fluent);
        assert_eq!(of("@Data class A { boolean isOpen; }").1, "Open");
        assert_eq!(of("@Data class A { Boolean isOpen; }").1, "IsOpen");
        assert_eq!(of("@Data @Accessors(prefix = \"m\") class A { int mSize; }").1, "Size");
        assert_eq!(of("@Data @Accessors(prefix = {\"_\", \"\"}) class A { int _size; }").1, "Size");
        assert_eq!(of("@Data @Accessors(prefix = {\"_\", \"\"}) class A { int size; }").1, "Size");
        assert_eq!(with_name("@Data @Accessors(prefix = \"m\") class A { int mode; }").1, None);
        assert_eq!(of("@Data class A { boolean issued; }").1, "Issued");
    }
}
