//! The leg of the log as it was captured: classes and a mapping of the tests' own, which no change of the real ones touches.
//!
//! Rules are tested with it: what it is changed to is a defect of this leg, whatever the real one is called by now.

use dtogate::datetime::{EventMillis, LocalDateTime, PatternDateTime};
use dtogate::java::config::MapperConfig;
use dtogate::java::types::Text;
use dtogate::mapping::{Declaration, GoldenInputs, MapError, Mapping, Probing, TypedMapping, Values, Wire};
use dtogate::model::Dto;
use dtogate::tis::config::{BOOT_AUTO_INDENT, EXPLICIT_BEAN, FIND_MODULES};
use dtogate::tis::mapping::connection_log;

/// The log as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "recommendation.ConnectionLogDto", source = "as captured", unknown = Ignore)]
pub(crate) struct Sent {
    pub(crate) gmc_id: Text,
    pub(crate) new_designated_body_code: Text,
    pub(crate) previous_designated_body_code: Text,
    pub(crate) updated_by: Text,
    pub(crate) event_date_time: PatternDateTime<EventMillis>,
}

/// The log as it is read.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "connection.ConnectionLogDto", source = "as captured", unknown = Ignore)]
pub(crate) struct Received {
    pub(crate) gmc_id: Text,
    pub(crate) new_designated_body_code: Text,
    pub(crate) previous_designated_body_code: Text,
    pub(crate) updated_by: Text,
    pub(crate) event_date_time: PatternDateTime<EventMillis>,
}

/// The log as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "connection.ConnectionLog", source = "as captured")]
pub(crate) struct Stored {
    pub(crate) id: Text,
    pub(crate) gmc_id: Text,
    pub(crate) new_designated_body_code: Text,
    pub(crate) previous_designated_body_code: Text,
    pub(crate) updated_by: Text,
    pub(crate) request_time: LocalDateTime,
}

/// What has an id by now, and the rest as it was read.
pub(crate) fn stored(log: Received) -> Stored {
    let Received { gmc_id, new_designated_body_code, previous_designated_body_code, updated_by, event_date_time } = log;
    Stored {
        id: Text(Some("00000000-0000-0000-0000-000000000000".to_owned())),
        gmc_id,
        new_designated_body_code,
        previous_designated_body_code,
        updated_by,
        request_time: LocalDateTime(event_date_time.0),
    }
}

const GOLDEN: &str = r#"{
  "gmcId" : "1234567",
  "newDesignatedBodyCode" : "1-FAKE1",
  "previousDesignatedBodyCode" : "1-FAKE0",
  "updatedBy" : "Updated by GMC",
  "eventDateTime" : "2026-01-30T12:06:42.123"
}"#;

/// The mapping, without a defect.
pub(crate) const MAPPING: Mapping = Mapping {
    id: connection_log::MAPPING.id,
    summary: "the log as it was captured",
    source: "a copy",
    reader_name: connection_log::MAPPING.reader_name,
    byte_readers: connection_log::MAPPING.byte_readers,
    renames: &[("/eventDateTime", "/requestTime")],
    declarations: &[Declaration::generated("/id", "every log has a new one")],
    probing: Probing {
        goldens: &[GoldenInputs { name: "fraction_3", payload: GOLDEN, further: &[] }],
        ..Probing::PLAIN
    },
    ..Mapping::typed::<Map>(Wire::of::<Sent>(&BOOT_AUTO_INDENT))
};

struct Map;

impl TypedMapping for Map {
    type Reader = Received;
    type Target = Stored;
    const READER: &'static MapperConfig = &FIND_MODULES;
    const WRITER: &'static MapperConfig = &EXPLICIT_BEAN;

    fn map(log: Received, _: &Values<'_>) -> Result<Stored, MapError> {
        Ok(stored(log))
    }
}
