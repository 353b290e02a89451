//! The notes of a doctor as core writes them (H01b, H17b): newest first, an empty list where there are none.

use serde::{Deserialize, Serialize};

use super::TraineeNote;
use crate::java::types::{List, Text};
use crate::model::Dto;

/// `core.TraineeNotesDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(name = "core.TraineeNotesDto", source = "tis-revalidation-core, dto/TraineeNotesDto.java at 82ffccdbb2c8")]
#[serde(default, rename_all = "camelCase")]
pub struct TraineeNotesDto {
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// The notes.
    pub notes: List<TraineeNote>,
}
