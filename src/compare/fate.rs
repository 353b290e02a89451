//! Facts about one value: where it was, where it should be, and what happened on the way.

use super::dates::DateShape;
use crate::document::NodeId;
use crate::mapping::Declared;
use crate::pointer::Pointer;

/// What became of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Where it is in what was sent, or where it would be.
    pub source: Pointer,
    /// Where it is in the answer, or where it should be.
    pub target: Pointer,
    /// What was sent; none where nothing was.
    pub sent: Option<NodeId>,
    /// What arrived; none where nothing did.
    pub got: Option<NodeId>,
    /// What happened.
    pub fate: Fate,
    /// What the mapping declares of exactly this value.
    pub declared: Option<Declared>,
    /// In how many more rows the same happened: of one cause the first hundred are listed, of nulls that are absent the
    /// first.
    pub more: usize,
}

/// What happened to a value on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A renamed value is not under its new key, or null or an empty list there: lower-case fragment, which of these.
    Lost(String),
    /// Nothing is there.
    Missing,
    /// Nothing was sent.
    Appeared,
    /// Another value or another kind of value.
    Changed,
    /// The value is null in one document and absent in the other.
    NullOrAbsent,
    /// An empty list in one document, in the other null or nothing.
    EmptyOrNothing,
    /// The same number in another spelling: `1.0` and `1`.
    NumberSpelling,
    /// The mapping's own answer has the same there.
    AsOwn,
    /// A key that the reader's class does not have is gone.
    UnknownDropped,
    /// The same date in another form or precision, at a node that the reader's class reads as a date.
    DateForm {
        /// How it was written.
        sent: DateShape,
        /// How it is written in the answer.
        got: DateShape,
    },
    /// The same date, but not as the target's class writes it by a pattern: who reads it by the pattern refuses it.
    OutOfForm {
        /// The pattern.
        pattern: &'static str,
        /// How it is written in the answer.
        got: DateShape,
    },
    /// The same scalar in the type that the reader's class declares.
    Coerced,
}
