//! A gateway that is started for a probe, and ended with it.

use std::ffi::OsString;
use std::io;
use std::process::{Command, Stdio};

use rustix::process::{WaitId, WaitIdOptions, waitid};

use crate::probe::group::Group;

/// The environment variable with the URL that the gateway must take for its producer's.
pub const PRODUCER: &str = "DTOGATE_PRODUCER";

/// A running command; its process group is ended when this is dropped.
#[derive(Debug)]
pub(super) struct Started(Group);

impl Started {
    /// Starts it: what it writes goes to our standard error, since our output is the report.
    ///
    /// # Errors
    ///
    /// That it cannot be started.
    pub(super) fn start(command: &[OsString], producer: &str) -> io::Result<Self> {
        let Some((name, arguments)) = command.split_first() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "expected a command"));
        };
        let mut command = Command::new(name);
        command.args(arguments).env(PRODUCER, producer);
        command.stdin(Stdio::null()).stdout(io::stderr()).stderr(Stdio::inherit());
        Group::start(&mut command).map(Started)
    }

    /// How it ended, if it has. It stays a zombie, so that its id stays its own.
    pub(super) fn ended(&self) -> Option<String> {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        match waitid(WaitId::Pid(self.0.id()), options) {
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
