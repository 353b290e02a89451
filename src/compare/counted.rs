//! Facts of one cause: the first are kept, the rest is counted.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

use super::fate::{Arrival, Fate};
use crate::mapping::Declared;
use crate::pointer::Pointer;

/// So many facts or differences of one cause are listed.
pub const MOST_OF_A_CAUSE: usize = 100;

/// What makes facts alike: what happened, where in every row, and what is declared.
type Cause = (Discriminant<Fate>, Pointer, Option<&'static str>);

/// Arrivals in their order. What happened is part of the cause, so that no number of harmless ones hides another.
#[derive(Default)]
pub(super) struct Counted {
    kept: Vec<Arrival>,
    /// By cause, how many there are and which was kept last.
    causes: HashMap<Cause, (usize, usize)>,
}

impl Counted {
    /// Keeps a fact, or counts it after the last that was kept of its cause; says which that is.
    pub(super) fn push(&mut self, arrival: Arrival) -> usize {
        let cause = (discriminant(&arrival.fate), arrival.source.pattern(), arrival.declared.map(Declared::name));
        let (count, last) = self.causes.entry(cause).or_default();
        *count += 1;
        if *count <= MOST_OF_A_CAUSE {
            *last = self.kept.len();
            self.kept.push(arrival);
        } else {
            self.kept[*last].more += 1 + arrival.more;
        }
        *last
    }

    /// One more of the same.
    pub(super) fn more(&mut self, at: usize) {
        self.kept[at].more += 1;
    }

    pub(super) fn into_arrivals(self) -> Vec<Arrival> {
        self.kept
    }
}
