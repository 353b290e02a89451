//! Keys of a class that the binary has and the goldens do not, or the other way round.
//!
//! What the class of a wire would write for a golden is compared with the golden: in the repository as it was committed
//! the keys are the same, so what differs in the goldens of `valid/` is what a definition has changed.

use std::collections::{BTreeMap, BTreeSet};

use super::cause::{key, object};
use super::versions::{KeyEdit, Step};
use crate::compare::{Change, Tolerance, differences};
use crate::document::{Document, Kind, parse};
use crate::java::config::{MapperConfig, Naming};
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
}

/// A class of a wire, and a pattern of its objects.
type Of = (String, String);

/// The edits by class of the wire and pattern of the object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    of: BTreeMap<Of, KeyEdits>,
    /// What each object lacks and has besides, until it is settled.
    seen: Vec<(Of, Vec<AddedKey>, Vec<String>)>,
    /// In how many objects of the goldens each key that goes stands, and how many such objects there are.
    objects: BTreeMap<Of, (usize, BTreeMap<String, usize>)>,
}

impl Edits {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The cause, for a title: `a -> b, c is new`.
    pub fn cause(&self) -> String {
        let mut words = BTreeSet::new();
        for edits in self.of.values() {
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
        if config.naming != Naming::Snake {
            for node in (0..document.len()).filter(|&node| document.kind(node) == Kind::Object) {
                let at = document.pointer(node).pattern().to_string();
                self.objects.entry((dto.name().to_owned(), at)).or_default().0 += 1;
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
        let plain = |name: &str| if config.naming == Naming::Snake { None } else { Some(name.to_owned()) };
        for (at, (missing, appeared)) in objects {
            // A key that another configuration writes otherwise is found where it is written plainly.
            if missing.is_empty() && appeared.is_empty() || plain("").is_none() {
                continue;
            }
            let of = (dto.name().to_owned(), at.pattern().to_string());
            let counts = &mut self.objects.entry(of.clone()).or_default().1;
            appeared.iter().for_each(|key| *counts.entry(key.clone()).or_default() += 1);
            self.seen.push((of, missing, appeared));
        }
    }

    /// Keeps what the definitions have changed: a key that only some goldens have besides is one that a golden shows on
    /// purpose.
    pub fn settle(&mut self) {
        // Objects in which nothing is left over say what belongs together; the others are read with that.
        let seen = std::mem::take(&mut self.seen);
        let (even, odd): (Vec<_>, Vec<_>) =
            seen.into_iter().partition(|(_, missing, appeared)| missing.len() == appeared.len());
        for (of, missing, appeared) in even.into_iter().chain(odd) {
            self.of.entry(of).or_default().join(missing, appeared);
        }
        for (of, edits) in &mut self.of {
            let (objects, counts) = self.objects.remove(of).unwrap_or_default();
            edits.dropped.retain(|key| counts.get(key) == Some(&objects));
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
    fn join(&mut self, missing: Vec<AddedKey>, appeared: Vec<String>) {
        let known = |from: &String| self.renames.iter().find(|(old, _)| old == from).map(|(_, to)| to.clone());
        let (mut missing, mut gone) = (missing, Vec::new());
        for from in appeared {
            match known(&from) {
                Some(to) => missing.retain(|added| added.key != to),
                None => gone.push(from),
            }
        }
        if missing.len() == gone.len() {
            let pairs = gone.into_iter().zip(missing).map(|(from, added)| (from, added.key));
            self.renames.extend(pairs);
        } else {
            // The likeliest pair first; what is left over comes or goes.
            while let Some((from, to)) = likeliest(&gone, &missing) {
                self.renames.insert((gone.remove(from), missing.remove(to).key));
            }
            self.added.extend(missing);
            self.dropped.extend(gone);
        }
    }
}

/// How alike an old and a new name must be, where their number does not say what belongs together.
const ALIKE: f64 = 0.75;

fn likeliest(gone: &[String], missing: &[AddedKey]) -> Option<(usize, usize)> {
    let rate = |(from, to): &(usize, usize)| strsim::jaro_winkler(&gone[*from], &missing[*to].key);
    let pairs = (0..gone.len()).flat_map(|from| (0..missing.len()).map(move |to| (from, to)));
    pairs.filter(|pair| rate(pair) >= ALIKE).max_by(|left, right| rate(left).total_cmp(&rate(right)))
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

    #[test]
    fn as_many_that_go_as_come_are_renamed_in_their_order() {
        let mut edits = KeyEdits::default();
        edits.join(vec![added("article"), added("count")], vec!["sku".to_owned(), "n".to_owned()]);
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(edits.renames, BTreeSet::from([pair("sku", "article"), pair("n", "count")]));
        // An object in which only one of them stands says nothing else.
        edits.join(vec![], vec!["n".to_owned()]);
        assert_eq!((edits.renames.len(), edits.dropped.len(), edits.added.len()), (2, 0, 0));
    }

    #[test]
    fn of_another_number_those_that_are_alike_belong_together() {
        let mut edits = KeyEdits::default();
        edits.join(vec![added("lineCount"), added("colour")], vec!["linesCount".to_owned()]);
        assert_eq!(edits.renames.iter().next().unwrap(), &("linesCount".to_owned(), "lineCount".to_owned()));
        assert_eq!(edits.added, BTreeSet::from([added("colour")]));
        let mut dropped = KeyEdits::default();
        dropped.join(vec![], vec!["sku".to_owned()]);
        assert_eq!(dropped.dropped, BTreeSet::from(["sku".to_owned()]));
    }
}
