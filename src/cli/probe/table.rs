//! `dtogate probe --table`

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::{EXIT_FINDINGS, EXIT_PASS};
use super::Done;
use crate::dependence::{DateLoss, Dependence, Source, Table};
use crate::document::{Place, parse_text};
use crate::error::Error;
use crate::finding::Stage;
use crate::java::leaf::Refusal;
use crate::mapping::{Inputs, Mapping, Outcome};
use crate::pointer::Pointer;
use crate::probe::answer::{Answer, MOST_TIMEOUTS, Misbehaviour};
use crate::probe::subject::{FurtherText, Payload, Subject};
use crate::probe::talk::Talk;
use crate::report::escape::seen;

/// What a program of a batch does that answers at the end.
const AT_ONCE: &str = "; with --table each answer has to be written, and flushed, before the next payload is read";

/// The table of the mapper, and how it differs from the mapping's own.
pub(super) fn run(
    subject: &Subject,
    mapping: &'static Mapping,
    seed: u64,
    told: &(dyn Fn() + Sync),
) -> Result<Done, Error> {
    // One that cannot be started is an error, and told before anything is observed.
    subject.answer(&Payload::alone(&b"{}"[..]))?;
    // What is asked next hangs on the answers before: a batch gets one payload after the other.
    let talk = RefCell::new(match subject {
        Subject::Batch(program) => Some(Talk::new(program)),
        Subject::Command(_) | Subject::Gateway(_) => None,
    });
    let ask = |payload: &Payload| match &mut *talk.borrow_mut() {
        Some(talk) => talk.ask(payload),
        None => subject.answer(payload),
    };
    // Why the mapper gave no answer, the first time.
    let first: RefCell<Option<String>> = RefCell::new(None);
    let (answered, unanswered) = (Cell::new(0), Cell::new(0_usize));
    let (timeouts, unsent) = (Cell::new(0), Cell::new(0_usize));
    // Where the answers have values, the mapping's own and the mapper's: what only the mapper has it invents.
    let (known, given) = (RefCell::new(BTreeSet::new()), RefCell::new(BTreeSet::new()));
    let answer = |inputs: &Inputs<'_>| {
        let refused = |message: String| {
            first.borrow_mut().get_or_insert_with(|| message.trim().to_owned());
            Outcome::Refused {
                stage: Stage::Map,
                refusal: Refusal::Jackson(message),
                place: Place { pointer: Pointer::ROOT, span: 0..0 },
                input: None,
            }
        };
        if timeouts.get() >= MOST_TIMEOUTS {
            unsent.set(unsent.get() + 1);
            return refused(Misbehaviour::NotReached.to_string());
        }
        let further = inputs.further.iter().map(FurtherText::from).collect();
        told();
        match ask(&Payload { bytes: Arc::from(inputs.payload.source().as_bytes()), further }) {
            Ok(Answer { result: Ok(bytes), .. }) => match String::from_utf8(bytes) {
                Ok(text) => {
                    answered.set(answered.get() + 1);
                    if let Outcome::Emitted(own) = mapping.run(inputs) {
                        known.borrow_mut().extend(places(&own));
                    }
                    given.borrow_mut().extend(places(&text));
                    Outcome::emitted(text)
                }
                Err(error) => refused(error.to_string()),
            },
            Ok(Answer { result: Err(misbehaviour), stderr, .. }) => {
                // What the mapping refuses too says nothing of the mapper.
                unanswered.set(unanswered.get() + usize::from(matches!(mapping.run(inputs), Outcome::Emitted(_))));
                let is_late = matches!(misbehaviour, Misbehaviour::TimedOut(_));
                timeouts.set(timeouts.get() + usize::from(is_late));
                let hint = if is_late && subject.is_batch() { AT_ONCE } else { "" };
                refused(format!("{misbehaviour}{hint}\n{stderr}"))
            }
            Err(error) => refused(error.to_string()),
        }
    };
    let own = Dependence::observe(mapping, seed);
    let observed = Dependence::observe_as(mapping, &answer, seed);
    let (own_lossy, lossy) = (lossy(&own), lossy(&observed));
    let (own, found) = (Table::observed(&own), Table::observed(&observed));
    if answered.get() == 0 {
        let why = first.into_inner().unwrap_or_default();
        let mut stdout = "None of the payloads that were tried got an answer. The first one\n".to_owned();
        stdout.push_str(&indented(&why));
        stdout.push_str(&not_sent(unsent.get()));
        stdout.push_str(&format!("\nFAIL: nothing is known of the table of {}\n", mapping.id));
        return Ok(Done { stdout, code: EXIT_FINDINGS, ..Done::default() });
    }
    let (known, given) = (known.into_inner(), given.into_inner());
    let holds = |outer: &&String, inner: &String| inner.starts_with(&format!("{outer}/"));
    let invented: Vec<&String> = given.difference(&known).collect();
    let outermost = invented.iter().filter(|at| !invented.iter().any(|outer| holds(outer, at)));
    // What a line is compared by: the form of a date counts only where a reader does not take the other one.
    let alike = |lines: Vec<String>| lines.into_iter().map(|line| (line.clone(), line));
    let mut own: Vec<(String, String)> = own.lines().into_iter().zip(own.keys()).collect();
    let mut lines: Vec<(String, String)> = found.lines().into_iter().zip(found.keys()).collect();
    lines.extend(alike(outermost.map(|at| format!("invented {at}")).collect()));
    // To lose less than the mapping does is no fault.
    own.extend(alike(own_lossy.into_iter().filter(|line| lossy.contains(line)).collect()));
    lines.extend(alike(lossy));
    let only = |sign: &str, some: &[(String, String)], others: &[(String, String)]| -> String {
        let is_only = |(_, key): &&(String, String)| others.iter().all(|(_, other)| other != key);
        some.iter().filter(is_only).map(|(line, _)| format!("{sign} {line}\n")).collect()
    };
    let differences = only("-", &own, &lines) + &only("+", &lines, &own);
    let mut stdout = format!("What feeds what ({})\n", found.evidence());
    lines.iter().for_each(|(line, _)| stdout.push_str(&format!("  {line}\n")));
    let (verdict, code) = match differences.lines().count() {
        _ if unsent.get() > 0 || unanswered.get() > 0 => {
            (format!("FAIL: the table of {} was not observed to its end", mapping.id), EXIT_FINDINGS)
        }
        0 => (format!("PASS: the table of {}", mapping.id), EXIT_PASS),
        1 => (format!("FAIL: 1 line differs from the table of {}", mapping.id), EXIT_FINDINGS),
        count => (format!("FAIL: {count} lines differ from the table of {}", mapping.id), EXIT_FINDINGS),
    };
    if !differences.is_empty() {
        stdout.push_str("\nAgainst the mapping's own table: - declared, + observed\n");
        stdout.push_str(&differences);
    }
    if let Some(why) = first.into_inner() {
        match unanswered.get() {
            0 => stdout.push_str("\nNo answer, the first time\n"),
            1 => stdout.push_str("\nNo answer to 1 payload that the mapping answers\n"),
            count => {
                stdout.push_str(&format!("\nNo answer to {count} payloads that the mapping answers, the first time\n"))
            }
        }
        stdout.push_str(&indented(&why));
    }
    stdout.push_str(&not_sent(unsent.get()));
    stdout.push_str(&format!("\n{verdict}\n"));
    Ok(Done { stdout, code, ..Done::default() })
}

/// What was not tried, if anything.
fn not_sent(count: usize) -> String {
    match count {
        0 => String::new(),
        count => format!("\nAfter {MOST_TIMEOUTS} time-outs nothing more was sent: {count} payloads\n"),
    }
}

/// What is lost of dates that arrive, a line each.
fn lossy(dependence: &Dependence) -> Vec<String> {
    let line = |(source, loss): (&Source, &DateLoss)| match loss {
        DateLoss::Same { what, .. } => Some(format!("loses the {what} of {}", source.pattern)),
        DateLoss::Refused { .. } => None,
    };
    let mut lines: Vec<String> = dependence.lossy_dates().filter_map(line).collect();
    lines.dedup();
    lines
}

/// A message of a program, two spaces in.
fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {}\n", seen(line))).collect()
}

/// Where a text has values, with `*` for every index.
fn places(text: &str) -> Vec<String> {
    let Ok(document) = parse_text(text) else { return vec![] };
    let members = (0..document.len()).flat_map(|node| document.members(node));
    members.map(|(_, value)| document.pointer(value).pattern().to_string()).collect()
}
