//! Code and annotations of both revisions that decide what goes over a wire, are not understood, and differ.

use std::collections::{BTreeMap, BTreeSet};

use super::Comparison;
use crate::source::java::enums::returned_field;
use crate::source::java::index::{ClassId, Sources};
use crate::source::java::syntax::{Kind, Method, TypeDeclaration, Value, find, has};
use crate::source::place::{Place, Span};
use crate::source::report::Found;

/// Classes of Jackson that are extended to write, read or name values in another way.
const CODERS: &[&str] = &[
    "JsonSerializer",
    "StdSerializer",
    "StdScalarSerializer",
    "ContainerSerializer",
    "BeanSerializerModifier",
    "BeanPropertyWriter",
    "JsonDeserializer",
    "StdDeserializer",
    "StdScalarDeserializer",
    "StdNodeBasedDeserializer",
    "FromStringDeserializer",
    "BeanDeserializerModifier",
    "KeyDeserializer",
    "StdConverter",
    "PropertyNamingStrategy",
    "NamingBase",
    "TypeIdResolverBase",
    "SimpleBeanPropertyFilter",
    "SimpleModule",
    "JacksonAnnotationIntrospector",
    "JsonObjectSerializer",
    "JsonObjectDeserializer",
];
/// Annotations of classes that Spring Boot hands to its mapper.
const GLOBAL: &[&str] = &["JsonComponent", "JsonMixin", "JacksonComponent", "JacksonMixin"];

/// What differs.
#[derive(Debug)]
pub struct Differing {
    /// Lower-case fragment: what it is.
    pub what: String,
    /// Where it stood.
    pub before: Place,
    /// Where it stands; none where it is gone.
    pub after: Option<Place>,
    /// Its text, without white space and comments.
    pub texts: (String, String),
    /// Whether it is on a wire that is not followed at all.
    pub is_elsewhere: bool,
    /// Whether it is understood, but not as the key of a class is.
    pub is_key: bool,
}

/// What both revisions have and is not the same in both, and annotations that are gone.
pub fn changed(comparison: &Comparison<'_>) -> Vec<Differing> {
    let (before, after) = (comparison.before, comparison.after);
    let (old, new) = (all(before), all(after));
    let mut found = lost_keys(before, after);
    for (what, olds) in &old {
        let news = new.get(what).map_or(&[][..], Vec::as_slice);
        let lacking = |ones: &[Piece], others: &[Piece]| -> Vec<Piece> {
            let mut left: Vec<&str> = others.iter().map(|it| &*it.text).collect();
            let is_left = |it: &&Piece| match left.iter().position(|other| **other == it.text) {
                Some(at) => {
                    left.swap_remove(at);
                    false
                }
                None => true,
            };
            ones.iter().filter(is_left).cloned().collect()
        };
        let (lost, gained) = (lacking(olds, news), lacking(news, olds));
        for (place, one) in lost.iter().enumerate() {
            let other = gained.get(place);
            // What is gone says nothing where the class is: that is told of the class. An annotation leaves a class behind.
            let stays =
                || one.is_annotation && one.owner.as_deref().is_none_or(|owner| is_still_there(comparison, owner));
            // A setting that is gone leaves a mapper behind; one with another value is newly unread.
            let is_lost_setting = || {
                let key = |what: &str| what.split(':').next().map(str::to_owned);
                is_setting(&one.place) && new.keys().all(|other| key(other) != key(what))
            };
            if other.is_some() || stays() || is_lost_setting() {
                found.push(Differing {
                    what: what.clone(),
                    before: one.place.clone(),
                    after: other.map(|other| other.place.clone()),
                    texts: (one.text.clone(), other.map_or_else(String::new, |other| other.text.clone())),
                    is_elsewhere: one.is_elsewhere,
                    is_key: false,
                });
            }
        }
    }
    found
}

/// Keys of the maps that methods answer with in both revisions, and that are gone.
fn lost_keys(before: &Found<'_>, after: &Found<'_>) -> Vec<Differing> {
    let news = &after.inventory.map_keys;
    let olds = before.inventory.map_keys.iter();
    let lost = olds.filter_map(|old| {
        let after = news.iter().find(|new| new.owner == old.owner)?.place.clone();
        let is_there = news.iter().any(|new| (&new.owner, &new.key) == (&old.owner, &old.key));
        (!is_there).then(|| Differing {
            what: format!("the key {:?} of the map that {} answers with", old.key, old.owner),
            before: old.place.clone(),
            after: Some(after),
            texts: (format!("{{{:?}:…}}", old.key), "{…}".to_owned()),
            is_elsewhere: false,
            is_key: true,
        })
    });
    lost.collect()
}

#[derive(Clone, Debug)]
struct Piece {
    place: Place,
    text: String,
    is_annotation: bool,
    /// The class on a wire that it belongs to, if it does.
    owner: Option<String>,
    is_elsewhere: bool,
}

/// Whether something stands in an application file.
fn is_setting(place: &Place) -> bool {
    [".yml", ".yaml", ".properties"].iter().any(|end| place.path.ends_with(end))
}

/// Whether a class on a wire of the earlier revision is on one of the later one.
fn is_still_there(comparison: &Comparison<'_>, class: &str) -> bool {
    comparison.pairs.iter().any(|pair| comparison.old(pair).facts.class.name == class)
}

type Pieces = BTreeMap<String, Vec<Piece>>;

/// All that decides and is not understood, by what it is.
fn all(found: &Found<'_>) -> Pieces {
    let sources = found.sources;
    let mut pieces = Pieces::new();
    let classes = found.inventory.classes.iter();
    let owners: BTreeMap<&Place, &str> =
        classes.flat_map(|class| class.facts.unread.iter().map(|it| (&it.place, &*class.facts.class.name))).collect();
    for unread in found.unread() {
        let owner = owners.get(&unread.place).map(|&owner| owner.to_owned());
        let decided = found.inventory.decided.get(&unread.place).and_then(|body| {
            let source = sources.find_file(&unread.place.path)?;
            Some(squeezed(source.file.text.get(body.clone())?))
        });
        let text = decided.unwrap_or_else(|| text_at(sources, &unread.place));
        let is_annotation = text.starts_with('@');
        let is_elsewhere = !unread.place.path.ends_with(".java") && !is_setting(&unread.place);
        pieces.entry(unread.what).or_default().push(Piece {
            place: unread.place,
            text,
            is_annotation,
            owner,
            is_elsewhere,
        });
    }
    let mut add = |what: String, place: Place, text: &str, is_elsewhere: bool| {
        let piece = Piece { place, text: squeezed(text), is_annotation: false, owner: None, is_elsewhere };
        pieces.entry(what).or_default().push(piece);
    };
    for class in sources.classes().filter(|class| is_coder(sources, *class)) {
        let what = format!("{}, which writes or reads values in its own way", sources.declaration(class).name);
        add(what, sources.place(class, sources.declaration(class).span), text_of(sources, class), false);
    }
    for class in found.inventory.classes.iter().filter(|class| class.is_on_wire()) {
        methods(sources, class.facts.id, &mut add);
        // A builder says which keys are read; that keys came is told of the keys.
        let annotation = find(&sources.declaration(class.facts.id).annotations, "JsonDeserialize");
        if let Some(Value::Class(used)) = annotation.and_then(|found| found.get("builder"))
            && let Some(builder) = sources.resolve(class.facts.id, used, &[]).as_class()
        {
            let what = format!("{}, which builds what is read", sources.declaration(builder).name);
            add(what, sources.place(builder, sources.declaration(builder).span), text_of(sources, builder), true);
        }
    }
    let by_text = found.configuration.in_force.iter().flat_map(|it| &it.configured.features);
    let by_text = by_text.into_iter().any(|(feature, is_on)| feature.contains("ENUMS_USING_TO_STRING") && *is_on);
    for class in found.inventory.enums.keys() {
        methods(sources, *class, &mut add);
        words(sources, *class, by_text, &mut add);
    }
    for elsewhere in &found.inventory.not_followed {
        for class in reachable(sources, &elsewhere.classes) {
            let what = format!("{} ({})", sources.declaration(class).name, elsewhere.unread.what);
            add(what, sources.place(class, sources.declaration(class).span), text_of(sources, class), true);
        }
    }
    pieces
}

/// Whether a class writes or reads values for Jackson in its own way, whoever registers it.
fn is_coder(sources: &Sources, class: ClassId) -> bool {
    if has(&sources.declaration(class).annotations, GLOBAL) {
        return true;
    }
    sources.supers(class).into_iter().any(|(owner, _)| {
        let declaration = sources.declaration(owner);
        let mut used = declaration.extends.iter().chain(&declaration.implements);
        used.any(|used| {
            // `PropertyNamingStrategies.NamingBase` is named with its outer class.
            let ty = sources.resolve(owner, used, &[]);
            ty.as_external().and_then(|name| name.rsplit('.').next()).is_some_and(|name| CODERS.contains(&name))
        })
    })
}

/// What makes the value of a class, or the class of a value, in code.
fn methods(sources: &Sources, class: ClassId, add: &mut dyn FnMut(String, Place, &str, bool)) {
    for (owner, _) in sources.supers(class) {
        let declaration = sources.declaration(owner);
        for method in declaration.methods.iter().chain(&declaration.constructors) {
            let annotation = method.annotations.iter().find(|found| match found.name.as_str() {
                "JsonValue" | "JsonAnyGetter" | "JsonAnySetter" => true,
                "JsonCreator" => method.parameters.len() == 1 || declaration.kind == Kind::Enum,
                _ => false,
            });
            let Some(annotation) = annotation else { continue };
            let body = method.body.clone().and_then(|body| sources.text(owner).get(body)).unwrap_or_default();
            let handed = returned_field(sources, owner, method);
            let text = match &handed {
                Some(field) => told_by(declaration, field),
                None if hands_on(method, body) => "",
                None => body,
            };
            let what = format!("the code behind @{} of {}", annotation.name, declaration.name);
            add(what, sources.place(owner, method.span), text, false);
        }
        for field in declaration.fields.iter().filter(|field| has(&field.annotations, &["JsonValue"])) {
            let what = format!("the code behind @JsonValue of {}", declaration.name);
            add(what, sources.place(owner, field.span), told_by(declaration, &field.name), false);
        }
    }
}

/// What an enum takes besides its words, and what it writes where a mapper asks for `toString()`.
fn words(sources: &Sources, class: ClassId, by_text: bool, add: &mut dyn FnMut(String, Place, &str, bool)) {
    let declaration = sources.declaration(class);
    let mut said = String::new();
    for constant in &declaration.constants {
        for found in constant.annotations.iter().filter(|it| ["JsonAlias", "JsonEnumDefaultValue"].contains(&&*it.name))
        {
            let spelled = sources.text(class).get(found.span.start..found.span.end).unwrap_or_default();
            said += &format!("{spelled} {};", constant.name);
        }
    }
    let place = sources.place(class, declaration.span);
    add(format!("what {} takes besides its words", declaration.name), place.clone(), &said, false);
    let own = declaration.methods.iter().find(|method| method.name == "toString" && method.parameters.is_empty());
    let body = own.and_then(|method| sources.text(class).get(method.body.clone()?)).unwrap_or_default();
    if by_text {
        add(format!("toString() of {}, which makes its words", declaration.name), place, body, false);
    }
}

/// Whether a creator does nothing but to keep its one argument: what that is called there does not count.
fn hands_on(method: &Method, body: &str) -> bool {
    let [parameter] = method.parameters.as_slice() else { return false };
    let body = squeezed(body);
    let Some(statement) = body.strip_prefix('{').and_then(|rest| rest.strip_suffix(";}")) else { return false };
    let is_name = |text: &str| text.chars().all(|it| it.is_alphanumeric() || it == '_');
    let kept = statement.strip_prefix("this.").unwrap_or(statement).strip_suffix(&format!("={}", parameter.name));
    let made = statement.strip_prefix("returnnew").and_then(|it| it.strip_suffix(&format!("({})", parameter.name)));
    kept.or(made).is_some_and(is_name)
}

/// The name of a field that is a value, where it could be another one. What Jackson writes of an enum is its words.
fn told_by<'f>(declaration: &TypeDeclaration, field: &'f str) -> &'f str {
    let fields = declaration.fields.iter().filter(|field| !field.modifiers.is_static);
    if declaration.kind == Kind::Enum || fields.count() < 2 { "" } else { field }
}

/// Classes and those that their fields hold.
fn reachable(sources: &Sources, classes: &[ClassId]) -> BTreeSet<ClassId> {
    let mut found = BTreeSet::new();
    let mut open = classes.to_vec();
    while let Some(class) = open.pop() {
        if !found.insert(class) {
            continue;
        }
        for (owner, _) in sources.lineage(class) {
            open.push(owner);
            for field in sources.declaration(owner).fields.iter().filter(|field| !field.modifiers.is_static) {
                open.extend(sources.resolve(owner, &field.ty, &[]).classes());
            }
        }
    }
    found
}

fn text_of(sources: &Sources, class: ClassId) -> &str {
    let range = sources.node(class).map(|node| node.byte_range());
    range.and_then(|range| sources.text(class).get(range)).unwrap_or_default()
}

/// What stands at a place; the whole file where the place is one.
fn text_at(sources: &Sources, place: &Place) -> String {
    let file = sources.find_file(&place.path).map(|source| &source.file);
    let file = file.or_else(|| sources.beside.iter().find(|file| file.path == place.path));
    let Some(file) = file else { return String::new() };
    match place.span == Span::default() {
        true => squeezed(&file.text),
        false => squeezed(file.text.get(place.span.start..place.span.end).unwrap_or_default()),
    }
}

/// A text without comments and without white space outside of its literals.
fn squeezed(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' => {
                let length = literal(rest, first);
                out.push_str(&rest[..length]);
                length
            }
            _ => {
                out.extend(Some(first).filter(|first| !first.is_whitespace()));
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

/// The length of a literal with its quotes.
fn literal(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' => return at,
            other if other == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_comments_do_not_count() {
        assert_eq!(squeezed("a ( 1 ) // b\n /* c */ + \" d // \\\" \" ;"), "a(1)+\" d // \\\" \";");
        assert_eq!(squeezed("/* open"), "");
        assert_eq!(squeezed("'\"' \"é"), "'\"'\"é");
    }
}
