//! M06: connection's logs into the gateway's index of doctors.

use crate::datetime::PatternDateTime;
use crate::java::config::MapperConfig;
use crate::java::types::{Flag, List};
use crate::mapping::{ByteReaders, Declaration, Guard, MapError, Mapping, Probing, TypedMapping, Values, Wire, rows};
use crate::tis::config::{EXPLICIT_BEAN, FIND_MODULES};
use crate::tis::dto::{connection, integration};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "connection-log-sync",
    summary: "M06: connection's IndexSyncMessage of ConnectionLogDto -> the gateway -> updatedBy and lastConnectionDateTime of the index",
    source: "tis-revalidation-integration, ConnectionLogMessageListener and \
             DoctorUpsertElasticSearchService.populateMasterIndexByConnectionLogs at 3ee62e905a76",
    reader_name: "the gateway's Rabbit listener",
    byte_readers: ByteReaders::None("the gateway parses"),
    renames: &[
        ("/payload", "/updates"),
        ("/payload/*/gmcId", "/updates/*/gmcReferenceNumber"),
        ("/payload/*/eventDateTime", "/updates/*/lastConnectionDateTime"),
    ],
    declarations: &[
        Declaration::dropped(
            "/syncEnd",
            "true ends the logs: the gateway asks for the hidden discrepancies and updates nothing",
        ),
        Declaration::dropped(
            "/payload/*/newDesignatedBodyCode",
            "the index has the designated body from the doctor's own record",
        ),
        Declaration::dropped("/payload/*/previousDesignatedBodyCode", "the index has no such field"),
    ],
    probing: Probing {
        guards: &[Guard { reason: "the message that ends the logs has none", open: &[("/syncEnd", "false")] }],
        goldens: &[golden_inputs!("connection-log-sync", "two_doctors")],
        ..Probing::PLAIN
    },
    ..Mapping::typed::<Map>(Wire::of::<connection::IndexSyncMessageConnectionLogDto>(&FIND_MODULES))
};

/// Reads the message as the gateway does and writes what it changes in the index.
struct Map;

impl TypedMapping for Map {
    type Reader = integration::IndexSyncMessageConnectionLogDto;
    type Target = integration::MasterDoctorUpdates;
    const READER: &'static MapperConfig = &FIND_MODULES;
    const WRITER: &'static MapperConfig = &EXPLICIT_BEAN;

    fn map(
        message: integration::IndexSyncMessageConnectionLogDto,
        _: &Values<'_>,
    ) -> Result<integration::MasterDoctorUpdates, MapError> {
        let integration::IndexSyncMessageConnectionLogDto { payload, sync_end } = message;
        if sync_end == Flag(Some(true)) {
            return Ok(integration::MasterDoctorUpdates { updates: List(Some(Vec::new())) });
        }
        if payload.0.is_none() {
            return Err(MapError::expected(format!("a list of logs, found null: {UNGUARDED}")));
        }
        let updates = rows(payload, &format!("a log in every place, found null: {UNGUARDED}"), update)?;
        Ok(integration::MasterDoctorUpdates { updates })
    }
}

/// What one log changes in the document that has its GMC number; without one no document is found, and the time is not
/// looked at.
fn update(log: integration::ConnectionLogDto) -> Result<integration::MasterDoctorUpdate, MapError> {
    let integration::ConnectionLogDto {
        gmc_id,
        new_designated_body_code: _,
        previous_designated_body_code: _,
        updated_by,
        event_date_time,
        gmc_client_id: _,
        reason: _,
        request_type: _,
        response_code: _,
    } = log;
    if gmc_id.0.is_some() && event_date_time.0.is_none() {
        return Err(MapError::expected(format!("a time in every log, found null: {UNGUARDED}")));
    }
    Ok(integration::MasterDoctorUpdate {
        gmc_reference_number: gmc_id,
        updated_by,
        last_connection_date_time: PatternDateTime::new(event_date_time.0),
    })
}

/// What happens to a null.
const UNGUARDED: &str = "the gateway uses it without a guard (NullPointerException)";
