//! M12: a change of connection from recommendation into connection's log.

use crate::datetime::LocalDateTime;
use crate::java::types::Text;
use crate::mapping::{Declaration, Declared, Inputs, MapError, Mapping, Outcome, Probing, Wire, typed};
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
    producer: Wire::of::<recommendation::ConnectionLogDto>(&BOOT_AUTO_INDENT),
    reader: Wire::of::<connection::ConnectionLogDto>(&FIND_MODULES),
    reader_name: "connection's Rabbit listener",
    byte_readers: "none is known; connection parses",
    inputs: &[],
    target: Wire::of::<connection::ConnectionLog>(&EXPLICIT_BEAN),
    renames: &[("/eventDateTime", "/requestTime")],
    declarations: &[Declaration {
        what: Declared::Generated,
        pointer: "/id",
        reason: "connection gives every log a new random UUID; dtogate writes the nil UUID in its place",
    }],
    probing: Probing { goldens: &[golden_inputs!("connection-log", "fraction_3")], ..Probing::PLAIN },
    consumer: None,
    map: |inputs| run(inputs),
};

/// Reads the message as connection does and writes the document that it stores.
fn run(inputs: &Inputs<'_>) -> Outcome {
    typed(&FIND_MODULES, &EXPLICIT_BEAN, inputs, map)
}

fn map(log: connection::ConnectionLogDto, _: &Inputs<'_>) -> Result<connection::ConnectionLog, MapError> {
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
