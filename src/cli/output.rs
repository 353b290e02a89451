//! Where reports go: any number to files, at most one to standard output.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Done, EXIT_FINDINGS, EXIT_PASS};
use crate::error::Error;
use crate::report::{Format, Options, Report, render};

/// The formats of a run, and where each goes.
#[derive(Args, Debug)]
pub struct Output {
    /// How the report is written; human by default. May be repeated: the n-th --output belongs to the n-th --format
    #[arg(long = "format", value_name = "FORMAT", value_enum)]
    pub formats: Vec<Format>,
    /// Write the report here, as a whole or not at all. If the last --format has no --output, it goes to standard
    /// output; if every one has, the human report is printed too
    #[arg(long = "output", value_name = "FILE")]
    pub outputs: Vec<PathBuf>,
}

/// The files with their formats, and the format of standard output.
type Plan<'o> = (Vec<(&'o Path, Format)>, Format);

impl Output {
    /// The files with their formats, and what goes to standard output.
    ///
    /// # Errors
    ///
    /// More outputs than formats, two formats for standard output, and one file for two reports.
    fn plan(&self) -> Result<Plan<'_>, Error> {
        let formats = if self.formats.is_empty() { &[Format::Human][..] } else { &self.formats };
        if let Some(output) = self.outputs.get(formats.len()) {
            let output = output.display();
            return Err(Error::Usage(format!(
                "--output {output} has no --format: the n-th --output belongs to the n-th --format"
            )));
        }
        let files: Vec<(&Path, Format)> =
            self.outputs.iter().map(PathBuf::as_path).zip(formats.iter().copied()).collect();
        for (at, (output, _)) in files.iter().enumerate() {
            if files[..at].iter().any(|(other, _)| is_same(other, output)) {
                return Err(Error::Usage(format!("two reports would go to --output {}", output.display())));
            }
        }
        match &formats[files.len()..] {
            [] => Ok((files, Format::Human)),
            [format] => Ok((files, *format)),
            more => Err(Error::Usage(format!(
                "{} reports would go to standard output: give all but the last --format an --output",
                more.len()
            ))),
        }
    }

    /// Tells what is wrong with the arguments, before anything is checked or started.
    ///
    /// # Errors
    ///
    /// As [`Output::plan`].
    pub(super) fn refuse_mismatch(&self) -> Result<(), Error> {
        self.plan().map(drop)
    }

    /// Refuses to write a report over what is checked, or among it.
    ///
    /// # Errors
    ///
    /// That it would.
    pub(super) fn refuse_over(&self, checked: &Path) -> Result<(), Error> {
        self.outputs.iter().try_for_each(|output| refuse_over(output, checked))
    }

    /// Refuses to write a report over a source.
    ///
    /// # Errors
    ///
    /// That it would.
    #[cfg(feature = "sources")]
    pub(super) fn refuse_over_sources(&self) -> Result<(), Error> {
        self.outputs.iter().try_for_each(|output| refuse_over_source(output))
    }

    /// Whether one of the formats draws the mappings.
    pub(super) fn draws(&self) -> bool {
        self.formats.contains(&Format::Html)
    }

    /// The reports, each in its place.
    ///
    /// # Errors
    ///
    /// As [`Output::plan`].
    pub(super) fn done(&self, report: &Report, shown: &Options) -> Result<Done, Error> {
        let (files, format) = self.plan()?;
        // A file is no terminal.
        let plain = Options { color: false, ..*shown };
        let files: Vec<(PathBuf, String)> =
            files.into_iter().map(|(path, format)| (path.to_owned(), render(report, format, &plain).primary)).collect();
        let rendered = render(report, format, shown);
        let stdout = rendered.primary + rendered.human.as_deref().unwrap_or_default();
        let code = if report.failed() { EXIT_FINDINGS } else { EXIT_PASS };
        Ok(Done { stdout, files, code, ..Done::default() })
    }
}

/// Links that lead to links are followed this far.
const MAX_LINKS: usize = 40;

/// Where a file lies, whether it is there yet or not; none where its folder is not.
fn place(path: &Path) -> Option<PathBuf> {
    place_behind(path, MAX_LINKS)
}

fn place_behind(path: &Path, links: usize) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return None;
    }
    // A file that is not there yet lies where its folder does.
    if let Ok(there) = path.canonicalize() {
        return Some(there);
    }
    // A link that leads nowhere names what would be made.
    match path.read_link() {
        Ok(target) => place_behind(&folder.join(target), links.checked_sub(1)?),
        Err(_) => Some(folder.canonicalize().ok()?.join(path.file_name().unwrap_or_default())),
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    one == other || matches!((place(one), place(other)), (Some(one), Some(other)) if one == other)
}

/// Refuses to write over a file that is there and that `sources` or `diff` reads, and into git's own folder.
///
/// # Errors
///
/// That it would.
#[cfg(feature = "sources")]
pub(super) fn refuse_over_source(output: &Path) -> Result<(), Error> {
    use crate::source::tree::{ACCEPTED, is_beside, is_wanted};
    let Some(target) = place(output) else { return Ok(()) };
    let path = target.to_string_lossy();
    let is_source = is_wanted(&path) || is_beside(&path) || target.file_name().is_some_and(|name| name == ACCEPTED);
    let is_gits = target.components().any(|part| part.as_os_str() == ".git");
    if is_gits || is_source && target.is_file() {
        return Err(Error::Usage(format!("--output {} would write over what is read", output.display())));
    }
    Ok(())
}

fn refuse_over(output: &Path, checked: &Path) -> Result<(), Error> {
    match (place(output), checked.canonicalize()) {
        (Some(target), Ok(checked)) if target.starts_with(&checked) => {
            let (output, checked) = (output.display(), checked.display());
            Err(Error::Usage(format!("--output {output} would write over what is checked: {checked}")))
        }
        // What cannot be resolved cannot be read or written either, and that is said there.
        _ => Ok(()),
    }
}
