//! What is changed in a base, one change at a time.

use std::collections::BTreeSet;

use super::base::{ROWS, Tree};
use super::probing::{Base, Probe};
use super::shape::Shape;
use crate::document::join;

/// A change of a base.
pub(super) struct Graft {
    /// The leaf, list or object that it is about; of a row that becomes null its list.
    pub(super) source: String,
    /// Where it is made.
    pub(super) place: String,
    /// What is put there.
    pub(super) tree: Tree,
    /// Whether it takes something away as a whole, or puts it there.
    pub(super) is_whole: bool,
}

impl Probe<'_> {
    /// What to change in a part of a base.
    pub(super) fn grafts(&self, at: usize, base: &Base) -> Vec<Graft> {
        let part = &self.parts[at];
        let mut pointers = Vec::new();
        part.shape.parts("", Some(ROWS), &mut pointers);
        pointers.extend(part.shape.objects(ROWS));
        let mut base_tree = base.trees[at].clone();
        let null = || Tree::Raw("null".to_owned());
        let mut grafts = Vec::with_capacity(2 * pointers.len());
        for pointer in pointers {
            let (Some(shape), Some(tree)) = (part.shape.at(&pointer), base_tree.at(&pointer)) else { continue };
            let mut graft = |place: String, tree: Tree, is_whole: bool| {
                grafts.push(Graft { source: pointer.clone(), place, tree, is_whole });
            };
            let here = || pointer.clone();
            match (shape, tree) {
                (Shape::List(_), Tree::List(items)) if items.is_empty() => {
                    let filled =
                        Tree::new(shape, &pointer, ROWS, &mut |leaf| part.pool.value(leaf, part.row.unwrap_or(0), 0));
                    graft(here(), filled, true);
                    graft(here(), null(), true);
                }
                (Shape::List(item), tree) => {
                    graft(here(), Tree::List(vec![]), true);
                    graft(here(), null(), true);
                    // A null row is a matter of the list: it says of no value in the row that it arrives.
                    if let (Shape::Object(_), Tree::List(items)) = (&**item, tree) {
                        let rows = (0..items.len()).map(|row| join(&pointer, &row.to_string()));
                        rows.for_each(|row| graft(row, null(), true));
                    }
                }
                (Shape::Leaf { .. }, Tree::Raw(current)) => {
                    let others = part.pool.others(&pointer, current);
                    others.into_iter().for_each(|other| graft(here(), Tree::Raw(other), false));
                }
                (Shape::Object(_), Tree::Object(_)) => graft(here(), null(), true),
                _ => {}
            }
        }
        grafts
    }

    /// Of what changed, what a change of something whole is about: not what came or went with a list or object that holds
    /// it.
    pub(super) fn outermost(&self, changed: BTreeSet<String>) -> BTreeSet<String> {
        let is_whole = |pointer: &&String| !matches!(self.target.at(pointer), Some(Shape::Leaf { .. }));
        let wholes: Vec<String> = changed.iter().filter(is_whole).map(|whole| format!("{whole}/")).collect();
        changed.into_iter().filter(|pointer| !wholes.iter().any(|whole| pointer.starts_with(whole))).collect()
    }
}
