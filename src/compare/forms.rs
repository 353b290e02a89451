//! The dates of an answer that the target's class writes by a pattern, whatever its configuration.

use std::collections::BTreeMap;

use crate::document::{Document, Kind, NodeId};
use crate::java::config::Naming;
use crate::java::naming::snake_case;
use crate::mapping::Wire;
use crate::model::{Body, Class, ClassRef, Key, Type};
use crate::pointer::Pointer;

/// Deeper than any message.
const DEEPEST: usize = 16;

/// The dates of an answer that are not as the target's class writes them, each with its place and the pattern.
///
/// The class decides: what it understands of the answer, written again, must be the same text there.
pub(super) fn out_of_form(target: &Wire, got: &Document<'_>) -> BTreeMap<NodeId, (Pointer, &'static str)> {
    let mut dates = Vec::new();
    if has_pattern(target.dto.class) {
        let walk = Walk { got, naming: target.config.naming };
        walk.class(target.dto.class, (0, &Pointer::ROOT), &mut dates);
    }
    if dates.is_empty() {
        return BTreeMap::new();
    }
    let promise = target.dto.promise(target.config, got);
    let written = promise.text.unwrap_or(promise.keys);
    let Ok(written) = written.document() else { return BTreeMap::new() };
    let is_written_so = |pointer: &Pointer, node: NodeId| {
        written.at(pointer).is_some_and(|at| {
            let is_text = |document: &Document<'_>, node| matches!(document.kind(node), Kind::Text { .. });
            is_text(&written, at) && is_text(got, node) && written.content(at) == got.content(node)
        })
    };
    dates.retain(|(node, pointer, _)| !is_written_so(pointer, *node));
    dates.into_iter().map(|(node, pointer, pattern)| (node, (pointer, pattern))).collect()
}

/// Whether any date of a class, or of one that it holds, has a pattern.
fn has_pattern(class: &Class) -> bool {
    fn of_type(ty: &Type) -> bool {
        match ty {
            Type::Leaf { pattern, .. } => pattern.is_some(),
            Type::List(item) | Type::Map(item) => of_type(item),
            Type::Class(_) | Type::Other(_) => false,
        }
    }
    let of_class = |class: &Class| match &class.body {
        Body::Type(ty) => of_type(ty),
        Body::Keys(keys) => keys.iter().any(|key| of_type(&key.ty)),
    };
    of_class(class) || class.nested().into_iter().any(of_class)
}

struct Walk<'w> {
    got: &'w Document<'w>,
    naming: Naming,
}

impl Walk<'_> {
    fn class(
        &self,
        class: &'static Class,
        (node, at): (NodeId, &Pointer),
        out: &mut Vec<(NodeId, Pointer, &'static str)>,
    ) {
        let keys = match &class.body {
            Body::Type(ty) => return self.value(ty, (node, at), out),
            Body::Keys(keys) => keys,
        };
        let name = |key: &'static Key| match self.naming {
            Naming::Snake if !key.explicit => snake_case(&key.name),
            Naming::Field | Naming::Snake => key.name.clone().into_owned(),
        };
        for key in keys.iter() {
            let name = name(key);
            if let Some(value) = self.got.member(node, &name) {
                self.value(&key.ty, (value, &at.key(&name)), out);
            }
        }
    }

    fn value(&self, ty: &'static Type, (node, at): (NodeId, &Pointer), out: &mut Vec<(NodeId, Pointer, &'static str)>) {
        if at.segments().len() > DEEPEST {
            return;
        }
        match ty {
            // A null, and an empty text that is read as one, has no form.
            Type::Leaf { pattern: Some(pattern), .. } if self.got.kind(node) != Kind::Null => {
                let is_blank =
                    matches!(self.got.kind(node), Kind::Text { .. }) && self.got.content(node).trim().is_empty();
                if !is_blank {
                    out.push((node, at.clone(), &**pattern));
                }
            }
            Type::Class(ClassRef::Static(class)) => self.class(class(), (node, at), out),
            Type::List(item) => {
                for (index, node) in self.got.items(node).enumerate() {
                    self.value(item, (node, &at.index(index)), out);
                }
            }
            Type::Map(value) => {
                for (key, node) in self.got.members(node) {
                    self.value(value, (node, &at.key(&self.got.content(key))), out);
                }
            }
            Type::Leaf { .. } | Type::Class(ClassRef::Named(_)) | Type::Other(_) => {}
        }
    }
}
