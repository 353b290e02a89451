//! What a method answers with whose type does not say it: `ResponseEntity<?>`, `Object`, `Map<String, Object>`, `Page` without
//! arguments. The expressions that it returns are asked instead.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::paths::MAPPINGS;
use super::{MapKey, Seeds, Use};
use crate::source::java::enums::arguments;
use crate::source::java::expression::{Scope, classes_in};
use crate::source::java::flow::values;
use crate::source::java::index::{JavaType, Sources, TypeName};
use crate::source::java::syntax::has;
use crate::source::java::walk::{children, descendants};
use crate::source::place::Unread;

/// Methods that call each other are followed this far.
const MAX_METHODS: usize = 3;
/// Expressions that are looked at for one method.
const MAX_STEPS: usize = 500;

/// Maps that are made to be filled.
const MAPS: &[&str] = &["HashMap", "LinkedHashMap", "TreeMap", "ConcurrentHashMap", "Map"];
/// Classes whose own methods make a list of what they are given.
const LISTS: &[&str] = &["List", "Set", "Arrays", "Collections", "Stream", "ImmutableList"];
/// Classes whose own methods make a map of keys and values.
const PAIRS: &[&str] = &["Map", "Collections", "ImmutableMap"];
/// What has no class of the tree in it.
const STATUS: &[&str] = &["HttpStatus", "HttpStatusCode", "HttpHeaders"];
/// Steps behind which there is one of two.
const EITHER: &[&str] = &["orElse", "orElseGet", "defaultIfEmpty", "switchIfEmpty", "onErrorReturn", "onErrorResume"];
/// Steps that give what they are called on.
const SAME: &[&str] = &["orElseThrow", "get", "block", "join", "blockOptional"];
/// Steps that give what a function makes.
const MADE: &[&str] = &["map", "flatMap", "thenApply", "thenCompose"];
/// Methods that wrap what they are given, or what a function gives.
const WRAPS: &[&str] = &["just", "ofNullable", "completedFuture", "supplyAsync", "fromCallable", "requireNonNull"];

/// What a method answers with.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The types that were found.
    pub(super) types: Vec<JavaType>,
    /// The keys of maps that are written out.
    pub(super) keys: BTreeSet<String>,
    /// Whether there is something of which nothing is known.
    pub(super) is_open: bool,
    /// Whether anything but null was found.
    is_told: bool,
    steps: usize,
}

/// Whether a type leaves open what it holds.
pub(super) fn leaves_open(sources: &Sources, ty: &JavaType) -> bool {
    let last = ty.arguments.last();
    match &ty.name {
        TypeName::Variable(_) => true,
        TypeName::Class(class) => {
            let count = sources.declaration(*class).parameters.len();
            count > ty.arguments.len() || ty.arguments.iter().any(|it| leaves_open(sources, it))
        }
        TypeName::External { name, .. } => match name.as_str() {
            "Object" | "?" => true,
            "ResponseEntity" | "HttpEntity" | "Mono" | "Flux" | "Optional" | "List" | "Set" | "Collection" | "Map"
            | "HashMap" | "LinkedHashMap" | "Iterable" | "Page" | "CompletableFuture" | "Callable" => {
                last.is_none_or(|it| leaves_open(sources, it))
            }
            _ => ty.arguments.iter().any(|it| leaves_open(sources, it)),
        },
    }
}

/// Looks at what an endpoint returns whose type leaves open what that is.
pub(super) fn endpoint(scope: &Scope<'_>, ty: &JavaType, used: &Use, seeds: &mut Seeds) {
    let Scope { sources, class, method, .. } = *scope;
    if !leaves_open(sources, ty) {
        return;
    }
    let said = said(scope);
    let place = sources.place(class, method.span);
    let own = method.body.clone().and_then(|body| sources.text(class).get(body)).unwrap_or_default();
    // What is handed to an answer of Spring is asked for there.
    let is_told_there = is_untyped(scope) && ["ResponseEntity", "HttpEntity"].iter().any(|word| own.contains(word));
    if said.is_open && !is_told_there {
        let what = format!("{} answers with {}: which class that is was not found", method.name, sources.shown(ty));
        seeds.unread(scope, Unread { place: place.clone(), what });
    }
    let owner = format!("{}.{}", sources.declaration(class).name, method.name);
    for key in said.keys {
        seeds.map_keys.push(MapKey { owner: owner.clone(), key, place: place.clone() });
    }
    for ty in said.types {
        seeds.add(ty, used.clone());
    }
}

/// Whether a method answers requests, and its type does not say with what.
pub(super) fn is_untyped(scope: &Scope<'_>) -> bool {
    let Some(ty) = scope.method.ty.as_ref().filter(|_| has(&scope.method.annotations, MAPPINGS)) else { return false };
    let ty = scope.sources.resolve(scope.class, ty, &scope.method.type_parameters);
    ty.is_external(&["ResponseEntity", "HttpEntity"]) && ty.arguments.first().is_none_or(is_open)
}

/// Whether a type can hold anything: `Object`, `?`, a map to such.
pub(super) fn is_open(ty: &JavaType) -> bool {
    let last = ty.arguments.last();
    ty.is_external(&["Object", "?"])
        || (ty.is_external(&["Map", "HashMap", "LinkedHashMap", "List"]) && last.is_none_or(is_open))
}

/// What a method gives.
fn said(scope: &Scope<'_>) -> Said {
    let mut said = Said::default();
    let values: Vec<Node<'_>> = scope.body().into_iter().flat_map(values).collect();
    for value in &values {
        Look { scope, caller: None, depth: 0 }.at(*value, &mut said);
    }
    // Nothing but null says nothing, which a map is for all that; one that only throws has nothing to say.
    let ty = scope.method.ty.as_ref().map(|ty| scope.sources.resolve(scope.class, ty, &scope.method.type_parameters));
    let is_anything = ty.is_some_and(|ty| ty.arguments.first().unwrap_or(&ty).is_external(&["Object", "?"]));
    said.is_open |= is_anything && !said.is_told && (scope.method.body.is_none() || !values.is_empty());
    said.types.sort();
    said.types.dedup();
    said
}

/// What an expression of a method gives.
pub(super) fn said_by<'s>(scope: &Scope<'s>, node: Node<'s>) -> Said {
    let mut said = Said::default();
    Look { scope, caller: None, depth: 0 }.at(node, &mut said);
    said
}

/// A method that is looked at, and the call that it was found by.
#[derive(Clone, Copy)]
struct Look<'a, 's> {
    scope: &'a Scope<'s>,
    caller: Option<(&'a Look<'a, 's>, Node<'s>)>,
    depth: usize,
}

impl<'s> Look<'_, 's> {
    fn at(&self, node: Node<'s>, said: &mut Said) {
        said.steps += 1;
        if said.steps > MAX_STEPS {
            said.is_open = true;
            return;
        }
        let says_nothing = ["null_literal", "parenthesized_expression", "ternary_expression", "switch_expression"];
        said.is_told |= !says_nothing.contains(&node.kind());
        match node.kind() {
            kind if kind.ends_with("literal") && kind != "class_literal" => {}
            "true" | "false" | "binary_expression" | "unary_expression" | "throw_statement" => {}
            "parenthesized_expression" => children(node).for_each(|inner| self.at(inner, said)),
            "ternary_expression" => {
                let sides = ["consequence", "alternative"].into_iter();
                sides.filter_map(|side| node.child_by_field_name(side)).for_each(|side| self.at(side, said));
            }
            "switch_expression" => self.cases(node, said),
            "lambda_expression" => values(node).into_iter().for_each(|value| self.at(value, said)),
            "method_reference" => self.told(self.scope.given_by(node, None), None, said),
            "identifier" => self.name(node, said),
            "cast_expression" => {
                let value = node.child_by_field_name("value");
                self.told(self.scope.type_of(node), value, said);
            }
            "object_creation_expression" => self.made(node, said),
            "method_invocation" => self.call(node, said),
            _ => self.told(self.scope.type_of(node), None, said),
        }
    }

    /// A type that an expression has. If that leaves open what it is, another expression may say it.
    fn told(&self, ty: Option<JavaType>, or: Option<Node<'s>>, said: &mut Said) {
        match (ty, or) {
            (Some(ty), _) if !leaves_open(self.scope.sources, &ty) => self.add(ty, said),
            (_, Some(or)) => self.at(or, said),
            (ty, None) => {
                said.is_open = true;
                said.types.extend(ty.filter(|ty| !classes_in(ty).is_empty()));
            }
        }
    }

    fn add(&self, ty: JavaType, said: &mut Said) {
        if !classes_in(&ty).is_empty() {
            said.types.push(ty);
        }
    }

    fn cases(&self, node: Node<'s>, said: &mut Said) {
        for rule in descendants(node).filter(|it| matches!(it.kind(), "switch_rule" | "yield_statement")) {
            let value = children(rule).last();
            match value.map(|it| it.kind()) {
                Some("expression_statement") => value.into_iter().flat_map(children).for_each(|it| self.at(it, said)),
                Some("block" | "throw_statement") | None => {}
                Some(_) => value.into_iter().for_each(|it| self.at(it, said)),
            }
        }
    }

    /// A variable: what it is declared as, else all that it is set to and all that is put into it.
    fn name(&self, node: Node<'s>, said: &mut Said) {
        let scope = self.scope;
        let ty = scope.type_of(node);
        if ty.as_ref().is_some_and(|ty| !leaves_open(scope.sources, ty)) {
            return self.told(ty, None, said);
        }
        let name = scope.raw(node);
        if let Some(place) = scope.method.parameters.iter().position(|parameter| parameter.name == name) {
            // What the caller hands over.
            let given = self.caller.and_then(|(caller, call)| Some((caller, *arguments(call).get(place)?)));
            return match given {
                Some((caller, argument)) => caller.at(argument, said),
                None => said.is_open = true,
            };
        }
        let mut is_set = false;
        let mut open = Vec::new();
        for found in scope.body().into_iter().flat_map(descendants) {
            let is_it = |field: &str| found.child_by_field_name(field).is_some_and(|it| scope.raw(it) == name);
            let method = || found.child_by_field_name("name").map_or("", |it| scope.raw(it));
            match found.kind() {
                "variable_declarator" if is_it("name") => open.extend(found.child_by_field_name("value")),
                "assignment_expression" if is_it("left") => open.extend(found.child_by_field_name("right")),
                "method_invocation" if is_it("object") && matches!(method(), "put" | "putIfAbsent" | "putAll") => {
                    is_set = true;
                    self.pair(&arguments(found), said);
                }
                "method_invocation" if is_it("object") && matches!(method(), "add" | "addAll") => {
                    is_set = true;
                    arguments(found).last().into_iter().for_each(|it| self.at(*it, said));
                }
                _ => {}
            }
        }
        if open.is_empty() && !is_set {
            said.is_open = true;
        }
        // A variable is no value of its own.
        open.retain(|value| scope.raw(*value) != name && !value.byte_range().contains(&node.start_byte()));
        open.into_iter().for_each(|value| self.at(value, said));
    }

    fn pair(&self, given: &[Node<'s>], said: &mut Said) {
        match given {
            [key, value] => {
                said.keys.insert(self.scope.address(*key));
                self.at(*value, said);
            }
            [all] => self.at(*all, said),
            _ => {}
        }
    }

    fn made(&self, node: Node<'s>, said: &mut Said) {
        let Some(ty) = self.scope.type_of(node) else { return };
        let given = arguments(node);
        if ty.is_external(&["ResponseEntity", "HttpEntity"]) {
            let body = given.first().filter(|it| !self.is_status(**it));
            return body.into_iter().for_each(|body| self.at(*body, said));
        }
        if ty.is_external(MAPS) {
            // `new HashMap<>() {{ put("a", 1); }}`, `new HashMap<>(others)`
            given.iter().filter(|it| !it.kind().ends_with("literal")).for_each(|it| self.at(*it, said));
            for put in descendants(node).filter(|it| it.kind() == "method_invocation") {
                if put.child_by_field_name("object").is_none() {
                    self.pair(&arguments(put), said);
                }
            }
            return;
        }
        if ty.is_external(&["ArrayList", "LinkedList", "HashSet", "LinkedHashSet"]) {
            return given.iter().filter(|it| !it.kind().ends_with("literal")).for_each(|it| self.at(*it, said));
        }
        if leaves_open(self.scope.sources, &ty) && !given.is_empty() {
            self.add(ty, said);
            return given.iter().for_each(|it| self.at(*it, said));
        }
        self.told(Some(ty), None, said);
    }

    fn is_status(&self, node: Node<'s>) -> bool {
        let raw = self.scope.raw(node);
        STATUS.iter().any(|status| raw.starts_with(status))
            || self.scope.type_of(node).is_some_and(|ty| ty.is_external(STATUS))
    }

    fn call(&self, node: Node<'s>, said: &mut Said) {
        let scope = self.scope;
        let name = node.child_by_field_name("name").map_or("", |it| scope.raw(it));
        let (object, given) = (node.child_by_field_name("object"), arguments(node));
        let on = object.map_or("", |it| scope.raw(it));
        let mut root = node;
        while let Some(object) = root.child_by_field_name("object") {
            root = object;
        }
        if name == "handleExceptionInternal" {
            return;
        }
        if scope.raw(root) == "ResponseEntity" {
            let holds = matches!(name, "ok" | "of" | "ofNullable" | "body");
            return given.first().filter(|_| holds).into_iter().for_each(|body| self.at(*body, said));
        }
        match (name, given.as_slice()) {
            ("of" | "singletonMap", _) if PAIRS.contains(&on) && given.len() % 2 == 0 => {
                return given.chunks(2).for_each(|pair| self.pair(pair, said));
            }
            ("ofEntries", _) if on == "Map" => {
                let entries = given.iter().filter(|it| it.kind() == "method_invocation");
                return entries.for_each(|entry| self.pair(&arguments(*entry), said));
            }
            ("of" | "asList" | "singletonList" | "singleton", _) if LISTS.contains(&on) => {
                return given.iter().for_each(|it| self.at(*it, said));
            }
            ("emptyList" | "emptyMap" | "emptySet" | "empty" | "noContent", []) if object.is_some() => return,
            (_, [value]) if WRAPS.contains(&name) => return self.at(*value, said),
            _ => {}
        }
        let ty = scope.type_of(node);
        if ty.as_ref().is_some_and(|ty| !leaves_open(scope.sources, ty)) && !EITHER.contains(&name) {
            return self.told(ty, None, said);
        }
        match object {
            Some(object) if EITHER.contains(&name) => {
                self.at(object, said);
                given.iter().for_each(|other| self.at(*other, said));
            }
            Some(object) if SAME.contains(&name) => self.told(ty, Some(object), said),
            Some(object) if MADE.contains(&name) && given.len() == 1 => {
                // `map(ResponseEntity::ok)` holds what the option holds.
                let is_same = scope.raw(given[0]).starts_with("ResponseEntity::");
                self.at(if is_same { object } else { given[0] }, said);
            }
            _ => self.followed(node, (name, ty), said),
        }
    }

    /// A method of the tree: what it gives with what it is handed here.
    fn followed(&self, node: Node<'s>, (name, ty): (&str, Option<JavaType>), said: &mut Said) {
        let scope = self.scope;
        let owner = scope.receiver(node);
        let found = owner.and_then(|owner| scope.find_method(&owner, name, Some(arguments(node).len())));
        let found = found.filter(|(_, method, _)| method.body.is_some() && self.depth < MAX_METHODS);
        let Some((class, method, _)) = found else { return self.told(ty, None, said) };
        let inner = Scope::new(scope.sources, class, method);
        let look = Look { scope: &inner, caller: Some((self, node)), depth: self.depth + 1 };
        inner.body().into_iter().flat_map(values).for_each(|value| look.at(value, said));
    }
}
