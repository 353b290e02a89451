//! Enums: their constants, the labels and codes that constructor arguments give them, and how Jackson spells them.

use super::annotations::{explicit_name, text};
use super::index::{ClassId, Sources};
use super::lombok;
use super::syntax::{Constant, Kind, Method, TypeDeclaration, Value, find, has};
use super::walk::{children, descendants};
use crate::model::{Domain, Side, Stranger, Words};
use crate::source::place::{Place, Unread};

/// An enum of the sources.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// What Jackson writes and reads for it.
    pub domain: Domain,
    /// Its constants, in order.
    pub constants: Vec<EnumConstant>,
    /// What was not understood.
    pub unread: Vec<Unread>,
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumConstant {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// The texts and numbers that its arguments give its fields, as (field, word).
    pub words: Vec<(String, String)>,
}

/// Reads an enum; none of a class that is none.
pub fn read(sources: &Sources, class: ClassId) -> Option<Enumeration> {
    let declaration = sources.declaration(class);
    if declaration.kind != Kind::Enum {
        return None;
    }
    let assigned = assigned_fields(sources, class);
    let constants: Vec<EnumConstant> = declaration
        .constants
        .iter()
        .map(|constant| EnumConstant {
            name: constant.name.clone(),
            place: sources.place(class, constant.span),
            words: words(constant, &assigned, sources, class),
        })
        .collect();
    let mut unread = Vec::new();
    let mut refuse =
        |span, what: &str| unread.push(Unread { place: sources.place(class, span), what: what.to_owned() });
    let (mut side, mut spelled) = (Side::Name, Vec::new());
    for (constant, declared) in constants.iter().zip(&declaration.constants) {
        let name = explicit_name(&declared.annotations, sources, class);
        side = if name.is_some() { Side::Label } else { side };
        spelled.push(name.unwrap_or_else(|| constant.name.clone()));
    }
    if let Some((field, span)) = value_field(sources, class) {
        let of =
            |constant: &EnumConstant| constant.words.iter().find(|(name, _)| Some(name) == field.as_ref()).cloned();
        let values: Vec<String> = constants.iter().filter_map(of).map(|(_, word)| word).collect();
        if values.len() == constants.len() {
            (side, spelled) = (Side::Label, values);
        } else {
            refuse(span, "the value that is written for a constant is not one of its constructor's literals");
        }
    }
    for method in declaration.methods.iter().filter(|method| has(&method.annotations, &["JsonCreator"])) {
        refuse(method.span, "constants are read by a method of their own: which words it takes is not understood");
    }
    if let Some(naming) = find(&declaration.annotations, "EnumNaming") {
        refuse(naming.span, "a strategy names the constants: which words that gives is not understood");
    }
    if let Some(format) = find(&declaration.annotations, "JsonFormat")
        && format.get("shape").is_some()
    {
        refuse(format.span, "the enum has a shape of its own");
    }
    for used in ["JsonSerialize", "JsonDeserialize"].iter().filter_map(|name| find(&declaration.annotations, name)) {
        refuse(used.span, "the enum is written or read by a class of its own");
    }
    let fallback =
        declaration.constants.iter().position(|constant| has(&constant.annotations, &["JsonEnumDefaultValue"]));
    let stranger = fallback
        .and_then(|place| spelled.get(place))
        .map_or(Stranger::Refused, |word| Stranger::Default(word.clone().into()));
    let domain = Domain {
        name: declaration.name.clone().into(),
        words: Words::Owned(spelled),
        side,
        ignores_case: false,
        stranger,
    };
    Some(Enumeration { domain, constants, unread })
}

/// The field that `@JsonValue` writes: of a field, or of a method that returns one; the outer option says whether there is
/// such an annotation, the inner whether it is understood.
fn value_field(sources: &Sources, class: ClassId) -> Option<(Option<String>, crate::source::place::Span)> {
    let declaration = sources.declaration(class);
    if let Some(field) = declaration.fields.iter().find(|field| has(&field.annotations, &["JsonValue"])) {
        return Some((Some(field.name.clone()), field.span));
    }
    let method = declaration.methods.iter().find(|method| has(&method.annotations, &["JsonValue"]))?;
    Some((returned_field(sources, class, method), method.span))
}

/// The field that a method returns, where it does nothing else.
pub fn returned_field(sources: &Sources, class: ClassId, method: &Method) -> Option<String> {
    if method.body.is_none() {
        // A getter of Lombok stands where its field does.
        let declared = sources.declaration(class).fields.iter().find(|field| field.span == method.span);
        return declared.map(|field| field.name.clone());
    }
    let body = sources.text(class).get(method.body.clone()?)?;
    let statement = body.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
    let name = statement.strip_prefix("return")?.strip_suffix(';')?.trim();
    let name = name.strip_prefix("this.").unwrap_or(name);
    sources.declaration(class).fields.iter().any(|field| field.name == name).then(|| name.to_owned())
}

/// The methods that hand out a field of an enum, those that Lombok writes among them.
pub fn getters(sources: &Sources, class: ClassId, field: &str) -> Vec<String> {
    let declaration = sources.declaration(class);
    let by_hand = declaration.methods.iter().filter(|method| {
        method.parameters.is_empty() && returned_field(sources, class, method).as_deref() == Some(field)
    });
    let mut getters: Vec<String> = by_hand.map(|method| method.name.clone()).collect();
    let generated = declaration.fields.iter().find(|it| it.name == field);
    if let Some(field) = generated.filter(|field| lombok::generated(declaration, field, true).getter) {
        getters.extend(lombok::accessor_name(declaration, field).map(|name| format!("get{name}")));
    }
    getters
}

/// The words of a constant: its literal arguments by the field that they go to.
fn words(constant: &Constant, assigned: &[Vec<String>], sources: &Sources, class: ClassId) -> Vec<(String, String)> {
    let Some(fields) = assigned.iter().find(|fields| fields.len() == constant.arguments.len()) else {
        return Vec::new();
    };
    let word = |value: &Value| match value {
        Value::Number(number) => Some(number.clone()),
        Value::Text(_) | Value::Name(_) | Value::Joined(_) => text(value, sources, class),
        _ => None,
    };
    let pairs = fields.iter().zip(&constant.arguments);
    pairs
        .filter(|(field, _)| !field.is_empty())
        .filter_map(|(field, value)| Some((field.clone(), word(value)?)))
        .collect()
}

/// For each constructor, the fields that its parameters are assigned to; an empty name for one that goes elsewhere.
fn assigned_fields(sources: &Sources, class: ClassId) -> Vec<Vec<String>> {
    let declaration = sources.declaration(class);
    let text = sources.text(class);
    let root = sources.file(class).tree.root_node();
    let mut all: Vec<Vec<String>> = Vec::new();
    for constructor in &declaration.constructors {
        let mut fields = vec![String::new(); constructor.parameters.len()];
        let body = constructor.body.clone().and_then(|body| root.descendant_for_byte_range(body.start, body.end));
        for node in body.into_iter().flat_map(descendants).filter(|node| node.kind() == "assignment_expression") {
            let side = |name| node.child_by_field_name(name).and_then(|side| text.get(side.byte_range()));
            let (Some(left), Some(right)) = (side("left"), side("right")) else { continue };
            let parameter = constructor.parameters.iter().position(|parameter| parameter.name == right.trim());
            if let Some(field) = parameter.and_then(|place| fields.get_mut(place)) {
                *field = left.trim().trim_start_matches("this.").to_owned();
            }
        }
        all.push(fields);
    }
    if all.is_empty() && lombok::takes_all_fields(declaration) {
        all.push(instance_fields(declaration));
    }
    all
}

fn instance_fields(declaration: &TypeDeclaration) -> Vec<String> {
    let fields = declaration.fields.iter().filter(|field| !field.modifiers.is_static && field.value.is_none());
    fields.map(|field| field.name.clone()).collect()
}

/// How many constants have at least one word.
pub fn has_words(enumeration: &Enumeration) -> bool {
    enumeration.constants.iter().any(|constant| !constant.words.is_empty())
}

/// The children of a node that are arguments, for readers of calls.
pub fn arguments<'t>(call: tree_sitter::Node<'t>) -> Vec<tree_sitter::Node<'t>> {
    call.child_by_field_name("arguments").into_iter().flat_map(children).collect()
}
