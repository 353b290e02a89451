//! A batch of connection logs for the index as connection sends it (M06): `IndexSyncMessage` of a list of `ConnectionLogDto`.

use serde::{Deserialize, Serialize};

use super::ConnectionLogDto;
use crate::java::types::{Flag, List};
use crate::model::Dto;

/// `connection.IndexSyncMessage_ConnectionLogDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "connection.IndexSyncMessage_ConnectionLogDto",
    source = "tis-revalidation-connection, message/payloads/IndexSyncMessage.java at 5e37423f7019"
)]
#[serde(default, rename_all = "camelCase")]
pub struct IndexSyncMessageConnectionLogDto {
    /// The logs; empty in the closing message.
    pub payload: List<ConnectionLogDto>,
    /// True in the closing message, false in all others.
    pub sync_end: Flag,
}
