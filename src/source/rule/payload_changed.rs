//! `payload-changed`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::report::text::cut_middle;
use crate::source::diff::Comparison;
use crate::source::diff::answers::{Rebound, emptied, rebound};
use crate::source::diff::ends::{ChangedEnd, changed, shown, weight, weight_written};
use crate::source::diff::routes::{Redirected, lost_steps, redirected};
use crate::source::spring::{End, Step};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "payload-changed",
    severity: Severity::Error,
    summary: "a method of a controller, client or listener takes or gives another class",
    what: "Fires for a method of both revisions whose payload is another class that lacks keys of the first or holds other types \
           there, or a list where it was one object. With all keys and more it is a note; so is a payload where there was none. \
           So it does for an answer that had a body in some `return` and has one in none, and for a parameter that was read \
           as a JSON body and is filled from a form now, or the other way round. A step of a Camel route that changed the \
           body and is gone is a warning. \
           A class that is not in the sources cannot be compared: a warning. A class with a new name is compared key by key \
           instead, and `ResponseEntity`, `Mono` and their like count as what they hold. What one of them leaves open is not \
           compared: `Object`, `JsonNode`, and a text or bytes that are read.",
    why: "No class has changed, and every reader of that answer misses keys, or gets a list where it looks for a key.",
    example: include_str!("examples/payload-changed.txt"),
    check: Check::Diff(check),
};

/// Answers without a body, and bodies that are no JSON.
fn answers(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    let others = changed(comparison);
    for ChangedEnd { before: old, after: new } in emptied(comparison) {
        // Another class says it already.
        if others.iter().any(|it| std::ptr::eq(it.after, new)) {
            continue;
        }
        let route = new.route.as_ref().map_or(String::new(), |route| format!(" ({route})"));
        let is = comparison.after.sources.shown(&new.ty);
        findings.push(
            end_finding(comparison, old, new)
                .message(format!("the {}{route} is {is}, and no return statement makes a body any more", new.used.how))
                .before(shown(comparison.before, &old.ty))
                .after("an answer without a body".to_owned())
                .breaks("whoever reads that answer")
                .fix("return the body, or say with ResponseEntity<Void> that there is none"),
        );
    }
    for Rebound { end: ChangedEnd { before: old, after: new }, is_form } in rebound(comparison) {
        let route = new.route.as_ref().map_or(String::new(), |route| format!(" ({route})"));
        let class = comparison.after.sources.shown(&new.ty);
        let method = new.used.how.rsplit(' ').next().unwrap_or_default();
        let (json, form) = (shown(comparison.after, &new.ty), "form fields and query parameters".to_owned());
        let (what, before, after) = if is_form {
            ("is filled from form fields and query parameters now: no JSON body is read", json, form)
        } else {
            ("is read from a JSON body now, and was filled from form fields and query parameters", form, json)
        };
        findings.push(
            end_finding(comparison, old, new)
                .message(format!("{class} of {method}{route} {what}"))
                .before(before)
                .after(after)
                .breaks("whoever sends that request")
                .fix("keep @RequestBody as it was, or add a method beside it and let all senders move first"),
        );
    }
}

/// Steps of routes that changed the body.
fn steps(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for ((old, new), lost) in lost_steps(comparison) {
        let shown = |steps: &[&Step]| {
            let calls = steps.iter().map(|step| format!("{}({})", step.name, cut_middle(&step.given, 60)));
            if steps.is_empty() { "no step changes the body".to_owned() } else { calls.collect::<Vec<_>>().join(", ") }
        };
        let all = |steps: &[Step]| shown(&steps.iter().collect::<Vec<_>>());
        findings.push(
            comparison
                .finding_at(
                    RULE.id,
                    Severity::Warning,
                    (lost.first().map(|step| &step.place), Some(&new.place)),
                    (&new.name, "steps"),
                )
                .message(format!("the route {} no longer does {}, which changed its body", new.name, shown(&lost)))
                .before(all(&old.steps))
                .after(all(&new.steps))
                .breaks(format!("whoever takes what {} gives", new.name))
                .fix("see that the body which leaves the route is still the one that its readers expect"),
        );
    }
}

fn end_finding(comparison: &Comparison<'_>, old: &End, new: &End) -> Finding {
    let places = (Some(&old.used.place), Some(&new.used.place));
    comparison.finding_at(RULE.id, RULE.severity, places, (&new.owner, &new.used.how))
}

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
    answers(comparison, findings);
    steps(comparison, findings);
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
