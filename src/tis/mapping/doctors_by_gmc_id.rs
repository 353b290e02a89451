//! H17: a doctor's name from recommendation, programme from TCS and notes from core, as details for the UI.
//!
//! Recommendation answers with the doctors page of H01, here of one row. The gateway uses it only where `countTotal`
//! is 1; without it, it answers with what TCS knows, or 404.

use crate::java::types::{List, Text};
use crate::mapping::{
    Consumer, Declaration, Declared, Guard, InputSpec, Inputs, MapError, Mapping, Outcome, Probing, Required, Wire,
    read_further, typed,
};
use crate::model::Dto;
use crate::tis::config::{BOOT_AUTO_INDENT, BROWSER, EXPLICIT_BEAN};
use crate::tis::dto::{core, integration, recommendation, tcs, ui};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "doctors-by-gmc-id",
    summary: "H17: recommendation's doctor, TCS's programme and core's notes -> the gateway's TraineeDetailsDto -> the UI",
    source: "tis-revalidation-integration, TraineeServiceRouter `direct:trainee` and TraineeDetailProcessor at 3ee62e905a76",
    producer: Wire::of::<recommendation::TraineeSummaryDto>(&BOOT_AUTO_INDENT),
    reader: Wire::of::<integration::TraineeSummaryDto>(&EXPLICIT_BEAN),
    reader_name: "the gateway",
    byte_readers: "none is known; the gateway joins the texts of three services and parses the whole",
    inputs: &[
        InputSpec {
            name: "programme",
            wire: Wire::of::<tcs::RevalidationRecordDto>(&BOOT_AUTO_INDENT),
            keyed: false,
            path: "/api/revalidation/trainee/*",
        },
        InputSpec {
            name: "notes",
            wire: Wire::of::<core::TraineeNotesDto>(&EXPLICIT_BEAN),
            keyed: false,
            path: "/api/trainee/*/notes",
        },
    ],
    target: Wire::of::<integration::TraineeDetailsDto>(&EXPLICIT_BEAN),
    renames: &[
        ("/traineeInfo/0/gmcReferenceNumber", "/gmcNumber"),
        ("/traineeInfo/0/doctorFirstName", "/forenames"),
        ("/traineeInfo/0/doctorLastName", "/surname"),
    ],
    declarations: &[
        dropped("/countTotal", "the guard: the row is used where it is 1, and not carried over"),
        dropped("/traineeInfo/1", "the guard lets one row through"),
        dropped("notes:/gmcId", "the details have the number already"),
        dropped("/countUnderNotice", "a count of the list; never set on H17"),
        dropped("/totalPages", "a count of the list; never set on H17"),
        dropped("/totalResults", "a count of the list"),
        dropped("/traineeInfo/*/submissionDate", "not in the details"),
        dropped("/traineeInfo/*/dateAdded", "not in the details"),
        dropped("/traineeInfo/*/underNotice", "not in the details"),
        dropped("/traineeInfo/*/sanction", "not in the details"),
        dropped("/traineeInfo/*/doctorStatus", "not in the details"),
        dropped("/traineeInfo/*/gmcOutcome", "not in the details; null on H17"),
        dropped("/traineeInfo/*/admin", "not in the details"),
        dropped("/traineeInfo/*/lastUpdatedDate", "not in the details"),
        dropped("/traineeInfo/*/designatedBody", "not in the details, which have the one of TCS"),
        dropped("/traineeInfo/*/connectionStatus", "not in the details"),
        dropped("/traineeInfo/*/programmeName", "null on H17; the details have TCS's"),
        dropped("/traineeInfo/*/programmeMembershipType", "null on H17; the details have TCS's"),
        dropped("/traineeInfo/*/curriculumEndDate", "null on H17; the details have TCS's"),
        of_tcs("/curriculumEndDate"),
        of_tcs("/programmeEndDate"),
        of_tcs("/programmeMembershipType"),
        of_tcs("/programmeName"),
        of_tcs("/tcsDesignatedBody"),
        of_tcs("/currentGrade"),
        of_tcs("/tisPersonId"),
        Declaration { what: Declared::Added, pointer: "/notes", reason: "core's (H17b), their times cut to dates" },
    ],
    probing: Probing {
        guards: &[Guard { reason: "the row is used where the count is 1", open: &[("/countTotal", "1")] }],
        goldens: &[
            golden_inputs!("doctors-by-gmc-id", "single", "programme", "notes"),
            golden_inputs!("doctors-by-gmc-id", "unknown_to_gmc", "programme", "notes"),
        ],
        ..Probing::PLAIN
    },
    consumer: Some(UI),
    map: |inputs| run(inputs),
};

const fn dropped(pointer: &'static str, reason: &'static str) -> Declaration {
    Declaration { what: Declared::Dropped, pointer, reason }
}

const fn of_tcs(pointer: &'static str) -> Declaration {
    Declaration { what: Declared::Added, pointer, reason: "TCS's (H17a); null where TCS does not know the doctor" }
}

/// The details of the UI.
const UI: Consumer = Consumer {
    wire: Wire::of::<ui::IDetailsSideNav>(&BROWSER),
    name: "the details of the UI",
    required: &[Required {
        pointer: "/notes",
        reason: "the tool bar reads notes.length without a guard: TypeError, the details are not shown",
    }],
    dropped: &[],
};

/// Reads the three bodies as the gateway does and writes the details.
fn run(inputs: &Inputs<'_>) -> Outcome {
    typed(&EXPLICIT_BEAN, &EXPLICIT_BEAN, inputs, map)
}

fn map(page: integration::TraineeSummaryDto, inputs: &Inputs<'_>) -> Result<integration::TraineeDetailsDto, MapError> {
    let integration::TraineeSummaryDto {
        count_total,
        count_under_notice: _,
        total_pages: _,
        total_results: _,
        trainee_info,
    } = page;
    let programme: integration::TraineeDetailsDto = input(inputs, "programme")?;
    let integration::TraineeNotesDto { gmc_id: _, notes } = input(inputs, "notes")?;
    let known_to_tcs = programme.gmc_number.0.is_some();
    let mut details = if known_to_tcs { programme } else { integration::TraineeDetailsDto::default() };
    if count_total.0 == 1 {
        let [gmc_number, forenames, surname] = names(trainee_info)?;
        details = integration::TraineeDetailsDto { gmc_number, forenames, surname, ..details };
    } else if !known_to_tcs {
        return Err(MapError::Refused("expected a doctor, found none in recommendation and TCS: 404".to_owned()));
    }
    Ok(integration::TraineeDetailsDto { notes, ..details })
}

/// A further body; one that is missing or empty is an empty object to the gateway.
fn input<T: Dto>(inputs: &Inputs<'_>, name: &str) -> Result<T, MapError> {
    let found = inputs.further.iter().find(|further| further.name == name);
    found.map_or_else(|| Ok(T::default()), |further| read_further(&EXPLICIT_BEAN, further))
}

/// GMC number, first and last name of the first row.
fn names(rows: List<integration::TraineeInfoDto>) -> Result<[Text; 3], MapError> {
    let Some(Some(row)) = rows.0.into_iter().flatten().next() else {
        return Err(MapError::Refused(
            "expected a doctor in the first row, found none: the gateway takes it without a guard".to_owned(),
        ));
    };
    let integration::TraineeInfoDto {
        gmc_reference_number,
        doctor_first_name,
        doctor_last_name,
        submission_date: _,
        date_added: _,
        under_notice: _,
        sanction: _,
        doctor_status: _,
        gmc_outcome: _,
        admin: _,
        last_updated_date: _,
        designated_body: _,
        connection_status: _,
        programme_name: _,
        programme_membership_type: _,
        curriculum_end_date: _,
        notes: _,
    } = row;
    Ok([gmc_reference_number, doctor_first_name, doctor_last_name])
}
