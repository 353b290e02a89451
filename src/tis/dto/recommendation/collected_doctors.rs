//! The doctors that an event of the GMC client stores (M14), as documents of `doctorsForDB`; not on a wire.

use proptest_derive::Arbitrary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::DoctorsForDB;
use crate::java::class::{Class, Dto};
use crate::java::types::List;

/// `recommendation.CollectedDoctors`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Arbitrary)]
#[serde(rename = "recommendation.CollectedDoctors", default, rename_all = "camelCase")]
pub struct CollectedDoctors {
    /// The documents.
    pub doctors: List<DoctorsForDB>,
}

impl Dto for CollectedDoctors {
    const CLASS: Class = Class {
        name: "recommendation.CollectedDoctors",
        source: "tis-revalidation-recommendation, service/DoctorsForDBService.java, handleDoctorsForDbCollectedEvent at 6dc4e9e5b65f",
        unknown: None,
        aliases: &[],
        nested: &[&DoctorsForDB::CLASS],
    };
}
