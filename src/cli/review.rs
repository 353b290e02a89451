//! `dtogate review`

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use clap::Args;
use console::{Key, Term};

use super::accept::{Session, shown};
use super::{Done, EXIT_FINDINGS, EXIT_PASS, Environment};
use crate::error::Error;
use crate::mapping::Catalogue;
use crate::report::escape::seen;
use crate::tool;
use crate::update::checkout;
use crate::update::question::{Kind, Question};

/// The arguments of `review`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Print what waits, and ask nothing
    #[arg(long)]
    pub list: bool,
    /// The folder that holds fixtures/; default: the nearest parent folder with fixtures/
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
}

/// Runs the verb. It asks on the terminal, so it prints by itself.
pub(super) fn run(arguments: &Arguments, catalogue: &Catalogue, environment: &Environment<'_>) -> Result<Done, Error> {
    if !(arguments.list || io::stdin().is_terminal() && io::stdout().is_terminal()) {
        let message = "review asks on a terminal, and there is none; `dtogate review --list` prints what waits, `dtogate \
                       accept` takes it";
        return Err(Error::Usage(tool::named(message)));
    }
    let mut session = Session::new(arguments.root.as_deref(), catalogue, environment)?;
    let mut text = session.recovered();
    if arguments.list {
        let mut waiting = session.pending()?;
        if session.is_checkout() {
            waiting.extend(checkout::outputs(&session.root)?);
        }
        let color = environment.is_color_terminal;
        waiting.iter().for_each(|question| text.push_str(&format!("{}\n", shown(question, color, false))));
        text.push_str(&summary(&waiting));
        return Ok(Done { stdout: text, code: code(&waiting), ..Done::default() });
    }
    let mut asking = Asking { term: Term::stdout(), color: environment.is_color_terminal, seen: BTreeSet::new() };
    asking.say(&text)?;
    let mut took = false;
    while let Some(question) = asking.next(session.pending()?) {
        match asking.ask(&question, &session)? {
            Answer::Accepted => took = true,
            Answer::Rejected => session.without_keys |= question.kind == Kind::Keys,
            Answer::Skipped => {}
            Answer::Quit => return finished(&session, took),
        }
    }
    if took && session.is_checkout() {
        (environment.announce)(&checkout::cost());
        checkout::print_anew(&session.root, environment.announce)?;
    }
    if session.is_checkout() {
        while let Some(question) = asking.next(checkout::outputs(&session.root)?) {
            if asking.ask(&question, &session)? == Answer::Quit {
                break;
            }
        }
    }
    finished(&session, took)
}

fn finished(session: &Session<'_>, took: bool) -> Result<Done, Error> {
    let waiting = session.pending()?;
    let hint = if took { tool::named("\n`dtogate check` says whether the rest is right") } else { String::new() };
    Ok(Done { stdout: format!("{}{hint}\n", summary(&waiting).trim_end()), code: code(&waiting), ..Done::default() })
}

fn summary(waiting: &[Question]) -> String {
    match waiting.len() {
        0 => "nothing waits\n".to_owned(),
        1 => "1 question waits\n".to_owned(),
        count => format!("{count} questions wait\n"),
    }
}

fn code(waiting: &[Question]) -> u8 {
    if waiting.is_empty() { EXIT_PASS } else { EXIT_FINDINGS }
}

/// What a person said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Accepted,
    Rejected,
    Skipped,
    Quit,
}

struct Asking {
    term: Term,
    color: bool,
    /// The names of the questions that were asked.
    seen: BTreeSet<String>,
}

impl Asking {
    fn say(&self, text: &str) -> Result<(), Error> {
        self.term.write_str(text).map_err(terminal)
    }

    /// The first question that was not asked yet.
    fn next(&mut self, waiting: Vec<Question>) -> Option<Question> {
        let question = waiting.into_iter().find(|question| !self.seen.contains(&question.name()))?;
        self.seen.insert(question.name());
        Some(question)
    }

    fn ask(&self, question: &Question, session: &Session<'_>) -> Result<Answer, Error> {
        self.say(&format!("{}\n", shown(question, self.color, false)))?;
        loop {
            let is_blocked = question.blocked.is_some();
            let accept = if is_blocked { "" } else { "[y] accept  " };
            self.say(&format!("{accept}[n] reject  [s] skip  [m] more  [q] quit: "))?;
            // Raw, so that Ctrl-C is an answer as the others: it ends between two questions, with what is written.
            let key = self.term.read_key_raw().map_err(terminal)?;
            if ends(&key) {
                self.say("\n")?;
                return Ok(Answer::Quit);
            }
            let Key::Char(key) = key else {
                self.say("\n")?;
                continue;
            };
            self.say(&format!("{}\n", seen(&key.to_string())))?;
            match key {
                'y' if !is_blocked => {
                    let mut reason = None;
                    if !question.guards.is_empty() {
                        self.say("why may it pass (nothing: it waits)? ")?;
                        let line = self.term.read_line().map_err(terminal)?;
                        if line.trim().is_empty() {
                            return Ok(Answer::Skipped);
                        }
                        reason = Some(line);
                    }
                    match session.accept(question, reason.as_deref())? {
                        Ok(files) => {
                            self.say(&format!("accepted: {files}\n\n"))?;
                            return Ok(Answer::Accepted);
                        }
                        Err(why) => self.say(&format!("{}\n", seen(&why)))?,
                    }
                }
                'n' => return Ok(Answer::Rejected),
                's' => return Ok(Answer::Skipped),
                'q' => return Ok(Answer::Quit),
                'm' => self.say(&format!("{}\n", shown(question, self.color, true)))?,
                'y' => self.say("this one cannot be accepted\n")?,
                _ => self.say("press one of the letters\n")?,
            }
        }
    }
}

/// Whether a key ends it wherever it is pressed. Ctrl-D says that nothing comes any more.
fn ends(key: &Key) -> bool {
    matches!(key, Key::Escape | Key::CtrlC | Key::Char('\u{4}'))
}

fn terminal(source: io::Error) -> Error {
    Error::Write { path: "the terminal".to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_terminal_program_ends_this_one() {
        for key in [Key::Escape, Key::CtrlC, Key::Char('\u{4}')] {
            assert!(ends(&key), "{key:?}");
        }
        for key in [Key::Char('y'), Key::Char('d'), Key::Enter, Key::ArrowUp] {
            assert!(!ends(&key), "{key:?}");
        }
    }
}
