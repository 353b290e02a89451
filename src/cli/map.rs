//! `dtogate map`

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Done, EXIT_FINDINGS, EXIT_PASS, mapping, size};
use crate::error::Error;
use crate::fixture::{Folders, FurtherFile, read_file, shown};
use crate::mapping::{Catalogue, Further, Inputs, Outcome};
use crate::observation::Parsed;
use crate::report::escape::seen;

/// The arguments of `map`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The mapping to run
    pub mapping: String,
    /// The payload; further inputs that lie beside it are found by their names
    pub file: PathBuf,
    /// A further input, in place of those beside the payload: notes-1234567=notes.json
    #[arg(long = "input", value_name = "NAME[-KEY]=FILE")]
    pub inputs: Vec<String>,
    /// The largest file that is read, in bytes; K, M and G are understood
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "64M")]
    pub max_size: u64,
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments, catalogue: &Catalogue) -> Result<Done, Error> {
    let mapping = mapping(&arguments.mapping, catalogue)?;
    let payload = read_file(&arguments.file, shown(&arguments.file, Path::new("")), arguments.max_size)?;
    let mut files = Vec::new();
    if arguments.inputs.is_empty() {
        files = Folders::default().further_beside(mapping, &arguments.file, arguments.max_size)?;
    }
    for input in &arguments.inputs {
        let usage = || Error::Usage(format!("expected --input NAME[-KEY]=FILE, found {input:?}"));
        let (label, path) = input.split_once('=').ok_or_else(usage)?;
        let (name, key) = match label.split_once('-') {
            Some((name, key)) => (name, Some(key.to_owned())),
            None => (label, None),
        };
        let spec = mapping.inputs.iter().find(|input| input.name == name).ok_or_else(|| Error::Unknown {
            kind: "further input of the mapping",
            name: name.to_owned(),
            known: mapping.inputs.iter().map(|input| input.name.to_owned()).collect(),
        })?;
        // As beside the payload: `notes-` has no key.
        if spec.keyed != key.is_some() || key.as_deref() == Some("") {
            return Err(usage());
        }
        let file = read_file(Path::new(path), shown(Path::new(path), Path::new("")), arguments.max_size)?;
        files.push(FurtherFile { name: name.to_owned(), key, file });
    }
    let mut parsed: Vec<Parsed<'_>> =
        std::iter::once(&payload).chain(files.iter().map(|file| &file.file)).map(Parsed::new).collect();
    parsed[0].bound(&[&mapping.reader]);
    for (file, parsed) in files.iter().zip(&mut parsed[1..]) {
        if let Some(input) = mapping.inputs.iter().find(|input| input.name == file.name) {
            parsed.bound(&[&input.reader]);
        }
    }
    for file in &parsed {
        if let Err(error) = &file.document {
            return Ok(refused(&format!("{}: {}", file.at(&error.place), error.message)));
        }
    }
    let further: Vec<Further<'_>> = files
        .iter()
        .zip(&parsed[1..])
        .map(|(file, parsed)| Further { name: &file.name, key: file.key.as_deref(), json: parsed.json() })
        .collect();
    match mapping.run(&Inputs { payload: parsed[0].json(), further: &further }) {
        Outcome::Emitted(answer) => Ok(Done {
            stdout: answer.source().to_owned(),
            line_end_on_terminal: true,
            code: EXIT_PASS,
            ..Done::default()
        }),
        Outcome::Refused { stage, refusal, place, input } => {
            let at = further.iter().position(|further| Some(further.label()) == input).map_or(0, |index| index + 1);
            let location = parsed[at].at(&place);
            Ok(refused(&format!("{location}: refused at {}: {refusal} (pointer {:?})", stage.name(), location.pointer)))
        }
    }
}

fn refused(message: &str) -> Done {
    Done { stderr: format!("{}\n", seen(message)), code: EXIT_FINDINGS, ..Done::default() }
}
