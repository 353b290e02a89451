//! `dtogate accept`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::add::{read, recover};
use super::check::nearest_root;
use super::{Done, EXIT_FINDINGS, EXIT_PASS, Environment};
use crate::error::Error;
use crate::finding::Severity;
use crate::gate::Options;
use crate::mapping::Catalogue;
use crate::report::escape::seen;
use crate::report::text::cut_middle;
use crate::spelling::SPELLINGS;
use crate::tool;
use crate::update::checkout;
use crate::update::journal::{self, Recovery};
use crate::update::left;
use crate::update::pending::{pending, read_manifest};
use crate::update::question::{Kind, Question, REASONS};

/// The arguments of `accept`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Accept what has this in its name, its case or its files, as `dtogate review --list` prints them
    #[arg(value_name = "FILTER", required_unless_present = "all", conflicts_with = "all")]
    pub filter: Option<String>,
    /// Accept everything that waits
    #[arg(long)]
    pub all: bool,
    /// The reason for accepting a guarded difference: a case that disappears, an expectation or a table that loses a value,
    /// bytes that no capture has. The manifest's rows keep it, or fixtures/reasons.jsonl
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Write although CI is set: expectations are for people to accept, not for a job
    #[arg(long)]
    pub in_ci: bool,
    /// The folder that holds fixtures/; default: the nearest parent folder with fixtures/
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// In a checkout of dtogate: leave its own snapshots and its README as they are
    #[arg(long)]
    pub only_fixtures: bool,
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments, catalogue: &Catalogue, environment: &Environment<'_>) -> Result<Done, Error> {
    if environment.in_ci && !arguments.in_ci {
        let message = "CI is set, and people accept expectations, not jobs; --in-ci accepts them all the same";
        return Err(Error::Usage(message.to_owned()));
    }
    let mut session = Session::new(arguments.root.as_deref(), catalogue, environment)?;
    let mut stdout = session.recovered();
    let is_asked = |question: &Question| arguments.filter.as_deref().is_none_or(|filter| question.matches(filter));
    let reason = arguments.reason.as_deref();
    // Each round finds what the one before it has made possible; one that takes nothing is the last.
    let (mut left, mut taken, mut has_keys) = (BTreeSet::new(), BTreeSet::new(), false);
    let mut waiting = loop {
        let mut took = false;
        let waiting = session.pending()?;
        // What a person has to edit first would make them accept twice.
        if arguments.all && left.is_empty() && is_left_behind(&waiting, reason) {
            return Ok(Done { stdout: stdout + &left_behind(&waiting), code: EXIT_FINDINGS, ..Done::default() });
        }
        for question in waiting.iter().filter(|question| is_asked(question)) {
            if left.contains(&question.name()) || !taken.insert(question.name()) {
                continue;
            }
            match session.accept(question, reason)? {
                Ok(files) => {
                    stdout.push_str(&format!("accepted: {} ({files})\n", seen(&question.title())));
                    took = true;
                    has_keys |= question.kind == Kind::Keys;
                    if question.kind == Kind::Keys {
                        break;
                    }
                }
                Err(_) => {
                    left.insert(question.name());
                }
            }
        }
        if !took {
            break waiting;
        }
    };
    let mut has_taken = taken.len() > left.len();
    if arguments.all && !arguments.only_fixtures && !environment.in_ci && session.is_checkout() {
        let mut refused = Vec::new();
        let brought = session.bring_along(reason, has_keys, &mut refused)?;
        has_taken |= !brought.is_empty();
        stdout.push_str(&brought);
        waiting = session.pending()?;
        waiting.extend(refused);
    }
    if !has_taken && waiting.is_empty() {
        stdout.push_str("nothing waits\n");
    } else if !waiting.iter().any(is_asked) && !has_taken {
        let filter = arguments.filter.as_deref().unwrap_or_default();
        let what =
            format!("nothing that waits has {filter:?} in its name; `{} review --list` prints what does", tool::name());
        return Err(Error::NothingToCheck { what });
    }
    let open: Vec<&Question> = waiting.iter().filter(|question| is_asked(question)).collect();
    for question in &open {
        let why = question.accepted(None, reason).err().unwrap_or_else(|| "it is asked again".to_owned());
        stdout.push_str(&format!("waits: {}\n  {}\n", seen(&question.title()), seen(&why)));
    }
    Ok(Done { stdout, code: if open.is_empty() { EXIT_PASS } else { EXIT_FINDINGS }, ..Done::default() })
}

/// Whether names were left behind that a person has to edit, or to give a reason for.
fn is_left_behind(waiting: &[Question], reason: Option<&str>) -> bool {
    let is_left = |question: &Question| !question.left.is_empty() && reason.is_none();
    waiting.iter().any(|question| question.kind == Kind::Declaration || is_left(question))
}

/// What is said of them.
fn left_behind(waiting: &[Question]) -> String {
    let declarations = waiting.iter().filter(|question| question.kind == Kind::Declaration);
    let mut text: String = declarations.map(|question| shown(question, false, true)).collect();
    let classes: BTreeSet<&String> = waiting.iter().flat_map(|question| &question.left).collect();
    let notes: BTreeSet<&String> = waiting.iter().flat_map(|question| &question.notes).collect();
    classes.iter().for_each(|line| text.push_str(&format!("{}\n", seen(line))));
    let reason = if classes.is_empty() { "" } else { ", or, of a class that keeps its name, a reason (--reason TEXT)" };
    text.push_str(&format!("nothing is accepted: edit these first{reason}\n"));
    if !notes.is_empty() {
        text.push_str("of other legs, which stay as they are:\n");
    }
    notes.iter().for_each(|line| text.push_str(&format!("  {}\n", seen(line))));
    text
}

/// A root in which something waits.
pub(super) struct Session<'s> {
    pub(super) root: PathBuf,
    catalogue: &'s Catalogue,
    environment: &'s Environment<'s>,
    recovery: Recovery,
    /// Whether the goldens stay as they are, whatever the definitions say.
    pub(super) without_keys: bool,
}

impl<'s> Session<'s> {
    /// Finds the root and finishes what was interrupted there.
    pub(super) fn new(
        root: Option<&Path>,
        catalogue: &'s Catalogue,
        environment: &'s Environment<'s>,
    ) -> Result<Self, Error> {
        let root = match root {
            Some(root) if !root.join("fixtures").is_dir() => {
                return Err(Error::NoFixtures { root: root.display().to_string() });
            }
            Some(root) => root.to_owned(),
            None => nearest_root(environment.current_dir)?,
        };
        if let Some(stale) = environment.definitions.and_then(|definitions| definitions.stale(&root)) {
            return Err(Error::Usage(stale));
        }
        let recovery = recover(&root)?;
        Ok(Session { root, catalogue, environment, recovery, without_keys: false })
    }

    /// What is said of an update that was interrupted.
    pub(super) fn recovered(&self) -> String {
        match self.recovery {
            Recovery::Finished => "an update that was interrupted is finished\n".to_owned(),
            Recovery::Nothing | Recovery::RolledBack => String::new(),
        }
    }

    /// Whether the root is a checkout of this repository.
    pub(super) fn is_checkout(&self) -> bool {
        self.environment.definitions.is_some_and(|definitions| definitions.are_in(&self.root))
    }

    /// What waits.
    pub(super) fn pending(&self) -> Result<Vec<Question>, Error> {
        let options = Options {
            mapping: None,
            wire: None,
            input: None,
            filter: None,
            fail_on: Severity::Error,
            max_size: 1 << 26,
            spellings: SPELLINGS,
            today: self.environment.today,
        };
        let mut waiting = pending(&self.root, self.catalogue, &options, self.without_keys)?;
        if self.is_checkout() {
            waiting.splice(0..0, left::of_checkout(&self.root, self.catalogue));
        }
        Ok(waiting)
    }

    /// Writes what a question changes, all of it or nothing: how many files, or why it waits.
    pub(super) fn accept(&self, question: &Question, reason: Option<&str>) -> Result<Result<String, String>, Error> {
        let manifest = read_manifest(&self.root)?.map(|(text, _)| text);
        let mut changes = match question.accepted(manifest.as_deref(), reason) {
            Ok(changes) => changes,
            Err(why) => return Ok(Err(why)),
        };
        let reasons = read(&self.root, REASONS)?;
        changes.extend(question.kept(reasons.as_deref(), reason));
        changes.extend(question.followed(|path| read(&self.root, path))?);
        let path = || self.root.join("fixtures").display().to_string();
        journal::commit(&self.root, &changes).map_err(|source| Error::Write { path: path(), source })?;
        // What a test has written beside an output goes with it, and is nothing that was accepted.
        let count = changes.iter().filter(|change| !change.path.ends_with(".new")).count();
        Ok(Ok(format!("{count} file{}", if count == 1 { "" } else { "s" })))
    }

    /// Accepts what follows in a checkout: what a binary with the new goldens finds, and our own outputs.
    fn bring_along(
        &mut self,
        reason: Option<&str>,
        has_keys: bool,
        refused: &mut Vec<Question>,
    ) -> Result<String, Error> {
        let mut text = String::new();
        (self.environment.announce)(&checkout::cost());
        if has_keys {
            // The goldens are built in too, and some of what is observed begins with them.
            let binary = checkout::build_anew(&self.root)?;
            (self.environment.announce)("taking what a dtogate with these goldens finds\n");
            let mut arguments = vec!["accept", "--all", "--only-fixtures"];
            arguments.extend(reason.map(|reason| ["--reason", reason]).into_iter().flatten());
            let done = checkout::run_anew(&self.root, &binary, &arguments)?;
            let stdout = String::from_utf8_lossy(&done.stdout).into_owned();
            text.extend(stdout.lines().filter(|line| line.starts_with("accepted: ")).map(|line| format!("{line}\n")));
            if done.status.code().is_none_or(|code| code > 1) {
                text.push_str(&format!("{}\n", String::from_utf8_lossy(&done.stderr).trim_end()));
            }
        }
        checkout::print_anew(&self.root, self.environment.announce)?;
        for question in checkout::outputs(&self.root)? {
            match self.accept(&question, reason)? {
                Ok(files) => text.push_str(&format!("accepted: {} ({files})\n", seen(&question.title()))),
                Err(_) => refused.push(question),
            }
        }
        Ok(text)
    }
}

/// Places of a question that are shown unasked.
const SHOWN: usize = 3;

/// A question as a person reads it.
pub(super) fn shown(question: &Question, color: bool, all: bool) -> String {
    let paint = |code: &str, text: &str| if color { format!("\u{1B}[{code}m{text}\u{1B}[0m") } else { text.to_owned() };
    let mut text = format!("{}\n", paint("1", &seen(&question.title())));
    if !question.readers.is_empty() {
        let readers: Vec<&str> = question.readers.iter().map(String::as_str).collect();
        text.push_str(&format!("  read by: {}\n", seen(&readers.join(", "))));
    }
    let count = if all { question.places.len() } else { SHOWN.min(question.places.len()) };
    for place in &question.places[..count] {
        let pointer = if place.pointer.is_empty() { String::new() } else { format!(": {}", place.pointer) };
        text.push_str(&format!("  {}\n", seen(&format!("{}{pointer}", place.path))));
        let mut line = |sign: &str, code: &str, value: &Option<String>| {
            if let Some(value) = value {
                text.push_str(&format!("    {}\n", paint(code, &format!("{sign} {}", cut_middle(&seen(value), 300)))));
            }
        };
        line("-", "31", &place.before);
        line("+", "32", &place.after);
    }
    if count < question.places.len() {
        text.push_str(&format!("  and {} more\n", question.places.len() - count));
    }
    if let Some(blocked) = &question.blocked {
        text.push_str(&format!("  cannot be accepted: {}\n", seen(blocked)));
    }
    for note in &question.notes {
        text.push_str(&format!("  {}\n", seen(note)));
    }
    for guard in &question.guards {
        text.push_str(&format!("  {}\n", paint("33", &format!("needs a reason: {}", seen(guard)))));
    }
    text
}
