//! The document that recommendation stores for a doctor (collection `doctorsForDB`), and sends in M04.

use serde::{Deserialize, Serialize};

use crate::datetime::{LocalDate, LocalDateTime};
use crate::java::enumeration::Enumeration;
use crate::java::types::{Flag, Text};
use crate::model::Dto;
use crate::tis::enums::{RecommendationStatus, UnderNotice};

/// `recommendation.DoctorsForDB`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "recommendation.DoctorsForDB",
    source = "tis-revalidation-recommendation, entity/DoctorsForDB.java at 6dc4e9e5b65f"
)]
#[serde(default, rename_all = "camelCase")]
pub struct DoctorsForDB {
    /// GMC number, seven digits as text.
    pub gmc_reference_number: Text,
    /// First name.
    pub doctor_first_name: Text,
    /// Last name.
    pub doctor_last_name: Text,
    /// When the recommendation is due at the GMC.
    pub submission_date: LocalDate,
    /// When the doctor was added.
    pub date_added: LocalDate,
    /// Whether the doctor is under notice.
    pub under_notice: Enumeration<UnderNotice>,
    /// Sanction of the GMC.
    pub sanction: Text,
    /// Status of the recommendation in TIS.
    pub doctor_status: Enumeration<RecommendationStatus>,
    /// When the record changed last.
    pub last_updated_date: LocalDate,
    /// When the GMC's data of the doctor changed last.
    pub gmc_last_updated_date_time: LocalDateTime,
    /// Code of the designated body; null when disconnected.
    pub designated_body_code: Text,
    /// User name of the administrator.
    pub admin: Text,
    /// Whether the doctor has a connection; true where the document does not say so.
    #[dto(default = "true")]
    #[serde(default = "yes")]
    pub exists_in_gmc: Flag,
}

/// The field's initialiser.
fn yes() -> Flag {
    Flag(Some(true))
}
