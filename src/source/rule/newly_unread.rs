//! `newly-unread`

use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::Comparison;
use crate::source::place::Unread;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "newly-unread",
    severity: Severity::Warning,
    summary: "the head has something on a wire that is not understood, and the base has not",
    what: "Fires for what `dtogate sources` lists as unread in the head and not in the base: a file that is not Java, an answer \
           whose class is not found, a serializer of your own, a bean that depends on a profile.",
    why: "Of what is not understood nothing can be said. A run without other findings is then no proof that nothing changes.",
    example: include_str!("examples/newly-unread.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    // A file may have moved, and lines have: what was said is what counts.
    let (before, after) = (comparison.before.opaque(), comparison.after.opaque());
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for Unread { place, what } in comparison.before.unread() {
        if !before.is_file(&place.path, &what) {
            *known.entry(what).or_default() += 1;
        }
    }
    for Unread { place, what } in comparison.after.unread() {
        if after.is_file(&place.path, &what) {
            // It is known by what it holds; one that was unread before in another way is another rule's.
            let is_held = after.of_path(&place.path).is_some_and(|file| before.has_same(file));
            if is_held || before.of_path(&place.path).is_some() {
                continue;
            }
        } else if let Some(left) = known.get_mut(&what).filter(|left| **left > 0) {
            *left -= 1;
            continue;
        }
        let path = place.path.to_string();
        findings.push(
            comparison
                .finding_at(RULE.id, RULE.severity, (None, Some(&place)), (&path, &what))
                .message(format!("not understood: {what}"))
                .breaks("whoever relies on this run: it says nothing of what is at this place")
                .fix("look at it yourself; write it in a form that is read where there is one"),
        );
    }
}
