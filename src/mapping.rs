//! What happens between two wires, and the lists that a gate works on.
//!
//! A mapping is a function over text, `fn(&Inputs) -> Outcome`: a typed mapping (read, map, write) is one way to
//! make one, [`typed`]; a regular expression over a body is another. Only so can the gate see what a parser hides.

use std::cell::RefCell;

mod declaration;
mod generate;
mod wire;

pub use declaration::{Declaration, Declared, GoldenInputs, Guard, Probing};
pub use generate::Shrinking;
pub use wire::{DtoSpec, Promise, RoundTrip, Wire};

use crate::document::{Document, Place, Tape, Unreadable, parse};
use crate::finding::Stage;
use crate::java::config::MapperConfig;
use crate::java::leaf::Refusal;
use crate::java::read::read;
use crate::java::write::emit;
use crate::model::Dto;

/// What a mapping made of its inputs. A payload that does not read or map is an outcome, not an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The answer's text.
    Emitted(String),
    /// No answer.
    Refused {
        /// Where.
        stage: Stage,
        /// Why; a [`Refusal::Stricter`] is one that the real reader would take.
        refusal: Refusal,
        /// Which value of which input.
        place: Place,
        /// The further input that was refused (`notes-1234567`); none for the payload.
        input: Option<String>,
    },
}

/// A further input of an aggregation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Further<'a> {
    /// Which of the mapping's inputs.
    pub name: &'a str,
    /// For whom it is, where there is one per item: the `1234567` of `notes-1234567`.
    pub key: Option<&'a str>,
    /// Its text.
    pub text: &'a str,
}

impl Further<'_> {
    /// `<name>-<key>`, as in the file's name.
    pub fn label(&self) -> String {
        match self.key {
            Some(key) => format!("{}-{key}", self.name),
            None => self.name.to_owned(),
        }
    }
}

/// What a mapping is given.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The producer's payload.
    pub payload: &'a str,
    /// What else an aggregation reads.
    pub further: &'a [Further<'a>],
}

impl<'a> Inputs<'a> {
    /// A payload alone.
    pub fn payload(payload: &'a str) -> Self {
        Inputs { payload, further: &[] }
    }
}

/// Why a typed mapping has no answer.
pub enum MapError {
    /// An input cannot be read.
    Input {
        /// Which of the further inputs.
        label: String,
        /// Why.
        refusal: Refusal,
        /// Which value of it.
        place: Place,
    },
    /// The mapping refuses the value: lower-case fragment.
    Refused(String),
}

/// A typed mapping: reads the payload with the reader's definition and mapper, maps it, writes the answer.
pub fn typed<R: Dto, W: Dto>(
    reader: &MapperConfig,
    writer: &MapperConfig,
    inputs: &Inputs<'_>,
    map: fn(R, &Inputs<'_>) -> Result<W, MapError>,
) -> Outcome {
    let refused = |stage, refusal, place| Outcome::Refused { stage, refusal, place, input: None };
    let value = match read_text::<R>(reader, inputs.payload) {
        Ok(value) => value,
        Err((refusal, place)) => return refused(Stage::Read, refusal, place),
    };
    let whole = Place { pointer: String::new(), span: 0..0 };
    match map(value, inputs) {
        Ok(answer) => match emit(writer, &answer) {
            Ok(text) => Outcome::Emitted(text),
            Err(error) => refused(Stage::Map, Refusal::Jackson(error.to_string()), whole),
        },
        Err(MapError::Refused(message)) => refused(Stage::Map, Refusal::Jackson(message), whole),
        Err(MapError::Input { label, refusal, place }) => {
            Outcome::Refused { stage: Stage::Read, refusal, place, input: Some(label) }
        }
    }
}

/// Reads a further input of an aggregation.
///
/// # Errors
///
/// The value of it that is refused.
pub fn read_further<T: Dto>(config: &MapperConfig, further: &Further<'_>) -> Result<T, MapError> {
    read_text(config, further.text).map_err(|(refusal, place)| MapError::Input {
        label: further.label(),
        refusal,
        place,
    })
}

thread_local! {
    /// A text that has been parsed, and what was found in it.
    static KNOWN: RefCell<Option<(String, Tape)>> = const { RefCell::new(None) };
}

/// Runs `work`, in which a typed mapping need not parse the text of this document again.
///
/// A mapping is a function over text, and the gate has parsed most of these texts itself.
pub(crate) fn knowing<R>(document: &Document<'_>, work: impl FnOnce() -> R) -> R {
    struct Forget;
    impl Drop for Forget {
        fn drop(&mut self) {
            KNOWN.set(None);
        }
    }
    KNOWN.set(Some((document.text().to_owned(), document.tape())));
    let _forget = Forget;
    work()
}

fn read_text<T: Dto>(config: &MapperConfig, text: &str) -> Result<T, (Refusal, Place)> {
    let unreadable = |Unreadable { message, place }| (Refusal::Jackson(message), place);
    let known = KNOWN.with_borrow(|known| {
        let (_, tape) = known.as_ref().filter(|(known, _)| known == text)?;
        Some(tape.over(text))
    });
    let document = match known {
        Some(document) => document,
        None => parse(text.as_bytes()).map_err(unreadable)?,
    };
    read(config, &document).map_err(|error| (error.refusal, document.place(error.node)))
}

/// A value that a consumer dereferences without a guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Required {
    /// Which value: a pointer with `*` for every index.
    pub pointer: &'static str,
    /// What happens when it is null or missing, and where that is written.
    pub reason: &'static str,
}

/// Who takes the answer of a mapping.
#[derive(Clone, Copy)]
pub struct Consumer {
    /// What it reads it with.
    pub wire: Wire,
    /// Who it is, for a message: "the doctors list of the UI".
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
    /// Whether there is one per item, with a key behind the name.
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
    /// Who reads the bytes before they are parsed, for the explanation of a layout drift.
    pub byte_readers: &'static str,
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
    pub map: fn(&Inputs<'_>) -> Outcome,
}

impl Mapping {
    /// The pointer in the payload that a pointer in the answer comes from.
    pub fn source_pointer(&self, pointer: &str) -> String {
        rename(pointer, self.renames.iter().map(|&(from, to)| (to, from)))
    }

    /// The pointer in the answer that a pointer in the payload goes to.
    pub fn target_pointer(&self, pointer: &str) -> String {
        rename(pointer, self.renames.iter().copied())
    }
}

/// The pointer under the longest name that fits it.
fn rename<'n>(pointer: &str, names: impl Iterator<Item = (&'n str, &'n str)>) -> String {
    let fitting = names.filter_map(|(from, to)| Some((from.len(), moved(pointer, from, to)?)));
    fitting.max_by_key(|(length, _)| *length).map_or_else(|| pointer.to_owned(), |(_, moved)| moved)
}

/// The pointer with its beginning replaced; the indexes that a `*` stood for are carried over, in their order.
fn moved(pointer: &str, from: &str, to: &str) -> Option<String> {
    let mut rest = pointer.split('/');
    let mut indexes = Vec::new();
    for segment in from.split('/') {
        let found = rest.next()?;
        let is_index = found == "*" || !found.is_empty() && found.bytes().all(|byte| byte.is_ascii_digit());
        match segment {
            "*" if is_index => indexes.push(found),
            _ if segment == found => {}
            _ => return None,
        }
    }
    let mut indexes = indexes.into_iter();
    let to = to.split('/').map(|segment| if segment == "*" { indexes.next().unwrap_or("*") } else { segment });
    Some(to.chain(rest).collect::<Vec<_>>().join("/"))
}

/// The lists that a gate works on.
#[derive(Clone, Copy)]
pub struct Catalogue {
    /// The definitions.
    pub dtos: &'static [DtoSpec],
    /// The mapper configurations.
    pub configs: &'static [MapperConfig],
    /// The mappings.
    pub mappings: &'static [Mapping],
    /// A few payloads of each mapping, for a probe without a checkout.
    pub goldens: &'static [Golden],
}

/// A golden payload in the binary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Golden {
    /// The mapping.
    pub mapping: &'static str,
    /// The name of the case, with `@configuration` where it has one.
    pub name: &'static str,
    /// The payload: exact bytes.
    pub bytes: &'static [u8],
}

impl Catalogue {
    /// The definition of that name.
    pub fn dto(&self, name: &str) -> Option<&'static DtoSpec> {
        self.dtos.iter().find(|dto| dto.name() == name)
    }

    /// The configuration of that name.
    pub fn config(&self, name: &str) -> Option<&'static MapperConfig> {
        self.configs.iter().find(|config| config.name == name)
    }

    /// The mapping of that name.
    pub fn mapping(&self, id: &str) -> Option<&'static Mapping> {
        self.mappings.iter().find(|mapping| mapping.id == id)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_wins_and_indexes_are_carried_over() {
        let names = [("/old", "/new"), ("/old/*/id", "/new/*/number"), ("/old/0/name", "/name")];
        let renamed = |pointer| rename(pointer, names.into_iter());
        assert_eq!(renamed("/old"), "/new");
        assert_eq!(renamed("/old/3/text"), "/new/3/text");
        assert_eq!(renamed("/old/3/id"), "/new/3/number");
        assert_eq!(renamed("/old/*/id"), "/new/*/number");
        assert_eq!(renamed("/old/0/name/x"), "/name/x");
        assert_eq!(renamed("/old/1/name"), "/new/1/name");
        assert_eq!(renamed("/older"), "/older");
        assert_eq!(renamed(""), "");
    }
}
