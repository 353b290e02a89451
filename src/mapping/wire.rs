//! What a service sends or takes: a definition without its type, under one mapper configuration.

use super::generate::{self, Shrinking};
use crate::document::{Document, Json, NodeId};
use crate::java::config::{Dates, Include, KeyOrder, MapperConfig, Naming};
use crate::java::leaf::Refusal;
use crate::java::read::{ReadError, is_read, read, understand};
use crate::java::write::{WriteError, emit};
use crate::model::schema::schema;
use crate::model::{Class, Dto};

/// A payload read and written again: that it cannot be read; within, that it cannot be written.
pub type RoundTrip = Result<Result<String, WriteError>, ReadError>;

/// A definition without its type: what the gate does with a DTO.
#[derive(Clone, Copy)]
pub struct DtoSpec {
    /// The facts of the class.
    pub class: &'static Class,
    read: fn(&MapperConfig, &Document<'_>) -> Result<(), ReadError>,
    round_trip: fn(&MapperConfig, &MapperConfig, &Document<'_>) -> RoundTrip,
    promise: fn(&MapperConfig, &Document<'_>) -> Promise,
    shrinking: fn(&MapperConfig, u64, usize) -> Vec<Box<dyn Shrinking>>,
}

/// What a wire promises for a payload: the text that it would write for what the payload means.
#[derive(Debug)]
pub struct Promise {
    /// The bytes; an error where the configuration cannot write the value.
    pub text: Result<Json, WriteError>,
    /// The text with dates as text, where the configuration cannot write them: its keys are promised all the same.
    pub keys: Json,
    /// The same value with the names of fields, nulls and dates as text, in any layout; null where even that fails.
    pub canonical: Json,
    /// The nodes of the payload that are dates.
    pub dates: Vec<NodeId>,
    /// The nodes of the payload that the producer's own class does not take.
    pub refused: Vec<(NodeId, Refusal)>,
}

impl DtoSpec {
    /// The spec of a definition.
    pub const fn of<T: Dto>() -> Self {
        DtoSpec {
            class: T::CLASS,
            read: is_read::<T>,
            round_trip: |reader, writer, document| read::<T>(reader, document).map(|value| emit(writer, &value)),
            promise: |config, document| {
                let understood = understand::<T>(config, document);
                let text = emit(config, &understood.value).map(Json::from);
                // White space and escapes do not count, so most texts are the canonical one already.
                let is_canonical = config.dates == Dates::Text
                    && config.include == Include::Always
                    && config.naming == Naming::Field
                    && config.order == KeyOrder::Declared;
                let canonical = match &text {
                    Ok(text) if is_canonical => text.clone(),
                    _ => emit(&MapperConfig::ISO, &understood.value).unwrap_or_else(|_| "null".to_owned()).into(),
                };
                let keys = match &text {
                    Ok(_) => String::new(),
                    Err(_) => {
                        emit(&MapperConfig { dates: Dates::Text, ..*config }, &understood.value).unwrap_or_default()
                    }
                };
                let keys = keys.into();
                Promise { text, keys, canonical, dates: understood.dates, refused: understood.refused }
            },
            shrinking: |config, seed, count| generate::shrinking::<T>(config, seed, count),
        }
    }

    /// The qualified name, `<service>.<Type>`.
    pub fn name(&self) -> &'static str {
        &self.class.name
    }

    /// Reads a payload and forgets the value.
    ///
    /// # Errors
    ///
    /// The first value that is refused.
    pub fn read(&self, config: &MapperConfig, document: &Document<'_>) -> Result<(), ReadError> {
        (self.read)(config, document)
    }

    /// Reads a payload under one configuration and writes it under another.
    ///
    /// # Errors
    ///
    /// Outer error: the first value that is refused. Inner error: the writer cannot write it.
    pub fn round_trip(&self, reader: &MapperConfig, writer: &MapperConfig, document: &Document<'_>) -> RoundTrip {
        (self.round_trip)(reader, writer, document)
    }

    /// What the producer would write under a configuration for what a payload means.
    pub fn promise(&self, config: &MapperConfig, document: &Document<'_>) -> Promise {
        (self.promise)(config, document)
    }

    /// The JSON Schema (2020-12) of what is written.
    pub fn schema(&self, dates: Dates) -> schemars::Schema {
        schema(self.class, dates)
    }

    /// Payloads of the definition's own strategy: so many, the same for the same seed.
    ///
    /// Values that the configuration cannot write are left out.
    pub fn generate(&self, config: &MapperConfig, seed: u64, count: usize) -> Vec<String> {
        self.shrinking(config, seed, count).iter().filter_map(|shrinking| shrinking.text()).collect()
    }

    /// The same payloads, to be made smaller: one for each, also where the configuration cannot write it.
    pub fn shrinking(&self, config: &MapperConfig, seed: u64, count: usize) -> Vec<Box<dyn Shrinking>> {
        (self.shrinking)(config, seed, count)
    }
}

/// A definition under one mapper configuration: `shop.OrderPlaced@boot_auto_indent`.
#[derive(Clone, Copy)]
pub struct Wire {
    /// The definition.
    pub dto: DtoSpec,
    /// The configuration.
    pub config: &'static MapperConfig,
}

impl Wire {
    /// The wire of a definition.
    pub const fn of<T: Dto>(config: &'static MapperConfig) -> Self {
        Wire { dto: DtoSpec::of::<T>(), config }
    }

    /// `<service>.<Type>@<configuration>`.
    pub fn name(&self) -> String {
        format!("{}@{}", self.dto.name(), self.config.name)
    }
}
