//! The doctors page as the UI declares it (H01c).

use serde::{Deserialize, Serialize};

use super::IRecommendation;
use crate::java::types::{List, Long};
use crate::model::Dto;

/// `ui.IGetRecommendationsResponse`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "ui.IGetRecommendationsResponse",
    source = "tis-revalidation-v2, recommendations.interfaces.ts at 42e7dd43fed8",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct IGetRecommendationsResponse {
    /// Results that match.
    pub total_results: Long,
    /// Pages.
    pub total_pages: Long,
    /// Shown as the total of doctors.
    pub count_total: Long,
    /// Shown as the total under notice.
    pub count_under_notice: Long,
    /// Iterated with `forEach` without a guard: null or undefined is a TypeError and the list is lost.
    pub recommendation_info: List<IRecommendation>,
}
