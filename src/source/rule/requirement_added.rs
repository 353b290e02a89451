//! `requirement-added`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::changes::Change;
use crate::source::diff::{Comparison, Pair, simple_name};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "requirement-added",
    severity: Severity::Error,
    summary: "a key that is read must have a value from now on",
    what: "Fires where a key of a class that is read, new or known, is newly marked as not null, or that a \
           creator takes is newly `required = true`. Where a repository given with \
           --repo writes the class without the key it is an error, else a warning.",
    why: "A payload that was taken yesterday is refused today, or fails later where the value is used.",
    example: include_str!("examples/requirement-added.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in &comparison.pairs {
        let (old, new) = (&comparison.old(pair).facts, &comparison.new_class(pair).facts);
        for after in 0..new.keys.len() {
            let before = pair.earlier(after);
            let was = before.and_then(|at| old.keys.get(at)).is_some_and(|facts| facts.is_required);
            if new.keys[after].is_required && !was && comparison.ways(pair, before, Some(after)).read {
                findings.push(told(comparison, pair, (before, after), "the key"));
            }
        }
    }
    for (pair, change) in comparison.changes() {
        let (before, after) = match *change {
            Change::Nullable { before, after } => (Some(before), after),
            Change::Added { after } => (None, after),
            _ => continue,
        };
        let new = comparison.new_class(pair);
        let key = &new.facts.class.keys()[after];
        let ways = comparison.ways(pair, before, Some(after));
        // A primitive cannot be null and asks for nothing: it is 0 where the key is not there.
        if !ways.read || key.nullable != Some(false) || !key.ty.is_nullable() {
            continue;
        }
        // A creator that asks for it says more.
        if new.facts.keys.get(after).is_some_and(|facts| facts.is_required) {
            continue;
        }
        findings.push(told(comparison, pair, (before, after), "a value of"));
    }
}

fn told(comparison: &Comparison<'_>, pair: &Pair, (before, after): (Option<usize>, usize), what: &str) -> Finding {
    let new = comparison.new_class(pair);
    let key = &new.facts.class.keys()[after];
    let givers = comparison.givers(new);
    let unfed = givers.iter().find(|other| other.is_partner && other.class.keys().iter().all(|it| it.name != key.name));
    let severity = if unfed.is_some() { RULE.severity } else { Severity::Warning };
    let finding = comparison
        .finding(RULE.id, severity, pair, (before, Some(after)))
        .message(format!("{} needs {what} {:?} from now on", simple_name(&new.facts.class.name), key.name))
        .before("{…} is taken".to_owned())
        .after(format!("{{…}} without {:?} is refused", key.name))
        .fix("let every sender write the key first, then require it");
    match unfed {
        Some(other) => finding.breaks(format!("{} does not write it", other.who)),
        None => finding,
    }
}
