//! What was found in a text: its values and keys, and where each stands.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

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
    /// The first node after this one and all below it.
    pub(super) next: u32,
    pub(super) kind: Kind,
}

/// What was found in a text, apart from the text.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) nodes: Vec<Node>,
    pub(super) bom: bool,
    pub(super) repeated: Vec<NodeId>,
    /// Where the items of long lists and the keys of long objects stand, made when one is first asked for: to look each up
    /// by a walk over all before it would take quadratic time.
    pub(super) long: OnceLock<HashMap<NodeId, Box<[u32]>>>,
    /// The keys of long objects by their names, of repeated ones the last behind the others; made when one is first asked
    /// for by its name.
    pub(super) by_name: OnceLock<HashMap<NodeId, Box<[u32]>>>,
}

/// What has so many items or keys is long.
const LONG: usize = 16;

impl Found {
    /// The items or keys of what is long.
    fn long(&self, node: NodeId) -> Option<&[u32]> {
        let long = self.long.get_or_init(|| {
            let holds = |node: NodeId| {
                let Node { next, kind, .. } = self.nodes[node];
                // Behind a key stands its value.
                let step = match kind {
                    Kind::Array => 0,
                    Kind::Object => 1,
                    _ => return None,
                };
                // A short one has few nodes below it.
                if (next as usize) < node + LONG {
                    return None;
                }
                let mut at = node + 1;
                let below = std::iter::from_fn(|| {
                    let found = at as u32;
                    at = self.nodes.get(at + step).filter(|_| at < next as usize)?.next as usize;
                    Some(found)
                });
                let below: Box<[u32]> = below.collect();
                (below.len() >= LONG).then_some((node, below))
            };
            (0..self.nodes.len()).filter_map(holds).collect()
        });
        long.get(&node).map(|below| &**below)
    }
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

    /// The first node after a node and all below it.
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
        if self.kind(object) == Kind::Object
            && self.found.long(object).is_some()
            && let Some(keys) = self.by_name().get(&object)
        {
            let end = keys.partition_point(|&key| *self.content(key as usize) <= *name);
            let key = keys[end.checked_sub(1)?] as usize;
            return (self.content(key) == name).then_some(key + 1);
        }
        self.members(object).filter(|&(key, _)| self.content(key) == name).last().map(|(_, value)| value)
    }

    /// The keys of all long objects by name: to walk through an object for each of its names would take quadratic time.
    fn by_name(&self) -> &HashMap<NodeId, Box<[u32]>> {
        self.found.by_name.get_or_init(|| {
            let long = self.found.long.get().into_iter().flatten();
            let objects = long.filter(|(node, _)| self.kind(**node) == Kind::Object);
            let sorted = objects.map(|(&node, keys)| {
                let mut keys = keys.clone();
                keys.sort_by_key(|&key| self.content(key as usize));
                (node, keys)
            });
            sorted.collect()
        })
    }

    /// The item of a list.
    pub fn item(&self, array: NodeId, index: usize) -> Option<NodeId> {
        if index >= LONG
            && self.kind(array) == Kind::Array
            && let Some(items) = self.found.long(array)
        {
            return items.get(index).map(|&item| item as usize);
        }
        self.items(array).nth(index)
    }

    /// The item or member, by its key, that holds a node below a list or an object, and which of them it is.
    fn holding(&self, at: NodeId, node: NodeId) -> Option<(usize, NodeId)> {
        let end = |below: NodeId| if self.kind(at) == Kind::Object { self.after(below + 1) } else { self.after(below) };
        if let Some(below) = self.found.long(at) {
            let index = below.partition_point(|&below| below as usize <= node).checked_sub(1)?;
            return Some((index, below[index] as usize)).filter(|&(_, below)| node < end(below));
        }
        let members = self.members(at).map(|(key, _)| key);
        self.items(at).chain(members).enumerate().find(|&(_, below)| (below..end(below)).contains(&node))
    }

    /// The pointer of a value, or of the member that a key names.
    pub fn pointer(&self, node: NodeId) -> Pointer {
        let mut pointer = Pointer::ROOT;
        let mut at = 0;
        while at != node {
            let Some((index, below)) = self.holding(at, node) else { break };
            if self.kind(at) == Kind::Array {
                pointer.push(Segment::Index(index));
                at = below;
                continue;
            }
            pointer.push(Segment::Key(self.content(below).into()));
            if node == below {
                return pointer;
            }
            at = below + 1;
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
            (Kind::Array, Segment::Index(index)) => self.item(at, *index),
            (Kind::Object, Segment::Key(name)) => self.member(at, name),
            _ => None,
        }
    }

    /// The value that a written JSON Pointer names; what its digits are, the document says.
    pub fn find(&self, pointer: &str) -> Option<NodeId> {
        written_segments(pointer).try_fold(0, |at, segment| match self.kind(at) {
            Kind::Array => self.item(at, segment.parse().ok()?),
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
                (Some((at, Kind::Array)), Ok(index)) => (Segment::Index(index), self.item(at, index)),
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
            parent = Some(at);
            match self.holding(at, node) {
                // A key is no value to walk into: a member ends where its value does.
                Some((_, below)) => at = if self.kind(at) == Kind::Object { below + 1 } else { below },
                None => break,
            }
        }
        parent
    }
}
