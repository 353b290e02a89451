//! `dtogate schema`

use clap::Args;

use crate::error::Error;
use crate::gate::WireChoice;
use crate::java::config::Dates;
use crate::mapping::Catalogue;

/// The arguments of `schema`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// A definition, SERVICE.TYPE; with @CONFIGURATION its dates are as that configuration writes them
    #[arg(value_name = "DTO")]
    pub dto: String,
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments, catalogue: &Catalogue) -> Result<String, Error> {
    let (name, dates) = match arguments.dto.split_once('@') {
        None => (arguments.dto.as_str(), Dates::Text),
        Some((name, configuration)) => (name, WireChoice::parse(configuration, catalogue)?.dates()),
    };
    let dto = catalogue.dto(name).ok_or_else(|| Error::Unknown {
        kind: "definition",
        name: name.to_owned(),
        known: catalogue.dtos.iter().map(|dto| dto.name().to_owned()).collect(),
    })?;
    let schema = serde_json::to_string_pretty(&dto.schema(dates)).unwrap_or_default();
    Ok(schema + "\n")
}
