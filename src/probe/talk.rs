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
        let open = match self.open.take().filter(|open| open.further == payload.further) {
            Some(open) => open,
            None => self.start(&payload.further)?,
        };
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
        Ok(Open { running, input, seen: Seen::default(), further: further.clone(), _folder: folder })
    }

    /// The next answer, and the process if it can go on.
    fn wait(&self, mut open: Open) -> (Answer, Option<Open>) {
        let deadline = Instant::now() + self.program.timeout;
        let mut texts = Texts::default();
        let mut at_end = false;
        let failure = loop {
            if let Some(text) = texts.answer() {
                return (Answer::of(text), Some(open));
            }
            if at_end && open.seen.exited {
                break None;
            }
            match open.running.events.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Event::Output(part)) if part.is_empty() => at_end = true,
                Ok(Event::Output(part)) => {
                    if let Some(text) = texts.push(&part).into_iter().next() {
                        return (Answer::of(text), Some(open));
                    }
                    if texts.is_longer(self.program.max_output) {
                        break Some(Misbehaviour::Flooded(self.program.max_output));
                    }
                }
                Ok(Event::Stderr(text)) => open.seen.stderr = Some(text),
                Ok(Event::Taken) => {}
                Ok(Event::Exited) => open.seen.exited = true,
                Err(_) => break Some(Misbehaviour::TimedOut(self.program.timeout)),
            }
        };
        let seen = open.running.end(open.seen);
        let failure = failure.or(seen.ended.map(Misbehaviour::Ended)).unwrap_or(Misbehaviour::Silent);
        (Answer { stderr: seen.stderr.unwrap_or_default(), ..Answer::failed(failure) }, None)
    }
}
