//! The document that connection stores for a change of connection (collection `connectionLogs`).
//!
//! It is not on a wire of M12; it is what the mapping makes.

use serde::{Deserialize, Serialize};

use crate::datetime::LocalDateTime;
use crate::java::types::Text;
use crate::model::Dto;

/// `connection.ConnectionLog`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "connection.ConnectionLog",
    source = "tis-revalidation-connection, entity/ConnectionLog.java at 5e37423f7019"
)]
#[serde(default, rename_all = "camelCase")]
pub struct ConnectionLog {
    /// A new UUID.
    pub id: Text,
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// Code of the designated body now.
    pub new_designated_body_code: Text,
    /// Code of the designated body before.
    pub previous_designated_body_code: Text,
    /// Who changed it.
    pub updated_by: Text,
    /// `eventDateTime` of the message.
    pub request_time: LocalDateTime,
}
