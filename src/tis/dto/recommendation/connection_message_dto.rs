//! A connection that was added or removed by hand, as recommendation reads it (M11): arrays and text.

use proptest_derive::Arbitrary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::datetime::{LocalDate, LocalDateTime};
use crate::java::class::{Class, Dto};
use crate::java::types::Text;

/// `recommendation.ConnectionMessageDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Arbitrary)]
#[serde(rename = "recommendation.ConnectionMessageDto", default, rename_all = "camelCase")]
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

impl Dto for ConnectionMessageDto {
    const CLASS: Class = Class {
        name: "recommendation.ConnectionMessageDto",
        source: "tis-revalidation-recommendation, dto/ConnectionMessageDto.java at 6dc4e9e5b65f",
        unknown: None,
        aliases: &[],
        nested: &[],
    };
}
