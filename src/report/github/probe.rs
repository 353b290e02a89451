//! An annotation for each kind of failure of a probed mapper.

use crate::finding::{Evidence, Finding};
use crate::report::Probed;
use crate::report::escape::{command_data, command_property, seen};
use crate::report::text::{count, cut_around, cut_middle};

/// Columns of a payload.
const WIDTH: usize = 160;

/// The command of a failure.
pub(super) fn command(word: &str, probed: &Probed, finding: &Finding, evidence: &Evidence) -> String {
    let got = evidence.got.as_ref();
    let got = got.map(|got| format!("\ngot: {}", cut_around(got, evidence.got_at.as_ref(), WIDTH))).unwrap_or_default();
    let message = format!(
        "{} through {}: {}, {}\nsmallest: {} in {}\nwhy: {}\nsent: {}{}\nfix: {}",
        probed.mapping,
        seen(&probed.command),
        evidence.kind,
        count(finding.places, "payload", "payloads"),
        seen(&finding.case),
        evidence.variation,
        cut_middle(&finding.message, WIDTH),
        cut_around(&evidence.sent, evidence.sent_at.as_ref(), WIDTH),
        got,
        finding.fix,
    );
    let file = match finding.location.path.as_str() {
        "" => String::new(),
        path => format!("file={},line=1,", command_property(&seen(path))),
    };
    format!("::{word} {file}title={}::{}", command_property(finding.rule), command_data(&message))
}
