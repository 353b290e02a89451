//! What the function of a mapping is given, and what it makes of it.

use crate::document::{Json, Place};
use crate::finding::Stage;
use crate::java::config::MapperConfig;
use crate::java::leaf::Refusal;
use crate::java::read::read;
use crate::model::Dto;

/// What a mapping made of its inputs. A payload that does not read or map is an outcome, not an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The answer.
    Emitted(Json),
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

impl Outcome {
    /// An answer of this text.
    pub fn emitted(text: impl Into<Json>) -> Self {
        Outcome::Emitted(text.into())
    }
}

/// A further input of an aggregation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Further<'a> {
    /// Which of the mapping's inputs.
    pub name: &'a str,
    /// For whom it is, where there is one per item: the `1234567` of `notes-1234567`.
    pub key: Option<&'a str>,
    /// Its text and parse.
    pub json: Json,
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

/// What a mapping is given: texts, each with its parse.
#[derive(Clone, Debug)]
pub struct Inputs<'a> {
    /// The producer's payload.
    pub payload: Json,
    /// What else an aggregation reads.
    pub further: &'a [Further<'a>],
}

impl<'a> Inputs<'a> {
    /// A payload alone.
    pub fn payload(payload: impl Into<Json>) -> Self {
        Inputs { payload: payload.into(), further: &[] }
    }

    /// The same without its texts.
    pub fn values(&self) -> Values<'_> {
        Values(self)
    }
}

/// What a mapping over values is given: the inputs to be read into definitions. How they are spelled it cannot ask.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a>(&'a Inputs<'a>);

impl Values<'_> {
    /// The payload, read as a service with this mapper does.
    ///
    /// # Errors
    ///
    /// The value that is refused, or why the text is not JSON.
    pub fn payload<T: Dto>(&self, config: &MapperConfig) -> Result<T, (Refusal, Place)> {
        read_json(config, &self.0.payload)
    }

    /// A further input that is not asked for by key; none where the case does not have it.
    ///
    /// # Errors
    ///
    /// The value of it that is refused.
    pub fn further<T: Dto>(&self, config: &MapperConfig, name: &str) -> Result<Option<T>, MapError> {
        self.read(config, |further| further.name == name)
    }

    /// A further input for a key, such as a row's number; none where the case does not have it, or for no key.
    ///
    /// # Errors
    ///
    /// The value of it that is refused.
    pub fn keyed<T: Dto>(&self, config: &MapperConfig, name: &str, key: Option<&str>) -> Result<Option<T>, MapError> {
        self.read(config, |further| further.name == name && further.key.is_some() && further.key == key)
    }

    fn read<T: Dto>(&self, config: &MapperConfig, is: impl Fn(&Further<'_>) -> bool) -> Result<Option<T>, MapError> {
        let Some(further) = self.0.further.iter().find(|further| is(further)) else { return Ok(None) };
        let refused = |(refusal, place)| MapError::Input { label: further.label(), refusal, place };
        read_json(config, &further.json).map(Some).map_err(refused)
    }
}

/// The function of a mapping, of one of two kinds.
#[derive(Clone, Copy, Debug)]
pub enum Mapper {
    /// Over values that are read into definitions: two spellings of a payload are one to it.
    Values(fn(&Values<'_>) -> Outcome),
    /// Over texts as they came, a byte order mark included.
    Text(fn(&Inputs<'_>) -> Outcome),
}

/// Why a typed mapping has no answer.
#[derive(Debug)]
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

impl MapError {
    /// The mapping expects something else: `a list of logs, found null: the gateway uses it without a guard`.
    pub fn expected(what: impl std::fmt::Display) -> Self {
        MapError::Refused(format!("expected {what}"))
    }
}

fn read_json<T: Dto>(config: &MapperConfig, json: &Json) -> Result<T, (Refusal, Place)> {
    let document = json.document().map_err(|error| (Refusal::Jackson(error.message.clone()), error.place.clone()))?;
    read(config, &document).map_err(|error| (error.refusal, document.place(error.node)))
}
