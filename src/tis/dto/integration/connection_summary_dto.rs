//! The connection lists as the gateway reads and writes them (H08, H09).
//!
//! A strict class: a key more from connection fails the whole list.

use serde::{Deserialize, Serialize};

use super::ConnectionInfoDto;
use crate::java::types::{List, Long};
use crate::model::Dto;

/// `integration.ConnectionSummaryDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.ConnectionSummaryDto",
    source = "tis-revalidation-integration, router/dto/ConnectionSummaryDto.java at 3ee62e905a76"
)]
#[serde(default, rename_all = "camelCase")]
pub struct ConnectionSummaryDto {
    /// Connections in all; the producer never sets it, so it is 0.
    pub count_total: Long,
    /// Expected, never sent: 0.
    pub count_under_notice: Long,
    /// Pages.
    pub total_pages: Long,
    /// Results that match the query.
    pub total_results: Long,
    /// The rows.
    pub connections: List<ConnectionInfoDto>,
}
