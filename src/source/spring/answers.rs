//! Whether a method of a controller answers with a body: what its `return` statements make.

use tree_sitter::Node;

use crate::source::java::enums::arguments;
use crate::source::java::expression::Scope;
use crate::source::java::index::{ClassId, Sources};
use crate::source::java::syntax::Method;
use crate::source::java::walk::children;

/// What holds an answer.
const ENTITIES: &[&str] = &["ResponseEntity", "HttpEntity"];
/// Steps that end an answer with a body.
const BODIES: &[&str] = &["ok", "body", "of", "ofNullable"];
/// Nodes that are nested deeper than this are not looked at.
const MAX_DEPTH: usize = 64;

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// None has a body.
    Empty,
    /// At least one has.
    Body,
}

/// What the answers of a method are, where all that says so is in its body.
pub(super) fn of(sources: &Sources, class: ClassId, method: &Method) -> Option<Answer> {
    let scope = Scope::new(sources, class, method);
    let mut found = Vec::new();
    returned(&scope, scope.body()?, 0, &mut found);
    match () {
        () if found.contains(&Some(Answer::Body)) => Some(Answer::Body),
        () if found.is_empty() || found.contains(&None) => None,
        () => Some(Answer::Empty),
    }
}

/// The answers of the statements of a method, not those of lambdas and classes inside of it.
fn returned<'s>(scope: &Scope<'s>, node: Node<'s>, depth: usize, found: &mut Vec<Option<Answer>>) {
    if depth > MAX_DEPTH {
        return found.push(None);
    }
    match node.kind() {
        "lambda_expression" | "class_body" => {}
        "return_statement" => found.push(children(node).next().and_then(|value| answer(scope, value, 0))),
        _ => children(node).for_each(|child| returned(scope, child, depth + 1, found)),
    }
}

fn answer<'s>(scope: &Scope<'s>, node: Node<'s>, depth: usize) -> Option<Answer> {
    let inner = |node: Node<'s>| answer(scope, node, depth + 1).filter(|_| depth < MAX_DEPTH);
    let is_null = |node: &Node<'s>| node.kind() == "null_literal";
    let one = |node: Option<Node<'s>>| node.map(|it| if is_null(&it) { Answer::Empty } else { Answer::Body });
    match node.kind() {
        "parenthesized_expression" => inner(children(node).next()?),
        "cast_expression" => inner(node.child_by_field_name("value")?),
        "ternary_expression" => {
            let sides = ["consequence", "alternative"].map(|side| node.child_by_field_name(side).and_then(&inner));
            match sides {
                [Some(one), Some(other)] if one == other => Some(one),
                _ if sides.contains(&Some(Answer::Body)) => Some(Answer::Body),
                _ => None,
            }
        }
        "object_creation_expression" => {
            let name = scope.raw(node.child_by_field_name("type")?).split('<').next()?.trim();
            if !ENTITIES.contains(&name) {
                return None;
            }
            let given = arguments(node);
            let first = given.first().copied();
            let is_status = first.is_some_and(|it| {
                let text = scope.raw(it);
                text.starts_with("HttpStatus") || scope.type_of(it).is_some_and(|ty| ty.is_external(STATUSES))
            });
            if is_status && given.len() == 1 {
                return Some(Answer::Empty);
            }
            one(first)
        }
        "method_invocation" => {
            if !is_of_entity(scope, node) {
                return None;
            }
            let name = scope.raw(node.child_by_field_name("name")?);
            match (name, arguments(node).as_slice()) {
                ("build", []) => Some(Answer::Empty),
                (name, [value]) if BODIES.contains(&name) => one(Some(*value)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Types that say how a request went.
const STATUSES: &[&str] = &["HttpStatus", "HttpStatusCode", "HttpHeaders"];

/// Whether a chain of calls begins with `ResponseEntity`.
fn is_of_entity<'s>(scope: &Scope<'s>, call: Node<'s>) -> bool {
    let mut at = call;
    while let Some(object) = at.child_by_field_name("object") {
        if object.kind() != "method_invocation" {
            return ENTITIES.contains(&scope.raw(object));
        }
        at = object;
    }
    false
}
