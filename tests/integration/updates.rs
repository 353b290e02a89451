//! `dtogate accept` and `review`: what a change of definitions or goldens makes wait, and what accepting it writes.
//!
//! The classes are invented: these tests survive every change of the real ones. A definition is the same class twice,
//! before and after a change.

use std::fs;
use std::path::Path;

use clap::Parser as _;
use dtogate::cli::{self, Cli, Done, Environment};
use dtogate::error::Error;
use dtogate::java::config::{Layout, MapperConfig, Unknown};
use dtogate::mapping::{ByteReaders, Catalogue, DtoSpec, Mapping, Wire};
use dtogate::update::checkout::Definitions;
use dtogate::update::versions::{self, Versions};
use pretty_assertions::assert_eq;

use crate::binary::{folder, names, write};
use crate::trees::TODAY;

/// Another layout than the leg's.
const PRETTY: MapperConfig = MapperConfig { name: "pretty", layout: Layout::Indented, ..LENIENT };
/// A mapper that drops what it does not know, as most do.
pub(crate) const LENIENT: MapperConfig = MapperConfig { unknown: Unknown::Ignore, ..MapperConfig::ISO };

/// An order with lines, and a mapping that passes it on; `$key` is the key that a change renames.
macro_rules! shop {
    ($module:ident, $key:ident $(, $more:ident)?) => {
        pub(crate) mod $module {
            use dtogate::java::types::{List, Text};
            use dtogate::mapping::{MapError, TypedMapping, Values};
            use dtogate::model::Dto;

            /// An order.
            #[derive(Clone, Debug, Default, PartialEq, Dto)]
            #[dto(name = "shop.Order", source = "shop, Order.java")]
            pub(crate) struct Order {
                /// Its number.
                number: Text,
                /// What is ordered.
                lines: List<Line>,
            }

            /// A line of it.
            #[derive(Clone, Debug, Default, PartialEq, Dto)]
            #[dto(name = "shop.Line", source = "shop, Line.java")]
            pub(crate) struct Line {
                /// What.
                $key: Text,
                $(
                    /// More.
                    $more: Text,
                )?
                /// How much.
                amount: Text,
            }

            /// The order as it is.
            pub(crate) struct Map;

            impl TypedMapping for Map {
                type Reader = Order;
                type Target = Order;
                const READER: &'static dtogate::java::config::MapperConfig = &super::LENIENT;
                const WRITER: &'static dtogate::java::config::MapperConfig = &super::LENIENT;

                fn map(order: Order, _: &Values<'_>) -> Result<Order, MapError> {
                    Ok(order)
                }
            }
        }
    };
}

shop!(before, sku);
shop!(renamed, article);
shop!(added, sku, colour);

macro_rules! catalogue {
    ($module:ident) => {
        Catalogue {
            dtos: &[DtoSpec::of::<$module::Order>(), DtoSpec::of::<$module::Line>()],
            configs: &[LENIENT, PRETTY],
            mappings: &[Mapping {
                id: "orders",
                summary: "orders as they are",
                source: "shop",
                reader_name: "the desk",
                byte_readers: ByteReaders::None("none"),
                ..Mapping::typed::<$module::Map>(Wire::of::<$module::Order>(&LENIENT))
            }],
            goldens: &[],
        }
    };
}

pub(crate) static BEFORE: Catalogue = catalogue!(before);
pub(crate) static RENAMED: Catalogue = catalogue!(renamed);
pub(crate) static ADDED: Catalogue = catalogue!(added);

/// A run in a root.
fn run_in(root: &Path, catalogue: &Catalogue, arguments: &[&str], in_ci: bool) -> Result<Done, Error> {
    run_as(root, catalogue, arguments, in_ci, None)
}

/// The same by a binary that was built from definitions.
pub(crate) fn run_as(
    root: &Path,
    catalogue: &Catalogue,
    arguments: &[&str],
    in_ci: bool,
    definitions: Option<Definitions>,
) -> Result<Done, Error> {
    let environment = Environment {
        current_dir: root,
        width: 100,
        is_color_terminal: false,
        today: TODAY,
        in_ci,
        definitions,
        announce: |_| {},
    };
    cli::run(Cli::parse_from([&["dtogate"], arguments].concat()), catalogue, &environment)
}

pub(crate) fn run(root: &Path, catalogue: &Catalogue, arguments: &[&str]) -> Done {
    run_in(root, catalogue, arguments, false).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

pub(crate) const ORDER: &str = r#"{"number":"7","lines":[{"sku":"A\u0031","amount":"1"},{"sku":"B","amount":null}]}"#;
pub(crate) const VALID: &str = "fixtures/orders/valid";

/// A root with two goldens of the class before, and a table; nothing waits in it.
pub(crate) fn root() -> tempfile::TempDir {
    let root = folder();
    fs::create_dir(root.path().join("fixtures")).unwrap();
    write(root.path(), "in/one.json", ORDER.replace("\\u0031", "1"));
    let pretty = "{\n  \"number\" : \"8\",\n  \"lines\" : [ {\n    \"sku\" : \"C\",\n    \"amount\" : \"2\"\n  } ]\n}";
    write(root.path(), "in/two.json", pretty);
    let payloads = root.path().join("in").display().to_string();
    let added = run(root.path(), &BEFORE, &["add", "orders", &payloads]);
    assert_eq!((added.code, added.stderr.as_str()), (0, ""), "{}", added.stdout);
    let table = run(root.path(), &BEFORE, &["accept", "--all"]);
    assert!(table.stdout.starts_with("accepted: table: lines of orders: "), "{}", table.stdout);
    assert_eq!(waiting(root.path(), &BEFORE), [""; 0]);
    assert_eq!(run(root.path(), &BEFORE, &["check"]).code, 0);
    root
}

/// The names of what waits.
pub(crate) fn waiting(root: &Path, catalogue: &Catalogue) -> Vec<String> {
    let list = run(root, catalogue, &["review", "--list"]);
    let is_title = |line: &&str| !line.starts_with(' ') && line.contains(": ");
    list.stdout.lines().filter(is_title).map(str::to_owned).collect()
}

pub(crate) fn text(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below the fixtures with its bytes.
pub(crate) fn all(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for path in [VALID, "fixtures", "fixtures/orders"] {
        let files = names(&root.join(path)).into_iter().filter(|name| root.join(path).join(name).is_file());
        found.extend(files.map(|name| (format!("{path}/{name}"), fs::read(root.join(path).join(name)).unwrap())));
    }
    found
}

#[test]
fn a_renamed_key_is_one_question_and_one_command() {
    let root = root();
    let before = all(root.path());
    assert_eq!(run(root.path(), &RENAMED, &["check"]).code, 1);
    let list = run(root.path(), &RENAMED, &["review", "--list"]);
    assert!(list.code == 1 && list.stdout.starts_with("keys: sku -> article: "), "{}", list.stdout);
    assert!(list.stdout.contains("    - \"sku\"\n    + \"article\"\n"), "{}", list.stdout);
    assert!(list.stdout.contains("in 2 cases\n  read by: the desk\n"), "{}", list.stdout);
    assert_eq!(all(root.path()), before, "a list writes nothing");
    let accepted = run(root.path(), &RENAMED, &["accept", "--all"]);
    assert_eq!(accepted.code, 0, "{}", accepted.stdout);
    let renamed: Vec<(String, Vec<u8>)> = before
        .iter()
        .filter(|(path, _)| path.starts_with(VALID))
        .map(|(path, bytes)| {
            (path.clone(), String::from_utf8_lossy(bytes).replace("\"sku\"", "\"article\"").into_bytes())
        })
        .collect();
    let after: Vec<(String, Vec<u8>)> =
        all(root.path()).into_iter().filter(|(path, _)| path.starts_with(VALID)).collect();
    assert_eq!(after, renamed, "only the key has changed");
    let manifest = text(root.path(), "fixtures/manifest.jsonl");
    assert_eq!(manifest.matches("\"note\": \"derived: sku renamed to article, from ").count(), 2, "{manifest}");
    assert!(!root.path().join(versions::PATH).exists(), "nothing was captured, so no version is named");
    assert_eq!(waiting(root.path(), &RENAMED), [""; 0]);
    let checked = run(root.path(), &RENAMED, &["check"]);
    assert_eq!(checked.code, 0, "{}", checked.stdout);
    // And back again: what was derived says so.
    assert_eq!(run(root.path(), &BEFORE, &["accept", "--all"]).code, 0);
    let back: Vec<(String, Vec<u8>)> =
        all(root.path()).into_iter().filter(|(path, _)| path.starts_with(VALID)).collect();
    assert_eq!(back, before.into_iter().filter(|(path, _)| path.starts_with(VALID)).collect::<Vec<_>>());
}

/// A capture stays what a service wrote. What its class has become is recorded, also where no golden shows the class.
#[test]
fn captures_are_of_the_version_that_they_name() {
    let root = root();
    let golden = text(root.path(), &format!("{VALID}/one.json"));
    let line = r#"{"sku":"D","amount":"3"}"#;
    let mut rows = String::new();
    for (file, dto, bytes) in [("line", "shop.Line", line), ("order", "shop.Order", golden.as_str())] {
        write(root.path(), &format!("fixtures/captures/{file}.json"), bytes);
        rows.push_str(&format!(
            "{{\"file\": \"captures/{file}.json\", \"part\": \"A\", \"dto\": {dto:?}, \"config\": {:?}, \"case\": null, \"bytes\": {}, \
             \"sha256\": {:?}, \"note\": \"captured\"}}\n",
            LENIENT.name,
            bytes.len(),
            crate::files::sha256(bytes.as_bytes())
        ));
    }
    let manifest = "fixtures/manifest.jsonl";
    write(root.path(), manifest, rows + &text(root.path(), manifest));
    assert_eq!(waiting(root.path(), &BEFORE), [""; 0]);
    assert_eq!(run(root.path(), &RENAMED, &["accept", "--all"]).code, 0);
    assert_eq!(text(root.path(), "fixtures/captures/order.json"), golden);
    let recorded = concat!(
        "{\"dto\": \"shop.Line\", \"objects\": \"\", \"rename\": \"sku\", \"to\": \"article\"}\n",
        "{\"dto\": \"shop.Order\", \"objects\": \"/lines/*\", \"rename\": \"sku\", \"to\": \"article\"}\n"
    );
    assert_eq!(text(root.path(), versions::PATH), recorded);
    assert_eq!((waiting(root.path(), &RENAMED), run(root.path(), &RENAMED, &["check"]).code), (vec![], 0));
    let forward = |dto: &str, bytes: &str| {
        let versions = Versions::parse(&text(root.path(), versions::PATH)).unwrap();
        String::from_utf8(versions.forward(dto, Some(&LENIENT), bytes.as_bytes())).unwrap()
    };
    assert_eq!(forward("shop.Order", &golden), text(root.path(), &format!("{VALID}/one.json")));
    assert_eq!(forward("shop.Line", line), line.replace("sku", "article"));
    // One that was taken since names its version.
    assert_eq!(forward("shop.Line@1", line), line);
    // And back again: the record grows, and what it says is the class before.
    assert_eq!(run(root.path(), &BEFORE, &["accept", "--all"]).code, 0);
    assert_eq!(text(root.path(), versions::PATH).lines().count(), 4);
    assert_eq!((forward("shop.Order", &golden), forward("shop.Line", line)), (golden.clone(), line.to_owned()));
    write(root.path(), versions::PATH, "[]\n");
    let error = run_in(root.path(), &BEFORE, &["review", "--list"], false).map(|done| done.stdout).unwrap_err();
    assert_eq!(error.to_string(), "cannot read fixtures/versions.jsonl:1: expected an object");
}

#[test]
fn a_key_that_comes_is_added_and_one_that_goes_needs_a_reason() {
    let root = root();
    let before = all(root.path());
    let guarded = run(root.path(), &ADDED, &["accept", "--all"]);
    assert!(
        guarded.stdout.contains("the goldens get colour: null, which no service wrote there"),
        "{}",
        guarded.stdout
    );
    let goldens = |files: Vec<(String, Vec<u8>)>| {
        files.into_iter().filter(|(path, _)| !path.ends_with("table.json")).collect::<Vec<_>>()
    };
    assert_eq!((guarded.code, goldens(all(root.path()))), (1, goldens(before)));
    let accepted = run(root.path(), &ADDED, &["accept", "--all", "--reason", "the shop has colours"]);
    assert!(accepted.code == 0 && accepted.stdout.contains("accepted: keys: colour is new: "), "{}", accepted.stdout);
    assert!(text(root.path(), "fixtures/manifest.jsonl").contains("; the shop has colours\"}"));
    let one = text(root.path(), &format!("{VALID}/one.json"));
    assert_eq!(one, ORDER.replace("\\u0031", "1").replace(",\"amount\"", ",\"colour\":null,\"amount\""));
    let pretty = text(root.path(), &format!("{VALID}/two@pretty.json"));
    assert!(pretty.contains("    \"sku\" : \"C\",\n    \"colour\" : null,\n    \"amount\" : \"2\"\n"), "{pretty}");
    // A value in it, and the class before again: the key goes, and its value with it.
    write(root.path(), "in/red.json", one.replace("\"colour\":null", "\"colour\":\"red\""));
    let red = root.path().join("in/red.json").display().to_string();
    assert_eq!(run(root.path(), &ADDED, &["add", "orders", &red]).code, 0);
    let before = all(root.path());
    let guarded = run(root.path(), &BEFORE, &["accept", "--all"]);
    assert_eq!(guarded.code, 1);
    assert!(guarded.stdout.contains("the goldens lose /lines/*/colour"), "{}", guarded.stdout);
    assert!(guarded.stdout.contains("/lines/*/colour of orders has no line any more"), "{}", guarded.stdout);
    assert_eq!(all(root.path()), before);
    let accepted = run(root.path(), &BEFORE, &["accept", "--all", "--reason", "nobody reads the colour"]);
    assert_eq!(accepted.code, 0, "{}", accepted.stdout);
    assert!(text(root.path(), "fixtures/manifest.jsonl").contains("nobody reads the colour\"}"));
    assert_eq!(text(root.path(), &format!("{VALID}/red.json")), ORDER.replace("\\u0031", "1"));
}

#[test]
fn a_key_that_some_goldens_have_on_purpose_is_no_question() {
    let root = root();
    let more = root.path().join("in/more.json");
    write(
        root.path(),
        "in/more.json",
        ORDER.replace("\\u0031", "1").replace(",\"amount\":\"1\"", ",\"amount\":\"1\",\"x\":1"),
    );
    let added = run(root.path(), &BEFORE, &["add", "orders", &more.display().to_string(), "--wire", LENIENT.name]);
    assert!(added.stdout.contains("written: fixtures/orders/valid/more.json"), "{}", added.stdout);
    assert_eq!(waiting(root.path(), &BEFORE), [""; 0]);
    // Where a key is renamed, the other one stays.
    let accepted = run(root.path(), &RENAMED, &["accept", "--all"]);
    assert!(accepted.code == 0 && accepted.stdout.contains("accepted: keys: sku -> article: "), "{}", accepted.stdout);
    assert!(text(root.path(), &format!("{VALID}/more.json")).contains("\"article\":\"A1\",\"amount\":\"1\",\"x\":1"));
}

#[test]
fn what_must_not_pass_lightly_waits_for_a_reason() {
    let root = root();
    let path = format!("{VALID}/one.json");
    let edited = text(root.path(), &path).replace("\"A1\"", "null");
    write(root.path(), &path, &edited);
    assert_eq!(
        waiting(root.path(), &BEFORE),
        [
            "golden: changed in orders, bytes that no capture has: 1 place in 1 case",
            "expectation: /lines/*/sku from \"A1\" to null: 1 place in 1 case",
        ]
    );
    let refused = run(root.path(), &BEFORE, &["accept", "--all"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.stdout.contains("an expectation loses /lines/*/sku; accept it with --reason TEXT"),
        "{}",
        refused.stdout
    );
    let accepted =
        run(root.path(), &BEFORE, &["accept", "expectation: /lines", "--reason", "an order without articles"]);
    assert_eq!(accepted.code, 0, "{}", accepted.stdout);
    let golden = "golden: changed in orders, bytes that no capture has: 1 place in 1 case";
    assert_eq!(waiting(root.path(), &BEFORE), [golden], "where its bytes come from is another question");
    assert_eq!(run(root.path(), &BEFORE, &["accept", "--all"]).code, 1);
    assert_eq!(run(root.path(), &BEFORE, &["accept", "--all", "--reason", "written by the new shop"]).code, 0);
    assert_eq!(waiting(root.path(), &BEFORE), [""; 0]);
    assert!(
        text(root.path(), "fixtures/manifest.jsonl")
            .contains("; an order without articles; written by the new shop\"}")
    );
    // A case that disappears.
    fs::remove_file(root.path().join(VALID).join("two@pretty.json")).unwrap();
    let gone = waiting(root.path(), &BEFORE);
    assert_eq!(gone, ["golden: gone from orders: 1 place in 1 case"]);
    assert_eq!(run(root.path(), &BEFORE, &["accept", "--all"]).code, 1);
    assert_eq!(run(root.path(), &BEFORE, &["accept", "--all", "--reason", "no such client any more"]).code, 0);
    assert_eq!(names(&root.path().join(VALID)), ["one.expected.json", "one.json"]);
    assert_eq!(text(root.path(), "fixtures/manifest.jsonl").lines().count(), 1);
    let reasons = text(root.path(), "fixtures/reasons.jsonl");
    let kept = "{\"accepted\": \"golden: gone from orders\", \"cases\": [\"orders/valid/two@pretty\"], \"because\": [\"a case \
                disappears\"], \"reason\": \"no such client any more\"}\n";
    assert_eq!(reasons, kept, "the reason of a case that is gone; the others are in rows");
    assert_eq!(run(root.path(), &BEFORE, &["check"]).code, 0);
}

#[test]
fn a_filter_a_job_and_a_terminal() {
    let root = root();
    let before = all(root.path());
    let error = |arguments: &[&str], in_ci: bool| match run_in(root.path(), &RENAMED, arguments, in_ci) {
        Ok(done) => panic!("{arguments:?} ran: {}", done.stdout),
        Err(error) => error.to_string(),
    };
    assert!(error(&["accept", "--all"], true).starts_with("CI is set, and people accept expectations"));
    assert!(
        error(&["accept", "no such thing"], false).contains("nothing that waits has \"no such thing\" in its name")
    );
    assert!(error(&["review"], false).starts_with("review asks on a terminal, and there is none"));
    assert_eq!(all(root.path()), before);
    let filtered = run_in(root.path(), &RENAMED, &["accept", "sku -> article", "--in-ci"], true).unwrap();
    assert_eq!(filtered.code, 0, "{}", filtered.stdout);
    assert_ne!(all(root.path()), before);
    assert_eq!(run(root.path(), &RENAMED, &["accept", "--all"]).code, 0);
    assert_eq!(run(root.path(), &RENAMED, &["accept", "--all"]).stdout, "nothing waits\n");
}

/// The real binary in a real pseudo-terminal: it asks, shows more, takes a reason, and leaves what is rejected.
#[cfg(unix)]
#[test]
fn review_asks_in_a_terminal() {
    use rexpect::session::spawn_command;

    use crate::binary::{EXPECTED, GOLDEN, command, copy};

    let mapping = &dtogate::tis::mapping::doctors_summary::MAPPING;
    let count = crate::versions::leg(mapping, "countTotal");
    let start = || {
        let root = folder();
        copy(root.path(), GOLDEN, GOLDEN);
        let table = "fixtures/doctors-summary/table.json";
        copy(root.path(), table, table);
        let expected = fs::read_to_string(crate::binary::repository(EXPECTED)).unwrap();
        write(root.path(), EXPECTED, expected.replacen(&format!("\"{count}\":"), &format!("\"{count}\":9"), 1));
        let command = command(root.path(), &["review"]);
        let mut fresh = std::process::Command::new(command.get_program());
        fresh.arg("review").current_dir(root.path()).env("NO_COLOR", "1").env("TERM", "xterm");
        let session = spawn_command(fresh, Some(60_000)).unwrap();
        (root, session)
    };
    let press = |session: &mut rexpect::session::PtySession, key: &str| {
        session.send(key).unwrap();
        session.flush().unwrap();
    };
    let (rejected, mut session) = start();
    session.exp_string(&format!("expectation: /{count} from 9")).unwrap();
    session.exp_string("[q] quit: ").unwrap();
    press(&mut session, "x");
    session.exp_string("[q] quit: ").unwrap();
    press(&mut session, "m");
    session.exp_string(&format!("/{count}")).unwrap();
    session.exp_string("[q] quit: ").unwrap();
    press(&mut session, "n");
    session.exp_string("1 question waits").unwrap();
    session.exp_eof().unwrap();
    assert!(text(rejected.path(), EXPECTED).contains(&format!("\"{count}\":9")));
    let (accepted, mut session) = start();
    session.exp_string("[q] quit: ").unwrap();
    press(&mut session, "y");
    session.exp_string("accepted: 1 file").unwrap();
    session.exp_string("nothing waits").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(text(accepted.path(), EXPECTED), fs::read_to_string(crate::binary::repository(EXPECTED)).unwrap());
}

/// The list of tests that print our own outputs is the list of those that compare one.
#[test]
fn every_test_of_an_output_is_listed() {
    let mut tests = std::collections::BTreeSet::new();
    let asks = ["snapshots::assert(", "snapshots::assert_all(", "DTOGATE_README\")"];
    for file in crate::files::files_below("tests/integration").iter().filter(|file| file.ends_with(".rs")) {
        let source = text(Path::new(env!("CARGO_MANIFEST_DIR")), &format!("tests/integration/{file}"));
        let mut test = "";
        for line in source.lines() {
            if let Some(name) = line.strip_prefix("fn ").and_then(|rest| rest.split('(').next()) {
                test = name;
            }
            if asks.iter().any(|ask| line.contains(ask)) {
                tests.insert(format!("{}::{test}", file.trim_end_matches(".rs")));
            }
        }
    }
    // `page` prints for the README; the words above are in this file.
    tests.insert("readme::readme_shows_real_output".to_owned());
    tests.retain(|test| !test.starts_with("page::") && !test.starts_with("updates::"));
    let listed = dtogate::update::checkout::OUTPUT_TESTS.iter().map(|test| (*test).to_owned());
    assert_eq!(listed.collect::<std::collections::BTreeSet<_>>(), tests);
}

/// What `review` asks about a table `check` says too, in the same lines: also where only the words of a declaration differ.
#[test]
fn check_and_review_say_the_same_of_a_line_that_declares_something_else() {
    let root = root();
    let path = "fixtures/orders/table.json";
    let line = text(root.path(), path).lines().find(|line| line.contains("\"declared\": null")).unwrap().to_owned();
    let today = line.trim().trim_end_matches(',').to_owned();
    let reviewed = today.replace("null}", r#"{"what": "constant", "reason": "once"}}"#);
    write(root.path(), path, text(root.path(), path).replacen(&today, &reviewed, 1));
    let list = run(root.path(), &BEFORE, &["review", "--list"]).stdout;
    let checked = run(root.path(), &BEFORE, &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&checked.stdout).unwrap();
    let found: Vec<_> = report["findings"].as_array().unwrap().iter().collect();
    assert_eq!((checked.code, found.len(), &found[0]["severity"]), (0, 1, &"note".into()), "{report:#}");
    for (key, sign, line) in [("before", '-', &reviewed), ("after", '+', &today)] {
        assert_eq!(found[0][key], line.as_str());
        assert!(list.contains(&format!("    {sign} {line}\n")), "{list}");
    }
    let message = found[0]["message"].as_str().unwrap();
    assert!(message.starts_with("1 line of the table, not of where values come from, "), "{message}");
}

#[test]
fn of_a_new_table_the_rows_are_shown() {
    let root = root();
    fs::remove_file(root.path().join("fixtures/orders/table.json")).unwrap();
    let list = run(root.path(), &BEFORE, &["review", "--list"]).stdout;
    assert!(list.contains("table.json\n    + {\"target\": \"/number\", "), "{list}");
    assert!(!list.contains("\"version\""), "{list}");
}
