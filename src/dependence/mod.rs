//! Which output of a mapping depends on which input: observed, never read from source, so that it holds for any mapper.
//!
//! A few bases (typed values from a fixed seed, from the mapping's samples and its goldens, at most two rows a list) go
//! through the mapping; then one leaf at a time takes another typed value or null, one list is emptied or filled, or one
//! row or object becomes null, and the answers are compared. Every index is judged by itself; `*` is for display. What a
//! mapping refuses says nothing about the leaf: such a probe is counted and the leaf is never called lost. A value that
//! only appears with its row depends on the list, not on what selects the row.

mod base;
mod dates;
mod graft;
mod judged;
mod observe;
mod probing;
mod seen;
mod shape;
mod table;
mod table_file;

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::DateShape;
use crate::datetime::Form;
use crate::mapping::{Declaration, Declared, Mapping};
use crate::pointer::Pointer;

pub use judged::Judged;
pub use table::{Row, Table};
pub use table_file::{
    DeclaredAs, DocumentRow, OpenedBy, Reasoned, TABLE_VERSION, TableDocument, TableFile, differing_lines,
};

/// The seed of `check` and of the tables.
pub const SEED: u64 = 20_231_208;

/// A leaf or list of the payload or of a further input; or an object on whose presence something hangs.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its pointer with indexes; one of a further input has `<input>:` or `<input>-<row>:` in front.
    pub pointer: String,
    /// The same with `*` for its indexes, and without the row of a further input: as declarations write it.
    pub pattern: String,
    /// Whether it is a list or object: what depends on it depends on how many items there are, or on its presence.
    pub is_list: bool,
    /// Which date form it has at the producer.
    pub form: Option<&'static Form>,
    /// The parts of the answer that changed with it.
    pub feeds: BTreeSet<String>,
    /// How often it was changed.
    pub probes: usize,
    /// How often the mapping refused that.
    pub refused: usize,
    /// What is lost of a date on its way, though something of it arrives.
    pub date_loss: Option<DateLoss>,
}

impl Source {
    /// The further input, its row and the pointer in it.
    fn place(&self) -> (Option<&str>, Option<usize>, &str) {
        match self.pointer.split_once(":/") {
            Some((input, _)) if !input.starts_with('/') => {
                let pointer = &self.pointer[input.len() + 1..];
                match input.rsplit_once('-').map(|(name, row)| (name, row.parse())) {
                    Some((name, Ok(row))) => (Some(name), Some(row), pointer),
                    _ => (Some(input), None, pointer),
                }
            }
            _ => (None, None, &self.pointer),
        }
    }

    /// Its pointer as declarations write it: without the row of a further input.
    pub fn declared(&self) -> String {
        match self.place() {
            (Some(input), _, pointer) => format!("{input}:{pointer}"),
            (None, ..) => self.pointer.clone(),
        }
    }

    /// Whether nothing can be said of it: a change was refused, or there was nothing to change it to.
    pub fn is_unknown(&self) -> bool {
        self.feeds.is_empty() && (self.refused > 0 || self.probes == 0)
    }
}

/// What is lost of a date, with the values that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateLoss {
    /// Two values give one answer.
    Same {
        /// What is lost: `precision`, `time of day`, `offset`.
        what: &'static str,
        /// One value, as the producer writes it.
        one: String,
        /// The other.
        other: String,
    },
    /// A value that the producer writes is refused.
    Refused {
        /// The value.
        value: String,
        /// Why.
        message: String,
    },
}

/// A leaf or list of the answer.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its pointer with indexes; with `*` where no answer had it.
    pub pointer: String,
    /// The same with `*` for its indexes.
    pub pattern: String,
    /// Whether it is a list.
    pub is_list: bool,
    /// Which date form it has.
    pub form: Option<&'static Form>,
}

/// What was observed of a mapping.
pub struct Dependence {
    /// The mapping.
    pub mapping: &'static Mapping,
    /// What the values that were tried come from.
    pub seed: u64,
    /// The leaves and lists of its inputs, in their order.
    pub sources: Vec<Source>,
    /// The leaves and lists of its answer, in the order of the target's schema.
    pub targets: Vec<Target>,
    /// The parts of the answer that differ from run to run.
    pub unstable: BTreeSet<String>,
    /// How the dates of the answers are written, by the part of the answer with `*` for every index.
    date_shapes: BTreeMap<String, BTreeSet<DateShape>>,
    /// How many bases the mapping refused whatever was mended in them; nothing was tried there.
    pub refused_bases: usize,
    /// What the bases and the answers to them were.
    seen: Vec<seen::Seen>,
    /// The sources that exist according to the schemas, with `*`: what a declaration can be about.
    known: BTreeSet<String>,
    /// The same of the target.
    known_targets: BTreeSet<String>,
}

/// A declaration that is not so.
pub struct Stale {
    /// The declaration.
    pub declaration: &'static Declaration,
    /// The value that shows it.
    pub pointer: String,
    /// Lower-case fragment: what was observed instead.
    pub found: String,
}

impl Dependence {
    /// How many probes there were, and how many of them were refused.
    pub fn probes(&self) -> (usize, usize) {
        let sum = |count: fn(&Source) -> usize| self.sources.iter().map(count).sum();
        (sum(|source| source.probes), sum(|source| source.refused))
    }

    /// The undeclared sources on which nothing depends. A list is not named beside its own leaves.
    pub fn lost(&self) -> Vec<&Source> {
        self.undeclared(|source| source.feeds.is_empty() && !source.is_unknown())
    }

    /// The undeclared sources of which nothing can be said.
    pub fn unknown(&self) -> Vec<&Source> {
        self.undeclared(Source::is_unknown)
    }

    fn undeclared(&self, is: impl Fn(&Source) -> bool) -> Vec<&Source> {
        let chosen: Vec<&Source> =
            self.sources.iter().filter(|source| is(source) && !self.is_dropped(source)).collect();
        let is_named = |list: &Source| {
            let inside = format!("{}/", list.pointer);
            chosen.iter().any(|source| source.pointer.starts_with(&inside))
        };
        chosen.iter().copied().filter(|source| !source.is_list || !is_named(source)).collect()
    }

    /// Whether a source is declared dropped.
    pub fn is_dropped(&self, source: &Source) -> bool {
        self.declaration(&[Declared::Dropped], &source.declared()).is_some()
    }

    /// Whether a part of the answer is declared as one that the payload need not feed.
    pub fn is_made(&self, target: &str) -> bool {
        self.declaration(&[Declared::Added, Declared::Constant, Declared::Generated], target).is_some()
    }

    /// The undeclared parts of the answer that nothing feeds, and that no unknown source could feed.
    pub fn unfed(&self) -> Vec<&Target> {
        self.without_feed(|target| self.could_feed(target).is_none())
    }

    /// The undeclared parts of the answer that nothing is known to feed, each with the first unknown source that could.
    pub fn perhaps_unfed(&self) -> Vec<(&Target, &Source)> {
        let perhaps = self.without_feed(|target| self.could_feed(target).is_some());
        perhaps.into_iter().filter_map(|target| Some((target, self.could_feed(target)?))).collect()
    }

    /// The first unknown source that could feed a part of the answer.
    fn could_feed(&self, target: &Target) -> Option<&Source> {
        let unknown = self.unknown().into_iter();
        unknown.into_iter().find(|source| seen::could_feed(&self.seen, &source.pointer, &target.pointer))
    }

    fn without_feed(&self, is: impl Fn(&Target) -> bool) -> Vec<&Target> {
        let is_unfed =
            |target: &&Target| self.fed_by(&target.pointer).next().is_none() && !self.is_made(&target.pointer);
        let unfed: Vec<&Target> = self.targets.iter().filter(is_unfed).filter(|target| is(target)).collect();
        let is_named = |list: &Target| {
            let inside = format!("{}/", list.pointer);
            unfed.iter().any(|target| target.pointer.starts_with(&inside))
        };
        unfed.iter().copied().filter(|target| !target.is_list || !is_named(target)).collect()
    }

    /// The sources that feed a part of the answer.
    pub fn fed_by<'d>(&'d self, target: &'d str) -> impl Iterator<Item = &'d Source> + 'd {
        self.sources.iter().filter(move |source| source.feeds.contains(target))
    }

    /// A source as it is written in a table or a declaration, with `*` for its indexes and without the row of a further
    /// input: `notes-0:/x` as `notes:/x`. Which segments are indexes, the shapes of the inputs say.
    pub fn source_pattern<'p>(&'p self, written: &'p str) -> &'p str {
        let is_it = |source: &&Source| source.pointer == written || source.declared() == written;
        self.sources.iter().find(is_it).map_or(written, |source| &source.pattern)
    }

    /// The same of a part of the answer.
    pub fn target_pattern<'p>(&'p self, written: &'p str) -> &'p str {
        self.targets.iter().find(|target| target.pointer == written).map_or(written, |target| &target.pattern)
    }

    /// The declarations that are not so.
    pub fn stale(&self) -> Vec<Stale> {
        let mut stale = Vec::new();
        for declaration in self.mapping.declarations {
            let mut tell = |pointer: String, found: String| stale.push(Stale { declaration, pointer, found });
            let (known, declared) = match declaration.what {
                Declared::Dropped => (&self.known, self.source_pattern(declaration.pointer)),
                _ => (&self.known_targets, self.target_pattern(declaration.pointer)),
            };
            if !known.iter().any(|pointer| declaration.covers(&Pointer::read(pointer)) || pointer == declared) {
                tell(declaration.pointer.to_owned(), "there is no such value".to_owned());
                continue;
            }
            let guards = self.mapping.probing.guards.iter().flat_map(|guard| guard.open);
            if declaration.what == Declared::Dropped && guards.into_iter().any(|(open, _)| *open == declaration.pointer)
            {
                // A guard decides about all the rest and is not carried over itself.
                continue;
            }
            if declaration.what == Declared::Dropped {
                // What is below a list that is dropped as a whole is all told in one.
                let arrives = self
                    .sources
                    .iter()
                    .find(|source| declaration.covers(&Pointer::read(&source.declared())) && !source.feeds.is_empty());
                if let Some(source) = arrives {
                    let feeds: Vec<&str> = source.feeds.iter().map(String::as_str).collect();
                    tell(source.declared(), format!("{} depends on it", feeds.join(", ")));
                }
                continue;
            }
            for target in self.targets.iter().filter(|target| declaration.covers(&Pointer::read(&target.pointer))) {
                let sources: Vec<&Source> = self.fed_by(&target.pointer).collect();
                if declaration.what == Declared::Converted {
                    if let [source] = sources[..]
                        && seen::is_copied(&self.seen, &source.pointer, &target.pointer)
                    {
                        tell(target.pointer.clone(), format!("it is {} as it was sent", source.pointer));
                        break;
                    }
                    continue;
                }
                // What is added comes from elsewhere: from a further input, for whom the payload may say.
                let is_allowed =
                    declaration.what == Declared::Added && sources.iter().any(|source| source.pointer.contains(':'));
                if let (Some(source), false) = (sources.first(), is_allowed) {
                    tell(target.pointer.clone(), format!("it depends on {}", source.pointer));
                    break;
                }
                if declaration.what == Declared::Constant && self.unstable.contains(&target.pointer) {
                    tell(target.pointer.clone(), "it differs from run to run".to_owned());
                    break;
                }
            }
        }
        stale
    }

    /// The dates of which something is lost, undeclared.
    pub fn lossy_dates(&self) -> impl Iterator<Item = (&Source, &DateLoss)> {
        let lossy = self.sources.iter().filter_map(|source| Some((source, source.date_loss.as_ref()?)));
        lossy.filter(|(source, _)| !self.is_dropped(source))
    }

    fn declaration(&self, what: &[Declared], pointer: &str) -> Option<&'static Declaration> {
        let declarations: &'static [Declaration] = self.mapping.declarations;
        let pointer = &Pointer::read(pointer);
        declarations.iter().find(|declaration| what.contains(&declaration.what) && declaration.covers(pointer))
    }
}

/// A target and its source as a table shows them: `*` for indexes that go together, the indexes where they do not.
pub(crate) fn shown(target: &Target, source: &Source) -> (String, String) {
    let (_, row, pointer) = source.place();
    let at_source = row.into_iter().chain(base::indexes(pointer, &source.pattern));
    if base::indexes(&target.pointer, &target.pattern)
        .into_iter()
        .zip(at_source)
        .all(|(target, source)| target == source)
    {
        (target.pattern.clone(), source.pattern.clone())
    } else {
        (target.pointer.clone(), source.pointer.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(pointer: &str, probes: usize, refused: usize) -> Source {
        let (pointer, pattern) = (pointer.to_owned(), pointer.to_owned());
        let feeds = BTreeSet::new();
        Source { pointer, pattern, is_list: false, form: None, feeds, probes, refused, date_loss: None }
    }

    #[test]
    fn declarations_name_a_further_input_without_its_row() {
        for (pointer, declared) in [
            ("/rows/0/name", "/rows/0/name"),
            ("/odd:/name", "/odd:/name"),
            ("notes:/rows", "notes:/rows"),
            ("notes-2:/rows/1", "notes:/rows/1"),
            ("notes-of-today:/rows", "notes-of-today:/rows"),
        ] {
            assert_eq!(source(pointer, 1, 0).declared(), declared);
        }
    }

    #[test]
    fn nothing_is_known_of_what_was_refused_or_never_tried() {
        assert!(source("/a", 3, 1).is_unknown() && source("/a", 0, 0).is_unknown());
        assert!(!source("/a", 3, 0).is_unknown());
        let mut fed = source("/a", 3, 1);
        fed.feeds.insert("/b".to_owned());
        assert!(!fed.is_unknown());
    }
}
