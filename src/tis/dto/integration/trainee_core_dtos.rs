//! What the gateway reads of TCS's answer for several doctors (H02b): records by GMC number.
//!
//! The gateway reads the body into a `Map` and converts the entry of the one doctor that it asked for.

use std::borrow::Cow;

use proptest_derive::Arbitrary;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::TraineeCoreDto;
use crate::java::class::{Class, Dto};
use crate::java::map::Map;

/// `integration.TraineeCoreDtos`: a `Map<String, TraineeCoreDto>`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Arbitrary)]
#[serde(transparent)]
pub struct TraineeCoreDtos(pub Map<TraineeCoreDto>);

impl JsonSchema for TraineeCoreDtos {
    fn schema_name() -> Cow<'static, str> {
        Self::CLASS.name.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Map::<TraineeCoreDto>::json_schema(generator)
    }
}

impl Dto for TraineeCoreDtos {
    const CLASS: Class = Class {
        name: "integration.TraineeCoreDtos",
        source: "tis-revalidation-integration, router/aggregation/DoctorRecommendationAggregationStrategy.java at 3ee62e905a76",
        unknown: None,
        aliases: &[],
        nested: &[&TraineeCoreDto::CLASS],
    };
}
