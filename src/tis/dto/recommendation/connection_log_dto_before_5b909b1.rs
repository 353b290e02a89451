//! A change of connection as recommendation sent it (M12) before 5b909b1.
//!
//! Without the annotation the mapper wrote up to nine digits of fraction, and connection refused all but three.

use serde::{Deserialize, Serialize};

use crate::datetime::LocalDateTime;
use crate::java::types::Text;
use crate::model::Dto;

/// `recommendation.ConnectionLogDto_before_5b909b1`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "recommendation.ConnectionLogDto_before_5b909b1",
    source = "tis-revalidation-recommendation, dto/ConnectionLogDto.java before 5b909b1",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct ConnectionLogDtoBefore5b909b1 {
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// Code of the designated body now; null on a disconnection.
    pub new_designated_body_code: Text,
    /// Code of the designated body before; null for a new doctor.
    pub previous_designated_body_code: Text,
    /// Always `Updated by GMC` on M12.
    pub updated_by: Text,
    /// When the GMC changed it; as many digits of fraction as there are.
    pub event_date_time: LocalDateTime,
}
