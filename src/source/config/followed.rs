//! Code elsewhere in the tree that makes or tunes a mapper: methods that are handed one, factories, constants.

use std::collections::BTreeSet;

use tree_sitter::Node;

use crate::source::java::annotations::constant_field;
use crate::source::java::enums::arguments;
use crate::source::java::expression::Scope;
use crate::source::java::index::ClassId;
use crate::source::java::syntax::Method;
use crate::source::java::walk::descendants;

/// What the types of mappers and of their builders have in their names.
const BUILDERS: &[&str] = &["ObjectMapper", "JsonMapper", "MapperBuilder"];
/// Methods that hand a mapper on are followed this far.
const MAX_HOPS: usize = 8;

/// What was followed already: code may call itself, and each piece of it is looked at once.
#[derive(Debug, Default)]
pub(super) struct Seen {
    places: BTreeSet<(ClassId, usize)>,
    depth: usize,
}

/// Code that a node leads to, in the scope that it stands in.
pub(super) struct Followed<'s> {
    pub scope: Scope<'s>,
    pub body: Node<'s>,
}

impl Seen {
    /// Does something with the code that a node leads to, where there is some and it was not followed yet; whether there is.
    pub(super) fn follow<'s>(
        &mut self,
        scope: &Scope<'s>,
        node: Node<'s>,
        mut each: impl FnMut(&mut Self, &Followed<'s>),
    ) -> bool {
        let Some(followed) = followed(scope, node).filter(|_| self.depth < MAX_HOPS) else { return false };
        if self.places.insert((followed.scope.class, followed.body.start_byte())) {
            self.depth += 1;
            each(self, &followed);
            self.depth -= 1;
        }
        true
    }
}

/// The texts of code and of all that it leads to.
pub(super) fn texts<'s>(scope: &Scope<'s>, body: Node<'s>) -> Vec<&'s str> {
    fn add<'s>(scope: &Scope<'s>, body: Node<'s>, seen: &mut Seen, texts: &mut Vec<&'s str>) {
        texts.push(scope.raw(body));
        for node in descendants(body) {
            seen.follow(scope, node, |seen, found| add(&found.scope, found.body, seen, texts));
        }
    }
    let mut texts = Vec::new();
    add(scope, body, &mut Seen::default(), &mut texts);
    texts
}

/// The code that a node leads to: a method that takes or gives a mapper or a builder, or the value of a constant.
pub(super) fn followed<'s>(scope: &Scope<'s>, node: Node<'s>) -> Option<Followed<'s>> {
    let of = |(class, method): (ClassId, &'s Method)| {
        let scope = Scope::new(scope.sources, class, method);
        let body = scope.body()?;
        Some(Followed { scope, body })
    };
    match node.kind() {
        "method_invocation" => {
            tuned(scope, node).map(|method| (scope.class, method)).or_else(|| made(scope, node)).and_then(of)
        }
        "method_reference" => tuned(scope, node).map(|method| (scope.class, method)).and_then(of),
        "identifier" | "field_access" => constant(scope, node),
        _ => None,
    }
}

fn is_builder(name: &str) -> bool {
    BUILDERS.iter().any(|kind| name.contains(kind))
}

/// The method of the same class that is called with a mapper or a builder: `tune(builder)`, or `this::tune`.
fn tuned<'s>(scope: &Scope<'s>, call: Node<'s>) -> Option<&'s Method> {
    let name = match call.kind() {
        "method_reference" => scope.raw(call).split_once("::").filter(|(of, _)| of.trim() == "this")?.1.trim(),
        _ => {
            let object = call.child_by_field_name("object");
            scope.raw(call.child_by_field_name("name").filter(|_| object.is_none_or(|it| it.kind() == "this"))?)
        }
    };
    let mut named = scope.sources.declaration(scope.class).methods.iter().filter(|method| method.name == name);
    let is_taken = |method: &Method| method.parameters.iter().any(|it| is_builder(&it.ty.name));
    // Of several with one name it is not told which is meant.
    named.next().filter(|method| named.next().is_none() && is_taken(method))
}

/// The method of the tree that gives a mapper or a builder: `JsonMappers.create()`, `new Mappers().create()`.
fn made<'s>(scope: &Scope<'s>, call: Node<'s>) -> Option<(ClassId, &'s Method)> {
    let object = call.child_by_field_name("object");
    let kinds = ["identifier", "field_access", "object_creation_expression", "this", "method_invocation"];
    if object.is_some_and(|object| !kinds.contains(&object.kind())) {
        return None;
    }
    let name = scope.raw(call.child_by_field_name("name")?);
    // Asking for a type is slow: only where some class has such a method.
    let count = arguments(call).len();
    let (class, method, _) = match object {
        None => static_import(scope, name).or_else(|| scope.find_method(&scope.receiver(call)?, name, Some(count)))?,
        Some(_) => scope.find_method(&scope.receiver(call)?, name, Some(count))?,
    };
    let gives = method.ty.as_ref().is_some_and(|ty| is_builder(&ty.name));
    (gives && method.body.is_some()).then_some((class, method))
}

type Found<'s> = (ClassId, &'s Method, std::collections::BTreeMap<String, crate::source::java::index::JavaType>);

/// The method that a static import names.
fn static_import<'s>(scope: &Scope<'s>, name: &str) -> Option<Found<'s>> {
    let imports = scope.sources.file(scope.class).imports.iter().filter(|import| import.is_static);
    let owners = imports.filter_map(|import| match import.is_wildcard {
        true => Some(import.name.as_str()),
        false => import.name.strip_suffix(name)?.strip_suffix('.'),
    });
    owners.filter_map(|owner| scope.sources.find_type(scope.class, owner)).find_map(|class| {
        let method = scope.sources.declaration(class).methods.iter().find(|method| method.name == name)?;
        Some((class, method, Default::default()))
    })
}

/// The value of a constant that is a mapper: `JsonMappers.MAPPER`.
fn constant<'s>(scope: &Scope<'s>, node: Node<'s>) -> Option<Followed<'s>> {
    let name = scope.raw(node);
    let last = name.rsplit('.').next()?;
    // By convention, and so that not every name is looked for.
    if !last.chars().all(|it| it.is_uppercase() || it.is_numeric() || it == '_') {
        return None;
    }
    let (owner, field) =
        constant_field(name, scope.sources, scope.class).filter(|(_, field)| is_builder(&field.ty.name))?;
    let (value, file) = (field.value.clone()?, scope.sources.file(owner));
    // A block may change it further.
    let is_block = |node: &Node<'_>| {
        node.kind() == "static_initializer"
            || node.kind() == "block" && node.parent().is_some_and(|it| it.kind() == "class_body")
    };
    let text = scope.sources.text(owner);
    let raw = |node: Node<'_>| text.get(node.byte_range()).unwrap_or_default();
    if descendants(file.tree.root_node()).filter(is_block).any(|block| raw(block).contains(last)) {
        return None;
    }
    let body = file.tree.root_node().descendant_for_byte_range(value.start, value.end)?;
    let declaration = scope.sources.declaration(owner);
    let method = declaration.methods.iter().chain(&declaration.constructors).next().unwrap_or(scope.method);
    Some(Followed { scope: Scope::new(scope.sources, owner, method), body })
}
