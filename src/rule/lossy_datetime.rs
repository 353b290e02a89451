//! `lossy-datetime`

use super::{Check, Findings, Rule};
use crate::dependence::{DateLoss, Judged};
use crate::finding::Severity;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "lossy-datetime",
    severity: Severity::Error,
    summary: "part of a date does not arrive",
    what: "Fires for a date of the producer that feeds the answer but loses its time of day, its precision or its offset on \
           the way: two dates that the producer writes differently give one answer. Fires too for a date that the producer \
           writes and the mapping refuses. Dates that the mapping declares dropped do not count.",
    why: "A LocalDate reader cuts a time off without a word, and a pattern of milliseconds refuses nine digits: that is how \
          one service rejected the logs of another in October 2025.",
    example: include_str!("examples/lossy-datetime.txt"),
    check: Check::Mapping(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings) {
    let path = judged.path();
    for (source, loss) in judged.dependence.lossy_dates() {
        let pointer = source.declared();
        let shown = source.pattern.clone();
        let (message, before, after) = match loss {
            DateLoss::Same { what, one, other } => {
                let after = format!("one answer for {one} and {other}");
                (format!("the {what} of {shown:?} does not arrive"), one.clone(), after)
            }
            DateLoss::Refused { value, message } => {
                let message = format!("refused: {message}");
                (format!("{shown:?} can have a form that is not taken"), value.clone(), message)
            }
        };
        findings.group(RULE.id, (&path, &pointer), message, |message| {
            judged
                .finding(RULE.id, RULE.severity, &pointer)
                .message(message)
                .before(before)
                .after(after)
                .breaks(format!("{} gets another point in time, or none", judged.taker()))
                .fix("read and write the form that the producer writes, or declare the value dropped, with the reason")
        });
    }
}
