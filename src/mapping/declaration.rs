//! What a mapping says of itself: what it does on purpose, and what the observation of dependence must be told.

use super::inputs::Further;
use crate::document::Json;
use crate::pointer::Pointer;

/// What a mapping does on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// A value of the producer that goes nowhere; the pointer is the producer's.
    Dropped,
    /// A value of the consumer that the producer does not have; the pointer is the answer's.
    Added,
    /// A value that is always the same; the pointer is the answer's.
    Constant,
    /// A value that arrives as another one, such as a label as an enum's name; the pointer is the answer's.
    Converted,
    /// A value made anew for every answer, such as a random id; the pointer is the answer's.
    Generated,
}

impl Declared {
    /// The word in `explain`.
    pub fn name(self) -> &'static str {
        match self {
            Declared::Dropped => "dropped",
            Declared::Added => "added",
            Declared::Constant => "constant",
            Declared::Converted => "converted",
            Declared::Generated => "generated",
        }
    }
}

/// A declaration: what is done on purpose, to which value, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// What is done.
    pub what: Declared,
    /// To which value, and all below it: a pointer with `*` for every index, or with an index for that item alone. A
    /// value of a further input has the input's name in front: `notes:/notes/*`.
    pub pointer: &'static str,
    /// Why.
    pub reason: &'static str,
}

impl Declaration {
    /// A value of the producer goes nowhere, on purpose.
    pub const fn dropped(pointer: &'static str, reason: &'static str) -> Self {
        Declaration { what: Declared::Dropped, pointer, reason }
    }

    /// A value of the answer comes from elsewhere than the payload.
    pub const fn added(pointer: &'static str, reason: &'static str) -> Self {
        Declaration { what: Declared::Added, pointer, reason }
    }

    /// A value of the answer is always the same.
    pub const fn constant(pointer: &'static str, reason: &'static str) -> Self {
        Declaration { what: Declared::Constant, pointer, reason }
    }

    /// A value arrives as another one.
    pub const fn converted(pointer: &'static str, reason: &'static str) -> Self {
        Declaration { what: Declared::Converted, pointer, reason }
    }

    /// A value is made anew for every answer.
    pub const fn generated(pointer: &'static str, reason: &'static str) -> Self {
        Declaration { what: Declared::Generated, pointer, reason }
    }

    /// Whether it is about a value, or about one that holds it: the value's pointer with its indexes. For a value of a
    /// further input its name with the colon is the first key.
    pub fn covers(&self, pointer: &Pointer) -> bool {
        pointer.is_in(self.pointer)
    }
}

/// A branch that hides others: a value without which what depends on the rest cannot be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    /// What it is: the condition in the source, and where.
    pub reason: &'static str,
    /// What opens it: pointers in the payload, with `*` for every index, and the JSON values there.
    pub open: &'static [(&'static str, &'static str)],
}

/// A golden that a mapping is observed with: what a producer really wrote, beside what is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoldenInputs {
    /// The name of the case: one in the layout that the leg promises, with at least one row in its main list.
    pub name: &'static str,
    /// The payload.
    pub payload: &'static str,
    /// What else the case has. Of an input that is not keyed there is exactly one.
    pub further: &'static [GoldenInput],
}

/// A further input of a golden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoldenInput {
    /// Which of the mapping's inputs.
    pub name: &'static str,
    /// For whom it is, where there is one per item.
    pub key: Option<&'static str>,
    /// Its text.
    pub text: &'static str,
}

impl GoldenInput {
    /// As a mapping gets it.
    pub fn as_further(&self) -> Further<'static> {
        Further { name: self.name, key: self.key, json: Json::from(self.text) }
    }
}

/// What the observation of dependence must be told of a mapping, beside its wires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probing {
    /// The branches that hide others.
    pub guards: &'static [Guard],
    /// For each keyed input (by name) where its keys stand in the payload: a pointer with `*` for the row.
    pub keys: &'static [(&'static str, &'static str)],
    /// Payloads with values that no generator hits, such as the names of an enum; they need not be whole.
    pub samples: &'static [&'static str],
    /// A few of its goldens; their lists are cut to two rows.
    pub goldens: &'static [GoldenInputs],
}

impl Probing {
    /// Of a mapping without guards, keyed inputs, enums and goldens.
    pub const PLAIN: Probing = Probing { guards: &[], keys: &[], samples: &[], goldens: &[] };
}
