//! Mutated mappings and classes: the tests' own catalogues, each with one defect, and the replays of real ones.

use std::sync::LazyLock;

use dtogate::datetime::{LocalDate, LocalDateTime};
use dtogate::java::config::MapperConfig;
use dtogate::java::types::{List, Long, Text};
use dtogate::mapping::{
    Catalogue, Declaration, Guard, Inputs, MapError, Mapper, Mapping, Outcome, Probing, Values, Wire, typed,
};
use dtogate::model::Dto;
use dtogate::tis;
use dtogate::tis::config::{BOOT_AUTO_INDENT, EXPLICIT_BEAN, FIND_MODULES};
use dtogate::tis::dto::recommendation;
use dtogate::tis::mapping::{
    MAPPINGS, connection_log, doctors_by_gmc_id, doctors_notes, doctors_summary, manual_connection_update,
};
use serde_json::Value;

use crate::captured_log::{self, Received, Stored};
use crate::mutated_definitions as definitions;
use crate::versions;

/// The mapping of the log as it was captured, and then a change.
fn log(inputs: &Inputs<'_>, change: fn(&mut Stored)) -> Outcome {
    // A change is data here, and `typed` takes functions only: the answer is read and written once more.
    let Outcome::Emitted(answer) = captured_log::MAPPING.run(inputs) else {
        return captured_log::MAPPING.run(inputs);
    };
    let document = answer.document().unwrap();
    let mut stored = dtogate::java::read::read::<Stored>(&EXPLICIT_BEAN, &document).unwrap();
    change(&mut stored);
    Outcome::emitted(dtogate::java::write::emit(&EXPLICIT_BEAN, &stored).unwrap())
}

/// The real mappings with another one in the place of that of its id.
pub(crate) const fn replaced(mapping: Mapping) -> [Mapping; MAPPINGS.len()] {
    let mut all = [mapping; MAPPINGS.len()];
    let mut at = 0;
    while at < all.len() {
        if !is_same(MAPPINGS[at].id, mapping.id) {
            all[at] = MAPPINGS[at];
        }
        at += 1;
    }
    all
}

const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}

/// The catalogue with another mapping in the place of that of its id.
macro_rules! with {
    ($mapping:expr) => {
        Catalogue { mappings: &$crate::mutated::replaced($mapping), ..tis::CATALOGUE }
    };
}

pub(crate) use with;

/// The catalogue with the log as it was captured, and no defect.
pub(crate) static CAPTURED: Catalogue = with!(captured_log::MAPPING);

/// A field is not copied.
pub(crate) static FORGETS: Catalogue = with!(Mapping {
    map: Mapper::Text(|inputs| log(inputs, |stored| stored.updated_by = Text(None))),
    ..captured_log::MAPPING
});

/// Two fields take each other's source.
pub(crate) static SWAPS: Catalogue = with!(Mapping {
    map: Mapper::Text(|inputs| log(inputs, |stored| {
        std::mem::swap(&mut stored.new_designated_body_code, &mut stored.previous_designated_body_code);
    })),
    ..captured_log::MAPPING
});

/// A constant instead of a copy; it is what M12 always sends.
pub(crate) static CONSTANT: Catalogue = with!(Mapping {
    map: Mapper::Text(|inputs| log(inputs, |stored| stored.updated_by = Text(Some("Updated by GMC".to_owned())))),
    ..captured_log::MAPPING
});

/// The time of day is cut off.
pub(crate) static CUTS_TIME: Catalogue = with!(Mapping {
    map: Mapper::Text(|inputs| log(inputs, |stored| {
        stored.request_time = LocalDateTime(stored.request_time.0.map(|time| time.date().at(0, 0, 0, 0)));
    })),
    ..captured_log::MAPPING
});

const UPDATER_DROPPED: &[Declaration] =
    &[captured_log::MAPPING.declarations[0], Declaration::dropped("/updatedBy", "nobody reads it")];

/// A value is declared dropped and copied.
pub(crate) static DECLARES_WRONGLY: Catalogue =
    with!(Mapping { declarations: UPDATER_DROPPED, ..captured_log::MAPPING });

/// What is made up is not declared.
pub(crate) static DECLARES_NOTHING: Catalogue = with!(Mapping { declarations: &[], ..captured_log::MAPPING });

/// The answer of a mapping, and then a change of its values.
fn changed(mapping: &Mapping, inputs: &Inputs<'_>, change: impl FnOnce(&mut Value)) -> Outcome {
    match mapping.run(inputs) {
        Outcome::Emitted(answer) => {
            let mut value = serde_json::from_str(&answer).unwrap();
            change(&mut value);
            Outcome::emitted(value.to_string())
        }
        refused => refused,
    }
}

/// The page of doctors, and then a change.
fn changed_page(inputs: &Inputs<'_>, change: impl FnOnce(&mut Value)) -> Outcome {
    changed(&doctors_summary::MAPPING, inputs, change)
}

/// Changes the rows of the page, its only list; none where it is null.
fn with_rows(page: &mut Value, change: impl FnOnce(&mut Vec<Value>)) {
    if let Some(rows) = page.as_object_mut().unwrap().values_mut().find_map(Value::as_array_mut) {
        change(rows);
    }
}

/// A value of an object, by its name as it was captured.
fn at<'v>(object: &'v mut Value, key: &str) -> &'v mut Value {
    &mut object[versions::page(key)]
}

/// Only the first row of the page is mapped.
pub(crate) static FIRST_ROW: Catalogue = with!(Mapping {
    map: Mapper::Text(|inputs| changed_page(inputs, |page| with_rows(page, |rows| rows.truncate(1)))),
    ..doctors_summary::MAPPING
});

/// The rows come out back to front: every field from the same field, of another row.
pub(crate) static REVERSES: Catalogue = with!(Mapping {
    map: Mapper::Text(|inputs| changed_page(inputs, |page| with_rows(page, |rows| rows.reverse()))),
    ..doctors_summary::MAPPING
});

/// The key of the details that holds what a key of a row of the page does: the mapping says it.
fn detail(key: &str) -> String {
    let from = versions::page(&format!("/traineeInfo/0/{key}"));
    let (_, to) = doctors_by_gmc_id::MAPPING.renames.iter().find(|(sent, _)| *sent == from).unwrap();
    to.trim_start_matches('/').to_owned()
}

/// The surname is not copied; what else the gateway reads is not all known.
pub(crate) static FORGETS_SURNAME: Catalogue = with!(Mapping {
    map: Mapper::Text(|inputs| changed(&doctors_by_gmc_id::MAPPING, inputs, |details| {
        details[detail("doctorLastName")] = Value::Null;
    })),
    ..doctors_by_gmc_id::MAPPING
});

/// TCS's GMC number is not taken where recommendation has none; it still says whether TCS knows the doctor.
pub(crate) static ASKS_ONE: Catalogue = with!(Mapping {
    map: Mapper::Text(|inputs| changed(&doctors_by_gmc_id::MAPPING, inputs, |details| {
        let page = dtogate::document::parse(inputs.payload.as_bytes()).unwrap();
        let count = page.find(&versions::page("/countTotal")).map(|node| page.raw(node));
        if count != Some("1") {
            details[detail("gmcReferenceNumber")] = Value::Null;
        }
    })),
    ..doctors_by_gmc_id::MAPPING
});

/// Whoever the message is about is connected, whether it names a designated body or not.
pub(crate) static ALWAYS_EXISTS: Catalogue = with!(Mapping {
    map: Mapper::Text(|inputs| match manual_connection_update::MAPPING.run(inputs) {
        Outcome::Emitted(answer) => Outcome::emitted(answer.replace(":false", ":true")),
        refused => refused,
    }),
    ..manual_connection_update::MAPPING
});

/// Rows without anything in them; a null row stays null.
pub(crate) static EMPTY_ROWS: Mapping = Mapping {
    map: Mapper::Text(|inputs| {
        changed_page(inputs, |page| {
            with_rows(page, |rows| {
                for row in rows.iter_mut().filter_map(Value::as_object_mut) {
                    // The one flag of a row is false, whatever else is null.
                    row.values_mut().for_each(|value| *value = Value::Null);
                }
            });
        })
    }),
    ..doctors_summary::MAPPING
};

/// Rows without an admin are null, and what the answer has of notes is always the same and not declared.
pub(crate) static ROWS_WITH_ADMIN: Mapping = Mapping {
    map: Mapper::Text(|inputs| {
        changed_page(inputs, |page| {
            with_rows(page, |rows| {
                for row in rows.iter_mut().filter(|row| row[versions::page("admin")].is_null()) {
                    *row = Value::Null;
                }
            });
        })
    }),
    declarations: &[],
    ..doctors_summary::MAPPING
};

/// A count of the rows that are null.
pub(crate) static COUNTS_NULLS: Mapping = Mapping {
    map: Mapper::Text(|inputs| {
        changed_page(inputs, |page| {
            let mut nulls = 0;
            with_rows(page, |rows| nulls = rows.iter().filter(|row| row.is_null()).count());
            *at(page, "totalResults") = nulls.into();
        })
    }),
    ..doctors_summary::MAPPING
};

/// Rows only on a page with the counts of a golden.
fn like_a_golden(inputs: &Inputs<'_>) -> Outcome {
    changed_page(inputs, |page| {
        let counts = page.as_object().unwrap().values().filter_map(Value::as_i64);
        let is_golden = counts.filter(|count| [3, 1].contains(count)).count() >= 3;
        with_rows(page, |rows| {
            if !is_golden {
                rows.clear()
            }
        });
    })
}

/// A mapping that only a golden opens, with it and without.
pub(crate) static LIKE_A_GOLDEN: Mapping = Mapping { map: Mapper::Text(like_a_golden), ..doctors_summary::MAPPING };

/// The same without it.
pub(crate) static LIKE_NO_OTHER: Mapping = Mapping { probing: Probing::PLAIN, ..LIKE_A_GOLDEN };

/// The log with one more field at the producer.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "recommendation.ConnectionLogDto", source = "a mutation", unknown = Ignore)]
pub(crate) struct LogWithReason {
    gmc_id: Text,
    new_designated_body_code: Text,
    previous_designated_body_code: Text,
    updated_by: Text,
    event_date_time: dtogate::datetime::PatternDateTime<dtogate::datetime::EventMillis>,
    reason: Text,
}

/// The producer has a field that nobody maps.
pub(crate) static NEW_IN_PRODUCER: Catalogue =
    with!(Mapping { producer: Wire::of::<LogWithReason>(&BOOT_AUTO_INDENT), ..captured_log::MAPPING });

/// The stored log with one more field.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "connection.ConnectionLog", source = "a mutation", unknown = Ignore)]
pub(crate) struct StoredWithReason {
    id: Text,
    gmc_id: Text,
    new_designated_body_code: Text,
    previous_designated_body_code: Text,
    updated_by: Text,
    request_time: LocalDateTime,
    reason: Text,
}

/// The consumer has a field that nobody fills.
pub(crate) static NEW_IN_CONSUMER: Catalogue = with!(Mapping {
    target: Wire::of::<StoredWithReason>(&EXPLICIT_BEAN),
    map: Mapper::Values(|values| typed(&FIND_MODULES, &EXPLICIT_BEAN, values, |log: Received, _| {
        let Stored { id, gmc_id, new_designated_body_code, previous_designated_body_code, updated_by, request_time } =
            captured_log::stored(log);
        Ok(StoredWithReason {
            id,
            gmc_id,
            new_designated_body_code,
            previous_designated_body_code,
            updated_by,
            request_time,
            reason: Text(None),
        })
    })),
    ..captured_log::MAPPING
});

/// b87760a of March 2026: the gateway's row had ten fields, and six keys of the doctors list went nowhere.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(
    name = "integration.TraineeInfoDto",
    source = "tis-revalidation-integration, router/dto/TraineeInfoDto.java in March 2026",
    unknown = Ignore
)]
pub(crate) struct TenFields {
    gmc_reference_number: Text,
    doctor_first_name: Text,
    doctor_last_name: Text,
    submission_date: LocalDate,
    doctor_status: Text,
    admin: Text,
    last_updated_date: LocalDate,
    designated_body: Text,
    date_added: LocalDate,
    connection_status: Text,
}

/// The page of such rows.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "integration.TraineeSummaryDto", source = "a mutation", unknown = Ignore)]
pub(crate) struct PageOfTenFields {
    count_total: Long,
    count_under_notice: Long,
    total_pages: Long,
    total_results: Long,
    #[dto(name = "recommendationInfo", alias = "traineeInfo")]
    trainee_info: List<TenFields>,
}

fn page(page: PageOfTenFields, _: &Values<'_>) -> Result<PageOfTenFields, MapError> {
    Ok(page)
}

/// H01 with the ten fields.
pub(crate) static MARCH_2026: Catalogue = with!(Mapping {
    reader: Wire::of::<PageOfTenFields>(&EXPLICIT_BEAN),
    target: Wire::of::<PageOfTenFields>(&EXPLICIT_BEAN),
    declarations: &[],
    map: Mapper::Values(|values| typed(&EXPLICIT_BEAN, &EXPLICIT_BEAN, values, page)),
    ..doctors_summary::MAPPING
});

/// October 2025: recommendation writes up to nine digits of fraction, connection takes three.
pub(crate) static OCTOBER_2025: Catalogue = with!(Mapping {
    producer: Wire::of::<recommendation::ConnectionLogDtoBefore5b909b1>(CONFIG_OF_2025),
    ..connection_log::MAPPING
});

const CONFIG_OF_2025: &MapperConfig = &EXPLICIT_BEAN;

/// The notes of core go nowhere, and nobody says so.
pub(crate) static NOTES_UNDECLARED: Catalogue =
    with!(Mapping { declarations: doctors_notes::MAPPING.declarations.split_at(1).0, ..doctors_notes::MAPPING });

/// A branch hides the rows unless there is one doctor in all; and an enum of which one name is known.
fn guarded(inputs: &Inputs<'_>) -> Outcome {
    changed_page(inputs, |page| {
        let is_open = *at(page, "countTotal") == 1;
        with_rows(page, |rows| {
            rows.retain(|_| is_open);
            for doctor in rows.iter_mut().filter(|row| row.is_object()) {
                let notice = at(doctor, "underNotice");
                *notice = Some(notice.take()).filter(|name| name == "ON_HOLD").unwrap_or_default();
            }
        });
    })
}

/// A mapping with a guard and an enum that says nothing of them.
pub(crate) static HIDDEN: Mapping = Mapping { map: Mapper::Text(guarded), ..doctors_summary::MAPPING };

/// The same that declares them.
pub(crate) fn opened() -> &'static Mapping {
    static OPENED: LazyLock<Mapping> = LazyLock::new(|| {
        let page = |text: &str| -> &'static str { Box::leak(versions::page(text).into_boxed_str()) };
        let open = Box::leak(Box::new([(page("/countTotal"), "1")]));
        let guards = Box::leak(Box::new([Guard { reason: "rows only where there is one doctor", open }]));
        let samples = Box::leak(Box::new([page(r#"{"traineeInfo":[{"underNotice":"ON_HOLD"}]}"#)]));
        Mapping { probing: Probing { guards, samples, ..Probing::PLAIN }, ..HIDDEN }
    });
    &OPENED
}

/// A log that refuses whoever is not known: every base but none.
pub(crate) static REFUSES: Mapping = Mapping {
    map: Mapper::Values(|values| {
        typed(&FIND_MODULES, &EXPLICIT_BEAN, values, |_: Received, _| -> Result<Stored, MapError> {
            Err(MapError::Refused("expected another day".to_owned()))
        })
    }),
    ..captured_log::MAPPING
};

/// A log whose id is another one in every answer.
pub(crate) static RANDOM: Mapping = Mapping {
    map: Mapper::Text(|inputs| {
        log(inputs, |stored| {
            static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
            let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            stored.id = Text(Some(count.to_string()));
        })
    }),
    ..captured_log::MAPPING
};

/// The catalogue whose mapping has the defect of a rule, where an example's files alone do not show it.
pub(crate) fn with_defect(rule: &str) -> Option<&'static Catalogue> {
    let found = [
        ("crossed-fields", &SWAPS),
        ("lossy-datetime", &CUTS_TIME),
        ("lossy-mapping", &FORGETS),
        ("stale-declaration", &DECLARES_WRONGLY),
        ("narrower-reader", &definitions::REFUSES_A_CODE),
        ("null-dereferenced", &definitions::REFUSES_NULL),
        ("unfed-key", &definitions::READS_ONE_MORE),
        ("unfed-target", &DECLARES_NOTHING),
        ("unread-key", &definitions::READS_ONE_LESS),
    ];
    found.into_iter().find(|(id, _)| *id == rule).map(|(_, catalogue)| catalogue)
}
