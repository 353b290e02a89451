//! `fixtures/versions.jsonl`: what has changed in the classes since their captures were taken, a line per change.
//!
//! A capture is what a service wrote, and is never touched. It belongs to a version of its class: the number of lines
//! of that class when it was taken, after an `@` in the `dto` of its row, none for 0. Whoever judges it by the class of
//! today brings it [`Versions::forward`] first, change by change.

use std::fmt;

use super::journal::Change;
use super::rewrite::{Edit, Rewritten, rewrite};
use crate::document::{Document, Kind, NodeId, parse_text};
use crate::java::config::{Include, KeyOrder, MapperConfig, Naming};
use crate::java::naming::snake_case;

/// Where the changes are, relative to the root.
pub const PATH: &str = "fixtures/versions.jsonl";

/// What happened to a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyEdit {
    /// It has another name.
    Rename {
        /// Until then.
        from: String,
        /// Since then.
        to: String,
    },
    /// It went.
    Drop {
        /// Its name.
        key: String,
    },
    /// It came.
    Add {
        /// Its name.
        key: String,
        /// The key before it; none where it is the first.
        behind: Option<String>,
        /// What the class writes for it.
        value: String,
    },
    /// The keys stand in another order.
    Order {
        /// All that the class writes, in their order since then.
        keys: Vec<String>,
    },
}

impl KeyEdit {
    /// Whether another one is about the same names; the order of all of them is a thing of its own.
    fn is_about(&self, other: &KeyEdit) -> bool {
        let names = |edit: &KeyEdit| match edit {
            KeyEdit::Rename { from, to } => vec![from.clone(), to.clone()],
            KeyEdit::Drop { key } | KeyEdit::Add { key, .. } => vec![key.clone()],
            KeyEdit::Order { .. } => vec![String::new()],
        };
        names(self).iter().any(|name| names(other).contains(name))
    }
}

/// One change of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The class that is written.
    pub dto: String,
    /// The objects in it, by a pattern.
    pub objects: String,
    /// What happened to a key of theirs.
    pub edit: KeyEdit,
}

impl Step {
    /// Makes the change in a payload; none where it is not JSON, or has the new key already.
    pub fn apply(&self, config: Option<&MapperConfig>, bytes: &[u8]) -> Option<Rewritten> {
        let is_snake = config.is_some_and(|config| config.naming == Naming::Snake);
        let name = |name: &str| if is_snake { snake_case(name) } else { name.to_owned() };
        let objects: Vec<String> = self.objects.split('/').map(name).collect();
        let objects = objects.join("/");
        match &self.edit {
            KeyEdit::Rename { from, to } => {
                rewrite(bytes, &objects, Edit::Rename { from: &name(from), to: &name(to) }).ok()
            }
            KeyEdit::Drop { key } => rewrite(bytes, &objects, Edit::Drop { key: &name(key) }).ok(),
            KeyEdit::Add { value, .. }
                if value == "null" && config.is_some_and(|config| config.include == Include::NonNull) =>
            {
                None
            }
            // A mapper that sorts the keys writes them as before.
            KeyEdit::Order { .. } if config.is_some_and(|config| config.order == KeyOrder::Sorted) => None,
            KeyEdit::Order { keys } => {
                let keys: Vec<String> = keys.iter().map(|key| name(key)).collect();
                rewrite(bytes, &objects, Edit::Order { keys: &keys }).ok()
            }
            KeyEdit::Add { key, behind, value } => {
                let behind = behind.as_deref().map(name);
                rewrite(bytes, &objects, Edit::Add { key: &name(key), value, behind: behind.as_deref() }).ok()
            }
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        write!(f, "{{\"dto\": {}, \"objects\": {}, ", text(&self.dto), text(&self.objects))?;
        match &self.edit {
            KeyEdit::Rename { from, to } => write!(f, "\"rename\": {}, \"to\": {}}}", text(from), text(to)),
            KeyEdit::Drop { key } => write!(f, "\"drop\": {}}}", text(key)),
            KeyEdit::Order { keys } => {
                let keys: Vec<String> = keys.iter().map(|key| text(key)).collect();
                write!(f, "\"order\": [{}]}}", keys.join(", "))
            }
            KeyEdit::Add { key, behind, value } => {
                let behind = behind.as_deref().map_or("null".to_owned(), text);
                write!(f, "\"add\": {}, \"behind\": {behind}, \"value\": {value}}}", text(key))
            }
        }
    }
}

/// The changes, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    steps: Vec<Step>,
}

impl Versions {
    /// Reads the lines.
    ///
    /// # Errors
    ///
    /// The line that is no change, counted from 1, and why.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let step = |(at, line)| parse_step(line).map_err(|why| (at + 1, why));
        let steps = text.lines().enumerate().map(step).collect::<Result<_, _>>()?;
        Ok(Versions { steps })
    }

    /// The changes, in their order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The bytes as the class of today would have written them. `dto` is that of the capture's row, with its version.
    pub fn forward(&self, dto: &str, config: Option<&MapperConfig>, bytes: &[u8]) -> Vec<u8> {
        let (class, version) = class_and_version(dto);
        let mut text = bytes.to_vec();
        for step in self.steps.iter().filter(|step| step.dto == class).skip(version) {
            if let Some(done) = step.apply(config, &text) {
                text = done.bytes;
            }
        }
        text
    }
}

/// The file with more changes; none where it has them. One that two questions tell is the same.
pub(super) fn with_steps(text: Option<&str>, steps: &[Step]) -> Result<Option<Change>, String> {
    let mut versions = Versions::parse(text.unwrap_or_default())
        .map_err(|(line, message)| format!("cannot read {PATH}:{line}: {message}"))?;
    let mut after = text.unwrap_or_default().to_owned();
    for step in steps {
        let is_about_it = |other: &&Step| {
            (&other.dto, &other.objects) == (&step.dto, &step.objects) && other.edit.is_about(&step.edit)
        };
        if versions.steps.iter().rev().find(is_about_it) != Some(step) {
            after.push_str(&format!("{step}\n"));
            versions.steps.push(step.clone());
        }
    }
    let before = text.map(|text| text.as_bytes().to_vec());
    let is_same = Some(after.as_str()) == text || after.is_empty();
    Ok((!is_same).then(|| Change { path: PATH.to_owned(), before, after: Some(after.into_bytes()) }))
}

/// What the `dto` of a row names: the class, and how many of its changes a capture has seen.
pub fn class_and_version(dto: &str) -> (&str, usize) {
    match dto.split_once('@') {
        Some((class, version)) => (class, version.parse().unwrap_or_default()),
        None => (dto, 0),
    }
}

fn parse_step(line: &str) -> Result<Step, String> {
    let document: Document<'_> = parse_text(line).map_err(|error| error.to_string())?;
    if document.kind(0) != Kind::Object {
        return Err("expected an object".to_owned());
    }
    let optional = |key: &str| {
        let node = document.member(0, key)?;
        matches!(document.kind(node), Kind::Text { .. }).then(|| document.content(node).into_owned())
    };
    let required = |key: &str| optional(key).ok_or_else(|| format!("expected a text {key:?}"));
    let edit = if let Some(from) = optional("rename") {
        KeyEdit::Rename { from, to: required("to")? }
    } else if let Some(key) = optional("drop") {
        KeyEdit::Drop { key }
    } else if let Some(list) = document.member(0, "order") {
        let is_text = |node: &NodeId| matches!(document.kind(*node), Kind::Text { .. });
        if document.kind(list) != Kind::Array || !document.items(list).all(|node| is_text(&node)) {
            return Err("expected a list of texts \"order\"".to_owned());
        }
        KeyEdit::Order { keys: document.items(list).map(|node| document.content(node).into_owned()).collect() }
    } else {
        let value = document.member(0, "value").map(|node| document.raw(node).to_owned());
        let key = optional("add").ok_or("expected a text \"rename\", \"drop\" or \"add\", or a list \"order\"")?;
        KeyEdit::Add { key, behind: optional("behind"), value: value.ok_or("expected a \"value\"")? }
    };
    Ok(Step { dto: required("dto")?, objects: required("objects")?, edit })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = concat!(
        r#"{"dto": "shop.Order", "objects": "/lines/*", "rename": "sku", "to": "article"}"#,
        "\n",
        r#"{"dto": "shop.Order", "objects": "", "drop": "note"}"#,
        "\n",
        r#"{"dto": "shop.Bill", "objects": "", "drop": "number"}"#,
        "\n",
        r#"{"dto": "shop.Order", "objects": "", "add": "colour", "behind": "number", "value": null}"#,
        "\n",
    );

    #[test]
    fn a_capture_is_brought_from_its_version_to_the_class_of_today() {
        let versions = Versions::parse(LINES).unwrap();
        let lines: String = versions.steps.iter().map(|step| format!("{step}\n")).collect();
        assert_eq!(lines, LINES);
        let first = r#"{"number" : "7","lines":[{"sku":"A"}],"note":""}"#;
        let forward = |dto: &str, text: &str| {
            String::from_utf8(versions.forward(dto, Some(&MapperConfig::ISO), text.as_bytes())).unwrap()
        };
        let today = r#"{"number" : "7","colour" : null,"lines":[{"article":"A"}]}"#;
        assert_eq!(forward("shop.Order", first), today);
        // One of a later version has seen the changes before it; another class has none.
        assert_eq!(forward("shop.Order@1", r#"{"number" : "7","lines":[{"article":"A"}],"note":""}"#), today);
        assert_eq!(forward("shop.Order@3", today), today);
        assert_eq!(forward("shop.Line", first), first);
        assert_eq!(forward("shop.Order", "no JSON"), "no JSON");
    }

    #[test]
    fn a_change_that_two_questions_tell_is_recorded_once() {
        let step = |from: &str, to: &str| Step {
            dto: "shop.Order".to_owned(),
            objects: "/lines/*".to_owned(),
            edit: KeyEdit::Rename { from: from.to_owned(), to: to.to_owned() },
        };
        let written = |steps: &[Step]| {
            let change = with_steps(Some(LINES), steps).unwrap();
            change.map(|change| String::from_utf8(change.after.unwrap()).unwrap())
        };
        assert_eq!(written(&[step("sku", "article")]), None);
        let back = step("article", "sku");
        assert_eq!(written(&[back.clone(), back.clone()]), Some(format!("{LINES}{back}\n")));
        let again = [back.clone(), step("sku", "article")];
        assert_eq!(written(&again), Some(format!("{LINES}{back}\n{}\n", again[1])), "back and there again");
        assert_eq!(with_steps(None, &[]), Ok(None));
        assert!(with_steps(Some("[]\n"), &again).unwrap_err().starts_with("cannot read fixtures/versions.jsonl:1: "));
    }

    #[test]
    fn an_order_is_a_change_that_a_mapper_which_sorts_does_not_see() {
        let line = concat!(r#"{"dto": "shop.Order", "objects": "", "order": ["note", "orderNumber"]}"#, "\n");
        let versions = Versions::parse(line).unwrap();
        assert_eq!(format!("{}\n", versions.steps[0]), line);
        let forward = |config: MapperConfig, text: &str| {
            String::from_utf8(versions.forward("shop.Order", Some(&config), text.as_bytes())).unwrap()
        };
        let (before, after) = (r#"{"orderNumber":1,"note":2}"#, r#"{"note":2,"orderNumber":1}"#);
        assert_eq!(forward(MapperConfig::ISO, before), after);
        assert_eq!(forward(MapperConfig { order: KeyOrder::Sorted, ..MapperConfig::ISO }, before), before);
        let snake = MapperConfig { naming: Naming::Snake, ..MapperConfig::ISO };
        assert_eq!(forward(snake, r#"{"order_number":1,"note":2}"#), r#"{"note":2,"order_number":1}"#);
        // It is recorded once, and is not about a key of it.
        let step = versions.steps[0].clone();
        assert_eq!(with_steps(Some(line), &[step]).unwrap(), None);
        let error = Versions::parse(r#"{"dto": "a", "objects": "", "order": [1]}"#).unwrap_err();
        assert_eq!(error, (1, "expected a list of texts \"order\"".to_owned()));
    }

    #[test]
    fn what_is_no_change_is_told_with_its_line() {
        let refused = |line: &str| Versions::parse(&format!("{LINES}{line}\n")).unwrap_err();
        assert_eq!(refused("[]"), (5, "expected an object".to_owned()));
        assert!(refused(r#"{"dto": "a", "objects": ""}"#).1.starts_with("expected a text \"rename\""));
        assert_eq!(refused(r#"{"drop": "a", "objects": ""}"#).1, "expected a text \"dto\"");
    }
}
