//! The doctors page as recommendation writes it (H01a).
//!
//! `traineeInfo` is the key of the incident of December 2023.

use serde::{Deserialize, Serialize};

use super::TraineeInfoDto;
use crate::java::types::{List, Long};
use crate::model::Dto;

/// `recommendation.TraineeSummaryDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "recommendation.TraineeSummaryDto",
    source = "tis-revalidation-recommendation, dto/TraineeSummaryDto.java at 6dc4e9e5b65f; unchanged since 2023-02-15"
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
    /// The rows; null on H17c when it is asked for no ids.
    pub trainee_info: List<TraineeInfoDto>,
}
