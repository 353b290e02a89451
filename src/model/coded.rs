//! The values of a document that stand where a class expects the words of a domain.

use super::class::{Body, Class, ClassRef, Key, Type};
use super::domain::Domain;
use crate::document::{Document, Kind, NodeId};
use crate::java::config::Naming;
use crate::java::read::place_of;

/// A value that is a word of a domain, or should be.
#[derive(Clone, Copy, Debug)]
pub struct Coded {
    /// Which value.
    pub node: NodeId,
    /// What it should be a word of.
    pub domain: &'static Domain,
    /// Whether its type is the enum itself, so that the class reads the words alone; else it is a text that holds them.
    pub is_enum: bool,
}

/// The values of a document at keys with a domain, in the order of the document.
pub fn coded(class: &'static Class, naming: Naming, document: &Document<'_>) -> Vec<Coded> {
    let mut walk = Walk { naming, document, found: Vec::new(), known: Vec::new() };
    walk.class(class, 0);
    walk.found
}

struct Walk<'d, 't> {
    naming: Naming,
    document: &'d Document<'t>,
    found: Vec<Coded>,
    /// Whether classes hold a domain, themselves or in what they hold.
    known: Vec<(&'static Class, bool)>,
}

impl Walk<'_, '_> {
    fn class(&mut self, class: &'static Class, node: NodeId) {
        if !self.holds_domain(class) {
            return;
        }
        let keys = match &class.body {
            Body::Type(ty) => return self.ty(ty, node),
            Body::Keys(keys) => keys,
        };
        if self.document.kind(node) != Kind::Object {
            return;
        }
        let mut hint = 0;
        for (name, value) in self.document.members(node) {
            let Some(place) = place_of(keys, self.naming, &self.document.content(name), hint) else { continue };
            hint = place + 1;
            self.key(&keys[place], value);
        }
    }

    fn key(&mut self, key: &'static Key, node: NodeId) {
        match (&key.domain, &key.ty) {
            (Some(domain), Type::Leaf { .. }) => self.found.push(Coded { node, domain, is_enum: false }),
            _ => self.ty(&key.ty, node),
        }
    }

    fn ty(&mut self, ty: &'static Type, node: NodeId) {
        match (ty, self.document.kind(node)) {
            (Type::Leaf { domain: Some(domain), .. }, _) => {
                self.found.push(Coded { node, domain, is_enum: true });
            }
            (Type::Class(ClassRef::Static(class)), _) => self.class(class(), node),
            (Type::List(item), Kind::Array) => {
                for node in self.document.items(node) {
                    self.ty(item, node);
                }
            }
            (Type::Map(value), Kind::Object) => {
                for (_, node) in self.document.members(node) {
                    self.ty(value, node);
                }
            }
            _ => {}
        }
    }

    fn holds_domain(&mut self, class: &'static Class) -> bool {
        if let Some((_, holds)) = self.known.iter().find(|(known, _)| std::ptr::eq(*known, class)) {
            return *holds;
        }
        let own = |class: &Class| match &class.body {
            Body::Keys(keys) => keys.iter().any(|key| key.domain.is_some() || has_domain(&key.ty)),
            Body::Type(ty) => has_domain(ty),
        };
        let holds = own(class) || class.nested().into_iter().any(own);
        self.known.push((class, holds));
        holds
    }
}

fn has_domain(ty: &Type) -> bool {
    match ty {
        Type::Leaf { domain, .. } => domain.is_some(),
        Type::List(inner) | Type::Map(inner) => has_domain(inner),
        Type::Class(_) | Type::Other(_) => false,
    }
}
