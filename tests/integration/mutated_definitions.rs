//! Mutated definitions: catalogues in which two sides of a leg say different things of one value, and no golden shows it.

use dtogate::datetime::{EventMillis, PatternDateTime};
use dtogate::java::types::{List, Long, Text};
use dtogate::mapping::{Catalogue, Consumer, MapError, Mapper, Mapping, Required, Wire, typed};
use dtogate::model::{Domain, Dto, Side, Str, Stranger, Words};
use dtogate::tis;
use dtogate::tis::config::{BOOT_AUTO_INDENT, BROWSER, EXPLICIT_BEAN, FIND_MODULES};
use dtogate::tis::enums;
use dtogate::tis::mapping::doctors_summary;

use crate::captured_log::{self, Received, stored};
use crate::mutated::with;

static UPDATERS: Domain = Domain::text("Updater", Side::Code, &["Updated by GMC", "Updated by TCS"]);

/// The log of a producer that writes one of two codes.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "recommendation.ConnectionLogDto", source = "a mutation", unknown = Ignore)]
pub(crate) struct CodedLog {
    gmc_id: Text,
    new_designated_body_code: Text,
    previous_designated_body_code: Text,
    #[dto(domain = UPDATERS)]
    updated_by: Text,
    event_date_time: PatternDateTime<EventMillis>,
}

/// The producer may write a code that the reader does not know.
pub(crate) static REFUSES_A_CODE: Catalogue = with!(Mapping {
    producer: Wire::of::<CodedLog>(&BOOT_AUTO_INDENT),
    map: Mapper::Values(|values| {
        typed(&FIND_MODULES, &EXPLICIT_BEAN, values, |log: Received, _| {
            if log.updated_by == Text(Some("Updated by TCS".to_owned())) {
                return Err(MapError::expected("an updater, found another"));
            }
            Ok(stored(log))
        })
    }),
    ..captured_log::MAPPING
});

/// A number that may be null is used without a guard.
pub(crate) static REFUSES_NULL: Catalogue = with!(Mapping {
    map: Mapper::Values(|values| {
        typed(&FIND_MODULES, &EXPLICIT_BEAN, values, |log: Received, _| {
            if log.gmc_id == Text(None) {
                return Err(MapError::expected("a GMC number, found null"));
            }
            Ok(stored(log))
        })
    }),
    ..captured_log::MAPPING
});

/// A consumer of the stored log.
macro_rules! shown_log {
    ($name:ident { $($field:ident),* }) => {
        #[derive(Clone, Debug, Default, PartialEq, Dto)]
        #[dto(name = "ui.Log", source = "a mutation", unknown = Ignore)]
        pub(crate) struct $name {
            $($field: Text,)*
        }
    };
}

shown_log!(LongerLog {
    id,
    gmc_id,
    new_designated_body_code,
    previous_designated_body_code,
    updated_by,
    request_time,
    reason
});
shown_log!(ShorterLog { id, gmc_id, new_designated_body_code, previous_designated_body_code, request_time });

shown_log!(WholeLog { id, gmc_id, new_designated_body_code, previous_designated_body_code, updated_by, request_time });

const fn consumed_by<T: Dto>() -> Option<Consumer> {
    Some(Consumer { wire: Wire::of::<T>(&BROWSER), name: "the list of logs", required: &[], dropped: &[] })
}

/// The consumer reads a key that no answer has.
pub(crate) static READS_ONE_MORE: Catalogue =
    with!(Mapping { consumer: consumed_by::<LongerLog>(), ..captured_log::MAPPING });

/// The consumer does not read who changed it, and does not say so.
pub(crate) static READS_ONE_LESS: Catalogue =
    with!(Mapping { consumer: consumed_by::<ShorterLog>(), ..captured_log::MAPPING });

/// The consumer looks into a number that may be null.
pub(crate) static CONSUMER_DEREFERENCES: Catalogue = with!(Mapping {
    consumer: Some(Consumer {
        wire: Wire::of::<WholeLog>(&BROWSER),
        name: "the list of logs",
        required: &[Required { pointer: "/gmcId", reason: "the list sorts by its first digit: TypeError" }],
        dropped: &[],
    }),
    ..captured_log::MAPPING
});

/// The labels that a list of the UI knows: one status of recommendation is not among them.
static FEWER: Domain = Domain {
    name: Str::Borrowed("RecommendationStatus"),
    words: Words::Static(&[
        "NOT_STARTED",
        "STARTED",
        "READY_TO_REVIEW",
        "READY_TO_SUBMIT",
        "SUBMITTED_TO_GMC",
        "COMPLETED",
    ]),
    side: Side::Name,
    ignores_case: false,
    stranger: Stranger::Null,
};

/// The doctors list of the UI with another name of a date or another domain of the status.
macro_rules! shown_page {
    ($page:ident, $row:ident, $date:ident, $status:path) => {
        #[derive(Clone, Debug, Default, PartialEq, Dto)]
        #[dto(name = "ui.IGetRecommendationsResponse", source = "a mutation", unknown = Ignore)]
        pub(crate) struct $page {
            total_results: Long,
            total_pages: Long,
            count_total: Long,
            count_under_notice: Long,
            recommendation_info: List<$row>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Dto)]
        #[dto(name = "ui.IRecommendation", source = "a mutation", unknown = Ignore)]
        pub(crate) struct $row {
            admin: Text,
            curriculum_end_date: Text,
            date_added: Text,
            designated_body: Text,
            doctor_first_name: Text,
            doctor_last_name: Text,
            gmc_outcome: Text,
            #[dto(domain = $status)]
            doctor_status: Text,
            gmc_reference_number: Text,
            last_updated_date: Text,
            programme_membership_type: Text,
            programme_name: Text,
            sanction: Text,
            $date: Text,
            under_notice: Text,
        }
    };
}

shown_page!(RenamedPage, RenamedRow, due_date, enums::RECOMMENDATION_STATUS_SHOWN);
shown_page!(FewerPage, FewerRow, submission_date, FEWER);

/// The doctors list of the UI with another definition.
const fn shown_by<T: Dto>() -> Option<Consumer> {
    match doctors_summary::MAPPING.consumer {
        Some(consumer) => Some(Consumer { wire: Wire::of::<T>(&BROWSER), ..consumer }),
        None => None,
    }
}

/// A key is renamed in a definition of the UI alone.
pub(crate) static UI_RENAMES: Catalogue =
    with!(Mapping { consumer: shown_by::<RenamedPage>(), ..doctors_summary::MAPPING });

/// The UI does not know a status that recommendation writes.
pub(crate) static UI_LACKS_A_STATUS: Catalogue =
    with!(Mapping { consumer: shown_by::<FewerPage>(), ..doctors_summary::MAPPING });
