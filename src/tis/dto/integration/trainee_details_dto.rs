//! The details of a doctor as the gateway reads them from TCS and writes them to the UI (H17).

use serde::{Deserialize, Serialize};

use super::TraineeNotesInfoDto;
use crate::datetime::LocalDate;
use crate::java::boxed::IntegerObject;
use crate::java::types::{List, Text};
use crate::model::Dto;
use crate::tis::enums;

/// `integration.TraineeDetailsDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "integration.TraineeDetailsDto",
    source = "tis-revalidation-integration, router/dto/TraineeDetailsDto.java at 3ee62e905a76",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct TraineeDetailsDto {
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
    /// Name of the training programme.
    pub programme_name: Text,
    /// Code of the designated body that TCS has.
    pub tcs_designated_body: Text,
    /// Name of the grade.
    pub current_grade: Text,
    /// Id of the person in TIS; 32 bits here, 64 at TCS.
    pub tis_person_id: IntegerObject,
    /// The notes, newest first.
    pub notes: List<TraineeNotesInfoDto>,
}
