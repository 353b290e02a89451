//! Which fields a constructor fills.

use tree_sitter::Node;

use super::methods::set_by;
use crate::source::java::enums::arguments;
use crate::source::java::expression::Scope;
use crate::source::java::index::ClassId;
use crate::source::java::lombok::takes_all_fields;
use crate::source::java::syntax::{Kind, Variable};
use crate::source::java::walk::descendants;

/// Constructors that call each other are followed this far.
pub(super) const MAX_CONSTRUCTORS: usize = 4;

/// The fields that a constructor fills, told by which arguments are null, each with the place of the argument that it gets;
/// none where that is not known.
pub(super) fn constructed(
    scope: &Scope<'_>,
    class: ClassId,
    nulls: &[bool],
    depth: usize,
) -> Option<Vec<(String, Option<usize>)>> {
    let declaration = scope.sources.declaration(class);
    let is_null = |at: usize| nulls.get(at) == Some(&true);
    let mut explicit = declaration.constructors.iter().filter(|it| it.parameters.len() == nulls.len()).peekable();
    if explicit.peek().is_some() {
        let mut filled = Vec::new();
        for constructor in explicit {
            let own = Scope::new(scope.sources, class, constructor);
            for node in own.body().into_iter().flat_map(descendants) {
                match node.kind() {
                    "explicit_constructor_invocation" if !arguments(node).is_empty() => {
                        // That of a record has to call another one; what others do is not followed.
                        let is_own = declaration.kind == Kind::Record && depth > 0;
                        let from = |argument: &Node<'_>| {
                            let name = own.raw(*argument);
                            constructor.parameters.iter().position(|parameter| parameter.name == name)
                        };
                        let handed = arguments(node);
                        let is_nothing = |it: &Node<'_>| from(it).map_or(it.kind() == "null_literal", is_null);
                        let nulls: Vec<bool> = handed.iter().map(is_nothing).collect();
                        let by_other = constructed(&own, class, is_own.then_some(&nulls[..])?, depth - 1)?;
                        let place = |at: usize| handed.get(at).and_then(from);
                        filled.extend(by_other.into_iter().map(|(field, at)| (field, at.and_then(place))));
                    }
                    "assignment_expression" => {
                        let side = |name| node.child_by_field_name(name).map(|side| own.raw(side));
                        let (Some(left), Some(right)) = (side("left"), side("right")) else { continue };
                        let from = constructor.parameters.iter().position(|parameter| parameter.name == right);
                        if !from.is_some_and(is_null) {
                            let field = (left.strip_prefix("this.").unwrap_or(left).to_owned(), from);
                            if !filled.contains(&field) {
                                filled.push(field);
                            }
                        }
                    }
                    "method_invocation" if node.child_by_field_name("object").is_none() => {
                        let name = node.child_by_field_name("name").map_or("", |name| own.raw(name));
                        filled.extend(set_by(name).map(|field| (field, None)));
                    }
                    _ => {}
                }
            }
        }
        return Some(filled);
    }
    if nulls.is_empty() {
        return Some(Vec::new());
    }
    let fields: Vec<&Variable> = declaration.fields.iter().filter(|field| !field.modifiers.is_static).collect();
    let finals: Vec<&Variable> =
        fields.iter().copied().filter(|it| it.modifiers.is_final && it.value.is_none()).collect();
    let takes_all = declaration.kind == Kind::Record || takes_all_fields(declaration);
    let order = [fields, finals].into_iter().find(|order| takes_all && order.len() == nulls.len())?;
    let order = order.iter().enumerate().filter(|(at, _)| !is_null(*at));
    Some(order.map(|(at, field)| (field.name.clone(), Some(at))).collect())
}
