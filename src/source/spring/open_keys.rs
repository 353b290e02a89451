//! What code puts into keys whose type is `Object`: an envelope that has anything in it.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::untyped::said_by;
use super::{Direction, Inventory, Seeds, Use};
use crate::source::java::annotations::bean_name;
use crate::source::java::enums::arguments;
use crate::source::java::expression::Scope;
use crate::source::java::index::{ClassId, JavaType, Sources};
use crate::source::java::syntax::Method;
use crate::source::java::walk::{descendants, span};
use crate::source::place::Unread;

/// A key that can hold anything.
struct Open<'i> {
    class: ClassId,
    field: &'i str,
    uses: Vec<&'i Use>,
}

/// Adds what is put into such keys that are not known yet; gives whether there is any.
pub(super) fn of_inventory(
    sources: &Sources,
    inventory: &Inventory,
    known: &mut BTreeSet<(ClassId, String)>,
    seeds: &mut Seeds,
) -> bool {
    let mut found = Vec::new();
    for class in &inventory.classes {
        let uses: Vec<&Use> = class.uses.iter().filter(|it| it.direction == Direction::Written).collect();
        let open = class.facts.keys.iter().filter(|key| key.is_written && key.java_type.is_external(&["Object"]));
        found.extend(open.map(|key| Open { class: class.facts.id, field: &key.field, uses: uses.clone() }));
    }
    found.retain(|open| !open.uses.is_empty() && known.insert((open.class, open.field.to_owned())));
    let mut names: Vec<&str> = found.iter().map(|open| simple(sources, open.class)).collect();
    names.dedup();
    for class in sources.classes().filter(|class| names.iter().any(|name| sources.text(*class).contains(name))) {
        let declaration = sources.declaration(class);
        for method in declaration.methods.iter().chain(&declaration.constructors) {
            let scope = Scope::new(sources, class, method);
            for node in scope.body().into_iter().flat_map(descendants) {
                for open in &found {
                    if let Some(value) = put(&scope, node, open) {
                        add(&scope, value, open, seeds);
                    }
                }
            }
        }
    }
    !found.is_empty()
}

fn simple(sources: &Sources, class: ClassId) -> &str {
    sources.declaration(class).name.rsplit('.').next().unwrap_or_default()
}

/// What a call puts into a key.
fn put<'s>(scope: &Scope<'s>, node: Node<'s>, open: &Open<'_>) -> Option<Node<'s>> {
    let given = arguments(node);
    match node.kind() {
        "object_creation_expression" => {
            let ty = scope.resolve(node.child_by_field_name("type")?);
            if ty.as_class() != Some(open.class) {
                return None;
            }
            let declaration = scope.sources.declaration(open.class);
            let fits = |method: &&Method| method.parameters.len() == given.len();
            let place = match declaration.constructors.iter().find(fits) {
                Some(by_hand) => by_hand.parameters.iter().position(|it| it.name == open.field)?,
                None => {
                    let fields: Vec<_> = declaration.fields.iter().filter(|field| !field.modifiers.is_static).collect();
                    let place = fields.iter().position(|field| field.name == open.field)?;
                    (fields.len() == given.len()).then_some(place)?
                }
            };
            given.get(place).copied()
        }
        "method_invocation" => {
            let name = scope.raw(node.child_by_field_name("name")?);
            let is_it = name == open.field || name.strip_prefix("set").is_some_and(|it| bean_name(it) == open.field);
            let [value] = given.as_slice() else { return None };
            let object = node.child_by_field_name("object").filter(|_| is_it)?;
            (scope.type_of(object).and_then(|ty| ty.as_class()) == Some(open.class)).then_some(*value)
        }
        _ => None,
    }
}

fn add<'s>(scope: &Scope<'s>, value: Node<'s>, open: &Open<'_>, seeds: &mut Seeds) {
    let Scope { sources, class, method, .. } = *scope;
    let place = sources.place(class, span(value, sources.text(class)));
    let key = format!("{:?} of {}", open.field, simple(sources, open.class));
    let used = |of: &&Use| Use { place: place.clone(), how: key.clone(), ..(*of).clone() };
    let name = scope.raw(value);
    // What its callers hand over.
    if let Some(parameter) = method.parameters.iter().position(|parameter| parameter.name == name) {
        let ty = sources.resolve(class, &method.parameters[parameter].ty, &method.type_parameters);
        if ty.classes().is_empty() && (ty.as_external().is_none() || ty.is_external(&["Object"])) {
            for found in open.uses.iter().map(used) {
                seeds.forward(class, method, parameter, found);
            }
            return;
        }
    }
    let said = said_by(scope, value);
    if said.is_open {
        let what = format!("{} puts something into {key}: which class that is was not found", method.name);
        seeds.unread.push(Unread { place: place.clone(), what });
    }
    for ty in said.types {
        let ty: JavaType = ty;
        for found in open.uses.iter().map(used) {
            seeds.add(ty.clone(), found);
        }
    }
}
