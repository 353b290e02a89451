//! `payload-changed`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::Comparison;
use crate::source::diff::ends::{changed, shown, weight, weight_written};
use crate::source::diff::routes::{Redirected, redirected};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "payload-changed",
    severity: Severity::Error,
    summary: "a method of a controller, client or listener takes or gives another class",
    what: "Fires for a method of both revisions whose payload is another class that lacks keys of the first or holds other types \
           there, or a list where it was one object. With all keys and more it is a note; so is a payload where there was none. \
           A class that is not in the sources cannot be compared: a warning. A class with a new name is compared key by key \
           instead, and `ResponseEntity`, `Mono` and their like count as what they hold. What one of them leaves open is not \
           compared: `Object`, `JsonNode`, and a text or bytes that are read.",
    why: "No class has changed, and every reader of that answer misses keys, or gets a list where it looks for a key.",
    example: include_str!("examples/payload-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for end in changed(comparison) {
        let (old, new) = (end.before, end.after);
        let Some((severity, lost)) = weight(comparison, &end) else { continue };
        let (before, after) = (comparison.before, comparison.after);
        let (was, is) = (before.sources.shown(&old.ty), after.sources.shown(&new.ty));
        let route = new.route.as_ref().map_or(String::new(), |route| format!(" ({route})"));
        let over = new.used.transport.name();
        findings.push(
            comparison
                .finding_at(
                    RULE.id,
                    severity,
                    (Some(&old.used.place), Some(&new.used.place)),
                    (&new.owner, &new.used.how),
                )
                .message(format!("the {}{route} is {is} now, and was {was}{lost}", new.used.how))
                .before(shown(before, &old.ty))
                .after(shown(after, &new.ty))
                .breaks(match severity {
                    Severity::Note => "nobody who reads what there was".to_owned(),
                    _ => format!("whoever is at the other end over {over} and knows {was}"),
                })
                .fix("keep what it was, or add a method with the new payload and let all readers move first"),
        );
    }
    for Redirected { route: (old, new), was, is } in redirected(comparison) {
        let shown_was = comparison.before.sources.shown(was).to_string();
        let (severity, now) = match is {
            Some(is) => {
                let Some((severity, lost)) = weight_written(comparison, was, is) else { continue };
                (severity, format!("{}{lost}", comparison.after.sources.shown(is)))
            }
            None => (Severity::Warning, "what it gets, and no class says what that is".to_owned()),
        };
        let to = |to: &Option<String>| to.clone().unwrap_or_else(|| "nothing".to_owned());
        findings.push(
            comparison
                .finding_at(RULE.id, severity, (Some(&old.place), Some(&new.place)), (&new.name, "answer"))
                .message(format!(
                    "{} goes to {} and not to {}: it answered with {shown_was} and answers with {now}",
                    new.name,
                    to(&new.to),
                    to(&old.to)
                ))
                .before(shown(comparison.before, was))
                .after(is.map(|is| shown(comparison.after, is)))
                .breaks(format!("whoever calls {}", new.name))
                .fix("answer with the same class, or let all readers move first"),
        );
    }
}
