//! The bulk update of the index that a batch of connection logs makes (M06 into E01); not on a wire.

use serde::{Deserialize, Serialize};

use super::MasterDoctorUpdate;
use crate::java::types::List;
use crate::model::Dto;

/// `integration.MasterDoctorUpdates`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.MasterDoctorUpdates",
    source = "tis-revalidation-integration, sync/service/DoctorUpsertElasticSearchService.java, populateMasterIndexByConnectionLogs at 3ee62e905a76"
)]
#[serde(default, rename_all = "camelCase")]
pub struct MasterDoctorUpdates {
    /// An update per log.
    pub updates: List<MasterDoctorUpdate>,
}
