//! The keys that a mapping renames, where a document has them.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::document::{Document, Kind, NodeId};
use crate::mapping::Mapping;
use crate::pointer::{Pointer, Segment};

/// A rename of one value.
pub(super) struct Rename {
    /// Its own pointer in the mapping, with `*` for every row.
    pub(super) declared: &'static str,
    /// Where it was sent, or should have been.
    pub(super) from: Pointer,
    /// Where it arrives.
    pub(super) to: Pointer,
    /// Whether it arrives in something else than what held it.
    pub(super) is_moved: bool,
    /// What was sent, and where.
    pub(super) source: Option<(Pointer, NodeId)>,
}

impl Rename {
    /// The new key where it stands beside the old one.
    pub(super) fn shadowed(&self, sent: &Document<'_>) -> Option<Pointer> {
        let beside = beside_key(&self.from, &self.to).filter(|beside| !self.is_moved && *beside != self.from)?;
        (sent.at(&beside).is_some() && sent.at(&self.from).is_some()).then_some(beside)
    }
}

/// The name of the member that a pointer ends in.
pub(super) fn member_name(pointer: &Pointer) -> Cow<'_, str> {
    pointer.last().map_or(Cow::Borrowed(""), Segment::name)
}

/// The new name beside the old one.
fn beside_key(from: &Pointer, to: &Pointer) -> Option<Pointer> {
    Some(from.parent()?.key(&member_name(to)))
}

/// The renames of a mapping in a document, one for every row. `is_known` tells whether the reader's class has a value.
pub(super) fn renames(
    mapping: &Mapping,
    sent: &Document<'_>,
    got: &Document<'_>,
    is_known: &dyn Fn(&Pointer) -> bool,
) -> Vec<Rename> {
    let mut found: Vec<Rename> = Vec::new();
    let mut before: HashMap<Pointer, usize> = HashMap::new();
    for &(declared, to) in mapping.renames {
        // Where the list of the rows was found tells where the rows are.
        let mut places = Vec::new();
        rows(sent, sent_under(sent, &found, declared), got.read_pointer(to), &mut places);
        // What is around the places moves as the renames before say: of each other the rows of one know nothing.
        let begin = found.len();
        for (from, to) in places {
            let around = from.parent().unwrap_or_default();
            let around = target(&found, &before, around);
            let is_moved = Some(&around) != to.parent().as_ref();
            let source = locate(sent, &from, &to, !is_moved, is_known);
            // Another spelling beside the old key counts as the old key.
            let beside = source.as_ref().filter(|(source, _)| source.parent() == from.parent());
            let from = beside.map_or(from, |(source, _)| source.clone());
            found.push(Rename { declared, from, to, is_moved, source });
        }
        before.extend(found[begin..].iter().enumerate().map(|(at, rename)| (rename.from.clone(), begin + at)));
    }
    found
}

/// Where a pointer stands in the answer, by the innermost rename that holds it.
fn target(renames: &[Rename], by_source: &HashMap<Pointer, usize>, pointer: Pointer) -> Pointer {
    let mut above = pointer.clone();
    loop {
        if let Some(&at) = by_source.get(&above) {
            return below(&renames[at].to, &pointer.segments()[above.segments().len()..]);
        }
        if above.pop().is_none() {
            return pointer;
        }
    }
}

fn below(pointer: &Pointer, rest: &[Segment]) -> Pointer {
    let mut pointer = pointer.clone();
    rest.iter().for_each(|segment| pointer.push(segment.clone()));
    pointer
}

/// A declared pointer where the document has it: what holds it may stand under another spelling.
fn sent_under(sent: &Document<'_>, renames: &[Rename], declared: &str) -> Pointer {
    let from = sent.read_pointer(declared);
    let holding = renames.iter().filter(|rename| !rename.declared.contains('*') && rename.declared != declared);
    let mut found = holding.filter_map(|rename| {
        let rest = from.within(&sent.read_pointer(rename.declared))?;
        Some(below(&rename.from, rest))
    });
    found.next().unwrap_or(from)
}

/// The places that a rename with `*` stands for: the same index on both sides. One without is itself.
fn rows(sent: &Document<'_>, from: Pointer, to: Pointer, out: &mut Vec<(Pointer, Pointer)>) {
    let Some(star) = from.segments().iter().position(|segment| *segment == Segment::Any) else {
        return out.push((from, to));
    };
    let list = Pointer::from(from.segments()[..star].to_vec());
    let Some(list) = sent.at(&list) else { return };
    let count = if sent.kind(list) == Kind::Array { sent.items(list).count() } else { 0 };
    let at = |pointer: &Pointer, index: usize| {
        let mut segments = pointer.segments().to_vec();
        if let Some(star) = segments.iter_mut().find(|segment| **segment == Segment::Any) {
            *star = Segment::Index(index);
        }
        Pointer::from(segments)
    };
    (0..count).for_each(|index| rows(sent, at(&from, index), at(&to, index), out));
}

/// What was sent for a renamed key: under the old name; under the new one already; under another spelling of it beside
/// it (`order_lines`); as a list further inside (the page in another object); as a list of objects beside it under a
/// name that the reader does not know.
fn locate(
    sent: &Document<'_>,
    from: &Pointer,
    to: &Pointer,
    stays: bool,
    is_known: &dyn Fn(&Pointer) -> bool,
) -> Option<(Pointer, NodeId)> {
    // Of what is in a row only its own names count: a list elsewhere is not it.
    let is_in_row = from.segments().len() > 1 && stays;
    let new = if is_in_row { beside_key(from, to)? } else { to.clone() };
    if let Some(found) = [from, &new].into_iter().find_map(|at| Some((at.clone(), sent.at(at)?))) {
        return Some(found);
    }
    let plain = |name: &str| -> String {
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let names = [plain(&member_name(from)), plain(&member_name(to))];
    let alike = |&(key, _): &(NodeId, NodeId)| names.contains(&plain(&sent.content(key)));
    let is_list = |&(_, value): &(NodeId, NodeId)| sent.kind(value) == Kind::Array;
    let is_unread = |&(key, value): &(NodeId, NodeId)| {
        sent.items(value).any(|item| sent.kind(item) == Kind::Object) && !is_known(&sent.pointer(key))
    };
    let parent = from.parent()?;
    let beside = || sent.at(&parent).into_iter().flat_map(|object| sent.members(object));
    let inside = || (0..sent.len()).flat_map(|node| sent.members(node)).filter(is_list);
    let elsewhere = || inside().find(alike).or_else(|| beside().find(is_unread));
    let member = beside().find(alike).or_else(|| if is_in_row { None } else { elsewhere() });
    member.map(|(key, value)| (sent.pointer(key), value))
}
