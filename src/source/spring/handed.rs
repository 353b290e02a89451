//! What a route of Camel hands its body to, and what that makes of it: `.bean(Mapper.class)`, `.transform().method(..)`.
//!
//! It is on a wire if the route writes it next, or ends with it and answers a request.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::{Direction, Route, Seeds, Transport, Use};
use crate::source::java::enums::arguments;
use crate::source::java::expression::{Scope, classes_in};
use crate::source::java::flow::values;
use crate::source::java::index::{ClassId, JavaType};
use crate::source::java::syntax::{Kind, Method, Value, find, has};
use crate::source::java::walk::span;
use crate::source::place::{Place, Unread};

/// Calls that name a bean: as a step, or as the expression that a step is given.
const BEANS: &[&str] = &["bean", "method"];
/// Steps that set the body to what an expression gives.
const SETS: &[&str] = &["transform", "setBody"];
/// Steps behind which another way through the route begins.
const BRANCHES: &[&str] = &["when", "otherwise", "doCatch"];
/// What stands behind such a step and is handed a function.
const FUNCTIONS: &[&str] = &["body", "message", "exchange"];

/// What a step leaves as the body.
#[derive(Clone, Debug)]
pub(super) struct Left {
    /// Its class; none where it was not found.
    ty: Option<JavaType>,
    /// Which class or what else decides over it.
    by: String,
    place: Place,
    step: &'static str,
}

/// A body that a route ends with: it is an answer if a request comes to the route.
#[derive(Clone, Debug)]
pub(super) struct Ending {
    route: String,
    owner: String,
    left: Left,
}

/// The steps of one route, from the left.
pub(super) struct Steps<'a, 's> {
    scope: &'a Scope<'s>,
    /// More than one behind branches.
    left: Vec<Left>,
    /// Whether a branch began since the body was set.
    is_branch: bool,
    /// Whether the step before sets the body to what comes next.
    is_open: bool,
}

impl<'a, 's> Steps<'a, 's> {
    pub(super) fn new(scope: &'a Scope<'s>) -> Self {
        Steps { scope, left: Vec::new(), is_branch: false, is_open: false }
    }

    /// Goes one step on. Gives whether it set the body, and to what where that is known.
    pub(super) fn step(
        &mut self,
        call: Node<'s>,
        name: &str,
        route: &Route,
        seeds: &mut Seeds,
    ) -> Option<Option<JavaType>> {
        let is_open = std::mem::take(&mut self.is_open);
        if BRANCHES.contains(&name) {
            self.is_branch = true;
            return None;
        }
        if name == "marshal" {
            for left in std::mem::take(&mut self.left) {
                self.write(&left, &route.name, seeds);
            }
            return None;
        }
        let given = arguments(call);
        let is_set = SETS.contains(&name);
        if is_set && given.is_empty() {
            self.is_open = true;
            return None;
        }
        let taken = route.body.as_ref();
        let found = match name {
            _ if BEANS.contains(&name) && (name == "bean" || is_open) => self.bean(call, &given, taken, "bean"),
            "to" => self.endpoint(call, &given, taken),
            _ if is_set => self.expression(*given.first()?, taken),
            _ if is_open && FUNCTIONS.contains(&name) => self.function(*given.last()?, self.body_type(&given), call),
            "unmarshal" | "process" | "enrich" | "pollEnrich" | "convertBodyTo" | "aggregate" => {
                self.left.clear();
                return None;
            }
            _ => return None,
        };
        if found.is_some() || is_set {
            let is_branch = std::mem::take(&mut self.is_branch);
            self.left.retain(|_| is_branch);
        }
        let left = found?;
        let ty = left.ty.clone();
        if ty.as_ref().is_none_or(|ty| is_open_type(ty) || !classes_in(ty).is_empty()) {
            self.left.push(left);
        }
        Some(ty)
    }

    /// The end of the route.
    pub(super) fn end(self, route: &Route, endings: &mut Vec<Ending>) {
        let owner = self.scope.sources.declaration(self.scope.class).name.clone();
        endings.extend(self.left.into_iter().map(|left| Ending {
            route: route.name.clone(),
            owner: owner.clone(),
            left,
        }));
    }

    fn write(&self, left: &Left, route: &str, seeds: &mut Seeds) {
        write(&self.scope.sources.declaration(self.scope.class).name, left, route, seeds);
    }

    fn left(&self, at: Node<'s>, step: &'static str, by: String, ty: Option<JavaType>) -> Left {
        let (sources, class) = (self.scope.sources, self.scope.class);
        let at = at.child_by_field_name("name").unwrap_or(at);
        Left { ty, by, place: sources.place(class, span(at, sources.text(class))), step }
    }

    /// The class that a body is read as before a function takes it: `.body(Parcel.class, it -> ..)`.
    fn body_type(&self, given: &[Node<'s>]) -> Option<JavaType> {
        given.iter().find_map(|argument| self.scope.token(*argument))
    }

    /// `.transform(method(Mapper.class, "map"))`, `.transform(it -> ..)`
    fn expression(&self, given: Node<'s>, taken: Option<&JavaType>) -> Option<Left> {
        let is_bean = |it: &str| BEANS.contains(&it);
        if given.kind() == "method_invocation"
            && given.child_by_field_name("name").is_some_and(|it| is_bean(self.scope.raw(it)))
        {
            return self.bean(given, &arguments(given), taken, "transform");
        }
        match given.kind() {
            "lambda_expression" | "method_reference" => self.function(given, None, given),
            _ => None,
        }
    }

    /// What a function makes of the body.
    fn function(&self, function: Node<'s>, taken: Option<JavaType>, at: Node<'s>) -> Option<Left> {
        if !matches!(function.kind(), "lambda_expression" | "method_reference") {
            return None;
        }
        let ty = self.scope.given_by(function, taken.as_ref());
        if ty.as_ref().is_some_and(|ty| classes_in(ty).is_empty() && !is_open_type(ty)) {
            return None;
        }
        // Only what is a literal is known to be none.
        let is_text = |node: &Node<'s>| node.kind().ends_with("literal");
        if function.kind() == "lambda_expression" && values(function).iter().all(is_text) {
            return None;
        }
        let ty = ty.filter(|ty| !classes_in(ty).is_empty());
        Some(self.left(at, "transform", "a function".to_owned(), ty))
    }

    /// `.to("bean:mapper?method=map")`
    fn endpoint(&self, call: Node<'s>, given: &[Node<'s>], taken: Option<&JavaType>) -> Option<Left> {
        let address = self.scope.address(*given.first()?);
        let address = address.strip_prefix("bean:")?;
        let (name, options) = address.split_once('?').unwrap_or((address, ""));
        let method = options.split('&').find_map(|option| option.strip_prefix("method="));
        let class = self.named_bean(name)?;
        self.called(call, class, method, taken, "bean")
    }

    fn bean(&self, call: Node<'s>, given: &[Node<'s>], taken: Option<&JavaType>, step: &'static str) -> Option<Left> {
        let bean = *given.first()?;
        let by_name =
            || (bean.kind() == "string_literal").then(|| self.named_bean(&self.scope.address(bean))).flatten();
        let ty = self.scope.token(bean).or_else(|| self.scope.type_of(bean));
        let class = ty.and_then(|ty| ty.as_class()).or_else(by_name);
        let Some(class) = class else {
            return Some(self.left(call, step, self.scope.raw(bean).to_owned(), None));
        };
        let method = given.get(1).map(|method| self.scope.address(*method));
        self.called(call, class, method.as_deref(), taken, step)
    }

    /// The class of the tree that has a bean's name.
    fn named_bean(&self, name: &str) -> Option<ClassId> {
        self.scope.sources.classes().find(|class| {
            let declaration = self.scope.sources.declaration(*class);
            let component = ["Component", "Service"].iter().find_map(|it| find(&declaration.annotations, it));
            let said = component.and_then(|it| match it.get("value") {
                Some(Value::Text(text)) => Some(text.clone()),
                _ => None,
            });
            let simple = declaration.name.rsplit('.').next().unwrap_or_default();
            let own: String =
                simple.chars().take(1).flat_map(char::to_lowercase).chain(simple.chars().skip(1)).collect();
            component.is_some() && said.unwrap_or(own) == name
        })
    }

    /// What a bean makes of the body, as far as it can be told which method Camel calls.
    fn called(
        &self,
        at: Node<'s>,
        class: ClassId,
        method: Option<&str>,
        taken: Option<&JavaType>,
        step: &'static str,
    ) -> Option<Left> {
        let by = self.scope.sources.declaration(class).name.clone();
        let named = method.map(|it| it.split('(').next().unwrap_or_default().trim());
        let ty = self.given_by_bean(class, named, taken);
        // One that gives nothing leaves the body to the exchange that it is handed.
        (!ty.as_ref().is_some_and(|ty| ty.is_external(&["void", "Void"]))).then(|| self.left(at, step, by, ty))
    }

    fn given_by_bean(&self, class: ClassId, named: Option<&str>, taken: Option<&JavaType>) -> Option<JavaType> {
        let sources = self.scope.sources;
        let mut open: Vec<(ClassId, &Method)> = Vec::new();
        let mut known = BTreeSet::new();
        for (owner, _) in sources.supers(class) {
            let declaration = sources.declaration(owner);
            for method in declaration.methods.iter().filter(|method| !method.modifiers.is_private) {
                let signature = (&method.name, method.parameters.len());
                if named.is_none_or(|named| named == method.name) && known.insert(signature) {
                    open.push((owner, method));
                }
            }
        }
        if let Some(handler) = open.iter().find(|(_, method)| has(&method.annotations, &["Handler"])).copied() {
            open = vec![handler];
        }
        let is_public = |(owner, method): &(ClassId, &Method)| {
            method.modifiers.is_public || sources.declaration(*owner).kind == Kind::Interface
        };
        if open.iter().any(is_public) {
            open.retain(is_public);
        }
        if open.len() > 1 {
            let takes = |it: &(ClassId, &Method)| {
                let [parameter] = it.1.parameters.as_slice() else { return false };
                Some(&sources.resolve(it.0, &parameter.ty, &it.1.type_parameters)) == taken
            };
            open.retain(takes);
        }
        let [only] = open.as_slice() else { return None };
        Some(sources.resolve(only.0, only.1.ty.as_ref()?, &only.1.type_parameters))
    }
}

/// Whether a type can be anything.
fn is_open_type(ty: &JavaType) -> bool {
    ty.as_class().is_none() && (ty.as_external().is_none() || ty.is_external(&["Object", "?"]))
}

fn write(owner: &str, left: &Left, route: &str, seeds: &mut Seeds) {
    let Left { ty, by, place, step } = left;
    match ty {
        Some(ty) if !is_open_type(ty) => {
            let how = format!("body that {step}() of {route} makes");
            let used = Use { transport: Transport::Camel, direction: Direction::Written, place: place.clone(), how };
            seeds.end(owner, None, ty.clone(), used);
        }
        _ => {
            let what = format!("{step}() of {route} writes what {by} makes: which class that is was not found");
            seeds.unread.push(Unread { place: place.clone(), what });
        }
    }
}

/// What routes end with that requests come to.
pub(super) fn answers(routes: &[Route], endings: Vec<Ending>, seeds: &mut Seeds) {
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = routes.iter().filter(|route| route.is_rest).filter_map(|it| it.to.as_deref()).collect();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(routes.iter().filter(|it| it.name == name).filter_map(|it| it.to.as_deref()));
        }
    }
    let is_rest = |name: &str| routes.iter().any(|route| route.is_rest && route.name == name);
    for Ending { route, owner, left } in endings {
        if reached.contains(route.as_str()) || is_rest(&route) {
            write(&owner, &left, &route, seeds);
        }
    }
}
