//! M12: a change of connection from recommendation into connection's log.

use crate::datetime::LocalDateTime;
use crate::java::config::MapperConfig;
use crate::java::types::Text;
use crate::mapping::{ByteReaders, Declaration, MapError, Mapping, Probing, TypedMapping, Values, Wire};
use crate::tis::config::{BOOT_AUTO_INDENT, EXPLICIT_BEAN, FIND_MODULES};
use crate::tis::dto::{connection, recommendation};
use crate::tis::golden::golden_inputs;

/// The id of every mapped log; the real one is random.
const GENERATED_ID: &str = "00000000-0000-0000-0000-000000000000";

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "connection-log",
    summary: "M12: recommendation's ConnectionLogDto -> connection's ConnectionLog (eventDateTime -> requestTime)",
    source: "tis-revalidation-connection, ConnectionLogMapper and ConnectionService.recordConnectionLog at 5e37423f7019",
    reader_name: "connection's Rabbit listener",
    byte_readers: ByteReaders::None("connection parses"),
    renames: &[("/eventDateTime", "/requestTime")],
    declarations: &[Declaration::generated(
        "/id",
        "connection gives every log a new random UUID; dtogate writes the nil UUID in its place",
    )],
    probing: Probing { goldens: &[golden_inputs!("connection-log", "fraction_3")], ..Probing::PLAIN },
    ..Mapping::typed::<Map>(Wire::of::<recommendation::ConnectionLogDto>(&BOOT_AUTO_INDENT))
};

/// Reads the message as connection does and writes the document that it stores.
struct Map;

impl TypedMapping for Map {
    type Reader = connection::ConnectionLogDto;
    type Target = connection::ConnectionLog;
    const READER: &'static MapperConfig = &FIND_MODULES;
    const WRITER: &'static MapperConfig = &EXPLICIT_BEAN;

    fn map(log: connection::ConnectionLogDto, _: &Values<'_>) -> Result<connection::ConnectionLog, MapError> {
        let connection::ConnectionLogDto {
            gmc_id,
            new_designated_body_code,
            previous_designated_body_code,
            updated_by,
            event_date_time,
        } = log;
        Ok(connection::ConnectionLog {
            id: Text(Some(GENERATED_ID.to_owned())),
            gmc_id,
            new_designated_body_code,
            previous_designated_body_code,
            updated_by,
            request_time: LocalDateTime(event_date_time.0),
        })
    }
}
