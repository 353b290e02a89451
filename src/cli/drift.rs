//! `dtogate drift`

use clap::Args;

use super::diff::{self, Reported, Repository, found, partners, repository};
use super::{Done, Environment};
use crate::error::Error;
use crate::mapping::Catalogue;
use crate::report::Compared;
use crate::source::drift::Drift;
use crate::source::gate::drifted;
use crate::source::java::index::Parsed;

/// The arguments of `drift`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// NAME is the service (the part of a definition before the dot), DIR its checkout; its current commit is read. May be
    /// repeated
    #[arg(long = "repo", value_name = "NAME=DIR", value_parser = repository, required = true)]
    pub repositories: Vec<Repository>,
    /// How it is reported
    #[command(flatten)]
    pub reported: Reported,
}

/// Runs the verb.
pub(super) fn run(arguments: Arguments, catalogue: &Catalogue, environment: &Environment<'_>) -> Result<Done, Error> {
    arguments.reported.output.refuse_mismatch()?;
    arguments.reported.output.refuse_over_sources()?;
    let services = || catalogue.dtos.iter().filter_map(|dto| dto.name().split_once('.')).map(|(service, _)| service);
    for Repository { name, .. } in &arguments.repositories {
        if services().all(|service| service != name) {
            let mut known: Vec<String> = services().map(str::to_owned).collect();
            known.sort();
            known.dedup();
            return Err(Error::Unknown { kind: "service of a definition", name: name.clone(), known });
        }
    }
    let read = partners(&arguments.repositories, &mut Parsed::default())?;
    let repositories = found(&read);
    let drift = Drift::new(&repositories, catalogue);
    let unread: usize = drift.mirrored.iter().map(|it| it.facts.unread.len()).sum();
    let remarks = match unread {
        0 => Vec::new(),
        _ => vec![format!("{unread} things of these classes were not understood: `dtogate sources` lists them")],
    };
    let names: Vec<&str> = repositories.iter().map(|it| it.name.as_str()).collect();
    let compared = Compared {
        verb: "drift",
        before: "the definitions".to_owned(),
        after: names.join(", "),
        classes: drift.mirrored.len(),
        remarks,
    };
    diff::done(drifted(&drift), compared, &arguments.reported, environment)
}
