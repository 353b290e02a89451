//! Values of goldens that their class would not write any more: a date in another form, a word that its enum has no more, a
//! text where a number is written now. What a service writes there instead nobody knows but the service, so no golden is
//! rewritten; what `check` finds there is said before anything is taken.

use std::collections::{BTreeMap, BTreeSet};

use super::question::{Kind, Place, Question};
use crate::accepted::Acceptance;
use crate::finding::{Finding, Severity};
use crate::fixture::{Case, CaseKind, Content};
use crate::gate::{Options, in_threads, judge};
use crate::rule::{DATE_FORM_DRIFT, ROUND_TRIP_LOSS, UNKNOWN_CODE};

/// The rules that are about what a value is, not about which keys there are.
const RULES: [&str; 3] = [DATE_FORM_DRIFT, ROUND_TRIP_LOSS, UNKNOWN_CODE];

/// What goldens of `valid/` are found red for: (mapping, rule).
pub(super) type Red = BTreeSet<(&'static str, &'static str)>;

/// A question for each kind of such a value, which cannot be accepted.
pub(super) fn questions(
    cases: &[Case],
    rewritten: &BTreeMap<String, Vec<u8>>,
    known: &[Acceptance],
    options: &Options<'_>,
) -> (Vec<Question>, Red) {
    let valid: Vec<&Case> = cases.iter().filter(|case| case.kind == CaseKind::Valid).collect();
    let found = in_threads(&valid, 1, |case| judge(&with_rewritten(case, rewritten).0, known, options).1);
    let (mut questions, mut red) = (BTreeMap::new(), Red::new());
    for (case, findings) in valid.iter().zip(found) {
        let is_red = |finding: &&Finding| {
            finding.severity == Severity::Error
                && RULES.contains(&finding.rule)
                && !known.iter().any(|entry| entry.accepts(finding, options.today))
        };
        for finding in findings.iter().filter(is_red) {
            red.insert((case.mapping.id, finding.rule));
            let cause = format!("{} in {}, {}", finding.pattern, case.mapping.id, finding.rule);
            let question = questions.entry(cause.clone()).or_insert_with(|| {
                let why = format!("{}: edit these places, or capture the goldens again", finding.message);
                Question {
                    blocked: Some(why),
                    ..Question::new(Kind::Golden, format!("not what its class writes: {cause}"))
                }
            });
            question.cases.insert(case.id());
            question.readers.insert(case.mapping.reader_name.to_owned());
            let place = Place {
                path: finding.location.to_string(),
                pointer: finding.location.pointer.clone(),
                before: finding.after.clone(),
                after: finding.before.clone(),
            };
            if !question.places.contains(&place) {
                question.places.push(place);
            }
        }
    }
    (questions.into_values().collect(), red)
}

/// The case with the bytes that its goldens would have, and whether they are others.
pub(super) fn with_rewritten(case: &Case, rewritten: &BTreeMap<String, Vec<u8>>) -> (Case, bool) {
    let mut case = case.clone();
    let mut is_rewritten = false;
    let files = std::iter::once(&mut case.payload).chain(case.further.iter_mut().map(|further| &mut further.file));
    for file in files {
        if let Some(bytes) = rewritten.get(&file.path) {
            file.content = Content::Bytes(bytes.clone());
            is_rewritten = true;
        }
    }
    (case, is_rewritten)
}
