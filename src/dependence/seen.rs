//! What the inputs and the answers of the bases were: whether a value of which nothing is known could feed another.

use std::collections::BTreeMap;

/// One base: the values of its inputs, and of the answer to it.
pub(super) struct Seen {
    /// By the pointer of the source: the spelling of a leaf, and of a list how many items it has.
    pub(super) sources: BTreeMap<String, String>,
    /// The same of the answer.
    pub(super) targets: BTreeMap<String, String>,
}

/// Whether a source can feed a part of the answer for all that was seen: it cannot where two bases differ in the one and
/// not in the other.
///
/// A part that no answer has is always the same.
pub(super) fn could_feed(bases: &[Seen], source: &str, target: &str) -> bool {
    let is_ever_there = bases.iter().any(|base| base.targets.contains_key(target));
    let tell_apart = |one: &Seen, other: &Seen| {
        let values = one.sources.get(source).zip(other.sources.get(source));
        let answers = (one.targets.get(target), other.targets.get(target));
        values.is_some_and(|(one, other)| one != other)
            && answers.0 == answers.1
            && (answers.0.is_some() || !is_ever_there)
    };
    !bases.iter().enumerate().any(|(at, one)| bases[..at].iter().any(|other| tell_apart(one, other)))
}

/// Whether a part of the answer was always the source's own value, where that had one.
pub(super) fn is_copied(bases: &[Seen], source: &str, target: &str) -> bool {
    let both = |base: &Seen| Some((base.sources.get(source)?.clone(), base.targets.get(target)?.clone()));
    let values: Vec<(String, String)> = bases.iter().filter_map(both).filter(|(source, _)| source != "null").collect();
    !values.is_empty() && values.iter().all(|(source, target)| source == target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(source: &str, target: Option<&str>) -> Seen {
        let entry = |value: &str| ("/a".to_owned(), value.to_owned());
        Seen { sources: BTreeMap::from([entry(source)]), targets: target.map(entry).into_iter().collect() }
    }

    #[test]
    fn what_stays_while_the_other_changes_is_not_fed_by_it() {
        let could = |bases: &[Seen]| could_feed(bases, "/a", "/a");
        assert!(!could(&[seen("1", Some("x")), seen("2", Some("x"))]));
        assert!(could(&[seen("1", Some("x")), seen("2", Some("y"))]), "it may be the reason");
        assert!(could(&[seen("1", Some("x")), seen("1", Some("x"))]), "it was never another");
        assert!(could(&[seen("1", Some("x")), seen("2", None), seen("3", None)]), "its row was not there");
        assert!(!could(&[seen("1", None), seen("2", None)]), "never there, so always the same");
        assert!(could(&[]));
    }

    #[test]
    fn a_copy_is_the_same_wherever_there_is_a_value() {
        let is_copied = |bases: &[Seen]| is_copied(bases, "/a", "/a");
        assert!(is_copied(&[seen("1", Some("1")), seen("null", Some("2")), seen("3", None)]));
        assert!(!is_copied(&[seen("1", Some("1")), seen("2", Some("3"))]));
        assert!(!is_copied(&[seen("null", Some("null"))]), "nothing was seen of it");
    }
}
