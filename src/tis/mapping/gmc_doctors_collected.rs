//! M14: the doctors of a designated body, from the GMC client into recommendation's documents.

use super::manual_connection_update::TODAY;
use crate::datetime::java_time::pattern::Pattern;
use crate::datetime::{DatePattern, DayMonthYear, LocalDate};
use crate::java::config::MapperConfig;
use crate::java::enumeration::Enumeration;
use crate::java::types::{Flag, Text};
use crate::mapping::{
    ByteReaders, Declaration, Identifier, MapError, Mapping, Probing, TypedMapping, Values, Wire, rows,
};
use crate::tis::config::{BOOT_AUTO_INDENT, EXPLICIT_BEAN, FIND_MODULES};
use crate::tis::dto::{gmc, recommendation};
use crate::tis::enums::UnderNotice;
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "gmc-doctors-collected",
    summary: "M14: the GMC client's doctors of a designated body -> recommendation's documents (dd/MM/yyyy -> dates, labels -> enums)",
    source: "tis-revalidation-recommendation, RabbitMessageListener, DoctorsForDBService.updateTrainee and \
             DoctorsForDbMapper.toEntity at 6dc4e9e5b65f; the GMC client is not public, that it sends arrays is inferred \
             from the other senders on Rabbit",
    reader_name: "recommendation's Rabbit listener",
    byte_readers: ByteReaders::None("recommendation parses"),
    identifiers: &[Identifier {
        pointer: "/doctors/*/gmcReferenceNumber",
        reason: "it is the id of recommendation's document: without it a new document is made",
    }],
    declarations: &[
        Declaration::dropped("/designatedBodyCode", "finds the stored doctors that are no longer connected"),
        Declaration::dropped("/requestDateTime", "finds the stored doctors that were not updated since"),
        Declaration::converted("/doctors/*/submissionDate", "dd/MM/yyyy, by MapStruct's dateFormat"),
        Declaration::converted(
            "/doctors/*/dateAdded",
            "dd/MM/yyyy, by MapStruct's dateFormat; null becomes today, for which dtogate writes 1970-01-01",
        ),
        Declaration::converted(
            "/doctors/*/underNotice",
            "the label as the enum's name, ignoring case; null for a label that is not known",
        ),
        Declaration::constant(
            "/doctors/*/doctorStatus",
            "NOT_STARTED for a doctor that is not stored, which is what is mapped here; else COMPLETED where not under \
             notice, or by the recommendations",
        ),
        Declaration::constant("/doctors/*/existsInGmc", "what the GMC sends is connected: true"),
        Declaration::added("/doctors/*/admin", "the stored doctor's; null for a doctor that is not stored"),
        Declaration::added("/doctors/*/lastUpdatedDate", "the store's own (LastModifiedDate)"),
    ],
    probing: Probing {
        samples: &[r#"{"doctors":[{"underNotice":"Yes"},{"underNotice":"On Hold"},{"underNotice":"No"}]}"#],
        goldens: &[golden_inputs!("gmc-doctors-collected", "typical")],
        ..Probing::PLAIN
    },
    ..Mapping::typed::<Map>(Wire::of::<gmc::DoctorsForDbCollectedEvent>(&FIND_MODULES))
};

/// Reads the event as recommendation does and writes the documents that it stores for doctors not known before.
struct Map;

impl TypedMapping for Map {
    type Reader = recommendation::DoctorsForDbCollectedEvent;
    type Target = recommendation::CollectedDoctors;
    const READER: &'static MapperConfig = &BOOT_AUTO_INDENT;
    const WRITER: &'static MapperConfig = &EXPLICIT_BEAN;

    fn map(
        event: recommendation::DoctorsForDbCollectedEvent,
        _: &Values<'_>,
    ) -> Result<recommendation::CollectedDoctors, MapError> {
        let recommendation::DoctorsForDbCollectedEvent { designated_body_code: _, request_date_time: _, doctors } =
            event;
        if doctors.0.is_none() {
            return Err(refused("a list of doctors, found null"));
        }
        let doctors = rows(doctors, &format!("a doctor in every place, found null: {UNGUARDED}"), document)?;
        Ok(recommendation::CollectedDoctors { doctors })
    }
}

fn document(doctor: recommendation::DoctorsForDbDto) -> Result<recommendation::DoctorsForDB, MapError> {
    let recommendation::DoctorsForDbDto {
        gmc_reference_number,
        doctor_first_name,
        doctor_last_name,
        submission_date,
        date_added,
        under_notice,
        sanction,
        designated_body_code,
        gmc_last_updated_date_time,
    } = doctor;
    if gmc_reference_number.0.is_none() {
        return Err(refused("a GMC number, found null"));
    }
    if designated_body_code.0.is_none() {
        return Err(refused("a designated body, found null"));
    }
    let date_added = date(&date_added)?;
    Ok(recommendation::DoctorsForDB {
        gmc_reference_number,
        doctor_first_name,
        doctor_last_name,
        submission_date: date(&submission_date)?,
        date_added: if date_added.0.is_none() { TODAY } else { date_added },
        under_notice: label(&under_notice),
        sanction,
        doctor_status: Enumeration::named("NOT_STARTED"),
        last_updated_date: LocalDate(None),
        gmc_last_updated_date_time,
        designated_body_code,
        admin: Text(None),
        exists_in_gmc: Flag(Some(true)),
    })
}

/// `LocalDate.parse` with the formatter of the mapper: null stays null, and empty text is no date.
fn date(text: &Text) -> Result<LocalDate, MapError> {
    let Some(text) = &text.0 else { return Ok(LocalDate(None)) };
    let pattern = DayMonthYear::PATTERN;
    let read = Pattern::new(pattern).ok().and_then(|pattern| pattern.read(text).ok().flatten());
    match read.and_then(|read| read.date).and_then(|date| date.to_civil().ok()) {
        Some(date) => Ok(LocalDate(Some(date))),
        None => Err(MapError::Refused(format!("expected a date as {pattern}, found text {text:?}"))),
    }
}

/// The constant of a label, ignoring case.
fn label(label: &Text) -> Enumeration<UnderNotice> {
    let is = |other: &&str| label.0.as_ref().is_some_and(|label| label.eq_ignore_ascii_case(other));
    Enumeration::at(UnderNotice::LABELS.iter().position(is))
}

/// What happens to a null.
const UNGUARDED: &str = "recommendation uses it without a guard";

fn refused(expected: &str) -> MapError {
    MapError::expected(format!("{expected}: {UNGUARDED}"))
}
