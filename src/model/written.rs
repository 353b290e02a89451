//! How long a payload is with every key of its class written: what a reader makes of little.
//!
//! `{"rows":[{},{},…]}` has three bytes a row; a class of twenty keys has twenty values for each of them, and writes all
//! of them. A payload is judged by what its classes make of it, so that is what has to have a bound.

use super::class::{Body, Class, ClassRef, Key, Type};
use crate::document::{Document, Kind, NodeId};
use crate::java::config::Naming;
use crate::java::read::place_of;

/// So many times the payload may be what a class makes of it: of a row of twenty keys three are enough.
pub const MOST_TIMES: usize = 8;

/// From so many bytes on.
pub const AT_LEAST: usize = 4 << 20;

/// The length of a payload with every key of its class written, where that is more than is judged: over [`AT_LEAST`]
/// bytes, and over [`MOST_TIMES`] the payload.
pub fn grown(class: &Class, naming: Naming, document: &Document<'_>) -> Option<usize> {
    let most = AT_LEAST.max(document.text().len().saturating_mul(MOST_TIMES));
    // Nearly no payload has so many nodes that it could be; the others are not walked through.
    let widest = class.nested().into_iter().chain([class]).map(whole).max().unwrap_or_default();
    if document.text().len() + document.len().saturating_mul(widest) <= most {
        return None;
    }
    let written = document.text().len() + Walk { document, naming }.class(class, 0);
    (written > most).then_some(written)
}

/// An object of a class in which everything is null.
fn whole(class: &Class) -> usize {
    class.keys().iter().map(|key| member(&key.name)).sum()
}

/// A member that is null: its name, two quotes, colon, comma.
fn member(name: &str) -> usize {
    name.len() + 4 + "null".len()
}

struct Walk<'d, 't> {
    document: &'d Document<'t>,
    naming: Naming,
}

impl Walk<'_, '_> {
    /// What a value lacks of its class, and all below it.
    fn class(&self, class: &Class, node: NodeId) -> usize {
        let keys = match &class.body {
            Body::Type(ty) => return self.of_type(ty, node),
            Body::Keys(keys) => keys,
        };
        // A row that is null or no object has a place for each key all the same.
        let (mut here, mut below, mut hint) = (0, 0, 0);
        for (name, value) in self.document.members(node) {
            let name = self.document.content(name);
            here += member(&name);
            if let Some(place) = place_of(keys, self.naming, &name, hint) {
                below += self.of_key(&keys[place], value);
                hint = place + 1;
            }
        }
        whole(class).saturating_sub(here) + below
    }

    fn of_key(&self, key: &Key, node: NodeId) -> usize {
        // A member that is null is written as such, and no more of it is.
        if self.document.kind(node) == Kind::Null { 0 } else { self.of_type(&key.ty, node) }
    }

    fn of_type(&self, ty: &Type, node: NodeId) -> usize {
        match ty {
            Type::Class(ClassRef::Static(class)) => self.class(class(), node),
            Type::List(item) => self.document.items(node).map(|node| self.of_type(item, node)).sum(),
            Type::Map(value) => self.document.members(node).map(|(_, node)| self.of_type(value, node)).sum(),
            Type::Class(ClassRef::Named(_)) | Type::Leaf { .. } | Type::Other(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse_text;
    use crate::java::types::{List, Text};
    use crate::model::Dto;

    /// A row.
    #[derive(Clone, Debug, Default, PartialEq, Dto)]
    #[dto(name = "shop.Row", source = "shop, Row.java at 1f2e3d4")]
    struct Row {
        /// Its number.
        number: Text,
        /// What was bought, of which there are many kinds.
        name_of_the_article_that_was_bought: Text,
    }

    /// A page.
    #[derive(Clone, Debug, Default, PartialEq, Dto)]
    #[dto(name = "shop.Page", source = "shop, Page.java at 1f2e3d4")]
    struct Page {
        /// Its rows.
        rows: List<Row>,
    }

    fn of(row: &str, count: usize) -> (usize, Option<usize>) {
        let text = format!("{{\"rows\":[{}]}}", vec![row; count].join(","));
        (text.len(), grown(Page::CLASS, Naming::Field, &parse_text(&text).unwrap()))
    }

    #[test]
    fn little_that_becomes_much_is_seen() {
        let row = member("number") + member("nameOfTheArticleThatWasBought");
        for short in ["{}", "null", "0", "[]"] {
            let (length, found) = of(short, 100_000);
            assert_eq!(found, Some(length + 100_000 * row), "{short}");
        }
    }

    #[test]
    fn a_page_and_few_rows_are_not() {
        assert_eq!(of("{}", 50_000).1, None, "under the least");
        assert_eq!(of(r#"{"number":"1"}"#, 100_000).1, None, "one key of two");
        assert_eq!(of(r#"{"number":null,"nameOfTheArticleThatWasBought":null}"#, 100_000).1, None);
        let lists = format!("{{\"rows\":null,\"more\":[{}]}}", vec!["{}"; 100_000].join(","));
        let lists = parse_text(&lists).unwrap();
        assert_eq!(grown(Page::CLASS, Naming::Field, &lists), None, "of a key that the class does not have");
    }
}
