//! Which class of the earlier revision is which of the later one.
//!
//! Its path and name say so; else its name alone, where a file was moved; else where it is used: the same key of a class
//! that is known, or the same end of a wire. A class that took over all keys of another is that one with a new name.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::changes::{Change, Compared, Hints, compare, innermost, simple_name};
use super::in_force::config_of;
use crate::model::{Body, Class, Key, Seq, Type};
use crate::source::java::class::Facts;
use crate::source::report::Found;
use crate::source::spring::WireClass;

/// A class of both revisions.
#[derive(Debug)]
pub struct Pair {
    /// Its place in the earlier inventory.
    pub before: usize,
    /// Its place in the later one.
    pub after: usize,
    /// What differs.
    pub changes: Vec<Change>,
    /// For each key of the later class, the place of the same key in the earlier one.
    earlier: Vec<Option<usize>>,
    /// For each key of the later class, where its changes stand among all: a class may have as many keys as it likes.
    of_key: Vec<Vec<usize>>,
}

impl Pair {
    fn new((before, after): (usize, usize), keys: usize, Compared { keys: same, changes }: Compared) -> Self {
        let (mut earlier, mut of_key) = (vec![None; keys], vec![Vec::new(); keys]);
        for (old, new) in same {
            earlier[new] = Some(old);
        }
        for (at, change) in changes.iter().enumerate() {
            if let Some(after) = change.after() {
                of_key[after].push(at);
            }
        }
        Pair { before, after, changes, earlier, of_key }
    }

    /// Whether a key of the later table has a change.
    pub fn has(&self, change: &Change) -> bool {
        let of_key = change.after().and_then(|after| self.of_key.get(after));
        of_key.is_some_and(|places| places.iter().any(|at| self.changes[*at] == *change))
    }

    /// Where a key of the later table stands in the earlier one.
    pub fn earlier(&self, after: usize) -> Option<usize> {
        self.earlier.get(after).copied().flatten()
    }
}

/// Pairs in the order of the later revision, what is gone, and what is new.
pub(super) fn pairs(earlier: &Found<'_>, later: &Found<'_>) -> (Vec<Pair>, Vec<usize>, Vec<usize>) {
    let (old, new) = (&earlier.inventory.classes, &later.inventory.classes);
    let mut known = Known::default();
    let places: BTreeMap<&str, usize> = old.iter().enumerate().map(|(place, it)| (name(it), place)).collect();
    let at_new: BTreeMap<&str, usize> = new.iter().enumerate().map(|(place, it)| (name(it), place)).collect();
    for (place, class) in new.iter().enumerate() {
        if let Some(&found) = places.get(name(class)) {
            known.add(found, place);
        }
    }
    known.add_unique(old, new, |it| Some(tail(name(it)).to_owned()));
    known.add_unique(old, new, |it| Some(simple_name(name(it)).to_owned()));
    // A class may be known by one that became known the round before.
    for _ in 0..8 {
        let count = known.of_new.len();
        by_owner((old, &places), (new, &at_new), &mut known);
        if known.of_new.len() == count {
            break;
        }
    }
    known.add_unique(old, new, |it| {
        let used = it.uses.first()?;
        Some(format!("{:?} {:?} {} {}", used.transport, used.direction, used.place.path, used.how))
    });
    known.add_unique(old, new, |it| {
        let keys: Vec<&str> = it.facts.class.keys().iter().map(|key| &*key.name).collect();
        (keys.len() > 1).then(|| keys.join("\n"))
    });

    let same_class = |one: &str, other: &str| match (places.get(one), at_new.get(other)) {
        (Some(one), Some(other)) => known.of_new.get(other) == Some(one),
        _ => simple_name(one) == simple_name(other),
    };
    let pairs: Vec<Pair> = known
        .of_new
        .iter()
        .map(|(&after, &before)| {
            let (one, other) = (&old[before].facts, &new[after].facts);
            let field_before = |place: usize| one.keys.get(place).map(|key| key.field.as_str());
            let field_after = |place: usize| other.keys.get(place).map(|key| key.field.as_str());
            let naming = (config_of(earlier, &old[before]).naming, config_of(later, &new[after]).naming);
            let hints =
                Hints { same_class: &same_class, field_before: &field_before, field_after: &field_after, naming };
            let (earlier, later) = (named_alike(one, other), named_alike(other, one));
            Pair::new((before, after), other.class.keys().len(), compare(&earlier, &later, &hints))
        })
        .collect();
    let gone = (0..old.len()).filter(|place| !known.of_old.contains_key(place)).collect();
    let fresh = (0..new.len()).filter(|place| !known.of_new.contains_key(place)).collect();
    (pairs, gone, fresh)
}

/// The table of a class, for comparing it with another: where a strategy that is not understood names the keys of one of
/// both, a field has one name on both sides.
fn named_alike<'c>(facts: &'c Facts, other: &Facts) -> Cow<'c, Class> {
    let Body::Keys(keys) = &facts.class.body else { return Cow::Borrowed(&facts.class) };
    if !facts.has_unread_names && !other.has_unread_names {
        return Cow::Borrowed(&facts.class);
    }
    // A key that is named by hand keeps its name: the strategy has no say in it.
    let is_free = |facts: &Facts, field: &str| {
        let mut rows = facts.rows();
        !facts.has_unread_names || rows.any(|(key, of)| of.field == field && !key.explicit)
    };
    let mut keys: Vec<Key> = keys.iter().cloned().collect();
    for (key, of) in keys.iter_mut().zip(&facts.keys) {
        if is_free(facts, &of.field) && is_free(other, &of.field) {
            (key.name, key.explicit) = (of.field.clone().into(), false);
        }
    }
    Cow::Owned(Class { body: Body::Keys(Seq::Owned(keys)), ..facts.class.clone() })
}

/// The first key of each name.
fn places_by_name(class: &Class) -> HashMap<&str, usize> {
    let keys = class.keys().iter().enumerate().rev();
    keys.map(|(place, key)| (&*key.name, place)).collect()
}

#[derive(Default)]
struct Known {
    of_old: BTreeMap<usize, usize>,
    of_new: BTreeMap<usize, usize>,
}

impl Known {
    fn add(&mut self, old: usize, new: usize) {
        if !self.of_old.contains_key(&old) && !self.of_new.contains_key(&new) {
            self.of_old.insert(old, new);
            self.of_new.insert(new, old);
        }
    }

    /// Pairs what is alone on both sides in what a function says of it.
    fn add_unique(&mut self, old: &[WireClass], new: &[WireClass], of: impl Fn(&WireClass) -> Option<String>) {
        let group = |classes: &[WireClass], known: &BTreeMap<usize, usize>| {
            let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (place, class) in classes.iter().enumerate().filter(|(place, _)| !known.contains_key(place)) {
                if let Some(said) = of(class) {
                    groups.entry(said).or_default().push(place);
                }
            }
            groups
        };
        let (olds, news) = (group(old, &self.of_old), group(new, &self.of_new));
        for (said, found) in news {
            if let ([new], Some([old])) = (found.as_slice(), olds.get(&said).map(Vec::as_slice)) {
                self.add(*old, *new);
            }
        }
    }
}

/// Classes, and the place of each by its name.
type Side<'c> = (&'c [WireClass], &'c BTreeMap<&'c str, usize>);

/// A key of a known class that held one class and holds another.
fn by_owner((old, of_old): Side<'_>, (new, of_new): Side<'_>, known: &mut Known) {
    let held = |class: &Class, place: usize, places: &BTreeMap<&str, usize>| match innermost(&class.keys()[place].ty) {
        Type::Class(class) => places.get(class.name()).copied(),
        _ => None,
    };
    for (after, before) in known.of_new.clone() {
        let (one, other) = (&old[before].facts.class, &new[after].facts.class);
        let by_name = places_by_name(one);
        for (place, key) in other.keys().iter().enumerate() {
            let Some(was) = by_name.get(&*key.name) else { continue };
            if let (Some(one), Some(other)) = (held(one, *was, of_old), held(other, place, of_new)) {
                known.add(one, other);
            }
        }
    }
}

fn name(class: &WireClass) -> &str {
    &class.facts.class.name
}

/// The name in the file, with outer classes.
fn tail(identity: &str) -> &str {
    identity.rsplit('#').next().unwrap_or(identity)
}
