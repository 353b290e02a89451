//! Keys of a class that the binary has and the goldens do not, or the other way round.
//!
//! What the class of a wire would write for a golden is compared with the golden: in the repository as it was committed
//! the keys are the same, so what differs in the goldens of `valid/` is what a definition has changed.

use std::collections::{BTreeMap, BTreeSet};

use super::cause::{key, object};
use super::versions::{KeyEdit, Step};
use crate::compare::{Change, Tolerance, differences};
use crate::document::{Document, Kind, NodeId, parse};
use crate::java::config::{Include, KeyOrder, MapperConfig, Naming};
use crate::mapping::DtoSpec;
use crate::pointer::Pointer;

/// A key that comes, with its neighbour and its value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AddedKey {
    /// Its name.
    pub key: String,
    /// The key before it; none where it is the first.
    pub behind: Option<String>,
    /// What the class writes for it.
    pub value: String,
}

/// What has changed in the objects of one class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyEdits {
    /// (old name, new name).
    pub renames: BTreeSet<(String, String)>,
    /// What comes.
    pub added: BTreeSet<AddedKey>,
    /// What goes.
    pub dropped: BTreeSet<String>,
    /// The keys in the order that they have now, where it is another one.
    pub order: Option<Vec<String>>,
}

/// An object of a golden that is not what its class would write.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    of: Of,
    /// What it lacks.
    missing: Vec<AddedKey>,
    /// What it has besides.
    appeared: Vec<String>,
}

/// What the goldens show of the objects of one class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown {
    /// How many objects have all that their class writes: none of a mapper that leaves out nulls.
    full: usize,
    /// In how many of them each key stands that the class does not write.
    surplus: BTreeMap<String, usize>,
    /// How many lack a key.
    missing: BTreeMap<String, usize>,
    /// How many lack the second and have the first.
    both: BTreeMap<(String, String), usize>,
    /// How many have their keys in the order of the class; where none has, that order.
    ordered: usize,
    order: Option<Vec<String>>,
}

/// A class of a wire, and a pattern of its objects.
type Of = (String, String);

/// The edits by class of the wire and pattern of the object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    of: BTreeMap<Of, KeyEdits>,
    /// The objects that differ, until they are settled.
    seen: Vec<Seen>,
    /// What the goldens show, until it is settled.
    shown: BTreeMap<Of, Shown>,
}

impl Edits {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The cause, for a title: `a -> b, c is new`.
    pub fn cause(&self) -> String {
        let mut words = BTreeSet::new();
        for ((dto, objects), edits) in &self.of {
            let of = if objects.is_empty() { dto } else { objects };
            words.extend(edits.order.iter().map(|_| format!("keys of {of} in another order")));
            words.extend(edits.renames.iter().map(|(from, to)| format!("{from} -> {to}")));
            words.extend(edits.added.iter().map(|added| format!("{} is new", added.key)));
            words.extend(edits.dropped.iter().map(|key| format!("{key} is gone")));
        }
        words.into_iter().collect::<Vec<_>>().join(", ")
    }

    /// What has happened to the keys, for a note: `a renamed to b`.
    pub fn note(&self) -> String {
        let mut words = BTreeSet::new();
        for edits in self.of.values() {
            words.extend(edits.order.iter().map(|_| "keys in another order".to_owned()));
            words.extend(edits.renames.iter().map(|(from, to)| format!("{from} renamed to {to}")));
            words.extend(edits.added.iter().map(|added| format!("{} added", added.key)));
            words.extend(edits.dropped.iter().map(|key| format!("{key} dropped")));
        }
        words.into_iter().collect::<Vec<_>>().join(", ")
    }

    /// Whether a value is lost by them.
    pub fn drops(&self) -> impl Iterator<Item = &str> {
        self.of.values().flat_map(|edits| edits.dropped.iter().map(String::as_str))
    }

    /// Looks at a golden of `valid/`.
    pub fn observe(&mut self, dto: DtoSpec, config: &MapperConfig, bytes: &[u8]) {
        let Ok(document) = parse(bytes) else { return };
        let promise = dto.promise(config, &document);
        let text = promise.text.unwrap_or(promise.keys);
        let Ok(promised) = parse(text.as_bytes()) else { return };
        let found = differences(&promised, &document, &Tolerance { key_order: true, ..Tolerance::default() });
        // A key that another configuration writes otherwise is found where it is written plainly.
        if config.naming == Naming::Snake {
            return;
        }
        let is_full = config.include == Include::Always;
        for node in (0..document.len()).filter(|&node| is_full && document.kind(node) == Kind::Object) {
            let at = document.pointer(node).pattern().to_string();
            let shown = self.shown.entry((dto.name().to_owned(), at)).or_default();
            shown.full += 1;
            if config.order == KeyOrder::Declared {
                match order(&promised, &document, node) {
                    Order::Other(keys) => shown.order = Some(keys),
                    Order::Same => shown.ordered += 1,
                    Order::Unknown => {}
                }
            }
        }
        let mut objects: BTreeMap<Pointer, (Vec<AddedKey>, Vec<String>)> = BTreeMap::new();
        for difference in found.iter().filter(|difference| difference.pointer.is_member()) {
            let pointer = difference.pointer.to_string();
            let entry = objects.entry(difference.pointer.parent().unwrap_or_default()).or_default();
            match difference.change {
                Change::Missing => entry.0.extend(added(&promised, &pointer)),
                Change::Appeared => entry.1.push(key(&pointer)),
                Change::Value | Change::Order => {}
            }
        }
        for (at, (missing, appeared)) in objects {
            if missing.is_empty() && appeared.is_empty() {
                continue;
            }
            let of = (dto.name().to_owned(), at.pattern().to_string());
            let shown = self.shown.entry(of.clone()).or_default();
            if is_full {
                appeared.iter().for_each(|key| *shown.surplus.entry(key.clone()).or_default() += 1);
            }
            for to in &missing {
                *shown.missing.entry(to.key.clone()).or_default() += 1;
                appeared.iter().for_each(|from| *shown.both.entry((from.clone(), to.key.clone())).or_default() += 1);
            }
            self.seen.push(Seen { of, missing, appeared });
        }
    }

    /// Keeps what the definitions have changed: a key that only some goldens have besides is one that a golden shows on
    /// purpose.
    pub fn settle(&mut self) {
        // Objects in which nothing is left over say what belongs together; the others are read with that.
        let seen = std::mem::take(&mut self.seen);
        let (even, odd): (Vec<_>, Vec<_>) =
            seen.into_iter().partition(|seen| seen.missing.len() == seen.appeared.len());
        let mut all = std::mem::take(&mut self.shown);
        for Seen { of, missing, appeared } in even.into_iter().chain(odd) {
            let shown = all.entry(of.clone()).or_default();
            self.of.entry(of).or_default().join(missing, appeared, shown);
        }
        for (of, shown) in all {
            let edits = self.of.entry(of).or_default();
            edits.dropped.retain(|key| shown.surplus.get(key) == Some(&shown.full));
            // Where some have the keys in their order, the others have not on purpose.
            edits.order = shown.order.filter(|_| shown.ordered == 0);
        }
        self.of.retain(|_, edits| *edits != KeyEdits::default());
    }

    /// The edits one by one, in the order in which they are made.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for ((dto, objects), edits) in &self.of {
            let mut step = |edit| steps.push(Step { dto: dto.clone(), objects: objects.clone(), edit });
            for (from, to) in edits.renames.iter().cloned() {
                step(KeyEdit::Rename { from, to });
            }
            for key in edits.dropped.iter().cloned() {
                step(KeyEdit::Drop { key });
            }
            for AddedKey { key, behind, value } in edits.added.iter().cloned() {
                step(KeyEdit::Add { key, behind, value });
            }
            if let Some(keys) = edits.order.clone() {
                step(KeyEdit::Order { keys });
            }
        }
        steps
    }

    /// The bytes of a golden with the edits of its class; none where nothing changes in it, or it is not JSON.
    pub fn apply(&self, dto: DtoSpec, config: &MapperConfig, bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
        let (mut text, mut places) = (bytes.to_vec(), 0);
        for step in self.steps().iter().filter(|step| step.dto == dto.name()) {
            // What has the new key already, or is not JSON, is a golden for that.
            if let Some(done) = step.apply(Some(config), &text) {
                places += done.places;
                text = done.bytes;
            }
        }
        (places > 0).then_some((text, places))
    }
}

impl KeyEdits {
    /// Takes what one object lacks and has besides: in their order they belong together, where there are as many.
    fn join(&mut self, missing: Vec<AddedKey>, appeared: Vec<String>, shown: &Shown) {
        // A key that comes stands for one that goes only where every object shows it: else the old one is in some goldens
        // on purpose, and the new one is new.
        let can = |from: &String, to: &AddedKey| {
            shown.both.get(&(from.clone(), to.key.clone())) == shown.missing.get(&to.key)
        };
        let known = |from: &String| self.renames.iter().find(|(old, _)| old == from).map(|(_, to)| to.clone());
        let (mut missing, mut gone) = (missing, Vec::new());
        for from in appeared {
            match known(&from) {
                Some(to) => missing.retain(|added| added.key != to),
                None => gone.push(from),
            }
        }
        if missing.len() == gone.len() && gone.iter().zip(&missing).all(|(from, to)| can(from, to)) {
            let pairs = gone.into_iter().zip(missing).map(|(from, added)| (from, added.key));
            self.renames.extend(pairs);
        } else {
            // The likeliest pair first; what is left over comes or goes.
            while let Some((from, to)) = likeliest(&gone, &missing, can) {
                self.renames.insert((gone.remove(from), missing.remove(to).key));
            }
            self.added.extend(missing);
            self.dropped.extend(gone);
        }
    }
}

/// How alike an old and a new name must be, where their number does not say what belongs together.
const ALIKE: f64 = 0.75;

fn likeliest(
    gone: &[String],
    missing: &[AddedKey],
    can: impl Fn(&String, &AddedKey) -> bool,
) -> Option<(usize, usize)> {
    let rate = |(from, to): &(usize, usize)| strsim::jaro_winkler(&gone[*from], &missing[*to].key);
    let pairs = (0..gone.len()).flat_map(|from| (0..missing.len()).map(move |to| (from, to)));
    let pairs = pairs.filter(|&(from, to)| can(&gone[from], &missing[to]));
    pairs.filter(|pair| rate(pair) >= ALIKE).max_by(|left, right| rate(left).total_cmp(&rate(right)))
}

/// How the keys of an object stand.
enum Order {
    /// Not as in its class, whose order this is.
    Other(Vec<String>),
    /// As in its class, of which it has most keys.
    Same,
    /// It is no object there, or has too few keys of its class.
    Unknown,
}

fn order(promised: &Document<'_>, document: &Document<'_>, node: NodeId) -> Order {
    let Some(at) = promised.find(&document.pointer(node).to_string()) else { return Order::Unknown };
    let names = |document: &Document<'_>, node| -> Vec<String> {
        document.members(node).map(|(key, _)| document.content(key).into_owned()).collect()
    };
    let (promised, found) = (names(promised, at), names(document, node));
    let common = |own: &[String], other: &[String]| own.iter().filter(|key| other.contains(key)).cloned().collect();
    let (before, after): (Vec<_>, Vec<_>) = (common(&found, &promised), common(&promised, &found));
    // One that lacks keys may lack those that have changed places.
    match (before == after, before.len() > 1 && before.len() * 2 > promised.len()) {
        (false, _) => Order::Other(promised),
        (true, true) => Order::Same,
        (true, false) => Order::Unknown,
    }
}

/// A member that a promise has, with what stands before it.
fn added(promised: &Document<'_>, pointer: &str) -> Option<AddedKey> {
    let at = promised.find(object(pointer))?;
    let name = key(pointer);
    let mut behind = None;
    for (key, value) in promised.members(at) {
        let content = promised.content(key).into_owned();
        if content == name {
            return Some(AddedKey { key: name, behind, value: promised.raw(value).to_owned() });
        }
        behind = Some(content);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(key: &str) -> AddedKey {
        AddedKey { key: key.to_owned(), behind: None, value: "null".to_owned() }
    }

    /// One object, with what it has of old and lacks of new.
    fn shown(pairs: &[(&str, &str)]) -> Shown {
        let mut shown = Shown { full: 1, ..Shown::default() };
        for (from, to) in pairs {
            shown.both.insert(((*from).to_owned(), (*to).to_owned()), 1);
            shown.missing.insert((*to).to_owned(), 1);
        }
        shown
    }

    #[test]
    fn a_key_that_only_some_have_besides_is_not_the_old_name_of_one_that_all_lack() {
        let mut some = shown(&[("x", "colour")]);
        some.missing.insert("colour".to_owned(), 2);
        let mut edits = KeyEdits::default();
        edits.join(vec![added("colour")], vec!["x".to_owned()], &some);
        assert_eq!((edits.renames.len(), edits.added), (0, BTreeSet::from([added("colour")])));
    }

    #[test]
    fn as_many_that_go_as_come_are_renamed_in_their_order() {
        let mut edits = KeyEdits::default();
        let all = shown(&[("sku", "article"), ("n", "count")]);
        edits.join(vec![added("article"), added("count")], vec!["sku".to_owned(), "n".to_owned()], &all);
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(edits.renames, BTreeSet::from([pair("sku", "article"), pair("n", "count")]));
        // An object in which only one of them stands says nothing else.
        edits.join(vec![], vec!["n".to_owned()], &all);
        assert_eq!((edits.renames.len(), edits.dropped.len(), edits.added.len()), (2, 0, 0));
    }

    #[test]
    fn of_another_number_those_that_are_alike_belong_together() {
        let mut edits = KeyEdits::default();
        let all = shown(&[("linesCount", "lineCount"), ("linesCount", "colour")]);
        edits.join(vec![added("lineCount"), added("colour")], vec!["linesCount".to_owned()], &all);
        assert_eq!(edits.renames.iter().next().unwrap(), &("linesCount".to_owned(), "lineCount".to_owned()));
        assert_eq!(edits.added, BTreeSet::from([added("colour")]));
        let mut dropped = KeyEdits::default();
        dropped.join(vec![], vec!["sku".to_owned()], &all);
        assert_eq!(dropped.dropped, BTreeSet::from(["sku".to_owned()]));
    }
}
