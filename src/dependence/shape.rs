//! Which leaves and lists a definition has, from its table.

use crate::datetime::{self, Form};
use crate::document::{Document, NodeId, join};
use crate::java::config::Naming;
use crate::java::naming::snake_case;
use crate::mapping::Wire;
use crate::model::{Body, Class, ClassRef, Key, Type};

/// What stands at a pointer of a definition.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// A value without parts; a date is one however it is written.
    Leaf {
        /// Of which date form.
        form: Option<&'static Form>,
        /// Whether it may be null.
        nullable: bool,
    },
    /// A list of one shape.
    List(Box<Shape>),
    /// An object, by key.
    Object(Vec<(String, Shape)>),
}

/// The one key of a map in a probe; a guard can put it where the mapping looks the key up.
pub(super) const MAP_KEY: &str = "key";

/// Deeper than any message; a class that holds itself ends here.
const DEEPEST: usize = 8;

impl Shape {
    /// The shape of what a wire carries.
    pub(super) fn of(wire: &Wire) -> Self {
        of_class(wire.dto.class, wire.config.naming, 0)
    }

    /// The shape one segment below.
    fn below(&self, segment: &str) -> Option<&Shape> {
        match self {
            Shape::Leaf { .. } => None,
            Shape::List(item) => Some(item),
            Shape::Object(fields) => fields.iter().find(|(name, _)| name == segment).map(|(_, shape)| shape),
        }
    }

    /// The shape at a pointer, with indexes or `*`.
    pub(super) fn at(&self, pointer: &str) -> Option<&Shape> {
        pointer.split('/').skip(1).try_fold(self, |shape, segment| shape.below(segment))
    }

    /// A pointer with `*` for its indexes. What they are the shape says: a key made of digits is a key.
    pub(super) fn pattern(&self, pointer: &str) -> String {
        let mut at = Some(self);
        let segment = |segment: &str| {
            let is_item = matches!(at, Some(Shape::List(_)));
            at = at.and_then(|shape| shape.below(segment));
            if is_item { "/*".to_owned() } else { format!("/{segment}") }
        };
        pointer.split('/').skip(1).map(segment).collect()
    }

    /// The form of the date at a pointer.
    pub(super) fn form(&self, pointer: &str) -> Option<&'static Form> {
        match self.at(pointer) {
            Some(Shape::Leaf { form, .. }) => *form,
            _ => None,
        }
    }

    /// The leaves and lists below, with `rows` items in each list, or `*` for them where that is none.
    pub(super) fn parts(&self, pointer: &str, rows: Option<usize>, out: &mut Vec<String>) {
        match self {
            Shape::Leaf { .. } => out.push(pointer.to_owned()),
            Shape::List(item) => {
                out.push(pointer.to_owned());
                match rows {
                    Some(rows) => {
                        (0..rows).for_each(|row| item.parts(&join(pointer, &row.to_string()), Some(rows), out))
                    }
                    None => item.parts(&join(pointer, "*"), None, out),
                }
            }
            Shape::Object(fields) => {
                fields.iter().for_each(|(name, field)| field.parts(&join(pointer, name), rows, out));
            }
        }
    }

    /// The objects below that are no rows, nor the whole.
    pub(super) fn objects(&self, rows: usize) -> Vec<String> {
        let mut objects = Vec::new();
        self.push_objects("", rows, &mut objects);
        objects
    }

    fn push_objects(&self, pointer: &str, rows: usize, out: &mut Vec<String>) {
        match self {
            Shape::Leaf { .. } => {}
            Shape::List(item) => {
                (0..rows).for_each(|row| item.push_objects(&join(pointer, &row.to_string()), rows, out));
            }
            Shape::Object(fields) => {
                for (name, field) in fields {
                    let below = join(pointer, name);
                    out.extend(matches!(field, Shape::Object(_)).then(|| below.clone()));
                    field.push_objects(&below, rows, out);
                }
            }
        }
    }

    /// The leaves and lists that a document really has.
    pub(super) fn parts_of(&self, document: &Document<'_>, node: NodeId, pointer: &str, out: &mut Vec<String>) {
        match self {
            Shape::Leaf { .. } => out.push(pointer.to_owned()),
            Shape::List(item) => {
                out.push(pointer.to_owned());
                for (row, node) in document.items(node).enumerate() {
                    item.parts_of(document, node, &join(pointer, &row.to_string()), out);
                }
            }
            Shape::Object(fields) => {
                for (name, field) in fields {
                    if let Some(node) = document.member(node, name) {
                        field.parts_of(document, node, &join(pointer, name), out);
                    }
                }
            }
        }
    }

    /// The leaves and lists that a difference is about; none for a key that the definition does not have.
    ///
    /// An item that is missing or appeared is a matter of its list, and so is a row that is null; another object against
    /// null one of itself. No value in it is fed by what takes it away as a whole.
    pub(super) fn touched(&self, pointer: &str, is_item_count: bool) -> Vec<String> {
        let mut shape = self;
        let mut above = None;
        let mut at = String::new();
        let segments: Vec<&str> = pointer.split('/').skip(1).collect();
        for (depth, segment) in segments.iter().enumerate() {
            if matches!(shape, Shape::Leaf { .. })
                || matches!(shape, Shape::List(_)) && is_item_count && depth + 1 == segments.len()
            {
                return vec![at];
            }
            let Some(below) = shape.below(segment) else { return vec![] };
            above = Some(shape);
            shape = below;
            at = format!("{at}/{segment}");
        }
        match (shape, above) {
            (Shape::Object(_), Some(Shape::List(_))) => {
                at.truncate(at.rfind('/').unwrap_or(0));
                vec![at]
            }
            _ => vec![at],
        }
    }
}

/// The shape of a class under a naming strategy.
fn of_class(class: &Class, naming: Naming, depth: usize) -> Shape {
    match &class.body {
        Body::Type(ty) => of_type(ty, naming, depth),
        Body::Keys(keys) => {
            let name = |key: &Key| match naming {
                Naming::Snake if !key.explicit => snake_case(&key.name),
                Naming::Field | Naming::Snake => key.name.clone().into_owned(),
            };
            let field = |key: &Key| match of_type(&key.ty, naming, depth + 1) {
                Shape::Leaf { form, .. } => Shape::Leaf { form, nullable: key.is_nullable() },
                shape => shape,
            };
            Shape::Object(keys.iter().map(|key| (name(key), field(key))).collect())
        }
    }
}

fn of_type(ty: &Type, naming: Naming, depth: usize) -> Shape {
    if depth >= DEEPEST {
        // Nothing that could be probed: the definition goes on, and so would this.
        return Shape::Object(vec![]);
    }
    match ty {
        Type::Leaf { ty, pattern, .. } => {
            Shape::Leaf { form: datetime::form(ty, pattern.as_deref()), nullable: ty.nullable }
        }
        Type::Class(ClassRef::Static(class)) => of_class(class(), naming, depth + 1),
        Type::List(item) => Shape::List(Box::new(of_type(item, naming, depth + 1))),
        Type::Map(value) => Shape::Object(vec![(MAP_KEY.to_owned(), of_type(value, naming, depth + 1))]),
        // Written as one value, whatever it holds.
        Type::Class(ClassRef::Named(_)) | Type::Other(_) => Shape::Leaf { form: None, nullable: true },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(fields: &[(&str, Shape)]) -> Shape {
        Shape::Object(fields.iter().map(|(name, shape)| ((*name).to_owned(), shape.clone())).collect())
    }

    #[test]
    fn what_holds_a_value_and_goes_is_touched_and_the_value_is_not() {
        let leaf = Shape::Leaf { form: None, nullable: true };
        let row = object(&[("c", leaf.clone()), ("d", object(&[("e", leaf.clone())]))]);
        let shape = object(&[("a", object(&[("b", leaf)])), ("rows", Shape::List(Box::new(row)))]);
        let touched = |pointer: &str, is_item_count: bool| shape.touched(pointer, is_item_count).join(" ");
        // A row that is missing or null; an object that is no row, missing or null.
        assert_eq!((touched("/rows/1", true), touched("/rows/1", false)), ("/rows".to_owned(), "/rows".to_owned()));
        assert_eq!((touched("/a", true), touched("/a", false)), ("/a".to_owned(), "/a".to_owned()));
        assert_eq!(touched("/rows/0/d", false), "/rows/0/d");
        // A value by itself.
        assert_eq!(
            (touched("/a/b", true), touched("/rows/0/d/e", false)),
            ("/a/b".to_owned(), "/rows/0/d/e".to_owned())
        );
        assert_eq!((touched("/rows", false), touched("/other", true)), ("/rows".to_owned(), String::new()));
        assert_eq!(shape.objects(2), ["/a", "/rows/0/d", "/rows/1/d"]);
    }

    #[test]
    fn the_shape_says_which_digits_are_an_index() {
        let leaf = Shape::Leaf { form: None, nullable: true };
        let shape = object(&[("404", Shape::List(Box::new(object(&[("7", leaf.clone())])))), ("7", leaf)]);
        for (pointer, pattern) in [("/404/1/7", "/404/*/7"), ("/7", "/7"), ("/404", "/404"), ("", "")] {
            assert_eq!(shape.pattern(pointer), pattern);
        }
    }
}
