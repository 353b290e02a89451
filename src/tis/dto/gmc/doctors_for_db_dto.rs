//! A doctor as the GMC client sends it (M14).
//!
//! The dates are text by `dd/MM/yyyy`: that is the format by which recommendation's mapper takes them.

use serde::{Deserialize, Serialize};

use crate::datetime::{DayMonthYear, LocalDateTime, PatternDate};
use crate::java::types::Text;
use crate::model::Dto;
use crate::tis::enums;

/// `gmc.DoctorsForDbDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "gmc.DoctorsForDbDto",
    source = "the GMC client is not public; as tis-revalidation-recommendation reads it, dto/DoctorsForDbDto.java and mapper/DoctorsForDbMapper.java at 6dc4e9e5b65f"
)]
#[serde(default, rename_all = "camelCase")]
pub struct DoctorsForDbDto {
    /// GMC number, seven digits as text.
    pub gmc_reference_number: Text,
    /// First name.
    pub doctor_first_name: Text,
    /// Last name.
    pub doctor_last_name: Text,
    /// When the recommendation is due at the GMC.
    pub submission_date: PatternDate<DayMonthYear>,
    /// When the doctor was added.
    pub date_added: PatternDate<DayMonthYear>,
    /// Label: `Yes`, `No`, `On Hold`.
    #[dto(domain = enums::UNDER_NOTICE_LABELS)]
    pub under_notice: Text,
    /// Sanction of the GMC.
    pub sanction: Text,
    /// Code of the designated body; null when disconnected.
    pub designated_body_code: Text,
    /// When the GMC's data of the doctor changed last.
    pub gmc_last_updated_date_time: LocalDateTime,
}
