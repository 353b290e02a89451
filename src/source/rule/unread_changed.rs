//! `unread-changed`

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::report::text::cut_middle;
use crate::source::diff::{Comparison, unread};
use crate::source::opaque::Opaque;
use crate::source::place::{Place, Span};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unread-changed",
    severity: Severity::Warning,
    summary: "what decides over a payload and is not understood is not the same in the head",
    what: "Fires where base and head have something that `dtogate sources` lists as unread, and its text differs: \
           `@JsonTypeInfo`, the code of a serializer or of `@JsonValue`, an annotation that is gone. Comments and white space \
           do not count. So it does for a file that could not be read in the base (not Java, not YAML, binary, larger than \
           1 MiB) and is another one in the head, whether it can be read there or not, and for code that changes an \
           ObjectMapper in a way that is not understood. It fires too for a key that is gone from a map which a method \
           answers with. A class on a wire that is not followed (Gson, JAX-RS, Kotlin) is a note.",
    why: "It decides what goes over the wire, and nobody but a person can say what the change does there.",
    example: include_str!("examples/unread-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    let changed = unread::changed(comparison);
    in_base(comparison, &changed, findings);
    for it in changed {
        let severity = if it.is_elsewhere { Severity::Note } else { RULE.severity };
        let (was, is) = &it.texts;
        let breaks = match it.is_key {
            true => "whoever reads this key: a map has no class that says it",
            false => "whoever relies on this run: it does not say what the change does on the wire",
        };
        let does = if it.after.is_some() { "differs" } else { "is gone" };
        let path = it.after.as_ref().unwrap_or(&it.before).path.to_string();
        let shown = |text: &str| (!text.is_empty()).then(|| cut_middle(text, 200));
        findings.push(
            comparison
                .finding_at(RULE.id, severity, (Some(&it.before), it.after.as_ref()), (&path, &it.what))
                .message(if it.is_key {
                    format!("{} is gone", it.what)
                } else {
                    format!("not understood, and {does}: {}", it.what)
                })
                .before(shown(was))
                .after(shown(is))
                .breaks(breaks)
                .fix("compare what is written before and after in a test, or look at it yourself"),
        );
    }
}

/// Files that could not be read in the base, and code on a mapper that is not understood.
fn in_base(comparison: &Comparison<'_>, changed: &[unread::Differing], findings: &mut Vec<Finding>) {
    let (earlier, later) = (comparison.before.opaque(), comparison.after.opaque());
    // One cause, one finding: what is said of a class is said of the code in its file too.
    let told: BTreeSet<Arc<str>> = changed.iter().map(|it| it.before.path.clone()).collect();
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
