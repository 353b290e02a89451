//! What is tested, and how payloads get to it.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::answer::{Answer, Deliver, Misbehaviour, collected};
use super::exec::{Program, deliver_each};
use super::group::Folder;
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

    /// The limit of one answer, in bytes.
    pub(super) fn max_output(&self) -> u64 {
        match self {
            Subject::Command(program) | Subject::Batch(program) => program.max_output,
            Subject::Gateway(gateway) => gateway.max_output(),
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
        collected(payloads.len(), |deliver| self.deliver(payloads, progress, deliver))
    }

    /// The same, each as it comes: who judges it need not keep it.
    ///
    /// # Errors
    ///
    /// As [`Subject::answers`].
    pub fn deliver(&self, payloads: &[Payload], progress: Progress<'_>, deliver: Deliver<'_>) -> Result<(), Error> {
        let (program, is_batch) = match self {
            Subject::Gateway(gateway) => {
                gateway.deliver(payloads, progress, deliver);
                return Ok(());
            }
            Subject::Command(program) => (program, false),
            Subject::Batch(program) => (program, true),
        };
        // Payloads of one fixture share their further inputs: one folder for all of them.
        let mut groups: BTreeMap<&[FurtherText], Vec<usize>> = BTreeMap::new();
        for (index, payload) in payloads.iter().enumerate() {
            groups.entry(&payload.further).or_default().push(index);
        }
        for (further, indexes) in groups {
            let folder = folder(further)?;
            let program = Program { inputs: Some(folder.path().to_owned()), ..program.clone() };
            let bytes: Vec<Arc<[u8]>> = indexes.iter().map(|&index| payloads[index].bytes.clone()).collect();
            let run = if is_batch { batch::deliver_batch } else { deliver_each };
            let in_group = |at: usize, answer| deliver(indexes[at], answer);
            run(&program, &bytes, progress, &in_group).map_err(|source| Error::start(&program.command, source))?;
        }
        Ok(())
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
pub(super) fn folder(further: &[FurtherText]) -> Result<Folder, Error> {
    let cannot = |path: &Path, source| Error::Write { path: path.display().to_string(), source };
    let folder = Folder::create("dtogate-inputs-").map_err(|source| cannot(&std::env::temp_dir(), source))?;
    for input in further {
        let path = folder.path().join(input.file_name());
        let written = std::fs::File::create(&path).and_then(|mut file| file.write_all(input.text.as_bytes()));
        written.map_err(|source| cannot(&path, source))?;
    }
    Ok(folder)
}
