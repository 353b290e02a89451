//! A gateway that is started for a probe, and ended with it.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{WaitId, WaitIdOptions, waitid};

use super::secret::Secrets;
use crate::probe::group::Group;
use crate::probe::subject::Payload;

/// The environment variable with the URL that the gateway must take for its producer's.
pub const PRODUCER: &str = "DTOGATE_PRODUCER";

/// A running command; its process group is ended when this is dropped.
#[derive(Debug)]
pub(super) struct Started {
    group: Group,
    /// What hands on what it says.
    copies: Vec<JoinHandle<()>>,
}

/// How long what an ended command said last is waited for; a process that left the group may hold the stream open.
const GRACE: Duration = Duration::from_millis(500);

/// A longer line is handed on in parts.
const LONGEST_LINE: usize = 64 << 10;

impl Started {
    /// Starts it: what it writes goes to our standard error, since our output is the report, without the values of the
    /// headers that it is sent.
    ///
    /// # Errors
    ///
    /// That it cannot be started.
    pub(super) fn start(command: &[OsString], producer: &str, secrets: Arc<Secrets>) -> io::Result<Self> {
        let Some((name, arguments)) = command.split_first() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "expected a command"));
        };
        let mut command = Command::new(name);
        command.args(arguments).env(PRODUCER, producer);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut group = Group::start(&mut command)?;
        let copy = |from: Box<dyn Read + Send>| {
            let secrets = secrets.clone();
            thread::spawn(move || hand_on(from, &secrets, &mut io::stderr()))
        };
        let stdout = group.child.stdout.take().map(|stdout| copy(Box::new(stdout)));
        let stderr = group.child.stderr.take().map(|stderr| copy(Box::new(stderr)));
        Ok(Started { group, copies: stdout.into_iter().chain(stderr).collect() })
    }

    /// How it ended, if it has. It stays a zombie, so that its id stays its own.
    pub(super) fn ended(&self) -> Option<String> {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        match waitid(WaitId::Pid(self.group.id()), options) {
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
        let _ = self.group.end();
        let deadline = Instant::now() + GRACE;
        while self.copies.iter().any(|copy| !copy.is_finished()) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Hands on lines as they come, each without the values of headers: a server may log its requests.
fn hand_on(mut from: impl Read, secrets: &Secrets, to: &mut impl Write) {
    let nothing_sent = Payload::alone(&b""[..]);
    let (mut open, mut part) = (Vec::new(), vec![0; 1 << 13]);
    let mut write = |line: Vec<u8>| {
        // Who has closed our standard error wants to know nothing.
        let _ = to.write_all(&secrets.masked(line, &nothing_sent));
    };
    loop {
        let read = match from.read(&mut part) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) | Ok(0) => break,
            Ok(read) => read,
        };
        open.extend_from_slice(&part[..read]);
        let whole = open.iter().rposition(|&byte| byte == b'\n').map(|at| at + 1);
        if let Some(whole) = whole.or((open.len() > LONGEST_LINE).then_some(open.len())) {
            let rest = open.split_off(whole);
            write(std::mem::replace(&mut open, rest));
        }
    }
    write(open);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_gateway_logs_has_no_value_of_a_header() {
        /// Comes in parts of three bytes, so that every value is in more than one.
        struct Parts<'p>(&'p [u8]);
        impl Read for Parts<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let count = self.0.len().min(3);
                buffer[..count].copy_from_slice(&self.0[..count]);
                self.0 = &self.0[count..];
                Ok(count)
            }
        }
        let headers = [("authorization".parse().unwrap(), "Bearer sesame-17".parse().unwrap())];
        let secrets = Secrets::of(&headers);
        let mut handed_on = Vec::new();
        hand_on(Parts(b"GET /\nauthorization: Bearer sesame-17\nlast sesame-17"), &secrets, &mut handed_on);
        assert_eq!(String::from_utf8(handed_on).unwrap(), "GET /\nauthorization: [header]\nlast [header]");
    }
}
