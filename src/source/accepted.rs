//! `dtogate-accepted.toml`: findings of a comparison that are known, with the reason why they may stay.
//!
//! ```toml
//! [[accepted]]
//! rule = "key-removed"
//! class = "ParcelDto"          # or path/to/File.java#ParcelDto
//! key = "size"                 # optional: every key where there is none
//! reason = "the only reader took the key out in its release of May"
//! until = 2027-06-30           # optional: the last day on which it accepts
//! ```

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::rule::RULES;
use super::tree::{ACCEPTED, File};
use crate::error::Error;
use crate::finding::{Finding, Location, Subject, Text};
use crate::pointer::Pointer;

/// The entries of the file.
#[derive(Debug, Default)]
pub struct Acceptances {
    entries: Vec<Acceptance>,
}

#[derive(Debug)]
struct Acceptance {
    rule: String,
    class: String,
    key: Option<String>,
    reason: String,
    until: Option<Date>,
    line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AcceptedFile {
    #[serde(default)]
    accepted: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: Spanned<String>,
    class: String,
    key: Option<String>,
    reason: Spanned<String>,
    until: Option<Spanned<toml::Value>>,
}

impl Acceptances {
    /// Reads the file of the later revision; none is like an empty one.
    ///
    /// # Errors
    ///
    /// What is no TOML, an unknown key, an unknown rule, a reason without a word, a day that is no date.
    pub fn read(beside: &[File]) -> Result<Self, Error> {
        let Some(file) = beside.iter().find(|file| &*file.path == ACCEPTED) else { return Ok(Acceptances::default()) };
        let text = Text::from(file.text.clone());
        let at = |span: std::ops::Range<usize>| Location::in_text(ACCEPTED, &Pointer::ROOT, &text, span);
        let refuse = |span, message: String| Error::Acceptances { place: at(span).to_string(), message };
        let parsed: AcceptedFile = toml::from_str(&file.text).map_err(|error| {
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            refuse(error.span().unwrap_or(0..0), message)
        })?;
        let mut entries = Vec::new();
        for spanned in parsed.accepted {
            let line = at(spanned.span()).line_and_column().0;
            let Entry { rule, class, key, reason, until } = spanned.into_inner();
            if RULES.iter().all(|known| known.id != rule.get_ref()) {
                let known: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
                let message = format!("no rule is named {:?}; there are: {}", rule.get_ref(), known.join(", "));
                return Err(refuse(rule.span(), message));
            }
            if !reason.get_ref().chars().any(char::is_alphanumeric) {
                return Err(refuse(reason.span(), "expected a reason, found none".to_owned()));
            }
            let day = |value: &toml::Value| match value {
                toml::Value::Datetime(day) => day.to_string().parse().ok(),
                toml::Value::String(day) => day.parse().ok(),
                _ => None,
            };
            let until = match until {
                None => None,
                Some(until) => Some(
                    day(until.get_ref())
                        .ok_or_else(|| refuse(until.span(), "expected a day such as 2027-06-30".to_owned()))?,
                ),
            };
            let (rule, reason) = (rule.into_inner(), reason.into_inner());
            entries.push(Acceptance { rule, class, key, reason, until, line });
        }
        Ok(Acceptances { entries })
    }

    /// Marks the findings that are accepted. Says which entries are out of date.
    pub fn apply(&self, findings: &mut [Finding], today: Date) -> Vec<String> {
        let is_past = |entry: &Acceptance| entry.until.is_some_and(|until| until < today);
        for finding in findings {
            let Some(subject) = finding.subject.as_deref() else { continue };
            let fits = |entry: &&Acceptance| {
                entry.rule == finding.rule
                    && is_class(&entry.class, subject)
                    && entry.key.as_ref().is_none_or(|key| *key == subject.key)
                    && !is_past(entry)
            };
            if let Some(entry) = self.entries.iter().find(fits) {
                finding.accepted = Some(entry.reason.clone());
            }
        }
        let past = self.entries.iter().filter(|entry| is_past(entry));
        past.map(|entry| format!("{ACCEPTED}:{}: the last day of this entry has passed", entry.line)).collect()
    }
}

/// Whether an entry names the class: by its whole identity, or by its name in the file.
fn is_class(entry: &str, subject: &Subject) -> bool {
    entry == subject.class || subject.class.rsplit_once('#').is_some_and(|(_, name)| name == entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;

    fn read(text: &str) -> Result<Acceptances, Error> {
        Acceptances::read(&[File { path: ACCEPTED.into(), text: text.into() }])
    }

    fn accepted(text: &str) -> bool {
        let subject = Subject { class: "a/B.java#B".to_owned(), key: "size".to_owned(), earlier: None, is_gone: false };
        let mut findings = [Finding::new("key-removed", Severity::Error, Location::file("a/B.java")).subject(subject)];
        read(text).unwrap().apply(&mut findings, Date::constant(2026, 5, 1));
        findings[0].accepted.is_some()
    }

    #[test]
    fn an_entry_accepts_its_rule_class_and_key_until_its_day() {
        let entry = |rest: &str| format!("[[accepted]]\nrule = \"key-removed\"\nreason = \"known\"\n{rest}");
        for rest in ["class = \"B\"", "class = \"a/B.java#B\"\nkey = \"size\"", "class = \"B\"\nuntil = 2026-05-01"] {
            assert!(accepted(&entry(rest)), "{rest}");
        }
        for rest in ["class = \"A\"", "class = \"B\"\nkey = \"id\"", "class = \"B\"\nuntil = \"2026-04-30\""] {
            assert!(!accepted(&entry(rest)), "{rest}");
        }
    }

    #[test]
    fn the_entry_of_a_report_accepts_its_finding() {
        let subject = Subject { class: "a/B.java#B".to_owned(), key: "size".to_owned(), earlier: None, is_gone: false };
        let finding = Finding::new("key-removed", Severity::Error, Location::file("a/B.java")).subject(subject);
        assert!(accepted(&finding.acceptance().replace("reason = \"\"", "reason = \"known\"")));
        // As it is printed it accepts nothing: somebody has to give a reason.
        assert!(read(&finding.acceptance()).is_err());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let refused = |text: &str| read(text).unwrap_err().to_string();
        assert!(
            refused("[[accepted]]\nrule = \"x\"\nclass = \"A\"\nreason = \"y\"")
                .starts_with("dtogate-accepted.toml:2:8: no rule")
        );
        assert!(refused("accepted = 1").starts_with("dtogate-accepted.toml:1:"));
        assert!(
            refused("[[accepted]]\nrule = \"key-removed\"\nclass = \"A\"\nreason = \"y\"\nuntil = 1")
                .contains("expected a day")
        );
    }
}
