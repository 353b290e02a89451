//! The process around the verbs: arguments, streams, files, an exit code. The only place that prints.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use super::{Cli, Done, EXIT_ERROR, Environment, error_line, without_headers};
use crate::error::Error;
use crate::mapping::Catalogue;
use crate::tool;
use crate::update::checkout::Definitions;

/// Columns of a report that goes to no terminal, or to one that does not say how wide it is.
const DEFAULT_WIDTH: usize = 120;

/// Columns beyond which nothing is laid out any more.
const MAX_WIDTH: usize = 1_000;

/// The whole command line tool over a catalogue: what a `main` returns.
///
/// ```no_run
/// # use dtogate::mapping::Catalogue;
/// static CATALOGUE: Catalogue = Catalogue { dtos: &[], configs: &[], mappings: &[], goldens: &[] };
///
/// fn main() -> std::process::ExitCode {
///     dtogate::cli::main(&CATALOGUE)
/// }
/// ```
pub fn main(catalogue: &'static Catalogue) -> ExitCode {
    tool::called(std::env::args_os().next().as_deref());
    let command = Cli::command().name(tool::name());
    let parsed = command.try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let ended = match parsed {
        Ok(cli) => run(cli, catalogue),
        // Help and version too. clap would print them by itself, and say nothing of a full disk.
        Err(error) => {
            let text = tool::named(&without_headers(&error.render().ansi().to_string(), std::env::args_os()));
            let code = u8::try_from(error.exit_code()).unwrap_or(EXIT_ERROR);
            let printed = if error.use_stderr() {
                print(anstream::stderr(), &text, "standard error")
            } else {
                print(anstream::stdout(), &text, "standard output")
            };
            printed.map(|()| code)
        }
    };
    match ended {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            let _ = io::stderr().write_all(error_line(&error).as_bytes());
            ExitCode::from(EXIT_ERROR)
        }
    }
}

fn run(cli: Cli, catalogue: &Catalogue) -> Result<u8, Error> {
    let current_dir = std::env::current_dir().map_err(|source| Error::Read { path: ".".to_owned(), source })?;
    let environment = Environment {
        current_dir: &current_dir,
        width: width(
            std::env::var("COLUMNS").ok().as_deref(),
            terminal_size::terminal_size_of(io::stdout()).map(|(columns, _)| usize::from(columns.0)),
        ),
        is_color_terminal: anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
        today: jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date(),
        in_ci: std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false")),
        // Both from the build script; only a checkout of this repository has the folder.
        definitions: Some(Definitions {
            folder: env!("DTOGATE_DEFINITIONS_FOLDER"),
            digest: env!("DTOGATE_DEFINITIONS"),
        }),
        announce: |text| {
            let _ = anstream::stderr().write_all(text.as_bytes());
        },
    };
    let done = super::run(cli, catalogue, &environment)?;
    let Done { mut stdout, stderr, files, error, line_end_on_terminal, code } = done;
    let write = |(path, text): (std::path::PathBuf, String)| {
        write_file(&path, &text).map_err(|source| Error::Write { path: path.display().to_string(), source })
    };
    // One that cannot be written keeps no other from being written; of several the first is told.
    let written: Vec<Result<(), Error>> = files.into_iter().map(write).collect();
    if line_end_on_terminal && io::stdout().is_terminal() {
        stdout.push('\n');
    }
    // The report is finished, also where a file of it cannot be written.
    print(io::stdout(), &stdout, "standard output")?;
    print(io::stderr(), &stderr, "standard error")?;
    written.into_iter().collect::<Result<(), Error>>()?;
    error.map_or(Ok(code), Err)
}

/// How wide a report is: what the environment says, else the terminal.
fn width(columns: Option<&str>, terminal: Option<usize>) -> usize {
    let named = columns.and_then(|columns| columns.parse().ok());
    let known = [named, terminal].into_iter().flatten().find(|&width| width > 0);
    known.unwrap_or(DEFAULT_WIDTH).min(MAX_WIDTH)
}

/// Prints; who closes the pipe early has read enough.
fn print(stream: impl Write, text: &str, name: &str) -> Result<(), Error> {
    print_all(stream, text).map_err(|source| Error::Write { path: name.to_owned(), source })
}

fn print_all(mut stream: impl Write, text: &str) -> io::Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => Err(source),
        _ => Ok(()),
    }
}

/// Writes a file as a whole or not at all: beside its place first, then moved there.
fn write_file(path: &Path, text: &str) -> io::Result<()> {
    // Links are followed, never replaced: /dev/stdout is one, and it would be lost for the whole machine.
    let there = match path.metadata() {
        Ok(there) => Some(there),
        // Nothing is there, or it is told of its folder.
        Err(_) if !path.is_symlink() => None,
        Err(error) => return Err(error),
    };
    let Some(there) = there else { return replace(path, text, None) };
    if there.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "expected a file, found a directory"));
    }
    if is_stdout(&there) {
        // Opened again, it would begin at its beginning; the report that follows would be written over it.
        return print_all(io::stdout(), text);
    }
    // Who may not write a file may often replace it all the same.
    if there.is_file() && there.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let open = OpenOptions::new().write(true).open(path)?;
    if there.is_file() {
        drop(open);
        return replace(&path.canonicalize()?, text, Some(&there));
    }
    // A device or a pipe is written to.
    print_all(open, text)
}

/// Whether a file is what standard output goes to.
fn is_stdout(there: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd as _;
        use std::os::unix::fs::MetadataExt as _;
        let stdout = io::stdout().as_fd().try_clone_to_owned().and_then(|stdout| File::from(stdout).metadata());
        stdout.is_ok_and(|stdout| (stdout.dev(), stdout.ino()) == (there.dev(), there.ino()))
    }
    #[cfg(not(unix))]
    {
        let _: (&Metadata, Option<File>) = (there, None);
        false
    }
}

fn replace(path: &Path, text: &str, there: Option<&Metadata>) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What a plain `open` would ask for; the process's mask takes its share.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    // The error would name the temporary file, which says nothing to who asked for another.
    let nameless = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(error.kind(), "its folder is not there"),
        kind => io::Error::new(kind, format!("in its folder: {kind}")),
    };
    let mut file = builder.prefix(".dtogate-").tempfile_in(folder).map_err(nameless)?;
    file.write_all(text.as_bytes())?;
    if let Some(there) = there {
        file.as_file().set_permissions(there.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_how_wide_before_the_terminal_does() {
        assert_eq!(width(Some("90"), Some(60)), 90);
        for unusable in [None, Some(""), Some("0"), Some("wide")] {
            assert_eq!(width(unusable, Some(60)), 60, "{unusable:?}");
            assert_eq!(width(unusable, None), DEFAULT_WIDTH, "{unusable:?}");
        }
        assert_eq!(width(Some("18446744073709551615"), None), MAX_WIDTH);
        assert_eq!(width(None, Some(0)), DEFAULT_WIDTH);
    }
}
