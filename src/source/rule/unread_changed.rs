//! `unread-changed`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::report::text::cut_middle;
use crate::source::diff::{Comparison, opaque};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unread-changed",
    severity: Severity::Warning,
    summary: "what decides over a payload and is not understood is not the same in the head",
    what: "Fires where base and head have something that `dtogate sources` lists as unread, and its text differs: \
           `@JsonTypeInfo`, the code of a serializer or of `@JsonValue`, an annotation that is gone. Comments and white space \
           do not count. A class on a wire that is not followed (Gson, JAX-RS, Kotlin) is a note.",
    why: "It decides what goes over the wire, and nobody but a person can say what the change does there.",
    example: include_str!("examples/unread-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for it in opaque::changed(comparison) {
        let severity = if it.is_elsewhere { Severity::Note } else { RULE.severity };
        let (was, is) = &it.texts;
        let does = if it.after.is_some() { "differs" } else { "is gone" };
        let path = it.after.as_ref().unwrap_or(&it.before).path.to_string();
        let shown = |text: &str| (!text.is_empty()).then(|| cut_middle(text, 200));
        findings.push(
            comparison
                .finding_at(RULE.id, severity, (Some(&it.before), it.after.as_ref()), (&path, &it.what))
                .message(format!("not understood, and {does}: {}", it.what))
                .before(shown(was))
                .after(shown(is))
                .breaks("whoever relies on this run: it does not say what the change does on the wire")
                .fix("compare what is written before and after in a test, or look at it yourself"),
        );
    }
}
