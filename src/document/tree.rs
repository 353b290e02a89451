//! What was found in a text: its values and keys, and where each stands.

use std::borrow::Cow;
use std::sync::Arc;

use super::escape::unescape;
use super::place::Place;
use crate::pointer::{self, Pointer, Segment, written_segments};

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
pub(super) struct Node {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The first node behind this one and all below it.
    pub(super) next: u32,
    pub(super) kind: Kind,
}

/// What was found in a text, apart from the text.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) nodes: Vec<Node>,
    pub(super) bom: bool,
    pub(super) repeated: Vec<NodeId>,
}

/// A parsed text; copies share what was found in it.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    pub(super) text: &'t str,
    pub(super) found: Arc<Found>,
}

impl<'t> Document<'t> {
    /// The text, without a byte order mark.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Whether the payload began with a UTF-8 byte order mark.
    pub fn has_bom(&self) -> bool {
        self.found.bom
    }

    /// The keys that stand again in their object: every occurrence but the first, in the order of the text.
    pub fn repeated_keys(&self) -> &[NodeId] {
        &self.found.repeated
    }

    /// Whether a key stands in its object before already. There may be as many as keys, so they are not looked through.
    pub fn is_repeated(&self, key: NodeId) -> bool {
        self.found.repeated.binary_search(&key).is_ok()
    }

    /// What stands at a node.
    pub fn kind(&self, node: NodeId) -> Kind {
        self.found.nodes[node].kind
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.found.nodes.len()
    }

    /// Never: a document has a root.
    pub fn is_empty(&self) -> bool {
        self.found.nodes.is_empty()
    }

    /// The first node behind a node and all below it.
    pub fn after(&self, node: NodeId) -> NodeId {
        self.found.nodes[node].next as usize
    }

    /// The spelling of a node: for a text with its quotes and escapes.
    pub fn raw(&self, node: NodeId) -> &'t str {
        let Node { start, end, .. } = self.found.nodes[node];
        &self.text[start as usize..end as usize]
    }

    /// Where a node's text begins and ends, in bytes.
    pub fn span(&self, node: NodeId) -> std::ops::Range<usize> {
        self.found.nodes[node].start as usize..self.found.nodes[node].end as usize
    }

    /// The unescaped content of a text or key; the spelling of anything else.
    pub fn content(&self, node: NodeId) -> Cow<'t, str> {
        let Node { start, end, kind, .. } = self.found.nodes[node];
        let (start, end) = (start as usize, end as usize);
        match kind {
            Kind::Text { escaped: false } => Cow::Borrowed(&self.text[start + 1..end - 1]),
            Kind::Text { escaped: true } => Cow::Owned(unescape(&self.text[start + 1..end - 1])),
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

    /// The pointer of a value, or of the member that a key names. It walks down from the root: whoever asks for many
    /// had better walk along.
    pub fn pointer(&self, node: NodeId) -> Pointer {
        let mut pointer = Pointer::ROOT;
        let mut at = 0;
        'down: while at != node {
            for (index, item) in self.items(at).enumerate() {
                if (item..self.after(item)).contains(&node) {
                    pointer.push(Segment::Index(index));
                    at = item;
                    continue 'down;
                }
            }
            for (key, value) in self.members(at) {
                if (key..self.after(value)).contains(&node) {
                    pointer.push(Segment::Key(self.content(key).into()));
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

    /// The value that a pointer names.
    pub fn at(&self, pointer: &Pointer) -> Option<NodeId> {
        pointer.segments().iter().try_fold(0, |at, segment| self.below(at, segment))
    }

    /// The value one segment below another.
    pub fn below(&self, at: NodeId, segment: &Segment) -> Option<NodeId> {
        match (self.kind(at), segment) {
            (Kind::Array, Segment::Index(index)) => self.items(at).nth(*index),
            (Kind::Object, Segment::Key(name)) => self.member(at, name),
            _ => None,
        }
    }

    /// The value that a written JSON Pointer names; what its digits are, the document says.
    pub fn find(&self, pointer: &str) -> Option<NodeId> {
        written_segments(pointer).try_fold(0, |at, segment| match self.kind(at) {
            Kind::Array => self.items(at).nth(segment.parse().ok()?),
            Kind::Object => self.member(at, &pointer::unescape(segment)),
            _ => None,
        })
    }

    /// A written JSON Pointer with segments that are what the document has there; `*` is any index, and what is below it
    /// is looked up in the first item.
    pub fn read_pointer(&self, written: &str) -> Pointer {
        let mut at = Some(0);
        let segment = |written: &str| {
            let (segment, below) = match (at.map(|at| (at, self.kind(at))), written.parse()) {
                (Some((at, Kind::Object)), _) => {
                    let name = pointer::unescape(written);
                    let below = self.member(at, &name);
                    (Segment::Key(name.into()), below)
                }
                (Some((at, Kind::Array)), Ok(index)) => (Segment::Index(index), self.items(at).nth(index)),
                (Some((at, Kind::Array)), Err(_)) if written == "*" => (Segment::Any, self.items(at).next()),
                (None, _) if written == "*" => (Segment::Any, None),
                (_, Ok(index)) => (Segment::Index(index), None),
                _ => (Segment::Key(pointer::unescape(written).into()), None),
            };
            at = below;
            segment
        };
        Pointer::from(written_segments(written).map(segment).collect::<Vec<_>>())
    }

    /// The place of a node.
    pub fn place(&self, node: NodeId) -> Place {
        Place { pointer: self.pointer(node), span: self.span(node) }
    }

    /// The value that holds a node: for a key or a member its object, for an item its list.
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        let mut parent = None;
        let mut at = 0;
        while at < node {
            let is_around = |&below: &NodeId| (below..self.after(below)).contains(&node);
            let below = match self.kind(at) {
                Kind::Array => self.items(at).find(is_around),
                // A key is no value to walk into: a member ends where its value does.
                _ => self
                    .members(at)
                    .find(|&(key, value)| (key..self.after(value)).contains(&node))
                    .map(|(_, value)| value),
            };
            parent = Some(at);
            match below {
                Some(below) => at = below,
                None => break,
            }
        }
        parent
    }
}
