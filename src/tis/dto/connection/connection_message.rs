//! A connection that was added or removed by hand, as connection sends it (M11): dates as arrays.

use serde::{Deserialize, Serialize};

use crate::datetime::{LocalDate, LocalDateTime};
use crate::java::types::Text;
use crate::model::Dto;

/// `connection.ConnectionMessage`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "connection.ConnectionMessage",
    source = "tis-revalidation-connection, message/ConnectionMessage.java at 5e37423f7019"
)]
#[serde(default, rename_all = "camelCase")]
pub struct ConnectionMessage {
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// Code of the designated body; null on removal.
    pub designated_body_code: Text,
    /// When the recommendation is due; null on removal.
    pub submission_date: LocalDate,
    /// The server's time, with up to nine digits of fraction.
    pub gmc_last_updated_date_time: LocalDateTime,
}
