//! A process that leads a group of its own, which is ended as a whole: when its time is over, and when ours is.
//!
//! The group is ended before its leader is reaped: so long as the leader is a zombie, no other process can have its
//! id. A group of its own does not get the terminal's interrupt, so ours hands it on. What leaves the group cannot be
//! ended with it; it is found by its environment, and told.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Mutex, MutexGuard, Once, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::*;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use tempfile::TempDir;

/// The environment variable by which everything that a probe started is found: the same for all of it, and no other
/// probe's.
const PROBE: &str = "DTOGATE_PROBE";

/// How long what was ended may take until it is gone.
const GRACE: Duration = Duration::from_millis(200);

/// The signals that end a process which does nothing about them, and that can be caught. Faults of our own and SIGPIPE,
/// which is ignored, are left out.
const ENDING: &[i32] = &[
    SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ, SIGIO,
    SIGSYS, SIGTRAP,
];

/// Others of Linux: SIGSTKFLT, SIGPWR and those of real time.
#[cfg(target_os = "linux")]
const ENDING_HERE: &[std::ops::RangeInclusive<i32>] = &[16..=16, 30..=30, 34..=64];
#[cfg(not(target_os = "linux"))]
const ENDING_HERE: &[std::ops::RangeInclusive<i32>] = &[];

/// What is ended and removed when we are.
struct Kept {
    groups: Vec<Pid>,
    folders: Vec<PathBuf>,
}

static KEPT: Mutex<Kept> = Mutex::new(Kept { groups: Vec::new(), folders: Vec::new() });

fn kept() -> MutexGuard<'static, Kept> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The leader of a group.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) child: Child,
    id: Pid,
}

impl Group {
    /// Starts a command as the leader of its own group.
    pub(super) fn start(command: &mut Command) -> io::Result<Self> {
        hand_signals_on();
        // A signal waits until the group is known.
        let mut kept = kept();
        let child = command.env(PROBE, mark()).process_group(0).spawn()?;
        let id = Pid::from_child(&child);
        kept.groups.push(id);
        Ok(Group { child, id })
    }

    /// The leader's process, and the group.
    pub(super) fn id(&self) -> Pid {
        self.id
    }

    /// Ends the group and reaps its leader.
    pub(super) fn end(&mut self) -> io::Result<ExitStatus> {
        let mut kept = kept();
        if let Some(at) = kept.groups.iter().position(|&id| id == self.id) {
            kept.groups.swap_remove(at);
            let _ = kill_process_group(self.id, Signal::KILL);
        }
        drop(kept);
        self.child.wait()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

/// A temporary folder; removed when this is dropped, and when a signal ends us.
pub(super) struct Folder(TempDir);

impl Folder {
    /// Makes one.
    pub(super) fn create(prefix: &str) -> io::Result<Self> {
        hand_signals_on();
        // A signal waits until the folder is known.
        let mut kept = kept();
        let folder = tempfile::Builder::new().prefix(prefix).tempdir()?;
        kept.folders.push(folder.path().to_owned());
        Ok(Folder(folder))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        kept().folders.retain(|folder| folder != self.0.path());
    }
}

/// What this probe's processes have in their environments.
fn mark() -> &'static str {
    static MARK: OnceLock<String> = OnceLock::new();
    MARK.get_or_init(|| {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        format!("{}-{}", std::process::id(), now.as_nanos())
    })
}

/// What was started by this probe, left its group, and runs on: its id and its name. Asked once the groups are ended.
/// Linux only; one that has cleared its environment is not seen.
pub fn escaped() -> Vec<(u32, String)> {
    let mark = format!("{PROBE}={}", mark());
    let found = running_with(&mark);
    if found.is_empty() {
        return found;
    }
    // What was killed a moment ago may not be gone.
    std::thread::sleep(GRACE);
    running_with(&mark)
}

fn running_with(mark: &str) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // Those of other users cannot be read, and are not ours.
        let Ok(environment) = std::fs::read(entry.path().join("environ")) else { continue };
        if environment.split(|&byte| byte == 0).any(|variable| variable == mark.as_bytes()) {
            let name = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
            found.push((id, name.trim_end().to_owned()));
        }
    }
    found.sort();
    found
}

/// From now on a signal that ends us ends the groups and removes the folders first.
fn hand_signals_on() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let ignored = ignored();
        let Ok(mut signals) = Signals::new(std::iter::empty::<i32>()) else { return };
        for signal in ENDING.iter().copied().chain(ENDING_HERE.iter().cloned().flatten()) {
            if ignored & (1_u64 << (signal - 1)) == 0 {
                // One that this system does not have is not sent either.
                let _ = signals.add_signal(signal);
            }
        }
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                // The lock is kept: nothing is started any more.
                let kept = kept();
                for &group in &kept.groups {
                    let _ = kill_process_group(group, Signal::KILL);
                }
                for folder in &kept.folders {
                    let _ = std::fs::remove_dir_all(folder);
                }
                // As if nobody had listened: whoever waits for us sees the signal, or one that ends just so.
                let _ = emulate_default_handler(signal);
                let _ = emulate_default_handler(SIGTERM);
            }
        });
    });
}

/// The signals that we were started to ignore, as `nohup` does: a bit for each. Linux only.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
