//! A reason to defer as recommendation writes it (H02a).

use serde::{Deserialize, Serialize};

use crate::java::enumeration::Enumeration;
use crate::java::types::{List, Text};
use crate::model::Dto;
use crate::tis::enums::{self, DeferralStatus};

/// `recommendation.DeferralReasonDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "recommendation.DeferralReasonDto",
    source = "tis-revalidation-recommendation, dto/DeferralReasonDto.java at 6dc4e9e5b65f",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct DeferralReasonDto {
    /// Code, a number as text.
    #[dto(domain = enums::DEFERRAL_CODES)]
    pub code: Text,
    /// What the reason is.
    pub reason: Text,
    /// Never set.
    pub abbr: Text,
    /// The reasons below it; null in those.
    pub sub_reasons: List<DeferralReasonDto>,
    /// Never set.
    pub status: Enumeration<DeferralStatus>,
}
