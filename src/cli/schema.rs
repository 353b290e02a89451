//! `dtogate schema`

use clap::Args;

use crate::error::Error;
use crate::gate::WireChoice;
use crate::java::config::Dates;
use crate::mapping::Catalogue;
use crate::report;

/// The names of the reports' schemas; a definition's has a dot in it.
#[cfg(unix)]
const REPORTS: &[&str] = &["report", "probe-report"];
#[cfg(not(unix))]
const REPORTS: &[&str] = &["report"];

/// The arguments of `schema`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// A definition, SERVICE.TYPE; with @CONFIGURATION its dates are as that configuration writes them. Or `report`:
    /// what `check --format json` writes; or `probe-report`
    #[arg(value_name = "DTO|report|probe-report")]
    pub dto: String,
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments, catalogue: &Catalogue) -> Result<String, Error> {
    match arguments.dto.as_str() {
        "report" => return Ok(shown(&report::json::schema())),
        #[cfg(feature = "sources")]
        "sources-report" => return Ok(shown(&crate::source::report::json::schema())),
        #[cfg(feature = "sources")]
        "diff-report" => return Ok(shown(&crate::report::json::compare::schema())),
        #[cfg(unix)]
        "probe-report" => return Ok(shown(&crate::report::json::probe::schema())),
        _ => {}
    }
    let (name, dates) = match arguments.dto.split_once('@') {
        None => (arguments.dto.as_str(), Dates::Text),
        Some((name, configuration)) => (name, WireChoice::parse(configuration, catalogue)?.dates()),
    };
    let dto = catalogue.dto(name).ok_or_else(|| Error::Unknown {
        kind: "definition",
        name: name.to_owned(),
        known: catalogue.dtos.iter().map(|dto| dto.name()).chain(REPORTS.iter().copied()).map(str::to_owned).collect(),
    })?;
    Ok(shown(&dto.schema(dates)))
}

fn shown(schema: &schemars::Schema) -> String {
    // Texts, numbers and lists only: there is nothing that cannot be written.
    serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
}
