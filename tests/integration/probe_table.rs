//! `probe --table`: which value of a program's answer depends on which of the payload, against the mapping's own table.

use dtogate::tis::mapping::connection_log_sync;

use crate::binary::{Run, repository, run};
use crate::probe_programs::has;
use crate::trees::Tree;
use crate::versions;

/// The table of a script that names keys as the captures do; what is printed names them so too.
fn table(script: &str) -> Run {
    let tree = Tree::new();
    let script = versions::page(script);
    let run = run(tree.root(), &["probe", "doctors-summary", "--table", "--", "sed", "-zE", &script]);
    Run { stdout: versions::as_captured(versions::PAGE, &run.stdout), ..run }
}

/// The expression of 2023-12-29, which takes both layouts: every value arrives where it should.
const RENAME: &str = r#"s/"traineeInfo"\s?:/"recommendationInfo" :/g"#;

#[test]
fn a_mapper_that_passes_everything_on_has_the_table_of_the_mapping() {
    let Run { code, stdout, stderr } = table(RENAME);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert!(stdout.ends_with("\nPASS: the table of doctors-summary\n"), "{stdout}");
    assert!(stdout.contains("\n  /recommendationInfo/*/admin <- /traineeInfo/*/admin\n"), "{stdout}");
}

#[test]
fn a_forgotten_and_a_swapped_value_are_lines_that_differ() {
    let forgets = format!(r#"{RENAME};s/"sanction" : "[^"]*"/"sanction" : null/g"#);
    let Run { code, stdout, .. } = table(&forgets);
    assert_eq!(code, 1, "{stdout}");
    for line in [
        "- /recommendationInfo/*/sanction <- /traineeInfo/*/sanction",
        "+ /recommendationInfo/*/sanction; nothing feeds it",
        "+ lost /traineeInfo/*/sanction",
        "FAIL: 3 lines differ from the table of doctors-summary",
    ] {
        assert!(stdout.lines().any(|found| found == line), "{line}\n{stdout}");
    }
    let swaps = format!(r#"{RENAME};s/"countTotal"/"x"/;s/"totalPages"/"countTotal"/;s/"x"/"totalPages"/"#);
    let Run { code, stdout, .. } = table(&swaps);
    assert_eq!(code, 1, "{stdout}");
    assert!(
        stdout.contains("\n+ /countTotal <- /totalPages\n") && stdout.contains("\n+ /totalPages <- /countTotal\n"),
        "{stdout}"
    );
}

#[test]
fn a_merged_and_an_invented_value_are_lines_that_differ() {
    // One count is another's digits and its own; the total is always the same.
    let digits = r#"("totalPages"\s?:\s?)(-?[0-9]+)(,\s*"totalResults"\s?:\s?)-?([0-9]+)"#;
    let merges = format!(r"{RENAME};s/{digits}/\1\2\3\2\4/");
    let Run { code, stdout, .. } = table(&merges);
    assert_eq!(code, 1, "{stdout}");
    assert!(stdout.contains("\n+ /totalResults <- /totalPages, /totalResults\n"), "{stdout}");
    let invents = format!(r#"{RENAME};s/("countTotal"\s?:\s?)-?[0-9]+/\142/"#);
    let Run { code, stdout, .. } = table(&invents);
    assert_eq!(code, 1, "{stdout}");
    for line in ["- /countTotal <- /countTotal", "+ /countTotal; nothing feeds it", "+ lost /countTotal"] {
        assert!(stdout.lines().any(|found| found == line), "{line}\n{stdout}");
    }
}

/// A key that the mapping's answer does not have, wherever it comes from.
#[test]
fn an_invented_key_is_a_line_and_no_answer_is_no_table() {
    let invents = format!(r#"{RENAME};s/"admin"\s?:/"invented":{{"a":1}},"admin":/g"#);
    let Run { code, stdout, .. } = table(&invents);
    assert_eq!(code, 1, "{stdout}");
    assert!(stdout.contains("\n+ invented /recommendationInfo/*/invented\n\nFAIL: 1 line differs"), "{stdout}");
    let tree = Tree::new();
    let fails = ["probe", "doctors-summary", "--table", "--", "sh", "-c", "echo no class >&2; exit 3"];
    let Run { code, stdout, .. } = run(tree.root(), &fails);
    assert_eq!(code, 1);
    let expected = "None of the payloads that were tried got an answer. The first one\n  exit status: 3\n  no class\n\n\
                    FAIL: nothing is known of the table of doctors-summary\n";
    assert_eq!(stdout, expected);
}

#[test]
fn what_cannot_be_observed_is_an_error() {
    let tree = Tree::new();
    let missing = run(tree.root(), &["probe", "doctors-summary", "--table", "--", "./no-such-program"]);
    missing.refused("cannot start ./no-such-program");
}

/// The mapping itself, with a script over its answer.
fn of_logs(script: &str) -> Run {
    let tree = Tree::new();
    let command = format!(
        "payload=$(mktemp); trap 'rm -f \"$payload\"' EXIT; cat >\"$payload\"; '{}' map connection-log-sync \"$payload\" | \
         sed -E '{script}'",
        env!("CARGO_BIN_EXE_dtogate")
    );
    let ran = run(tree.root(), &["probe", "connection-log-sync", "--table", "--", "sh", "-c", &command]);
    versions::run_as_captured(&connection_log_sync::MAPPING, ran)
}

/// A lost `@JsonFormat` is this project's own class of incident.
#[test]
fn the_form_of_a_date_is_the_observed_one() {
    let line = |form: &str| {
        let sent = "LocalDateTime pattern uuuu-MM-dd'T'HH:mm:ss.SSS";
        format!("/updates/*/lastConnectionDateTime <- /payload/*/eventDateTime ({sent} -> {form})")
    };
    let good = of_logs("");
    assert_eq!(good.code, 0, "{}", good.stdout);
    let right = line("yyyy-MM-dd'T'HH:mm:ss.SSS");
    assert!(good.stdout.contains(&format!("\n  {right}\n")), "{}", good.stdout);
    for (script, form) in [
        (r"s/(T..:..:..)\.[0-9]{3}/\1/g", "yyyy-MM-dd'T'HH:mm:ss"),
        (r"s/(T..:..:..\.[0-9]{3})/\1000/g", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS"),
    ] {
        let Run { code, stdout, .. } = of_logs(script);
        assert_eq!(code, 1, "{stdout}");
        assert!(stdout.contains(&format!("\n- {right}\n")), "{stdout}");
        assert!(stdout.contains(&format!("\n+ {}\n", line(form))), "{stdout}");
    }
    // In the right form, and without its seconds or its fraction.
    for (script, what) in [(r"s/(T..:..):[0-9]{2}\./\1:00./g", "seconds"), (r"s/\.[0-9]{3}/.000/g", "precision")] {
        let Run { code, stdout, .. } = of_logs(script);
        assert_eq!(code, 1, "{stdout}");
        assert!(stdout.contains(&format!("\n+ loses the {what} of /payload/*/eventDateTime\n")), "{stdout}");
        assert!(stdout.contains("\nFAIL: 1 line differs from"), "{stdout}");
    }
}

/// The mapper of the year in a program that ends no line.
const BARE: &str = r#"let open = "";
process.stdin.setEncoding("latin1").on("data", (chunk) => {
  const texts = (open + chunk).split("\x1e");
  open = texts.pop();
  for (const text of texts.filter((text) => text.trim()))
    process.stdout.write("\x1e" + text.trim().replace(/"traineeInfo"\s?:/g, '"recommendationInfo" :'), "latin1");
});"#;

/// One process is asked one payload after the other, and ends badly, or answers too late, as one of its own would.
#[test]
fn a_batch_has_the_same_table() {
    let tree = Tree::new();
    let mapper = repository("tests/mappers/rename.mjs");
    let of = |options: &[&str], command: &[&str]| {
        let command: Vec<String> = command.iter().copied().map(versions::page).collect();
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let run =
            run(tree.root(), &[&["probe", "doctors-summary", "--table"][..], options, &["--"], &command].concat());
        Run { stdout: versions::as_captured(versions::PAGE, &run.stdout), ..run }
    };
    let alone = table(RENAME);
    if has("node") {
        let batch = of(&["--batch"], &["node", mapper.to_str().unwrap()]);
        assert_eq!((batch.code, &batch.stdout, &batch.stderr), (alone.code, &alone.stdout, &alone.stderr));
    }
    // Each text of a sequence is a line of its own here: the payloads of the table are compact.
    let forgets = r#"s/"traineeInfo":/"recommendationInfo" :/;s/"sanction":"[^"]*"/"sanction":null/g"#;
    let batch = of(&["--batch"], &["sed", "-uE", forgets]);
    assert!(batch.stdout.contains("\n+ lost /traineeInfo/*/sanction\n"), "{}", batch.stdout);
    let late = of(&["--batch", "--timeout", "0.2"], &["sh", "-c", "cat > /dev/null; sleep 9"]);
    assert_eq!(late.code, 1, "{}", late.stdout);
    assert!(late.stdout.contains("before the next payload is read"), "{}", late.stdout);
    // Two answers to one payload: the second would be taken for the next one's.
    let twice = of(&["--batch"], &["sed", "-u", "p"]);
    assert!(twice.stdout.contains("\n  payloads sent: 1, answers in the batch: 2;"), "{}", twice.stdout);
    // An object is whole without the end of its line.
    let bare = of(&["--batch"], &["node", "-e", BARE]);
    assert!(!has("node") || bare.stdout == alone.stdout, "{}", bare.stdout);
    // It never ends, and never is whole.
    let drips = of(&["--batch", "--timeout", "1"], &["sh", "-c", "printf '\\036['; while :; do printf '{},'; done"]);
    assert!(drips.stdout.contains("no answer within 1 s"), "{}", drips.stdout);
    // What it answers is right, and it ends too early.
    let ends = of(&["--batch"], &["sed", "-uE", r#"s/"traineeInfo":/"recommendationInfo":/;20q"#]);
    assert!(ends.stdout.contains("that the mapping answers, the first time\n  no output\n"), "{}", ends.stdout);
    assert!(ends.code == 1 && ends.stdout.contains("was not observed to its end"), "{}", ends.stdout);
    let fails = of(&["--batch"], &["sh", "-c", "echo no class >&2; exit 3"]);
    assert!(fails.stdout.contains("The first one\n  exit status: 3\n  no class\n"), "{}", fails.stdout);
}
