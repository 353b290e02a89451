//! A row of the doctors list as the UI declares it (H01c).
//!
//! `notes` and `connectionStatus` are on the wire but not in the interface; `checked` is the UI's own and never sent.
//! A type that is not optional in TypeScript is not a check at run time: most of these are null in healthy pages.

use serde::{Deserialize, Serialize};

use crate::java::types::Text;
use crate::model::Dto;
use crate::tis::enums;

/// `ui.IRecommendation`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "ui.IRecommendation",
    source = "tis-revalidation-v2, recommendations.interfaces.ts at 42e7dd43fed8",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct IRecommendation {
    /// Label of the administrator.
    pub admin: Text,
    /// `yyyy-MM-dd`; the column shows it through a date pipe.
    pub curriculum_end_date: Text,
    /// Always null on the wire.
    pub date_added: Text,
    /// Code of the designated body.
    pub designated_body: Text,
    /// First name.
    pub doctor_first_name: Text,
    /// Last name.
    pub doctor_last_name: Text,
    /// Label of the outcome.
    #[dto(domain = enums::GMC_OUTCOME_LABELS)]
    pub gmc_outcome: Text,
    /// Name of the status; the UI replaces it by its label.
    #[dto(domain = enums::RECOMMENDATION_STATUS_SHOWN)]
    pub doctor_status: Text,
    /// GMC number.
    pub gmc_reference_number: Text,
    /// `yyyy-MM-dd`.
    pub last_updated_date: Text,
    /// Name of the membership type.
    #[dto(domain = enums::MEMBERSHIP_TYPE_NAMES)]
    pub programme_membership_type: Text,
    /// Name of the programme.
    pub programme_name: Text,
    /// Always null on the wire.
    pub sanction: Text,
    /// `yyyy-MM-dd`.
    pub submission_date: Text,
    /// Name of the enum.
    #[dto(domain = enums::UNDER_NOTICE_NAMES_SHOWN)]
    pub under_notice: Text,
}
