//! The record of a doctor as TCS writes it (H02b, H17a).

use serde::{Deserialize, Serialize};

use crate::datetime::LocalDate;
use crate::java::boxed::LongObject;
use crate::java::types::Text;
use crate::model::Dto;
use crate::tis::enums;

/// `tcs.RevalidationRecordDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(name = "tcs.RevalidationRecordDto", source = "TIS-TCS, tcs-api, RevalidationRecordDto.java at 6e0dbb38c321")]
#[serde(default, rename_all = "camelCase")]
pub struct RevalidationRecordDto {
    /// GMC number of the doctor.
    pub gmc_number: Text,
    /// First names.
    pub forenames: Text,
    /// Last name.
    pub surname: Text,
    /// When the curriculum ends.
    pub curriculum_end_date: LocalDate,
    /// When the programme ends.
    pub programme_end_date: LocalDate,
    /// Name of the enum `ProgrammeMembershipType`, such as `SUBSTANTIVE`.
    #[dto(domain = enums::MEMBERSHIP_TYPE_NAMES)]
    pub programme_membership_type: Text,
    /// Names of the programmes, with ` | ` between them.
    pub programme_name: Text,
    /// Code of the designated body that TCS has.
    pub tcs_designated_body: Text,
    /// Name of the grade.
    pub current_grade: Text,
    /// Id of the person in TIS.
    pub tis_person_id: LongObject,
}
