//! A change of connection as recommendation sends it (M12), since 5b909b1.
//!
//! The annotation fixes three digits of fraction, and text also where the mapper writes arrays.

use serde::{Deserialize, Serialize};

use crate::datetime::{EventMillis, PatternDateTime};
use crate::java::types::Text;
use crate::model::Dto;

/// `recommendation.ConnectionLogDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "recommendation.ConnectionLogDto",
    source = "tis-revalidation-recommendation, dto/ConnectionLogDto.java at 6dc4e9e5b65f (5b909b1)",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct ConnectionLogDto {
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// Code of the designated body now; null on a disconnection.
    pub new_designated_body_code: Text,
    /// Code of the designated body before; null for a new doctor.
    pub previous_designated_body_code: Text,
    /// Always `Updated by GMC` on M12.
    pub updated_by: Text,
    /// When the GMC changed it; null when the GMC gives no time.
    pub event_date_time: PatternDateTime<EventMillis>,
}
