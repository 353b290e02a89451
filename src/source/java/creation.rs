//! Whether Jackson can make an object of a class by a constructor without arguments.
//!
//! Without one it needs a creator that says its parameters' names: `@JsonCreator`, a record, a builder that it knows, or a
//! constructor whose names the compiler kept (`-parameters`) and the ParameterNamesModule reads.

use super::index::{ClassId, Sources};
use super::syntax::{Kind, find, has};

/// Annotations with which Jackson makes objects in other ways.
const OTHERWISE: &[&str] = &["JsonDeserialize", "JsonTypeInfo", "Jacksonized", "JsonCreator"];

/// How an object is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Creation {
    /// By a constructor without arguments.
    Empty,
    /// By constructors with arguments alone: what takes the empty one away, such as `@Builder`.
    Filled(String),
    /// Not at all: why.
    Never(&'static str),
    /// In a way that annotations say, or of a kind that has no constructors of its own: an interface, an enum, a record.
    Other,
}

/// How Jackson makes an object of a class.
pub fn creation(sources: &Sources, class: ClassId) -> Creation {
    let declared = sources.declaration(class);
    let members = declared.constructors.iter().chain(&declared.methods);
    let says_how = has(&declared.annotations, OTHERWISE)
        || members.clone().any(|member| has(&member.annotations, &["JsonCreator", "ConstructorProperties"]));
    if declared.kind != Kind::Class || says_how {
        return Creation::Other;
    }
    if declared.modifiers.is_abstract {
        return Creation::Never("it is abstract");
    }
    // A class in an interface is static without saying so.
    let outer = declared.name.rsplit_once('.').map(|(outer, _)| format!("{}#{outer}", sources.path(class)));
    let outer = outer.and_then(|outer| sources.find(&outer)).map(|outer| sources.declaration(outer).kind);
    if !declared.modifiers.is_static && outer.is_some_and(|kind| kind != Kind::Interface) {
        return Creation::Never("it is an inner class that is not static");
    }
    if has(&declared.annotations, &["NoArgsConstructor"]) {
        return Creation::Empty;
    }
    if let Some(first) = declared.constructors.first() {
        let is_empty = declared.constructors.iter().any(|constructor| constructor.parameters.is_empty());
        let Some(parameter) = first.parameters.first() else { return Creation::Empty };
        let what = format!("the constructor with {:?}", parameter.name);
        return if is_empty { Creation::Empty } else { Creation::Filled(what) };
    }
    let fields = declared.fields.iter().filter(|field| !field.modifiers.is_static);
    // What a generated constructor of all fields, or of those that must be set, takes.
    let (mut all, mut required) = (0, 0);
    let is_value = sources.comes_from(class, "Value", "lombok");
    for field in fields {
        let is_final = field.modifiers.is_final || is_value && find(&declared.annotations, "Value").is_some();
        let is_set = field.value.is_some();
        all += usize::from(!(is_final && is_set));
        required += usize::from(!is_set && (is_final || has(&field.annotations, &["NonNull"])));
    }
    let of_all =
        ["AllArgsConstructor", "Builder", "SuperBuilder"].into_iter().find(|it| has(&declared.annotations, &[it]));
    let of_all = of_all.or((is_value && has(&declared.annotations, &["Value"])).then_some("Value"));
    let of_required = ["RequiredArgsConstructor", "Data"].into_iter().find(|it| has(&declared.annotations, &[it]));
    match (of_all, of_required) {
        (Some(annotation), _) if all > 0 => Creation::Filled(format!("@{annotation}")),
        (_, Some(annotation)) if required > 0 => Creation::Filled(format!("@{annotation}, whose fields are final,")),
        _ => Creation::Empty,
    }
}
