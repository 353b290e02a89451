//! A Java class to the table of a class, and beside it what the sources say besides: where each key stands, in which
//! directions it goes, who writes and reads its form.

use super::annotations::{KNOWN_FORMS, UNREAD, nullable, texts, unread_name};
use super::enums;
use super::inclusion::Inclusion;
use super::index::{ClassId, JavaType, MAX_BASES, Sources, TypeName};
use super::kinds;
use super::leaves;
use super::properties::{Property, class_annotation, collect};
use super::syntax::{Kind, Value, find};
use super::wire;
use crate::java::config::Unknown;
use crate::model::{Body, Class, ClassRef, DomainRef, Key, Seq, Type};
use crate::source::place::{Place, Unread};

/// What `@JsonSerialize` and `@JsonDeserialize` of a class say of its form.
const OTHERWISE: &[&str] =
    &["using", "as", "converter", "contentUsing", "contentAs", "contentConverter", "keyUsing", "keyAs"];

/// A class of the sources.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The table. Its name is the identity of the class: `path/to/File.java#Outer.Inner`.
    pub class: Class,
    /// The class among the sources.
    pub id: ClassId,
    /// Where its name stands.
    pub place: Place,
    /// What it is declared as.
    pub kind: Kind,
    /// What the sources say of each key of the table, in the same order.
    pub keys: Vec<KeyFacts>,
    /// Where the rule about unknown keys stands, if the class has one.
    pub unknown_place: Option<Place>,
    /// What it is written as instead of an object of its keys: the value of `@JsonValue`, a list, a map.
    pub stands_for: Option<JavaType>,
    /// Which keys are left out, where the class says so.
    pub inclusion: Option<Inclusion>,
    /// Whether a strategy that is not understood names its keys.
    pub has_unread_names: bool,
    /// What was not understood.
    pub unread: Vec<Unread>,
}

/// What the sources say of a key besides the table.
#[derive(Clone, Debug)]
pub struct KeyFacts {
    /// Where its field stands; where its getter or setter does, when it has no field.
    pub place: Place,
    /// The name of the field or of the bean property.
    pub field: String,
    /// Whether it has a field, a component or a setter; else its getter makes the value.
    pub is_settable: bool,
    /// The class that declares it: a superclass, or an unwrapped one, may bring it.
    pub declared_by: ClassId,
    /// Its type with names resolved.
    pub java_type: JavaType,
    /// The classes that may stand in it, by its own annotations.
    pub kinds: Vec<ClassId>,
    /// Whether a payload without it is refused.
    pub is_required: bool,
    /// Whether it is written.
    pub is_written: bool,
    /// Whether it is read.
    pub is_read: bool,
    /// Where its form is said: the pattern, or a serialiser.
    pub form_place: Option<Place>,
    /// `shape` of `@JsonFormat`, such as `STRING`.
    pub shape: Option<String>,
    /// What else `@JsonFormat` says, as (element, value): `timezone`, `locale`, features.
    pub format: Vec<(String, String)>,
    /// When it is left out, where it says so.
    pub inclusion: Option<Inclusion>,
    /// The class that writes it, if one is named.
    pub serializer: Option<String>,
    /// The class that reads it, if one is named.
    pub deserializer: Option<String>,
    /// Its name in a store, where that is another: `@Field("name")` of Mongo, `_id`.
    pub store_name: Option<String>,
    /// Whether stores and indexes leave it out: Spring Data's `@Transient`.
    pub is_transient: bool,
    /// Its forms in an index: `format` and `pattern` of Elasticsearch's `@Field`.
    pub index_formats: Vec<String>,
    /// Places of all its annotations that were looked at.
    pub annotations: Vec<(String, Place)>,
}

/// Reads a class or a record, or an interface by its getters. An enum has no table of its own.
pub fn read(sources: &Sources, id: ClassId) -> Facts {
    let declaration = sources.declaration(id);
    let collected = collect(sources, id);
    let (mut unread, has_unread_names) = (collected.unread, collected.has_unread_names);
    let (mut keys, mut facts) = (Vec::new(), Vec::new());
    for property in &collected.properties {
        let (key, key_facts) = read_key(sources, property, &mut unread);
        keys.push(key);
        facts.push(key_facts);
    }
    let stands_for = wire::body(sources, id);
    let lineage = sources.lineage(id);
    if lineage.len() >= MAX_BASES {
        let what = format!("{} has {MAX_BASES} superclasses or more: those behind are not looked at", declaration.name);
        unread.push(Unread { place: sources.place(id, declaration.span), what });
    }
    for (class, _) in lineage {
        let declared = sources.declaration(class);
        for annotation in declared.annotations.iter().filter(|annotation| UNREAD.contains(&annotation.name.as_str())) {
            let what = format!("@{} of {} is not understood", annotation.name, declared.name);
            unread.push(Unread { place: sources.place(class, annotation.span), what });
        }
        let shape = find(&declared.annotations, "JsonFormat").and_then(|found| Some((found, found.get("shape")?)));
        if let Some((found, _)) = shape.filter(|(_, shape)| shape.last_name() != Some("OBJECT")) {
            let what = format!("{} has a shape of its own: how it is written is not understood", declared.name);
            unread.push(Unread { place: sources.place(class, found.span), what });
        }
        // An accessor for all other keys makes no key of its own, so no property would say so.
        for method in &declared.methods {
            for any in
                method.annotations.iter().filter(|it| ["JsonAnyGetter", "JsonAnySetter"].contains(&it.name.as_str()))
            {
                let what = format!("@{} takes keys that no field names", any.name);
                unread.push(Unread { place: sources.place(class, any.span), what });
            }
        }
        unread.extend(unseen_base(sources, class).filter(|_| stands_for.is_none()));
    }
    let body = match &stands_for {
        Some(ty) => Body::Type(crate::model::TypeRef::Owned(Box::new(model_type_within(
            sources,
            ty,
            None,
            (&mut unread, &[id]),
        )))),
        None => Body::Keys(Seq::Owned(keys)),
    };
    if matches!(body, Body::Type(_)) {
        facts.clear();
    }
    for name in ["JsonSerialize", "JsonDeserialize"] {
        if let Some(found) = find(&declaration.annotations, name)
            && let Some(element) = OTHERWISE.iter().find(|element| found.get(element).is_some())
        {
            let what = match *element {
                "using" => format!("{} is written or read by a class of its own", declaration.name),
                element => format!("@{name}({element}) of {} is not understood", declaration.name),
            };
            unread.push(Unread { place: sources.place(id, found.span), what });
        }
    }
    let ignoring = class_annotation(sources, id, "JsonIgnoreProperties");
    let unknown = ignoring.and_then(|found| match found.annotation.get("ignoreUnknown") {
        Some(Value::Bool(true)) => Some((Unknown::Ignore, sources.place(found.class, found.annotation.span))),
        _ => None,
    });
    let included = class_annotation(sources, id, "JsonInclude");
    let inclusion = included.map(|found| Inclusion::of_annotation(found.annotation));
    if let Some(found) = included.filter(|_| inclusion == Some(Inclusion::Unread)) {
        let what = "this rule of @JsonInclude is not understood".to_owned();
        unread.push(Unread { place: sources.place(found.class, found.annotation.span), what });
    }
    unread.sort();
    unread.dedup();
    Facts {
        class: Class {
            name: sources.identity(id).into(),
            doc: "".into(),
            source: format!("{} at {}", sources.path(id), sources.name).into(),
            unknown: unknown.as_ref().map(|(unknown, _)| *unknown),
            include: inclusion.and_then(Inclusion::of_table),
            body,
        },
        id,
        place: sources.place(id, declaration.span),
        kind: declaration.kind,
        keys: facts,
        unknown_place: unknown.map(|(_, place)| place),
        stands_for,
        inclusion,
        has_unread_names,
        unread,
    }
}

impl Facts {
    /// The keys of the table with what the sources say of each.
    pub fn rows(&self) -> impl Iterator<Item = (&Key, &KeyFacts)> {
        let keys: &[Key] = match &self.class.body {
            Body::Keys(keys) => keys,
            Body::Type(_) => &[],
        };
        keys.iter().zip(&self.keys)
    }
}

/// A base class of a library: its keys are not among the sources.
fn unseen_base(sources: &Sources, class: ClassId) -> Option<Unread> {
    let declaration = sources.declaration(class);
    if declaration.kind == Kind::Interface {
        return None;
    }
    let base = sources.resolve(class, declaration.extends.first()?, &[]);
    let name = base.as_external().filter(|name| *name != "Object")?;
    let what = format!("{} extends {name}, which is not among the sources: its keys are not listed", declaration.name);
    Some(Unread { place: sources.place(class, declaration.span), what })
}

fn read_key(sources: &Sources, property: &Property<'_>, unread: &mut Vec<Unread>) -> (Key, KeyFacts) {
    let at = |found: super::annotations::Found<'_>| sources.place(found.class, found.annotation.span);
    let mut not_understood = |place: Place, what: String| unread.push(Unread { place, what });
    for found in &property.annotations {
        if let Some(annotation) = unread_name(std::slice::from_ref(found.annotation), sources, found.class) {
            let what =
                format!("the name that @{} gives {:?} is no text and no constant", annotation.name, property.name);
            not_understood(at(*found), what);
        }
    }
    let format = property.annotation("JsonFormat");
    let pattern =
        format.and_then(|found| super::annotations::text(found.annotation.get("pattern")?, sources, found.class));
    let shape = format.and_then(|found| found.annotation.get("shape")?.last_name().map(str::to_owned));
    if let Some(found) = format.filter(|found| found.annotation.get("pattern").is_some() && pattern.is_none()) {
        not_understood(at(found), format!("the pattern of {:?} is no text and no constant", property.name));
    }
    let spelled = |value: &Value| {
        let (words, all) = format.map_or((Vec::new(), false), |found| texts(value, sources, found.class));
        match value {
            _ if all => words.join(", "),
            Value::List(values) => values.iter().filter_map(Value::last_name).collect::<Vec<_>>().join(", "),
            Value::Bool(holds) => holds.to_string(),
            other => other.last_name().unwrap_or("?").to_owned(),
        }
    };
    let others = format.iter().flat_map(|found| &found.annotation.elements);
    let others = others.filter(|(element, _)| !["pattern", "shape"].contains(&element.as_str()));
    let others = others.map(|(element, value)| (element.clone(), spelled(value))).collect();
    let mut named = |annotation: &str| -> Option<String> {
        let found = property.annotation(annotation)?;
        let Some(Value::Class(used)) = found.annotation.get("using") else {
            if ["contentUsing", "keyUsing", "converter", "contentConverter", "as"]
                .iter()
                .any(|it| found.annotation.get(it).is_some())
            {
                not_understood(at(found), format!("@{annotation} of {:?} is not understood", property.name));
            }
            return None;
        };
        let name = used.name.rsplit('.').next().unwrap_or_default();
        if !KNOWN_FORMS.contains(&name) {
            let verb = if annotation == "JsonSerialize" { "written" } else { "read" };
            not_understood(at(found), format!("{:?} is {verb} by {name}: its form is not understood", property.name));
        }
        Some(name.to_owned())
    };
    let (serializer, deserializer) = (named("JsonSerialize"), named("JsonDeserialize"));
    for found in &property.annotations {
        let name = found.annotation.name.as_str();
        let narrows = name == "JsonIgnoreProperties"
            || name == "JsonProperty" && found.annotation.get("index").is_some()
            || name == "JsonSetter" && ["nulls", "contentNulls"].iter().any(|it| found.annotation.get(it).is_some());
        if UNREAD.contains(&name) || narrows {
            not_understood(at(*found), format!("@{name} of {:?} is not understood", property.name));
        }
    }
    let aliases = property.annotation("JsonAlias").map(|found| {
        let (names, all) =
            found.annotation.get("value").map_or((Vec::new(), true), |it| texts(it, sources, found.class));
        if !all {
            not_understood(at(found), format!("not every alias of {:?} is a text or a constant", property.name));
        }
        names
    });
    let included = property.annotation("JsonInclude");
    let inclusion = included.map(|found| Inclusion::of_annotation(found.annotation));
    if let Some(found) = included.filter(|_| inclusion == Some(Inclusion::Unread)) {
        not_understood(at(found), format!("the rule of @JsonInclude of {:?} is not understood", property.name));
    }
    let form = format.or(property.annotation("JsonSerialize")).or(property.annotation("JsonDeserialize"));
    let ty = model_type(sources, &property.ty, pattern, unread);
    let annotations: Vec<super::syntax::Annotation> =
        property.annotations.iter().map(|found| found.annotation.clone()).collect();
    let default = property.initialiser.and_then(|text| default(text, &property.ty, sources));
    let aliases = aliases.unwrap_or_default().into_iter().filter(|alias| *alias != property.name);
    let key = Key {
        explicit: property.explicit,
        aliases: aliases.map(Into::into).collect(),
        default: default.map(Into::into),
        include: inclusion.and_then(Inclusion::of_table),
        nullable: nullable(&annotations)
            .or_else(|| property.ty.as_external().is_some_and(leaves::is_primitive).then_some(false)),
        ..Key::new(property.name.clone().into(), ty)
    };
    let (store_name, index_formats) = stored(sources, property);
    let facts = KeyFacts {
        place: property.place.clone(),
        field: property.implicit.clone(),
        is_settable: property.is_settable,
        declared_by: property.class,
        java_type: property.ty.clone(),
        kinds: kinds::of_key(sources, property.class, &annotations, &property.ty.classes()),
        is_required: property.is_required,
        is_written: property.is_written,
        is_read: property.is_read,
        form_place: form.map(at),
        shape,
        format: others,
        inclusion,
        serializer,
        deserializer,
        store_name,
        is_transient: property
            .annotation("Transient")
            .is_some_and(|found| sources.is_from(found.class, found.annotation, "org.springframework.data")),
        index_formats,
        annotations: property.annotations.iter().map(|found| (found.annotation.name.clone(), at(*found))).collect(),
    };
    (key, facts)
}

/// What Mongo and Elasticsearch call it, and the forms that an index has of it.
fn stored(sources: &Sources, property: &Property<'_>) -> (Option<String>, Vec<String>) {
    let (mut name, mut formats) = (None, Vec::new());
    for found in &property.annotations {
        let comes_from = |package| sources.is_from(found.class, found.annotation, package);
        match found.annotation.name.as_str() {
            "Field" => {
                let given = found.annotation.text("name").or(found.annotation.text("value"));
                name = name.or(given.map(str::to_owned));
                if comes_from("org.springframework.data.elasticsearch") {
                    for element in ["format", "pattern"] {
                        let values = match found.annotation.get(element) {
                            Some(Value::List(values)) => values.as_slice(),
                            Some(value) => std::slice::from_ref(value),
                            None => &[],
                        };
                        let words = values.iter().filter_map(|value| match value {
                            Value::Text(text) => Some(text.clone()),
                            value => value.last_name().map(str::to_owned),
                        });
                        formats.extend(words.filter(|word| !word.is_empty()));
                    }
                }
            }
            "Id" | "MongoId" if comes_from("org.springframework.data") => name = name.or(Some("_id".to_owned())),
            _ => {}
        }
    }
    (name, formats)
}

/// The type of a table for a type of Java.
pub fn model_type(sources: &Sources, ty: &JavaType, pattern: Option<String>, unread: &mut Vec<Unread>) -> Type {
    model_type_within(sources, ty, pattern, (unread, &[]))
}

/// The same inside of classes that stand for other types: one of them can be a list of itself.
fn model_type_within(
    sources: &Sources,
    ty: &JavaType,
    pattern: Option<String>,
    (unread, within): (&mut Vec<Unread>, &[ClassId]),
) -> Type {
    let (ty, within) = &wire::within(sources, ty, within);
    let mut model_type = |ty: &JavaType, pattern| model_type_within(sources, ty, pattern, (&mut *unread, within));
    if ty.dimensions > 0 {
        let item = JavaType { dimensions: ty.dimensions - 1, ..ty.clone() };
        // Bytes are one text in Base64.
        if item.is_external(&["byte"]) {
            return Type::leaf(&crate::java::binary::BYTES);
        }
        return Type::list_of(model_type(&item, pattern));
    }
    let shown = || Type::Other(sources.shown(ty).to_string().into());
    match &ty.name {
        TypeName::Variable(_) => shown(),
        TypeName::Class(class) => match enums::read(sources, *class) {
            Some(enumeration) => {
                unread.extend(enumeration.unread);
                let domain = Some(DomainRef::Owned(Box::new(enumeration.domain)));
                Type::Leaf { ty: &leaves::ENUM, pattern: None, domain }
            }
            None => Type::Class(ClassRef::Named(sources.identity(*class).into())),
        },
        TypeName::External { name, package } => match (name.as_str(), ty.arguments.as_slice()) {
            (list, [item]) if leaves::LISTS.contains(&list) => Type::list_of(model_type(item, pattern)),
            (map, [_, value]) if leaves::MAPS.contains(&map) => Type::map_to(model_type(value, pattern)),
            ("Optional", [inner]) => model_type(inner, pattern),
            (name, _) => match leaves::named(name, package) {
                Some(ty) => Type::Leaf { ty, pattern: pattern.map(Into::into), domain: None },
                None => shown(),
            },
        },
    }
}

/// The JSON of an initialiser, where that can be told: a literal, an empty collection, a constant of an enum.
fn default(initialiser: &str, ty: &JavaType, sources: &Sources) -> Option<String> {
    let text = initialiser.trim();
    let is_empty_of = |names: &[&str]| {
        let plain = text.strip_prefix("new ").and_then(|rest| rest.split(['<', '(']).next());
        plain.is_some_and(|name| names.contains(&name)) && text.ends_with("()")
    };
    let is_number =
        |text: &str| !text.is_empty() && text.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
    let number = text.trim_end_matches(['L', 'l']);
    match text {
        "true" | "false" => Some(text.to_owned()),
        "Boolean.TRUE" => Some("true".to_owned()),
        "Boolean.FALSE" => Some("false".to_owned()),
        "List.of()" | "Set.of()" | "Collections.emptyList()" | "Collections.emptySet()" => Some("[]".to_owned()),
        "Map.of()" | "Collections.emptyMap()" => Some("{}".to_owned()),
        _ if is_empty_of(leaves::LISTS) => Some("[]".to_owned()),
        _ if is_empty_of(leaves::MAPS) => Some("{}".to_owned()),
        _ if is_number(number) && (number.len() == 1 || !number.starts_with('0')) => Some(number.to_owned()),
        _ if text.len() > 1
            && text.starts_with('"')
            && text.ends_with('"')
            && !text[1..text.len() - 1].contains(['"', '\\']) =>
        {
            Some(text.to_owned())
        }
        _ => {
            let enumeration = enums::read(sources, ty.as_class()?)?;
            let name = text.rsplit('.').next()?;
            let place = enumeration.constants.iter().position(|constant| constant.name == name)?;
            enumeration.domain.words.get(place).map(|word| format!("{word:?}"))
        }
    }
}
