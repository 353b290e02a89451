//! H01b: the doctors page enriched with whether core has notes for each doctor.

use super::doctors_summary;
use crate::java::types::{Flag, Text};
use crate::mapping::{Declaration, Declared};
use crate::mapping::{InputSpec, Inputs, MapError, Mapping, Outcome, Probing, Wire, read_further, typed};
use crate::tis::config::{BOOT_AUTO_INDENT, EXPLICIT_BEAN};
use crate::tis::dto::{core, integration, recommendation};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "doctors-notes",
    summary: "H01b: the doctors page and core's notes per gmcId -> the gateway's body with `notes` -> the UI",
    source: "tis-revalidation-integration, RecommendationServiceRouter `direct:enrich-page-with-notes` and \
             AttachNotesToDoctorProcessor at 3ee62e905a76",
    producer: Wire::of::<recommendation::TraineeSummaryDto>(&BOOT_AUTO_INDENT),
    reader: Wire::of::<integration::TraineeSummaryDto>(&EXPLICIT_BEAN),
    reader_name: "the gateway",
    byte_readers: doctors_summary::MAPPING.byte_readers,
    inputs: &[InputSpec {
        name: "notes",
        wire: Wire::of::<core::TraineeNotesDto>(&EXPLICIT_BEAN),
        keyed: true,
        path: "/api/trainee/{key}/notes",
    }],
    target: Wire::of::<integration::TraineeSummaryDto>(&EXPLICIT_BEAN),
    renames: doctors_summary::MAPPING.renames,
    declarations: &[
        Declaration {
            what: Declared::Added,
            pointer: "/recommendationInfo/*/notes",
            reason: "true where core answers with a list that is not empty; false for an empty list, null or a 404",
        },
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
    ],
    probing: Probing {
        keys: &[("notes", "/traineeInfo/*/gmcReferenceNumber")],
        goldens: &[golden_inputs!("doctors-notes", "typical3", "notes" "1234567", "notes" "1234568")],
        ..Probing::PLAIN
    },
    consumer: Some(doctors_summary::UI),
    map: |inputs| run(inputs),
};

/// Reads the page and the notes as the gateway does and writes the enriched page.
fn run(inputs: &Inputs<'_>) -> Outcome {
    typed(&EXPLICIT_BEAN, &EXPLICIT_BEAN, inputs, map)
}

fn map(
    mut page: integration::TraineeSummaryDto,
    inputs: &Inputs<'_>,
) -> Result<integration::TraineeSummaryDto, MapError> {
    for doctor in page.trainee_info.0.iter_mut().flatten() {
        let Some(doctor) = doctor else {
            return Err(MapError::Refused(
                "expected a doctor in every row, found null: the gateway sets `notes` on it without a guard".to_owned(),
            ));
        };
        doctor.notes = Flag(Some(has_notes(inputs, &doctor.gmc_reference_number)?));
    }
    Ok(page)
}

/// Whether core has notes for a doctor; no answer of core (404 and every other status) counts as none.
pub(super) fn has_notes(inputs: &Inputs<'_>, gmc_number: &Text) -> Result<bool, MapError> {
    let answer = inputs
        .further
        .iter()
        .find(|further| further.name == "notes" && further.key.is_some() && further.key == gmc_number.0.as_deref());
    let Some(answer) = answer else { return Ok(false) };
    let integration::TraineeNotesDto { gmc_id: _, notes } = read_further(&EXPLICIT_BEAN, answer)?;
    Ok(notes.0.is_some_and(|notes| !notes.is_empty()))
}
