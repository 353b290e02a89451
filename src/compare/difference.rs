//! Differences between two documents.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::counted::MOST_OF_A_CAUSE;
use crate::document::{Document, Kind, NodeId, same_number};
use crate::pointer::{Pointer, Segment};

/// How two documents differ at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A member or item that is expected and not there.
    Missing,
    /// A member or item that is there and not expected.
    Appeared,
    /// Another value or another kind of value.
    Value,
    /// The same members in another order.
    Order,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where, in the terms of the expected document.
    pub pointer: Pointer,
    /// How.
    pub change: Change,
    /// The expected node: the value, or for [`Change::Order`] the object.
    pub expected: Option<NodeId>,
    /// The node found; for [`Change::Appeared`] with a name the value, not the key.
    pub found: Option<NodeId>,
    /// How many more of the same cause there are, after this one, that are not listed ([`Tolerance::listed`]).
    pub more: usize,
}

/// Which of the members that are missing or appeared in one row after the other are listed one by one. A page may have
/// hundreds of thousands of rows; of the others of a cause only the first [`MOST_OF_A_CAUSE`] are, the rest are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listed {
    /// All of them.
    #[default]
    All,
    /// All but nulls: of those the first alone stands for all of its cause.
    NotNulls,
    /// None.
    First,
}

/// What a comparison overlooks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tolerance<'a> {
    /// Whether the order of members is.
    pub key_order: bool,
    /// Whether null and an absent member are the same.
    pub absent_is_null: bool,
    /// Whether numbers of one value in two spellings differ: `1.0` and `1`.
    pub spelled_numbers: bool,
    /// Which differences are listed one by one.
    pub listed: Listed,
    /// Patterns of values that may appear: pointers with `*` for every index.
    pub may_appear: &'a [&'a str],
    /// Patterns of values that may differ, appear or be missing.
    pub may_differ: &'a [&'a str],
    /// New names of members: (pattern in the expected document, new name in the found one).
    pub renames: &'a [(&'a str, &'a str)],
}

/// The differences, in the order of the expected document; what appeared stands after its object's others.
pub fn differences(expected: &Document<'_>, found: &Document<'_>, tolerance: &Tolerance<'_>) -> Vec<Difference> {
    differences_below((expected, 0), (found, 0), tolerance)
}

/// The same of two values in documents, as if they were documents of their own.
pub fn differences_below(
    (expected, expected_node): (&Document<'_>, NodeId),
    (found, found_node): (&Document<'_>, NodeId),
    tolerance: &Tolerance<'_>,
) -> Vec<Difference> {
    let mut differences: Vec<Difference> = Vec::new();
    each_difference((expected, expected_node), (found, found_node), tolerance, &mut |told| match told {
        Told::New(difference) => differences.push(difference),
        Told::More(at) => differences[at].more += 1,
    });
    differences
}

/// What is told of a comparison as it goes.
pub(super) enum Told {
    /// Another difference.
    New(Difference),
    /// One more of the cause of an earlier one, by its number.
    More(usize),
}

/// Tells the differences one by one: whoever needs only some of them keeps only these.
pub(super) fn each_difference(
    (expected, expected_node): (&Document<'_>, NodeId),
    (found, found_node): (&Document<'_>, NodeId),
    tolerance: &Tolerance<'_>,
    tell: &mut dyn FnMut(Told),
) {
    let renames = tolerance.renames.iter().map(|(from, _)| from.matches('/').count()).collect();
    let mut comparison = Comparison {
        expected,
        found,
        tolerance,
        renames,
        path: Vec::with_capacity(8),
        tell,
        told: 0,
        causes: HashMap::new(),
    };
    comparison.values(expected_node, found_node);
}

struct Comparison<'c> {
    expected: &'c Document<'c>,
    found: &'c Document<'c>,
    tolerance: &'c Tolerance<'c>,
    /// How deep each of the renames stands.
    renames: Vec<usize>,
    /// Where the comparison stands: equal documents cost no pointers.
    path: Vec<Step<'c>>,
    tell: &'c mut dyn FnMut(Told),
    /// How many differences were told.
    told: usize,
    /// By cause, how many differences there are and which was listed last.
    causes: HashMap<u64, (usize, usize)>,
}

/// One step on the way down, its name not copied yet.
enum Step<'c> {
    /// Into a member, of this name.
    Member(Cow<'c, str>),
    /// Into an item.
    Item(usize),
}

/// From here on an object's members are looked up by hash: below it looking at each is faster.
const MANY: usize = 32;

impl<'c> Comparison<'c> {
    fn push(&mut self, change: Change, expected: Option<NodeId>, found: Option<NodeId>) {
        if !self.is_listed(
            change,
            expected.map(|node| self.expected.kind(node)),
            found.map(|node| self.found.kind(node)),
        ) {
            return;
        }
        let pointer = self.pointer();
        let any = |patterns: &[&str]| patterns.iter().any(|pattern| pointer.matches(pattern));
        if any(self.tolerance.may_differ) || change == Change::Appeared && any(self.tolerance.may_appear) {
            return;
        }
        (self.tell)(Told::New(Difference { pointer, change, expected, found, more: 0 }));
        self.told += 1;
    }

    /// Whether a difference is one to be listed; if not it is counted.
    fn is_listed(&mut self, change: Change, expected: Option<Kind>, found: Option<Kind>) -> bool {
        let is_null = [expected, found].contains(&Some(Kind::Null));
        let is_counted = match self.tolerance.listed {
            Listed::All => false,
            Listed::NotNulls => is_null,
            Listed::First => true,
        };
        let is_member = matches!(self.path.last(), Some(Step::Member(_)));
        if !is_counted || !is_member || !matches!(change, Change::Missing | Change::Appeared) {
            return true;
        }
        let mut hasher = DefaultHasher::new();
        (change == Change::Missing, is_null).hash(&mut hasher);
        for step in &self.path {
            match step {
                Step::Member(name) => name.hash(&mut hasher),
                Step::Item(_) => '*'.hash(&mut hasher),
            }
        }
        let (count, last) = self.causes.entry(hasher.finish()).or_default();
        *count += 1;
        let most = if self.tolerance.listed == Listed::NotNulls { 1 } else { MOST_OF_A_CAUSE };
        if *count <= most {
            *last = self.told;
            return true;
        }
        // Its place may be one where differences are overlooked: then there was none to be told.
        if *last < self.told {
            (self.tell)(Told::More(*last));
        }
        false
    }

    fn pointer(&self) -> Pointer {
        let segment = |step: &Step<'_>| match step {
            Step::Member(name) => Segment::Key(name.as_ref().into()),
            Step::Item(index) => Segment::Index(*index),
        };
        Pointer::from(self.path.iter().map(segment).collect::<Vec<_>>())
    }

    /// Does something one step deeper.
    fn below(&mut self, step: Step<'c>, work: impl FnOnce(&mut Self)) {
        self.path.push(step);
        work(self);
        self.path.pop();
    }

    fn values(&mut self, expected: NodeId, found: NodeId) {
        let same = match (self.expected.kind(expected), self.found.kind(found)) {
            (Kind::Object, Kind::Object) => return self.objects(expected, found),
            (Kind::Array, Kind::Array) => return self.arrays(expected, found),
            (Kind::Integer | Kind::Float, Kind::Integer | Kind::Float) => {
                let (left, right) = (self.expected.raw(expected), self.found.raw(found));
                left == right || !self.tolerance.spelled_numbers && same_number(left, right)
            }
            (Kind::Text { .. }, Kind::Text { .. }) => {
                self.expected.raw(expected) == self.found.raw(found)
                    || self.expected.content(expected) == self.found.content(found)
            }
            (left, right) => left == right,
        };
        if !same {
            self.push(Change::Value, Some(expected), Some(found));
        }
    }

    fn arrays(&mut self, expected: NodeId, found: NodeId) {
        let (left, right) = (self.expected, self.found);
        let mut found_items = right.items(found);
        let mut index = 0_usize;
        for item in left.items(expected) {
            self.below(Step::Item(index), |this| match found_items.next() {
                Some(found) => this.values(item, found),
                None => this.push(Change::Missing, Some(item), None),
            });
            index += 1;
        }
        for item in found_items {
            self.below(Step::Item(index), |this| this.push(Change::Appeared, None, Some(item)));
            index += 1;
        }
    }

    fn objects(&mut self, expected: NodeId, found: NodeId) {
        let (left, right) = (self.expected, self.found);
        let found_names = last_members(right, found);
        let mut matched = vec![false; found_names.len()];
        let by_name: HashMap<&str, usize> = if found_names.len() < MANY {
            HashMap::new()
        } else {
            found_names.iter().enumerate().map(|(at, (name, _))| (name.as_ref(), at)).collect()
        };
        let mut last = None;
        let mut in_order = true;
        for (name, value) in last_members(left, expected) {
            self.below(Step::Member(name.clone()), |this| {
                let name: &str = this.renamed().unwrap_or(&name);
                let next = last.map_or(0, |last| last + 1);
                // Both sides mostly have the same order, so the next member is mostly the one.
                let at = if found_names.get(next).is_some_and(|(found, _)| found == name) {
                    Some(next)
                } else if found_names.len() < MANY {
                    found_names.iter().position(|(found, _)| found == name)
                } else {
                    by_name.get(name).copied()
                };
                match at {
                    Some(at) => {
                        matched[at] = true;
                        in_order &= last.is_none_or(|last| last < at);
                        last = Some(at);
                        this.values(value, found_names[at].1);
                    }
                    None if this.tolerance.absent_is_null && left.kind(value) == Kind::Null => {}
                    None => this.push(Change::Missing, Some(value), None),
                }
            });
        }
        drop(by_name);
        for ((name, value), matched) in found_names.into_iter().zip(matched) {
            let is_absent = self.tolerance.absent_is_null && right.kind(value) == Kind::Null;
            if !matched && !is_absent {
                self.below(Step::Member(name), |this| this.push(Change::Appeared, None, Some(value)));
            }
        }
        if !in_order && !self.tolerance.key_order {
            self.push(Change::Order, Some(expected), Some(found));
        }
    }

    /// The new name of the member at hand.
    fn renamed(&self) -> Option<&'c str> {
        let tolerance: &'c Tolerance<'c> = self.tolerance;
        if !self.renames.contains(&self.path.len()) {
            return None;
        }
        let pointer = self.pointer();
        tolerance.renames.iter().find(|(from, _)| pointer.matches(from)).map(|&(_, to)| to)
    }
}

/// The members of an object; of repeated keys the last, at its own place.
fn last_members<'d>(document: &Document<'d>, object: NodeId) -> Vec<(Cow<'d, str>, NodeId)> {
    let mut members: Vec<(Cow<'d, str>, NodeId)> = Vec::with_capacity(16);
    members.extend(document.members(object).map(|(key, value)| (document.content(key), value)));
    if !document.repeated_keys().is_empty() {
        let mut later = HashSet::with_capacity(members.len());
        let mut is_last: Vec<bool> = members.iter().rev().map(|(name, _)| later.insert(name.clone())).collect();
        members.retain(|_| is_last.pop().unwrap_or(true));
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse_text;

    fn compare(expected: &str, found: &str, tolerance: &Tolerance<'_>) -> Vec<(String, Change)> {
        let (expected, found) = (parse_text(expected).unwrap(), parse_text(found).unwrap());
        let differences = differences(&expected, &found, tolerance);
        differences.into_iter().map(|difference| (difference.pointer.to_string(), difference.change)).collect()
    }

    fn strictly(expected: &str, found: &str) -> Vec<(String, Change)> {
        compare(expected, found, &Tolerance::default())
    }

    fn at(pointer: &str, change: Change) -> (String, Change) {
        (pointer.to_owned(), change)
    }

    #[test]
    fn absent_null_and_value_are_three_states() {
        assert_eq!(strictly(r#"{"a":null}"#, "{}"), [at("/a", Change::Missing)]);
        assert_eq!(strictly("{}", r#"{"a":null}"#), [at("/a", Change::Appeared)]);
        assert_eq!(strictly(r#"{"a":null}"#, r#"{"a":0}"#), [at("/a", Change::Value)]);
        let tolerance = Tolerance { absent_is_null: true, ..Tolerance::default() };
        assert_eq!(compare(r#"{"a":null}"#, r#"{"b":null}"#, &tolerance), []);
        assert_eq!(compare(r#"{"a":null}"#, r#"{"a":0}"#, &tolerance), [at("/a", Change::Value)]);
    }

    #[test]
    fn order_counts_unless_told_otherwise() {
        assert_eq!(strictly(r#"{"x":{"a":1,"b":2}}"#, r#"{"x":{"b":2,"a":1}}"#), [at("/x", Change::Order)]);
        let tolerance = Tolerance { key_order: true, ..Tolerance::default() };
        assert_eq!(compare(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#, &tolerance), []);
        assert_eq!(strictly("[1,2]", "[2,1]"), [at("/0", Change::Value), at("/1", Change::Value)]);
    }

    #[test]
    fn white_space_escapes_and_number_spelling_do_not_count() {
        assert_eq!(strictly(r#"{"a":[1.0,"é"]}"#, "{ \"a\" : [ 1, \"\\u00e9\" ] }"), []);
    }

    #[test]
    fn items_and_kinds_differ_at_their_own_pointer() {
        assert_eq!(
            strictly(r#"[1,{"a/b":"1"}]"#, r#"[1,{"a/b":1},3]"#),
            [at("/1/a~1b", Change::Value), at("/2", Change::Appeared)]
        );
        assert_eq!(strictly("[1]", "[]"), [at("/0", Change::Missing)]);
    }

    #[test]
    fn tolerances_are_by_pattern() {
        let tolerance = Tolerance {
            may_appear: &["/new/*/notes"],
            may_differ: &["/id"],
            renames: &[("/old", "new")],
            ..Tolerance::default()
        };
        assert_eq!(compare(r#"{"old":[{"a":1}],"id":1}"#, r#"{"new":[{"a":1}],"id":2}"#, &tolerance), []);
        assert_eq!(
            compare(r#"{"old":[1]}"#, r#"{"old":[1]}"#, &tolerance),
            [at("/old", Change::Missing), at("/old", Change::Appeared)]
        );
    }

    #[test]
    fn of_one_cause_the_first_hundred_are_listed_and_the_rest_counted() {
        let rows = |row: &str| format!("[{}]", vec![row; 1000].join(","));
        let (expected, found) = (rows(r#"{"a":null,"b":1,"c":2}"#), rows(r#"{"c":3}"#));
        let (expected, found) = (parse_text(&expected).unwrap(), parse_text(&found).unwrap());
        let count = |listed| {
            let found = differences(&expected, &found, &Tolerance { listed, ..Tolerance::default() });
            let of = |name: &str| {
                let of = found.iter().filter(|difference| difference.pointer.matches(&format!("/*/{name}")));
                of.fold((0, 0), |(listed, more), difference| (listed + 1, more + difference.more))
            };
            [of("a"), of("b"), of("c")]
        };
        assert_eq!(count(Listed::All), [(1000, 0), (1000, 0), (1000, 0)]);
        assert_eq!(count(Listed::NotNulls), [(1, 999), (1000, 0), (1000, 0)]);
        assert_eq!(count(Listed::First), [(100, 900), (100, 900), (1000, 0)], "values differ, each in its own way");
    }

    #[test]
    fn of_repeated_keys_the_last_is_read() {
        assert_eq!(strictly(r#"{"a":1,"b":2,"a":3}"#, r#"{"b":2,"a":3}"#), []);
    }
}
