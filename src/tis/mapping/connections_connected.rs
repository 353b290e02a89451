//! H08: connection's list of the connected doctors through the gateway to the UI.
//!
//! The gateway reads the list into classes of its own, asks core for the notes of each row, and writes its classes.

use super::doctors_notes::has_notes;
use crate::java::config::MapperConfig;
use crate::java::types::Flag;
use crate::mapping::{
    ByteReaders, Consumer, Declaration, InputSpec, MapError, Mapping, Probing, Required, TypedMapping, Values, Wire,
    rows,
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
    reader_name: "the gateway",
    byte_readers: ByteReaders::None("the gateway parses the connection lists"),
    inputs: &[InputSpec {
        name: "notes",
        wire: Wire::of::<core::TraineeNotesDto>(&EXPLICIT_BEAN),
        reader: Wire::of::<integration::TraineeNotesDto>(&EXPLICIT_BEAN),
        keyed: true,
        path: "/api/trainee/{key}/notes",
    }],
    declarations: &[
        Declaration::dropped(
            "/connections/*/hiddenDiscrepancies",
            "not in the gateway's class; null on H08, and the lists of H09 do not show it",
        ),
        Declaration::constant("/countUnderNotice", "the gateway's class has it, connection never sends it: 0"),
        Declaration::constant("/connections/*/curriculumEndDate", "for M02, which the class also reads: null"),
        Declaration::constant("/connections/*/placementGrade", "for M02, which the class also reads: null"),
        Declaration::constant("/connections/*/syncEnd", "for M02, which the class also reads: null"),
        Declaration::dropped("notes:/gmcId", "the answer belongs to the doctor whose number was asked for"),
        Declaration::dropped("notes:/notes/*", "the list only says whether there is a note; nobody looks into one"),
        Declaration::added(
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
    ..Mapping::typed::<Map>(Wire::of::<connection::ConnectionSummaryDto>(&BOOT_AUTO_INDENT))
};

/// The connection lists of the UI.
pub(super) const UI: Consumer = Consumer {
    wire: Wire::of::<ui::IGetConnectionsResponse>(&BROWSER),
    name: "the connection lists of the UI",
    required: &[Required {
        pointer: "/connections/*",
        reason: "the table reads the cells of every row without a guard: TypeError, the list is not shown",
    }],
    dropped: &[
        Declaration::dropped("/countTotal", "not in IGetConnectionsResponse; always 0"),
        Declaration::dropped("/countUnderNotice", "not in IGetConnectionsResponse; always 0"),
        Declaration::dropped("/connections/*/tcsPersonId", "not in IConnection"),
        Declaration::dropped("/connections/*/dataSource", "not in IConnection; always null"),
        Declaration::dropped("/connections/*/exceptionReason", "not in IConnection; always null"),
        Declaration::dropped("/connections/*/curriculumEndDate", "not in IConnection; always null"),
        Declaration::dropped("/connections/*/placementGrade", "not in IConnection; always null"),
        Declaration::dropped("/connections/*/syncEnd", "not in IConnection; always null"),
        Declaration::dropped("/connections/*/updatedBy", "not in IConnection; rendered through untyped column data"),
        Declaration::dropped(
            "/connections/*/lastConnectionDateTime",
            "not in IConnection; rendered through untyped column data",
        ),
        Declaration::dropped("/connections/*/notes", "not in IConnection; rendered through untyped column data"),
    ],
};

/// Reads the list and the notes as the gateway does and writes the enriched list.
struct Map;

impl TypedMapping for Map {
    type Reader = integration::ConnectionSummaryDto;
    type Target = integration::ConnectionSummaryDto;
    const READER: &'static MapperConfig = &EXPLICIT_BEAN;
    const WRITER: &'static MapperConfig = &EXPLICIT_BEAN;

    fn map(
        summary: integration::ConnectionSummaryDto,
        values: &Values<'_>,
    ) -> Result<integration::ConnectionSummaryDto, MapError> {
        let expected = "a connection in every row, found null: the gateway sets `notes` on it without a guard";
        let connections = rows(summary.connections, expected, |row| {
            let notes = Flag(Some(has_notes(values, &row.gmc_reference_number)?));
            Ok(integration::ConnectionInfoDto { notes, ..row })
        })?;
        Ok(integration::ConnectionSummaryDto { connections, ..summary })
    }
}
