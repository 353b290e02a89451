//! How fast the gate is: `cargo bench`. The figures and their targets stand in the README.
//!
//! Payloads are made from a captured page, into a temporary folder; none is committed.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use dtogate::dependence::{Dependence, SEED};
use dtogate::finding::Severity;
use dtogate::gate::{Options, check_fixtures, check_payloads};
use dtogate::spelling::{SPELLINGS, Spelling};
use dtogate::tis::CATALOGUE;
use jiff::civil::date;

const PAYLOADS: usize = 1_000;

fn options(mapping: Option<&str>, spellings: &'static [Spelling]) -> Options<'static> {
    Options {
        mapping: mapping.and_then(|name| CATALOGUE.mapping(name)),
        wire: None,
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

criterion_group!(speed, payloads, dependence, repository, start);
criterion_main!(speed);
