//! Where the values come from that code puts into an object.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use tree_sitter::Node;

use super::methods::{PLAIN, property_of};
use crate::source::java::annotations::bean_name;
use crate::source::java::enums::arguments;
use crate::source::java::expression::Scope;
use crate::source::java::index::{ClassId, JavaType};
use crate::source::java::syntax::Kind;
use crate::source::java::walk::{children, descendants};

/// Variables that stand for each other are followed this far.
const MAX_STEPS: usize = 4;

/// The property of an object that a value is taken from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The class of the object.
    pub class: ClassId,
    /// The property, by the name of the bean.
    pub property: String,
    /// Whether the name of a constant stands for it: `String.valueOf(it)` or `it.name()`.
    pub is_name: bool,
}

/// What code has at hand to fill an object with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The classes of its parameters, and of what it calls getters of.
    pub classes: BTreeSet<ClassId>,
    /// The names of its other parameters.
    pub names: BTreeSet<String>,
    /// Whether it is not known what else it has.
    pub is_open: bool,
}

/// What declares or sets a variable of a method, by its name.
#[derive(Debug, Default)]
pub(super) struct Variables<'s>(OnceCell<BTreeMap<&'s str, Vec<Node<'s>>>>);

/// A method in whose body expressions stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a, 's> {
    pub(super) scope: &'a Scope<'s>,
    pub(super) variables: &'a Variables<'s>,
}

impl<'s> At<'_, 's> {
    /// What a variable is set to where it is declared, if it is never set again.
    fn initialiser(self, node: Node<'s>) -> Option<Node<'s>> {
        let scope = self.scope;
        let set = self.variables.0.get_or_init(|| {
            let mut set: BTreeMap<&'s str, Vec<Node<'s>>> = BTreeMap::new();
            for node in scope.body().into_iter().flat_map(descendants) {
                let name = match node.kind() {
                    "variable_declarator" | "enhanced_for_statement" => node.child_by_field_name("name"),
                    "assignment_expression" => node.child_by_field_name("left"),
                    _ => None,
                };
                if let Some(name) = name {
                    set.entry(scope.raw(name)).or_default().push(node);
                }
            }
            set
        });
        let [only] = set.get(scope.raw(node))?.as_slice() else { return None };
        let is_before = only.kind() == "variable_declarator" && only.end_byte() <= node.start_byte();
        is_before.then(|| only.child_by_field_name("value")).flatten()
    }
}

/// The property that an expression gives as it is, if that is all it does.
pub(super) fn origin<'s>(at: At<'_, 's>, node: Node<'s>) -> Option<Origin> {
    follow(at, node, MAX_STEPS)
}

fn follow<'s>(at: At<'_, 's>, node: Node<'s>, steps: usize) -> Option<Origin> {
    let steps = steps.checked_sub(1)?;
    let scope = at.scope;
    match node.kind() {
        "parenthesized_expression" => follow(at, children(node).next()?, steps),
        "identifier" => follow(at, at.initialiser(node)?, steps),
        "method_invocation" => {
            let name = scope.raw(node.child_by_field_name("name")?);
            let object = node.child_by_field_name("object")?;
            let given = arguments(node);
            let of_constant = |node| {
                let found = follow(at, node, steps)?;
                let ty = property_of(scope.sources, &JavaType::class(found.class), &found.property)?;
                let constant = scope.sources.declaration(ty.as_class()?);
                // A constant without a label of its own is its name.
                let has_label = constant.fields.iter().any(|field| !field.modifiers.is_static);
                (constant.kind == Kind::Enum).then_some(Origin { is_name: has_label, ..found })
            };
            match (name, given.as_slice()) {
                ("valueOf", [value]) if scope.raw(object) == "String" => of_constant(*value),
                ("name", []) => of_constant(object),
                (_, []) => {
                    let class = type_of(at, object)?.as_class()?;
                    let declaration = scope.sources.declaration(class);
                    let is_component =
                        declaration.kind == Kind::Record && declaration.fields.iter().any(|field| field.name == name);
                    let property = if is_component { name.to_owned() } else { read_by(name)? };
                    Some(Origin { class, property, is_name: false })
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Adds what an argument has to do with to what code has at hand; gives the properties that it reads.
pub(super) fn add<'s>(at: At<'_, 's>, argument: Node<'s>, given: &mut Given) -> BTreeSet<(ClassId, String)> {
    let (mut read, scope) = (BTreeSet::new(), at.scope);
    for node in descendants(argument).filter(|node| node.kind() == "method_invocation") {
        let name = node.child_by_field_name("name").map_or("", |name| scope.raw(name));
        let Some(object) = node.child_by_field_name("object") else { continue };
        if !arguments(node).is_empty() {
            continue;
        }
        let ty = type_of(at, object);
        let class = ty.as_ref().and_then(JavaType::as_class);
        match class {
            Some(class) if scope.sources.declaration(class).kind != Kind::Enum => {
                given.classes.insert(class);
                read.extend(read_by(name).map(|property| (class, property)));
            }
            Some(_) => {}
            None if ty.is_none() && read_by(name).is_some() => given.is_open = true,
            None => {}
        }
    }
    read
}

/// What a method is handed: the objects of the tree, and the names of all else.
pub(super) fn parameters(scope: &Scope<'_>) -> Given {
    let mut given = Given::default();
    for parameter in &scope.method.parameters {
        let ty = scope.sources.resolve(scope.class, &parameter.ty, &scope.method.type_parameters);
        let held = crate::source::java::expression::classes_in(&ty);
        if held.is_empty() {
            given.names.insert(parameter.name.clone());
            // What other people's classes hold is not known.
            given.is_open |= !ty.is_external(PLAIN);
        }
        given.classes.extend(held);
    }
    given
}

/// The property that a getter reads.
fn read_by(name: &str) -> Option<String> {
    let rest = name.strip_prefix("get").or(name.strip_prefix("is"))?;
    rest.starts_with(|first: char| !first.is_lowercase()).then(|| bean_name(rest))
}

/// The type of an expression; of the parameter of a lambda, what the list or the option holds that it is called on; of what
/// a repository of Spring Data found, what that keeps.
pub(super) fn type_of<'s>(at: At<'_, 's>, node: Node<'s>) -> Option<JavaType> {
    known(at, node, MAX_STEPS)
}

fn known<'s>(at: At<'_, 's>, node: Node<'s>, steps: usize) -> Option<JavaType> {
    let steps = steps.checked_sub(1)?;
    let scope = at.scope;
    scope.type_of(node).or_else(|| match node.kind() {
        "identifier" => match at.initialiser(node) {
            Some(value) => known(at, value, steps),
            None => held(at, taken_from(scope, node)?, steps),
        },
        "parenthesized_expression" => known(at, children(node).next()?, steps),
        "method_invocation" => {
            let (name, object) = (scope.raw(node.child_by_field_name("name")?), node.child_by_field_name("object")?);
            match name {
                "get" | "orElse" | "orElseThrow" | "orElseGet" => held(at, object, steps),
                _ => property_of(scope.sources, &known(at, object, steps)?, &read_by(name)?),
            }
        }
        _ => None,
    })
}

/// What a lambda is handed to that has a name as its only parameter.
fn taken_from<'s>(scope: &Scope<'s>, node: Node<'s>) -> Option<Node<'s>> {
    let name = scope.raw(node);
    let takes_it = |it: &Node<'s>| {
        let list = it.child_by_field_name("parameters").filter(|_| it.kind() == "lambda_expression");
        list.is_some_and(|list| scope.raw(list).trim_matches(['(', ')']) == name)
    };
    let lambda = std::iter::successors(node.parent(), |it| it.parent()).find(takes_it)?;
    let call = lambda.parent()?.parent().filter(|call| call.kind() == "method_invocation")?;
    call.child_by_field_name("object")
}

/// What a list, an option or a stream of it holds.
fn held<'s>(at: At<'_, 's>, node: Node<'s>, steps: usize) -> Option<JavaType> {
    let steps = steps.checked_sub(1)?;
    let scope = at.scope;
    if let Some(ty) = scope.type_of(node) {
        return (ty.as_class().is_none() && ty.arguments.len() == 1).then(|| ty.arguments.into_iter().next()).flatten();
    }
    if node.kind() == "identifier" {
        return held(at, at.initialiser(node)?, steps);
    }
    let (name, object) = (scope.raw(node.child_by_field_name("name")?), node.child_by_field_name("object")?);
    match name {
        "stream" | "parallelStream" | "filter" | "sorted" | "distinct" | "limit" | "skip" | "peek" => {
            held(at, object, steps)
        }
        "findById" | "findAll" | "findAllById" | "findOne" => {
            let repository = scope.type_of(object)?.as_class()?;
            let base = scope.sources.declaration(repository).extends.first()?;
            let base = scope.sources.resolve(repository, base, &[]);
            let is_repository = base.as_external().is_some_and(|name| name.ends_with("Repository"));
            is_repository.then(|| base.arguments.into_iter().next()).flatten()
        }
        _ => None,
    }
}
