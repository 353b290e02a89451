//! A doctor as recommendation reads it (M14): the dates are text that its mapper takes by `dd/MM/yyyy`.

use serde::{Deserialize, Serialize};

use crate::datetime::LocalDateTime;
use crate::java::types::Text;
use crate::model::Dto;
use crate::tis::enums;

/// `recommendation.DoctorsForDbDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "recommendation.DoctorsForDbDto",
    source = "tis-revalidation-recommendation, dto/DoctorsForDbDto.java at 6dc4e9e5b65f",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct DoctorsForDbDto {
    /// GMC number, seven digits as text.
    pub gmc_reference_number: Text,
    /// First name.
    pub doctor_first_name: Text,
    /// Last name.
    pub doctor_last_name: Text,
    /// `dd/MM/yyyy`.
    pub submission_date: Text,
    /// `dd/MM/yyyy`; null becomes today.
    pub date_added: Text,
    /// Label, read ignoring case: `Yes`, `No`, `On Hold`; null for any other.
    #[dto(domain = enums::UNDER_NOTICE_LABELS_READ)]
    pub under_notice: Text,
    /// Sanction of the GMC.
    pub sanction: Text,
    /// Code of the designated body; null when disconnected.
    pub designated_body_code: Text,
    /// When the GMC's data of the doctor changed last.
    pub gmc_last_updated_date_time: LocalDateTime,
}
