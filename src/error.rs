//! Why the gate could not run. What a payload, a fixture or a mapping does wrong is a finding, never an error.

#[cfg(unix)]
use std::ffi::OsString;
use std::fmt;
use std::io;

use crate::suggest::unknown;
use crate::tool;

/// Why the gate could not run; exit code 2.
#[derive(Debug)]
pub enum Error {
    /// A file or folder cannot be read.
    Read {
        /// Which.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A folder stands where a file is needed.
    Directory {
        /// Which.
        path: String,
    },
    /// The report cannot be written.
    Write {
        /// Where to.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A command cannot be started.
    Start {
        /// Which.
        command: String,
        /// Why.
        source: io::Error,
    },
    /// An address cannot be listened at.
    Listen {
        /// Which.
        address: String,
        /// Why.
        source: io::Error,
    },
    /// A gateway cannot be reached.
    Unreachable {
        /// Its URL.
        target: String,
        /// Lower-case fragment: why.
        message: String,
    },
    /// There is no folder `fixtures/`, and no payload is named.
    NoFixtures {
        /// Where it was looked for.
        root: String,
    },
    /// Nothing is left to check.
    NothingToCheck {
        /// What was asked for.
        what: String,
    },
    /// A name that the catalogue does not have.
    Unknown {
        /// What kind of thing: mapping, rule, definition, configuration.
        kind: &'static str,
        /// The name.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// Arguments that do not go together.
    Usage(String),
    /// `fixtures/accepted.toml` cannot be understood.
    Acceptances {
        /// The file, with line and column.
        place: String,
        /// Lower-case fragment: what was expected and found.
        message: String,
    },
}

impl Error {
    /// A file that must not be opened: a link out of the root, a pipe.
    pub(crate) fn unfit(path: &str, reason: String) -> Self {
        Error::Read { path: path.to_owned(), source: io::Error::new(io::ErrorKind::InvalidInput, reason) }
    }

    /// A command that cannot be started, by its first word.
    #[cfg(unix)]
    pub(crate) fn start(command: &[OsString], source: io::Error) -> Self {
        let name = command.first().map(|name| name.to_string_lossy().into_owned());
        Error::Start { command: name.unwrap_or_default(), source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Read { path, source } => write!(f, "cannot read {path}: {source}"),
            Error::Directory { path } => write!(f, "cannot read {path}: expected a file, found a directory"),
            Error::Write { path, source } => write!(f, "cannot write {path}: {source}"),
            Error::Start { command, source } => write!(f, "cannot start {command}: {source}"),
            Error::Listen { address, source } => write!(f, "cannot listen at {address}: {source}"),
            Error::Unreachable { target, message } => write!(f, "cannot reach {target}: {message}"),
            Error::NoFixtures { root } => write!(
                f,
                "no folder fixtures/ in {root}; run in a checkout, name it with --root, or name payloads: \
                 {} check --mapping MAPPING PATH...",
                tool::name()
            ),
            Error::NothingToCheck { what } => write!(f, "nothing to check: {what}"),
            Error::Unknown { kind, name, known } => f.write_str(&unknown(kind, name, known.iter().map(String::as_str))),
            Error::Usage(message) => f.write_str(message),
            Error::Acceptances { place, message } => write!(f, "{place}: {message}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Read { source, .. }
            | Error::Write { source, .. }
            | Error::Start { source, .. }
            | Error::Listen { source, .. } => Some(source),
            _ => None,
        }
    }
}
