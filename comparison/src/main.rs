//! What dtogate is told of an invented system: a depot writes parcels, a gateway reads them, renames one key and answers
//! to a tracking page.

use std::process::ExitCode;

use dtogate::datetime::LocalDate;
use dtogate::java::config::{Escape, Include, MapperConfig, Unknown};
use dtogate::java::numbers::Int;
use dtogate::java::types::{List, Long, Text};
use dtogate::mapping::{
    ByteReaders, Catalogue, Consumer, DtoSpec, MapError, Mapping, Required, TypedMapping, Values, Wire, rows,
};
use dtogate::model::{Domain, Dto, Side};

static STATUS: Domain = Domain::text("Status", Side::Name, &["SENT", "DELIVERED"]);

/// What the depot writes.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "depot.Parcel", source = "invented: depot, Parcel.java", unknown = Ignore)]
struct Parcel {
    parcel_number: Long,
    #[dto(domain = STATUS)]
    status: Text,
    weight_grams: Int,
    shipped_on: LocalDate,
    sender_town: Text,
    recipient_town: Text,
    note: Text,
    stops: List<Stop>,
}

/// Where it was.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "depot.Stop", source = "invented: depot, Stop.java", unknown = Ignore)]
struct Stop {
    depot: Text,
    arrived_on: LocalDate,
}

/// What the gateway answers, and the page reads.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "page.Tracking", source = "invented: page, tracking.ts", unknown = Ignore)]
struct Tracking {
    parcel_number: Long,
    #[dto(domain = STATUS)]
    status: Text,
    weight_grams: Int,
    shipped_on: LocalDate,
    sender_town: Text,
    recipient_town: Text,
    note: Text,
    route: List<Stop>,
}

const DEPOT: MapperConfig = MapperConfig {
    name: "depot",
    summary: "dates as text, compact, without nulls",
    include: Include::NonNull,
    unknown: Unknown::Ignore,
    ..MapperConfig::ISO
};

const BROWSER: MapperConfig = MapperConfig {
    name: "browser",
    summary: "JSON.parse",
    unknown: Unknown::Ignore,
    doubles: true,
    escape: Escape::Text,
    ..MapperConfig::ISO
};

const MAPPING: Mapping = Mapping {
    id: "parcel-tracking",
    summary: "the depot's Parcel -> the gateway (stops -> route) -> the tracking page",
    source: "invented: gateway, tracking.conf",
    reader_name: "the gateway",
    byte_readers: ByteReaders::Alive {
        who: "the gateway renames the key with the regular expression \"stops\":",
        since: "its first version",
    },
    renames: &[("/stops", "/route")],
    consumer: Some(Consumer {
        wire: Wire::of::<Tracking>(&BROWSER),
        name: "the tracking page",
        required: &[Required { pointer: "/route", reason: "tracking.ts iterates it without a guard" }],
        dropped: &[],
    }),
    ..Mapping::typed::<Map>(Wire::of::<Parcel>(&DEPOT))
};

struct Map;

impl TypedMapping for Map {
    type Reader = Parcel;
    type Target = Tracking;
    const READER: &'static MapperConfig = &DEPOT;
    const WRITER: &'static MapperConfig = &DEPOT;

    fn map(parcel: Parcel, _: &Values<'_>) -> Result<Tracking, MapError> {
        let Parcel { parcel_number, status, weight_grams, shipped_on, sender_town, recipient_town, note, stops } =
            parcel;
        let route = rows(stops, "a stop in every row", Ok)?;
        Ok(Tracking { parcel_number, status, weight_grams, shipped_on, sender_town, recipient_town, note, route })
    }
}

static CATALOGUE: Catalogue = Catalogue {
    dtos: &[DtoSpec::of::<Parcel>(), DtoSpec::of::<Stop>(), DtoSpec::of::<Tracking>()],
    configs: &[DEPOT, BROWSER],
    mappings: &[MAPPING],
    goldens: &[],
};

fn main() -> ExitCode {
    dtogate::cli::main(&CATALOGUE)
}
