//! How fast the gate is: `cargo bench`. The figures and their targets stand in the README.
//!
//! Payloads are made from a captured page, into a temporary folder; none is committed.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use dtogate::compare::Exchange;
use dtogate::dependence::{Dependence, SEED};
use dtogate::document::parse;
use dtogate::finding::Severity;
use dtogate::gate::{Options, check_fixtures, check_payloads};
use dtogate::report::{self, Format, render};
use dtogate::spelling::{SPELLINGS, Spelling};
use dtogate::tis::CATALOGUE;
use jiff::civil::date;

const PAYLOADS: usize = 1_000;

fn options(mapping: Option<&str>, spellings: &'static [Spelling]) -> Options<'static> {
    Options {
        mapping: mapping.and_then(|name| CATALOGUE.mapping(name)),
        wire: None,
        input: None,
        filter: None,
        fail_on: Severity::Error,
        max_size: 1 << 26,
        spellings,
        today: date(2026, 11, 22),
    }
}

/// Doctors pages of 18 rows, 10 KB each, no two alike.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let capture = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/captures/doctors/boot_auto_indent/twenty.json");
    let capture = fs::read_to_string(capture).expect("the capture");
    let rows: Vec<&str> = capture.split("  }, {\n").collect();
    let page = rows[..18].join("  }, {\n") + "  } ]\n}";
    assert!((9_500..11_000).contains(&page.len()), "{} bytes", page.len());
    let write = |index| {
        let path = folder.join(format!("page{index}.json"));
        fs::write(&path, page.replace("Testfirst", &format!("Name{index:04}f"))).expect("a temporary file");
        path
    };
    (0..PAYLOADS).map(write).collect()
}

fn payloads(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pages = pages(folder.path());
    let mut group = criterion.benchmark_group("1000 payloads of 10 KB");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    for (name, spellings) in [("every rule, no spelling", &SPELLINGS[..0]), ("every rule, every spelling", SPELLINGS)] {
        let options = options(Some("doctors-summary"), spellings);
        let check = || check_payloads(&pages, None, &CATALOGUE, &options).expect("it runs");
        // What is not green takes another way.
        let report = check();
        assert_eq!((report.findings.len(), report.cases.len()), (0, PAYLOADS));
        group.bench_function(name, |bencher| bencher.iter(|| black_box(check())));
    }
}

/// What once took quadratic time: repeated keys, and a folder of payloads with further inputs.
fn hostile(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let distinct: Vec<String> = (0..100_000).map(|number| format!("\"k{number}\":{number}")).collect();
    let mut group = criterion.benchmark_group("hostile payloads");
    group.sample_size(10);
    for (name, text) in [
        ("100,000 keys and one repeat", format!("{{{},\"k0\":0}}", distinct.join(","))),
        ("one key 300,000 times", format!("{{{}}}", vec!["\"k\":1"; 300_000].join(","))),
    ] {
        let path = folder.path().join("keys.json");
        fs::write(&path, text).expect("a temporary file");
        let options = options(Some("doctors-summary"), &[]);
        let check = || check_payloads(std::slice::from_ref(&path), None, &CATALOGUE, &options).expect("it runs");
        assert!(check().findings.iter().any(|finding| finding.rule == "duplicate-key"));
        group.bench_function(name, |bencher| bencher.iter(|| black_box(check())));
    }
    let mapping = CATALOGUE.mapping("doctors-summary").expect("a mapping");
    let sent = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/doctors-summary/valid/single.json"));
    let (sent, got) = (sent.expect("the golden"), format!("{{{}}}", distinct.join(",")));
    let (sent, got) = (parse(&sent).expect("it is JSON"), parse(got.as_bytes()).expect("it is JSON"));
    let compared = || Exchange::new(mapping, &sent, &got, Some(&sent)).arrivals();
    assert!(!compared().is_empty());
    group.bench_function("an answer of 100,000 keys that nobody asked for", |bencher| {
        bencher.iter(|| black_box(compared()));
    });
    let paths: Vec<PathBuf> = (0..4_000).map(|number| folder.path().join(format!("p{number}.json"))).collect();
    paths.iter().for_each(|path| fs::write(path, "{}").expect("a temporary file"));
    let options = options(Some("doctors-notes"), &[]);
    let check = || check_payloads(&paths, None, &CATALOGUE, &options).expect("it runs");
    assert_eq!(check().cases.len(), paths.len());
    group.bench_function("4,000 payloads in a folder that may hold further inputs", |bencher| {
        bencher.iter(|| black_box(check()));
    });
}

/// Verdicts and JUnit once looked at every finding for every case.
fn verdicts(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |number: usize| folder.path().join(format!("p{number}.json"));
    let paths: Vec<PathBuf> = (0..20_000).map(path).collect();
    for (number, path) in paths.iter().enumerate() {
        fs::write(path, if number % 2 == 0 { "{" } else { "{}" }).expect("a temporary file");
    }
    let options = options(Some("doctors-summary"), &[]);
    let check = || check_payloads(&paths, None, &CATALOGUE, &options).expect("it runs");
    let shown = report::Options { width: 120, color: false, acceptances: true };
    let report = check();
    assert!(report.cases.len() == paths.len() && report.findings.len() >= paths.len() / 2);
    let mut group = criterion.benchmark_group("20,000 cases, 10,000 of them failing");
    group.sample_size(10);
    group.bench_function("check", |bencher| bencher.iter(|| black_box(check())));
    group.bench_function("junit", |bencher| bencher.iter(|| black_box(render(&report, Format::Junit, &shown))));
}

/// Little of which a class makes much, and a page that is large: the first is refused before it is read.
fn large(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/doctors-summary/valid/single.json"));
    let page = page.expect("the golden");
    let (start, end) = (page.find('[').expect("a list") + 1, page.rfind(']').expect("a list"));
    let rows = |row: &str, count| format!("{}{}{}", &page[..start], vec![row; count].join(","), &page[end..]);
    let mut group = criterion.benchmark_group("large payloads");
    group.sample_size(10);
    let coded = page[start..end].replace("\"NOT_STARTED\"", "\"NO_SUCH_WORD\"");
    assert_ne!(coded, page[start..end]);
    for (name, text) in [
        ("300,000 empty rows", rows("{}", 300_000)),
        ("10,000 rows", rows(&page[start..end], 10_000)),
        ("10,000 rows with a wrong word each", rows(&coded, 10_000)),
    ] {
        let path = folder.path().join("page.json");
        fs::write(&path, text).expect("a temporary file");
        let options = options(Some("doctors-summary"), &[]);
        let check = || check_payloads(std::slice::from_ref(&path), None, &CATALOGUE, &options).expect("it runs");
        assert_eq!(check().cases.len(), 1);
        group.bench_function(name, |bencher| bencher.iter(|| black_box(check())));
    }
}

fn repository(criterion: &mut Criterion) {
    let options = options(None, SPELLINGS);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    criterion.bench_function("check of this repository", |bencher| {
        bencher.iter(|| black_box(check_fixtures(root, &CATALOGUE, &options).expect("it runs")));
    });
}

/// What feeds what, of every mapping: each runs once for every value that is tried.
fn dependence(criterion: &mut Criterion) {
    let observe = || CATALOGUE.mappings.iter().map(|mapping| Dependence::observe(mapping, SEED)).collect::<Vec<_>>();
    assert!(observe().len() >= 10);
    criterion.bench_function("dependence of every mapping", |bencher| bencher.iter(|| black_box(observe())));
}

/// From the start of a process to its exit.
fn start(criterion: &mut Criterion) {
    let root = env!("CARGO_MANIFEST_DIR");
    let golden = "fixtures/doctors-summary/valid/single.json";
    for (name, arguments) in [
        ("process: list", &["list"][..]),
        ("process: check of one payload", &["check", "--mapping", "doctors-summary", golden]),
        ("process: check of this repository", &["check"]),
    ] {
        let run = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_dtogate"));
            command.args(arguments).current_dir(root).stdout(Stdio::null()).status().expect("it starts")
        };
        assert!(run().success(), "{name}");
        criterion.bench_function(name, |bencher| bencher.iter(run));
    }
}

criterion_group!(speed, payloads, hostile, verdicts, large, dependence, repository, start);
criterion_main!(speed);
