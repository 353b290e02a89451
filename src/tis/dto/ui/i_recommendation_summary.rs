//! A recommendation as the UI declares it (H02c).

use serde::{Deserialize, Serialize};

use crate::java::boxed::Word;
use crate::java::types::{List, Text};
use crate::model::Dto;
use crate::tis::enums;

/// `ui.IRecommendationSummary`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "ui.IRecommendationSummary",
    source = "tis-revalidation-v2, recommendation-history.interface.ts at 42e7dd43fed8",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct IRecommendationSummary {
    /// When it was submitted; null for drafts.
    pub actual_submission_date: Text,
    /// User name of the administrator.
    pub admin: Text,
    /// Comments; null is possible.
    pub comments: List<Word>,
    /// Only in old recommendations.
    pub deferral_comment: Text,
    /// Until when it is deferred.
    pub deferral_date: Text,
    /// Code of the reason; its text in old recommendations.
    pub deferral_reason: Text,
    /// Code of the reason below it.
    pub deferral_sub_reason: Text,
    /// GMC number of the doctor.
    pub gmc_number: Text,
    /// Label of the outcome; null for drafts.
    #[dto(domain = enums::GMC_OUTCOME_LABELS)]
    pub gmc_outcome: Text,
    /// Never set.
    pub gmc_revalidation_id: Text,
    /// When the recommendation is due at the GMC.
    pub gmc_submission_date: Text,
    /// Id of the recommendation.
    pub recommendation_id: Text,
    /// Name of the enum `RecommendationStatus`.
    #[dto(domain = enums::RECOMMENDATION_STATUS_NAMES)]
    pub recommendation_status: Text,
    /// Name of the enum `RecommendationType`.
    #[dto(domain = enums::RECOMMENDATION_TYPE_NAMES)]
    pub recommendation_type: Text,
}
