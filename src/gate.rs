//! The straight line: cases in, a report out.
//!
//! Severity, acceptance and the fail level are applied here and nowhere else, and findings are sorted here once.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;

use crate::accepted::{Acceptance, Acceptances, Known, Matched};
use crate::dependence::{Dependence, Judged, SEED, TableDocument, TableFile};
use crate::error::Error;
use crate::evidence::Evidence;
use crate::finding::{Finding, Severity};
use crate::fixture::{Case, CaseKind, Content, Folders, Store, read_file, read_store, shown, unfit};
use crate::input::{Input, expand};
use crate::java::config::{Dates, MapperConfig};
use crate::mapping::{Catalogue, DtoSpec, Mapping, Wire};
use crate::observation::Observation;
use crate::report::{CaseResult, Report, Verdict};
use crate::rule::{Check, Findings, MISSING_EXPECTATION, RULES};
use crate::spelling::{AS_SENT, GENERATED, SPELLINGS, Spelling};

/// What a run is told.
#[derive(Clone, Copy)]
pub struct Options<'o> {
    /// The mapping to check; every one where none is named.
    pub mapping: Option<&'static Mapping>,
    /// Which of the mapping's further inputs the payloads are, each to be judged by its own producer's wire; by default
    /// what their names say.
    pub input: Option<&'static str>,
    /// What is promised instead of what the legs declare.
    pub wire: Option<WireChoice>,
    /// Part of the `<mapping>/<kind>/<case>` of the cases to check.
    pub filter: Option<&'o str>,
    /// The severity from which a finding fails the run.
    pub fail_on: Severity,
    /// The largest file that is read, in bytes.
    pub max_size: u64,
    /// The spellings in which each payload is mapped again: [`SPELLINGS`](crate::spelling::SPELLINGS).
    pub spellings: &'static [Spelling],
    /// The day of the run, for acceptances that end.
    pub today: Date,
}

/// What `--wire` names: a configuration, and perhaps a class.
#[derive(Clone, Copy)]
pub struct WireChoice {
    dto: Option<&'static DtoSpec>,
    config: &'static MapperConfig,
}

impl WireChoice {
    /// Parses `<configuration>` or `<service>.<Type>@<configuration>`.
    ///
    /// # Errors
    ///
    /// A class without a configuration, and a name that the catalogue does not have.
    pub fn parse(text: &str, catalogue: &Catalogue) -> Result<Self, Error> {
        let (dto, config) = match text.split_once('@') {
            None if text.contains('.') => {
                return Err(Error::Usage(format!(
                    "expected <configuration> or <service>.<Type>@<configuration>, found {text:?}"
                )));
            }
            None => (None, text),
            Some((dto, config)) => (Some(dto), config),
        };
        let dto = dto
            .map(|name| {
                catalogue.dto(name).ok_or_else(|| Error::Unknown {
                    kind: "definition",
                    name: name.to_owned(),
                    known: catalogue.dtos.iter().map(|dto| dto.name().to_owned()).collect(),
                })
            })
            .transpose()?;
        let config = catalogue.config(config).ok_or_else(|| Error::Unknown {
            kind: "configuration",
            name: config.to_owned(),
            known: catalogue.configs.iter().map(|config| config.name.to_owned()).collect(),
        })?;
        Ok(WireChoice { dto, config })
    }

    /// How its configuration writes dates.
    pub fn dates(&self) -> Dates {
        self.config.dates
    }
}

/// Checks the golden fixtures below a root.
///
/// # Errors
///
/// What cannot be read, and that there is nothing to check.
pub fn check_fixtures(root: &Path, catalogue: &Catalogue, options: &Options<'_>) -> Result<Report, Error> {
    let Store { mut cases, mut strays } = read_store(root, catalogue, options.max_size)?;
    let acceptances = Acceptances::read(root, catalogue, &known_names(), options.max_size)?;
    if cases.is_empty() && strays.is_empty() {
        return Err(Error::NothingToCheck { what: format!("no fixture in {}", root.join("fixtures").display()) });
    }
    if let Some(mapping) = options.mapping {
        cases.retain(|case| case.mapping.id == mapping.id);
        strays.retain(|stray| stray.mapping == mapping.id);
    }
    if let Some(filter) = options.filter {
        cases.retain(|case| case.id().contains(filter));
        strays.clear();
    }
    if cases.is_empty() && strays.is_empty() {
        let mapping = options.mapping.map_or(String::new(), |mapping| format!(" of {}", mapping.id));
        let filter = options.filter.map_or(String::new(), |filter| format!(" matches the filter {filter:?}"));
        return Err(Error::NothingToCheck { what: format!("no fixture{mapping}{filter}") });
    }
    // A class promised without a mapping concerns the mappings whose producer has it.
    if let (Some(WireChoice { dto: Some(dto), .. }), None) = (options.wire, options.mapping) {
        cases.retain(|case| case.mapping.producer.dto.name() == dto.name());
        if cases.is_empty() {
            let message = format!("no mapping's producer writes {}; name the mapping too: --mapping", dto.name());
            return Err(Error::Usage(message));
        }
    }
    let mut report = judge_all(&cases, &acceptances.entries, options);
    let mut found = Findings::default();
    let store = Store { cases: vec![], strays };
    for rule in RULES {
        if let Check::Store(check) = rule.check {
            check(&store, &mut found);
        }
    }
    report.findings.extend(found.into_vec());
    if options.filter.is_none() && options.wire.is_none() {
        report.findings.extend(judge_mappings(root, &cases, options)?);
    }
    accept(&mut report, &acceptances, options);
    Ok(finish(report))
}

/// Runs the rules about mappings, once for each that has cases.
///
/// A filter or `--wire` asks about some cases, not about the mappings. Payloads of a service neither: the mapping that
/// would be observed is the one in the binary, which no payload changes.
fn judge_mappings(root: &Path, cases: &[Case], options: &Options<'_>) -> Result<Vec<Finding>, Error> {
    let mut mappings: Vec<(&'static Mapping, Option<TableFile>)> = Vec::new();
    for case in cases {
        if mappings.last().is_some_and(|(mapping, _)| mapping.id == case.mapping.id) {
            continue;
        }
        let path = root.join("fixtures").join(case.mapping.id).join("table.json");
        let table = if let Some(reason) = unfit(&path, root) {
            return Err(Error::unfit(&shown(&path, root), reason));
        } else if path.is_file() {
            let file = read_file(&path, shown(&path, root), options.max_size)?;
            let text = String::from_utf8_lossy(file.content.bytes());
            let document = match &file.content {
                Content::Bytes(_) => TableDocument::parse(case.mapping.id, &text),
                Content::TooLarge { size, limit } => {
                    Err(format!("expected at most {limit} bytes (--max-size), found {size}"))
                }
            };
            Some(TableFile { path: file.path, document, text: text.as_ref().into() })
        } else {
            None
        };
        mappings.push((case.mapping, table));
    }
    let judged = in_threads(&mappings, 1, |(mapping, table)| {
        let dependence = Dependence::observe(mapping, SEED);
        let judged = Judged::new(&dependence, table.clone());
        let mut found = Findings::default();
        for rule in RULES {
            if let Check::Mapping(check) = rule.check {
                check(&judged, &mut found);
            }
        }
        found.into_vec()
    });
    Ok(judged.into_iter().flatten().collect())
}

/// Checks payloads that a service has written: nothing is expected of them but what their wire promises.
///
/// Acceptances apply only where a root is named: a payload's verdict must not depend on the folder it is checked in.
///
/// # Errors
///
/// What cannot be read; that no mapping is named.
pub fn check_payloads(
    paths: &[PathBuf],
    root: Option<&Path>,
    catalogue: &Catalogue,
    options: &Options<'_>,
) -> Result<Report, Error> {
    let Some(mapping) = options.mapping else {
        let known: Vec<&str> = catalogue.mappings.iter().map(|mapping| mapping.id).collect();
        let lost =
            paths.iter().find(|path| !path.exists() && path.components().count() == 1 && path.extension().is_none());
        let command =
            lost.map(|path| format!("{} is no command, and no file either; ", path.display())).unwrap_or_default();
        return Err(Error::Usage(format!("{command}payloads need --mapping; there are: {}", known.join(", "))));
    };
    if let Some(root) = root
        && !root.join("fixtures").is_dir()
    {
        return Err(Error::NoFixtures { root: root.display().to_string() });
    }
    let inputs = expand(paths, options.max_size)?;
    let (folders, named) = (Folders::default(), inputs.iter().filter_map(Input::path).collect());
    let read = in_threads(&inputs, 8, |input| match input {
        Input::Path(path) => read_payload(path, &named, &folders, mapping, catalogue, options),
        Input::Text { name, file } => Ok(Some(Case {
            mapping,
            kind: CaseKind::Payload,
            name: name.clone(),
            configuration: None,
            payload: file.clone(),
            further: vec![],
            expected: None,
            input: options.input,
        })),
    });
    // Of several that cannot be read the first is told.
    let read: Vec<Option<Case>> = read.into_iter().collect::<Result<_, Error>>()?;
    let mut cases =
        told_apart(inputs.iter().zip(read).filter_map(|(input, case)| Some((input.shown(), case?))).collect());
    if let Some(filter) = options.filter {
        cases.retain(|case| case.id().contains(filter));
    }
    if cases.is_empty() {
        return Err(Error::NothingToCheck { what: "no payload matches the filter".to_owned() });
    }
    let mut report = judge_all(&cases, &[], options);
    if let Some(root) = root {
        let acceptances = Acceptances::read(root, catalogue, &known_names(), options.max_size)?;
        accept(&mut report, &acceptances, options);
    }
    Ok(finish(report))
}

/// Reads one of the payloads; nothing where it is a further input of another of them.
fn read_payload(
    path: &Path,
    named: &HashSet<&Path>,
    folders: &Folders,
    mapping: &'static Mapping,
    catalogue: &Catalogue,
    options: &Options<'_>,
) -> Result<Option<Case>, Error> {
    // A pattern such as build/payloads/*.json names the further inputs too, which lie beside their payloads. One whose
    // payload is not named is checked by itself.
    let mut input = options.input;
    if input.is_none()
        && let Some((name, own)) = folders.payload_of_further(mapping, path)
    {
        if own.iter().any(|own| named.contains(own.as_path())) {
            return Ok(None);
        }
        input = Some(name);
    }
    let payload = read_file(path, shown(path, Path::new("")), options.max_size)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    // The name says the same of a payload as of a golden.
    let configuration = name.split_once('@').and_then(|(_, configuration)| catalogue.config(configuration));
    let further = match input {
        None => folders.further_beside(mapping, path, options.max_size)?,
        Some(_) => vec![],
    };
    let kind = CaseKind::Payload;
    Ok(Some(Case { mapping, kind, name, configuration, payload, further, expected: None, input }))
}

/// Names payloads so that no two files have one name in one folder: `x.json` and `x.txt` keep their endings, and names
/// that are shown alike, since they are no UTF-8, are numbered. A finding is then about one of them.
fn told_apart(read: Vec<(&Path, Case)>) -> Vec<Case> {
    let mut alike: BTreeMap<(Option<&Path>, String), BTreeSet<&Path>> = BTreeMap::new();
    for (path, case) in &read {
        alike.entry((path.parent(), case.name.clone())).or_default().insert(path);
    }
    let mut names: HashMap<&Path, String> = HashMap::new();
    for paths in alike.values().filter(|paths| paths.len() > 1) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for &path in paths {
            let shown = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let count = counts.entry(shown.clone()).or_default();
            *count += 1;
            names.insert(path, if *count == 1 { shown } else { format!("{shown} ({count})") });
        }
    }
    let renamed = |(path, mut case): (&Path, Case)| {
        case.name = names.get(path).cloned().unwrap_or(case.name);
        case
    };
    read.into_iter().map(renamed).collect()
}

/// What is promised of a case: by its name, by `--wire`, by its leg.
pub(crate) fn promised(case: &Case, options: &Options<'_>) -> Wire {
    let input = case.mapping.inputs.iter().find(|input| case.input == Some(input.name));
    let leg = input.map_or(case.mapping.producer, |input| input.wire);
    let (dto, config) = match options.wire {
        Some(choice) => (choice.dto.copied().unwrap_or(leg.dto), choice.config),
        None => (leg.dto, leg.config),
    };
    let named = case.configuration.filter(|_| case.kind != CaseKind::Payload || options.wire.is_none());
    Wire { dto, config: named.unwrap_or(config) }
}

/// Does the same with every item, on as many threads as there are processors and `least` items for each.
///
/// Each thread takes the next few items when it is done with its last ones: the processors are seldom equally free.
pub(crate) fn in_threads<T: Sync, R: Send>(items: &[T], least: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.min(items.len().div_ceil(least)).max(1);
    let chunks: Vec<&[T]> = items.chunks(least.max(1)).collect();
    let next = AtomicUsize::new(0);
    let run = || {
        let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&at| at < chunks.len());
        let chunk = |at: usize| (at, chunks[at].iter().map(&work).collect());
        std::iter::from_fn(take).map(chunk).collect::<Vec<(usize, Vec<R>)>>()
    };
    let mut done = std::thread::scope(|scope| {
        let running: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut done = run();
        for thread in running {
            match thread.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|&(at, _)| at);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

fn judge_all(cases: &[Case], known: &[Acceptance], options: &Options<'_>) -> Report {
    let judged = in_threads(cases, 8, |case| judge(case, known, options));
    let mut report = Report::new(options.fail_on);
    let mut shown = Vec::new();
    for (result, findings, evidence) in judged {
        report.cases.push(result);
        report.findings.extend(findings);
        shown.extend(evidence);
    }
    let mut found = Findings::default();
    for evidence in Evidence::of_run(shown) {
        for rule in RULES {
            if let Check::Evidence(check) = rule.check {
                check(&evidence, &mut found);
            }
        }
    }
    report.findings.extend(found.into_vec());
    report
}

/// Runs every rule on a case. What is known of an invalid case is not what it is refused for.
pub(crate) fn judge(
    case: &Case,
    known: &[Acceptance],
    options: &Options<'_>,
) -> (CaseResult, Vec<Finding>, Option<Evidence>) {
    let observation = Observation::of(case, promised(case, options), options.spellings);
    let mut found = Findings::default();
    for rule in RULES {
        if let Check::Case(check) = rule.check {
            check(&observation, &mut found);
        }
    }
    let is_known = |finding: &Finding| {
        case.kind == CaseKind::Invalid && known.iter().any(|entry| entry.accepts(finding, options.today))
    };
    let (known, fired): (Vec<Finding>, Vec<Finding>) = found.into_vec().into_iter().partition(is_known);
    let mut verdicts = Findings::default();
    for rule in RULES {
        if let Check::Verdict(check) = rule.check {
            check(&observation, &fired, &mut verdicts);
        }
    }
    let verdicts = verdicts.into_vec();
    let mut found = fired.iter().chain(&verdicts);
    // A payload that is red shows nothing to rely on, and needs no second remark.
    let evidence =
        if found.any(|finding| finding.severity == Severity::Error) { None } else { Evidence::of(&observation) };
    let mut result = CaseResult {
        mapping: case.mapping.id.to_owned(),
        case: case.name.clone(),
        kind: case.kind,
        path: case.payload.path.clone(),
        verdict: Verdict::Pass,
        rules: BTreeSet::new(),
    };
    if case.kind != CaseKind::Invalid {
        return (result, fired.into_iter().chain(verdicts).collect(), evidence);
    }
    // What an invalid case is refused for is what it says, and no finding. Where it is not refused so, that is the
    // finding; where it says nothing that can be read, that is.
    let own = |finding: &Finding| match &case.expected {
        None => finding.rule == MISSING_EXPECTATION,
        Some(expected) => finding.location.path == expected.path,
    };
    let kept: Vec<Finding> = verdicts.into_iter().chain(fired.iter().filter(|finding| own(finding)).cloned()).collect();
    if kept.is_empty() {
        result.verdict = Verdict::Refused;
        result.rules =
            fired.iter().filter(|finding| finding.severity > Severity::Note).map(|finding| finding.rule).collect();
    }
    let kept = kept.into_iter().chain(known).collect();
    (result, kept, evidence)
}

/// What an acceptance may name.
pub(crate) fn known_names() -> Known {
    let mut variations: Vec<&'static str> = SPELLINGS.iter().map(|spelling| spelling.id).collect();
    #[cfg(unix)]
    variations.extend(crate::probe::variation::VARIATIONS.iter().map(|variation| variation.id));
    // The rows of a probe that are no variation.
    variations.extend([AS_SENT, GENERATED]);
    Known { rules: RULES.iter().map(|rule| rule.id).collect(), variations }
}

/// Applies the acceptances, and then the rule about them.
fn accept(report: &mut Report, acceptances: &Acceptances, options: &Options<'_>) {
    let counts = acceptances.apply(&mut report.findings, options.today);
    let checked: BTreeSet<&str> = report.cases.iter().map(|case| case.mapping.as_str()).collect();
    let concerned = |entry: &&(&Acceptance, usize)| match options.mapping {
        Some(mapping) => entry.0.mapping == mapping.id,
        None => entry.0.mapping.is_empty() || checked.contains(entry.0.mapping.as_str()) || options.filter.is_none(),
    };
    let entries: Vec<(&Acceptance, usize)> = acceptances.entries.iter().zip(counts).collect();
    // What a probe finds, a check does not.
    let is_own = |entry: &&(&Acceptance, usize)| entry.0.variation.is_none();
    let entries: Vec<(&Acceptance, usize)> = entries.iter().filter(is_own).filter(concerned).copied().collect();
    let is_payloads = report.cases.iter().any(|case| case.kind == CaseKind::Payload);
    let matched = Matched {
        path: &acceptances.path,
        text: &acceptances.text,
        entries: &entries,
        today: options.today,
        complete: options.filter.is_none() && options.wire.is_none() && !is_payloads,
    };
    report.findings.extend(judge_acceptances(&matched));
}

/// Runs the rule about acceptances.
pub(crate) fn judge_acceptances(matched: &Matched<'_>) -> Vec<Finding> {
    let mut found = Findings::default();
    for rule in RULES {
        if let Check::Acceptances(check) = rule.check {
            check(matched, &mut found);
        }
    }
    found.into_vec()
}

/// Sorts the findings and says how each case came out.
fn finish(mut report: Report) -> Report {
    let key = |finding: &Finding| {
        let location = &finding.location;
        // Within a file, what was sent stands before what that does on the way.
        (location.path.clone(), finding.stage, location.offset(), finding.rule, finding.pattern.clone())
    };
    report.findings.sort_by_cached_key(key);
    report.settle();
    report
}

#[cfg(test)]
mod tests {
    use super::in_threads;

    #[test]
    fn what_threads_do_comes_back_in_order() {
        for count in [0, 1, 7, 8, 9, 100] {
            for least in [1, 8] {
                let items: Vec<usize> = (0..count).collect();
                assert_eq!(
                    in_threads(&items, least, |item| item * 2),
                    (0..count).map(|item| item * 2).collect::<Vec<_>>()
                );
            }
        }
    }
}
