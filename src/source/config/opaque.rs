//! What code holds that is not understood, so that two revisions of it can be held against each other.

use std::sync::Arc;

use tree_sitter::Node;

use crate::source::java::index::{ClassId, Sources};
use crate::source::java::parse::Reader;
use crate::source::java::walk::descendants;
use crate::source::opaque::Opaque;
use crate::source::place::{Place, Unread};

/// Code of which only what it holds is known: for each place of a Java file the method around it, or the class, and the
/// classes of the tree that it names.
pub(super) fn of_code(sources: &Sources, unread: &[Unread]) -> Vec<Opaque> {
    let mut found: Vec<Opaque> = Vec::new();
    for Unread { place, what } in unread.iter().filter(|unread| unread.place.path.ends_with(".java")) {
        let Some((class, node)) = around(sources, place) else { continue };
        let mut content = tokens(node, sources.text(class));
        let reader = Reader::new(sources.text(class));
        let named = descendants(node).filter(|node| node.kind() == "type_identifier");
        let mut named: Vec<ClassId> = named.filter_map(|ty| sources.find_type(class, reader.raw(ty))).collect();
        named.sort();
        named.dedup();
        for named in named {
            if let Some(declared) = sources.node(named) {
                content.push_str(&tokens(declared, sources.text(named)));
            }
        }
        found.push(Opaque {
            place: place.clone(),
            what: what.clone(),
            content: Some(Arc::from(content)),
            is_file: false,
        });
    }
    found
}

/// The method or class that a place stands in.
fn around<'s>(sources: &'s Sources, place: &Place) -> Option<(ClassId, Node<'s>)> {
    let java = sources.find_file(&place.path)?.java.as_deref()?;
    let name = java.types.first().map(|declared| declared.name.as_str())?;
    let class = sources.find(&format!("{}#{name}", place.path))?;
    let mut at = java.tree.root_node().descendant_for_byte_range(place.span.start, place.span.start)?;
    loop {
        if at.kind() == "method_declaration" || at.kind() == "field_declaration" || at.kind().ends_with("_declaration")
        {
            return Some((class, at));
        }
        at = at.parent()?;
    }
}

/// A stretch of code without its white space and comments.
fn tokens(node: Node<'_>, text: &str) -> String {
    let mut tokens = String::new();
    for leaf in descendants(node).filter(|node| node.child_count() == 0 && !node.is_extra()) {
        tokens.push_str(text.get(leaf.byte_range()).unwrap_or_default());
        tokens.push(' ');
    }
    tokens
}
