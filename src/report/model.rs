//! What a verb found: all that a format renders.

use std::collections::{BTreeSet, HashMap};

use crate::finding::{CaseKind, FailureKind, Finding, Severity};

/// How a case came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found, or notes only.
    Pass,
    /// A case of `invalid/` was refused exactly as it says.
    Refused,
    /// Everything that was found is accepted.
    Accepted,
    /// Warnings were found, no errors.
    Warned,
    /// Errors were found.
    Failed,
}

impl Verdict {
    /// The word in reports and snapshots.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Refused => "refused as expected",
            Verdict::Accepted => "accepted",
            Verdict::Warned => "warned",
            Verdict::Failed => "failed",
        }
    }
}

/// One case of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// The mapping.
    pub mapping: String,
    /// The name of the case, with `@configuration` where it has one.
    pub case: String,
    /// What it is there to show.
    pub kind: CaseKind,
    /// The payload's file.
    pub path: String,
    /// How it came out.
    pub verdict: Verdict,
    /// For `invalid` refused as expected: the rules that fired. For others: the rules whose findings are accepted.
    pub rules: BTreeSet<&'static str>,
}

/// What a case is known by: the path of its payload. Two names that are not UTF-8 are shown alike, and then numbered.
type Identity<'r> = (&'r str, &'r str, &'r str);

impl CaseResult {
    fn identity(&self) -> Identity<'_> {
        (&self.path, &self.mapping, &self.case)
    }
}

/// What a run found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Every finding, accepted ones too, in their final order: by path, stage, line, column, rule.
    pub findings: Vec<Finding>,
    /// Every case, in the order of mapping, kind and name.
    pub cases: Vec<CaseResult>,
    /// The severity from which a finding that is not accepted fails the run.
    pub fail_on: Severity,
    /// The verb that it is of, with what that one says besides.
    pub verb: Verb,
    /// The mappings that are concerned, for a format that draws them; empty where none does.
    pub legs: Vec<Leg>,
}

/// A mapping as it is drawn: what feeds what, and what its payloads show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leg {
    /// The mapping.
    pub mapping: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// The producer's wire.
    pub producer: String,
    /// The wire of the answer, and who takes it.
    pub consumer: String,
    /// The parts of the answer, each with what feeds it.
    pub targets: Vec<Target>,
    /// What of the payload is dropped, and why.
    pub dropped: Vec<(String, String)>,
    /// What of the payload is lost without a word.
    pub lost: Vec<String>,
    /// How many payloads were looked at for what is filled.
    pub payloads: usize,
    /// The keys of the producer that hold no value in any of them.
    pub unfilled: Vec<String>,
}

/// A part of an answer, and what feeds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// Its pointer, with `*` for indexes.
    pub pointer: String,
    /// The pointers of what feeds it.
    pub sources: Vec<String>,
    /// The date forms on both sides; none where no date is concerned.
    pub forms: Option<String>,
    /// What is declared of it, and why.
    pub declared: Option<(String, String)>,
}

/// The verb that a report is of, with what it says beside findings and cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `check`
    Check,
    /// `probe`: what was seen of an outside mapper, whose failures are the findings.
    Probe(Box<Probed>),
    /// `diff` and `drift`: what was compared.
    Compare(Box<Compared>),
}

/// What two sides of a comparison were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The verb: `diff` or `drift`.
    pub verb: &'static str,
    /// The earlier side, or what is promised: a revision, `the definitions`.
    pub before: String,
    /// The later side, or what is there.
    pub after: String,
    /// How many classes were compared.
    pub classes: usize,
    /// What else there is to say, a sentence fragment each.
    pub remarks: Vec<String>,
}

/// How many findings there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors that are not accepted.
    pub errors: usize,
    /// Warnings that are not accepted.
    pub warnings: usize,
    /// Notes that are not accepted.
    pub notes: usize,
    /// Findings of any severity that are accepted.
    pub accepted: usize,
}

impl Report {
    /// A report without anything.
    pub fn new(fail_on: Severity) -> Self {
        Report { findings: Vec::new(), cases: Vec::new(), fail_on, verb: Verb::Check, legs: Vec::new() }
    }

    /// What a probe saw.
    pub fn probed(&self) -> Option<&Probed> {
        match &self.verb {
            Verb::Probe(probed) => Some(probed),
            Verb::Check | Verb::Compare(_) => None,
        }
    }

    /// What was compared.
    pub fn compared(&self) -> Option<&Compared> {
        match &self.verb {
            Verb::Compare(compared) => Some(compared),
            Verb::Check | Verb::Probe(_) => None,
        }
    }

    /// Whether a finding that is not accepted reaches the fail level, or a tolerance of a probe does, or not all that was
    /// to be probed was.
    pub fn failed(&self) -> bool {
        let of_probe = |probed: &Probed| {
            probed.rows.iter().any(|row| row.not_reached > 0 || row.did_not_run > 0)
                || self.fail_on == Severity::Note && !probed.notes.is_empty()
        };
        self.findings.iter().any(|finding| self.fails(finding)) || self.probed().is_some_and(of_probe)
    }

    /// The findings about each case, in the order of the cases; then those that are about none of them.
    pub fn by_case(&self) -> (Vec<Vec<&Finding>>, Vec<&Finding>) {
        let mut own = vec![Vec::new(); self.cases.len()];
        // A payload that is named twice is two cases, which have the same findings.
        let mut cases: HashMap<Identity<'_>, Vec<usize>> = HashMap::with_capacity(self.cases.len());
        for (at, case) in self.cases.iter().enumerate() {
            cases.entry(case.identity()).or_default().push(at);
        }
        let mut others = Vec::new();
        for finding in &self.findings {
            match cases.get(&(&*finding.payload, &*finding.mapping, &*finding.case)) {
                Some(of) if !finding.payload.is_empty() => of.iter().for_each(|&at| own[at].push(finding)),
                _ => others.push(finding),
            }
        }
        (own, others)
    }

    /// The findings for who reads from the top: errors first, accepted ones last; those of one weight in their order.
    pub fn worst_first(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.findings.iter().collect();
        findings.sort_by_key(|finding| (finding.accepted.is_some(), std::cmp::Reverse(finding.severity)));
        findings
    }

    /// Says how each case came out, once its findings are accepted or not.
    pub(crate) fn settle(&mut self) {
        let sum = |own: Vec<&Finding>| {
            let (accepted, open): (Vec<&Finding>, Vec<&Finding>) =
                own.into_iter().partition(|finding| finding.accepted.is_some());
            let rules: BTreeSet<&'static str> = accepted.iter().map(|finding| finding.rule).collect();
            (open.iter().map(|finding| finding.severity).max(), rules)
        };
        let sums: Vec<_> = self.by_case().0.into_iter().map(sum).collect();
        for (case, (worst, accepted)) in self.cases.iter_mut().zip(sums) {
            let is_accepted = !accepted.is_empty();
            if case.verdict != Verdict::Refused {
                case.rules = accepted;
            }
            case.verdict = match worst {
                Some(Severity::Error) => Verdict::Failed,
                Some(Severity::Warning) => Verdict::Warned,
                _ if case.verdict == Verdict::Refused => Verdict::Refused,
                _ if !is_accepted => Verdict::Pass,
                _ => Verdict::Accepted,
            };
        }
    }

    /// Whether a finding is one of those that fail the run.
    pub fn fails(&self, finding: &Finding) -> bool {
        finding.accepted.is_none() && finding.severity >= self.fail_on
    }

    /// How many findings there are of each kind.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for finding in &self.findings {
            *match (&finding.accepted, finding.severity) {
                (Some(_), _) => &mut counts.accepted,
                (None, Severity::Error) => &mut counts.errors,
                (None, Severity::Warning) => &mut counts.warnings,
                (None, Severity::Note) => &mut counts.notes,
            } += 1;
        }
        counts
    }
}

/// What a probe saw of an outside mapper, beside the failures, which are findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probed {
    /// The mapping.
    pub mapping: &'static str,
    /// The command, as a shell would take it; the URL of a gateway.
    pub command: String,
    /// How many fixtures there were.
    pub fixtures: usize,
    /// Whether these were the ones in the binary.
    pub embedded: bool,
    /// Those that were not sent, since the mapping itself does not bring them through.
    pub left_out: Vec<String>,
    /// The file of what may stay; none where there is none.
    pub accepted_in: Option<String>,
    /// The table.
    pub rows: Vec<Row>,
    /// Tolerances that were needed.
    pub notes: Vec<Note>,
}

/// How a variation came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowVerdict {
    /// Every value arrived.
    Ok,
    /// A value did not arrive.
    Lost,
    /// Another value arrived.
    Corrupted,
    /// Some fail in a way that is accepted, and none in another.
    Accepted,
    /// All fail just as their fixture does without the variation.
    Skipped,
    /// The mapper did not run: it ended badly on every payload of the run.
    DidNotRun,
    /// The mapper had failed too often before.
    NotReached,
    /// Nothing was sent.
    NotRun,
}

impl RowVerdict {
    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            RowVerdict::Ok => "ok",
            RowVerdict::Lost => "lost",
            RowVerdict::Corrupted => "corrupted",
            RowVerdict::Accepted => "accepted",
            RowVerdict::Skipped => "skipped",
            RowVerdict::DidNotRun => "did not run",
            RowVerdict::NotReached => "not reached",
            RowVerdict::NotRun => "not run",
        }
    }
}

/// A variation and what became of its payloads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The id of the spelling or variation.
    pub id: &'static str,
    /// One line: what is special in it.
    pub summary: &'static str,
    /// How much a lost value weighs in it.
    pub severity: Severity,
    /// Why it was not sent.
    pub not_run: Option<&'static str>,
    /// Payloads whose value arrived.
    pub ok: usize,
    /// Payloads whose value did not.
    pub lost: usize,
    /// Payloads of which another value arrived.
    pub corrupted: usize,
    /// Payloads that fail just as their fixture does without the variation: that says nothing about the variation.
    pub skipped: usize,
    /// Payloads that fail in a way that is accepted.
    pub accepted: usize,
    /// Payloads to which a mapper gave no answer that gave none at all in the run: it ended badly each time.
    pub did_not_run: usize,
    /// Payloads that were not sent, since the program had failed too often.
    pub not_reached: usize,
}

impl Row {
    /// Counts a payload as accepted that was counted as a failure.
    #[cfg(unix)]
    pub(crate) fn accept(&mut self, kind: FailureKind) {
        let counted = match kind {
            FailureKind::ContentType => &mut self.ok,
            FailureKind::Corrupted => &mut self.corrupted,
            _ => &mut self.lost,
        };
        *counted = counted.saturating_sub(1);
        self.accepted += 1;
    }

    /// The worst of its payloads, or why there is none.
    pub fn verdict(&self) -> RowVerdict {
        match self {
            Row { corrupted: 1.., .. } => RowVerdict::Corrupted,
            Row { lost: 1.., .. } => RowVerdict::Lost,
            Row { did_not_run: 1.., .. } => RowVerdict::DidNotRun,
            Row { not_reached: 1.., .. } => RowVerdict::NotReached,
            Row { not_run: Some(_), .. } => RowVerdict::NotRun,
            Row { accepted: 1.., .. } => RowVerdict::Accepted,
            Row { ok: 0, skipped: 1.., .. } => RowVerdict::Skipped,
            _ => RowVerdict::Ok,
        }
    }
}

/// A tolerance that was needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which.
    pub tolerance: String,
    /// For how many payloads.
    pub payloads: usize,
    /// Where in the answers, with `*` for every index; empty where it is about the whole.
    pub at: Vec<String>,
}
