//! A gateway that is started for a probe, and ended with it.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

/// The environment variable with the URL that the gateway must take for its producer's.
pub const PRODUCER: &str = "DTOGATE_PRODUCER";

/// A running command, in a process group of its own.
#[derive(Debug)]
pub struct Started {
    child: Child,
    group: Pid,
}

impl Started {
    /// Starts it: what it writes goes to our standard error, since our output is the report.
    ///
    /// # Errors
    ///
    /// That it cannot be started.
    pub fn start(command: &[OsString], producer: &str) -> io::Result<Self> {
        let Some((name, arguments)) = command.split_first() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "expected a command"));
        };
        let mut command = Command::new(name);
        command.args(arguments).env(PRODUCER, producer).process_group(0);
        let child = command.stdin(Stdio::null()).stdout(io::stderr()).stderr(Stdio::inherit()).spawn()?;
        let group = Pid::from_child(&child);
        Ok(Started { child, group })
    }

    /// How it ended, if it has. It stays a zombie, so that its id stays its own.
    pub(super) fn ended(&self) -> Option<String> {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        match waitid(WaitId::Pid(self.group), options) {
            Ok(None) => None,
            Ok(Some(status)) => Some(match (status.exit_status(), status.terminating_signal()) {
                (Some(code), _) => format!("exit code {code}"),
                (None, Some(signal)) => format!("signal {signal}"),
                (None, None) => "no status".to_owned(),
            }),
            Err(error) => Some(error.to_string()),
        }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = kill_process_group(self.group, Signal::KILL);
        let _ = self.child.wait();
    }
}
