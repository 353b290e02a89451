//! What TCS answers to a question for several doctors (H02b): their records by GMC number.

use std::borrow::Cow;

use proptest_derive::Arbitrary;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::RevalidationRecordDto;
use crate::java::class::{Class, Dto};
use crate::java::map::Map;

/// `tcs.RevalidationRecordDtos`: a `Map<String, RevalidationRecordDto>`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Arbitrary)]
#[serde(transparent)]
pub struct RevalidationRecordDtos(pub Map<RevalidationRecordDto>);

impl JsonSchema for RevalidationRecordDtos {
    fn schema_name() -> Cow<'static, str> {
        Self::CLASS.name.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Map::<RevalidationRecordDto>::json_schema(generator)
    }
}

impl Dto for RevalidationRecordDtos {
    const CLASS: Class = Class {
        name: "tcs.RevalidationRecordDtos",
        source: "TIS-TCS, tcs-service, `/api/revalidation/trainees/{gmcIds}` at 6e0dbb38c321",
        unknown: None,
        aliases: &[],
        nested: &[&RevalidationRecordDto::CLASS],
    };
}
