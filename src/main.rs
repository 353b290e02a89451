//! The command line tool: arguments, the gate, a report, an exit code. The only place that prints or exits.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use dtogate::cli::{self, Cli, Done, EXIT_ERROR, Environment};
use dtogate::error::Error;
use dtogate::tis;

/// Columns of a report that goes to no terminal, or to one that does not say how wide it is.
const DEFAULT_WIDTH: usize = 120;

fn main() -> ExitCode {
    // clap exits by itself: 0 for help and version, 2 for arguments that it does not understand.
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            let _ = io::stderr().write_all(cli::error_line(&error).as_bytes());
            ExitCode::from(EXIT_ERROR)
        }
    }
}

fn run(cli: Cli) -> Result<u8, Error> {
    let current_dir = std::env::current_dir().map_err(|source| Error::Read { path: ".".to_owned(), source })?;
    let environment = Environment {
        current_dir: &current_dir,
        width: std::env::var("COLUMNS").ok().and_then(|width| width.parse().ok()).unwrap_or(DEFAULT_WIDTH),
        is_color_terminal: anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
        today: jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date(),
        announce: |text| {
            let _ = anstream::stderr().write_all(text.as_bytes());
        },
    };
    let Done { mut stdout, stderr, file, line_end_on_terminal, code } = cli::run(cli, &tis::CATALOGUE, &environment)?;
    if let Some((path, text)) = file {
        write_file(&path, &text).map_err(|source| Error::Write { path: path.display().to_string(), source })?;
    }
    if line_end_on_terminal && io::stdout().is_terminal() {
        stdout.push('\n');
    }
    print(io::stdout(), &stdout, "standard output")?;
    print(io::stderr(), &stderr, "standard error")?;
    Ok(code)
}

/// Prints; who closes the pipe early has read enough.
fn print(mut stream: impl Write, text: &str, name: &str) -> Result<(), Error> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::Write { path: name.to_owned(), source })
        }
        _ => Ok(()),
    }
}

/// Writes a file as a whole or not at all: beside its place first, then moved there.
fn write_file(path: &Path, text: &str) -> io::Result<()> {
    // A link is followed, never replaced: /dev/stdout is one, and redirected to a file it would be lost for the
    // whole machine. One that leads nowhere is refused.
    let followed = if path.is_symlink() { path.canonicalize()? } else { path.to_owned() };
    let path = followed.as_path();
    // A device or a pipe is written to, not replaced.
    if path.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        return std::fs::OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes());
    }
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "expected a file, found a directory"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What a plain `open` would ask for; the process's mask takes its share.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    // The error would name the temporary file, which says nothing to who asked for another.
    let nameless = |error: io::Error| io::Error::new(error.kind(), format!("in its folder: {}", error.kind()));
    let mut file = builder.prefix(".dtogate-").tempfile_in(folder).map_err(nameless)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(|error| error.error)
}
