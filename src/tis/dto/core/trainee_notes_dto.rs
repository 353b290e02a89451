//! The notes of a doctor as core writes them (H01b, H17b): newest first, an empty list where there are none.

use proptest_derive::Arbitrary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TraineeNote;
use crate::java::class::{Class, Dto};
use crate::java::types::{List, Text};

/// `core.TraineeNotesDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Arbitrary)]
#[serde(rename = "core.TraineeNotesDto", default, rename_all = "camelCase")]
pub struct TraineeNotesDto {
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// The notes.
    pub notes: List<TraineeNote>,
}

impl Dto for TraineeNotesDto {
    const CLASS: Class = Class {
        name: "core.TraineeNotesDto",
        source: "tis-revalidation-core, dto/TraineeNotesDto.java at 82ffccdbb2c8",
        unknown: None,
        aliases: &[],
        nested: &[&TraineeNote::CLASS],
    };
}
