//! M10: a doctor's programme that has changed in TCS, as connection takes it to find hidden discrepancies that are none
//! any more.

use crate::java::config::MapperConfig;
use crate::mapping::{ByteReaders, Declaration, MapError, Mapping, Probing, TypedMapping, Values, Wire};
use crate::tis::config::FIND_MODULES;
use crate::tis::dto::{connection, tcs};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "tcs-doctor-info",
    summary: "M10: TCS's ConnectionInfoDto -> connection's TcsDoctorInfoDto, by which hidden discrepancies are removed",
    source: "tis-revalidation-connection, RabbitMessageListener.receiveTcsDoctorInfoUpdateMessage and \
             HiddenDiscrepancyService.handleTcsDoctorInfoUpdateMessage at 5e37423f7019",
    reader_name: "connection's Rabbit listener",
    byte_readers: ByteReaders::None("connection parses"),
    declarations: &[
        unread("/tcsPersonId"),
        unread("/doctorFirstName"),
        unread("/doctorLastName"),
        unread("/submissionDate"),
        unread("/programmeName"),
        unread("/programmeMembershipType"),
        unread("/designatedBody"),
        unread("/placementGrade"),
        unread("/programmeMembershipStartDate"),
        unread("/programmeMembershipEndDate"),
        unread("/curriculumEndDate"),
        unread("/syncEnd"),
    ],
    probing: Probing { goldens: &[golden_inputs!("tcs-doctor-info", "typical")], ..Probing::PLAIN },
    ..Mapping::typed::<Map>(Wire::of::<tcs::ConnectionInfoDto>(&FIND_MODULES))
};

/// A value that connection's class does not have.
const fn unread(pointer: &'static str) -> Declaration {
    Declaration::dropped(pointer, "connection's class has four of the fields and ignores the others")
}

/// Reads the message as connection does; what it hands on is what it has read.
struct Map;

impl TypedMapping for Map {
    type Reader = connection::TcsDoctorInfoDto;
    type Target = connection::TcsDoctorInfoDto;
    const READER: &'static MapperConfig = &FIND_MODULES;
    const WRITER: &'static MapperConfig = &FIND_MODULES;

    fn map(doctor: connection::TcsDoctorInfoDto, _: &Values<'_>) -> Result<connection::TcsDoctorInfoDto, MapError> {
        // Spring's hasText, whose white space is Character.isWhitespace's.
        if doctor.gmc_reference_number.0.as_deref().is_none_or(|number| number.chars().all(char::is_whitespace)) {
            return Err(MapError::expected("a GMC number, found none: the listener rejects the message"));
        }
        Ok(doctor)
    }
}
