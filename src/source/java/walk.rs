//! Ways through a syntax tree, and places in its text.

use std::collections::HashMap;

use tree_sitter::Node;

use crate::source::place::Span;

/// The stretch of a node.
pub fn span(node: Node<'_>, text: &str) -> Span {
    let start = node.start_position();
    let line_start = node.start_byte() - start.column;
    let column = text.get(line_start..node.start_byte()).map_or(start.column, |before| before.chars().count()) + 1;
    Span { start: node.start_byte(), end: node.end_byte(), line: start.row + 1, column }
}

/// The named children of a node, without comments.
pub fn children(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    all_children(node).filter(|child| child.is_named() && !child.is_extra())
}

/// Every node of a tree in the order of the text, without recursion: a text may be nested as deep as it likes.
pub fn descendants(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let mut cursor = node.walk();
    let mut next = Some(node);
    std::iter::from_fn(move || {
        let node = next?;
        next = if cursor.goto_first_child() {
            Some(cursor.node())
        } else {
            loop {
                if cursor.goto_next_sibling() {
                    break Some(cursor.node());
                }
                if !cursor.goto_parent() {
                    break None;
                }
            }
        };
        Some(node)
    })
}

/// What each node below a node stands in, by its id.
pub fn parents(node: Node<'_>) -> HashMap<usize, Node<'_>> {
    let mut cursor = node.walk();
    let (mut above, mut parents) = (vec![node], HashMap::new());
    let mut is_inside = cursor.goto_first_child();
    while is_inside {
        let at = cursor.node();
        parents.extend(above.last().map(|parent| (at.id(), *parent)));
        if cursor.goto_first_child() {
            above.push(at);
            continue;
        }
        while is_inside && !cursor.goto_next_sibling() {
            above.pop();
            is_inside = cursor.goto_parent() && !above.is_empty();
        }
    }
    parents
}

/// The children of a node, with what has no name: `static`, a comma.
pub(super) fn all_children(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let mut cursor = node.walk();
    let mut more = cursor.goto_first_child();
    std::iter::from_fn(move || {
        if !more {
            return None;
        }
        let child = cursor.node();
        more = cursor.goto_next_sibling();
        Some(child)
    })
}
