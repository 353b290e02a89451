//! `fixtures/accepted.toml`: findings that are known, with the reason why they may stay.
//!
//! ```toml
//! [[accepted]]
//! rule = "null-into-required"
//! mapping = "orders-summary"
//! case = "null_list"                  # optional; stands for null_list@explicit_bean and so on too
//! pointer = "/lines"                  # `*` stands for every index
//! reason = "the UI iterates without a guard; the service sends null for an empty query"
//! owner = "orders team"               # optional
//! until = 2027-06-30                  # optional: the last day on which it accepts
//! ```
//!
//! An entry with `variation = "nested"` is about what `probe` finds with that spelling or variation, in whatever case; one
//! without is about what `check` finds.

use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use crate::error::Error;
use crate::finding::{Finding, Location, Text};
use crate::fixture::{Content, read_file, shown, unfit};
use crate::mapping::Catalogue;
use crate::pointer::Pointer;
use crate::suggest::unknown;

/// An accepted finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The rule.
    pub rule: String,
    /// The mapping; empty for findings without one.
    pub mapping: String,
    /// The case, under every configuration unless it names one; every case where there is none.
    pub case: Option<String>,
    /// The spelling or variation of a probe; none for what `check` finds.
    pub variation: Option<String>,
    /// The pointer, with `*` for every index.
    pub pointer: String,
    /// Why it may stay.
    pub reason: String,
    /// Who looks after it.
    pub owner: Option<String>,
    /// The last day on which it accepts.
    pub until: Option<Date>,
    /// Where it stands in the file.
    pub span: Range<usize>,
}

impl Acceptance {
    /// Whether its last day has passed.
    pub fn expired(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// Whether it accepts what a probed mapper does wrong with a variation, whatever the day.
    #[cfg(unix)]
    pub(crate) fn accepts_probed(&self, rule: &str, variation: &str, pointer: &str) -> bool {
        self.rule == rule && self.variation.as_deref() == Some(variation) && self.pointer == pointer
    }

    /// Whether it accepts what `check` found, on a day.
    pub fn accepts(&self, finding: &Finding, today: Date) -> bool {
        !self.expired(today)
            && self.rule == finding.rule
            && self.mapping == finding.mapping
            && self.variation.is_none()
            && self.case.as_ref().is_none_or(|case| is_case(case, &finding.case))
            && (self.pointer == finding.pattern || names(&self.pointer, finding))
    }
}

/// Whether a pattern names a finding's place. Which segments of that are indexes, the finding's own pattern says.
fn names(pattern: &str, finding: &Finding) -> bool {
    let (mut places, mut stars) = (finding.location.pointer.split('/'), finding.pattern.split('/'));
    let is = |written| match (places.next(), stars.next()) {
        (Some(place), star) => written == place || written == "*" && star == Some("*"),
        (None, _) => false,
    };
    pattern.split('/').all(is) && places.next().is_none()
}

/// A day, with or without quotes.
fn day(value: &toml::Value) -> Option<Date> {
    match value {
        toml::Value::Datetime(day) => day.to_string().parse().ok(),
        toml::Value::String(day) => day.parse().ok(),
        _ => None,
    }
}

/// Whether a reader sees a letter or a digit: spaces of no width and dashes are no reason. The fillers of Hangul count as
/// letters in Unicode and are not seen.
fn has_words(reason: &str) -> bool {
    let is_filler = |letter: char| matches!(letter, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}');
    reason.chars().any(|letter| letter.is_alphanumeric() && !is_filler(letter))
}

/// Whether an entry's case names a finding's: `null_list` stands for `null_list@explicit_bean` too.
fn is_case(entry: &str, found: &str) -> bool {
    entry == found || found.split_once('@').is_some_and(|(case, _)| case == entry)
}

/// The file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acceptances {
    /// Its path, as reports show it.
    pub path: String,
    /// Its text.
    pub text: Text,
    /// Its entries, in order.
    pub entries: Vec<Acceptance>,
}

/// What the entries matched.
pub struct Matched<'a> {
    /// The file's path.
    pub path: &'a str,
    /// Its text.
    pub text: &'a Text,
    /// The entries that concern what was checked, and how many findings each accepted.
    pub entries: &'a [(&'a Acceptance, usize)],
    /// The day of the run.
    pub today: Date,
    /// Whether all fixtures were checked: else an entry that matched nothing may match elsewhere.
    pub complete: bool,
}

/// The names that an entry may have, beside those of the catalogue.
pub struct Known {
    /// The ids of the rules.
    pub rules: Vec<&'static str>,
    /// The ids of the spellings and variations of a probe.
    pub variations: Vec<&'static str>,
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
    mapping: Spanned<String>,
    case: Option<String>,
    variation: Option<Spanned<String>>,
    pointer: Spanned<String>,
    reason: Spanned<String>,
    owner: Option<String>,
    until: Option<Spanned<toml::Value>>,
}

impl Acceptances {
    /// Reads the file below a root; none is like an empty one.
    ///
    /// # Errors
    ///
    /// What the operating system refuses, and what [`Acceptances::parse`] does.
    pub fn read(root: &Path, catalogue: &Catalogue, known: &Known, max_size: u64) -> Result<Self, Error> {
        let path = root.join("fixtures").join("accepted.toml");
        if let Some(reason) = unfit(&path, root) {
            return Err(Error::unfit(&shown(&path, root), reason));
        }
        if !path.exists() {
            return Ok(Acceptances::default());
        }
        Acceptances::of_file(&path, shown(&path, root), catalogue, known, max_size)
    }

    /// Reads such a file of any name.
    ///
    /// # Errors
    ///
    /// As [`Acceptances::read`]; that there is none.
    pub fn of_file(
        path: &Path,
        shown: String,
        catalogue: &Catalogue,
        known: &Known,
        max_size: u64,
    ) -> Result<Self, Error> {
        let file = read_file(path, shown, max_size)?;
        let refuse = |message: &str| Error::Acceptances { place: file.path.clone(), message: message.to_owned() };
        let Content::Bytes(bytes) = &file.content else {
            return Err(refuse(&format!("expected at most {max_size} bytes of acceptances, found more")));
        };
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let place = Location::in_bytes(&file.path, bytes, error.valid_up_to()).to_string();
            Error::Acceptances { place, message: "expected UTF-8, found another byte".to_owned() }
        })?;
        Acceptances::parse(&file.path, text, catalogue, known)
    }

    /// Parses the text of the file.
    ///
    /// # Errors
    ///
    /// What is no TOML, an unknown key, an unknown rule or mapping, an empty reason, a day that is no date.
    pub fn parse(path: &str, text: &str, catalogue: &Catalogue, known: &Known) -> Result<Self, Error> {
        let shared = Text::from(text);
        let refuse = |span: Range<usize>, message: String| {
            let place = Location::in_text(path, &Pointer::ROOT, &shared, span).to_string();
            Err(Error::Acceptances { place, message })
        };
        let file: AcceptedFile = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                let message = error.message().lines().collect::<Vec<_>>().join(", ");
                return refuse(error.span().unwrap_or(0..0), message);
            }
        };
        let mut entries = Vec::new();
        for spanned in file.accepted {
            let span = spanned.span();
            let entry = spanned.into_inner();
            if !known.rules.contains(&entry.rule.get_ref().as_str()) {
                let message = unknown("rule", entry.rule.get_ref(), known.rules.iter().copied());
                return refuse(entry.rule.span(), message);
            }
            if !entry.mapping.get_ref().is_empty() && catalogue.mapping(entry.mapping.get_ref()).is_none() {
                let ids = catalogue.mappings.iter().map(|mapping| mapping.id);
                let message = unknown("mapping", entry.mapping.get_ref(), ids);
                return refuse(entry.mapping.span(), message);
            }
            if let Some(variation) = &entry.variation {
                if !known.variations.contains(&variation.get_ref().as_str()) {
                    let message = unknown("variation", variation.get_ref(), known.variations.iter().copied());
                    return refuse(variation.span(), message);
                }
                if entry.mapping.get_ref().is_empty() {
                    let message = "expected a mapping beside the variation, found none".to_owned();
                    return refuse(variation.span(), message);
                }
                if entry.case.is_some() {
                    let message = "expected a case or a variation, found both".to_owned();
                    return refuse(variation.span(), message);
                }
            }
            if !has_words(entry.reason.get_ref()) {
                return refuse(entry.reason.span(), "expected a reason, found none".to_owned());
            }
            let pointer = entry.pointer.get_ref();
            // A value of a further input has the input's name in front: `notes:/id`.
            if !pointer.is_empty() && !pointer.starts_with('/') && !pointer.contains(":/") {
                let message = format!("expected a JSON Pointer, empty or with a leading `/`, found {pointer:?}");
                return refuse(entry.pointer.span(), message);
            }
            let until = match &entry.until {
                None => None,
                Some(until) => match day(until.get_ref()) {
                    Some(date) => Some(date),
                    None => return refuse(until.span(), "expected a day such as 2027-06-30".to_owned()),
                },
            };
            entries.push(Acceptance {
                rule: entry.rule.into_inner(),
                mapping: entry.mapping.into_inner(),
                case: entry.case,
                variation: entry.variation.map(Spanned::into_inner),
                pointer: entry.pointer.into_inner(),
                reason: entry.reason.into_inner(),
                owner: entry.owner,
                until,
                span,
            });
        }
        Ok(Acceptances { path: path.to_owned(), text: shared, entries })
    }

    /// Marks the findings that are accepted; says how many each entry accepted, in their order.
    pub fn apply(&self, findings: &mut [Finding], today: Date) -> Vec<usize> {
        let mut counts = vec![0; self.entries.len()];
        for finding in findings {
            if let Some(at) = self.entries.iter().position(|entry| entry.accepts(finding, today)) {
                counts[at] += 1;
                finding.accepted = Some(self.entries[at].reason.clone());
            }
        }
        counts
    }
}
