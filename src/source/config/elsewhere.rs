//! Code that changes a mapper, or what it writes, from elsewhere: after it was injected, or behind its back.

use tree_sitter::Node;

use super::beans::is_mapper;
use super::mapper::sets;
use super::settings::module;
use crate::source::java::expression::Scope;
use crate::source::java::index::{ClassId, Sources};
use crate::source::java::syntax::{Method, find, has};
use crate::source::java::walk::{descendants, span};
use crate::source::place::Unread;

/// Interfaces of Spring that stand between a value and its payload.
const BETWEEN: &[&str] = &["ResponseBodyAdvice", "RequestBodyAdvice", "RequestBodyAdviceAdapter"];
/// What a processor of beans is about, if it is about JSON.
const ABOUT_JSON: &[&str] = &["ObjectMapper", "JsonMapper", "MessageConverter"];

/// What the classes of a tree do to any mapper of theirs, or to what it writes.
pub(super) fn changes(sources: &Sources) -> Vec<Unread> {
    let mut found = Vec::new();
    for class in sources.classes().filter(|class| module(sources.path(*class)).is_some()) {
        of_class(sources, class, &mut found);
    }
    found
}

fn of_class(sources: &Sources, class: ClassId, found: &mut Vec<Unread>) {
    let declaration = sources.declaration(class);
    let mut add = |span, what: String| {
        let place = sources.place(class, span);
        found.push(Unread { place, what: format!("{what}: it is not understood") });
    };
    for base in declaration.implements.iter().chain(&declaration.extends) {
        let base = base.name.rsplit('.').next().unwrap_or_default();
        if BETWEEN.contains(&base) {
            add(declaration.span, format!("the {base} {} changes what goes over HTTP", declaration.name));
        }
        let text = || sources.node(class).map_or("", |node| raw(sources, class, node));
        if base == "BeanPostProcessor" && ABOUT_JSON.iter().any(|word| text().contains(word)) {
            add(
                declaration.span,
                format!("the BeanPostProcessor {} changes a mapper or a converter", declaration.name),
            );
        }
    }
    if let Some(annotation) = find(&declaration.annotations, "EnableWebFlux") {
        add(annotation.span, format!("@EnableWebFlux on {} takes Spring Boot's codecs away", declaration.name));
    }
    for method in declaration.methods.iter().filter(|method| has(&method.annotations, &["Bean"])) {
        let mut nodes = Scope::new(sources, class, method).body().into_iter().flat_map(descendants);
        let is_made = |node: &Node<'_>| {
            node.kind() == "object_creation_expression"
                && node.child_by_field_name("type").is_some_and(|ty| raw(sources, class, ty) == "RestTemplate")
        };
        if let Some(node) = nodes.find(is_made) {
            let what = format!("the RestTemplate of {} has converters of its own, not Spring Boot's", method.name);
            add(span(node, sources.text(class)), what);
        }
    }
    for method in declaration.methods.iter().chain(&declaration.constructors) {
        let makes = method.ty.as_ref().is_some_and(|ty| is_mapper(&ty.name)) && has(&method.annotations, &["Bean"]);
        let is_known = makes || tunes_beans(sources, class, method);
        if is_known || has(&method.annotations, &["Test", "ParameterizedTest"]) {
            continue;
        }
        let scope = Scope::new(sources, class, method);
        let calls = scope.body().into_iter().flat_map(descendants).filter(|node| node.kind() == "method_invocation");
        // One is enough: what the others do stands in the same method.
        let first = calls.filter(|call| changes_injected(&scope, method, *call)).min_by_key(Node::end_byte);
        if let Some(name) = first.and_then(|call| call.child_by_field_name("name")) {
            let what = format!("{} in {} changes an ObjectMapper that it is handed", scope.raw(name), method.name);
            add(span(name, sources.text(class)), what);
        }
    }
}

/// Whether a private method is called by beans that are mappers alone: what it does is read with them.
fn tunes_beans(sources: &Sources, class: ClassId, method: &Method) -> bool {
    let declaration = sources.declaration(class);
    let text = |of: &Method| of.body.clone().and_then(|body| sources.text(class).get(body)).unwrap_or_default();
    let (call, reference) = (format!("{}(", method.name), format!("::{}", method.name));
    let calls = |of: &&Method| text(of).contains(&call) || text(of).contains(&reference);
    let is_bean = |of: &Method| of.ty.as_ref().is_some_and(|ty| is_mapper(&ty.name)) && has(&of.annotations, &["Bean"]);
    let callers: Vec<&Method> = declaration.methods.iter().chain(&declaration.constructors).filter(calls).collect();
    method.modifiers.is_private && !callers.is_empty() && callers.into_iter().all(is_bean)
}

/// Whether a call sets something on a mapper that was made elsewhere. A copy, a reader or a writer of it is another one.
fn changes_injected<'s>(scope: &Scope<'s>, method: &Method, call: Node<'s>) -> bool {
    let name = |call: Node<'s>| call.child_by_field_name("name").map_or("", |name| scope.raw(name));
    let mut at = call;
    loop {
        let (true, Some(object)) = (sets(name(at)), at.child_by_field_name("object")) else { return false };
        match object.kind() {
            "method_invocation" if matches!(name(object), "getObjectMapper" | "getMapper") => return true,
            "method_invocation" => at = object,
            "identifier" | "field_access" => return is_injected(scope, method, object),
            _ => return false,
        }
    }
}

/// Whether a name is a parameter that is a mapper, or a field that is one and that its class does not make.
fn is_injected<'s>(scope: &Scope<'s>, method: &Method, object: Node<'s>) -> bool {
    let name = scope.raw(object).trim_start_matches("this.");
    if let Some(parameter) = method.parameters.iter().find(|parameter| parameter.name == name) {
        return is_mapper(&parameter.ty.name);
    }
    let declaration = scope.sources.declaration(scope.class);
    let Some(field) = declaration.fields.iter().find(|field| field.name == name && is_mapper(&field.ty.name)) else {
        return false;
    };
    let is_local = scope.body().is_some_and(|body| {
        descendants(body).any(|node| {
            node.kind() == "variable_declarator"
                && node.child_by_field_name("name").is_some_and(|declared| scope.raw(declared) == name)
        })
    });
    field.value.is_none() && !is_local && !is_made_by_class(scope.sources, scope.class, name)
}

/// Whether a class gives a field something else than what it is handed: then the mapper is its own.
fn is_made_by_class(sources: &Sources, class: ClassId, field: &str) -> bool {
    let is_field = |node: Node<'_>| raw(sources, class, node).trim_start_matches("this.") == field;
    sources.node(class).into_iter().flat_map(descendants).any(|node| {
        let side = |name| node.child_by_field_name(name);
        node.kind() == "assignment_expression"
            && side("left").is_some_and(is_field)
            && side("right").is_some_and(|right| right.kind() != "identifier")
    })
}

fn raw<'s>(sources: &'s Sources, class: ClassId, node: Node<'_>) -> &'s str {
    sources.text(class).get(node.byte_range()).unwrap_or_default()
}
