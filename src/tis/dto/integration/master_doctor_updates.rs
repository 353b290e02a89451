//! The bulk update of the index that a batch of connection logs makes (M06 into E01); not on a wire.

use proptest_derive::Arbitrary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MasterDoctorUpdate;
use crate::java::class::{Class, Dto};
use crate::java::types::List;

/// `integration.MasterDoctorUpdates`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Arbitrary)]
#[serde(rename = "integration.MasterDoctorUpdates", default, rename_all = "camelCase")]
pub struct MasterDoctorUpdates {
    /// An update per log.
    pub updates: List<MasterDoctorUpdate>,
}

impl Dto for MasterDoctorUpdates {
    const CLASS: Class = Class {
        name: "integration.MasterDoctorUpdates",
        source: "tis-revalidation-integration, sync/service/DoctorUpsertElasticSearchService.java, populateMasterIndexByConnectionLogs at 3ee62e905a76",
        unknown: None,
        aliases: &[],
        nested: &[&MasterDoctorUpdate::CLASS],
    };
}
