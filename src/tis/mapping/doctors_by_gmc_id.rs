//! H17: a doctor's name from recommendation, programme from TCS and notes from core, as details for the UI.
//!
//! Recommendation answers with the doctors page of H01, here of one row. The gateway uses it only where `countTotal`
//! is 1; without it, it answers with what TCS knows, or 404.

use crate::java::config::MapperConfig;
use crate::java::types::{List, Text};
use crate::mapping::{
    ByteReaders, Consumer, Declaration, Guard, InputSpec, MapError, Mapping, Probing, Required, TypedMapping, Values,
    Wire,
};
use crate::tis::config::{BOOT_AUTO_INDENT, BROWSER, EXPLICIT_BEAN};
use crate::tis::dto::{core, integration, recommendation, tcs, ui};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "doctors-by-gmc-id",
    summary: "H17: recommendation's doctor, TCS's programme and core's notes -> the gateway's TraineeDetailsDto -> the UI",
    source: "tis-revalidation-integration, TraineeServiceRouter `direct:trainee` and TraineeDetailProcessor at 3ee62e905a76",
    reader_name: "the gateway",
    byte_readers: ByteReaders::None("the gateway joins the texts of three services and parses the whole"),
    inputs: &[
        InputSpec {
            name: "programme",
            wire: Wire::of::<tcs::RevalidationRecordDto>(&BOOT_AUTO_INDENT),
            reader: Wire::of::<integration::TraineeDetailsDto>(&EXPLICIT_BEAN),
            keyed: false,
            path: "/api/revalidation/trainee/*",
        },
        InputSpec {
            name: "notes",
            wire: Wire::of::<core::TraineeNotesDto>(&EXPLICIT_BEAN),
            reader: Wire::of::<integration::TraineeNotesDto>(&EXPLICIT_BEAN),
            keyed: false,
            path: "/api/trainee/*/notes",
        },
    ],
    renames: &[
        ("/traineeInfo/0/gmcReferenceNumber", "/gmcNumber"),
        ("/traineeInfo/0/doctorFirstName", "/forenames"),
        ("/traineeInfo/0/doctorLastName", "/surname"),
    ],
    declarations: &[
        Declaration::dropped("/countTotal", "the guard: the row is used where it is 1, and not carried over"),
        Declaration::dropped("/traineeInfo/1", "the guard lets one row through"),
        Declaration::dropped("notes:/gmcId", "the details have the number already"),
        Declaration::dropped("/countUnderNotice", "a count of the list; never set on H17"),
        Declaration::dropped("/totalPages", "a count of the list; never set on H17"),
        Declaration::dropped("/totalResults", "a count of the list"),
        Declaration::dropped("/traineeInfo/*/submissionDate", "not in the details"),
        Declaration::dropped("/traineeInfo/*/dateAdded", "not in the details"),
        Declaration::dropped("/traineeInfo/*/underNotice", "not in the details"),
        Declaration::dropped("/traineeInfo/*/sanction", "not in the details"),
        Declaration::dropped("/traineeInfo/*/doctorStatus", "not in the details"),
        Declaration::dropped("/traineeInfo/*/gmcOutcome", "not in the details; null on H17"),
        Declaration::dropped("/traineeInfo/*/admin", "not in the details"),
        Declaration::dropped("/traineeInfo/*/lastUpdatedDate", "not in the details"),
        Declaration::dropped("/traineeInfo/*/designatedBody", "not in the details, which have the one of TCS"),
        Declaration::dropped("/traineeInfo/*/connectionStatus", "not in the details"),
        Declaration::dropped("/traineeInfo/*/programmeName", "null on H17; the details have TCS's"),
        Declaration::dropped("/traineeInfo/*/programmeMembershipType", "null on H17; the details have TCS's"),
        Declaration::dropped("/traineeInfo/*/curriculumEndDate", "null on H17; the details have TCS's"),
        of_tcs("/curriculumEndDate"),
        of_tcs("/programmeEndDate"),
        of_tcs("/programmeMembershipType"),
        of_tcs("/programmeName"),
        of_tcs("/tcsDesignatedBody"),
        of_tcs("/currentGrade"),
        of_tcs("/tisPersonId"),
        Declaration::added("/notes", "core's (H17b), their times cut to dates"),
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
    ..Mapping::typed::<Map>(Wire::of::<recommendation::TraineeSummaryDto>(&BOOT_AUTO_INDENT))
};

const fn of_tcs(pointer: &'static str) -> Declaration {
    Declaration::added(pointer, "TCS's (H17a); null where TCS does not know the doctor")
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
struct Map;

impl TypedMapping for Map {
    type Reader = integration::TraineeSummaryDto;
    type Target = integration::TraineeDetailsDto;
    const READER: &'static MapperConfig = &EXPLICIT_BEAN;
    const WRITER: &'static MapperConfig = &EXPLICIT_BEAN;

    fn map(
        page: integration::TraineeSummaryDto,
        values: &Values<'_>,
    ) -> Result<integration::TraineeDetailsDto, MapError> {
        let integration::TraineeSummaryDto {
            count_total,
            count_under_notice: _,
            total_pages: _,
            total_results: _,
            trainee_info,
        } = page;
        // One that is missing or empty is an empty object to the gateway.
        let programme: integration::TraineeDetailsDto =
            values.further(&EXPLICIT_BEAN, "programme")?.unwrap_or_default();
        let notes = values.further(&EXPLICIT_BEAN, "notes")?.unwrap_or_default();
        let integration::TraineeNotesDto { gmc_id: _, notes } = notes;
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
