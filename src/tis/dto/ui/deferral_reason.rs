//! A reason to defer as the UI declares it (H02c).

use serde::{Deserialize, Serialize};

use crate::java::types::{List, Text};
use crate::model::Dto;
use crate::tis::enums;

/// `ui.DeferralReason`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "ui.DeferralReason",
    source = "tis-revalidation-v2, recommendation-history.interface.ts at 42e7dd43fed8",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct DeferralReason {
    /// A number in TypeScript, text on the wire.
    #[dto(domain = enums::DEFERRAL_CODES)]
    pub code: Text,
    /// What the reason is.
    pub reason: Text,
    /// The reasons below it; null in those.
    pub sub_reasons: List<DeferralReason>,
}
