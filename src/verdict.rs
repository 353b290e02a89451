//! The judgement of a mapping's answer against what was sent: did the renamed value arrive, and as it was?
//!
//! The definition is that of the captures (`naming/results.jsonl`), where five mappers were judged over every body.
//! It is tolerant where a typed mapper is: it may write absent keys as null, drop keys that its class does not have,
//! write a date as text and coerce a scalar to the declared type. Each of these is a note, not a difference, and it
//! is harmless only where the mapping's reader really declares it so: the payload as the reader's class understands
//! it ([`Promise::canonical`]) decides. So is a value that the mapping itself changes, as it changes it. A mapper that passes everything on as it came has nothing to be excused.

use std::collections::BTreeSet;
use std::fmt;

use crate::compare::{self, Change, Tolerance, differences, differences_below};
use crate::document::{Document, Kind, NodeId, parse_text, same_number};
use crate::finding::{pattern, within};
use crate::mapping::{Declared, Mapping, Outcome, Promise};
use crate::observation::same_date;
use crate::pointer::Pointer;

/// What became of what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// The consumer finds under the new key what was sent under the old one, and nothing else changed.
    Ok {
        /// Harmless changes, each once, in the terms of the answer.
        notes: Vec<String>,
    },
    /// Nothing under the new key: absent, null although something was sent, or the mapper failed.
    Lost {
        /// Which of these: lower-case fragment.
        reason: String,
    },
    /// Something arrives, but a value or key differs from what was sent.
    Corrupted {
        /// The first difference, with its pointer in the answer.
        first: String,
        /// How many more there are.
        more: usize,
    },
}

impl Judgement {
    /// `ok`, `lost` or `corrupted`.
    pub fn word(&self) -> &'static str {
        match self {
            Judgement::Ok { .. } => "ok",
            Judgement::Lost { .. } => "lost",
            Judgement::Corrupted { .. } => "corrupted",
        }
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())?;
        match self {
            Judgement::Ok { notes } if notes.is_empty() => Ok(()),
            Judgement::Ok { notes } => write!(f, ": {}", notes.join("; ")),
            Judgement::Lost { reason } => write!(f, ": {reason}"),
            Judgement::Corrupted { first, more: 0 } => write!(f, ": {first}"),
            Judgement::Corrupted { first, more } => write!(f, ": {first} (and {more} more)"),
        }
    }
}

/// Judges an answer against the payload that was sent, by what the mapping declares.
///
/// Where the payload has both the old and the new key, the old one is what was sent: only the producer knows it.
pub fn judge(mapping: &Mapping, sent: &Document<'_>, outcome: &Outcome) -> Judgement {
    judge_beside(mapping, sent, outcome, None)
}

/// The same, beside the mapping's own answer: a value that was changed as the mapping changes it is right too.
pub fn judge_beside(
    mapping: &Mapping,
    sent: &Document<'_>,
    outcome: &Outcome,
    own: Option<&Document<'_>>,
) -> Judgement {
    let answer = match outcome {
        Outcome::Emitted(answer) => answer,
        Outcome::Refused { stage, refusal, place, .. } => {
            let at = if place.pointer.is_root() { String::new() } else { format!(" at {}", place.pointer) };
            return Judgement::Lost { reason: format!("no answer, {} fails{at}: {refusal}", stage.name()) };
        }
    };
    let got = match answer.document() {
        Ok(got) => got,
        Err(error) => return Judgement::Lost { reason: format!("the answer is not JSON: {error}") },
    };
    let old_keys = old_keys_only(mapping, sent);
    let old_keys = old_keys.as_deref().and_then(|text| parse_text(text).ok());
    let promise = mapping.reader.dto.promise(mapping.reader.config, old_keys.as_ref().unwrap_or(sent));
    // Our own text, "null" where nothing can be written: then nothing is known to be dropped or coerced.
    let canonical = match parse_text(&promise.canonical) {
        Ok(canonical) => canonical,
        Err(error) => return Judgement::Lost { reason: format!("the payload cannot be understood: {error}") },
    };
    let mut comparison =
        Comparison { mapping, sent, got: &got, own, promise: &promise, canonical: &canonical, renames: vec![] };
    for &(declared, to) in mapping.renames {
        // Where the list of the rows was found tells where the rows are.
        for (from, to) in rows(sent, &comparison.sent_under(declared), to) {
            let source = comparison.locate(&from, &to);
            if let Some(reason) = source.and_then(|source| comparison.lost(source, &to)) {
                return Judgement::Lost { reason };
            }
            // Another spelling beside the old key counts as the old key.
            let found = source
                .map(|source| sent.pointer(source).to_string())
                .filter(|source| split(source).0 == split(&from).0);
            let is_moved = comparison.target(split(&from).0) != split(&to).0;
            comparison.renames.push(Rename { declared, from: found.unwrap_or(from), to, is_moved, source });
        }
    }
    comparison.judge()
}

/// The payload without the new keys that stand beside old ones, since a reader takes the later of the two: each is
/// another key of the same length, so that every value keeps its node. None where no payload has both.
fn old_keys_only(mapping: &Mapping, sent: &Document<'_>) -> Option<String> {
    let mut text = None;
    for (from, to) in mapping.renames {
        let (parent, new) = (split(from).0, split(to).1);
        let has_both = split(from).1 != new && sent.find(from).is_some();
        let object = sent.find(parent).filter(|_| has_both && !from.contains('*'));
        let members = object.into_iter().flat_map(|object| sent.members(object));
        for (key, _) in members.filter(|&(key, _)| sent.content(key) == new) {
            let span = sent.span(key);
            let other = format!("\"{}\"", "_".repeat(span.len() - 2));
            text.get_or_insert_with(|| sent.text().to_owned()).replace_range(span, &other);
        }
    }
    text
}

/// A rename with `*` for every row that there is: the same index on both sides. One without is itself.
fn rows(sent: &Document<'_>, from: &str, to: &str) -> Vec<(String, String)> {
    let Some((list, rest)) = from.split_once("/*") else { return vec![(from.to_owned(), to.to_owned())] };
    let count = sent.find(list).map_or(0, |list| sent.items(list).count());
    let row = |row: usize| rows(sent, &format!("{list}/{row}{rest}"), &to.replacen("/*", &format!("/{row}"), 1));
    (0..count).flat_map(row).collect()
}

/// The pointer of what holds a member, and the member's segment.
fn split(pointer: &str) -> (&str, &str) {
    pointer.rsplit_once('/').unwrap_or(("", pointer))
}

/// A difference with its pointer as it is written.
struct Difference {
    pointer: String,
    change: Change,
    expected: Option<NodeId>,
    found: Option<NodeId>,
}

impl From<compare::Difference> for Difference {
    fn from(difference: compare::Difference) -> Self {
        let compare::Difference { pointer, change, expected, found } = difference;
        Difference { pointer: pointer.to_string(), change, expected, found }
    }
}

/// A rename of one value.
struct Rename {
    /// Its own pointer in the mapping, with `*` for every row.
    declared: &'static str,
    /// Where it was sent, or should have been.
    from: String,
    /// Where it arrives.
    to: String,
    /// Whether it arrives in something else than what held it.
    is_moved: bool,
    /// What was sent.
    source: Option<NodeId>,
}

impl Rename {
    /// The new name beside the old one, in the payload.
    fn beside(&self) -> Option<String> {
        (!self.is_moved).then(|| beside_key(&self.from, &self.to))
    }
}

/// The new name beside the old one.
fn beside_key(from: &str, to: &str) -> String {
    format!("{}/{}", split(from).0, split(to).1)
}

struct Comparison<'c> {
    mapping: &'c Mapping,
    sent: &'c Document<'c>,
    got: &'c Document<'c>,
    /// The mapping's own answer.
    own: Option<&'c Document<'c>>,
    /// What the reader's class understands of the payload, and that written.
    promise: &'c Promise,
    canonical: &'c Document<'c>,
    renames: Vec<Rename>,
}

impl<'c> Comparison<'c> {
    /// What was sent for a renamed key: under the old name; under the new one already; under another spelling of it
    /// beside it (`trainee_info`); as a list further inside (the page in another object); as a list of objects
    /// beside it under a name that the reader does not know.
    fn locate(&self, from: &str, to: &str) -> Option<NodeId> {
        let sent = self.sent;
        // Of what is in a row only its own names count: a list elsewhere is not it.
        let is_in_row = !split(from).0.is_empty() && self.target(split(from).0) == split(to).0;
        let plain = |name: &str| -> String {
            name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
        };
        let names = [plain(split(from).1), plain(split(to).1)];
        let alike = |&(key, _): &(NodeId, NodeId)| names.contains(&plain(&sent.content(key)));
        let is_list = |&(_, value): &(NodeId, NodeId)| sent.kind(value) == Kind::Array;
        let is_unread = |&(key, value): &(NodeId, NodeId)| {
            sent.items(value).any(|item| sent.kind(item) == Kind::Object)
                && !self.is_known(&sent.pointer(key).to_string())
        };
        let beside = || sent.find(split(from).0).into_iter().flat_map(|object| sent.members(object));
        let inside = || (0..sent.len()).flat_map(|node| sent.members(node)).filter(is_list);
        let exactly =
            sent.find(from).or_else(|| sent.find(&if is_in_row { beside_key(from, to) } else { to.to_owned() }));
        exactly.or_else(|| {
            let elsewhere = || inside().find(alike).or_else(|| beside().find(is_unread));
            let member = beside().find(alike).or_else(|| if is_in_row { None } else { elsewhere() });
            member.map(|(_, value)| value)
        })
    }

    /// Why what was sent does not arrive under the new key, where it does not.
    fn lost(&self, source: NodeId, to: &str) -> Option<String> {
        let kind = self.sent.kind(source);
        let pointer = self.sent.pointer(source).to_string();
        let is_list = kind == Kind::Array && !self.promise.dates.contains(&source);
        let what = if is_list { "the list" } else { "what was sent" };
        match (kind, self.got.find(to).map(|node| self.got.kind(node))) {
            (_, None) if self.got.find(&self.target(&pointer)).is_some() => {
                let null = if kind == Kind::Null { " (it is null)" } else { "" };
                Some(format!("{to} is absent, {what} is still under {}{null}", self.target(&pointer)))
            }
            (Kind::Null, _) => None,
            (_, None) => Some(format!("{to} is absent, {what} was under {pointer}")),
            (_, Some(Kind::Null)) => Some(format!("{to} is null, {what} was under {pointer}")),
            (_, Some(found)) if is_list && found != Kind::Array => Some(format!("{to} is not a list")),
            _ => None,
        }
    }

    fn judge(&self) -> Judgement {
        let declared = |what: &[Declared]| -> Vec<String> {
            let declarations = self.mapping.declarations.iter().filter(|declaration| what.contains(&declaration.what));
            let in_both =
                |pointer: &str| [pointer.to_owned(), self.mapping.source_pointer(&Pointer::read(pointer)).to_string()];
            declarations.flat_map(|declaration| in_both(declaration.pointer)).collect()
        };
        let added = declared(&[Declared::Added]);
        let free = declared(&[Declared::Dropped, Declared::Constant, Declared::Generated]);
        // One for all the rows: a page may have thousands.
        let from = |rename: &Rename| {
            if rename.declared.contains('*') { pattern(&rename.from) } else { rename.from.clone() }
        };
        let in_place = self.renames.iter().filter(|rename| !rename.is_moved);
        let renames: BTreeSet<(String, &str)> = in_place.map(|rename| (from(rename), split(&rename.to).1)).collect();
        let strict = Tolerance {
            key_order: true,
            absent_is_null: false,
            may_appear: &added.iter().map(String::as_str).collect::<Vec<_>>(),
            may_differ: &free.iter().map(String::as_str).collect::<Vec<_>>(),
            renames: &renames.iter().map(|(from, name)| (from.as_str(), *name)).collect::<Vec<_>>(),
        };
        let compare = |tolerance: &Tolerance<'_>| {
            let found = differences(self.sent, self.got, tolerance).into_iter();
            let mut found: Vec<Difference> = found.map(Difference::from).collect();
            found.retain(|difference| !self.is_shadowed(&difference.pointer) && !self.is_moved_on(difference));
            found.extend(self.moved(tolerance));
            found
        };
        let tolerant = compare(&Tolerance { absent_is_null: true, ..strict });
        let mut notes = Vec::new();
        if compare(&strict).len() > tolerant.len() {
            notes.push("absent and null taken for the same".to_owned());
        }
        let mut wrong = Vec::new();
        for difference in &tolerant {
            match self.harmless(difference) {
                Some(note) if !notes.contains(&note) => notes.push(note),
                Some(_) => {}
                None => wrong.push(difference),
            }
        }
        if let [first, rest @ ..] = &wrong[..] {
            return Judgement::Corrupted { first: self.describe(first), more: rest.len() };
        }
        let is_list = |document: &Document<'_>, node| document.kind(node) == Kind::Array;
        let stays_list = |&date: &NodeId| {
            let found = || self.got.find(&self.target(&self.sent.pointer(date).to_string()));
            is_list(self.sent, date) && found().is_some_and(|found| is_list(self.got, found))
        };
        if self.promise.dates.iter().any(stays_list) {
            notes.push("dates are still arrays".to_owned());
        }
        Judgement::Ok { notes }
    }

    /// Where a pointer of the payload stands in the answer.
    fn target(&self, pointer: &str) -> String {
        let holding = self.renames.iter().filter_map(|rename| Some((rename, within(pointer, &rename.from)?)));
        let innermost = holding.max_by_key(|(rename, _)| rename.from.len());
        innermost.map_or_else(|| pointer.to_owned(), |(rename, rest)| format!("{}{rest}", rename.to))
    }

    /// A pointer of the mapping's renames where the payload has it: what holds it may stand under another spelling.
    fn sent_under(&self, from: &str) -> String {
        let holding = self.renames.iter().filter(|rename| !rename.declared.contains('*') && rename.declared != from);
        let mut found = holding.filter_map(|rename| Some(format!("{}{}", rename.from, within(from, rename.declared)?)));
        found.next().unwrap_or_else(|| from.to_owned())
    }

    /// What became of the values that arrive in something else than what held them.
    fn moved(&self, tolerance: &Tolerance<'_>) -> Vec<Difference> {
        let plain = Tolerance { absent_is_null: tolerance.absent_is_null, key_order: true, ..Tolerance::default() };
        let differs = |rename: &Rename| {
            let (expected, found) = (rename.source?, self.got.find(&rename.to)?);
            let same = differences_below((self.sent, expected), (self.got, found), &plain).is_empty();
            (!same).then(|| Difference {
                pointer: rename.from.clone(),
                change: Change::Value,
                expected: Some(expected),
                found: Some(found),
            })
        };
        self.renames.iter().filter(|rename| rename.is_moved).filter_map(differs).collect()
    }

    /// Whether a difference is what moving values leaves behind: the new place of one that was sent; or what held them, of
    /// which the rest is declared dropped or not known to the reader.
    fn is_moved_on(&self, difference: &Difference) -> bool {
        let mut moved = self.renames.iter().filter(|rename| rename.is_moved);
        let Some(expected) = difference.expected else {
            return moved.any(|rename| rename.source.is_some() && rename.to == difference.pointer);
        };
        let holds_moved = moved.any(|rename| within(&rename.from, &difference.pointer).is_some());
        difference.change == Change::Missing && holds_moved && self.is_done_with(expected)
    }

    /// Whether nothing of a value is missed: declared dropped, moved, null or unknown, each leaf of it.
    fn is_done_with(&self, node: NodeId) -> bool {
        let pointer = self.sent.pointer(node).to_string();
        let mut dropped = self.mapping.declarations.iter().filter(|declaration| declaration.what == Declared::Dropped);
        let mut moved = self.renames.iter().filter(|rename| rename.is_moved);
        if dropped.any(|declaration| declaration.covers(&Pointer::read(&pointer)))
            || moved.any(|rename| within(&pointer, &rename.from).is_some())
            || self.sent.kind(node) == Kind::Null
        {
            return true;
        }
        match self.sent.kind(node) {
            Kind::Object => self.sent.members(node).all(|(_, value)| self.is_done_with(value)),
            Kind::Array if !self.promise.dates.contains(&node) => {
                self.sent.items(node).all(|item| self.is_done_with(item))
            }
            _ => !self.is_known(&pointer),
        }
    }

    /// Whether a pointer of the payload is in a new key that stands beside the old one: not what was sent.
    fn is_shadowed(&self, pointer: &str) -> bool {
        self.renames.iter().any(|rename| {
            rename.beside().is_some_and(|beside| {
                rename.from != beside
                    && within(pointer, &beside).is_some()
                    && self.sent.find(&beside).is_some()
                    && self.sent.find(&rename.from).is_some()
            })
        })
    }

    /// What the reader's class understands at a pointer of the payload; it may write the old name or the new one.
    fn understood(&self, pointer: &str) -> Option<NodeId> {
        let by_name = || self.canonical.find(&self.target(pointer)).or_else(|| self.canonical.find(pointer));
        by_name().or_else(|| {
            // A key that the reader takes as another, where the mapping moves what is in it.
            let rest = |alias: &str| within(pointer.strip_prefix('/')?, alias);
            let mut aliases = self.mapping.reader.dto.class.aliases.iter();
            aliases.find_map(|(alias, name)| self.canonical.find(&format!("/{name}{}", rest(alias)?)))
        })
    }

    fn is_known(&self, pointer: &str) -> bool {
        self.canonical.kind(0) != Kind::Object || self.understood(pointer).is_some()
    }

    /// The note about a difference that a typed mapper may make.
    fn harmless(&self, difference: &Difference) -> Option<String> {
        let (sent, got) = (self.sent, self.got);
        let pointer = &difference.pointer;
        let at = pattern(&self.target(pointer));
        if self.is_as_own(pointer) {
            return Some(format!("changed as the mapping does: {at}"));
        }
        let expected = difference.expected?;
        let Some(found) = difference.found else {
            // Inside something unknown that arrives a missing key is no typed mapper's doing.
            let parent = split(pointer).0;
            let is_object = |document: &Document<'_>, node: NodeId| document.kind(node) == Kind::Object;
            let is_member = sent.find(parent).is_some_and(|node| is_object(sent, node));
            let in_class = self.understood(parent).is_some_and(|node| is_object(self.canonical, node));
            return (is_member && in_class && !self.is_known(pointer)).then(|| format!("unknown key dropped: {at}"));
        };
        // From here on: another value. Only the one that the reader's class understands is excused.
        let understood = self.understood(pointer)?;
        let is_refused = self.promise.refused.iter().any(|&(node, _)| node == expected);
        let (before, after, meant) = (sent.content(expected), got.content(found), self.canonical.content(understood));
        if is_refused || self.canonical.kind(understood) != got.kind(found) {
            return None;
        }
        if self.promise.dates.contains(&expected) {
            let is_same = match (sent.kind(expected), got.kind(found)) {
                (Kind::Array, Kind::Text { .. }) => same_date(&meant, &after),
                (Kind::Text { .. }, Kind::Text { .. }) => same_date(&before, &after),
                _ => false,
            };
            return is_same.then(|| "dates rewritten as text".to_owned());
        }
        (meant == after && same_scalar(sent.kind(expected), &before, got.kind(found), &after))
            .then(|| format!("coerced to the declared type: {at}"))
    }

    /// Whether the mapping's own answer has the same at a pointer.
    fn is_as_own(&self, pointer: &str) -> bool {
        let Some(own) = self.own else { return false };
        let target = self.target(pointer);
        let plain = Tolerance { absent_is_null: true, key_order: true, ..Tolerance::default() };
        let value = |document: &Document<'_>| document.find(&target).filter(|&node| document.kind(node) != Kind::Null);
        match (value(own), value(self.got)) {
            (Some(at), Some(found)) => differences_below((own, at), (self.got, found), &plain).is_empty(),
            (None, None) => true,
            _ => false,
        }
    }

    fn describe(&self, difference: &Difference) -> String {
        let at = self.target(&difference.pointer);
        let brief = |document: &Document<'_>, node: NodeId| -> String {
            let raw = document.raw(node);
            let cut: String = raw.chars().take(160).collect();
            if cut.len() < raw.len() { cut + "…" } else { cut }
        };
        match (difference.expected, difference.found) {
            (Some(sent), Some(got)) => format!("{at}: sent {}, got {}", brief(self.sent, sent), brief(self.got, got)),
            (Some(sent), None) => format!("{at}: sent {}, got nothing", brief(self.sent, sent)),
            (None, got) => {
                let got = got.map_or_else(String::new, |got| brief(self.got, got));
                format!("{at}: nothing sent, got {got}")
            }
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
