//! The doctors page as the gateway reads and writes it (H01a, H01c).
//!
//! Read under `traineeInfo` (`@JsonAlias`) or `recommendationInfo`, written under `recommendationInfo`, and last
//! (`@JsonProperty` on the getter); since b87760a of 2026-03-02, a regular expression did it before.

use serde::{Deserialize, Serialize};

use super::TraineeInfoDto;
use crate::java::types::{List, Long};
use crate::model::Dto;

/// `integration.TraineeSummaryDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.TraineeSummaryDto",
    source = "tis-revalidation-integration, router/dto/TraineeSummaryDto.java at 3ee62e905a76 (b87760a, 2026-03-02)",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct TraineeSummaryDto {
    /// Doctors in all.
    pub count_total: Long,
    /// Doctors under notice.
    pub count_under_notice: Long,
    /// Pages.
    pub total_pages: Long,
    /// Doctors that match the query.
    pub total_results: Long,
    /// The rows; the UI iterates over them without a guard.
    #[dto(name = "recommendationInfo", alias = "traineeInfo")]
    #[serde(rename = "recommendationInfo")]
    pub trainee_info: List<TraineeInfoDto>,
}
