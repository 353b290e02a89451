//! The doctors page as recommendation writes it (H01a).
//!
//! `traineeInfo` is the key of the incident of December 2023.

use proptest_derive::Arbitrary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TraineeInfoDto;
use crate::java::class::{Class, Dto};
use crate::java::types::{List, Long};

/// `recommendation.TraineeSummaryDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Arbitrary)]
#[serde(rename = "recommendation.TraineeSummaryDto", default, rename_all = "camelCase")]
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

impl Dto for TraineeSummaryDto {
    const CLASS: Class = Class {
        name: "recommendation.TraineeSummaryDto",
        source: "tis-revalidation-recommendation, dto/TraineeSummaryDto.java at 6dc4e9e5b65f; unchanged since 2023-02-15",
        unknown: None,
        aliases: &[],
        nested: &[&TraineeInfoDto::CLASS],
    };
}
