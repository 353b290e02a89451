//! What the gateway reads of a doctor's record of TCS (H02b, H20c).

use serde::{Deserialize, Serialize};

use crate::datetime::LocalDate;
use crate::java::types::Text;
use crate::model::Dto;
use crate::tis::enums;

/// `integration.TraineeCoreDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.TraineeCoreDto",
    source = "tis-revalidation-integration, router/dto/TraineeCoreDto.java at 3ee62e905a76",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct TraineeCoreDto {
    /// When the curriculum ends.
    pub curriculum_end_date: LocalDate,
    /// Name of the enum `ProgrammeMembershipType`, such as `SUBSTANTIVE`.
    #[dto(domain = enums::MEMBERSHIP_TYPE_NAMES)]
    pub programme_membership_type: Text,
    /// Read, not copied to the recommendation.
    pub programme_name: Text,
    /// Name of the grade.
    pub current_grade: Text,
    /// Expected, never sent by TCS.
    pub gmc_outcome: Text,
}
