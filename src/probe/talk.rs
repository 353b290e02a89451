//! A mapper that is asked one payload after the other in one process: what is asked next hangs on the answers before.
//!
//! The bytes are those of a batch (RFC 7464), but the next payload is sent only when the answer to the last is there.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Instant;

use super::answer::{Answer, Misbehaviour};
use super::batch::{SEPARATOR, Texts};
use super::exec::{Event, Program, Running, Seen};
use super::group::Folder;
use super::subject::{FurtherText, Payload, folder};
use crate::error::Error;

/// More than one answer to one payload: which of them is the one cannot be known.
const SURPLUS: Misbehaviour = Misbehaviour::Miscounted { sent: 1, got: 2, stray: None };

/// A program, and the process of it that runs.
pub struct Talk<'p> {
    program: &'p Program,
    open: Option<Open>,
}

/// A process that waits for the next payload.
struct Open {
    running: Running,
    input: Sender<Arc<[u8]>>,
    seen: Seen,
    /// Whether its output has ended.
    at_end: bool,
    /// What has come of its output and was not an answer yet.
    texts: Texts,
    further: Arc<[FurtherText]>,
    /// Its further inputs, as long as it runs.
    _folder: Folder,
}

impl<'p> Talk<'p> {
    /// Nothing is started yet.
    pub fn new(program: &'p Program) -> Self {
        Talk { program, open: None }
    }

    /// The answer to a payload. Behind one at which it failed, and for other further inputs, the process is a new one.
    ///
    /// # Errors
    ///
    /// That the program cannot be started, or its further inputs not be written.
    pub fn ask(&mut self, payload: &Payload) -> Result<Answer, Error> {
        let mut open = match self.open.take().filter(|open| open.further == payload.further) {
            Some(open) => open,
            None => self.start(&payload.further)?,
        };
        // What it has said without being asked would be taken for the answer to this payload.
        let now = Instant::now();
        let mut unasked = false;
        while !unasked
            && !open.texts.has_any()
            && !open.texts.is_longer(self.program.max_output)
            && let Some(event) = open.running.next(now)
        {
            unasked = !open.take(event).is_empty();
        }
        if unasked || open.texts.has_any() {
            return Ok(self.end(open, Some(SURPLUS)));
        }
        // The separator before the next text is sent at once: to many a program it is what ends this one.
        let text = [&payload.bytes[..], &[b'\n', SEPARATOR]].concat();
        // One that has ended meanwhile answers nothing, which is seen below.
        let _ = open.input.send(text.into());
        let (answer, open) = self.wait(open);
        self.open = open;
        Ok(answer)
    }

    fn start(&self, further: &Arc<[FurtherText]>) -> Result<Open, Error> {
        let folder = folder(further)?;
        let program = Program { inputs: Some(folder.path().to_owned()), ..self.program.clone() };
        let (input, texts) = channel();
        let running = Running::start(&program, std::iter::once(Arc::from([SEPARATOR])).chain(texts));
        let running = running.map_err(|source: io::Error| Error::start(&program.command, source))?;
        let (seen, texts) = (Seen::default(), Texts::default());
        Ok(Open { running, input, seen, at_end: false, texts, further: further.clone(), _folder: folder })
    }

    /// The next answer, and the process if it can go on.
    fn wait(&self, mut open: Open) -> (Answer, Option<Open>) {
        let deadline = Instant::now() + self.program.timeout;
        let failure = loop {
            if open.at_end && open.seen.exited {
                break None;
            }
            let Some(event) = open.running.next(deadline) else {
                break Some(Misbehaviour::TimedOut(self.program.timeout));
            };
            let mut whole = open.take(event);
            whole.extend(open.texts.answer());
            match whole.len() {
                0 if open.texts.is_longer(self.program.max_output) => {
                    break Some(Misbehaviour::Flooded(self.program.max_output));
                }
                0 => {}
                1 => return (Answer::of(whole.remove(0)), Some(open)),
                _ => break Some(SURPLUS),
            }
        };
        (self.end(open, failure), None)
    }

    /// The answer of a process that does not go on.
    fn end(&self, open: Open, failure: Option<Misbehaviour>) -> Answer {
        let seen = open.running.end(open.seen);
        let failure = failure.or(seen.ended.map(Misbehaviour::Ended)).unwrap_or(Misbehaviour::Silent);
        Answer { stderr: seen.stderr.unwrap_or_default(), ..Answer::failed(failure) }
    }
}

impl Open {
    /// What a process told; the texts that end in it.
    fn take(&mut self, event: Event) -> Vec<Vec<u8>> {
        match event {
            Event::Output(part) if part.is_empty() => self.at_end = true,
            Event::Output(part) => return self.texts.push(&part),
            Event::Stderr(text) => self.seen.stderr = Some(text),
            Event::Taken => {}
            Event::Exited => self.seen.exited = true,
        }
        vec![]
    }
}
