//! M06: connection's logs into the gateway's index of doctors.

use crate::datetime::PatternDateTime;
use crate::java::types::{Flag, List};
use crate::mapping::{Declaration, Declared, Guard, Inputs, MapError, Mapping, Outcome, Probing, Wire, typed};
use crate::tis::config::{EXPLICIT_BEAN, FIND_MODULES};
use crate::tis::dto::{connection, integration};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "connection-log-sync",
    summary: "M06: connection's IndexSyncMessage of ConnectionLogDto -> the gateway -> updatedBy and lastConnectionDateTime of the index",
    source: "tis-revalidation-integration, ConnectionLogMessageListener and \
             DoctorUpsertElasticSearchService.populateMasterIndexByConnectionLogs at 3ee62e905a76",
    producer: Wire::of::<connection::IndexSyncMessageConnectionLogDto>(&FIND_MODULES),
    reader: Wire::of::<integration::IndexSyncMessageConnectionLogDto>(&FIND_MODULES),
    reader_name: "the gateway's Rabbit listener",
    byte_readers: "none is known; the gateway parses",
    inputs: &[],
    target: Wire::of::<integration::MasterDoctorUpdates>(&EXPLICIT_BEAN),
    renames: &[
        ("/payload", "/updates"),
        ("/payload/*/gmcId", "/updates/*/gmcReferenceNumber"),
        ("/payload/*/eventDateTime", "/updates/*/lastConnectionDateTime"),
    ],
    declarations: &[
        Declaration {
            what: Declared::Dropped,
            pointer: "/syncEnd",
            reason: "true ends the logs: the gateway asks for the hidden discrepancies and updates nothing",
        },
        Declaration {
            what: Declared::Dropped,
            pointer: "/payload/*/newDesignatedBodyCode",
            reason: "the index has the designated body from the doctor's own record",
        },
        Declaration {
            what: Declared::Dropped,
            pointer: "/payload/*/previousDesignatedBodyCode",
            reason: "the index has no such field",
        },
    ],
    probing: Probing {
        guards: &[Guard { reason: "the message that ends the logs has none", open: &[("/syncEnd", "false")] }],
        goldens: &[golden_inputs!("connection-log-sync", "two_doctors")],
        ..Probing::PLAIN
    },
    consumer: None,
    map: |inputs| run(inputs),
};

/// Reads the message as the gateway does and writes what it changes in the index.
fn run(inputs: &Inputs<'_>) -> Outcome {
    typed(&FIND_MODULES, &EXPLICIT_BEAN, inputs, map)
}

fn map(
    message: integration::IndexSyncMessageConnectionLogDto,
    _: &Inputs<'_>,
) -> Result<integration::MasterDoctorUpdates, MapError> {
    let integration::IndexSyncMessageConnectionLogDto { payload, sync_end } = message;
    if sync_end == Flag(Some(true)) {
        return Ok(integration::MasterDoctorUpdates { updates: List(Some(Vec::new())) });
    }
    let Some(logs) = payload.0 else {
        return Err(refused("a list of logs, found null"));
    };
    let updates = logs.into_iter().map(update).collect::<Result<_, _>>()?;
    Ok(integration::MasterDoctorUpdates { updates: List(Some(updates)) })
}

/// What one log changes in the document that has its GMC number; without one no document is found, and the time is not
/// looked at.
fn update(log: Option<integration::ConnectionLogDto>) -> Result<Option<integration::MasterDoctorUpdate>, MapError> {
    let Some(log) = log else {
        return Err(refused("a log in every place, found null"));
    };
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
        return Err(refused("a time in every log, found null"));
    }
    Ok(Some(integration::MasterDoctorUpdate {
        gmc_reference_number: gmc_id,
        updated_by,
        last_connection_date_time: PatternDateTime::new(event_date_time.0),
    }))
}

fn refused(expected: &str) -> MapError {
    MapError::Refused(format!("expected {expected}: the gateway uses it without a guard (NullPointerException)"))
}
