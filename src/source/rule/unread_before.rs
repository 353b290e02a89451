//! `unread-before`

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::{Comparison, opaque};
use crate::source::opaque::Opaque;
use crate::source::place::{Place, Span};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unread-before",
    severity: Severity::Warning,
    summary: "what was not understood in the base is otherwise in the head, or gone",
    what: "Fires for a file that could not be read in the base (not Java, not YAML, binary, larger than 1 MiB) and whose \
           content differs in the head, whether it can be read there or not. So it does for code that changes an \
           ObjectMapper in a way that is not understood.",
    why: "What such a change does to payloads is not known. A run without other findings is then no proof that nothing \
          changes.",
    example: include_str!("examples/unread-before.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    let (earlier, later) = (comparison.before.opaque(), comparison.after.opaque());
    // One cause, one finding: what `unread-changed` says of a file says it for the code in it too.
    let told: BTreeSet<Arc<str>> = opaque::changed(comparison).into_iter().map(|it| it.before.path).collect();
    let is_told = |it: &Opaque| !it.is_file && told.contains(&it.place.path);
    for before in earlier.all.iter().filter(|before| !later.has_same(before) && !is_told(before)) {
        let Opaque { place, what, is_file, .. } = before;
        let after = later.successor(before).map(|after| &after.place);
        let is_there = *is_file && comparison.after.sources.find_file(&place.path).is_some();
        let there = Place { span: Span::default(), ..place.clone() };
        let (after, told) = match after {
            Some(after) => (Some(after), "it differs and is not understood"),
            None if is_there => (Some(&there), "it was not understood in the base"),
            None => (None, "it is gone and was not understood"),
        };
        let path = place.path.to_string();
        findings.push(
            comparison
                .finding_at(RULE.id, RULE.severity, (Some(place), after), (&path, what))
                .message(format!("what changes here is not known: {told}: {what}"))
                .breaks("whoever relies on this run: it says nothing of what changes at this place")
                .fix("compare both revisions of it yourself"),
        );
    }
}
