//! The notes of a doctor as the gateway reads them (H01b, H17b).

use proptest_derive::Arbitrary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TraineeNotesInfoDto;
use crate::java::class::{Class, Dto};
use crate::java::config::Unknown;
use crate::java::types::{List, Text};

/// `integration.TraineeNotesDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Arbitrary)]
#[serde(rename = "integration.TraineeNotesDto", default, rename_all = "camelCase")]
pub struct TraineeNotesDto {
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// The notes; H01 only asks whether there is one.
    pub notes: List<TraineeNotesInfoDto>,
}

impl Dto for TraineeNotesDto {
    const CLASS: Class = Class {
        name: "integration.TraineeNotesDto",
        source: "tis-revalidation-integration, router/dto/TraineeNotesDto.java at 3ee62e905a76",
        unknown: Some(Unknown::Ignore),
        aliases: &[],
        nested: &[&TraineeNotesInfoDto::CLASS],
    };
}
