//! The types of what streams, options and functions hand on, and of type parameters that a call binds.

use std::collections::BTreeMap;

use tree_sitter::Node;

use super::expression::Scope;
use super::index::{ClassId, JavaType, TypeName};
use super::syntax::Method;
use super::walk::{children, descendants};

/// Steps that hand on what they are called on.
const WHOLE: &[&str] = &[
    "filter",
    "sorted",
    "distinct",
    "limit",
    "skip",
    "peek",
    "takeWhile",
    "dropWhile",
    "or",
    "parallel",
    "sequential",
    "switchIfEmpty",
    "defaultIfEmpty",
    "doOnNext",
    "doOnSuccess",
    "doOnError",
    "log",
    "onErrorResume",
    "timeout",
];
/// Steps that hand on what a function makes of each.
const MAPS: &[&str] = &["map", "mapToObj", "thenApply", "flatMap", "concatMap", "thenCompose"];
/// Methods that a repository of Spring Data has by itself, and whether they find one, many, or give the one itself.
const REPOSITORY: &[(&str, Found)] = &[
    ("findById", Found::Perhaps),
    ("findOne", Found::Perhaps),
    ("findAll", Found::Many),
    ("findAllById", Found::Many),
    ("saveAll", Found::Many),
    ("save", Found::One),
    ("insert", Found::One),
    ("getById", Found::One),
    ("getReferenceById", Found::One),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    One,
    Perhaps,
    Many,
}

fn holding(name: &str, item: JavaType) -> JavaType {
    JavaType { arguments: vec![item], ..JavaType::external(name) }
}

/// What another one's class holds, if it holds one kind of thing.
fn item(ty: &JavaType) -> Option<&JavaType> {
    match ty.arguments.as_slice() {
        [item] if ty.as_external().is_some() && ty.dimensions == 0 => Some(item),
        _ => None,
    }
}

impl<'s> Scope<'s> {
    /// What a step of a stream, an option or a publisher gives.
    pub(super) fn flowed(&self, owner: &JavaType, name: &str, given: &[Node<'s>]) -> Option<JavaType> {
        let held = item(owner)?.clone();
        let is_reactive = owner.is_external(&["Flux", "Mono"]);
        match name {
            "stream" | "parallelStream" => Some(holding("Stream", held)),
            _ if WHOLE.contains(&name) => Some(owner.clone()),
            _ if MAPS.contains(&name) => {
                let made = self.given_by(*given.first()?, Some(&held))?;
                let is_flat = matches!(name, "flatMap" | "concatMap" | "thenCompose");
                let made = if is_flat { item(&made)?.clone() } else { made };
                Some(holding(owner.as_external()?, made))
            }
            "toList" | "getContent" if !is_reactive => Some(holding("List", held)),
            "collectList" => Some(holding("Mono", holding("List", held))),
            "collect" => {
                let how = self.raw(*given.first()?);
                let is_whole = ["toList()", "toSet()", "toUnmodifiableList()", "toUnmodifiableSet()"];
                is_whole.iter().any(|all| how.trim_start_matches("Collectors.") == *all).then(|| holding("List", held))
            }
            "findFirst" | "findAny" | "min" | "max" => Some(holding("Optional", held)),
            _ => None,
        }
    }

    /// What an answer of Spring holds: `ResponseEntity.ok(parcel)`, `ResponseEntity.status(201).body(parcel)`.
    pub(super) fn answered(&self, node: Node<'s>, name: &str, given: &[Node<'s>]) -> Option<JavaType> {
        let value = *given.first().filter(|_| is_answer(self, node))?;
        let held = self.type_of(value).filter(|_| matches!(name, "ok" | "body" | "of" | "ofNullable"))?;
        let held = if name == "of" { item(&held)?.clone() } else { held };
        Some(holding("ResponseEntity", held))
    }

    /// What a function gives, with what it is handed: a lambda, or a method that is referred to.
    pub fn given_by(&self, function: Node<'s>, taken: Option<&JavaType>) -> Option<JavaType> {
        match function.kind() {
            "lambda_expression" => values(function).into_iter().find_map(|value| self.type_of(value)),
            "method_reference" => {
                let (object, name) = (children(function).next()?, self.raw(function).rsplit("::").next()?.trim());
                let owner = if object.kind() == "identifier" || !object.kind().contains("type") {
                    self.type_of(object)?
                } else {
                    self.resolve(object)
                };
                if name == "new" {
                    return Some(owner);
                }
                if owner.is_external(&["ResponseEntity"]) && name == "ok" {
                    return Some(holding("ResponseEntity", taken?.clone()));
                }
                if let Some((class, method, bindings)) = self.find_method(&owner, name, None) {
                    let ty = self.sources.resolve(class, method.ty.as_ref()?, &method.type_parameters);
                    return Some(ty.with(&bindings));
                }
                self.generated(&owner, name)
            }
            _ => None,
        }
    }

    /// What the parameter of a lambda is: what the stream or the option holds that the lambda is handed to.
    pub(super) fn taken(&self, lambda: Node<'s>) -> Option<JavaType> {
        let list = lambda.child_by_field_name("parameters")?;
        let count = if list.kind() == "identifier" { 1 } else { children(list).count() };
        let call = self.parent(self.parent(lambda)?).filter(|it| it.kind() == "method_invocation" && count == 1)?;
        item(&self.type_of(call.child_by_field_name("object")?)?).cloned()
    }

    /// What a repository of Spring Data gives by a method that it has by itself.
    pub(super) fn stored(&self, repository: ClassId, name: &str) -> Option<JavaType> {
        let (_, found) = REPOSITORY.iter().find(|(method, _)| *method == name)?;
        self.sources.supers(repository).into_iter().find_map(|(class, bindings)| {
            let declaration = self.sources.declaration(class);
            let mut bases = declaration.extends.iter().chain(&declaration.implements);
            bases.find_map(|base| {
                let base = self.sources.resolve(class, base, &[]).with(&bindings);
                let library = base.as_external().filter(|name| name.ends_with("Repository"))?;
                let (is_reactive, kept) = (library.starts_with("Reactive"), base.arguments.first()?.clone());
                Some(match (found, is_reactive) {
                    (Found::One, false) => kept,
                    (Found::Perhaps, false) => holding("Optional", kept),
                    (Found::Many, false) => holding("List", kept),
                    (Found::Many, true) => holding("Flux", kept),
                    (_, true) => holding("Mono", kept),
                })
            })
        })
    }

    /// What the type parameters of a method stand for at a call.
    pub(super) fn inferred(&self, class: ClassId, method: &Method, given: &[Node<'s>]) -> BTreeMap<String, JavaType> {
        let mut bound = BTreeMap::new();
        if method.type_parameters.is_empty() {
            return bound;
        }
        for (parameter, argument) in method.parameters.iter().zip(given) {
            let declared = self.sources.resolve(class, &parameter.ty, &method.type_parameters);
            self.bind(&declared, *argument, &mut bound);
        }
        bound
    }

    /// What the type parameters of a class stand for where one is made: `new Page<>(1, parcels)`.
    pub(super) fn made_of(&self, class: ClassId, given: &[Node<'s>]) -> Vec<JavaType> {
        let declaration = self.sources.declaration(class);
        if declaration.parameters.is_empty() {
            return Vec::new();
        }
        let fits = |method: &&Method| method.parameters.len() == given.len();
        let declared: Vec<JavaType> = match declaration.constructors.iter().find(fits) {
            Some(by_hand) => by_hand.parameters.iter().map(|it| self.sources.resolve(class, &it.ty, &[])).collect(),
            None => {
                let fields = declaration.fields.iter().filter(|field| !field.modifiers.is_static);
                fields.map(|field| self.sources.resolve(class, &field.ty, &[])).collect()
            }
        };
        let mut bound = BTreeMap::new();
        if declared.len() == given.len() {
            declared.iter().zip(given).for_each(|(declared, argument)| self.bind(declared, *argument, &mut bound));
        }
        let parameters = declaration.parameters.iter().map(|parameter| bound.get(parameter).cloned());
        parameters.collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    fn bind(&self, declared: &JavaType, argument: Node<'s>, bound: &mut BTreeMap<String, JavaType>) {
        if !has_variable(declared) {
            return;
        }
        let token = self.token(argument).filter(|_| declared.as_external().is_some());
        match (token, declared.arguments.as_slice()) {
            (Some(token), [named]) => unify(named, &token, bound),
            _ => {
                if let Some(actual) = self.type_of(argument) {
                    unify(declared, &actual, bound);
                }
            }
        }
    }
}

fn has_variable(ty: &JavaType) -> bool {
    matches!(ty.name, TypeName::Variable(_)) || ty.arguments.iter().any(has_variable)
}

fn unify(declared: &JavaType, actual: &JavaType, bound: &mut BTreeMap<String, JavaType>) {
    match &declared.name {
        TypeName::Variable(name) => {
            bound.entry(name.clone()).or_insert_with(|| actual.clone());
        }
        _ => declared.arguments.iter().zip(&actual.arguments).for_each(|(one, other)| unify(one, other, bound)),
    }
}

/// Whether a call is a step of an answer of Spring.
fn is_answer(scope: &Scope<'_>, node: Node<'_>) -> bool {
    let mut at = node;
    while let Some(object) = at.child_by_field_name("object") {
        at = object;
    }
    at.id() != node.id() && scope.raw(at) == "ResponseEntity"
}

/// The expressions that a lambda or a method may give, in the order of the text.
pub fn values(of: Node<'_>) -> Vec<Node<'_>> {
    let body = if of.kind() == "lambda_expression" { of.child_by_field_name("body") } else { Some(of) };
    let Some(body) = body else { return Vec::new() };
    if body.kind() != "block" && body.kind() != "constructor_body" {
        return vec![body];
    }
    let mut inner: Vec<std::ops::Range<usize>> = Vec::new();
    let mut found = Vec::new();
    for node in descendants(body) {
        match node.kind() {
            "lambda_expression" | "class_body" => inner.push(node.byte_range()),
            "return_statement" if !inner.iter().any(|range| range.contains(&node.start_byte())) => {
                found.extend(children(node).next());
            }
            _ => {}
        }
    }
    found
}
