//! H02: a doctor's recommendations with grade and programme from TCS, through the gateway to the UI.

use crate::java::config::MapperConfig;
use crate::mapping::{
    ByteReaders, Consumer, Declaration, Guard, Identifier, InputSpec, MapError, Mapping, Probing, Required,
    TypedMapping, Values, Wire,
};
use crate::tis::config::{BOOT_AUTO_INDENT, BROWSER, EXPLICIT_BEAN};
use crate::tis::dto::{integration, recommendation, tcs, ui};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "recommendation-details",
    summary: "H02: recommendation's TraineeRecommendationDto and TCS's records -> the gateway's body -> the UI",
    source: "tis-revalidation-integration, RecommendationServiceRouter `direct:recommendation-gmc-id` and \
             DoctorRecommendationAggregationStrategy at 3ee62e905a76",
    reader_name: "the gateway",
    byte_readers: ByteReaders::None("the gateway parses"),
    inputs: &[InputSpec {
        name: "tcs",
        wire: Wire::of::<tcs::RevalidationRecordDtos>(&BOOT_AUTO_INDENT),
        reader: Wire::of::<integration::TraineeCoreDtos>(&EXPLICIT_BEAN),
        keyed: false,
        path: "/api/revalidation/trainees/*",
    }],
    identifiers: &[Identifier {
        pointer: "/gmcNumber",
        reason: "the gateway looks up TCS's record by it: without it grade and programme are missing",
    }],
    declarations: &[
        of_tcs("/programmeMembershipType"),
        of_tcs("/currentGrade"),
        of_tcs("/curriculumEndDate"),
        not_of_tcs("tcs:/key/gmcNumber"),
        not_of_tcs("tcs:/key/forenames"),
        not_of_tcs("tcs:/key/surname"),
        not_of_tcs("tcs:/key/programmeEndDate"),
        not_of_tcs("tcs:/key/programmeName"),
        not_of_tcs("tcs:/key/tcsDesignatedBody"),
        not_of_tcs("tcs:/key/tisPersonId"),
    ],
    probing: Probing {
        guards: &[Guard {
            reason: "the record of TCS is looked up by the doctor's number",
            open: &[("/gmcNumber", "\"key\"")],
        }],
        samples: &[
            r#"{"deferralReasons":[{"status":"CURRENT","subReasons":[{"status":"CURRENT"},{"status":"INACTIVE"}]},{"status":"INACTIVE"}]}"#,
        ],
        goldens: &[golden_inputs!("recommendation-details", "typical", "tcs")],
        ..Probing::PLAIN
    },
    consumer: Some(UI),
    ..Mapping::typed::<Map>(Wire::of::<recommendation::TraineeRecommendationDto>(&BOOT_AUTO_INDENT))
};

const fn not_of_tcs(pointer: &'static str) -> Declaration {
    Declaration::dropped(pointer, "the gateway takes three values of TCS's record, and not this")
}

const fn of_tcs(pointer: &'static str) -> Declaration {
    Declaration::added(pointer, "TCS's (H02b), nulls too, where TCS knows the doctor; recommendation never sets it")
}

/// The recommendations of the UI.
const UI: Consumer = Consumer {
    wire: Wire::of::<ui::IRecommendationHistory>(&BROWSER),
    name: "the recommendation page of the UI",
    required: &[
        Required {
            pointer: "/underNotice",
            reason: "RecommendationHistoryState.enableRecommendation calls toLowerCase on it without a guard: TypeError",
        },
        Required {
            pointer: "/revalidations",
            reason: "RecommendationHistoryState.currentRecommendation calls find on it without a guard: TypeError",
        },
        Required {
            pointer: "/revalidations/*",
            reason: "RecommendationHistoryState.currentRecommendation reads the status of every one: TypeError",
        },
    ],
    dropped: &[
        Declaration::dropped("/deferralReasons/*/abbr", "not in DeferralReason; always null"),
        Declaration::dropped("/deferralReasons/*/status", "not in DeferralReason; always null"),
    ],
};

/// Reads both bodies as the gateway does and writes the enriched one.
struct Map;

impl TypedMapping for Map {
    type Reader = integration::TraineeRecommendationDto;
    type Target = integration::TraineeRecommendationDto;
    const READER: &'static MapperConfig = &EXPLICIT_BEAN;
    const WRITER: &'static MapperConfig = &EXPLICIT_BEAN;

    fn map(
        details: integration::TraineeRecommendationDto,
        values: &Values<'_>,
    ) -> Result<integration::TraineeRecommendationDto, MapError> {
        // Read and written by one class: what the class forgets, the comparison with the producer's class sees.
        let answer = values.further(&EXPLICIT_BEAN, "tcs")?;
        let Some(integration::TraineeCoreDtos(mut records)) = answer else { return Ok(details) };
        let record = details.gmc_number.0.as_ref().and_then(|gmc_number| records.0.remove(gmc_number).flatten());
        let Some(record) = record else { return Ok(details) };
        let integration::TraineeCoreDto {
            curriculum_end_date,
            programme_membership_type,
            programme_name: _,
            current_grade,
            gmc_outcome: _,
        } = record;
        Ok(integration::TraineeRecommendationDto {
            programme_membership_type,
            current_grade,
            curriculum_end_date,
            ..details
        })
    }
}
