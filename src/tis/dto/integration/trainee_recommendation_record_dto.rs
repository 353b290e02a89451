//! A recommendation as the gateway reads and writes it (H02).

use serde::{Deserialize, Serialize};

use crate::datetime::LocalDate;
use crate::java::boxed::Word;
use crate::java::types::{List, Text};
use crate::model::Dto;
use crate::tis::enums;

/// `integration.TraineeRecommendationRecordDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.TraineeRecommendationRecordDto",
    source = "tis-revalidation-integration, router/dto/TraineeRecommendationRecordDto.java at 3ee62e905a76",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct TraineeRecommendationRecordDto {
    /// GMC number of the doctor.
    pub gmc_number: Text,
    /// Id of the recommendation.
    pub recommendation_id: Text,
    /// Label of the outcome; null for drafts.
    #[dto(domain = enums::GMC_OUTCOME_LABELS)]
    pub gmc_outcome: Text,
    /// Name of the enum `RecommendationType`.
    #[dto(domain = enums::RECOMMENDATION_TYPE_NAMES)]
    pub recommendation_type: Text,
    /// When the recommendation is due at the GMC.
    pub gmc_submission_date: LocalDate,
    /// When it was submitted; null for drafts.
    pub actual_submission_date: LocalDate,
    /// Never set.
    pub gmc_revalidation_id: Text,
    /// Name of the enum `RecommendationStatus`.
    #[dto(domain = enums::RECOMMENDATION_STATUS_NAMES)]
    pub recommendation_status: Text,
    /// Until when it is deferred.
    pub deferral_date: LocalDate,
    /// Code of the reason; its text in old recommendations.
    pub deferral_reason: Text,
    /// Code of the reason below it.
    pub deferral_sub_reason: Text,
    /// Only in old recommendations.
    pub deferral_comment: Text,
    /// Comments; null is possible.
    pub comments: List<Word>,
    /// User name of the administrator.
    pub admin: Text,
}
