//! What connection reads of a doctor's programme that has changed (M10).

use serde::{Deserialize, Serialize};

use crate::java::types::Text;
use crate::model::Dto;

/// `connection.TcsDoctorInfoDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "connection.TcsDoctorInfoDto",
    source = "tis-revalidation-connection, dto/TcsDoctorInfoDto.java at 5e37423f7019",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct TcsDoctorInfoDto {
    /// GMC number of the doctor.
    pub gmc_reference_number: Text,
    /// Code of the designated body that TCS has.
    pub tcs_designated_body: Text,
    /// Names of the owners.
    pub programme_owner: Text,
    /// `TCS`.
    pub data_source: Text,
}
