//! Does what was sent arrive? One answer for rules, verdicts, the probe and property tests.
//!
//! An [`Arrival`] is a fact about one value: where it was, where it should be, and what happened on the way. The caller
//! decides what is tolerated: nothing is excused here. Values that arrive as they were sent are not listed.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::counted::Counted;
use super::dates::{DateShape, same_date};
use super::difference::{Change, Difference, Listed, Told, Tolerance, differences_below, each_difference};
use super::fate::{Arrival, Fate};
use super::forms::out_of_form;
use super::renames::{Rename, member_name, renames};
use super::scalars::{is_number, same_scalar};
use crate::document::{Document, Json, Kind, NodeId, same_number};
use crate::mapping::{Declared, Mapping, Promise};
use crate::pointer::Pointer;

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
    own: Option<&'c Document<'c>>,
    renames: Vec<Rename>,
    /// The renames by where they come from: the innermost one that holds a value is the one.
    by_source: HashMap<Pointer, usize>,
    /// Of the values that arrive in something else than what held them: where they arrive, and what held them.
    moved_to: HashSet<Pointer>,
    moved_above: HashSet<Pointer>,
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
            own,
            renames: vec![],
            by_source: HashMap::new(),
            moved_to: HashSet::new(),
            moved_above: HashSet::new(),
            shadowed: BTreeSet::new(),
            understood: OnceCell::new(),
        };
        let is_known = |pointer: &Pointer| exchange.is_known(pointer);
        let renames = renames(mapping, sent, got, &is_known);
        exchange.by_source = renames.iter().enumerate().map(|(at, rename)| (rename.from.clone(), at)).collect();
        let both = renames.iter().filter_map(|rename| rename.shadowed(sent)).collect();
        exchange.shadowed = both;
        for rename in renames.iter().filter(|rename| rename.is_moved) {
            exchange.moved_to.extend(rename.source.is_some().then(|| rename.to.clone()));
            let mut above = rename.from.clone();
            while exchange.moved_above.insert(above.clone()) && above.pop().is_some() {}
        }
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
        let strict =
            Tolerance { key_order: true, spelled_numbers: true, renames: &renamed, listed, ..Tolerance::default() };
        let mut out_of_form = out_of_form(&self.mapping.target, self.got);
        let mut counted = Counted::default();
        // Where each difference is counted, for those of its cause that are not told one by one.
        let mut told = Vec::new();
        each_difference((self.sent, 0), (self.got, 0), &strict, &mut |difference| match difference {
            Told::More(at) => {
                if let Some(at) = told.get(at).copied().flatten() {
                    counted.more(at);
                }
            }
            Told::New(difference) => {
                let pointer = &difference.pointer;
                // Of a list that arrives empty the rows are told with it.
                let is_lost = lost.contains(pointer) || pointer.parent().is_some_and(|list| lost.contains(&list));
                let is_told = is_lost || self.is_shadowed(pointer);
                let arrival = (!is_told).then(|| self.arrival(difference, &mut out_of_form));
                let arrival = arrival.filter(|arrival| !self.is_moved_on(arrival));
                told.push(arrival.map(|arrival| counted.push(arrival)));
            }
        });
        self.moved(&lost).for_each(|arrival| _ = counted.push(arrival));
        // Sent in the wrong form already, or moved.
        let source_of = self.sources();
        for (node, (target, pattern)) in out_of_form {
            let source = source_of(&target);
            let (sent, got) = (self.sent.at(&source), Some(node));
            let fate = Fate::OutOfForm { pattern, got: DateShape::of(self.got.raw(node)) };
            let declared = self.declared(&source);
            counted.push(Arrival { source, target, sent, got, fate, declared, more: 0 });
        }
        arrivals.extend(counted.into_arrivals());
        arrivals
    }

    /// Whether dates that were sent as lists still are.
    pub fn keeps_lists_of_dates(&self) -> bool {
        let is_list = |document: &Document<'_>, node| document.kind(node) == Kind::Array;
        let stays = |&date: &NodeId| {
            let found = || self.got.at(&self.target(&self.sent.pointer(date)));
            is_list(self.sent, date) && found().is_some_and(|found| is_list(self.got, found))
        };
        self.understood().promise.dates.iter().any(stays)
    }

    fn arrival(&self, difference: Difference, out_of_form: &mut BTreeMap<NodeId, (Pointer, &'static str)>) -> Arrival {
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
        // Another date is worse than one in the wrong form.
        if let Some((_, pattern)) = got.and_then(|got| out_of_form.remove(&got))
            && let Fate::DateForm { got, .. } = arrival.fate
        {
            arrival.fate = Fate::OutOfForm { pattern, got };
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
        if let (Some(sent), Some(got)) = (arrival.sent, arrival.got)
            && is_number(self.sent.kind(sent))
            && is_number(self.got.kind(got))
            && same_number(self.sent.raw(sent), self.got.raw(got))
        {
            return Fate::NumberSpelling;
        }
        if self.is_as_own(&arrival.target) {
            return Fate::AsOwn;
        }
        let is_empty = |document: &Document<'_>, node: Option<NodeId>| {
            node.is_some_and(|node| document.kind(node) == Kind::Array && document.items(node).next().is_none())
        };
        let is_nothing = |document: &Document<'_>, node: Option<NodeId>| node.is_none() || is_null(document, node);
        let one_way = is_empty(self.sent, arrival.sent) && is_nothing(self.got, arrival.got);
        let other_way = is_nothing(self.sent, arrival.sent) && is_empty(self.got, arrival.got);
        // An empty list can be no date, too: then it is one value for another.
        let is_date = || arrival.sent.is_some_and(|sent| self.is_date(sent));
        let is_unknown = || arrival.got.is_none() && self.is_unknown_member(&arrival.source);
        if (one_way || other_way) && arrival.source.is_member() && !is_unknown() && !is_date() {
            return Fate::EmptyOrNothing;
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
            let shapes = || (DateShape::of(sent.raw(expected)), DateShape::of(got.raw(found)));
            return match is_same.then(shapes) {
                Some((sent, got)) => Fate::DateForm { sent, got },
                None => Fate::Changed,
            };
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

    /// Where pointers of the answer stood in what was sent.
    fn sources(&self) -> impl Fn(&Pointer) -> Pointer {
        let by_target: HashMap<&Pointer, &Pointer> =
            self.renames.iter().map(|rename| (&rename.to, &rename.from)).collect();
        move |pointer| {
            let mut above = pointer.clone();
            loop {
                if let Some(&from) = by_target.get(&above) {
                    let mut source = from.clone();
                    pointer.segments()[above.segments().len()..].iter().for_each(|below| source.push(below.clone()));
                    return source;
                }
                if above.pop().is_none() {
                    return pointer.clone();
                }
            }
        }
    }

    /// Why a renamed value does not arrive under its new key, where it does not.
    fn lost(&self, rename: &Rename) -> Option<Arrival> {
        let (source, sent) = rename.source.clone()?;
        let kind = self.sent.kind(sent);
        let got = self.got.at(&rename.to);
        let found = got.map(|node| self.got.kind(node));
        let is_list = || kind == Kind::Array && !self.is_date(sent);
        let has_items = |document: &Document<'_>, list| document.items(list).next().is_some();
        let what = || if is_list() { "the list" } else { "what was sent" };
        let to = &rename.to;
        // Under the old name, in what holds it now.
        let left = || {
            let mut left = self.target(&source.parent()?);
            left.push(source.last()?.clone());
            self.got.at(&left).map(|_| left)
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
            // Whether it is a date is asked last: for that the whole payload is read as the reader's class.
            (_, Some(Kind::Array)) if has_items(self.sent, sent) && !has_items(self.got, got?) && is_list() => {
                format!("{to} is empty, the list was under {source}")
            }
            _ => return None,
        };
        let declared = self.declared(&source);
        Some(Arrival { source, target: to.clone(), sent: Some(sent), got, fate: Fate::Lost(reason), declared, more: 0 })
    }

    /// What became of the values that arrive in something else than what held them.
    fn moved<'s>(&'s self, lost: &'s BTreeSet<Pointer>) -> impl Iterator<Item = Arrival> + 's {
        let differs = |rename: &Rename| {
            let (source, sent) = rename.source.clone().filter(|(source, _)| !lost.contains(source))?;
            let got = self.got.at(&rename.to)?;
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
        self.renames.iter().filter(|rename| rename.is_moved).filter_map(differs)
    }

    /// Whether a difference is what moving values leaves behind: the new place of one that was sent; or what held them,
    /// of which the rest is declared dropped or not known to the reader.
    fn is_moved_on(&self, arrival: &Arrival) -> bool {
        let Some(sent) = arrival.sent else { return self.moved_to.contains(&arrival.source) };
        arrival.got.is_none() && self.moved_above.contains(&arrival.source) && self.is_done_with(&arrival.source, sent)
    }

    /// Whether nothing of a value is missed: declared dropped, moved, null or unknown, each leaf of it.
    fn is_done_with(&self, pointer: &Pointer, node: NodeId) -> bool {
        let mut dropped = self.mapping.declarations.iter().filter(|declaration| declaration.what == Declared::Dropped);
        if dropped.any(|declaration| declaration.covers(pointer))
            || self.is_in_moved(pointer)
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

    /// Whether a pointer is in a value that arrives in something else than what held it.
    fn is_in_moved(&self, pointer: &Pointer) -> bool {
        let mut above = pointer.clone();
        loop {
            if self.by_source.get(&above).is_some_and(|&at| self.renames[at].is_moved) {
                return true;
            }
            if above.pop().is_none() {
                return false;
            }
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
            let canonical = promise.canonical.clone();
            Understood { promise, canonical }
        })
    }

    /// What was sent without the new keys that stand beside old ones, since a reader takes the later of the two: each
    /// is another key of the same length, so that every value keeps its node. None where nothing has both.
    fn old_keys_only(&self) -> Option<Json> {
        let mut text: Option<String> = None;
        for (from, to) in self.mapping.renames.iter().filter(|(from, _)| !from.contains('*')) {
            let (from, to) = (self.sent.read_pointer(from), self.got.read_pointer(to));
            let new = member_name(&to);
            if member_name(&from) == new || self.sent.at(&from).is_none() {
                continue;
            }
            let object = from.parent().and_then(|parent| self.sent.at(&parent));
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
        let Some(own) = self.own else { return false };
        let plain = Tolerance { absent_is_null: true, key_order: true, ..Tolerance::default() };
        let value =
            |document: &Document<'_>, at: &Pointer| document.at(at).filter(|&node| document.kind(node) != Kind::Null);
        match (value(own, target), value(self.got, target)) {
            (Some(at), Some(found)) => {
                return differences_below((own, at), (self.got, found), &plain).is_empty();
            }
            (None, None) => {}
            _ => return false,
        }
        // Neither has it: the same only in what both have, never a list against nothing.
        let mut above = target.clone();
        while above.pop().is_some() {
            match (value(own, &above), value(self.got, &above)) {
                (Some(at), Some(found)) => return own.kind(at) == self.got.kind(found),
                (None, None) => {}
                _ => return false,
            }
        }
        true
    }
}
