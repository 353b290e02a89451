//! `dtogate diff`

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::check::FailOn;
use super::output::Output;
use super::{Color, Done, Environment};
use crate::error::Error;
use crate::mapping::Catalogue;
use crate::report::{self, Compared, Report, Verb};
use crate::source::accepted::Acceptances;
use crate::source::diff::Comparison;
use crate::source::diff::Partner;
use crate::source::gate::{findings, removed_assertions};
use crate::source::java::index::{Parsed, Sources};
use crate::source::report::Found;
use crate::source::tree::{Git, Skipped, TreeError};

/// A repository that is named on the command line.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Its name.
    pub name: String,
    /// Its checkout.
    pub dir: PathBuf,
}

/// `NAME=DIR`
pub(super) fn repository(text: &str) -> Result<Repository, String> {
    match text.split_once('=') {
        Some((name, dir)) if !name.is_empty() && !dir.is_empty() => {
            Ok(Repository { name: name.to_owned(), dir: PathBuf::from(dir) })
        }
        _ => Err(format!("expected NAME=DIR, found {text:?}")),
    }
}

/// How a comparison is reported.
#[derive(Args, Debug)]
pub struct Reported {
    /// The formats, and where they go.
    #[command(flatten)]
    pub output: Output,
    /// The lowest severity that fails the run; accepted findings never do
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
    /// When to colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// The arguments of `diff`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The revision to compare with; the merge base with the head is used. By default what GITHUB_BASE_REF names, else
    /// origin/HEAD, main or master
    #[arg(value_name = "BASE")]
    pub base: Option<String>,
    /// Take the files on disk for the head, instead of the commit that is checked out
    #[arg(long)]
    pub worktree: bool,
    /// Another service that reads or writes the payloads, at the commit that is checked out there; may be repeated
    #[arg(long = "repo", value_name = "NAME=DIR", value_parser = repository)]
    pub repositories: Vec<Repository>,
    /// How it is reported
    #[command(flatten)]
    pub reported: Reported,
    /// The day that `until` of an acceptance is compared with; by default today in UTC
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
}

pub(super) fn cannot(error: TreeError) -> Error {
    Error::Usage(error.to_string())
}

/// Runs the verb.
pub(super) fn run(arguments: Arguments, catalogue: &Catalogue, environment: &Environment<'_>) -> Result<Done, Error> {
    arguments.reported.output.refuse_mismatch()?;
    arguments.reported.output.refuse_over_sources()?;
    // From a folder of it, the whole repository is compared: half a service passes where the whole does not.
    let mut git = Git::open(environment.current_dir).and_then(Git::at_top).map_err(cannot)?;
    let dir = &git.dir().to_owned();
    let head = git.commit("HEAD").map_err(cannot)?;
    let (base, name) = match &arguments.base {
        Some(base) => git.base(base),
        None => git.default_base(std::env::var("GITHUB_BASE_REF").ok().as_deref()),
    }
    .map_err(cannot)?;
    let base = git.merge_base(&base, &head).map_err(cannot)?;
    if base == head && !arguments.worktree {
        return Err(Error::Usage(format!(
            "nothing to compare: {name} and HEAD have the same commit {}; name an earlier base, or take the files on disk \
             with --worktree",
            short(&base)
        )));
    }
    let mut remarks = Vec::new();
    let dirty = if arguments.worktree { 0 } else { git.dirty().map_err(cannot)? };
    if dirty > 0 {
        let files = if dirty == 1 { "1 file on disk differs" } else { &format!("{dirty} files on disk differ") };
        remarks.push(format!("{files} from HEAD, which does not count; --worktree takes what is on disk"));
    }

    let mut parsed = Parsed::default();
    let before = Sources::new(git.tree(&base).map_err(cannot)?, &mut parsed);
    let tree = if arguments.worktree { git.on_disk() } else { git.tree(&head) };
    let after = Sources::new(tree.map_err(cannot)?, &mut parsed);
    if [&before, &after].iter().all(|sources| sources.files.iter().all(|source| source.java.is_none())) {
        return Err(Error::Usage(format!(
            "no Java source in {}: run in the checkout of a Java service",
            dir.display()
        )));
    }
    let repositories = partners(&arguments.repositories, &mut parsed)?;
    let partners = found(&repositories);
    let (old, new) = (Found::new(&before), Found::new(&after));
    let comparison = Comparison::new(&old, &new, &partners, catalogue);
    let mut found = findings(&comparison);
    let acceptances = Acceptances::read(&after.beside)?;
    remarks.extend(acceptances.apply(&mut found, arguments.today.unwrap_or(environment.today)));
    if let (count @ 1.., files) = removed_assertions(&comparison) {
        remarks.push(format!("tests assert {count} times less what JSON holds, in {files} of their files"));
    }
    let unread = new.unread().len();
    if unread > 0 {
        let things = if unread == 1 { "thing of the head was" } else { "things of the head were" };
        remarks.push(format!("{unread} {things} not understood: `dtogate sources` lists what"));
    }
    remarks.extend(not_compared(&new));
    let compared = Compared {
        verb: "diff",
        before: format!("{name} at {}", short(&base)),
        after: if arguments.worktree { "work tree".to_owned() } else { format!("HEAD at {}", short(&head)) },
        classes: new.inventory.classes.iter().filter(|class| class.is_on_wire()).count(),
        remarks,
    };
    done(found, compared, &arguments.reported, environment)
}

/// Source files of the head that are not read, and what is therefore not compared.
fn not_compared(found: &Found<'_>) -> Vec<String> {
    const SHOWN: usize = 3;
    let missing = found.missing_files();
    let more = missing.len().saturating_sub(SHOWN);
    let remark = |(skipped, names): &(&Skipped, Vec<String>)| {
        let used = names.first().map_or(String::new(), |name| format!("; {name} goes over a wire or is a base there"));
        format!("{} is not read ({}), so its classes are not compared{used}", skipped.path, skipped.reason)
    };
    let mut remarks: Vec<String> = missing.iter().take(SHOWN).map(remark).collect();
    if more > 0 {
        remarks.push(format!("{more} Java files more are not read: `dtogate sources` lists them"));
    }
    remarks
}

/// Reads other repositories at their heads.
pub(super) fn partners(repositories: &[Repository], parsed: &mut Parsed) -> Result<Vec<(String, Sources)>, Error> {
    let mut read = Vec::new();
    for Repository { name, dir } in repositories {
        let of = |error: TreeError| Error::Usage(format!("--repo {name}: {error}"));
        let mut git = Git::open(dir).map_err(of)?;
        let head = git.commit("HEAD").map_err(of)?;
        let sources = Sources::new(git.tree(&head).map_err(of)?, parsed);
        if sources.files.iter().all(|source| source.java.is_none()) {
            return Err(Error::Usage(format!("--repo {name}: no Java source in {}", dir.display())));
        }
        read.push((name.clone(), sources));
    }
    Ok(read)
}

/// What their sources say.
pub(super) fn found(repositories: &[(String, Sources)]) -> Vec<Partner<'_>> {
    repositories.iter().map(|(name, sources)| Partner { name: name.clone(), found: Found::new(sources) }).collect()
}

/// The report, rendered.
pub(super) fn done(
    findings: Vec<crate::finding::Finding>,
    compared: Compared,
    reported: &Reported,
    environment: &Environment<'_>,
) -> Result<Done, Error> {
    let Reported { output, fail_on, color } = reported;
    let report = Report { findings, verb: Verb::Compare(Box::new(compared)), ..Report::new(fail_on.severity()) };
    let color = match color {
        Color::Auto => environment.is_color_terminal,
        Color::Always => true,
        Color::Never => false,
    };
    let shown = report::Options { width: environment.width, color, acceptances: true };
    output.done(&report, &shown)
}

/// A commit as people say it.
fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}
