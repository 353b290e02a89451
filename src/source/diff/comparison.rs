//! Two revisions, and findings about them.

use std::cell::OnceCell;

use super::changes::Change;
use super::in_force::config_of;
use super::others::{Others, Partner, on_wire};
use super::pairs::{Pair, pairs};
use super::sample;
use crate::finding::{Finding, Location, Severity, Subject};
use crate::mapping::Catalogue;
use crate::pointer::Pointer;
use crate::source::config::{Configuration, InForce};
use crate::source::fill::Site;
use crate::source::java::index::Sources;
use crate::source::place::{Place, Span};
use crate::source::report::Found;
use crate::source::spring::{Direction, WireClass};

/// Two revisions.
pub struct Comparison<'a> {
    /// The earlier one.
    pub before: &'a Found<'a>,
    /// The later one.
    pub after: &'a Found<'a>,
    /// Classes on a wire of both, in the order of the later one.
    pub pairs: Vec<Pair>,
    /// Classes that were on a wire and are on none, by their places in the earlier inventory.
    pub gone: Vec<usize>,
    /// Classes that are newly on a wire, by their places in the later inventory.
    pub new: Vec<usize>,
    /// Other services.
    pub partners: &'a [Partner<'a>],
    /// The mappings that are known.
    pub catalogue: &'a Catalogue,
    /// The code that makes a class in both revisions, by the place of the class in the later inventory: several rules ask.
    pub(super) known_sites: Vec<OnceCell<Vec<(&'a Site, &'a Site)>>>,
    /// Who is at the other end, by the name of the class.
    pub(super) others: Others<'a>,
}

/// In which directions something goes over a wire that is no store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    /// The service writes it.
    pub written: bool,
    /// The service reads it.
    pub read: bool,
}

impl<'a> Comparison<'a> {
    /// Compares two revisions.
    pub fn new(
        before: &'a Found<'a>,
        after: &'a Found<'a>,
        partners: &'a [Partner<'a>],
        catalogue: &'a Catalogue,
    ) -> Self {
        let (pairs, gone, new) = pairs(before, after);
        let known_sites = after.inventory.classes.iter().map(|_| OnceCell::new()).collect();
        let others = Others::new(catalogue, partners);
        Comparison { before, after, pairs, gone, new, partners, catalogue, known_sites, others }
    }

    /// The class of a pair in the earlier revision.
    pub fn old(&self, pair: &Pair) -> &'a WireClass {
        &self.before.inventory.classes[pair.before]
    }

    /// The class of a pair in the later revision.
    pub fn new_class(&self, pair: &Pair) -> &'a WireClass {
        &self.after.inventory.classes[pair.after]
    }

    /// The pairs of which something differs, with each change.
    pub fn changes(&self) -> impl Iterator<Item = (&Pair, &Change)> {
        self.pairs.iter().flat_map(|pair| pair.changes.iter().map(move |change| (pair, change)))
    }

    /// In which directions a key goes before and after, or the class where no key is named: what goes a way in one revision
    /// only has no reader or sender there who could miss it. A new key goes as it does after.
    pub fn ways(&self, pair: &Pair, before: Option<usize>, after: Option<usize>) -> Ways {
        let is_new = before.is_none() && after.is_some();
        let goes = |direction| {
            let [was, is] = self.goes(pair, before, after, direction);
            is && (was || is_new)
        };
        Ways { written: goes(Direction::Written), read: goes(Direction::Read) }
    }

    /// Whether a key goes a way before, and after.
    fn goes(&self, pair: &Pair, before: Option<usize>, after: Option<usize>, direction: Direction) -> [bool; 2] {
        [(self.old(pair), before), (self.new_class(pair), after)].map(|(class, place)| {
            let key = place.and_then(|place| class.facts.keys.get(place));
            on_wire(class, direction)
                && key.is_none_or(|key| match direction {
                    Direction::Written => key.is_written,
                    Direction::Read => key.is_read,
                })
        })
    }

    /// A finding about a key of a pair, or about all of it: its places, payloads and readers. What is only stored is worth
    /// a note.
    pub fn finding(
        &self,
        rule: &'static str,
        severity: Severity,
        pair: &Pair,
        (before, after): (Option<usize>, Option<usize>),
    ) -> Finding {
        let (old, new) = (self.old(pair), self.new_class(pair));
        let place = |class: &WireClass, key: Option<usize>| {
            key.and_then(|key| class.facts.keys.get(key)).map_or(class.facts.place.clone(), |key| key.place.clone())
        };
        let key = after.and_then(|place| new.facts.class.keys().get(place));
        let key = key.or_else(|| before.and_then(|place| old.facts.class.keys().get(place)));
        let of = |class: &'a WireClass, place: Option<usize>| {
            place.and_then(|place| class.facts.class.keys().get(place)).map(|key| &*key.name)
        };
        let names: Vec<&str> = [of(old, before), of(new, after)].into_iter().flatten().collect();
        let goes = |direction| self.goes(pair, before, after, direction).contains(&true);
        let ways = Ways { written: goes(Direction::Written), read: goes(Direction::Read) };
        let severity = if ways.written || ways.read { severity } else { Severity::Note };
        let shown = |found: &Found<'_>, class: &WireClass, key: Option<usize>, other: Option<usize>| {
            // A neighbour gives the payload some shape where the key is on one side only.
            let places: Vec<usize> =
                key.map_or_else(|| other.into_iter().map(|it| it.saturating_sub(1)).collect(), |it| vec![it]);
            sample::payload(&class.facts, &config_of(found, class), &places)
        };
        Finding::new(rule, severity, location(self.after.sources, &place(new, after)))
            .subject(Subject {
                class: new.facts.class.name.to_string(),
                key: key.map_or(String::new(), |key| key.name.to_string()),
                earlier: Some(location(self.before.sources, &place(old, before))),
                is_gone: false,
            })
            .before(shown(self.before, old, before, after))
            .after(shown(self.after, new, after, before))
            .breaks(self.concerned(new, ways, &names))
    }

    /// A finding about a place of the later revision, or of the earlier one where it is gone.
    pub fn finding_at(
        &self,
        rule: &'static str,
        severity: Severity,
        (before, after): (Option<&Place>, Option<&Place>),
        (class, key): (&str, &str),
    ) -> Finding {
        let earlier = before.map(|place| location(self.before.sources, place));
        let later = after.map(|place| location(self.after.sources, place));
        let is_gone = later.is_none();
        let at = later.or_else(|| earlier.clone()).unwrap_or_else(|| Location::file(class));
        Finding::new(rule, severity, at).subject(Subject {
            class: class.to_owned(),
            key: key.to_owned(),
            earlier,
            is_gone,
        })
    }

    /// Points a finding at code instead of the key that it is about. Where a side has no such place, it stays as it is.
    pub fn point_at(&self, finding: &mut Finding, before: Option<&Place>, after: Option<&Place>) {
        if let Some(place) = after {
            finding.location = location(self.after.sources, place);
        }
        if let (Some(subject), Some(place)) = (&mut finding.subject, before) {
            subject.earlier = Some(location(self.before.sources, place));
        }
    }

    /// The mappers that both revisions have, by module and transport.
    pub fn mappers(&self) -> impl Iterator<Item = (&'a InForce, &'a InForce)> {
        let (old, new): (&'a Configuration, &'a Configuration) =
            (&self.before.configuration, &self.after.configuration);
        new.in_force.iter().filter_map(|after| {
            let same = |it: &&InForce| it.module == after.module && it.transport == after.transport;
            Some((old.in_force.iter().find(same)?, after))
        })
    }
}

/// A place of a tree as a report shows it.
pub fn location(sources: &Sources, place: &Place) -> Location {
    let Place { path, span: Span { start, end, .. } } = place;
    match sources.find_file(path) {
        Some(source) => Location::in_text(path.to_string(), &Pointer::ROOT, &source.text, *start..*end),
        None => Location::file(path.to_string()),
    }
}
