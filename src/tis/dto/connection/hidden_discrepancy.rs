//! A hidden discrepancy as connection writes it (H09a, M08): a Mongo entity on the wire, its base class first.

use serde::{Deserialize, Serialize};

use crate::datetime::{LocalDate, LocalDateTime};
use crate::java::types::Text;
use crate::model::Dto;

/// `connection.HiddenDiscrepancy`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "connection.HiddenDiscrepancy",
    source = "tis-revalidation-connection, entity/HiddenDiscrepancy.java, entity/Discrepancy.java at 5e37423f7019"
)]
#[serde(default, rename_all = "camelCase")]
pub struct HiddenDiscrepancy {
    /// Mongo id.
    pub id: Text,
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// Code of the designated body that the GMC has.
    pub current_designated_body_code: Text,
    /// Code of the designated body that owns the programme.
    pub programme_owner_designated_body_code: Text,
    /// Code of the designated body that does not see the discrepancy.
    pub hidden_for_designated_body_code: Text,
    /// Who hid it.
    pub hidden_by: Text,
    /// Why.
    pub reason: Text,
    /// When it was hidden.
    pub hidden_date_time: LocalDateTime,
    /// Until when it is hidden; null for ever.
    pub hidden_until_date: LocalDate,
}
