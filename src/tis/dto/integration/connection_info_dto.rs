//! A row of the connection lists as the gateway reads and writes it (H08, H09), and the reader of M02.

use serde::{Deserialize, Serialize};

use crate::datetime::{LocalDate, LocalDateTime, OwnSerializer};
use crate::java::boxed::LongObject;
use crate::java::types::{Flag, Text};
use crate::model::Dto;
use crate::tis::enums;

/// `integration.ConnectionInfoDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.ConnectionInfoDto",
    source = "tis-revalidation-integration, router/dto/ConnectionInfoDto.java at 3ee62e905a76",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct ConnectionInfoDto {
    /// Id of the person in TCS.
    pub tcs_person_id: LongObject,
    /// GMC number, seven digits as text.
    pub gmc_reference_number: Text,
    /// First name.
    pub doctor_first_name: Text,
    /// Last name.
    pub doctor_last_name: Text,
    /// When the recommendation is due at the GMC.
    pub submission_date: OwnSerializer<LocalDate>,
    /// Name of the training programme.
    pub programme_name: Text,
    /// Name of the enum `ProgrammeMembershipType`, such as `SUBSTANTIVE`.
    #[dto(domain = enums::MEMBERSHIP_TYPE_NAMES)]
    pub programme_membership_type: Text,
    /// Code of the designated body that the GMC has; null when disconnected.
    pub designated_body: Text,
    /// Code of the designated body that TCS has.
    pub tcs_designated_body: Text,
    /// Name of the programme's owner.
    pub programme_owner: Text,
    /// Always null: no view has such a field.
    pub connection_status: Text,
    /// Always null over HTTP.
    #[dto(domain = enums::DATA_SOURCE)]
    pub data_source: Text,
    /// When the programme membership begins.
    pub programme_membership_start_date: OwnSerializer<LocalDate>,
    /// When the programme membership ends.
    pub programme_membership_end_date: OwnSerializer<LocalDate>,
    /// Always null: the writer of the index has no such field.
    pub exception_reason: Text,
    /// Not sent over HTTP; used on M02.
    pub curriculum_end_date: OwnSerializer<LocalDate>,
    /// Not sent over HTTP; used on M02.
    pub placement_grade: Text,
    /// Not sent over HTTP; used on M02.
    pub sync_end: Flag,
    /// A user name, or the literal `Updated by GMC`.
    pub updated_by: Text,
    /// When the connection changed last.
    pub last_connection_date_time: LocalDateTime,
    /// Whether core has notes for the doctor; set by the gateway.
    pub notes: Flag,
}
