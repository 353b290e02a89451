//! The recommendations of a doctor as recommendation writes them (H02a).

use serde::{Deserialize, Serialize};

use super::{DeferralReasonDto, TraineeRecommendationRecordDto};
use crate::datetime::LocalDate;
use crate::java::types::{List, Text};
use crate::model::Dto;
use crate::tis::enums;

/// `recommendation.TraineeRecommendationDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "recommendation.TraineeRecommendationDto",
    source = "tis-revalidation-recommendation, dto/TraineeRecommendationDto.java at 6dc4e9e5b65f",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct TraineeRecommendationDto {
    /// First name, a space, last name.
    pub full_name: Text,
    /// GMC number of the doctor.
    pub gmc_number: Text,
    /// Never set by recommendation; the gateway has it from TCS.
    #[dto(domain = enums::MEMBERSHIP_TYPE_NAMES)]
    pub programme_membership_type: Text,
    /// Never set by recommendation; the gateway has it from TCS.
    pub current_grade: Text,
    /// Never set by recommendation; the gateway has it from TCS.
    pub curriculum_end_date: LocalDate,
    /// Label: `Yes`, `No`, `On Hold`; null when disconnected.
    #[dto(domain = enums::UNDER_NOTICE_LABELS)]
    pub under_notice: Text,
    /// Code of the designated body that the GMC has; null when disconnected.
    pub designated_body: Text,
    /// When the recommendation is due at the GMC.
    pub gmc_submission_date: LocalDate,
    /// The recommendations, newest first.
    pub revalidations: List<TraineeRecommendationRecordDto>,
    /// The reasons that may be chosen.
    pub deferral_reasons: List<DeferralReasonDto>,
}
