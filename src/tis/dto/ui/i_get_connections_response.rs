//! The connection lists as the UI declares them (H08b, H09b).

use proptest_derive::Arbitrary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::IConnection;
use crate::java::class::{Class, Dto};
use crate::java::config::Unknown;
use crate::java::types::{List, Long};

/// `ui.IGetConnectionsResponse`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Arbitrary)]
#[serde(rename = "ui.IGetConnectionsResponse", default, rename_all = "camelCase")]
pub struct IGetConnectionsResponse {
    /// Results that match the query.
    pub total_results: Long,
    /// Pages.
    pub total_pages: Long,
    /// The rows.
    pub connections: List<IConnection>,
}

impl Dto for IGetConnectionsResponse {
    const CLASS: Class = Class {
        name: "ui.IGetConnectionsResponse",
        source: "tis-revalidation-v2, connections.interfaces.ts at 42e7dd43fed8",
        unknown: Some(Unknown::Ignore),
        aliases: &[],
        nested: &[&IConnection::CLASS],
    };
}
