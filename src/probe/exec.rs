//! A mapper as a program: a process for each payload, payload on standard input, answer on standard output.
//!
//! Whatever the program does is an [`Answer`]; only that it cannot be started is an error. Further inputs of an
//! aggregation lie as files in the folder that [`INPUTS`] names.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{WaitId, WaitIdOptions, waitid};

use super::answer::{Answer, Deliver, MOST_TIMEOUTS, Misbehaviour, collected};
use super::group::Group;
use super::subject::Progress;

/// How much of standard error is kept, of its beginning and of its end.
const STDERR_KEPT: usize = 4096;

/// How long the streams of an ended group are waited for; a process that left the group may hold them open.
const GRACE: Duration = Duration::from_millis(500);

/// So many parts of output wait to be looked at; a program that writes faster than that waits itself.
const WAITING: usize = 16;

/// The environment variable with the folder of the further inputs: `notes-1234567.json`.
pub const INPUTS: &str = "DTOGATE_INPUTS";

/// The program and what it may use.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its name and its arguments.
    pub command: Vec<OsString>,
    /// For one payload; in a batch, until the next whole answer.
    pub timeout: Duration,
    /// Bytes of one answer.
    pub max_output: u64,
    /// The folder of the further inputs.
    pub inputs: Option<PathBuf>,
}

impl Program {
    /// The command as a shell would take it.
    pub fn shown(&self) -> String {
        let is_plain = |character: char| character.is_ascii_alphanumeric() || "/._-@+,:=".contains(character);
        let quoted = |word: &OsString| {
            let word = word.to_string_lossy();
            let quote = word.is_empty() || !word.chars().all(is_plain);
            if quote { format!("'{}'", word.replace('\'', "'\\''")) } else { word.into_owned() }
        };
        self.command.iter().map(quoted).collect::<Vec<_>>().join(" ")
    }
}

/// What the threads around a process tell the one that waits for it.
pub(super) enum Event {
    /// Part of its output; empty at the end of it.
    Output(Vec<u8>),
    /// Its standard error, when it is closed.
    Stderr(String),
    /// Some of the input was taken.
    Taken,
    /// It ended, and is a zombie.
    Exited,
}

/// A process, its group, and what it says.
pub(super) struct Running {
    group: Group,
    pub(super) events: Receiver<Event>,
}

impl Running {
    /// Starts the program and feeds it; its input is closed after the last part.
    pub(super) fn start(
        program: &Program,
        input: impl IntoIterator<Item = Arc<[u8]>> + Send + 'static,
    ) -> io::Result<Self> {
        let Some((name, arguments)) = program.command.split_first() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "expected a command"));
        };
        let mut command = Command::new(name);
        command.args(arguments);
        if let Some(folder) = &program.inputs {
            command.env(INPUTS, folder);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut group = Group::start(&mut command)?;
        let (sender, events) = sync_channel(WAITING);
        if let Some(stdin) = group.child.stdin.take() {
            let sender = sender.clone();
            thread::spawn(move || feed(stdin, input, &sender));
        }
        if let Some(stdout) = group.child.stdout.take() {
            let sender = sender.clone();
            thread::spawn(move || drain(stdout, &sender));
        }
        if let Some(mut stderr) = group.child.stderr.take() {
            let sender = sender.clone();
            thread::spawn(move || {
                let _ = sender.send(Event::Stderr(both_ends(&mut stderr)));
            });
        }
        let id = group.id();
        thread::spawn(move || {
            while let Err(rustix::io::Errno::INTR) =
                waitid(WaitId::Pid(id), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)
            {}
            let _ = sender.send(Event::Exited);
        });
        Ok(Running { group, events })
    }

    /// What it tells next; none after the deadline. What it said by then may be looked at a little later: never longer,
    /// for there may be no end to it.
    pub(super) fn next(&self, deadline: Instant) -> Option<Event> {
        let now = Instant::now();
        match deadline.checked_duration_since(now).filter(|left| !left.is_zero()) {
            Some(left) => self.events.recv_timeout(left).ok(),
            None if now < deadline + GRACE => self.events.try_recv().ok(),
            None => None,
        }
    }

    /// Ends the group, reaps its leader, and says how that ended and what it complained of.
    pub(super) fn end(mut self, mut seen: Seen) -> Seen {
        let status = self.group.end();
        let deadline = Instant::now() + GRACE;
        while seen.stderr.is_none() {
            match self.events.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Event::Stderr(text)) => seen.stderr = Some(text),
                Ok(_) => {}
                Err(_) => break,
            }
        }
        seen.ended = match status {
            Ok(status) if status.success() => None,
            Ok(status) => Some(status.to_string()),
            Err(error) => Some(error.to_string()),
        };
        seen
    }
}

/// What was seen of a process.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) stderr: Option<String>,
    pub(super) exited: bool,
    /// How it ended, if not well.
    pub(super) ended: Option<String>,
}

fn feed(mut stdin: impl Write, input: impl IntoIterator<Item = Arc<[u8]>>, sender: &SyncSender<Event>) {
    for part in input {
        for chunk in part.chunks(1 << 16) {
            // Who closes the input has read enough; the answer tells.
            if stdin.write_all(chunk).is_err() || sender.send(Event::Taken).is_err() {
                return;
            }
        }
    }
}

/// The beginning and the end of standard error. All of it is read, or a program that says much would wait for ever.
fn both_ends(stderr: &mut impl Read) -> String {
    let (mut kept, mut part) = (Vec::new(), vec![0; 1 << 16]);
    let mut is_cut = false;
    loop {
        match stderr.read(&mut part) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) | Ok(0) => break,
            Ok(read) => kept.extend_from_slice(&part[..read]),
        }
        if kept.len() > 2 * STDERR_KEPT {
            kept.drain(STDERR_KEPT..kept.len() - STDERR_KEPT);
            is_cut = true;
        }
    }
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let kept = if is_cut { text(&kept[..STDERR_KEPT]) + "\n…\n" + &text(&kept[STDERR_KEPT..]) } else { text(&kept) };
    kept.trim().to_owned()
}

fn drain(mut stdout: impl Read, sender: &SyncSender<Event>) {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = match stdout.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => 0,
            Ok(read) => read,
        };
        // Nobody listens any more where the program writes more than it may.
        if sender.send(Event::Output(buffer[..read].to_vec())).is_err() || read == 0 {
            return;
        }
    }
}

/// The answers of [`deliver_each`], in the order of the payloads.
///
/// # Errors
///
/// As there.
pub fn run_each(program: &Program, payloads: &[Arc<[u8]>], progress: Progress<'_>) -> io::Result<Vec<Answer>> {
    collected(payloads.len(), |deliver| deliver_each(program, payloads, progress, deliver))
}

/// Sends every payload to a process of its own, as many at once as there are cores.
///
/// # Errors
///
/// That the program cannot be started.
pub fn deliver_each(
    program: &Program,
    payloads: &[Arc<[u8]>],
    progress: Progress<'_>,
    deliver: Deliver<'_>,
) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let timeouts = AtomicUsize::new(0);
    // The first payload's error, whichever came first.
    let error: Mutex<Option<(usize, io::Error)>> = Mutex::new(None);
    let worker = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(payload) = payloads.get(at) else { return };
            let answer = if timeouts.load(Ordering::Relaxed) >= MOST_TIMEOUTS {
                Ok(Answer::failed(Misbehaviour::NotReached))
            } else {
                run_one(program, payload)
            };
            if let Ok(Answer { result: Err(Misbehaviour::TimedOut(_)), .. }) = &answer {
                timeouts.fetch_add(1, Ordering::Relaxed);
            }
            match answer {
                Ok(answer) => deliver(at, answer),
                Err(source) => {
                    next.store(payloads.len(), Ordering::Relaxed);
                    let mut error = error.lock().unwrap_or_else(PoisonError::into_inner);
                    if error.as_ref().is_none_or(|&(first, _)| at < first) {
                        *error = Some((at, source));
                    }
                }
            }
            progress();
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores.min(payloads.len()) {
            scope.spawn(worker);
        }
    });
    error.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), |(_, error)| Err(error))
}

/// Sends one payload to a process of its own.
///
/// # Errors
///
/// That the program cannot be started.
fn run_one(program: &Program, payload: &Arc<[u8]>) -> io::Result<Answer> {
    let running = Running::start(program, [payload.clone()])?;
    let deadline = Instant::now() + program.timeout;
    let (mut output, mut seen, mut at_end) = (Vec::new(), Seen::default(), false);
    let mut failure = None;
    while failure.is_none() && !(at_end && seen.exited) {
        match running.next(deadline) {
            Some(Event::Output(part)) if part.is_empty() => at_end = true,
            Some(Event::Output(part)) => {
                output.extend_from_slice(&part);
                if output.len() as u64 > program.max_output {
                    failure = Some(Misbehaviour::Flooded(program.max_output));
                }
            }
            Some(Event::Stderr(text)) => seen.stderr = Some(text),
            Some(Event::Taken) => {}
            Some(Event::Exited) => seen.exited = true,
            None => failure = Some(Misbehaviour::TimedOut(program.timeout)),
        }
    }
    let seen = running.end(seen);
    // Whether a program that ends closed its input before or after the last byte is a matter of luck: what it answered
    // tells whether it had read enough.
    let failure = failure.or(seen.ended.map(Misbehaviour::Ended));
    let result = match failure {
        Some(failure) => Err(failure),
        None if output.is_empty() => Err(Misbehaviour::Silent),
        None => Ok(output),
    };
    Ok(Answer { result, stderr: seen.stderr.unwrap_or_default(), complaint: None })
}
