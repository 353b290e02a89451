//! A document written again with other white space, order or escapes: the same value, another text.

use std::borrow::Cow;
use std::collections::HashMap;

use super::number::same_number;
use super::tree::{Document, Kind, NodeId};

/// Where lines begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Nowhere.
    None,
    /// Before every member, with two spaces a level; lists stay inline and add no level: Jackson's pretty printer.
    Jackson,
    /// Before every member and item, with this text a level: `JSON.stringify(value, null, indent)`.
    Every(&'static str),
}

/// In which order members are written.
#[derive(Clone, Copy, Debug)]
pub enum Order<'o> {
    /// As they stand.
    Kept,
    /// Back to front.
    Reversed,
    /// By a seed.
    Shuffled(u64),
    /// As in another document, for the members that it has at the same pointer; the others keep their slots.
    /// Numbers that are the same there take its spelling.
    Like(&'o Document<'o>),
}

/// How a document is written.
#[derive(Clone, Copy)]
pub struct Style<'o> {
    /// Where lines begin.
    pub lines: Lines,
    /// The text before the document.
    pub lead: &'static str,
    /// The text after it.
    pub trail: &'static str,
    /// The text before a colon.
    pub before_colon: &'static str,
    /// The text after it.
    pub after_colon: &'static str,
    /// In which order members are written.
    pub order: Order<'o>,
    /// Writes the content of a key, from its raw spelling or anew; `None` keeps the spelling.
    pub key: Option<fn(&str, &mut String)>,
    /// The same for the content of other texts.
    pub text: Option<fn(&str, &mut String)>,
    /// Whether members whose value is null are left out.
    pub without_nulls: bool,
    /// What ends a line.
    pub line_end: &'static str,
}

impl Style<'_> {
    /// No white space; spellings and order as they are.
    pub const COMPACT: Style<'static> = Style {
        lines: Lines::None,
        lead: "",
        trail: "",
        before_colon: "",
        after_colon: "",
        order: Order::Kept,
        key: None,
        text: None,
        without_nulls: false,
        line_end: "\n",
    };

    /// Jackson's `DefaultPrettyPrinter`.
    pub const JACKSON_INDENTED: Style<'static> =
        Style { lines: Lines::Jackson, before_colon: " ", after_colon: " ", ..Style::COMPACT };
}

/// Writes a document in a style.
pub fn write(document: &Document<'_>, style: &Style<'_>) -> String {
    let mut writer = Writer { document, style, out: String::with_capacity(document.text().len() * 2), level: 0 };
    writer.out.push_str(style.lead);
    let like = match style.order {
        Order::Like(other) => Some((other, 0)),
        _ => None,
    };
    writer.value(0, like);
    writer.out.push_str(style.trail);
    writer.out
}

type Like<'o> = Option<(&'o Document<'o>, NodeId)>;

struct Writer<'w> {
    document: &'w Document<'w>,
    style: &'w Style<'w>,
    out: String,
    level: usize,
}

impl<'w> Writer<'w> {
    fn value(&mut self, node: NodeId, like: Like<'w>) {
        match self.document.kind(node) {
            Kind::Object => self.object(node, like),
            Kind::Array => self.array(node, like),
            Kind::Text { .. } => self.string(node, self.style.text),
            _ => self.out.push_str(self.scalar(node, like)),
        }
    }

    /// A number in the other document's spelling, where it has the same number there.
    fn scalar(&self, node: NodeId, like: Like<'w>) -> &'w str {
        let raw = self.document.raw(node);
        let is_number = |kind| matches!(kind, Kind::Integer | Kind::Float);
        match like {
            Some((other, at)) if is_number(other.kind(at)) && is_number(self.document.kind(node)) => {
                if same_number(raw, other.raw(at)) { other.raw(at) } else { raw }
            }
            _ => raw,
        }
    }

    fn string(&mut self, node: NodeId, spell: Option<fn(&str, &mut String)>) {
        match spell {
            None => self.out.push_str(self.document.raw(node)),
            Some(spell) => {
                self.out.push('"');
                spell(&self.document.content(node), &mut self.out);
                self.out.push('"');
            }
        }
    }

    fn object(&mut self, object: NodeId, like: Like<'w>) {
        let document = self.document;
        let mut members: Vec<(NodeId, NodeId)> = document
            .members(object)
            .filter(|&(_, value)| !(self.style.without_nulls && document.kind(value) == Kind::Null))
            .collect();
        let theirs = like.map(|(other, at)| Names::of(other, at));
        match self.style.order {
            Order::Kept => {}
            Order::Reversed => members.reverse(),
            Order::Shuffled(seed) => shuffle(&mut members, seed ^ object as u64),
            Order::Like(_) => {
                if let Some(theirs) = &theirs {
                    order_like(document, &mut members, theirs);
                }
            }
        }
        self.out.push('{');
        self.level += 1;
        for (index, &(key, value)) in members.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.line();
            self.string(key, self.style.key);
            self.out.push_str(self.style.before_colon);
            self.out.push(':');
            self.out.push_str(self.style.after_colon);
            let found = || theirs.as_ref()?.find(&document.content(key)).map(|found| found.value);
            let like = like.and_then(|(other, _)| Some((other, found()?)));
            self.value(value, like);
        }
        self.level -= 1;
        if !members.is_empty() {
            self.line();
        } else if self.style.lines == Lines::Jackson {
            self.out.push(' ');
        }
        self.out.push('}');
    }

    fn array(&mut self, array: NodeId, like: Like<'w>) {
        let deeper = usize::from(self.style.lines != Lines::Jackson);
        self.out.push('[');
        self.level += deeper;
        let mut is_empty = true;
        let mut like_items = like.map(|(other, at)| (other, other.items(at)));
        for (index, item) in self.document.items(array).enumerate() {
            is_empty = false;
            if index > 0 {
                self.out.push(',');
            }
            self.item();
            let like = like_items.as_mut().and_then(|(other, items)| Some((*other, items.next()?)));
            self.value(item, like);
        }
        self.level -= deeper;
        if !is_empty || self.style.lines == Lines::Jackson {
            self.item();
        }
        self.out.push(']');
    }

    /// Before a member, and before the end of an object.
    fn line(&mut self) {
        let indent = match self.style.lines {
            Lines::None => return,
            Lines::Jackson => "  ",
            Lines::Every(indent) => indent,
        };
        self.out.push_str(self.style.line_end);
        for _ in 0..self.level {
            self.out.push_str(indent);
        }
    }

    /// Before an item, and before the end of a list.
    fn item(&mut self) {
        match self.style.lines {
            Lines::Jackson => self.out.push(' '),
            _ => self.line(),
        }
    }
}

/// A member of the other object: where its name stands first, and the value that it has last.
#[derive(Clone, Copy)]
struct Named {
    rank: usize,
    value: NodeId,
}

/// The members of an object by name: one may have as many as the text has room for.
struct Names<'o>(HashMap<Cow<'o, str>, Named>);

impl<'o> Names<'o> {
    fn of(document: &'o Document<'_>, object: NodeId) -> Self {
        let mut names: HashMap<Cow<'o, str>, Named> = HashMap::new();
        for (rank, (key, value)) in document.members(object).enumerate() {
            names.entry(document.content(key)).and_modify(|named| named.value = value).or_insert(Named { rank, value });
        }
        Names(names)
    }

    fn find(&self, name: &str) -> Option<Named> {
        self.0.get(name).copied()
    }
}

/// Orders the members that the other object has too as they stand there; the others keep their slots.
fn order_like(document: &Document<'_>, members: &mut [(NodeId, NodeId)], theirs: &Names<'_>) {
    let mut slots = Vec::with_capacity(members.len());
    let mut known = Vec::with_capacity(members.len());
    for (slot, &member) in members.iter().enumerate() {
        // A repeated key keeps its place: that it is repeated is the defect, not where.
        if document.is_repeated(member.0) {
            continue;
        }
        if let Some(found) = theirs.find(&document.content(member.0)) {
            slots.push(slot);
            known.push((found.rank, member));
        }
    }
    known.sort_by_key(|&(rank, _)| rank);
    for (slot, (_, member)) in slots.into_iter().zip(known) {
        members[slot] = member;
    }
}

/// Fisher-Yates over a splitmix64 sequence: the same order for the same seed on every machine.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed;
    for last in (1..items.len()).rev() {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        items.swap(last, (mixed % (last as u64 + 1)) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse_text;

    fn ordered(text: &str, order: Order<'_>) -> String {
        write(&parse_text(text).unwrap(), &Style { order, ..Style::COMPACT })
    }

    #[test]
    fn members_take_the_order_of_another_document_and_others_keep_their_slots() {
        let other = parse_text(r#"{"a":1,"b":{"x":1,"y":2},"c":[{"p":1,"q":2}]}"#).unwrap();
        let like = |text| ordered(text, Order::Like(&other));
        assert_eq!(like(r#"{"c":3,"new":0,"b":2,"a":1}"#), r#"{"a":1,"new":0,"b":2,"c":3}"#);
        assert_eq!(like(r#"{"b":{"y":2,"x":1},"a":1}"#), r#"{"a":1,"b":{"x":1,"y":2}}"#);
        assert_eq!(like(r#"{"c":[{"q":2,"p":1}]}"#), r#"{"c":[{"p":1,"q":2}]}"#);
        assert_eq!(like(r#"{"b":1,"a":1,"a":2}"#), r#"{"a":1,"b":1,"a":2}"#, "a repeated key keeps its place");
        assert_eq!(like(r#"{"a":1.0}"#), r#"{"a":1}"#, "the same number in the spelling of the other");
    }

    /// Spellings are named in findings: their order is the same on every machine and in every version.
    #[test]
    fn a_seed_gives_one_order() {
        let text = r#"{"a":0,"b":1,"c":2,"d":3,"e":4,"f":5,"g":6,"h":7}"#;
        assert_eq!(ordered(text, Order::Reversed), r#"{"h":7,"g":6,"f":5,"e":4,"d":3,"c":2,"b":1,"a":0}"#);
        assert_eq!(ordered(text, Order::Shuffled(1)), r#"{"e":4,"d":3,"c":2,"h":7,"f":5,"g":6,"a":0,"b":1}"#);
        assert_eq!(ordered(text, Order::Shuffled(2)), r#"{"f":5,"c":2,"h":7,"e":4,"b":1,"d":3,"a":0,"g":6}"#);
    }
}
