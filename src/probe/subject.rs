//! What is in the dock, and how payloads get to it.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;

use super::answer::{Answer, Misbehaviour};
use super::exec::{Program, run_each};
use super::{batch, http};
use crate::error::Error;

pub use super::payload::{FurtherText, Payload, Progress};

/// An outside mapper.
pub enum Subject {
    /// A command: a process for each payload.
    Command(Program),
    /// A command: one process for all payloads, or for all with the same further inputs.
    Batch(Program),
    /// A running gateway, over HTTP.
    Gateway(Box<http::Gateway>),
}

impl Subject {
    /// The command as a shell would take it, or the URL.
    pub fn name(&self) -> String {
        match self {
            Subject::Command(program) | Subject::Batch(program) => program.shown(),
            Subject::Gateway(gateway) => gateway.target().to_owned(),
        }
    }

    /// Whether all payloads go to one process.
    pub fn is_batch(&self) -> bool {
        matches!(self, Subject::Batch(_))
    }

    /// The answers, in the order of the payloads.
    ///
    /// # Errors
    ///
    /// That a command cannot be started, or the folder of its further inputs not be written.
    pub fn answers(&self, payloads: &[Payload], progress: Progress<'_>) -> Result<Vec<Answer>, Error> {
        let (program, is_batch) = match self {
            Subject::Gateway(gateway) => return Ok(gateway.answers(payloads, progress)),
            Subject::Command(program) => (program, false),
            Subject::Batch(program) => (program, true),
        };
        // Payloads of one fixture share their further inputs: one folder for all of them.
        let mut groups: BTreeMap<&[FurtherText], Vec<usize>> = BTreeMap::new();
        for (index, payload) in payloads.iter().enumerate() {
            groups.entry(&payload.further).or_default().push(index);
        }
        let mut answers = vec![Answer::failed(Misbehaviour::NotReached); payloads.len()];
        for (further, indexes) in groups {
            let folder = folder(further)?;
            let program = Program { inputs: Some(folder.path().to_owned()), ..program.clone() };
            let bytes: Vec<Arc<[u8]>> = indexes.iter().map(|&index| payloads[index].bytes.clone()).collect();
            let run = if is_batch { batch::run_batch } else { run_each };
            let found = run(&program, &bytes, progress).map_err(|source| Error::start(&program.command, source))?;
            for (index, answer) in indexes.into_iter().zip(found) {
                answers[index] = answer;
            }
        }
        Ok(answers)
    }

    /// The answer to one payload.
    ///
    /// # Errors
    ///
    /// As [`Subject::answers`].
    pub fn answer(&self, payload: &Payload) -> Result<Answer, Error> {
        let answers = self.answers(std::slice::from_ref(payload), &|| ())?;
        Ok(answers.into_iter().next().unwrap_or_else(|| Answer::failed(Misbehaviour::NotReached)))
    }
}

/// A folder with the further inputs; an empty one where there are none, so that a mapper need not ask.
fn folder(further: &[FurtherText]) -> Result<TempDir, Error> {
    let cannot = |path: &Path, source| Error::Write { path: path.display().to_string(), source };
    let folder = tempfile::Builder::new().prefix("dtogate-inputs-").tempdir();
    let folder = folder.map_err(|source| cannot(&std::env::temp_dir(), source))?;
    for input in further {
        let path = folder.path().join(input.file_name());
        let written = std::fs::File::create(&path).and_then(|mut file| file.write_all(input.text.as_bytes()));
        written.map_err(|source| cannot(&path, source))?;
    }
    Ok(folder)
}
