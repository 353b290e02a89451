//! Mappings over typed values.

use super::declaration::Probing;
use super::inputs::{MapError, Mapper, Outcome, Values};
use super::leg::{ByteReaders, InputSpec, Mapping};
use super::wire::Wire;
use crate::document::Place;
use crate::finding::Stage;
use crate::java::config::MapperConfig;
use crate::java::leaf::Refusal;
use crate::java::types::List;
use crate::java::write::emit;
use crate::model::Dto;
use crate::pointer::Pointer;

/// A typed mapping: reads the payload with a definition and a mapper, maps the value, writes another.
///
/// Reader, target and configurations are said once, here: [`Mapping::typed`] declares and runs the same.
pub trait TypedMapping {
    /// What reads the payload.
    type Reader: Dto;
    /// What is written.
    type Target: Dto;
    /// The mapper that reads.
    const READER: &'static MapperConfig;
    /// The mapper that writes.
    const WRITER: &'static MapperConfig;

    /// From the one to the other; `values` has the further inputs.
    ///
    /// # Errors
    ///
    /// The mapping refuses the value, or a further input cannot be read.
    fn map(value: Self::Reader, values: &Values<'_>) -> Result<Self::Target, MapError>;
}

impl Mapping {
    /// A typed mapping for a producer, without further inputs, renames, declarations and consumer. The texts are empty:
    /// the rest is set beside it, `Mapping { id: "…", ..Mapping::typed::<M>(producer) }`.
    pub const fn typed<M: TypedMapping>(producer: Wire) -> Self {
        Mapping {
            id: "",
            summary: "",
            source: "",
            producer,
            reader: Wire::of::<M::Reader>(M::READER),
            reader_name: "",
            byte_readers: ByteReaders::None(""),
            identifiers: &[],
            inputs: NO_INPUTS,
            target: Wire::of::<M::Target>(M::WRITER),
            renames: &[],
            declarations: &[],
            probing: Probing::PLAIN,
            consumer: None,
            map: Mapper::Values(|values| typed(M::READER, M::WRITER, values, M::map)),
        }
    }
}

const NO_INPUTS: &[InputSpec] = &[];

/// Reads the payload, maps it, writes the answer.
pub fn typed<R: Dto, W: Dto>(
    reader: &MapperConfig,
    writer: &MapperConfig,
    values: &Values<'_>,
    map: impl FnOnce(R, &Values<'_>) -> Result<W, MapError>,
) -> Outcome {
    let refused = |stage, refusal, place| Outcome::Refused { stage, refusal, place, input: None };
    let value = match values.payload::<R>(reader) {
        Ok(value) => value,
        Err((refusal, place)) => return refused(Stage::Read, refusal, place),
    };
    let whole = Place { pointer: Pointer::ROOT, span: 0..0 };
    match map(value, values) {
        Ok(answer) => match emit(writer, &answer) {
            Ok(text) => Outcome::emitted(text),
            Err(error) => refused(Stage::Map, Refusal::Jackson(error.to_string()), whole),
        },
        Err(MapError::Refused(message)) => refused(Stage::Map, Refusal::Jackson(message), whole),
        Err(MapError::Input { label, refusal, place }) => {
            Outcome::Refused { stage: Stage::Read, refusal, place, input: Some(label) }
        }
    }
}

/// Walks the rows of a list. A list that is null has none and stays null; a null row is refused, `expected` saying what
/// should be there and what happens: `a line in every row, found null: the warehouse uses it without a guard`.
///
/// # Errors
///
/// A null row, or what `row` refuses.
pub fn rows<T, U>(
    list: List<T>,
    expected: &str,
    mut row: impl FnMut(T) -> Result<U, MapError>,
) -> Result<List<U>, MapError> {
    let Some(items) = list.0 else { return Ok(List(None)) };
    let item = |item: Option<T>| item.ok_or_else(|| MapError::expected(expected)).and_then(&mut row).map(Some);
    items.into_iter().map(item).collect::<Result<_, _>>().map(|items| List(Some(items)))
}
