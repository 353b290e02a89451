//! Why an expectation no longer fits: the differences of two texts, named so that the same change has the same name.

use std::collections::BTreeSet;

use super::question::Place;
use crate::compare::{Change, Difference, Tolerance, differences};
use crate::document::{Document, Kind, NodeId, parse};

/// What differs between an expectation and an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Causes {
    /// Each cause once: `sku -> article`.
    pub names: BTreeSet<String>,
    /// Each place.
    pub places: Vec<Place>,
    /// Values that are there before and not after: the pointers.
    pub lost: BTreeSet<String>,
    /// The rules by which a case is refused now and was not before.
    pub came: BTreeSet<String>,
}

/// The causes for which one text becomes another; nothing where they say the same.
///
/// `may_differ` are patterns of values that are another one with every answer.
pub fn causes(path: &str, before: &str, after: &str, may_differ: &[&str]) -> Causes {
    let mut causes = Causes::default();
    let (Ok(old), Ok(new)) = (parse(before.as_bytes()), parse(after.as_bytes())) else {
        causes.whole(path, before, after, "another text");
        return causes;
    };
    let counted = differences(&old, &new, &Tolerance { may_differ, ..Tolerance::default() });
    let renamed = renames(&counted, &old, &new);
    for (at, difference) in counted.iter().enumerate() {
        let pointer = difference.pointer.to_string();
        let raw = |document: &Document<'_>, node: Option<NodeId>| node.map(|node| document.raw(node).to_owned());
        if renamed.iter().any(|&(_, new)| new == at) {
            continue;
        }
        if let Some(&(_, to)) = renamed.iter().find(|&&(old, _)| old == at) {
            let (from, to) = (key(&pointer), key(&counted[to].pointer.to_string()));
            causes.names.insert(format!("{from} -> {to}"));
            let (before, after) = (Some(format!("{from:?}")), Some(format!("{to:?}")));
            causes.places.push(Place { path: path.to_owned(), pointer, before, after });
            continue;
        }
        let (before, after) = (raw(&old, difference.expected), raw(&new, difference.found));
        let is_null = |raw: &Option<String>| raw.as_deref().is_none_or(|raw| raw == "null");
        if matches!(difference.change, Change::Missing | Change::Value) && !is_null(&before) && is_null(&after) {
            causes.lost.insert(difference.pointer.pattern().to_string());
        }
        let place = difference.pointer.pattern().to_string();
        causes.names.insert(match difference.change {
            Change::Missing => format!("{place} is gone"),
            Change::Appeared => format!("{place} is new"),
            Change::Order => format!("the keys of {} in another order", if place.is_empty() { "all" } else { &place }),
            Change::Value => {
                let short = |raw: &Option<String>| raw.as_deref().filter(|raw| raw.len() <= 40).map(str::to_owned);
                match (short(&before), short(&after)) {
                    (Some(before), Some(after)) => format!("{place} from {before} to {after}"),
                    _ => format!("{place} differs"),
                }
            }
        });
        causes.places.push(Place { path: path.to_owned(), pointer, before, after });
    }
    if counted.is_empty() {
        let strict = differences(&old, &new, &Tolerance::default());
        if strict.is_empty() && before.trim_end_matches(['\r', '\n']) != after {
            causes.whole(path, before, after, "other bytes of the same value");
        }
    }
    causes
}

impl Causes {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    fn whole(&mut self, path: &str, before: &str, after: &str, name: &str) {
        self.names.insert(name.to_owned());
        let (before, after) = (Some(before.to_owned()), Some(after.to_owned()));
        self.places.push(Place { path: path.to_owned(), pointer: String::new(), before, after });
    }
}

/// The last segment of a pointer, unescaped.
pub(super) fn key(pointer: &str) -> String {
    pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~")
}

/// The object in which a member stands.
pub(super) fn object(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(object, _)| object)
}

/// The members that have another name and the same value: indexes of (missing, appeared), each at most once.
///
/// In one object the first that is missing belongs to the first that appeared with its value: mappers keep the order.
fn renames(found: &[Difference], old: &Document<'_>, new: &Document<'_>) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, missing) in found.iter().enumerate() {
        if missing.change != Change::Missing || !missing.pointer.is_member() {
            continue;
        }
        let pointer = missing.pointer.to_string();
        let appeared = found.iter().enumerate().find(|(other, appeared)| {
            let is_same = || match (missing.expected, appeared.found) {
                (Some(before), Some(after)) => same(old, before, new, after),
                _ => false,
            };
            appeared.change == Change::Appeared
                && appeared.pointer.is_member()
                && object(&appeared.pointer.to_string()) == object(&pointer)
                && pairs.iter().all(|(_, taken)| taken != other)
                && is_same()
        });
        if let Some((other, _)) = appeared {
            pairs.push((at, other));
        }
    }
    pairs
}

/// Whether two values are one, white space aside.
fn same(old: &Document<'_>, before: NodeId, new: &Document<'_>, after: NodeId) -> bool {
    let (left, right) = (old.raw(before), new.raw(after));
    left == right
        || matches!(old.kind(before), Kind::Array | Kind::Object)
            && matches!((parse(left.as_bytes()), parse(right.as_bytes())), (Ok(left), Ok(right))
                if differences(&left, &right, &Tolerance::default()).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(before: &str, after: &str) -> Vec<String> {
        causes("x", before, after, &["/id"]).names.into_iter().collect()
    }

    #[test]
    fn the_same_change_has_the_same_name_in_every_row() {
        let before = r#"{"rows":[{"sku":"A","n":1},{"sku":"B","n":2}]}"#;
        let after = r#"{"rows":[{"article":"A","n":1},{"article":"B","n":2}]}"#;
        let found = causes("x", before, after, &[]);
        assert_eq!(found.names.iter().collect::<Vec<_>>(), ["sku -> article"]);
        assert_eq!((found.places.len(), found.lost.len()), (2, 0));
        assert_eq!(names(before, &before.replace(",\"n\":2", "")), ["/rows/*/n is gone"]);
        assert_eq!(names(before, &before.replace("\"B\"", "\"C\"")), ["/rows/*/sku from \"B\" to \"C\""]);
        assert_eq!(names(r#"{"a":1}"#, r#"{"a":1,"b":null}"#), ["/b is new"]);
        assert_eq!(names(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#), ["the keys of all in another order"]);
        assert_eq!(names(r#"{"a":1}"#, r#"{"a": 1}"#), ["other bytes of the same value"]);
        assert_eq!(names("{\"a\":1}\n", r#"{"a":1}"#), [""; 0]);
        assert_eq!(names(r#"{"id":1}"#, r#"{"id":2}"#), [""; 0], "another one with every answer");
        assert_eq!(names("", "{}"), ["another text"]);
    }

    #[test]
    fn what_is_lost_is_told_apart_from_what_moved() {
        let lost = |before: &str, after: &str| causes("x", before, after, &[]).lost.into_iter().collect::<Vec<_>>();
        assert_eq!(lost(r#"{"a":1}"#, r#"{"a":null}"#), ["/a"]);
        assert_eq!(lost(r#"{"a":1}"#, "{}"), ["/a"]);
        assert_eq!(lost(r#"{"a":[1,2]}"#, r#"{"a":[1]}"#), ["/a/*"]);
        assert_eq!(lost(r#"{"a":null}"#, "{}"), [""; 0]);
        assert_eq!(lost(r#"{"a":1}"#, r#"{"b":1}"#), [""; 0]);
        assert_eq!(lost(r#"{"a":1}"#, r#"{"b":2}"#), ["/a"]);
        assert_eq!(lost(r#"{"a":{"x":1}}"#, r#"{"b":{"x":1}}"#), [""; 0]);
    }
}
