//! A batch of connection logs as the gateway reads it (M06): `IndexSyncMessage` of a list of `ConnectionLogDto`, strict.

use serde::{Deserialize, Serialize};

use super::ConnectionLogDto;
use crate::java::types::{Flag, List};
use crate::model::Dto;

/// `integration.IndexSyncMessage_ConnectionLogDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.IndexSyncMessage_ConnectionLogDto",
    source = "tis-revalidation-integration, router/message/payload/IndexSyncMessage.java at 3ee62e905a76"
)]
#[serde(default, rename_all = "camelCase")]
pub struct IndexSyncMessageConnectionLogDto {
    /// The logs; empty in the closing message.
    pub payload: List<ConnectionLogDto>,
    /// True in the closing message, false in all others.
    pub sync_end: Flag,
}
