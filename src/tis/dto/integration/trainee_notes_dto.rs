//! The notes of a doctor as the gateway reads them (H01b, H17b).

use serde::{Deserialize, Serialize};

use super::TraineeNotesInfoDto;
use crate::java::types::{List, Text};
use crate::model::Dto;

/// `integration.TraineeNotesDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.TraineeNotesDto",
    source = "tis-revalidation-integration, router/dto/TraineeNotesDto.java at 3ee62e905a76",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct TraineeNotesDto {
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// The notes; H01 only asks whether there is one.
    pub notes: List<TraineeNotesInfoDto>,
}
