//! The doctors that an event of the GMC client stores (M14), as documents of `doctorsForDB`; not on a wire.

use serde::{Deserialize, Serialize};

use super::DoctorsForDB;
use crate::java::types::List;
use crate::model::Dto;

/// `recommendation.CollectedDoctors`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "recommendation.CollectedDoctors",
    source = "tis-revalidation-recommendation, service/DoctorsForDBService.java, handleDoctorsForDbCollectedEvent at 6dc4e9e5b65f"
)]
#[serde(default, rename_all = "camelCase")]
pub struct CollectedDoctors {
    /// The documents.
    pub doctors: List<DoctorsForDB>,
}
