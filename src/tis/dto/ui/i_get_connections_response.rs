//! The connection lists as the UI declares them (H08b, H09b).

use serde::{Deserialize, Serialize};

use super::IConnection;
use crate::java::types::{List, Long};
use crate::model::Dto;

/// `ui.IGetConnectionsResponse`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "ui.IGetConnectionsResponse",
    source = "tis-revalidation-v2, connections.interfaces.ts at 42e7dd43fed8",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct IGetConnectionsResponse {
    /// Results that match the query.
    pub total_results: Long,
    /// Pages.
    pub total_pages: Long,
    /// The rows.
    pub connections: List<IConnection>,
}
