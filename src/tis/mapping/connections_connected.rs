//! H08: connection's list of the connected doctors through the gateway to the UI.
//!
//! The gateway reads the list into classes of its own, asks core for the notes of each row, and writes its classes.

use super::doctors_notes::has_notes;
use crate::java::types::Flag;
use crate::mapping::{
    Consumer, Declaration, Declared, InputSpec, Inputs, MapError, Mapping, Outcome, Probing, Required, Wire, typed,
};
use crate::tis::config::{BOOT_AUTO_INDENT, BROWSER, EXPLICIT_BEAN};
use crate::tis::dto::{connection, core, integration, ui};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "connections-connected",
    summary: "H08: connection's connected doctors and core's notes per gmcId -> the gateway's body with `notes` -> the UI",
    source: "tis-revalidation-integration, ConnectionServiceRouter `direct:connection-connected-summary` and \
             AttachNotesToConnectionProcessor at 3ee62e905a76",
    producer: Wire::of::<connection::ConnectionSummaryDto>(&BOOT_AUTO_INDENT),
    reader: Wire::of::<integration::ConnectionSummaryDto>(&EXPLICIT_BEAN),
    reader_name: "the gateway",
    byte_readers: "none is known; the gateway parses the connection lists",
    inputs: &[InputSpec {
        name: "notes",
        wire: Wire::of::<core::TraineeNotesDto>(&EXPLICIT_BEAN),
        keyed: true,
        path: "/api/trainee/{key}/notes",
    }],
    target: Wire::of::<integration::ConnectionSummaryDto>(&EXPLICIT_BEAN),
    renames: &[],
    declarations: &[
        declare(
            Declared::Dropped,
            "/connections/*/hiddenDiscrepancies",
            "not in the gateway's class; null on H08, and the lists of H09 do not show it",
        ),
        declare(Declared::Constant, "/countUnderNotice", "the gateway's class has it, connection never sends it: 0"),
        declare(Declared::Constant, "/connections/*/curriculumEndDate", "for M02, which the class also reads: null"),
        declare(Declared::Constant, "/connections/*/placementGrade", "for M02, which the class also reads: null"),
        declare(Declared::Constant, "/connections/*/syncEnd", "for M02, which the class also reads: null"),
        Declaration {
            what: Declared::Dropped,
            pointer: "notes:/gmcId",
            reason: "the answer belongs to the doctor whose number was asked for",
        },
        Declaration {
            what: Declared::Dropped,
            pointer: "notes:/notes/*",
            reason: "the list only says whether there is a note; nobody looks into one",
        },
        declare(
            Declared::Added,
            "/connections/*/notes",
            "true where core answers with a list that is not empty; false for an empty list, null or a 404",
        ),
    ],
    probing: Probing {
        keys: &[("notes", "/connections/*/gmcReferenceNumber")],
        goldens: &[golden_inputs!("connections-connected", "typical", "notes" "1234567")],
        ..Probing::PLAIN
    },
    consumer: Some(UI),
    map: |inputs| run(inputs),
};

/// A declaration in a line.
const fn declare(what: Declared, pointer: &'static str, reason: &'static str) -> Declaration {
    Declaration { what, pointer, reason }
}

/// A value that the UI does not read.
const fn unread(pointer: &'static str, reason: &'static str) -> Declaration {
    declare(Declared::Dropped, pointer, reason)
}

/// The connection lists of the UI.
pub(super) const UI: Consumer = Consumer {
    wire: Wire::of::<ui::IGetConnectionsResponse>(&BROWSER),
    name: "the connection lists of the UI",
    required: &[Required {
        pointer: "/connections/*",
        reason: "the table reads the cells of every row without a guard: TypeError, the list is not shown",
    }],
    dropped: &[
        unread("/countTotal", "not in IGetConnectionsResponse; always 0"),
        unread("/countUnderNotice", "not in IGetConnectionsResponse; always 0"),
        unread("/connections/*/tcsPersonId", "not in IConnection"),
        unread("/connections/*/dataSource", "not in IConnection; always null"),
        unread("/connections/*/exceptionReason", "not in IConnection; always null"),
        unread("/connections/*/curriculumEndDate", "not in IConnection; always null"),
        unread("/connections/*/placementGrade", "not in IConnection; always null"),
        unread("/connections/*/syncEnd", "not in IConnection; always null"),
        unread("/connections/*/updatedBy", "not in IConnection; rendered through untyped column data"),
        unread("/connections/*/lastConnectionDateTime", "not in IConnection; rendered through untyped column data"),
        unread("/connections/*/notes", "not in IConnection; rendered through untyped column data"),
    ],
};

/// Reads the list and the notes as the gateway does and writes the enriched list.
pub(super) fn run(inputs: &Inputs<'_>) -> Outcome {
    typed(&EXPLICIT_BEAN, &EXPLICIT_BEAN, inputs, map)
}

fn map(
    mut summary: integration::ConnectionSummaryDto,
    inputs: &Inputs<'_>,
) -> Result<integration::ConnectionSummaryDto, MapError> {
    for row in summary.connections.0.iter_mut().flatten() {
        let Some(row) = row else {
            return Err(MapError::Refused(
                "expected a connection in every row, found null: the gateway sets `notes` on it without a guard"
                    .to_owned(),
            ));
        };
        row.notes = Flag(Some(has_notes(inputs, &row.gmc_reference_number)?));
    }
    Ok(summary)
}
