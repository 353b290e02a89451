//! A mapper as one process for all payloads: JSON text sequences both ways (RFC 7464).
//!
//! Each text stands between a record separator and a line feed. The whole input is offered at once, since a program
//! may answer only at the end. A time limit is one for each payload: only a whole answer begins it again, so neither
//! separators nor half a text keep a program alive.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use super::answer::{Answer, Deliver, Misbehaviour, collected};
use super::exec::{Event, Program, Running, Seen};
use super::subject::Progress;
use crate::document::parse;

/// The record separator.
pub(super) const SEPARATOR: u8 = 0x1E;

/// After so many failures the rest is not sent.
const MOST_FAILURES: usize = 3;

/// The answers of [`deliver_batch`], in the order of the payloads.
///
/// # Errors
///
/// As there.
pub fn run_batch(program: &Program, payloads: &[Arc<[u8]>], progress: Progress<'_>) -> io::Result<Vec<Answer>> {
    collected(payloads.len(), |deliver| deliver_batch(program, payloads, progress, deliver))
}

/// Sends every payload to one process; to another one after a payload at which it fails.
///
/// # Errors
///
/// That the program cannot be started.
pub fn deliver_batch(
    program: &Program,
    payloads: &[Arc<[u8]>],
    progress: Progress<'_>,
    deliver: Deliver<'_>,
) -> io::Result<()> {
    let mut done = 0;
    for _ in 0..MOST_FAILURES {
        if done < payloads.len() {
            let begin = done;
            let behind = |at: usize, answer| deliver(begin + at, answer);
            done += deliver_some(program, &payloads[begin..], progress, &behind)?;
        }
    }
    (done..payloads.len()).for_each(|at| deliver(at, Answer::failed(Misbehaviour::NotReached)));
    Ok(())
}

/// The answers of one process: all of them, or those up to the payload at which it fails; says how many that are.
fn deliver_some(
    program: &Program,
    payloads: &[Arc<[u8]>],
    progress: Progress<'_>,
    deliver: Deliver<'_>,
) -> io::Result<usize> {
    let size = payloads.iter().map(|payload| payload.len() + 2).sum();
    let mut input = Vec::with_capacity(size);
    for payload in payloads {
        input.push(SEPARATOR);
        input.extend_from_slice(payload);
        input.push(b'\n');
    }
    let running = Running::start(program, [Arc::from(input)])?;
    let mut got = Got { expected: payloads.len(), count: 0, stray: None, progress, deliver };
    let (mut texts, mut seen, mut at_end) = (Texts::default(), Seen::default(), false);
    let mut failure = None;
    let mut clock = Clock::start();
    while failure.is_none() && !got.has_surplus() && !(at_end && seen.exited) {
        let deadline = clock.answered + program.timeout;
        match running.next(deadline) {
            Some(Event::Output(part)) if part.is_empty() => at_end = true,
            Some(Event::Output(part)) => {
                clock.written = Instant::now();
                let whole = texts.push(&part);
                if !whole.is_empty() {
                    whole.into_iter().for_each(|text| got.take(text));
                    // What it takes us to judge them is not its own time.
                    clock = Clock::start();
                }
                if texts.is_longer(program.max_output) {
                    failure = Some(Misbehaviour::Flooded(program.max_output));
                }
            }
            Some(Event::Stderr(text)) => seen.stderr = Some(text),
            Some(Event::Taken) => {}
            Some(Event::Exited) => seen.exited = true,
            // An answer is whole before the next one begins: once for each.
            None if !clock.is_extended && clock.written > clock.answered && texts.is_whole() => {
                clock = Clock { answered: clock.written, is_extended: true, ..clock };
            }
            None => failure = Some(Misbehaviour::TimedOut(program.timeout)),
        }
    }
    let seen = running.end(seen);
    // One that was ended for its surplus did not end badly by itself.
    let failure = failure.or(seen.ended.filter(|_| !got.has_surplus()).map(Misbehaviour::Ended));
    if let Some(last) = texts.finish(failure.is_none()) {
        got.take(last);
    }
    let stderr = seen.stderr.unwrap_or_default();
    let Some(failure) = failure else {
        if got.count != payloads.len() {
            let failed = match got.count {
                0 => Misbehaviour::Silent,
                count => Misbehaviour::Miscounted { sent: payloads.len(), got: count, stray: got.stray },
            };
            for at in 0..payloads.len() {
                let stderr = if at == 0 { stderr.clone() } else { String::new() };
                deliver(at, Answer { stderr, ..Answer::failed(failed.clone()) });
            }
        }
        return Ok(payloads.len());
    };
    // What came before it failed is in order: it had read no further. Had it answered everything, the last answer bears
    // it.
    let at = got.count.min(payloads.len() - 1);
    deliver(at, Answer { stderr, ..Answer::failed(failure) });
    Ok(at + 1)
}

/// When the time of a payload began, and whether it had some more.
struct Clock {
    /// The last whole answer, or the start.
    answered: Instant,
    /// The last part of output.
    written: Instant,
    /// Whether an answer that no other one follows yet has been counted.
    is_extended: bool,
}

impl Clock {
    fn start() -> Self {
        let now = Instant::now();
        Clock { answered: now, written: now, is_extended: false }
    }
}

/// The answers of one process so far; each is handed on as it comes, and none is kept.
struct Got<'g> {
    expected: usize,
    count: usize,
    /// The beginning of the first that is not JSON.
    stray: Option<String>,
    progress: Progress<'g>,
    deliver: Deliver<'g>,
}

impl Got<'_> {
    fn take(&mut self, text: Vec<u8>) {
        if self.stray.is_none() && parse(&text).is_err() {
            self.stray = Some(String::from_utf8_lossy(&text).trim().chars().take(60).collect());
        }
        let at = self.count;
        self.count += 1;
        if at < self.expected {
            (self.deliver)(at, Answer::of(text));
            (self.progress)();
        }
    }

    /// No more of them are waited for: there may be no end to it.
    fn has_surplus(&self) -> bool {
        self.count > self.expected
    }
}

/// The texts of a sequence, as they come in parts.
#[derive(Default)]
pub struct Texts {
    /// The one that is being read; what stands before the first separator counts too.
    open: Vec<u8>,
    nesting: Nesting,
    longest: u64,
    /// Bytes of texts with nothing in them, since the last one that had something.
    empty: u64,
}

/// How deep in the open text its end is: one that still has something open need not be parsed.
#[derive(Default)]
struct Nesting {
    scanned: usize,
    depth: usize,
    in_text: bool,
    is_escaped: bool,
    /// Nothing is open, and still it is no JSON: what follows does not mend it.
    is_hopeless: bool,
}

impl Nesting {
    /// Whether nothing is open at the end of the text, of which the beginning was seen before.
    fn is_closed(&mut self, text: &[u8]) -> bool {
        for &byte in &text[self.scanned..] {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' if self.in_text => self.is_escaped = true,
                b'"' => self.in_text = !self.in_text,
                b'{' | b'[' if !self.in_text => self.depth += 1,
                b'}' | b']' if !self.in_text => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        self.scanned = text.len();
        self.depth == 0 && !self.in_text
    }
}

impl Texts {
    /// The texts that end in a part: those after which another separator stands.
    pub fn push(&mut self, part: &[u8]) -> Vec<Vec<u8>> {
        let mut whole = vec![];
        for (index, piece) in part.split(|&byte| byte == SEPARATOR).enumerate() {
            if index > 0 {
                whole.extend(self.close());
            }
            self.open.extend_from_slice(piece);
            self.longest = self.longest.max(self.open.len() as u64);
        }
        whole
    }

    fn close(&mut self) -> Option<Vec<u8>> {
        self.nesting = Nesting::default();
        // Several separators in a row, and line ends before the first, are no empty texts (RFC 7464, 2.1).
        if self.open.trim_ascii().is_empty() {
            self.empty += self.open.len() as u64 + 1;
            self.open.clear();
            return None;
        }
        self.empty = 0;
        Some(std::mem::take(&mut self.open))
    }

    /// Whether a text, or what stands for none, is longer than it may be.
    pub(super) fn is_longer(&self, limit: u64) -> bool {
        self.longest > limit || self.empty > limit
    }

    /// The open text, where it is whole and nothing can follow: its line has ended, or its object or list.
    pub(super) fn answer(&mut self) -> Option<Vec<u8>> {
        let is_end = self.open.ends_with(b"\n") || self.open.ends_with(b"}") || self.open.ends_with(b"]");
        if !is_end || self.nesting.is_hopeless || !self.nesting.is_closed(&self.open) || !self.has_any() {
            return None;
        }
        if self.is_whole() {
            return self.close();
        }
        self.nesting.is_hopeless = true;
        None
    }

    /// Whether a text has begun.
    pub(super) fn has_any(&self) -> bool {
        !self.open.trim_ascii().is_empty()
    }

    /// Whether the open text is whole, though nothing follows it yet.
    fn is_whole(&self) -> bool {
        parse(&self.open).is_ok()
    }

    /// The last text; where the program did not end well it may be half, and counts only if it is JSON.
    pub fn finish(mut self, is_whole: bool) -> Option<Vec<u8>> {
        if is_whole || self.is_whole() { self.close() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_kept_of_separators_and_line_ends() {
        let mut texts = Texts::default();
        for _ in 0..100 {
            assert!(texts.push(b"\x1E\n\x1E\n").is_empty());
        }
        assert!(texts.open.len() <= 1, "{:?}", texts.open);
        // They are counted all the same: there may be no end to them.
        assert!(texts.empty >= 300, "{}", texts.empty);
        assert_eq!(texts.push(b"{}\x1E"), [b"\n{}"]);
        assert_eq!(texts.empty, 0);
    }

    #[test]
    fn a_text_is_parsed_once_however_it_comes() {
        let mut texts = Texts::default();
        let mut one_by_one = |text: &[u8]| -> Option<Vec<u8>> {
            text.iter().find_map(|byte| {
                texts.push(&[*byte]);
                texts.answer()
            })
        };
        let nested = br#" [{"a}":"\"]}"},[],{}]"#;
        assert_eq!(one_by_one(nested).as_deref(), Some(&nested[..]));
        assert_eq!(one_by_one(b"17\n").as_deref(), Some(&b"17\n"[..]));
        // Neither is the end of it, nor can it become JSON.
        assert_eq!(one_by_one(b"[{},{},{}"), None);
        assert_eq!(texts.nesting.scanned, texts.open.len());
        texts.push(b"]}\n{}\n");
        assert_eq!(texts.answer(), None);
        assert!(texts.nesting.is_hopeless);
        texts.push(b"\x1E{}");
        assert_eq!(texts.answer().as_deref(), Some(&b"{}"[..]));
    }

    #[test]
    fn texts_come_in_any_parts() {
        let stream = b"\x1E{\"a\":1}\n\x1E\x1E[2]\n\x1E{\n";
        for size in 1..stream.len() {
            let texts = |is_whole| {
                let mut texts = Texts::default();
                let mut whole: Vec<Vec<u8>> = stream.chunks(size).flat_map(|part| texts.push(part)).collect();
                whole.extend(texts.finish(is_whole));
                whole
            };
            assert_eq!(texts(true), [&b"{\"a\":1}\n"[..], b"[2]\n", b"{\n"], "{size}");
            assert_eq!(texts(false).len(), 2, "the last may be half");
        }
    }
}
