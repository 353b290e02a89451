//! What each mapping emits for each of its goldens: `<case>.expected.json`, to the byte.

use dtogate::fixture::{Case, CaseKind, read_store};
use dtogate::mapping::{Further, Inputs, Outcome};
use dtogate::tis::CATALOGUE;

use crate::files;

/// The goldens under `fixtures/<mapping>/valid/`.
fn goldens() -> Vec<Case> {
    let store = read_store(files::root(), &CATALOGUE, u64::MAX).unwrap();
    store.cases.into_iter().filter(|case| case.kind == CaseKind::Valid).collect()
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

/// Values that the mapping declares generated are the placeholders of the expectation here too, so that no byte of an
/// answer is without a check; the gate's own comparison lets those differ.
#[test]
fn every_golden_answers_its_expectation_byte_for_byte() {
    let goldens = goldens();
    assert!(goldens.len() > 50, "{} goldens", goldens.len());
    let mut wrong = Vec::new();
    for case in &goldens {
        let expected = case.expected.as_ref().map(|file| text(file.content.bytes()).trim_end_matches(['\r', '\n']));
        match outcome(case) {
            Outcome::Emitted(answer) if Some(answer.source()) == expected => {}
            outcome => wrong.push(format!("{}: expected {expected:?}, found {outcome:?}", case.id())),
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), goldens.len(), wrong.join("\n"));
}
