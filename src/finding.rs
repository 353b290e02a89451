//! What a rule found, and where.

use std::fmt;
use std::ops::Range;

pub use crate::location::{Excerpt, Location, Text};

/// How much a finding weighs. The order is the weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; harmless as far as known.
    Note,
    /// Harmless today, a defect waiting for a change.
    Warning,
    /// Something does not arrive, or will not.
    Error,
}

impl Severity {
    /// The word in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a payload was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// As sent: not JSON, not what the wire promises, or not what its reader takes.
    Read,
    /// Between: the mapping itself refused, or its answer is not the expected one.
    Map,
    /// Behind: the consumer of the mapping's answer.
    Consumer,
}

impl Stage {
    /// The word in an expectation of `invalid/`.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Read => "read",
            Stage::Map => "map",
            Stage::Consumer => "consumer",
        }
    }

    /// The stage of that word.
    pub fn of(word: &str) -> Option<Self> {
        [Stage::Read, Stage::Map, Stage::Consumer].into_iter().find(|stage| stage.name() == word)
    }
}

/// What a case is there to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseKind {
    /// A payload that arrives.
    Valid,
    /// A payload that must be refused.
    Invalid,
    /// A payload from the command line: nothing is expected of it but what its wire promises.
    Payload,
}

impl CaseKind {
    /// The folder, and the word in reports.
    pub fn name(self) -> &'static str {
        match self {
            CaseKind::Valid => "valid",
            CaseKind::Invalid => "invalid",
            CaseKind::Payload => "payload",
        }
    }
}

/// What a probed mapper does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailureKind {
    /// A value did not arrive.
    Lost,
    /// Another value arrived.
    Corrupted,
    /// The answer is no JSON in UTF-8.
    NotJson,
    /// The answer says that it is something else than JSON.
    ContentType,
    /// No answer in time.
    TimedOut,
    /// More output than allowed.
    Flooded,
    /// The program ended with an error.
    EndedBadly,
    /// An answer without a byte.
    NoOutput,
    /// Another number of answers than of payloads.
    Miscounted,
    /// An HTTP status that is no success.
    BadStatus,
    /// An answer that ends before its end.
    CutOff,
    /// No connection, or one that was reset.
    NoConnection,
    /// A gateway that did not ask for the payload.
    DidNotAsk,
}

impl FailureKind {
    /// In a word or two, as reports name it.
    pub fn name(self) -> &'static str {
        match self {
            FailureKind::Lost => "lost",
            FailureKind::Corrupted => "corrupted",
            FailureKind::NotJson => "not JSON",
            FailureKind::ContentType => "wrong content type",
            FailureKind::TimedOut => "timed out",
            FailureKind::Flooded => "flooded",
            FailureKind::EndedBadly => "ended badly",
            FailureKind::NoOutput => "no output",
            FailureKind::Miscounted => "another number of answers",
            FailureKind::BadStatus => "bad status",
            FailureKind::CutOff => "cut off",
            FailureKind::NoConnection => "no connection",
            FailureKind::DidNotAsk => "did not ask",
        }
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The smallest payload that shows what a probed mapper does wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What happened.
    pub kind: FailureKind,
    /// The id of the spelling or variation.
    pub variation: &'static str,
    /// Every variation in which it was seen, with the pointer in the answer: what acceptances name.
    pub places: Vec<(&'static str, String)>,
    /// The payload.
    pub sent: String,
    /// The names of the further inputs that the mapper could ask for besides.
    pub further: Vec<String>,
    /// The bytes of it that show what is wrong; none where that is in no value.
    pub sent_at: Option<Range<usize>>,
    /// The answer, if there is one.
    pub got: Option<String>,
    /// The same of the answer.
    pub got_at: Option<Range<usize>>,
    /// Standard error; of a long one its beginning and its end.
    pub stderr: String,
    /// Where the payload was saved.
    pub saved: Option<String>,
}

/// What a finding about the sources of a service is about: a class, and where that stood before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The class, as `path/to/File.java#Outer.Inner`; what else is concerned where it is no class: a module, a test file.
    pub class: String,
    /// The key on the wire, or what of the class is concerned; empty where all of it is.
    pub key: String,
    /// Where it stood in the earlier revision; none where it was not there.
    pub earlier: Option<Location>,
    /// Whether nothing of it is left: the place of the finding is the earlier one.
    pub is_gone: bool,
}

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// How much it weighs; a rule may say less than its usual severity.
    pub severity: Severity,
    /// Where on its way the payload was when the rule fired; none where no payload is concerned.
    pub stage: Option<Stage>,
    /// The mapping, empty where none is concerned.
    pub mapping: String,
    /// The case, empty where none is concerned.
    pub case: String,
    /// The path of the case's payload, by which a case is known; empty where no payload is concerned. The place may be in
    /// another file: a further input, an expectation.
    pub payload: String,
    /// The first place; of a payload that is in no file, an empty path.
    pub location: Location,
    /// [`Location::pointer`] with `*` for every index: what an accepted finding is matched by.
    pub pattern: String,
    /// How many places this finding stands for; they differ in indexes only. In a probe, how many payloads.
    pub places: usize,
    /// Lower-case sentence without a full stop: what is wrong.
    pub message: String,
    /// What was promised, sent or expected; shown above `after`.
    pub before: Option<String>,
    /// What is there instead.
    pub after: Option<String>,
    /// Who breaks, and how.
    pub breaks: String,
    /// One thing to do.
    pub fix: String,
    /// The reason, where `fixtures/accepted.toml` accepts it.
    pub accepted: Option<String>,
    /// What shows it, where it is a failure of a probed mapper.
    pub evidence: Option<Box<Evidence>>,
    /// What it is about, where sources are compared.
    pub subject: Option<Box<Subject>>,
}

impl Finding {
    /// A finding at a place; all else is left empty until it is said.
    pub fn new(rule: &'static str, severity: Severity, location: Location) -> Self {
        Finding {
            rule,
            severity,
            stage: None,
            mapping: String::new(),
            case: String::new(),
            payload: String::new(),
            pattern: location.pattern().to_owned(),
            location,
            places: 1,
            message: String::new(),
            before: None,
            after: None,
            breaks: String::new(),
            fix: String::new(),
            accepted: None,
            evidence: None,
            subject: None,
        }
    }

    /// Where on its way the payload was.
    pub fn stage(self, stage: Stage) -> Self {
        Finding { stage: Some(stage), ..self }
    }

    /// The mapping that is concerned.
    pub fn mapping(self, mapping: impl Into<String>) -> Self {
        Finding { mapping: mapping.into(), ..self }
    }

    /// The case that is concerned.
    pub fn case(self, case: impl Into<String>) -> Self {
        Finding { case: case.into(), ..self }
    }

    /// The path of the case's payload.
    pub fn payload(self, payload: impl Into<String>) -> Self {
        Finding { payload: payload.into(), ..self }
    }

    /// What an accepted finding is matched by, where it is not the pattern of the place.
    pub fn pattern(self, pattern: impl Into<String>) -> Self {
        Finding { pattern: pattern.into(), ..self }
    }

    /// How many places it stands for.
    pub fn places(self, places: usize) -> Self {
        Finding { places, ..self }
    }

    /// What is wrong.
    pub fn message(self, message: impl Into<String>) -> Self {
        Finding { message: message.into(), ..self }
    }

    /// What was promised, sent or expected.
    pub fn before(self, before: impl Into<Option<String>>) -> Self {
        Finding { before: before.into(), ..self }
    }

    /// What is there instead.
    pub fn after(self, after: impl Into<Option<String>>) -> Self {
        Finding { after: after.into(), ..self }
    }

    /// Who breaks, and how.
    pub fn breaks(self, breaks: impl Into<String>) -> Self {
        Finding { breaks: breaks.into(), ..self }
    }

    /// One thing to do.
    pub fn fix(self, fix: impl Into<String>) -> Self {
        Finding { fix: fix.into(), ..self }
    }

    /// The class and the key that it is about, and where they stood before.
    pub fn subject(self, subject: Subject) -> Self {
        Finding { subject: Some(Box::new(subject)), ..self }
    }

    /// The file that accepts it.
    pub fn accepted_in(&self) -> &'static str {
        if self.subject.is_some() { "dtogate-accepted.toml" } else { "fixtures/accepted.toml" }
    }

    /// The entry for the file of acceptances that accepts exactly this finding; of a probe one for each variation and
    /// pointer with which it was seen.
    pub fn acceptance(&self) -> String {
        let text = |value: &str| toml::Value::String(value.to_owned()).to_string();
        if let Some(subject) = &self.subject {
            let (rule, class, key) = (text(self.rule), text(&subject.class), text(&subject.key));
            return format!("[[accepted]]\nrule = {rule}\nclass = {class}\nkey = {key}\n{REASON}\n");
        }
        let entry = |about: Option<(&str, &str)>, pointer: &str| {
            let (rule, mapping, pointer) = (text(self.rule), text(&self.mapping), text(pointer));
            let about = about.map(|(key, value)| format!("{key} = {}\n", text(value))).unwrap_or_default();
            format!("[[accepted]]\nrule = {rule}\nmapping = {mapping}\n{about}pointer = {pointer}\n{REASON}\n")
        };
        match &self.evidence {
            Some(evidence) => {
                let entries = evidence.places.iter().map(|(id, pointer)| entry(Some(("variation", *id)), pointer));
                entries.collect::<Vec<_>>().join("\n")
            }
            None => entry(Some(("case", &*self.case)).filter(|(_, case)| !case.is_empty()), &self.pattern),
        }
    }

    /// Whether a report for people offers that entry. A difference from an expectation is reviewed instead, but for one of
    /// a probe: there the mapper is wrong, and no expectation.
    pub(crate) fn offers_acceptance(&self) -> bool {
        self.rule != "unexpected-output" || self.evidence.is_some()
    }
}

/// The line of an acceptance that a person has to fill.
pub(crate) const REASON: &str = "reason = \"\" # why it may stay, with evidence";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_from_an_expectation_offers_no_acceptance() {
        let finding = |rule: &'static str| Finding::new(rule, Severity::Error, Location::file("a.json"));
        assert!(!finding("unexpected-output").offers_acceptance());
        assert!(finding("layout-drift").offers_acceptance());
    }
}
