//! `key-renamed`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::changes::{Change, wire_name};
use crate::source::diff::{Comparison, Pair, config_of, simple_name};
use crate::source::java::class::KeyFacts;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "key-renamed",
    severity: Severity::Error,
    summary: "a key has another name on the wire",
    what: "Fires where a key of a class on a wire has another name in the head: the field's `@JsonProperty` differs, \
           or another field of the same type is between the same neighbours. For a document of an index it is the \
           name that `@Field` gives. A class that is only read and still \
           takes the old name as an alias is a note, and so is a rename that all repositories given with --repo have \
           made.",
    why: "It is a removed and an added key to everybody who does not change at the same moment. A page whose list was \
          renamed from `trays` to `boxes` shows no rows and reports no error.",
    example: include_str!("examples/key-renamed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for (pair, change) in comparison.changes() {
        let &Change::Renamed { before, after } = change else { continue };
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        let (was, is) = (&old.facts.class.keys()[before], &new.facts.class.keys()[after]);
        let ways = comparison.ways(pair, Some(before), Some(after));
        let still_read = is.aliases.contains(&was.name) && !ways.written;
        let knows = |class: &crate::model::Class| {
            class.keys().iter().any(|it| it.name == is.name || it.aliases.contains(&is.name))
        };
        let together = comparison.agree(new, ways, knows);
        let old_name = wire_name(was, config_of(comparison.before, old).naming);
        let new_name = wire_name(is, config_of(comparison.after, new).naming);
        let goes = ways.written || ways.read;
        let severity = if still_read || together || !goes { Severity::Note } else { RULE.severity };
        findings.push(
            comparison
                .finding(RULE.id, severity, pair, (Some(before), Some(after)))
                .message(format!(
                    "the key {old_name:?} of {} is now called {new_name:?}",
                    simple_name(&new.facts.class.name),
                ))
                .fix(match ways.written {
                    true => format!("keep it on the wire with @JsonProperty({old_name:?})"),
                    false => format!("take both names with @JsonAlias({old_name:?})"),
                }),
        );
    }
    for pair in &comparison.pairs {
        in_index(comparison, pair, findings);
    }
}

/// Keys that an index has under another name from now on: what it holds stays under the old one.
fn in_index(comparison: &Comparison<'_>, pair: &Pair, findings: &mut Vec<Finding>) {
    let (old, new) = (comparison.old(pair), comparison.new_class(pair));
    if !old.is_indexed() || !new.is_indexed() {
        return;
    }
    for (after, facts) in new.facts.keys.iter().enumerate() {
        let Some(before) = pair.earlier(after) else { continue };
        let Some(was) = old.facts.keys.get(before).filter(|_| !pair.has(&Change::Renamed { before, after })) else {
            continue;
        };
        let (old_name, new_name) = (index_name(was), index_name(facts));
        // A key without a name of its own in either revision is the field, which other rules tell of.
        if old_name == new_name || was.store_name.is_none() && facts.store_name.is_none() {
            continue;
        }
        findings.push(
            comparison
                .finding(RULE.id, RULE.severity, pair, (Some(before), Some(after)))
                .message(format!(
                    "the key {old_name:?} of {} is now called {new_name:?} in the index",
                    simple_name(&new.facts.class.name),
                ))
                .before(format!("{{{old_name:?}:…}}"))
                .after(format!("{{{new_name:?}:…}}"))
                .fix(format!("keep its name with @Field(name = {old_name:?}), or index all documents again")),
        );
    }
}

/// The name of a key in an index. The id of a document is no key of it.
fn index_name(facts: &KeyFacts) -> &str {
    facts.store_name.as_deref().filter(|name| *name != "_id").unwrap_or(&facts.field)
}
