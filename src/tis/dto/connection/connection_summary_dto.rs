//! The connection lists as connection writes them (H08a, H09a).

use serde::{Deserialize, Serialize};

use super::ConnectionInfoDto;
use crate::java::types::{List, Long};
use crate::model::Dto;

/// `connection.ConnectionSummaryDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "connection.ConnectionSummaryDto",
    source = "tis-revalidation-connection, dto/ConnectionSummaryDto.java at 5e37423f7019"
)]
#[serde(default, rename_all = "camelCase")]
pub struct ConnectionSummaryDto {
    /// Connections in all; the producer never sets it, so it is 0.
    pub count_total: Long,
    /// Pages.
    pub total_pages: Long,
    /// Results that match the query.
    pub total_results: Long,
    /// The rows.
    pub connections: List<ConnectionInfoDto>,
}
