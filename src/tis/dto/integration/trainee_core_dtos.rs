//! What the gateway reads of TCS's answer for several doctors (H02b): records by GMC number.
//!
//! The gateway reads the body into a `Map` and converts the entry of the one doctor that it asked for.

use serde::{Deserialize, Serialize};

use super::TraineeCoreDto;
use crate::java::map::Map;
use crate::model::Dto;

/// `integration.TraineeCoreDtos`: a `Map<String, TraineeCoreDto>`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.TraineeCoreDtos",
    source = "tis-revalidation-integration, router/aggregation/DoctorRecommendationAggregationStrategy.java at 3ee62e905a76"
)]
#[serde(transparent)]
pub struct TraineeCoreDtos(pub Map<TraineeCoreDto>);
