//! What each mapping emits for each of its goldens, as a reviewer reads it.
//!
//! `<case>.expected.json` is the truth that the gate compares with; these are the last accepted observations. The
//! answer is one long line, so it is shown with a line per member, under its length and digest: a byte that the
//! layout hides still changes the snapshot.

use dtogate::document::{Lines, Style, write};
use dtogate::fixture::{Case, CaseKind, read_store};
use dtogate::mapping::{Further, Inputs, Outcome};
use dtogate::tis::CATALOGUE;

use crate::{files, snapshots};

/// The goldens under `fixtures/<mapping>/valid/`.
fn goldens() -> Vec<Case> {
    let store = read_store(files::root(), &CATALOGUE, u64::MAX).unwrap();
    store.cases.into_iter().filter(|case| case.kind == CaseKind::Valid).collect()
}

fn folder(case: &Case) -> String {
    format!("emitted/{}", case.mapping.id)
}

/// The snapshots of this module, relative to `snapshots/`, without `.snap`.
pub(crate) fn snapshot_names() -> impl Iterator<Item = String> {
    goldens().into_iter().map(|case| format!("{}/{}", folder(&case), case.name))
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn outcome(case: &Case) -> Outcome {
    let further: Vec<Further<'_>> = case
        .further
        .iter()
        .map(|input| Further {
            name: &input.name,
            key: input.key.as_deref(),
            json: text(input.file.content.bytes()).into(),
        })
        .collect();
    case.mapping.run(&Inputs { payload: text(case.payload.content.bytes()).into(), further: &further })
}

/// Length and digest of the exact answer, then its members line by line in their own spelling.
fn reviewable(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Emitted(answer) => {
            let heading = format!("{} bytes, SHA-256 {}", answer.len(), files::sha256(answer.as_bytes()));
            let style = Style { lines: Lines::Every("  "), after_colon: " ", ..Style::COMPACT };
            let lines = answer.document().map_or_else(|_| answer.to_string(), |document| write(&document, &style));
            format!("{heading}\n{lines}")
        }
        Outcome::Refused { stage, refusal, place, input } => {
            let input = input.as_deref().unwrap_or("the payload");
            format!("refused at {stage:?}: {refusal}; {input}, {:?}", place.pointer.to_string())
        }
    }
}

#[test]
fn every_golden_emits_what_was_accepted() {
    snapshots::assert_all(goldens().iter().map(|case| (folder(case), case.name.clone(), reviewable(&outcome(case)))));
}
