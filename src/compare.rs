//! Differences between two documents, by JSON Pointer; knows no DTO.
//!
//! Absent, null and a value are three states, and the order of keys counts. Only a comparison that says so in its
//! [`Tolerance`] is more generous.

use std::borrow::Cow;

use crate::document::{Document, Kind, NodeId, push_segment};

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
    pub pointer: String,
    /// How.
    pub change: Change,
    /// The expected node: the value, or for [`Change::Order`] the object.
    pub expected: Option<NodeId>,
    /// Whether the last segment of the pointer is a key, not an index; not for the whole document.
    pub is_member: bool,
    /// The node found; for [`Change::Appeared`] with a name the value, not the key.
    pub found: Option<NodeId>,
}

/// What a comparison overlooks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tolerance<'a> {
    /// Whether the order of members is.
    pub key_order: bool,
    /// Whether null and an absent member are the same.
    pub absent_is_null: bool,
    /// Patterns of values that may appear: pointers with `*` for every index.
    pub may_appear: &'a [&'a str],
    /// Patterns of values that may differ, appear or be missing.
    pub may_differ: &'a [&'a str],
    /// New names of members: (pattern in the expected document, new name in the found one).
    pub renames: &'a [(&'a str, &'a str)],
}

/// The differences, in the order of the expected document; what appeared stands behind its object's others.
pub fn differences(expected: &Document<'_>, found: &Document<'_>, tolerance: &Tolerance<'_>) -> Vec<Difference> {
    let renames = tolerance.renames.iter().map(|(from, _)| from.matches('/').count()).collect();
    let mut comparison =
        Comparison { expected, found, tolerance, renames, path: Vec::with_capacity(8), differences: Vec::new() };
    comparison.values(0, 0);
    comparison.differences
}

/// Whether a pattern (a pointer with `*` for every index) names a pointer.
pub fn matches(pattern: &str, pointer: &str) -> bool {
    let mut pattern = pattern.split('/');
    let mut pointer = pointer.split('/');
    loop {
        match (pattern.next(), pointer.next()) {
            (None, None) => return true,
            (Some("*"), Some(segment)) if segment.bytes().all(|byte| byte.is_ascii_digit()) => {}
            (Some(pattern), Some(segment)) if pattern == segment => {}
            _ => return false,
        }
    }
}

/// Whether two numbers are the same, whatever their spelling: `1`, `1.0` and `10e-1`.
pub fn same_number(left: &str, right: &str) -> bool {
    left == right || matches!((decimal(left), decimal(right)), (Some(left), Some(right)) if left == right)
}

/// Sign, digits without outer zeros, and the power of ten of the last digit; none for an absurd exponent.
fn decimal(number: &str) -> Option<(bool, String, i64)> {
    let (negative, number) = match number.strip_prefix('-') {
        Some(number) => (true, number),
        None => (false, number),
    };
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (number, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    let power = i64::from(exponent) - fraction.len() as i64 + (digits.len() - significant.len()) as i64;
    let significant = significant.trim_start_matches('0');
    Some(if significant.is_empty() { (false, String::new(), 0) } else { (negative, significant.to_owned(), power) })
}

struct Comparison<'c> {
    expected: &'c Document<'c>,
    found: &'c Document<'c>,
    tolerance: &'c Tolerance<'c>,
    /// How deep each of the renames stands.
    renames: Vec<usize>,
    /// Where the comparison stands: equal documents cost no pointers.
    path: Vec<Segment<'c>>,
    differences: Vec<Difference>,
}

/// One step on the way down.
enum Segment<'c> {
    /// Into a member, of this name.
    Member(Cow<'c, str>),
    /// Into an item.
    Item(usize),
}

impl<'c> Comparison<'c> {
    fn push(&mut self, change: Change, expected: Option<NodeId>, found: Option<NodeId>) {
        let pointer = self.pointer();
        let any = |patterns: &[&str]| patterns.iter().any(|pattern| matches(pattern, &pointer));
        if any(self.tolerance.may_differ) || change == Change::Appeared && any(self.tolerance.may_appear) {
            return;
        }
        let is_member = matches!(self.path.last(), Some(Segment::Member(_)));
        self.differences.push(Difference { pointer, change, expected, is_member, found });
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for segment in &self.path {
            match segment {
                Segment::Member(name) => push_segment(&mut pointer, name),
                Segment::Item(index) => push_segment(&mut pointer, &index.to_string()),
            }
        }
        pointer
    }

    /// Does something one segment deeper.
    fn below(&mut self, segment: Segment<'c>, work: impl FnOnce(&mut Self)) {
        self.path.push(segment);
        work(self);
        self.path.pop();
    }

    fn values(&mut self, expected: NodeId, found: NodeId) {
        let same = match (self.expected.kind(expected), self.found.kind(found)) {
            (Kind::Object, Kind::Object) => return self.objects(expected, found),
            (Kind::Array, Kind::Array) => return self.arrays(expected, found),
            (Kind::Integer | Kind::Float, Kind::Integer | Kind::Float) => {
                same_number(self.expected.raw(expected), self.found.raw(found))
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
            self.below(Segment::Item(index), |this| match found_items.next() {
                Some(found) => this.values(item, found),
                None => this.push(Change::Missing, Some(item), None),
            });
            index += 1;
        }
        for item in found_items {
            self.below(Segment::Item(index), |this| this.push(Change::Appeared, None, Some(item)));
            index += 1;
        }
    }

    fn objects(&mut self, expected: NodeId, found: NodeId) {
        let (left, right) = (self.expected, self.found);
        let found_names = last_members(right, found);
        let mut matched = vec![false; found_names.len()];
        let mut last = None;
        let mut in_order = true;
        for (name, value) in last_members(left, expected) {
            self.below(Segment::Member(name.clone()), |this| {
                let name = this.renamed().unwrap_or(&name);
                let next = last.map_or(0, |last| last + 1);
                // Both sides mostly have the same order, so the next member is mostly the one.
                let at = if found_names.get(next).is_some_and(|(found, _)| found == name) {
                    Some(next)
                } else {
                    found_names.iter().position(|(found, _)| found == name)
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
        for ((name, value), matched) in found_names.into_iter().zip(matched) {
            let is_absent = self.tolerance.absent_is_null && right.kind(value) == Kind::Null;
            if !matched && !is_absent {
                self.below(Segment::Member(name), |this| this.push(Change::Appeared, None, Some(value)));
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
        tolerance.renames.iter().find(|(from, _)| matches(from, &pointer)).map(|&(_, to)| to)
    }
}

/// The members of an object; of repeated keys the last, at its own place.
fn last_members<'d>(document: &Document<'d>, object: NodeId) -> Vec<(Cow<'d, str>, NodeId)> {
    let mut members: Vec<(Cow<'d, str>, NodeId)> = Vec::with_capacity(16);
    members.extend(document.members(object).map(|(key, value)| (document.content(key), value)));
    if !document.repeated_keys().is_empty() {
        // Backwards, so that the last of a name is the first to be seen.
        let mut seen = std::collections::HashSet::with_capacity(members.len());
        let mut last: Vec<_> = members.into_iter().rev().filter(|(name, _)| seen.insert(name.clone())).collect();
        last.reverse();
        members = last;
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
        differences.into_iter().map(|difference| (difference.pointer, difference.change)).collect()
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
        assert!(same_number("-0", "0") && same_number("10e-1", "1.00") && same_number("1e400", "10e399"));
        assert!(!same_number("9007199254740993", "9007199254740992") && !same_number("1", "-1"));
        assert!(!same_number("1e99999999999", "1e99999999998"));
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
    fn of_repeated_keys_the_last_is_read() {
        assert_eq!(strictly(r#"{"a":1,"b":2,"a":3}"#, r#"{"b":2,"a":3}"#), []);
    }
}
