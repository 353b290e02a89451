//! Many pointers looked up in one document.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::document::{Document, NodeId};
use crate::pointer::Pointer;

/// A document that remembers where the items of its long lists are.
pub(super) struct Places<'d> {
    document: &'d Document<'d>,
    lists: RefCell<HashMap<NodeId, Rc<[NodeId]>>>,
}

impl<'d> Places<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        Places { document, lists: RefCell::default() }
    }

    pub(super) fn document(&self) -> &'d Document<'d> {
        self.document
    }

    /// The value that a pointer names.
    pub(super) fn at(&self, pointer: &Pointer) -> Option<NodeId> {
        self.document.at(pointer)
    }

    /// The items of a list.
    pub(super) fn items(&self, list: NodeId) -> Rc<[NodeId]> {
        self.lists.borrow_mut().entry(list).or_insert_with(|| self.document.items(list).collect()).clone()
    }
}
