//! A row of the doctors list as the gateway reads and writes it (H01a, H01c).

use serde::{Deserialize, Serialize};

use crate::datetime::LocalDate;
use crate::java::types::{Flag, Text};
use crate::model::Dto;
use crate::tis::enums;

/// `integration.TraineeInfoDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.TraineeInfoDto",
    source = "tis-revalidation-integration, router/dto/TraineeInfoDto.java at 3ee62e905a76",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct TraineeInfoDto {
    /// GMC number, seven digits as text.
    pub gmc_reference_number: Text,
    /// First name.
    pub doctor_first_name: Text,
    /// Last name.
    pub doctor_last_name: Text,
    /// When the recommendation is due at the GMC.
    pub submission_date: LocalDate,
    /// When the doctor was added; always null on H01.
    pub date_added: LocalDate,
    /// Name of the enum `UnderNotice`: `YES`, `NO`, `ON_HOLD`.
    #[dto(domain = enums::UNDER_NOTICE_NAMES)]
    pub under_notice: Text,
    /// Always null on H01.
    pub sanction: Text,
    /// Name of the enum `RecommendationStatus`, such as `SUBMITTED_TO_GMC`.
    #[dto(domain = enums::RECOMMENDATION_STATUS_NAMES)]
    pub doctor_status: Text,
    /// Label of the outcome: `Approved`, `Rejected`, `Under Review`.
    #[dto(domain = enums::GMC_OUTCOME_LABELS)]
    pub gmc_outcome: Text,
    /// E-mail address of the administrator.
    pub admin: Text,
    /// When the record changed last.
    pub last_updated_date: LocalDate,
    /// Code of the designated body; null when disconnected.
    pub designated_body: Text,
    /// Always null on H01; `Yes` or `No` on H17.
    #[dto(domain = enums::YES_OR_NO)]
    pub connection_status: Text,
    /// Name of the training programme.
    pub programme_name: Text,
    /// Name of the enum `ProgrammeMembershipType`, such as `SUBSTANTIVE`.
    #[dto(domain = enums::MEMBERSHIP_TYPE_NAMES)]
    pub programme_membership_type: Text,
    /// When the curriculum ends.
    pub curriculum_end_date: LocalDate,
    /// Whether core has notes for the doctor; set by the gateway (H01b).
    pub notes: Flag,
}
