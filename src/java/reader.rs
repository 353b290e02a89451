//! A reading in progress: the document, the configuration, and what the values report.

use super::config::{MapperConfig, Unknown};
pub use super::token::{Refusal, Token};
use crate::document::{Document, NodeId};

/// Why a payload cannot be read into a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Whether Jackson refuses it too, and the message.
    pub refusal: Refusal,
    /// The value, or the key of the member, that was refused.
    pub node: NodeId,
}

/// What a lenient reading understood.
#[derive(Debug)]
pub struct Understood<T> {
    /// The value; what was refused is null, 0 or empty in it, or what the producer most likely meant.
    pub value: T,
    /// The values that were read as dates.
    pub dates: Vec<NodeId>,
    /// The values that were refused.
    pub refused: Vec<(NodeId, Refusal)>,
}

/// What the fields of a definition are read from.
#[derive(Debug)]
pub struct Reader<'d, 't> {
    document: &'d Document<'t>,
    config: &'d MapperConfig,
    lenient: bool,
    /// Whether nobody looks at the values.
    only_asks: bool,
    /// The values that were read as dates.
    pub(crate) dates: Vec<NodeId>,
    /// The values that were refused and passed over.
    pub(crate) refused: Vec<(NodeId, Refusal)>,
}

impl<'d, 't> Reader<'d, 't> {
    /// A reading that ends at the first value that is refused.
    pub fn new(config: &'d MapperConfig, document: &'d Document<'t>) -> Self {
        Reader { document, config, lenient: false, only_asks: false, dates: Vec::new(), refused: Vec::new() }
    }

    /// A reading of which nobody looks at the value, only at whether there is one.
    pub fn asking(config: &'d MapperConfig, document: &'d Document<'t>) -> Self {
        Reader { only_asks: true, ..Reader::new(config, document) }
    }

    /// Whether nobody looks at the values.
    pub(crate) fn only_asks(&self) -> bool {
        self.only_asks
    }

    /// A reading that passes over what is refused, and over keys that the class does not have.
    pub fn lenient(config: &'d MapperConfig, document: &'d Document<'t>) -> Self {
        Reader { lenient: true, ..Reader::new(config, document) }
    }

    /// The document.
    pub fn document(&self) -> &'d Document<'t> {
        self.document
    }

    /// The mapper that reads.
    pub fn config(&self) -> &'d MapperConfig {
        self.config
    }

    /// What becomes of a key that a class does not have, which can have a say in it.
    pub(crate) fn unknown(&self, of_class: Option<Unknown>) -> Unknown {
        if self.lenient { Unknown::Ignore } else { of_class.unwrap_or(self.config.unknown) }
    }

    /// Notes a value that is read as a date.
    pub fn note_date(&mut self, node: NodeId) {
        self.dates.push(node);
    }

    /// Refuses a value.
    ///
    /// # Errors
    ///
    /// The refusal, unless the reading is lenient.
    pub fn refuse(&mut self, node: NodeId, refusal: Refusal) -> Result<(), ReadError> {
        if !self.lenient {
            return Err(ReadError { refusal, node });
        }
        self.refused.push((node, refusal));
        Ok(())
    }

    /// Refuses a value where something else was expected: `a list`, `an object`.
    ///
    /// # Errors
    ///
    /// As [`refuse`](Self::refuse).
    pub fn expected(&mut self, what: &str, node: NodeId) -> Result<(), ReadError> {
        let found = Token::of(self.document, node);
        self.refuse(node, Refusal::expected(what, &found))
    }

    /// A reading of another document under the same configuration.
    pub(crate) fn beside<'e>(&self, document: &'e Document<'e>) -> Reader<'e, 'e>
    where
        'd: 'e,
    {
        Reader {
            document,
            config: self.config,
            lenient: self.lenient,
            only_asks: self.only_asks,
            dates: Vec::new(),
            refused: Vec::new(),
        }
    }
}
