//! A mapping, with what reads and takes it.

use super::declaration::{Declaration, Probing};
use super::inputs::{Inputs, Mapper, Outcome};
use super::wire::Wire;
use crate::document::{Document, Place};
use crate::java::leaf::Refusal;
use crate::pointer::Pointer;

/// A value that a consumer dereferences without a guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Required {
    /// Which value: a pointer with `*` for every index.
    pub pointer: &'static str,
    /// What happens when it is null or missing, and where that is written.
    pub reason: &'static str,
}

/// Who reads the bytes of a payload before they are parsed, as the incident's regular expression did: what another layout
/// can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteReaders {
    /// Nobody is known to; what those who read it do instead.
    None(&'static str),
    /// Somebody does.
    Alive {
        /// Who, and what it does with them.
        who: &'static str,
        /// Since when: a day or a commit.
        since: &'static str,
    },
    /// Somebody did: who, from when to when, and what is done today.
    Historical(&'static str),
}

impl std::fmt::Display for ByteReaders {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ByteReaders::None("") => f.write_str("none is known"),
            ByteReaders::None(instead) => write!(f, "none is known; {instead}"),
            ByteReaders::Alive { who, since } => write!(f, "{who}, since {since}"),
            ByteReaders::Historical(text) => f.write_str(text),
        }
    }
}

/// A value that somebody on the way finds a row or a document by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// Which value of the payload: a pointer with `*` for every index.
    pub pointer: &'static str,
    /// Who finds what by it, and what happens without it.
    pub reason: &'static str,
}

/// Who takes the answer of a mapping.
#[derive(Clone, Copy)]
pub struct Consumer {
    /// What it reads it with.
    pub wire: Wire,
    /// Who it is, for a message: "the order page of the shop".
    pub name: &'static str,
    /// What it dereferences without a guard.
    pub required: &'static [Required],
    /// What it does not read, with reasons.
    pub dropped: &'static [Declaration],
}

/// A further input of an aggregation: its name in file names and its wire.
#[derive(Clone, Copy)]
pub struct InputSpec {
    /// The name, as in `typical3.notes-1234567.json`.
    pub name: &'static str,
    /// What sends it.
    pub wire: Wire,
    /// What the mapping reads it into.
    pub reader: Wire,
    /// Whether there is one per item, with a key after the name.
    pub keyed: bool,
    /// The end of the path that it is asked for at; `{key}` stands for the key, `*` for one segment.
    pub path: &'static str,
}

/// One leg of a chain and what happens on it.
#[derive(Clone, Copy)]
pub struct Mapping {
    /// The id: also the fixture folder's name.
    pub id: &'static str,
    /// One line: from whom to whom, and what.
    pub summary: &'static str,
    /// Where the facts come from: repositories, classes, commits.
    pub source: &'static str,
    /// What the producer promises on this leg.
    pub producer: Wire,
    /// What reads the payload; its aliases make several keys one.
    pub reader: Wire,
    /// Who that is, for a message: "the gateway".
    pub reader_name: &'static str,
    /// Who reads the bytes before they are parsed: how much another layout weighs.
    pub byte_readers: ByteReaders,
    /// What rows and documents are found by.
    pub identifiers: &'static [Identifier],
    /// What else it reads.
    pub inputs: &'static [InputSpec],
    /// What the mapping writes.
    pub target: Wire,
    /// Keys that change their name: (pointer in the payload, pointer in the answer).
    pub renames: &'static [(&'static str, &'static str)],
    /// What is done on purpose.
    pub declarations: &'static [Declaration],
    /// What its dependence is observed with; mostly [`Probing::PLAIN`].
    pub probing: Probing,
    /// Who takes the answer; none where it is stored.
    pub consumer: Option<Consumer>,
    /// The function.
    pub map: Mapper,
}

impl Mapping {
    /// What it makes of its inputs.
    pub fn run(&self, inputs: &Inputs<'_>) -> Outcome {
        match self.map {
            Mapper::Values(map) => map(&inputs.values()),
            Mapper::Text(map) => map(inputs),
        }
    }

    /// The pointer in the payload that a pointer in the answer comes from.
    pub fn source_pointer(&self, pointer: &Pointer) -> Pointer {
        pointer.renamed(self.renames.iter().map(|&(from, to)| (to, from)))
    }

    /// The pointer in the answer that a pointer in the payload goes to.
    pub fn target_pointer(&self, pointer: &Pointer) -> Pointer {
        pointer.renamed(self.renames.iter().copied())
    }
}

/// Reads an answer as its consumer does.
///
/// # Errors
///
/// The value of it that the consumer refuses.
pub fn consume(consumer: &Consumer, document: &Document<'_>) -> Result<(), (Refusal, Place)> {
    let wire = consumer.wire;
    wire.dto.read(wire.config, document).map_err(|error| (error.refusal, document.place(error.node)))
}
