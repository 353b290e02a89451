//! What passes a point of a service: a route of Camel, or a method that reads JSON with a mapper.
//!
//! `unmarshal().json(JsonLibrary.Jackson)` lets every key pass; with a class, only the keys of that class do. So it matters
//! what a route does before and after, even where its classes are known from elsewhere.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::handed::{Ending, Steps};
use super::{Direction, End, Route, Seeds, Step, Transport, Use, camel};
use crate::source::java::enums::arguments;
use crate::source::java::expression::{Scope, classes_in};
use crate::source::java::index::{ClassId, JavaType, Sources};
use crate::source::java::syntax::Method;
use crate::source::java::walk::{descendants, span};
use crate::source::place::Place;

/// Methods of a mapper that read a class which they are given.
const READS: &[&str] = &["readValue", "convertValue", "treeToValue"];
/// Verbs of Camel's REST routes.
const VERBS: &[&str] = &["get", "post", "put", "delete", "patch", "head"];
/// Types that hold whatever there is.
const OPEN: &[&str] = &["Map", "HashMap", "LinkedHashMap", "Object", "JsonNode", "ObjectNode", "List"];

/// Adds the routes of a class, and as ends what they take, bind and give.
pub(super) fn of_class(
    sources: &Sources,
    class: ClassId,
    (routes, endings): (&mut Vec<Route>, &mut Vec<Ending>),
    seeds: &mut Seeds,
) {
    let text = sources.text(class);
    let is_camel = sources.imports_any(class, "org.apache.camel");
    if !is_camel && READS.iter().all(|name| !text.contains(name)) {
        return;
    }
    for method in &sources.declaration(class).methods {
        let walk = Walk { scope: Scope::new(sources, class, method), is_camel };
        walk.method(method, (routes, endings), seeds);
    }
}

struct Walk<'s> {
    scope: Scope<'s>,
    is_camel: bool,
}

impl<'s> Walk<'s> {
    fn method(&self, method: &Method, (routes, endings): (&mut Vec<Route>, &mut Vec<Ending>), seeds: &mut Seeds) {
        let (sources, class) = (self.scope.sources, self.scope.class);
        let name = format!("{}.{}", sources.declaration(class).name, method.name);
        let mut own = empty(name, sources.place(class, method.span));
        // The calls of chains that were looked at: asking each for its parent is slow in long ones.
        let mut inner = BTreeSet::new();
        for node in self.scope.body().into_iter().flat_map(descendants) {
            if node.kind() != "method_invocation" {
                continue;
            }
            if self.is_camel && !inner.contains(&node.id()) {
                self.chain(node, &mut inner, (routes, endings), seeds);
            }
            self.read(node, &mut own, seeds);
        }
        if own.untyped > 0 || !own.bound.is_empty() {
            routes.push(own);
        }
    }

    /// A mapper that reads.
    fn read(&self, node: Node<'s>, own: &mut Route, seeds: &mut Seeds) {
        let Some(name_node) = node.child_by_field_name("name") else { return };
        let name = self.scope.raw(name_node);
        if name == "readTree" {
            own.untyped += 1;
        }
        if !READS.contains(&name) {
            return;
        }
        let Some(ty) = arguments(node).into_iter().rev().find_map(|argument| self.scope.token(argument)) else {
            return;
        };
        if classes_in(&ty).is_empty() {
            own.untyped += usize::from(ty.is_external(OPEN));
            return;
        }
        let place = self.place(name_node);
        own.bound.push((ty.clone(), place.clone()));
        // What a mapper converts was read elsewhere.
        if name != "convertValue" {
            let how = format!("{name}() in {}", self.scope.method.name);
            self.end(seeds, (Transport::Mapper, Direction::Read), place, how, ty);
        }
    }

    /// A statement that describes routes: `from("direct:a").to("direct:b")`, `rest("/a").get("/b").to("direct:b")`.
    fn chain(
        &self,
        last: Node<'s>,
        inner: &mut BTreeSet<usize>,
        (routes, endings): (&mut Vec<Route>, &mut Vec<Ending>),
        seeds: &mut Seeds,
    ) {
        let mut calls = Vec::new();
        let mut next = Some(last);
        while let Some(call) = next.filter(|node| node.kind() == "method_invocation") {
            calls.push(call);
            inner.insert(call.id());
            next = call.child_by_field_name("object");
        }
        calls.reverse();
        let name = |call: &Node<'s>| call.child_by_field_name("name").map_or("", |name| self.scope.raw(name));
        let Some(first) = calls.first() else { return };
        let base = match name(first) {
            "from" | "rest" => self.address(*first),
            // It says how all REST routes of the service bind that say nothing themselves.
            "restConfiguration" => {
                format!("all REST routes of {}", self.scope.sources.declaration(self.scope.class).name)
            }
            _ => return,
        };
        let is_rest = name(first) == "rest";
        let mut route = (!is_rest).then(|| self.route(base.clone(), *first));
        let (mut handed, mut steps) = (0, Steps::new(&self.scope));
        for (place, call) in calls.iter().enumerate().skip(1) {
            let step = name(call);
            if is_rest && VERBS.contains(&step) {
                let path = format!("{} {base}{}", step.to_uppercase(), self.address(*call));
                if let Some(route) = route.replace(Route { is_rest, ..self.route(path, *call) }) {
                    std::mem::replace(&mut steps, Steps::new(&self.scope)).end(&route, endings);
                    routes.push(route);
                }
                continue;
            }
            let Some(route) = &mut route else { continue };
            if let Some(body) = steps.step(*call, step, route, seeds) {
                route.makes_object |= body.is_some();
                route.body = body.filter(|ty| !classes_in(ty).is_empty());
                continue;
            }
            let is_unmarshal = place > 0 && name(&calls[place - 1]) == "unmarshal";
            self.step(*call, (step, is_unmarshal), route, &mut handed, seeds);
        }
        if let Some(route) = route {
            steps.end(&route, endings);
            routes.push(route);
        }
    }

    fn step(
        &self,
        call: Node<'s>,
        (step, is_unmarshal): (&str, bool),
        route: &mut Route,
        handed: &mut usize,
        seeds: &mut Seeds,
    ) {
        let given = arguments(call);
        if camel::changes(step) {
            let text = given.iter().map(|it| self.scope.raw(*it)).collect::<Vec<_>>().join(",");
            let given = text.split_whitespace().collect();
            let place = self.place(call.child_by_field_name("name").unwrap_or(call));
            route.steps.push(Step { name: step.to_owned(), given, place });
        }
        let at = call.child_by_field_name("name").unwrap_or(call);
        let token = || given.iter().rev().find_map(|argument| self.scope.token(*argument));
        let named = || given.iter().rev().find_map(|argument| self.scope.named_token(*argument));
        match step {
            "json" | "unmarshal" if is_unmarshal || step == "unmarshal" && named().is_some() => {
                route.makes_object = true;
                match named().filter(|ty| !classes_in(ty).is_empty()) {
                    Some(ty) => {
                        route.bound.push((ty.clone(), self.place(at)));
                        let how = format!("JSON of {}", route.name);
                        self.end(seeds, (Transport::Camel, Direction::Read), self.place(at), how, ty.clone());
                        route.body = Some(ty);
                    }
                    None => {
                        route.untyped += 1;
                        route.body = None;
                    }
                }
            }
            "type" | "outType" => {
                let Some(ty) = token() else { return };
                let (direction, what) = match step {
                    "type" => (Direction::Read, "body"),
                    _ => (Direction::Written, "answer"),
                };
                let how = format!("{what} of {}", route.name);
                self.end(seeds, (Transport::Camel, direction), self.place(at), how, ty);
            }
            "bindingMode" => {
                let mode = given.first().map(|mode| self.scope.raw(*mode));
                let mode = mode.and_then(|mode| mode.rsplit('.').next()).unwrap_or_default();
                route.mode = Some((mode.to_owned(), self.place(at)));
            }
            "to" | "toD" => {
                route.to = Some(self.address(call));
                route.body = None;
            }
            _ if camel::hands(step) => {
                *handed += 1;
                let Some(by) = given.last().and_then(|it| self.scope.type_of(*it)).and_then(|ty| ty.as_class()) else {
                    return;
                };
                let bodies = bodies(self.scope.sources, by);
                route.makes_object |= !bodies.is_empty();
                route.body = None;
                if let [body] = bodies.as_slice() {
                    route.body = Some(body.clone());
                    let how = format!("body that {step}() number {handed} of {} sets", route.name);
                    self.end(seeds, (Transport::Camel, Direction::Written), self.place(at), how, body.clone());
                }
            }
            _ => {}
        }
    }

    fn route(&self, name: String, at: Node<'s>) -> Route {
        empty(name, self.place(at.child_by_field_name("name").unwrap_or(at)))
    }

    /// The first argument of a call: its text where that can be told, else as it is written.
    fn address(&self, call: Node<'s>) -> String {
        let Some(first) = arguments(call).into_iter().next() else { return String::new() };
        self.scope.address(first)
    }

    fn place(&self, node: Node<'_>) -> Place {
        let (sources, class) = (self.scope.sources, self.scope.class);
        sources.place(class, span(node, sources.text(class)))
    }

    fn end(&self, seeds: &mut Seeds, way: (Transport, Direction), place: Place, how: String, ty: JavaType) {
        let owner = self.scope.sources.declaration(self.scope.class).name.clone();
        let used = Use { transport: way.0, direction: way.1, place, how };
        seeds.ends.push(End { answer: None, owner, used, route: None, ty });
    }
}

/// A route without a step.
fn empty(name: String, place: Place) -> Route {
    Route {
        name,
        place,
        untyped: 0,
        bound: Vec::new(),
        makes_object: false,
        mode: None,
        to: None,
        body: None,
        steps: Vec::new(),
        is_rest: false,
    }
}

/// The types that a class sets as bodies of messages, each once.
fn bodies(sources: &Sources, class: ClassId) -> Vec<JavaType> {
    let mut found: Vec<JavaType> = Vec::new();
    for method in &sources.declaration(class).methods {
        let scope = Scope::new(sources, class, method);
        for node in scope.body().into_iter().flat_map(descendants) {
            let is_set = node.kind() == "method_invocation"
                && node.child_by_field_name("name").is_some_and(|name| scope.raw(name) == "setBody");
            let given = is_set.then(|| arguments(node).into_iter().next()).flatten();
            let ty = given.and_then(|argument| scope.type_of(argument));
            found.extend(ty.filter(|ty| !classes_in(ty).is_empty()));
        }
    }
    found.sort();
    found.dedup();
    found
}
