//! `dtogate schema`

use clap::Args;

use crate::error::Error;
use crate::gate::WireChoice;
use crate::java::config::Dates;
use crate::mapping::Catalogue;
use crate::report;

/// The names of the reports' schemas, and whether this binary writes them; a definition's name has a dot in it.
const REPORTS: [(&str, bool); 4] = [
    ("report", true),
    ("probe-report", cfg!(unix)),
    ("diff-report", cfg!(feature = "sources")),
    ("sources-report", cfg!(feature = "sources")),
];

/// The arguments of `schema`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// A definition, SERVICE.TYPE; with @CONFIGURATION its dates are as that configuration writes them. Or a report:
    /// `report` is what `check --format json` writes, `diff-report` what `diff` and `drift` write, `probe-report` what
    /// `probe` writes, and `sources-report` what `sources` writes
    #[arg(value_name = "DEFINITION|report|probe-report|diff-report|sources-report")]
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
        known: {
            let reports = REPORTS.iter().filter(|(_, is_written)| *is_written).map(|(name, _)| *name);
            catalogue.dtos.iter().map(|dto| dto.name()).chain(reports).map(str::to_owned).collect()
        },
    })?;
    Ok(shown(&dto.schema(dates)))
}

fn shown(schema: &schemars::Schema) -> String {
    // Texts, numbers and lists only: there is nothing that cannot be written.
    serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
}
