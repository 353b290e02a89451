//! A note as the gateway reads it (H01b, H17b).
//!
//! The producer sends date-times; this class has dates, so the time of day is cut.

use serde::{Deserialize, Serialize};

use crate::datetime::LocalDate;
use crate::java::types::Text;
use crate::model::Dto;

/// `integration.TraineeNotesInfoDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.TraineeNotesInfoDto",
    source = "tis-revalidation-integration, router/dto/TraineeNotesInfoDto.java at 3ee62e905a76",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct TraineeNotesInfoDto {
    /// Mongo id.
    pub id: Text,
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// The note.
    pub text: Text,
    /// When it was written; a date-time at the producer.
    pub created_date: LocalDate,
    /// When it was changed; a date-time at the producer.
    pub updated_date: LocalDate,
}
