//! A connection log as the gateway reads it (M06): a strict class, and any ISO date-time.

use serde::{Deserialize, Serialize};

use crate::datetime::LocalDateTime;
use crate::java::enumeration::Enumeration;
use crate::java::types::Text;
use crate::model::Dto;
use crate::tis::enums::ConnectionRequestType;

/// `integration.ConnectionLogDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.ConnectionLogDto",
    source = "tis-revalidation-integration, router/dto/ConnectionLogDto.java at 3ee62e905a76"
)]
#[serde(default, rename_all = "camelCase")]
pub struct ConnectionLogDto {
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// Code of the designated body now; null on a disconnection.
    pub new_designated_body_code: Text,
    /// Code of the designated body before.
    pub previous_designated_body_code: Text,
    /// A user name, or the literal `Updated by GMC`.
    pub updated_by: Text,
    /// When it changed.
    pub event_date_time: LocalDateTime,
    /// Expected, never sent.
    pub gmc_client_id: Text,
    /// Expected, never sent.
    pub reason: Text,
    /// Expected, never sent.
    pub request_type: Enumeration<ConnectionRequestType>,
    /// Expected, never sent.
    pub response_code: Text,
}
