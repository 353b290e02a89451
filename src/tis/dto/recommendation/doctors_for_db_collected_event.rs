//! The doctors of a designated body as recommendation reads them (M14): a Java record.

use serde::{Deserialize, Serialize};

use super::DoctorsForDbDto;
use crate::datetime::LocalDateTime;
use crate::java::types::{List, Text};
use crate::model::Dto;

/// `recommendation.DoctorsForDbCollectedEvent`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "recommendation.DoctorsForDbCollectedEvent",
    source = "tis-revalidation-recommendation, event/DoctorsForDbCollectedEvent.java at 6dc4e9e5b65f"
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
