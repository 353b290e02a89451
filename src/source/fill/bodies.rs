//! Sites in bodies: builder chains, constructor calls, and the setters behind them.

use std::collections::{BTreeMap, BTreeSet};

use tree_sitter::Node;

use super::constructors::{MAX_CONSTRUCTORS, constructed};
use super::methods::{has_property, set_by, signature};
use super::origin::{At, Variables, add, origin, parameters, type_of};
use super::{Fills, Set, Site};
use crate::source::java::annotations::bean_name;
use crate::source::java::class::Facts;
use crate::source::java::enums::arguments;
use crate::source::java::expression::Scope;
use crate::source::java::index::{ClassId, JavaType, Sources};
use crate::source::java::lombok::{is_built_by_lombok, singular_of};
use crate::source::java::syntax::{Method, Variable, has};
use crate::source::java::walk::{children, descendants, span};

/// Methods of other people that may fill what they are handed.
const FILLERS: &[&str] = &["copyProperties", "map", "merge", "update", "readerForUpdating", "updateValue", "populate"];

/// Adds what a method makes and sets.
pub(super) fn of_method(
    sources: &Sources,
    class: ClassId,
    method: &Method,
    targets: &BTreeMap<ClassId, &Facts>,
    fills: &mut Fills,
) {
    let scope = Scope::new(sources, class, method);
    let Some(body) = scope.body() else { return };
    let set = Variables::default();
    let builders = builders(&scope, targets);
    let mut within = Within { scope, set, targets, builders, sites: Vec::new(), variables: BTreeMap::new() };
    let nodes: Vec<Node<'_>> = descendants(body).filter(|node| KINDS.contains(&node.kind())).collect();
    for node in &nodes {
        match node.kind() {
            "method_invocation" => within.builder(*node),
            "object_creation_expression" => within.creation(*node),
            _ => {}
        }
    }
    for node in nodes {
        match node.kind() {
            "method_invocation" => within.call(node, fills),
            "assignment_expression" => within.assignment(node, fills),
            "method_reference" => within.reference(node, fills),
            "identifier" => within.passed(node),
            _ => {}
        }
    }
    fills.sites.extend(within.sites);
}

/// The nodes that are looked at.
const KINDS: &[&str] =
    &["method_invocation", "object_creation_expression", "assignment_expression", "method_reference", "identifier"];

struct Within<'s, 't> {
    scope: Scope<'s>,
    set: Variables<'s>,
    targets: &'t BTreeMap<ClassId, &'t Facts>,
    /// Parameters that are builders of Lombok, and of which class.
    builders: BTreeMap<&'s str, ClassId>,
    sites: Vec<Site>,
    /// By their names, and from where on they hold it.
    variables: BTreeMap<&'s str, BTreeMap<usize, Held>>,
}

/// A variable that holds what a site makes, or its builder.
#[derive(Clone, Copy)]
struct Held {
    site: usize,
    is_builder: bool,
}

impl<'s> Within<'s, '_> {
    fn site(&mut self, class: ClassId, at: Node<'s>, filled: BTreeSet<String>, is_complete: bool) -> usize {
        let Scope { sources, class: owner, method, .. } = self.scope;
        self.sites.push(Site {
            class,
            place: sources.place(owner, span(at, sources.text(owner))),
            method: signature(sources, owner, method),
            ordinal: 0,
            filled,
            ignored: BTreeSet::new(),
            is_complete,
            is_mapped: false,
            is_update: false,
            is_built: false,
            from: BTreeMap::new(),
            reads: BTreeSet::new(),
            placed: Vec::new(),
            given: parameters(&self.scope),
        });
        self.sites.len() - 1
    }

    /// `Parcel.builder().id(1).build()`, or a chain that goes on in other statements.
    fn builder(&mut self, node: Node<'s>) {
        let is_start = node.child_by_field_name("name").is_some_and(|name| self.scope.raw(name) == "builder");
        let Some(object) = node.child_by_field_name("object").filter(|_| is_start && arguments(node).is_empty()) else {
            return;
        };
        let Some(class) = self.target(self.scope.type_of(object)) else { return };
        let site = self.site(class, object, BTreeSet::new(), true);
        self.sites[site].is_built = true;
        self.chain(node, Held { site, is_builder: true });
    }

    fn target(&self, ty: Option<JavaType>) -> Option<ClassId> {
        ty.and_then(|ty| ty.as_class()).filter(|class| self.targets.contains_key(class))
    }

    /// The steps that are called one on the other from a node on. Where they end in a variable, that belongs to the site.
    fn chain(&mut self, start: Node<'s>, Held { site, mut is_builder }: Held) {
        let mut at = start;
        while let Some(call) = self.scope.parent(at).filter(|it| is_called_on(*it, at)) {
            let Some(name) = call.child_by_field_name("name").map(|name| self.scope.raw(name)) else { break };
            match (is_builder, name) {
                (true, "build") => is_builder = false,
                (true, _) => {
                    let field = self.step(name, self.sites[site].class);
                    self.fill(site, &field, &arguments(call));
                }
                // What is built goes on as a copy of itself.
                (false, "toBuilder") => is_builder = true,
                (false, _) => {
                    let Some(field) = set_by(name).or_else(|| self.copied_with(name, self.sites[site].class)) else {
                        break;
                    };
                    self.fill(site, &field, &arguments(call));
                }
            }
            at = call;
        }
        match self.variable(at) {
            Some(name) => self.hold(name, at, Held { site, is_builder }),
            // A builder that goes elsewhere may be filled there.
            None if is_builder && !self.is_statement(at) => self.sites[site].is_complete = false,
            None => {}
        }
    }

    /// The property that a step of a builder sets: its own name, without the prefix that Lombok's `setterPrefix` gives.
    fn step(&self, name: &str, class: ClassId) -> String {
        let sources = self.scope.sources;
        let is_own = has_property(sources, class, name);
        let mut lineage = sources.lineage(class).into_iter();
        // `tag` puts one more into `tags`.
        let items = || lineage.find_map(|(class, _)| singular_of(sources.declaration(class), name));
        if let Some(items) = (!is_own).then(items).flatten() {
            return items.to_owned();
        }
        let prefixed = || set_by(name).or_else(|| self.copied_with(name, class));
        if is_own { name.to_owned() } else { prefixed().unwrap_or_else(|| name.to_owned()) }
    }

    /// The property that a copy gets: `withSize` of Lombok's `@With`, or one by hand.
    fn copied_with(&self, name: &str, class: ClassId) -> Option<String> {
        let rest = name.strip_prefix("with").filter(|rest| rest.starts_with(|first: char| !first.is_lowercase()))?;
        Some(bean_name(rest)).filter(|field| has_property(self.scope.sources, class, field))
    }

    /// A copy of an object from elsewhere, with other values: `parcel.toBuilder().size(1).build()`, `parcel.withSize(1)`.
    fn copy(&self, object: Node<'s>, fills: &mut Fills) {
        // What is made here has its steps already.
        let is_made = |it: Node<'s>| match it.kind() {
            "object_creation_expression" => true,
            "method_invocation" => it.child_by_field_name("name").is_some_and(|it| self.scope.raw(it) == "builder"),
            _ => self.held(it).is_some(),
        };
        if std::iter::successors(Some(object), |it| it.child_by_field_name("object")).any(is_made) {
            return;
        }
        let ty = type_of(At { scope: &self.scope, variables: &self.set }, object);
        let Some(class) = self.target(ty) else { return };
        let (mut at, mut is_builder) = (object, false);
        while let Some(call) = self.scope.parent(at).filter(|it| is_called_on(*it, at)) {
            let Some(name) = call.child_by_field_name("name").map(|name| self.scope.raw(name)) else { break };
            match (is_builder, name) {
                (true, "build") => is_builder = false,
                (true, _) => self.set_elsewhere(Some(object), name, &arguments(call), fills),
                (false, "toBuilder") => is_builder = true,
                (false, _) => {
                    let Some(field) = self.copied_with(name, class) else { break };
                    self.set_elsewhere(Some(object), &field, &arguments(call), fills);
                }
            }
            at = call;
        }
    }

    /// Whether the value of an expression is let go.
    fn is_statement(&self, node: Node<'s>) -> bool {
        let parent = self.scope.parent(node);
        parent.is_some_and(|parent| matches!(parent.kind(), "expression_statement" | "lambda_expression"))
    }

    fn fill(&mut self, site: usize, field: &str, given: &[Node<'s>]) {
        let (site, at) = (&mut self.sites[site], At { scope: &self.scope, variables: &self.set });
        if is_null(given) {
            return;
        }
        for argument in given {
            let read = add(at, *argument, &mut site.given);
            site.reads.extend(read.into_iter().map(|(class, property)| (class, property, field.to_owned())));
        }
        // One that is filled twice has no single origin.
        let known = if let [value] = given { origin(at, *value) } else { None };
        let is_first = site.filled.insert(field.to_owned());
        match known.filter(|_| is_first) {
            Some(known) => site.from.insert(field.to_owned(), known),
            None => site.from.remove(field),
        };
    }

    /// The variable that an expression is assigned to.
    fn variable(&self, node: Node<'s>) -> Option<&'s str> {
        let mut at = node;
        loop {
            let parent = self.scope.parent(at)?;
            match parent.kind() {
                "parenthesized_expression" | "cast_expression" | "ternary_expression" => at = parent,
                "variable_declarator" => return parent.child_by_field_name("name").map(|name| self.scope.raw(name)),
                "assignment_expression" => {
                    let left = parent.child_by_field_name("left").filter(|left| left.kind() == "identifier")?;
                    return Some(self.scope.raw(left));
                }
                _ => return None,
            }
        }
    }

    /// `new Parcel(..)`, with what its constructor sets.
    fn creation(&mut self, node: Node<'s>) {
        let Some(ty) = node.child_by_field_name("type") else { return };
        let Some(class) = self.target(Some(self.scope.resolve(ty))) else { return };
        let given = arguments(node);
        let nulls: Vec<bool> = given.iter().map(|argument| argument.kind() == "null_literal").collect();
        let by_constructor = constructed(&self.scope, class, &nulls, MAX_CONSTRUCTORS);
        // `new Parcel() {{ setId(1); }}`
        let has_body = children(node).any(|child| child.kind() == "class_body");
        let is_known = by_constructor.is_some() && !has_body;
        let placed = by_constructor.unwrap_or_default();
        let site = self.site(class, node, placed.iter().map(|(field, _)| field.clone()).collect(), is_known);
        self.place(site, &placed, &given);
        for argument in &given {
            let at = At { scope: &self.scope, variables: &self.set };
            add(at, *argument, &mut self.sites[site].given);
        }
        let (mut at, mut names) = (node, Vec::new());
        while let Some(call) = self.scope.parent(at).filter(|it| is_called_on(*it, at)) {
            at = call;
            names.push(call);
        }
        for call in names {
            let name = call.child_by_field_name("name").map_or("", |name| self.scope.raw(name));
            if name == "toBuilder" {
                return self.chain(call, Held { site, is_builder: true });
            }
            if let Some(field) = set_by(name).or_else(|| self.copied_with(name, class)) {
                self.fill(site, &field, &arguments(call));
            }
        }
        match self.variable(at) {
            Some(name) => self.hold(name, at, Held { site, is_builder: false }),
            // Made for another one to fill.
            None if self.sites[site].is_empty()
                && self.scope.parent(at).is_some_and(|it| it.kind() == "argument_list") =>
            {
                self.sites[site].is_complete = false;
            }
            None => {}
        }
    }

    /// What the arguments of a constructor are, for the fields that take them.
    fn place(&mut self, site: usize, placed: &[(String, Option<usize>)], given: &[Node<'s>]) {
        let value = |at: &Option<usize>| at.and_then(|at| given.get(at).copied());
        let is_once = |field: &String| placed.iter().filter(|(other, _)| other == field).count() == 1;
        for (field, at) in placed.iter().filter(|(field, _)| is_once(field)) {
            let Some(value) = value(at) else { continue };
            self.sites[site].filled.remove(field);
            self.fill(site, field, &[value]);
        }
        let text = |node: Node<'s>| self.scope.raw(node).split_whitespace().collect::<String>();
        let all: Option<Vec<(usize, String)>> =
            placed.iter().map(|(field, at)| at.filter(|_| is_once(field)).map(|at| (at, field.clone()))).collect();
        let mut all = all.unwrap_or_default();
        all.sort();
        self.sites[site].placed =
            all.into_iter().filter_map(|(at, field)| Some((text(*given.get(at)?), field))).collect();
    }

    /// From the end of an expression on, a name holds what it gives.
    fn hold(&mut self, name: &'s str, made: Node<'s>, held: Held) {
        self.variables.entry(name).or_default().insert(made.end_byte(), held);
    }

    /// What a name holds of a site.
    fn held(&self, node: Node<'s>) -> Option<Held> {
        let name = (node.kind() == "identifier").then(|| self.scope.raw(node))?;
        self.variables.get(name)?.range(..=node.start_byte()).next_back().map(|(_, held)| *held)
    }

    /// A setter, a step of a builder, or an item that is put into a list.
    fn call(&mut self, node: Node<'s>, fills: &mut Fills) {
        let Some(name) = node.child_by_field_name("name").map(|name| self.scope.raw(name)) else { return };
        let object = node.child_by_field_name("object");
        let given = arguments(node);
        if let Some(object) = object
            && matches!(name, "add" | "addAll" | "put" | "putAll")
            && object.kind() == "method_invocation"
        {
            let getter = object.child_by_field_name("name").map_or("", |name| self.scope.raw(name));
            if let Some(field) = getter.strip_prefix("get").map(bean_name) {
                self.set(object.child_by_field_name("object"), &field, &given, fills);
            }
            return;
        }
        if let Some(field) = set_by(name) {
            if !given.is_empty() {
                self.set(object, &field, &given, fills);
            }
            return;
        }
        // The first of the steps that are called on a variable: of a builder, or of what is copied with other values.
        let is_copy = name == "toBuilder" || name.starts_with("with");
        match object.map(|object| (object, self.held(object))) {
            Some((object, Some(held))) if held.is_builder || is_copy => self.chain(object, held),
            Some((object, None)) if is_copy => self.copy(object, fills),
            Some((object, None)) if object.kind() == "identifier" => self.handed_builder(object, fills),
            _ => {}
        }
    }

    /// The steps of a builder that the method is handed: `@AfterMapping void size(@MappingTarget Parcel.ParcelBuilder it)`.
    fn handed_builder(&self, object: Node<'s>, fills: &mut Fills) {
        let Some(class) = self.builders.get(self.scope.raw(object)).copied() else { return };
        let mut at = object;
        while let Some(call) = self.scope.parent(at).filter(|it| is_called_on(*it, at)) {
            let name = call.child_by_field_name("name").map_or("", |name| self.scope.raw(name));
            if name != "build" {
                let field = self.step(name, class);
                self.loose(class, &field, (Some(object), &arguments(call)), fills);
            }
            at = call;
        }
    }

    /// A field that is set on what an expression gives; without one, on the object itself.
    fn set(&mut self, object: Option<Node<'s>>, field: &str, given: &[Node<'s>], fills: &mut Fills) {
        match object.and_then(|object| self.held(object)) {
            Some(held) => self.fill(held.site, field, given),
            None => self.set_elsewhere(object, field, given, fills),
        }
    }

    fn set_elsewhere(&self, object: Option<Node<'s>>, field: &str, given: &[Node<'s>], fills: &mut Fills) {
        let class = match object {
            // Its constructors are told by what they fill.
            None if self.scope.method.ty.is_none() => None,
            None => Some(self.scope.class),
            Some(object) => {
                type_of(At { scope: &self.scope, variables: &self.set }, object).and_then(|ty| ty.as_class())
            }
        };
        if let Some(class) = class {
            self.loose(class, field, (object.or(given.first().copied()), given), fills);
        }
    }

    fn loose(&self, class: ClassId, field: &str, (at, given): (Option<Node<'s>>, &[Node<'s>]), fills: &mut Fills) {
        let Scope { sources, class: owner, method, .. } = self.scope;
        let place = sources.place(owner, at.map_or(method.span, |at| span(at, sources.text(owner))));
        let set = Set { place, method: signature(sources, owner, method), is_null: is_null(given) };
        fills.loose.entry(class).or_default().entry(field.to_owned()).or_default().push(set);
    }

    /// `parcel.size = 1`
    fn assignment(&mut self, node: Node<'s>, fills: &mut Fills) {
        let Some(left) = node.child_by_field_name("left").filter(|left| left.kind() == "field_access") else { return };
        let (Some(object), Some(field)) = (left.child_by_field_name("object"), left.child_by_field_name("field"))
        else {
            return;
        };
        // Its own setters and constructors are no code that fills it.
        if object.kind() != "this" {
            let right: Vec<Node<'s>> = node.child_by_field_name("right").into_iter().collect();
            self.set(Some(object), self.scope.raw(field), &right, fills);
        }
    }

    /// `parcel::setSize`
    fn reference(&mut self, node: Node<'s>, fills: &mut Fills) {
        let (Some(object), Some(name)) = (children(node).next(), children(node).last()) else { return };
        let name = self.scope.raw(name);
        match self.held(object) {
            Some(held) => {
                let field = set_by(name).unwrap_or_else(|| name.to_owned());
                self.sites[held.site].filled.insert(field);
            }
            None => {
                if let Some(field) = set_by(name) {
                    self.set_elsewhere(Some(object), &field, &[], fills);
                }
            }
        }
    }

    /// An object that is handed to a method: what is not read may fill it.
    fn passed(&mut self, node: Node<'s>) {
        let Some(list) = self.scope.parent(node).filter(|parent| parent.kind() == "argument_list") else { return };
        let Some(Held { site, is_builder, .. }) = self.held(node) else { return };
        let Some(call) = self.scope.parent(list).filter(|call| call.kind() == "method_invocation") else { return };
        let Some(name) = call.child_by_field_name("name").map(|name| self.scope.raw(name)) else { return };
        let receiver = self.scope.receiver(call);
        let known = receiver.and_then(|ty| self.scope.find_method(&ty, name, Some(arguments(call).len())));
        // A method of the tree with a body sets fields for all to see. One without is made by an annotation.
        let fills = match known {
            Some((_, method, _)) => method.body.is_none(),
            None => FILLERS.iter().any(|filler| name.starts_with(filler)),
        };
        if fills || is_builder {
            self.sites[site].is_complete = false;
        }
    }
}

/// The parameters of a method that MapStruct hands a builder which Lombok makes.
fn builders<'s>(scope: &Scope<'s>, targets: &BTreeMap<ClassId, &Facts>) -> BTreeMap<&'s str, ClassId> {
    let of = |parameter: &'s Variable| {
        let built = parameter.ty.name.strip_suffix("Builder")?;
        // `Parcel.ParcelBuilder`, or `ParcelBuilder` with an import.
        let (outer, simple) = built.rsplit_once('.').unwrap_or((built, built));
        let class = scope.sources.find_type(scope.class, outer).filter(|class| targets.contains_key(class))?;
        let is_it = outer.ends_with(simple) && is_built_by_lombok(scope.sources.declaration(class));
        is_it.then_some((parameter.name.as_str(), class))
    };
    let is_handed = |parameter: &&Variable| has(&parameter.annotations, &["MappingTarget"]);
    scope.method.parameters.iter().filter(is_handed).filter_map(of).collect()
}

/// Whether nothing is given.
fn is_null(given: &[Node<'_>]) -> bool {
    given.iter().any(|argument| argument.kind() == "null_literal")
}

/// Whether a call is one on the value of a node.
fn is_called_on(call: Node<'_>, node: Node<'_>) -> bool {
    call.kind() == "method_invocation" && call.child_by_field_name("object").is_some_and(|it| it.id() == node.id())
}
