//! H01a to H01c: recommendation's doctors page through the gateway to the UI.
//!
//! The gateway reads the page into a class of its own, under the old key or the new, and writes that class. The
//! list's new name is all that happens, and it is what the incident of December 2023 was about.

use crate::java::config::MapperConfig;
use crate::mapping::{
    ByteReaders, Consumer, Declaration, Identifier, MapError, Mapping, Probing, Required, TypedMapping, Values, Wire,
};
use crate::tis::config::{BOOT_AUTO_INDENT, BROWSER, EXPLICIT_BEAN};
use crate::tis::dto::{integration, recommendation, ui};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "doctors-summary",
    summary: "H01: recommendation's doctors page -> the gateway's body (traineeInfo -> recommendationInfo) -> the UI",
    source: "tis-revalidation-integration, RecommendationServiceRouter `direct:recommendation-summary` at 3ee62e905a76; \
             the rename by class since b87760a (2026-03-02)",
    reader_name: "the gateway",
    byte_readers: ByteReaders::Historical(
        "the gateway renamed the key by a regular expression over the bytes from 2022-06-23 to 2026-03-18; \
                   today it parses",
    ),
    renames: &[("/traineeInfo", "/recommendationInfo")],
    identifiers: &[Identifier {
        pointer: "/traineeInfo/*/gmcReferenceNumber",
        reason: "the gateway asks core for the notes of each row by it (H01b): without it the row shows none",
    }],
    declarations: &[Declaration::added(
        "/recommendationInfo/*/notes",
        "the gateway fills it from core (H01b); see the mapping doctors-notes",
    )],
    probing: Probing { goldens: &[golden_inputs!("doctors-summary", "typical3")], ..Probing::PLAIN },
    consumer: Some(UI),
    ..Mapping::typed::<Map>(Wire::of::<recommendation::TraineeSummaryDto>(&BOOT_AUTO_INDENT))
};

/// The doctors list of the UI.
pub(super) const UI: Consumer = Consumer {
    wire: Wire::of::<ui::IGetRecommendationsResponse>(&BROWSER),
    name: "the doctors list of the UI",
    required: &[
        Required {
            pointer: "/recommendationInfo",
            reason: "recommendations.state.ts iterates it with forEach without a guard: TypeError, the list is lost",
        },
        Required {
            pointer: "/recommendationInfo/*",
            reason: "the forEach reads doctorStatus of every row without a guard: TypeError, the list is lost",
        },
    ],
    dropped: &[
        Declaration::dropped(
            "/recommendationInfo/*/connectionStatus",
            "not in IRecommendation; recommendation fills it on H17 only",
        ),
        Declaration::dropped(
            "/recommendationInfo/*/notes",
            "not in IRecommendation; rendered through untyped column data",
        ),
    ],
};

/// Reads the page as the gateway does and writes it as the gateway does.
struct Map;

impl TypedMapping for Map {
    type Reader = integration::TraineeSummaryDto;
    type Target = integration::TraineeSummaryDto;
    const READER: &'static MapperConfig = &EXPLICIT_BEAN;
    const WRITER: &'static MapperConfig = &EXPLICIT_BEAN;

    fn map(page: integration::TraineeSummaryDto, _: &Values<'_>) -> Result<integration::TraineeSummaryDto, MapError> {
        // Read and written by one class, so there is no field that this could forget: what the class forgets, the
        // comparison with the producer's class sees.
        Ok(page)
    }
}
