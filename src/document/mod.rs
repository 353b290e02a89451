//! A payload as text: its JSON value, and where everything stands in it.
//!
//! [`Document`] is the only thing in the crate that parses JSON. It keeps the text, because values alone lose
//! line numbers, repeated keys, the spelling of numbers and the layout, which is where the incident of
//! December 2023 hid. It accepts what RFC 8259 accepts, with two limits: nesting ends at [`MAX_DEPTH`], and
//! lone surrogates are refused.

mod parse;
mod place;
mod write;

use std::borrow::Cow;

pub use parse::{MAX_DEPTH, packed, parse, parse_text};
pub use place::{Place, Unreadable, join, push_segment};
pub use write::{Lines, Order, Style, write};

/// A node of a [`Document`]: a value or a key. The root is node 0; order is the order of the text.
pub type NodeId = usize;

/// What stands at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number without fraction and exponent.
    Integer,
    /// A number with a fraction or an exponent.
    Float,
    /// A text, or the key of a member.
    Text {
        /// Whether its spelling has a backslash.
        escaped: bool,
    },
    /// A list.
    Array,
    /// An object.
    Object,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    start: u32,
    end: u32,
    /// The first node behind this one and all below it.
    next: u32,
    kind: Kind,
}

/// A parsed payload.
#[derive(Debug)]
pub struct Document<'t> {
    text: &'t str,
    nodes: Vec<Node>,
    bom: bool,
    repeated: Vec<NodeId>,
}

/// What was found in a text, apart from the text: to keep beside it where a [`Document`] cannot borrow it.
#[derive(Clone, Debug)]
pub struct Tape {
    nodes: Vec<Node>,
    bom: bool,
    repeated: Vec<NodeId>,
}

impl Tape {
    /// The document again, over the text that was parsed: a copy of the nodes, a small part of what parsing costs.
    pub fn over<'t>(&self, text: &'t str) -> Document<'t> {
        let Tape { nodes, bom, repeated } = self.clone();
        Document { text, nodes, bom, repeated }
    }
}

impl<'t> Document<'t> {
    /// What was found in the text.
    pub fn tape(&self) -> Tape {
        Tape { nodes: self.nodes.clone(), bom: self.bom, repeated: self.repeated.clone() }
    }

    /// What was found in the text, and the text let go.
    pub fn into_tape(self) -> Tape {
        Tape { nodes: self.nodes, bom: self.bom, repeated: self.repeated }
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Whether the payload began with a UTF-8 byte order mark.
    pub fn has_bom(&self) -> bool {
        self.bom
    }

    /// The keys that stand again in their object: every occurrence but the first, in the order of the text.
    pub fn repeated_keys(&self) -> &[NodeId] {
        &self.repeated
    }

    /// Whether a key stands in its object before already. There may be as many as keys, so they are not looked through.
    pub fn is_repeated(&self, key: NodeId) -> bool {
        self.repeated.binary_search(&key).is_ok()
    }

    /// What stands at a node.
    pub fn kind(&self, node: NodeId) -> Kind {
        self.nodes[node].kind
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: a document has a root.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The first node behind a node and all below it.
    pub fn after(&self, node: NodeId) -> NodeId {
        self.nodes[node].next as usize
    }

    /// The spelling of a node: for a text with its quotes and escapes.
    pub fn raw(&self, node: NodeId) -> &'t str {
        let Node { start, end, .. } = self.nodes[node];
        &self.text[start as usize..end as usize]
    }

    /// Where a node's text begins and ends, in bytes.
    pub fn span(&self, node: NodeId) -> std::ops::Range<usize> {
        self.nodes[node].start as usize..self.nodes[node].end as usize
    }

    /// The unescaped content of a text or key; the spelling of anything else.
    pub fn content(&self, node: NodeId) -> Cow<'t, str> {
        let Node { start, end, kind, .. } = self.nodes[node];
        let (start, end) = (start as usize, end as usize);
        match kind {
            Kind::Text { escaped: false } => Cow::Borrowed(&self.text[start + 1..end - 1]),
            Kind::Text { escaped: true } => Cow::Owned(parse::unescape(&self.text[start + 1..end - 1])),
            _ => Cow::Borrowed(&self.text[start..end]),
        }
    }

    /// The members of an object in the order of the text, as (key, value); nothing for another kind.
    pub fn members(&self, object: NodeId) -> impl Iterator<Item = (NodeId, NodeId)> + '_ {
        let end = if self.kind(object) == Kind::Object { self.after(object) } else { 0 };
        let mut node = object + 1;
        std::iter::from_fn(move || {
            (node < end).then(|| {
                let (key, value) = (node, node + 1);
                node = self.after(value);
                (key, value)
            })
        })
    }

    /// The items of a list; nothing for another kind.
    pub fn items(&self, array: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = if self.kind(array) == Kind::Array { self.after(array) } else { 0 };
        let mut node = array + 1;
        std::iter::from_fn(move || {
            (node < end).then(|| {
                let item = node;
                node = self.after(item);
                item
            })
        })
    }

    /// The value of a member; of repeated keys the last, as Jackson and `JSON.parse` read it.
    pub fn member(&self, object: NodeId, name: &str) -> Option<NodeId> {
        self.members(object).filter(|&(key, _)| self.content(key) == name).last().map(|(_, value)| value)
    }

    /// The JSON Pointer (RFC 6901) of a value, or of the member that a key names.
    pub fn pointer(&self, node: NodeId) -> String {
        let mut pointer = String::new();
        let mut at = 0;
        'down: while at != node {
            for (index, item) in self.items(at).enumerate() {
                if (item..self.after(item)).contains(&node) {
                    pointer = join(&pointer, &index.to_string());
                    at = item;
                    continue 'down;
                }
            }
            for (key, value) in self.members(at) {
                if (key..self.after(value)).contains(&node) {
                    pointer = join(&pointer, &self.content(key));
                    if node == key {
                        return pointer;
                    }
                    at = value;
                    continue 'down;
                }
            }
            break;
        }
        pointer
    }

    /// The value that a JSON Pointer names.
    pub fn find(&self, pointer: &str) -> Option<NodeId> {
        pointer.split('/').skip(1).try_fold(0, |at, segment| match self.kind(at) {
            Kind::Array => {
                let index: usize = segment.parse().ok()?;
                self.items(at).nth(index)
            }
            Kind::Object => self.member(at, &segment.replace("~1", "/").replace("~0", "~")),
            _ => None,
        })
    }

    /// The place of a node.
    pub fn place(&self, node: NodeId) -> Place {
        Place { pointer: self.pointer(node), span: self.span(node) }
    }

    /// The value that holds a node: for a key or a member its object, for an item its list.
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        let inside = |&at: &NodeId| {
            matches!(self.kind(at), Kind::Array | Kind::Object) && (at + 1..self.after(at)).contains(&node)
        };
        (0..node).rev().find(inside)
    }
}

#[cfg(test)]
mod tests;
