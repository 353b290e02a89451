//! Does what was sent arrive? One answer for rules, verdicts, the probe and property tests.
//!
//! An [`Arrival`] is a fact about one value: where it was, where it should be, and what happened on the way. What is
//! tolerated is the caller's matter: nothing here is excused. Values that arrive as they were sent are not listed.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use super::dates::same_date;
use super::difference::{Change, Difference, Listed, Tolerance, differences, differences_below};
use super::places::Places;
use super::renames::{Rename, member_name, renames};
use crate::document::{Document, Json, Kind, NodeId, same_number};
use crate::mapping::{Declared, Mapping, Promise};
use crate::pointer::Pointer;

/// What became of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Where it is in what was sent, or where it would be.
    pub source: Pointer,
    /// Where it is in the answer, or where it should be.
    pub target: Pointer,
    /// What was sent; none where nothing was.
    pub sent: Option<NodeId>,
    /// What arrived; none where nothing did.
    pub got: Option<NodeId>,
    /// What happened.
    pub fate: Fate,
    /// What the mapping declares of exactly this value.
    pub declared: Option<Declared>,
    /// In how many more rows the same happened, where the rows are not listed one by one: nulls that are absent.
    pub more: usize,
}

/// What happened to a value on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A renamed value is not under its new key, or null there: lower-case fragment, which of these.
    Lost(String),
    /// Nothing is there.
    Missing,
    /// Nothing was sent.
    Appeared,
    /// Another value or another kind of value.
    Changed,
    /// The value is null in one document and absent in the other.
    NullOrAbsent,
    /// The mapping's own answer has the same there.
    AsOwn,
    /// A key that the reader's class does not have is gone.
    UnknownDropped,
    /// The same date in another form, at a node that the reader's class reads as a date.
    DateForm,
    /// The same scalar in the type that the reader's class declares.
    Coerced,
}

/// What became of every value that does not arrive as it was sent, in the order of what was sent; lost ones first.
pub fn arrivals(mapping: &Mapping, sent: &Document<'_>, got: &Document<'_>) -> Vec<Arrival> {
    Exchange::new(mapping, sent, got, None).arrivals()
}

/// What was sent through a mapping, and what came out.
pub struct Exchange<'c> {
    mapping: &'c Mapping,
    sent: &'c Document<'c>,
    got: &'c Document<'c>,
    /// The mapping's own answer.
    own: Option<Places<'c>>,
    at_sent: Places<'c>,
    at_got: Places<'c>,
    renames: Vec<Rename>,
    /// The renames by where they come from: the innermost one that holds a value is the one.
    by_source: HashMap<Pointer, usize>,
    /// New keys that stand beside old ones in what was sent: they were not sent.
    shadowed: BTreeSet<Pointer>,
    understood: OnceCell<Understood>,
}

/// What the reader's class understands, asked for only where something differs.
struct Understood {
    promise: Promise,
    canonical: Json,
}

impl<'c> Exchange<'c> {
    /// What was sent and what came out; beside it what the mapping itself answers, where `got` is another's answer.
    pub fn new(
        mapping: &'c Mapping,
        sent: &'c Document<'c>,
        got: &'c Document<'c>,
        own: Option<&'c Document<'c>>,
    ) -> Self {
        let mut exchange = Exchange {
            mapping,
            sent,
            got,
            own: own.map(Places::new),
            at_sent: Places::new(sent),
            at_got: Places::new(got),
            renames: vec![],
            by_source: HashMap::new(),
            shadowed: BTreeSet::new(),
            understood: OnceCell::new(),
        };
        let is_known = |pointer: &Pointer| exchange.is_known(pointer);
        let renames = renames(mapping, &exchange.at_sent, &is_known);
        exchange.by_source = renames.iter().enumerate().map(|(at, rename)| (rename.from.clone(), at)).collect();
        let both = renames.iter().filter_map(|rename| rename.shadowed(&exchange.at_sent)).collect();
        exchange.shadowed = both;
        exchange.renames = renames;
        exchange
    }

    /// What became of every value that does not arrive as it was sent.
    pub fn arrivals(&self) -> Vec<Arrival> {
        let mut arrivals: Vec<Arrival> = self.renames.iter().filter_map(|rename| self.lost(rename)).collect();
        let lost: BTreeSet<Pointer> = arrivals.iter().map(|arrival| arrival.source.clone()).collect();
        // One for all the rows: a page may have thousands.
        let from = |rename: &Rename| match rename.declared.contains('*') {
            true => rename.from.pattern().to_string(),
            false => rename.from.to_string(),
        };
        let in_place = self.renames.iter().filter(|rename| !rename.is_moved);
        let renamed: BTreeSet<(String, String)> =
            in_place.map(|rename| (from(rename), member_name(&rename.to).into_owned())).collect();
        let renamed: Vec<(&str, &str)> = renamed.iter().map(|(from, name)| (from.as_str(), name.as_str())).collect();
        // A null that is not there, or is, is the same fact in every row.
        let listed = Listed::NotNulls;
        let strict = Tolerance { key_order: true, renames: &renamed, listed, ..Tolerance::default() };
        for difference in differences(self.sent, self.got, &strict) {
            if lost.contains(&difference.pointer) || self.is_shadowed(&difference.pointer) {
                continue;
            }
            let arrival = self.arrival(difference);
            if !self.is_moved_on(&arrival) {
                arrivals.push(arrival);
            }
        }
        arrivals.extend(self.moved(&lost));
        arrivals
    }

    /// Whether dates that were sent as lists still are.
    pub fn keeps_lists_of_dates(&self) -> bool {
        let is_list = |document: &Document<'_>, node| document.kind(node) == Kind::Array;
        let stays = |&date: &NodeId| {
            let found = || self.at_got.at(&self.target(&self.sent.pointer(date)));
            is_list(self.sent, date) && found().is_some_and(|found| is_list(self.got, found))
        };
        self.understood().promise.dates.iter().any(stays)
    }

    fn arrival(&self, difference: Difference) -> Arrival {
        let Difference { pointer: source, change, expected: sent, found: got, more } = difference;
        let target = self.target(&source);
        let declared = self.declared(&source);
        let fate = match (sent, got) {
            (None, _) => Fate::Appeared,
            (_, None) => Fate::Missing,
            _ => Fate::Changed,
        };
        let mut arrival = Arrival { source, target, sent, got, fate, declared, more };
        // Where a value may be anything, what it was changed into says no more.
        if matches!(declared, None | Some(Declared::Converted | Declared::Added)) {
            arrival.fate = self.fate(&arrival, change);
        }
        arrival
    }

    fn fate(&self, arrival: &Arrival, change: Change) -> Fate {
        let is_null =
            |document: &Document<'_>, node: Option<NodeId>| node.is_some_and(|node| document.kind(node) == Kind::Null);
        let is_one = match change {
            Change::Missing => is_null(self.sent, arrival.sent),
            Change::Appeared => is_null(self.got, arrival.got),
            Change::Value | Change::Order => false,
        };
        if is_one && arrival.source.is_member() {
            return Fate::NullOrAbsent;
        }
        if self.is_as_own(&arrival.target) {
            return Fate::AsOwn;
        }
        match (arrival.sent, arrival.got) {
            (None, _) => Fate::Appeared,
            (Some(_), None) if self.is_unknown_member(&arrival.source) => Fate::UnknownDropped,
            (Some(_), None) => Fate::Missing,
            (Some(sent), Some(got)) => self.change(&arrival.source, sent, got),
        }
    }

    /// What a value was changed in. Only what the reader's class understands counts as the same.
    fn change(&self, source: &Pointer, expected: NodeId, found: NodeId) -> Fate {
        let (sent, got) = (self.sent, self.got);
        let Understood { promise, canonical } = self.understood();
        let (Some(meant), Ok(canonical)) = (self.meant(source), canonical.document()) else { return Fate::Changed };
        let is_refused = promise.refused.binary_search_by_key(&expected, |(node, _)| *node).is_ok();
        if is_refused || canonical.kind(meant) != got.kind(found) {
            return Fate::Changed;
        }
        let (before, after, meant) = (sent.content(expected), got.content(found), canonical.content(meant));
        if self.is_date(expected) {
            let is_same = match (sent.kind(expected), got.kind(found)) {
                (Kind::Array, Kind::Text { .. }) => same_date(&meant, &after),
                (Kind::Text { .. }, Kind::Text { .. }) => same_date(&before, &after),
                _ => false,
            };
            return if is_same { Fate::DateForm } else { Fate::Changed };
        }
        let is_same = meant == after && same_scalar(sent.kind(expected), &before, got.kind(found), &after);
        if is_same { Fate::Coerced } else { Fate::Changed }
    }

    /// What the mapping declares of exactly a value, in the terms of the answer or of what was sent.
    fn declared(&self, source: &Pointer) -> Option<Declared> {
        let target = (!self.mapping.renames.is_empty()).then(|| self.mapping.target_pointer(source));
        let names =
            |pattern: &str| source.matches(pattern) || target.as_ref().is_some_and(|target| target.matches(pattern));
        let found = self.mapping.declarations.iter().filter(|declaration| names(declaration.pointer));
        // The one that leaves more open counts.
        found
            .map(|declaration| declaration.what)
            .min_by_key(|what| matches!(what, Declared::Added | Declared::Converted))
    }

    /// Where a pointer of what was sent stands in the answer.
    fn target(&self, pointer: &Pointer) -> Pointer {
        let mut above = pointer.clone();
        loop {
            if let Some(&at) = self.by_source.get(&above) {
                let mut target = self.renames[at].to.clone();
                pointer.segments()[above.segments().len()..].iter().for_each(|below| target.push(below.clone()));
                return target;
            }
            if above.pop().is_none() {
                return pointer.clone();
            }
        }
    }

    /// Why a renamed value does not arrive under its new key, where it does not.
    fn lost(&self, rename: &Rename) -> Option<Arrival> {
        let (source, sent) = rename.source.clone()?;
        let kind = self.sent.kind(sent);
        let got = self.at_got.at(&rename.to);
        let found = got.map(|node| self.got.kind(node));
        let is_list = || kind == Kind::Array && !self.is_date(sent);
        let what = || if is_list() { "the list" } else { "what was sent" };
        let to = &rename.to;
        // Under the old name, in what holds it now.
        let left = || {
            let mut left = self.target(&source.parent()?);
            left.push(source.last()?.clone());
            self.at_got.at(&left).map(|_| left)
        };
        let reason = match (kind, found) {
            (_, None) => match left() {
                Some(left) => {
                    let null = if kind == Kind::Null { " (it is null)" } else { "" };
                    format!("{to} is absent, {} is still under {left}{null}", what())
                }
                None if kind == Kind::Null => return None,
                None => format!("{to} is absent, {} was under {source}", what()),
            },
            (Kind::Null, _) => return None,
            (_, Some(Kind::Null)) => format!("{to} is null, {} was under {source}", what()),
            (_, Some(found)) if found != Kind::Array && is_list() => format!("{to} is not a list"),
            _ => return None,
        };
        let declared = self.declared(&source);
        Some(Arrival { source, target: to.clone(), sent: Some(sent), got, fate: Fate::Lost(reason), declared, more: 0 })
    }

    /// What became of the values that arrive in something else than what held them.
    fn moved(&self, lost: &BTreeSet<Pointer>) -> Vec<Arrival> {
        let differs = |rename: &Rename| {
            let (source, sent) = rename.source.clone().filter(|(source, _)| !lost.contains(source))?;
            let got = self.at_got.at(&rename.to)?;
            let differs = |absent_is_null| {
                let plain = Tolerance { absent_is_null, key_order: true, ..Tolerance::default() };
                !differences_below((self.sent, sent), (self.got, got), &plain).is_empty()
            };
            let fate = match differs(false) {
                false => return None,
                true if !differs(true) => Fate::NullOrAbsent,
                true if self.is_as_own(&rename.to) => Fate::AsOwn,
                true => self.change(&source, sent, got),
            };
            let (target, declared) = (rename.to.clone(), self.declared(&rename.from));
            let (source, sent, got) = (rename.from.clone(), Some(sent), Some(got));
            Some(Arrival { source, target, sent, got, fate, declared, more: 0 })
        };
        self.renames.iter().filter(|rename| rename.is_moved).filter_map(differs).collect()
    }

    /// Whether a difference is what moving values leaves behind: the new place of one that was sent; or what held them,
    /// of which the rest is declared dropped or not known to the reader.
    fn is_moved_on(&self, arrival: &Arrival) -> bool {
        let mut moved = self.renames.iter().filter(|rename| rename.is_moved);
        let Some(sent) = arrival.sent else {
            return moved.any(|rename| rename.source.is_some() && rename.to == arrival.source);
        };
        arrival.got.is_none()
            && moved.any(|rename| rename.from.within(&arrival.source).is_some())
            && self.is_done_with(&arrival.source, sent)
    }

    /// Whether nothing of a value is missed: declared dropped, moved, null or unknown, each leaf of it.
    fn is_done_with(&self, pointer: &Pointer, node: NodeId) -> bool {
        let mut dropped = self.mapping.declarations.iter().filter(|declaration| declaration.what == Declared::Dropped);
        let mut moved = self.renames.iter().filter(|rename| rename.is_moved);
        if dropped.any(|declaration| declaration.covers(pointer))
            || moved.any(|rename| pointer.within(&rename.from).is_some())
            || self.sent.kind(node) == Kind::Null
        {
            return true;
        }
        match self.sent.kind(node) {
            Kind::Object => self
                .sent
                .members(node)
                .all(|(key, value)| self.is_done_with(&pointer.key(&self.sent.content(key)), value)),
            Kind::Array if !self.is_date(node) => {
                self.sent.items(node).enumerate().all(|(at, item)| self.is_done_with(&pointer.index(at), item))
            }
            _ => !self.is_known(pointer),
        }
    }

    /// Whether a pointer is in a new key that stands beside the old one: not what was sent.
    fn is_shadowed(&self, pointer: &Pointer) -> bool {
        !self.shadowed.is_empty() && {
            let mut above = pointer.clone();
            self.shadowed.contains(&above)
                || std::iter::from_fn(|| above.pop().map(|_| self.shadowed.contains(&above))).any(|is_it| is_it)
        }
    }

    fn understood(&self) -> &Understood {
        self.understood.get_or_init(|| {
            let (mapping, old) = (self.mapping, self.old_keys_only());
            let old = old.as_ref().and_then(|json| json.document().ok());
            let mut promise = mapping.reader.dto.promise(mapping.reader.config, old.as_ref().unwrap_or(self.sent));
            promise.dates.sort_unstable();
            promise.refused.sort_by_key(|(node, _)| *node);
            let canonical = Json::from(&promise.canonical);
            Understood { promise, canonical }
        })
    }

    /// What was sent without the new keys that stand beside old ones, since a reader takes the later of the two: each
    /// is another key of the same length, so that every value keeps its node. None where nothing has both.
    fn old_keys_only(&self) -> Option<Json> {
        let mut text: Option<String> = None;
        for (from, to) in self.mapping.renames.iter().filter(|(from, _)| !from.contains('*')) {
            let (from, to) = (Pointer::read(from), Pointer::read(to));
            let new = member_name(&to);
            if member_name(&from) == new || self.at_sent.at(&from).is_none() {
                continue;
            }
            let object = from.parent().and_then(|parent| self.at_sent.at(&parent));
            let members = object.into_iter().flat_map(|object| self.sent.members(object));
            for (key, _) in members.filter(|&(key, _)| self.sent.content(key) == new) {
                let span = self.sent.span(key);
                let other = format!("\"{}\"", "_".repeat(span.len() - 2));
                text.get_or_insert_with(|| self.sent.text().to_owned()).replace_range(span, &other);
            }
        }
        text.map(Json::from)
    }

    fn is_date(&self, node: NodeId) -> bool {
        self.understood().promise.dates.binary_search(&node).is_ok()
    }

    /// What the reader's class understands at a pointer of what was sent; it may write the old name or the new one.
    fn meant(&self, pointer: &Pointer) -> Option<NodeId> {
        let canonical = self.understood().canonical.document().ok()?;
        canonical.at(&self.target(pointer)).or_else(|| canonical.at(pointer)).or_else(|| {
            // A key that the reader takes as another, where the mapping moves what is in it.
            let mut aliases = self.mapping.reader.dto.class.aliases();
            aliases.find_map(|(alias, name)| {
                let rest = pointer.within(&Pointer::ROOT.key(alias))?;
                let mut named = Pointer::ROOT.key(name);
                rest.iter().for_each(|segment| named.push(segment.clone()));
                canonical.at(&named)
            })
        })
    }

    fn is_known(&self, pointer: &Pointer) -> bool {
        self.understood().canonical.document().map_or(true, |canonical| canonical.kind(0) != Kind::Object)
            || self.meant(pointer).is_some()
    }

    /// Whether a pointer names a member that the reader's class does not have, of an object that it has. Inside
    /// something unknown that arrives a missing key is no typed mapper's doing.
    fn is_unknown_member(&self, pointer: &Pointer) -> bool {
        let Some(parent) = pointer.parent().filter(|_| pointer.is_member()) else { return false };
        let is_object =
            |node| self.understood().canonical.document().is_ok_and(|canonical| canonical.kind(node) == Kind::Object);
        self.meant(&parent).is_some_and(is_object) && !self.is_known(pointer)
    }

    /// Whether the mapping's own answer has the same at a place.
    fn is_as_own(&self, target: &Pointer) -> bool {
        let Some(own) = &self.own else { return false };
        let plain = Tolerance { absent_is_null: true, key_order: true, ..Tolerance::default() };
        let value = |places: &Places<'_>| places.at(target).filter(|&node| places.document().kind(node) != Kind::Null);
        match (value(own), value(&self.at_got)) {
            (Some(at), Some(found)) => differences_below((own.document(), at), (self.got, found), &plain).is_empty(),
            (None, None) => true,
            _ => false,
        }
    }
}

/// Whether a scalar is the same in another JSON type: `1` and `"1"`, `true` and `"TRUE"`, `0` and `false`.
fn same_scalar(before: Kind, sent: &str, after: Kind, got: &str) -> bool {
    let sent = sent.trim_matches(|character| character <= ' ');
    match (before, after) {
        (Kind::Text { .. }, Kind::Bool(_)) => sent.eq_ignore_ascii_case(got),
        (Kind::Integer, Kind::Bool(value)) => sent == if value { "1" } else { "0" },
        (Kind::Text { .. }, Kind::Integer | Kind::Float) => {
            sent.bytes().any(|byte| byte.is_ascii_digit()) && same_number(sent, got)
        }
        (Kind::Integer | Kind::Float | Kind::Bool(_), Kind::Text { .. }) => sent == got,
        _ => false,
    }
}
