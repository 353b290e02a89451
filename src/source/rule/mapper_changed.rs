//! `mapper-changed`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::java::config::{Dates, Layout, Unknown};
use crate::source::config::in_code::InCode;
use crate::source::config::mapper::Reason;
use crate::source::config::{InForce, Maker};
use crate::source::diff::mappers::{
    are_named, differs, inclusion, loses_optionals, module_name, other_features, over, shown, shown_by, swapped,
    under_profiles,
};
use crate::source::diff::{Comparison, sample};
use crate::source::java::strategies::{FIELD, SNAKE};
use crate::source::place::Place;
use crate::source::spring::{Direction, WireClass};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "mapper-changed",
    severity: Severity::Error,
    summary: "the ObjectMapper in force for a transport writes or reads differently",
    what: "Fires when the ObjectMapper of a transport (HTTP, Rabbit …) differs in dates, unknown keys, nulls, naming \
           or layout. It is an error if an affected class goes over that transport; otherwise, and for other \
           features, a warning. Unknown keys that are ignored from now on are a note. A profile whose settings \
           change the ObjectMapper is judged by itself.",
    why: "It changes payloads of which no class changed: every date is an array, every key has another name, or a \
          reader of the text finds a space where none was.",
    example: include_str!("examples/mapper-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for (before, after) in comparison.mappers() {
        if swapped(before, after).is_none() && differs(before, after) {
            findings.push(found(comparison, before, after, None));
        }
    }
    for (before, after) in comparison.mappers_in_code() {
        if differs_in_code(before, after) {
            findings.push(in_code(comparison, before, after));
        }
    }
    for (profile, before, after) in under_profiles(comparison) {
        findings.push(found(comparison, &before, &after, Some(profile)));
    }
}

/// Whether two of them differ. Where one is injected, features that are no facts of the table are not compared: what
/// Spring Boot sets of them depends on its version.
fn differs_in_code(before: &InCode, after: &InCode) -> bool {
    let facts = |of: &InCode| {
        let mut mapper = of.mapper.clone();
        if before.is_injected != after.is_injected {
            mapper.configured.features.clear();
        }
        mapper
    };
    differs(&facts(before), &facts(after))
}

/// A mapper that code calls itself: injected before and made by the code now, the other way round, or made otherwise.
fn in_code(comparison: &Comparison<'_>, before: &InCode, after: &InCode) -> Finding {
    let classes = comparison.after.inventory.classes.iter();
    let classes: Vec<&WireClass> =
        classes.filter(|class| after.goes.iter().any(|(id, _)| *id == class.facts.id)).collect();
    let (weight, what) = weigh(&classes, &before.mapper, &after.mapper);
    let (shown_before, shown_after) = shown_by(classes.iter().copied(), &before.mapper, &after.mapper);
    let name = after.class.rsplit('#').next().unwrap_or_default();
    let whose = |of: &InCode| if of.is_injected { "the mapper that is injected" } else { "one of its own" };
    let now = if before.is_injected == after.is_injected {
        String::new()
    } else {
        format!(": {} in place of {}", whose(after), whose(before))
    };
    comparison
        .finding_at(RULE.id, weight, (Some(&before.place), Some(&after.place)), (&after.class, "mapper"))
        .message(format!("the mapper that {name} calls {what}{now}"))
        .before(shown_before)
        .after(shown_after)
        .breaks(format!("what {name} reads and writes with it"))
        .fix("keep what the mapper did, or change the other end together with it")
}

fn found(comparison: &Comparison<'_>, before: &InForce, after: &InForce, profile: Option<&str>) -> Finding {
    let classes: Vec<&WireClass> = over(comparison, after).collect();
    let (weight, what) = weigh(&classes, before, after);
    let (old, new) = (reason(before, after), reason(after, before));
    let (shown_before, shown_after) = shown(comparison, before, after);
    let (class, transport) = (module_name(after), after.transport.name());
    let under = profile.map_or(String::new(), |profile| format!(" under the profile {profile}"));
    comparison
        .finding_at(RULE.id, weight, (old, new), (&class, &format!("{transport}{under}")))
        .message(format!("{class} for {transport}{under} {what}"))
        .before(shown_before)
        .after(shown_after)
        .breaks(format!("every reader of what goes over {transport}{under}"))
        .fix("keep what the mapper did, or change all readers together")
}

/// Where a difference is said: what one mapper has and the other has not.
fn reason<'m>(of: &'m InForce, other: &InForce) -> Option<&'m Place> {
    let is_own = |it: &&Reason| other.configured.reasons.iter().all(|known| known.what != it.what);
    let reasons = &of.configured.reasons;
    reasons.iter().find(is_own).or(reasons.first()).map(|it| &it.place)
}

/// How much it weighs, and what the mapper does from now on.
fn weigh(classes: &[&WireClass], before: &InForce, after: &InForce) -> (Severity, String) {
    let (old, new) = (&before.configured.config, &after.configured.config);
    let classes = || classes.iter();
    let is_written = classes().any(|class| class.goes(Direction::Written));
    let is_read = classes().any(|class| class.goes(Direction::Read));
    let mut told: Vec<(Severity, String)> = Vec::new();
    let mut add = |concerns: bool, what: &str| {
        told.push((if concerns { RULE.severity } else { Severity::Warning }, what.to_owned()));
    };
    if before.maker != after.maker && (before.maker == Maker::None || after.maker == Maker::None) {
        let what = if after.maker == Maker::None {
            "is gone: no converter of JSON is made"
        } else {
            "is new: messages are JSON"
        };
        add(is_written || is_read, what);
    }
    if old.dates != new.dates {
        let dates = |class: &&WireClass| {
            (0..class.facts.class.keys().len()).any(|place| sample::depends_on_mapper(&class.facts, place))
        };
        let what = match new.dates {
            Dates::Text => "writes dates as text",
            Dates::Arrays => "writes dates as arrays",
            Dates::Unsupported => "cannot write dates",
        };
        add(classes().any(dates), what);
    }
    if old.layout != new.layout {
        let what = if new.layout == Layout::Compact { "writes without white space" } else { "indents its output" };
        add(is_written, what);
    }
    let (was, is) = (before.configured.strategy, after.configured.strategy);
    if was != is && are_named(before, after) {
        let what = match is.unwrap_or_default() {
            SNAKE => "writes keys in snake case".to_owned(),
            FIELD => "writes keys as fields are called".to_owned(),
            other => format!("names keys by {other}"),
        };
        add(is_written || is_read, &what);
    }
    if let Some(found) = inclusion(before, after) {
        let what = match (found.what, found.is_left_out) {
            ("null", true) => "leaves nulls out".to_owned(),
            ("null", false) => "writes nulls".to_owned(),
            (what, true) => format!("leaves out what is {what}"),
            (what, false) => format!("writes what is {what}"),
        };
        add(is_written, &what);
    }
    if loses_optionals(before, after) {
        add(is_written || is_read, "cannot write Optional");
    }
    if loses_optionals(after, before) {
        add(false, "writes Optional");
    }
    match (old.unknown == new.unknown, new.unknown) {
        (true, _) => {}
        (false, Unknown::Refuse) => {
            let leaves = |class: &&WireClass| class.goes(Direction::Read) && class.facts.class.unknown.is_none();
            add(classes().any(leaves), "refuses unknown keys");
        }
        (false, Unknown::Ignore) => told.push((Severity::Note, "ignores unknown keys".to_owned())),
    }
    if told.is_empty() {
        told.push((Severity::Warning, format!("has other features ({})", other_features(before, after))));
    }
    let severity = told.iter().map(|(severity, _)| *severity).max().unwrap_or(Severity::Warning);
    // What concerns no class is said where nothing else is.
    if severity == Severity::Error {
        told.retain(|(severity, _)| *severity == Severity::Error);
    }
    let what: Vec<String> = told.into_iter().map(|(_, what)| what).collect();
    (severity, format!("{} from now on", what.join(", ")))
}
