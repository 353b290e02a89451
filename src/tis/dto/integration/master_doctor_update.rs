//! What a connection log changes in the doctor's document of the index (E01).
//!
//! The gateway makes a `Map` of the two fields and updates the one document that has the GMC number.

use serde::{Deserialize, Serialize};

use crate::datetime::{IndexMillis, PatternDateTime};
use crate::java::types::Text;
use crate::model::Dto;

/// `integration.MasterDoctorUpdate`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.MasterDoctorUpdate",
    source = "tis-revalidation-integration, sync/service/DoctorUpsertElasticSearchService.java, generatedUpdateDocForConnectionLog at 3ee62e905a76"
)]
#[serde(default, rename_all = "camelCase")]
pub struct MasterDoctorUpdate {
    /// Which document: the one with this GMC number; null is that of none.
    pub gmc_reference_number: Text,
    /// A user name, or the literal `Updated by GMC`.
    pub updated_by: Text,
    /// When the connection changed last; text with three digits of fraction.
    pub last_connection_date_time: PatternDateTime<IndexMillis>,
}
