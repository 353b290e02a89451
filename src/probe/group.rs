//! A process that leads a group of its own, which is ended as a whole: when its time is over, and when ours is.
//!
//! The group is ended before its leader is reaped: so long as the leader is a zombie, no other process can have its
//! id. A group of its own does not get the terminal's interrupt, so ours hands it on.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// The groups that run now.
static RUNNING: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

fn running() -> MutexGuard<'static, Vec<Pid>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
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
        let mut running = running();
        let child = command.process_group(0).spawn()?;
        let id = Pid::from_child(&child);
        running.push(id);
        Ok(Group { child, id })
    }

    /// The leader's process, and the group.
    pub(super) fn id(&self) -> Pid {
        self.id
    }

    /// Ends the group and reaps its leader.
    pub(super) fn end(&mut self) -> io::Result<ExitStatus> {
        let mut running = running();
        if let Some(at) = running.iter().position(|&id| id == self.id) {
            running.swap_remove(at);
            let _ = kill_process_group(self.id, Signal::KILL);
        }
        drop(running);
        self.child.wait()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

/// From now on a signal that ends us ends the groups first.
fn hand_signals_on() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let ignored = ignored();
        let listened = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
        let Ok(mut signals) = Signals::new(listened) else { return };
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                // The lock is kept: nothing is started any more.
                let running = running();
                for &group in running.iter() {
                    let _ = kill_process_group(group, Signal::KILL);
                }
                // As if nobody had listened: whoever waits for us sees the signal.
                let _ = emulate_default_handler(signal);
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
