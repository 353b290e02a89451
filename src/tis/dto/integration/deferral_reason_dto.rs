//! A reason to defer as the gateway reads and writes it (H02).

use serde::{Deserialize, Serialize};

use crate::java::enumeration::Enumeration;
use crate::java::types::{List, Text};
use crate::model::Dto;
use crate::tis::enums::{self, DeferralStatus};

/// `integration.DeferralReasonDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.DeferralReasonDto",
    source = "tis-revalidation-integration, router/dto/DeferralReasonDto.java at 3ee62e905a76",
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
