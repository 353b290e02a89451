//! A row of the connection lists as the UI declares it (H08b, H09b).
//!
//! `notes`, `lastConnectionDateTime` and `updatedBy` are used by the table and are not in the interface; `checked` is
//! the UI's own and never sent.

use serde::{Deserialize, Serialize};

use crate::java::types::Text;
use crate::model::Dto;
use crate::tis::enums;

/// `ui.IConnection`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "ui.IConnection",
    source = "tis-revalidation-v2, connections.interfaces.ts at 42e7dd43fed8",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct IConnection {
    /// Always null: no view has such a field.
    pub connection_status: Text,
    /// Code of the designated body that the GMC has; null when disconnected.
    pub designated_body: Text,
    /// First name.
    pub doctor_first_name: Text,
    /// Last name.
    pub doctor_last_name: Text,
    /// GMC number, seven digits as text.
    pub gmc_reference_number: Text,
    /// When the programme membership ends.
    pub programme_membership_end_date: Text,
    /// When the programme membership begins.
    pub programme_membership_start_date: Text,
    /// Name of the enum `ProgrammeMembershipType`, such as `SUBSTANTIVE`.
    #[dto(domain = enums::MEMBERSHIP_TYPE_NAMES)]
    pub programme_membership_type: Text,
    /// Name of the training programme.
    pub programme_name: Text,
    /// Name of the programme's owner.
    pub programme_owner: Text,
    /// When the recommendation is due at the GMC.
    pub submission_date: Text,
    /// Code of the designated body that TCS has.
    pub tcs_designated_body: Text,
}
