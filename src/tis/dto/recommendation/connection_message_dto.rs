//! A connection that was added or removed by hand, as recommendation reads it (M11): arrays and text.

use serde::{Deserialize, Serialize};

use crate::datetime::{LocalDate, LocalDateTime};
use crate::java::types::Text;
use crate::model::Dto;

/// `recommendation.ConnectionMessageDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "recommendation.ConnectionMessageDto",
    source = "tis-revalidation-recommendation, dto/ConnectionMessageDto.java at 6dc4e9e5b65f"
)]
#[serde(default, rename_all = "camelCase")]
pub struct ConnectionMessageDto {
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// Code of the designated body; null when disconnected.
    pub designated_body_code: Text,
    /// When the recommendation is due at the GMC.
    pub submission_date: LocalDate,
    /// When the GMC's data of the doctor changed last.
    pub gmc_last_updated_date_time: LocalDateTime,
}
