//! H01b: the doctors page enriched with whether core has notes for each doctor.

use super::doctors_summary;
use crate::java::config::MapperConfig;
use crate::java::types::{Flag, Text};
use crate::mapping::{Declaration, InputSpec, MapError, Mapping, Probing, TypedMapping, Values, Wire, rows};
use crate::tis::config::{BOOT_AUTO_INDENT, EXPLICIT_BEAN};
use crate::tis::dto::{core, integration, recommendation};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "doctors-notes",
    summary: "H01b: the doctors page and core's notes per gmcId -> the gateway's body with `notes` -> the UI",
    source: "tis-revalidation-integration, RecommendationServiceRouter `direct:enrich-page-with-notes` and \
             AttachNotesToDoctorProcessor at 3ee62e905a76",
    reader_name: "the gateway",
    byte_readers: doctors_summary::MAPPING.byte_readers,
    inputs: &[InputSpec {
        name: "notes",
        wire: Wire::of::<core::TraineeNotesDto>(&EXPLICIT_BEAN),
        reader: Wire::of::<integration::TraineeNotesDto>(&EXPLICIT_BEAN),
        keyed: true,
        path: "/api/trainee/{key}/notes",
    }],
    identifiers: doctors_summary::MAPPING.identifiers,
    renames: doctors_summary::MAPPING.renames,
    declarations: &[
        Declaration::added(
            "/recommendationInfo/*/notes",
            "true where core answers with a list that is not empty; false for an empty list, null or a 404",
        ),
        Declaration::dropped("notes:/gmcId", "the answer belongs to the doctor whose number was asked for"),
        Declaration::dropped("notes:/notes/*", "the list only says whether there is a note; nobody looks into one"),
    ],
    probing: Probing {
        keys: &[("notes", "/traineeInfo/*/gmcReferenceNumber")],
        goldens: &[golden_inputs!("doctors-notes", "typical3", "notes" "1234567", "notes" "1234568")],
        ..Probing::PLAIN
    },
    consumer: Some(doctors_summary::UI),
    ..Mapping::typed::<Map>(Wire::of::<recommendation::TraineeSummaryDto>(&BOOT_AUTO_INDENT))
};

/// Reads the page and the notes as the gateway does and writes the enriched page.
struct Map;

impl TypedMapping for Map {
    type Reader = integration::TraineeSummaryDto;
    type Target = integration::TraineeSummaryDto;
    const READER: &'static MapperConfig = &EXPLICIT_BEAN;
    const WRITER: &'static MapperConfig = &EXPLICIT_BEAN;

    fn map(
        page: integration::TraineeSummaryDto,
        values: &Values<'_>,
    ) -> Result<integration::TraineeSummaryDto, MapError> {
        let expected = "a doctor in every row, found null: the gateway sets `notes` on it without a guard";
        let trainee_info = rows(page.trainee_info, expected, |doctor| {
            let notes = Flag(Some(has_notes(values, &doctor.gmc_reference_number)?));
            Ok(integration::TraineeInfoDto { notes, ..doctor })
        })?;
        Ok(integration::TraineeSummaryDto { trainee_info, ..page })
    }
}

/// Whether core has notes for a doctor; no answer of core (404 and every other status) counts as none.
pub(super) fn has_notes(values: &Values<'_>, gmc_number: &Text) -> Result<bool, MapError> {
    let answer = values.keyed(&EXPLICIT_BEAN, "notes", gmc_number.0.as_deref())?;
    let Some(integration::TraineeNotesDto { gmc_id: _, notes }) = answer else { return Ok(false) };
    Ok(notes.0.is_some_and(|notes| !notes.is_empty()))
}
