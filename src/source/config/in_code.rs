//! Mappers that code calls itself, as `mapper.readValue(..)` does: one that is injected, or one that the code makes.

use std::collections::BTreeMap;

use tree_sitter::Node;

use super::application::Modules;
use super::beans::{is_mapper, makes, start_of};
use super::in_force::{InForce, Maker};
use super::mapper::{Configured, Reason, apply, further, of_body, sets};
use crate::source::java::enums::arguments;
use crate::source::java::expression::{Scope, classes_in};
use crate::source::java::index::{ClassId, Sources};
use crate::source::java::syntax::{Variable, has};
use crate::source::java::walk::{descendants, span};
use crate::source::place::Place;
use crate::source::spring::{Direction, READS, Use, WRITES};

/// Steps between a mapper and the call that reads or writes, which change nothing of it.
const STEPS: &[&str] = &["reader", "readerFor", "readerForListOf", "forType", "writer", "writerFor"];
/// Annotations that say which of several mappers is injected.
const CHOOSES: &[&str] = &["Qualifier", "Named", "Resource"];

/// A mapper that the methods of a class call.
#[derive(Clone, Debug)]
pub struct InCode {
    /// The class that has the methods: `path/to/File.java#Outer.Inner`.
    pub class: String,
    /// What the class calls it; with the method where it is a variable of one.
    pub name: String,
    /// Where it is made, or where it is called first.
    pub place: Place,
    /// What it does.
    pub mapper: InForce,
    /// Whether it is what Spring hands over.
    pub is_injected: bool,
    /// The classes that it reads and writes there.
    pub goes: Vec<(ClassId, Direction)>,
}

/// Whether a class is on a wire because code calls a mapper with it, whatever carries the text.
pub fn is_call(used: &Use) -> bool {
    used.how.strip_suffix("()").is_some_and(|call| READS.contains(&call) || WRITES.contains(&call))
}

/// Finds them in a tree. `injected` says which mapper the code of a module is handed.
pub(super) fn in_code(sources: &Sources, modules: &Modules, injected: impl Fn(&str) -> InForce) -> Vec<InCode> {
    let mut found = Vec::new();
    for class in sources.classes() {
        let text = sources.text(class);
        let Some(module) = modules.of(sources.path(class)) else { continue };
        if !["ObjectMapper", "JsonMapper"].iter().any(|name| text.contains(name)) {
            continue;
        }
        // A mapper of which a call is not understood may be another one there: nothing is said of it.
        let mut by_name: BTreeMap<String, Option<InCode>> = BTreeMap::new();
        let declaration = sources.declaration(class);
        let handed = injected(module);
        for method in declaration.methods.iter().chain(&declaration.constructors) {
            let scope = Scope::new(sources, class, method);
            let Some(body) = scope.body() else { continue };
            for call in descendants(body).filter(|node| node.kind() == "method_invocation") {
                let Some((mapper, changing, direction)) = called(&scope, call) else { continue };
                let (mut name, made) = which(&scope, mapper, body, &handed.configured);
                if let Some(first) = changing.last() {
                    name = scope.raw(*first).trim_start_matches("this.").to_owned();
                }
                let entry = by_name.entry(name.clone()).or_insert_with(|| {
                    let (mut place, mut own) = made?;
                    let mut mapper = handed.clone();
                    // A copy, a reader or a writer that does more than the mapper.
                    if let Some(last) = changing.first() {
                        place = sources.place(class, span(*last, text));
                        let start = own.unwrap_or_else(|| mapper.configured.clone());
                        own = Some(changed(&scope, &changing, start)?);
                    }
                    let is_injected = own.is_none();
                    if let Some(mut configured) = own {
                        let what = format!("{} makes its own", declaration.name);
                        configured.reasons.insert(0, Reason { place: place.clone(), what, is_bean: false });
                        mapper = InForce {
                            maker: Maker::Code,
                            configured,
                            inert: Vec::new(),
                            profiles: Vec::new(),
                            under: Vec::new(),
                            ..mapper
                        };
                    }
                    Some(InCode { class: sources.identity(class), name, place, mapper, is_injected, goes: Vec::new() })
                });
                let Some(entry) = entry else { continue };
                let given = arguments(call);
                let token = given.iter().rev().find_map(|argument| scope.token(*argument));
                let sent = || given.iter().rev().find_map(|argument| scope.type_of(*argument));
                let ty = token.or_else(|| if direction == Direction::Read { None } else { sent() });
                for class in ty.iter().flat_map(classes_in) {
                    if !entry.goes.contains(&(class, direction)) {
                        entry.goes.push((class, direction));
                    }
                }
            }
        }
        found.extend(by_name.into_values().flatten().filter(|it| !it.goes.is_empty()));
    }
    found.sort_by(|one, other| (&one.class, &one.name).cmp(&(&other.class, &other.name)));
    found
}

/// The expression of the mapper that a call reads or writes with, and the steps between them that change something.
fn called<'s>(scope: &Scope<'s>, call: Node<'s>) -> Option<(Node<'s>, Vec<Node<'s>>, Direction)> {
    let name = |call: Node<'s>| call.child_by_field_name("name").map_or("", |name| scope.raw(name));
    let direction = match name(call) {
        read if READS.contains(&read) => Direction::Read,
        written if WRITES.contains(&written) => Direction::Written,
        _ => return None,
    };
    let (mapper, changing) = unwound(scope, call.child_by_field_name("object")?)?;
    Some((mapper, changing, direction))
}

/// What a chain begins with, and those of its steps that change something, the last one first.
fn unwound<'s>(scope: &Scope<'s>, chain: Node<'s>) -> Option<(Node<'s>, Vec<Node<'s>>)> {
    let (mut mapper, mut changing) = (chain, Vec::new());
    while mapper.kind() == "method_invocation" && !makes(scope, mapper) {
        let name = mapper.child_by_field_name("name").map_or("", |name| scope.raw(name));
        if !STEPS.contains(&name) {
            changing.push(mapper);
        }
        mapper = mapper.child_by_field_name("object")?;
    }
    Some((mapper, changing))
}

/// A mapper with what steps change of it; nothing where one of them is not understood.
fn changed<'s>(scope: &Scope<'s>, steps: &[Node<'s>], mut configured: Configured) -> Option<Configured> {
    let unread = configured.unread.len();
    for step in steps.iter().rev() {
        match step.child_by_field_name("name").map_or("", |name| scope.raw(name)) {
            "copy" => {}
            "writerWithDefaultPrettyPrinter" => {
                configured.switch("INDENT_OUTPUT", true);
            }
            called if sets(called) || matches!(called, "with" | "without") => apply(scope, *step, &mut configured),
            _ => return None,
        }
    }
    (configured.unread.len() == unread).then_some(configured)
}

/// What a mapper is called, and where it is made and how; without a configuration it is injected. Nothing where it
/// cannot be told.
fn which<'s>(
    scope: &Scope<'s>,
    mapper: Node<'s>,
    body: Node<'s>,
    injected: &Configured,
) -> (String, Option<(Place, Option<Configured>)>) {
    let place = |node: Node<'_>| scope.sources.place(scope.class, span(node, scope.sources.text(scope.class)));
    let name = scope.raw(mapper).trim_start_matches("this.");
    let here = || format!("{name} in {}", scope.method.name);
    if !matches!(mapper.kind(), "identifier" | "field_access") {
        let own = makes(scope, mapper).then(|| of_body(scope, mapper, start_of(scope, mapper)));
        return (here(), own.map(|own| (place(mapper), Some(own))));
    }
    let declares = |node: &Node<'s>| {
        node.kind() == "variable_declarator" && node.child_by_field_name("name").is_some_and(|it| scope.raw(it) == name)
    };
    let local = descendants(body).find(declares);
    let parameter = scope.method.parameters.iter().find(|it| it.name == name);
    let field = scope.sources.declaration(scope.class).fields.iter().find(|it| it.name == name);
    match (local, parameter, field) {
        (Some(local), _, _) => {
            let own = local.child_by_field_name("value").and_then(|value| made(scope, (name, value), body, injected));
            (here(), own.map(|(at, own)| (at, Some(own))))
        }
        // Whoever calls the method may hand over any.
        (None, Some(_), _) | (None, None, None) => (here(), None),
        (None, None, Some(field)) => (
            name.to_owned(),
            of_field(scope, field, injected).map(|own| own.map_or((place(mapper), None), |it| (it.0, Some(it.1)))),
        ),
    }
}

/// How a field gets its mapper: nothing inside where it is handed over.
fn of_field(scope: &Scope<'_>, field: &Variable, injected: &Configured) -> Option<Option<(Place, Configured)>> {
    if !is_mapper(&field.ty.name) || has(&field.annotations, CHOOSES) {
        return None;
    }
    let class = scope.sources.node(scope.class)?;
    let value = field.value.clone().and_then(|value| class.descendant_for_byte_range(value.start, value.end));
    let assigned = descendants(class).filter(|node| {
        node.kind() == "assignment_expression"
            && node.child_by_field_name("left").is_some_and(|left| is_named(scope, left, &field.name))
    });
    let assigned = assigned.filter_map(|node| node.child_by_field_name("right"));
    let mut values = value.into_iter().chain(assigned);
    match (values.next(), values.next()) {
        (Some(value), None) if value.kind() != "identifier" => {
            made(scope, (&field.name, value), class, injected).map(Some)
        }
        (_, None) => Some(None),
        _ => None,
    }
}

/// A mapper as an expression makes it, with what is set on it by its name elsewhere: in a constructor, an initialiser, the
/// statements behind it.
fn made<'s>(
    scope: &Scope<'s>,
    (name, value): (&str, Node<'s>),
    around: Node<'s>,
    injected: &Configured,
) -> Option<(Place, Configured)> {
    let mut own = if makes(scope, value) {
        of_body(scope, value, start_of(scope, value))
    } else {
        // A copy of the one that is injected.
        let (root, steps) = unwound(scope, value)?;
        let is_copy = steps
            .last()
            .is_some_and(|first| first.child_by_field_name("name").is_some_and(|name| scope.raw(name) == "copy"));
        if !is_copy || !matches!(root.kind(), "identifier" | "field_access") {
            return None;
        }
        changed(scope, &steps, injected.clone())?
    };
    for statement in descendants(around).filter(|node| node.kind() == "expression_statement") {
        if statement.named_child(0).is_some_and(|call| is_set_on(scope, call, name)) {
            further(scope, statement, &mut own);
        }
    }
    Some((scope.sources.place(scope.class, span(value, scope.sources.text(scope.class))), own))
}

fn is_named(scope: &Scope<'_>, node: Node<'_>, name: &str) -> bool {
    scope.raw(node).trim_start_matches("this.") == name
}

/// Whether a call is a chain of setters on something of a name.
fn is_set_on<'s>(scope: &Scope<'s>, call: Node<'s>, name: &str) -> bool {
    let mut at = call;
    loop {
        let called = at.child_by_field_name("name").map_or("", |name| scope.raw(name));
        match at.child_by_field_name("object") {
            Some(object) if at.kind() == "method_invocation" && sets(called) => match object.kind() {
                "method_invocation" => at = object,
                _ => return is_named(scope, object, name),
            },
            _ => return false,
        }
    }
}
