//! A change of connection as connection reads it (M12) and sends it on (M06).
//!
//! The pattern takes three digits of fraction or an array, nothing else.

use serde::{Deserialize, Serialize};

use crate::datetime::{EventMillis, PatternDateTime};
use crate::java::types::Text;
use crate::model::Dto;

/// `connection.ConnectionLogDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "connection.ConnectionLogDto",
    source = "tis-revalidation-connection, dto/ConnectionLogDto.java at 5e37423f7019",
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
    /// When the GMC changed it.
    pub event_date_time: PatternDateTime<EventMillis>,
}
