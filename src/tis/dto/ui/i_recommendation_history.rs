//! The recommendations of a doctor as the UI declares them (H02c).

use serde::{Deserialize, Serialize};

use super::{DeferralReason, IRecommendationSummary};
use crate::java::types::{List, Text};
use crate::model::Dto;
use crate::tis::enums;

/// `ui.IRecommendationHistory`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "ui.IRecommendationHistory",
    source = "tis-revalidation-v2, recommendation-history.interface.ts at 42e7dd43fed8",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct IRecommendationHistory {
    /// A number in TypeScript, text on the wire.
    pub gmc_number: Text,
    /// First name, a space, last name.
    pub full_name: Text,
    /// When the curriculum ends.
    pub curriculum_end_date: Text,
    /// Name of the enum `ProgrammeMembershipType`, such as `SUBSTANTIVE`.
    #[dto(domain = enums::MEMBERSHIP_TYPE_NAMES)]
    pub programme_membership_type: Text,
    /// Name of the grade.
    pub current_grade: Text,
    /// The recommendations, newest first.
    pub revalidations: List<IRecommendationSummary>,
    /// The reasons that may be chosen.
    pub deferral_reasons: List<DeferralReason>,
    /// Label; lower-cased and compared with `yes`.
    #[dto(domain = enums::UNDER_NOTICE_LABELS_SHOWN)]
    pub under_notice: Text,
    /// Code of the designated body that the GMC has; null when disconnected.
    pub designated_body: Text,
    /// When the recommendation is due at the GMC.
    pub gmc_submission_date: Text,
}
