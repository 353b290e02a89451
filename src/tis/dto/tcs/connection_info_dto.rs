//! A doctor's programme as TCS sends it when it changes (M02, M09, M10): dates as arrays.

use serde::{Deserialize, Serialize};

use crate::datetime::LocalDate;
use crate::java::boxed::LongObject;
use crate::java::types::{Flag, Text};
use crate::model::Dto;

/// `tcs.ConnectionInfoDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(name = "tcs.ConnectionInfoDto", source = "TIS-TCS, tcs-api, ConnectionInfoDto.java at 6e0dbb38c321")]
#[serde(default, rename_all = "camelCase")]
pub struct ConnectionInfoDto {
    /// Id of the person in TIS.
    pub tcs_person_id: LongObject,
    /// GMC number of the doctor; null when the person is filtered out.
    pub gmc_reference_number: Text,
    /// First names.
    pub doctor_first_name: Text,
    /// Last name.
    pub doctor_last_name: Text,
    /// Never set.
    pub submission_date: LocalDate,
    /// Names of the programmes.
    pub programme_name: Text,
    /// Name of the enum `ProgrammeMembershipType`, such as `SUBSTANTIVE`.
    pub programme_membership_type: Text,
    /// Never set.
    pub designated_body: Text,
    /// Code of the designated body that TCS has.
    pub tcs_designated_body: Text,
    /// Names of the owners; null when there is more than one current programme.
    pub programme_owner: Text,
    /// Ids of the grades, with ` | ` between them.
    pub placement_grade: Text,
    /// When the programme begins; null where any of the three dates is.
    pub programme_membership_start_date: LocalDate,
    /// When it ends.
    pub programme_membership_end_date: LocalDate,
    /// When the curriculum ends.
    pub curriculum_end_date: LocalDate,
    /// `TCS`.
    pub data_source: Text,
    /// True in the message that ends a synchronisation.
    pub sync_end: Flag,
}
