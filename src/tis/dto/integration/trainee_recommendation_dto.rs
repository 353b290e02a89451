//! The recommendations of a doctor as the gateway reads and writes them (H02).
//!
//! `designatedBody` is the third key here and the seventh at the producer.

use serde::{Deserialize, Serialize};

use super::{DeferralReasonDto, TraineeRecommendationRecordDto};
use crate::datetime::LocalDate;
use crate::java::types::{List, Text};
use crate::model::Dto;
use crate::tis::enums;

/// `integration.TraineeRecommendationDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.TraineeRecommendationDto",
    source = "tis-revalidation-integration, router/dto/TraineeRecommendationDto.java at 3ee62e905a76",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct TraineeRecommendationDto {
    /// First name, a space, last name.
    pub full_name: Text,
    /// GMC number of the doctor.
    pub gmc_number: Text,
    /// Code of the designated body that the GMC has; null when disconnected.
    pub designated_body: Text,
    /// Name of the enum `ProgrammeMembershipType`, such as `SUBSTANTIVE`.
    #[dto(domain = enums::MEMBERSHIP_TYPE_NAMES)]
    pub programme_membership_type: Text,
    /// Name of the grade.
    pub current_grade: Text,
    /// When the curriculum ends.
    pub curriculum_end_date: LocalDate,
    /// Label: `Yes`, `No`, `On Hold`; null when disconnected.
    #[dto(domain = enums::UNDER_NOTICE_LABELS)]
    pub under_notice: Text,
    /// When the recommendation is due at the GMC.
    pub gmc_submission_date: LocalDate,
    /// The recommendations, newest first.
    pub revalidations: List<TraineeRecommendationRecordDto>,
    /// The reasons that may be chosen.
    pub deferral_reasons: List<DeferralReasonDto>,
}
