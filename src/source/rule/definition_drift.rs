//! `definition-drift`

use super::{Check, Rule, quoted};
use crate::finding::{Finding, Location, Severity, Subject};
use crate::java::config::MapperConfig;
use crate::model::{Key, Type};
use crate::source::diff::changes::{Change, innermost};
use crate::source::diff::{location, sample};
use crate::source::drift::{Drift, Mirrored};
use crate::source::place::Place;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "definition-drift",
    severity: Severity::Error,
    summary: "a definition differs from the Java class that it mirrors",
    what: "Fires for `drift`, for each difference between a definition and the class of its name in the repository \
           of its service: keys and their order, names, aliases, types, patterns, words of enums, and the rules \
           about unknown and null keys. If the class is not found, that is an error; if the file named in the \
           definition does exist, only a note.",
    why: "A gate that checks against yesterday's class passes what fails today. Definitions that are typed by hand go stale \
          without a word.",
    example: include_str!("examples/definition-drift.txt"),
    check: Check::Drift(check),
};

fn check(drift: &Drift<'_>, findings: &mut Vec<Finding>) {
    for mirrored in &drift.mirrored {
        for change in &mirrored.changes {
            findings.push(of_change(mirrored, change));
        }
    }
    for missing in &drift.missing {
        let name = &missing.definition.name;
        let (severity, what) = match missing.has_file {
            true => (Severity::Note, "has the file and no class of that name: it cannot be compared"),
            false => (RULE.severity, "has no such class and none of the files that the definition names"),
        };
        findings.push(
            Finding::new(RULE.id, severity, Location::file(name.to_string()))
                .subject(Subject { class: name.to_string(), ..Subject::default() })
                .message(format!("{} {what}", missing.repository))
                .before(missing.definition.source.to_string())
                .breaks("whoever relies on the definition")
                .fix("follow the class to where it went, or take the definition out"),
        );
    }
}

fn of_change(mirrored: &Mirrored<'_>, change: &Change) -> Finding {
    let (old, new) = (mirrored.definition.keys(), mirrored.facts.class.keys());
    let (before, after, what) = match change {
        Change::Removed { before } => (Some(*before), None, "the class does not have the key".to_owned()),
        Change::Added { after } => (None, Some(*after), "the definition lacks the key".to_owned()),
        Change::Renamed { before, after } => {
            let what = format!("the key {:?} is called {:?} in the class", old[*before].name, new[*after].name);
            (Some(*before), Some(*after), what)
        }
        Change::Type { before, after } => {
            let what = format!("the type is {}, in the class {}", shown(&old[*before].ty), shown(&new[*after].ty));
            (Some(*before), Some(*after), what)
        }
        Change::Form { before, after } => {
            let what = format!("the pattern is {}, in the class {}", pattern(&old[*before]), pattern(&new[*after]));
            (Some(*before), Some(*after), what)
        }
        Change::Words { before, after, lost, gained } => {
            let of = |words: &[String]| match words {
                [] => "none".to_owned(),
                words => quoted(words.iter().map(String::as_str)),
            };
            let what = format!("words of the definition alone: {}; of the class alone: {}", of(lost), of(gained));
            (Some(*before), Some(*after), what)
        }
        Change::Aliases { before, after, lost, gained } => {
            let all: Vec<&str> = lost.iter().chain(gained).map(String::as_str).collect();
            (Some(*before), Some(*after), format!("only one side reads it as {}", quoted(all)))
        }
        Change::Nullable { before, after } => {
            (Some(*before), Some(*after), "only one side says that it cannot be null".to_owned())
        }
        Change::Include { before, after } => (Some(*before), Some(*after), "the rule about nulls differs".to_owned()),
        Change::ClassUnknown { before, after } => {
            (None, None, format!("the rule about unknown keys is {before:?}, in the class {after:?}"))
        }
        Change::ClassInclude { before, after } => {
            (None, None, format!("the rule about nulls is {before:?}, in the class {after:?}"))
        }
        Change::Order => {
            let names = |keys: &[Key]| quoted(keys.iter().map(|key| &*key.name));
            (None, None, format!("the order of keys is {}, in the class {}", names(old), names(new)))
        }
        Change::Body => (None, None, "one is an object and the other is not".to_owned()),
    };
    let place: &Place = after.and_then(|at| mirrored.facts.keys.get(at)).map_or(&mirrored.facts.place, |it| &it.place);
    let key = before.and_then(|at| old.get(at)).or_else(|| after.and_then(|at| new.get(at)));
    let name = key.map_or(String::new(), |key| key.name.to_string());
    let said = if name.is_empty() { what } else { format!("{name:?}: {what}") };
    let member = |key: Option<&Key>| key.map(|key| sample::member(key, None, &MapperConfig::ISO));
    Finding::new(RULE.id, RULE.severity, location(mirrored.found.sources, place))
        .subject(Subject { class: mirrored.definition.name.to_string(), key: name, ..Subject::default() })
        .message(format!("{}, {said}", mirrored.definition.name))
        .before(member(before.and_then(|at| old.get(at))))
        .after(member(after.and_then(|at| new.get(at))))
        .breaks("every check that relies on the definition")
        .fix("change the definition to what the class is; `dtogate import` prints it")
}

fn shown(ty: &Type) -> String {
    match ty {
        Type::Leaf { ty, .. } => ty.name.to_owned(),
        Type::Class(class) => crate::source::diff::simple_name(class.name()).to_owned(),
        Type::List(item) => format!("List<{}>", shown(item)),
        Type::Map(value) => format!("Map<String, {}>", shown(value)),
        Type::Other(name) => name.to_string(),
    }
}

fn pattern(key: &Key) -> String {
    match innermost(&key.ty) {
        Type::Leaf { pattern: Some(pattern), .. } => format!("{pattern:?}"),
        _ => "none".to_owned(),
    }
}
