//! The places of a class at which values can stand, and where they are in a document.

use super::class::{Body, Class, ClassRef, Key, Type};
use super::domain::Domain;
use crate::document::{Document, NodeId};
use crate::java::config::Naming;
use crate::java::naming::snake_case;
use crate::pointer::{Pointer, Segment};

/// One step down in a class.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// To a key.
    Key(&'static Key),
    /// To the items of a list.
    Item,
    /// To the values of a map.
    Entry,
}

/// A place at which a value can stand.
#[derive(Clone, Debug)]
pub struct Place {
    /// From the root down.
    steps: Vec<Step>,
    /// What stands there.
    pub ty: &'static Type,
}

/// How a map's key is written in the pointer of a place; any key is meant.
const MAP_KEY: &str = "key";

/// The places of a class, those above before those below. What a class that holds itself holds once more is the same.
pub fn places(class: &'static Class) -> Vec<Place> {
    let mut found = Vec::new();
    of_class(class, &mut Vec::new(), &mut Vec::new(), &mut found);
    found
}

fn of_class(class: &'static Class, steps: &mut Vec<Step>, open: &mut Vec<&'static Class>, found: &mut Vec<Place>) {
    if open.iter().any(|other| std::ptr::eq(*other, class)) {
        return;
    }
    open.push(class);
    match &class.body {
        Body::Keys(keys) => {
            for key in keys.iter() {
                below(Step::Key(key), &key.ty, steps, open, found);
            }
        }
        Body::Type(ty) => of_type(ty, steps, open, found),
    }
    open.pop();
}

fn of_type(ty: &'static Type, steps: &mut Vec<Step>, open: &mut Vec<&'static Class>, found: &mut Vec<Place>) {
    match ty {
        Type::Class(ClassRef::Static(class)) => of_class(class(), steps, open, found),
        Type::List(item) => below(Step::Item, item, steps, open, found),
        Type::Map(value) => below(Step::Entry, value, steps, open, found),
        Type::Class(ClassRef::Named(_)) | Type::Leaf { .. } | Type::Other(_) => {}
    }
}

fn below(step: Step, ty: &'static Type, steps: &mut Vec<Step>, open: &mut Vec<&'static Class>, found: &mut Vec<Place>) {
    steps.push(step);
    found.push(Place { steps: steps.clone(), ty });
    of_type(ty, steps, open, found);
    steps.pop();
}

/// The place that a written pointer names; any index and, of a map, any key is meant.
pub fn at(class: &'static Class, naming: Naming, pointer: &str) -> Option<Place> {
    let wanted = Pointer::read(pointer);
    places(class).into_iter().find(|place| {
        let same = |(step, segment): (&Step, &Segment)| match step {
            Step::Key(key) => *segment.name() == written(key, naming) || *segment.name() == *key.name,
            Step::Item => segment.is_item(),
            Step::Entry => true,
        };
        place.steps.len() == wanted.segments().len() && place.steps.iter().zip(wanted.segments()).all(same)
    })
}

/// The class in which the key of a place is.
pub fn holder(class: &'static Class, place: &Place) -> Option<&'static Class> {
    let Some(Step::Key(key)) = place.steps.last() else { return None };
    let has = |class: &&'static Class| class.keys().iter().any(|own| std::ptr::eq(own, *key));
    std::iter::once(class).chain(class.nested()).find(has)
}

/// A key as a configuration writes it.
fn written(key: &Key, naming: Naming) -> String {
    match naming {
        Naming::Snake if !key.explicit => snake_case(&key.name),
        Naming::Field | Naming::Snake => key.name.clone().into_owned(),
    }
}

impl Place {
    /// The key, where one stands there and no item of it.
    pub fn key(&self) -> Option<&'static Key> {
        match self.steps.last() {
            Some(Step::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// The words that are expected there.
    pub fn domain(&self) -> Option<&'static Domain> {
        match (self.key(), self.ty) {
            (Some(key), _) => key.domain(),
            (None, Type::Leaf { domain: Some(domain), .. }) => Some(domain),
            _ => None,
        }
    }

    /// The pointer, with `*` for every index.
    pub fn pointer(&self, naming: Naming) -> Pointer {
        let segment = |step: &Step| match step {
            Step::Key(key) => Segment::Key(written(key, naming).into()),
            Step::Item => Segment::Any,
            Step::Entry => Segment::Key(MAP_KEY.into()),
        };
        Pointer::from(self.steps.iter().map(segment).collect::<Vec<_>>())
    }

    /// The values there.
    pub fn nodes(&self, naming: Naming, document: &Document<'_>) -> Vec<NodeId> {
        let mut nodes = vec![0];
        for step in &self.steps {
            nodes = match step {
                Step::Key(key) => {
                    let name = written(key, naming);
                    nodes.into_iter().filter_map(|node| document.member(node, &name)).collect()
                }
                Step::Item => nodes.into_iter().flat_map(|node| document.items(node)).collect(),
                Step::Entry => {
                    nodes.into_iter().flat_map(|node| document.members(node)).map(|(_, value)| value).collect()
                }
            };
        }
        nodes
    }

    /// The smallest document that has a value there: `{"rows":[{"status":"NEW"}]}`.
    pub fn smallest(&self, naming: Naming, value: &str) -> String {
        self.steps.iter().rev().fold(value.to_owned(), |value, step| match step {
            Step::Key(key) => format!("{{{}:{value}}}", serde_json::Value::from(written(key, naming))),
            Step::Item => format!("[{value}]"),
            Step::Entry => format!("{{\"{MAP_KEY}\":{value}}}"),
        })
    }

    /// Whether it is the same place of another class: each key under its name or an alias there.
    pub fn is_read_at(&self, reader: &Place) -> bool {
        let same = |(own, other): (&Step, &Step)| match (own, other) {
            (Step::Key(own), Step::Key(other)) => own.name == other.name || other.aliases.contains(&own.name),
            (Step::Item, Step::Item) | (Step::Entry, Step::Entry) => true,
            _ => false,
        };
        self.steps.len() == reader.steps.len() && self.steps.iter().zip(&reader.steps).all(same)
    }

    /// Whether another place is above it.
    pub fn is_below(&self, above: &Place) -> bool {
        let head = Place { steps: self.steps.iter().take(above.steps.len()).copied().collect(), ty: self.ty };
        self.steps.len() > above.steps.len() && head.is_read_at(above)
    }
}
