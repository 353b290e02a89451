//! A mapper as one process for all payloads: JSON text sequences both ways (RFC 7464).
//!
//! Each text stands between a record separator and a line feed. The whole input is offered at once, since a program
//! may answer only at the end; so a time limit can only be one without any progress, in or out.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use super::answer::{Answer, Misbehaviour};
use super::exec::{Event, Program, Running, Seen};
use super::subject::Progress;
use crate::document::parse;

/// The record separator.
const SEPARATOR: u8 = 0x1E;

/// After so many failures the rest is not sent.
const MOST_FAILURES: usize = 3;

/// Sends every payload to one process; to another one behind a payload at which it fails.
///
/// # Errors
///
/// That the program cannot be started.
pub fn run_batch(program: &Program, payloads: &[Arc<[u8]>], progress: Progress<'_>) -> io::Result<Vec<Answer>> {
    let mut answers = Vec::with_capacity(payloads.len());
    for _ in 0..MOST_FAILURES {
        if answers.len() < payloads.len() {
            answers.extend(run_some(program, &payloads[answers.len()..], progress)?);
        }
    }
    answers.resize(payloads.len(), Answer::failed(Misbehaviour::NotReached));
    Ok(answers)
}

/// The answers of one process: all of them, or those up to the payload at which it fails.
fn run_some(program: &Program, payloads: &[Arc<[u8]>], progress: Progress<'_>) -> io::Result<Vec<Answer>> {
    let size = payloads.iter().map(|payload| payload.len() + 2).sum();
    let mut input = Vec::with_capacity(size);
    for payload in payloads {
        input.push(SEPARATOR);
        input.extend_from_slice(payload);
        input.push(b'\n');
    }
    let running = Running::start(program, input.into())?;
    let (mut texts, mut seen, mut at_end) = (Texts::default(), Seen::default(), false);
    let mut failure = None;
    let mut moved = Instant::now();
    let mut has_surplus = false;
    while failure.is_none() && !has_surplus && !(at_end && seen.exited) {
        let deadline = moved + program.timeout;
        let event = running.events.recv_timeout(deadline.saturating_duration_since(Instant::now()));
        moved = Instant::now();
        match event {
            Ok(Event::Output(part)) if part.is_empty() => at_end = true,
            Ok(Event::Output(part)) => {
                let before = texts.whole.len();
                texts.push(&part);
                (before..texts.whole.len()).for_each(|_| progress());
                if texts.longest > program.max_output {
                    failure = Some(Misbehaviour::Flooded(program.max_output));
                }
                // No more of them are waited for: there may be no end to it.
                has_surplus = texts.whole.len() > payloads.len();
            }
            Ok(Event::Stderr(text)) => seen.stderr = Some(text),
            Ok(Event::Taken) => {}
            Ok(Event::Exited) => seen.exited = true,
            Err(_) => failure = Some(Misbehaviour::TimedOut(program.timeout)),
        }
    }
    let seen = running.end(seen);
    // One that was ended for its surplus did not end badly by itself.
    let failure = failure.or(seen.ended.filter(|_| !has_surplus).map(Misbehaviour::Ended));
    let got = texts.finish(failure.is_none());
    if failure.is_none() && got.len() != payloads.len() {
        let failed = match got.len() {
            0 => Misbehaviour::Silent,
            count => Misbehaviour::Miscounted { sent: payloads.len(), got: count, stray: stray(&got) },
        };
        let mut answers = vec![Answer::failed(failed); payloads.len()];
        if let Some(first) = answers.first_mut() {
            first.stderr = seen.stderr.unwrap_or_default();
        }
        return Ok(answers);
    }
    // What came before it failed is in order: it had read no further.
    let mut answers: Vec<Answer> = got.into_iter().map(Answer::of).collect();
    if let Some(failure) = failure {
        // Had it answered everything, the last answer bears it.
        answers.truncate(payloads.len() - 1);
        answers.push(Answer { stderr: seen.stderr.unwrap_or_default(), ..Answer::failed(failure) });
    }
    Ok(answers)
}

/// The beginning of the first text that is not JSON.
fn stray(texts: &[Vec<u8>]) -> Option<String> {
    let text = texts.iter().find(|text| parse(text).is_err())?;
    Some(String::from_utf8_lossy(text).trim().chars().take(60).collect())
}

/// The texts of a sequence, as they come in parts.
#[derive(Default)]
struct Texts {
    /// Those behind which another separator stands.
    whole: Vec<Vec<u8>>,
    /// The one that is being read; what stands before the first separator counts too.
    open: Vec<u8>,
    is_open: bool,
    longest: u64,
}

impl Texts {
    fn push(&mut self, part: &[u8]) {
        for (index, piece) in part.split(|&byte| byte == SEPARATOR).enumerate() {
            if index > 0 {
                self.close();
                self.is_open = true;
            }
            self.open.extend_from_slice(piece);
            self.longest = self.longest.max(self.open.len() as u64);
        }
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.open);
        // Several separators in a row, and line ends before the first, are no empty texts (RFC 7464, 2.1).
        if !text.trim_ascii().is_empty() {
            self.whole.push(text);
        }
    }

    /// All texts; where the program did not end well the last one may be half, and counts only if it is JSON.
    fn finish(mut self, is_whole: bool) -> Vec<Vec<u8>> {
        if (is_whole || parse(&self.open).is_ok()) && (self.is_open || !self.open.is_empty()) {
            self.close();
        }
        self.whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_in_any_parts() {
        let stream = b"\x1E{\"a\":1}\n\x1E\x1E[2]\n\x1E{\n";
        for size in 1..stream.len() {
            let texts = |is_whole| {
                let mut texts = Texts::default();
                stream.chunks(size).for_each(|part| texts.push(part));
                texts.finish(is_whole)
            };
            assert_eq!(texts(true), [&b"{\"a\":1}\n"[..], b"[2]\n", b"{\n"], "{size}");
            assert_eq!(texts(false).len(), 2, "the last may be half");
        }
    }
}
