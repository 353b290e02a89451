//! The doctors of a designated body as the GMC client sends them (M14).

use serde::{Deserialize, Serialize};

use super::DoctorsForDbDto;
use crate::datetime::LocalDateTime;
use crate::java::types::{List, Text};
use crate::model::Dto;

/// `gmc.DoctorsForDbCollectedEvent`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "gmc.DoctorsForDbCollectedEvent",
    source = "the GMC client is not public; as tis-revalidation-recommendation reads it, event/DoctorsForDbCollectedEvent.java at 6dc4e9e5b65f"
)]
#[serde(default, rename_all = "camelCase")]
pub struct DoctorsForDbCollectedEvent {
    /// Code of the designated body.
    pub designated_body_code: Text,
    /// When the GMC was asked.
    pub request_date_time: LocalDateTime,
    /// The doctors of the designated body.
    pub doctors: List<DoctorsForDbDto>,
}
