//! What is sent to a subject, and who is told of each answer.

use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::document::Json;
use crate::mapping::Further;

/// A further input of an aggregation, for one payload.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FurtherText {
    /// Which of the mapping's inputs.
    pub name: String,
    /// For whom, where there is one per item.
    pub key: Option<String>,
    /// Its text.
    pub text: String,
}

impl From<&Further<'_>> for FurtherText {
    fn from(further: &Further<'_>) -> Self {
        let Further { name, key, json } = further;
        FurtherText { name: (*name).to_owned(), key: key.map(str::to_owned), text: json.source().to_owned() }
    }
}

impl FurtherText {
    /// As a mapping takes it.
    pub fn as_further(&self) -> Further<'_> {
        Further { name: &self.name, key: self.key.as_deref(), json: Json::from(&self.text) }
    }

    /// `notes-1234567.json`: the name after the case's in `fixtures/`, and in the folder that a command is given. What
    /// no file name can have is encoded as in a URL.
    pub fn file_name(&self) -> String {
        const NOT_IN_NAMES: &AsciiSet = &CONTROLS.add(b'/').add(b'%');
        format!("{}.json", utf8_percent_encode(&self.as_further().label(), NOT_IN_NAMES))
    }
}

/// What is sent, and what else the mapper may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// The producer's payload: exact bytes.
    pub bytes: Arc<[u8]>,
    /// The further inputs of an aggregation.
    pub further: Arc<[FurtherText]>,
}

impl Payload {
    /// A payload alone.
    pub fn alone(bytes: impl Into<Arc<[u8]>>) -> Self {
        Payload { bytes: bytes.into(), further: Arc::from([]) }
    }
}

/// Told of every payload that was answered; from any thread.
pub type Progress<'p> = &'p (dyn Fn() + Sync);
