//! M11: a connection that was added or removed by hand, from connection into recommendation's document of the doctor.

use jiff::civil::date;

use crate::datetime::LocalDate;
use crate::java::config::MapperConfig;
use crate::java::enumeration::Enumeration;
use crate::java::types::{Flag, Text};
use crate::mapping::{ByteReaders, Declaration, MapError, Mapping, Probing, TypedMapping, Values, Wire};
use crate::tis::config::{BOOT_AUTO_INDENT, EXPLICIT_BEAN, FIND_MODULES};
use crate::tis::dto::{connection, recommendation};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "manual-connection-update",
    summary: "M11: connection's ConnectionMessage (dates as arrays) -> recommendation's document of the doctor",
    source: "tis-revalidation-recommendation, RabbitMessageListener, DoctorsForDBService.updateDoctorConnection and \
             DoctorsForDbMapper.updateEntity at 6dc4e9e5b65f",
    reader_name: "recommendation's Rabbit listener",
    byte_readers: ByteReaders::None("recommendation parses"),
    renames: &[("/gmcId", "/gmcReferenceNumber")],
    declarations: &[
        stored("/doctorFirstName"),
        stored("/doctorLastName"),
        stored("/sanction"),
        stored("/doctorStatus"),
        stored("/admin"),
        Declaration::added("/underNotice", "the stored doctor's; null on removal, and for a doctor that is not stored"),
        Declaration::converted("/existsInGmc", "whether the message has a designated body"),
        Declaration::generated(
            "/dateAdded",
            "today where the stored doctor has none; dtogate writes 1970-01-01 in its place",
        ),
        Declaration::added("/lastUpdatedDate", "the store's own (LastModifiedDate); null before it is stored"),
    ],
    probing: Probing {
        goldens: &[
            golden_inputs!("manual-connection-update", "typical"),
            golden_inputs!("manual-connection-update", "removal"),
        ],
        ..Probing::PLAIN
    },
    ..Mapping::typed::<Map>(Wire::of::<connection::ConnectionMessage>(&FIND_MODULES))
};

/// The date that stands for today.
pub(super) const TODAY: LocalDate = LocalDate(Some(date(1970, 1, 1)));

/// A field that the message does not touch.
const fn stored(pointer: &'static str) -> Declaration {
    Declaration::added(
        pointer,
        "the stored doctor's, not touched; null for a doctor that is not stored, which is what is mapped here",
    )
}

/// Reads the message as recommendation does and writes the document that it stores for a doctor not known before.
struct Map;

impl TypedMapping for Map {
    type Reader = recommendation::ConnectionMessageDto;
    type Target = recommendation::DoctorsForDB;
    const READER: &'static MapperConfig = &BOOT_AUTO_INDENT;
    const WRITER: &'static MapperConfig = &EXPLICIT_BEAN;

    fn map(
        message: recommendation::ConnectionMessageDto,
        _: &Values<'_>,
    ) -> Result<recommendation::DoctorsForDB, MapError> {
        let recommendation::ConnectionMessageDto {
            gmc_id,
            designated_body_code,
            submission_date,
            gmc_last_updated_date_time,
        } = message;
        if gmc_id.0.is_none() {
            return Err(MapError::Refused(
                "expected a GMC number, found null: no document is stored under null".to_owned(),
            ));
        }
        let exists_in_gmc = Flag(Some(designated_body_code.0.is_some()));
        Ok(recommendation::DoctorsForDB {
            gmc_reference_number: gmc_id,
            doctor_first_name: Text(None),
            doctor_last_name: Text(None),
            submission_date,
            date_added: TODAY,
            under_notice: Enumeration::NULL,
            sanction: Text(None),
            doctor_status: Enumeration::NULL,
            last_updated_date: LocalDate(None),
            gmc_last_updated_date_time,
            designated_body_code,
            admin: Text(None),
            exists_in_gmc,
        })
    }
}
