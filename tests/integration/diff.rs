//! `dtogate diff`: the rules on their examples, and the verb on small repositories.

use std::path::Path;
use std::sync::Arc;

use dtogate::finding::Finding;
use dtogate::java::config::MapperConfig;
use dtogate::java::numbers::Int;
use dtogate::java::types::Text;
use dtogate::mapping::{Catalogue, DtoSpec, MapError, Mapping, TypedMapping, Values, Wire};
use dtogate::model::Dto;
use dtogate::rule::Example;
use dtogate::rule::ExampleFile;
use dtogate::source::diff::Comparison;
use dtogate::source::diff::Partner;
use dtogate::source::drift::Drift;
use dtogate::source::gate::{drifted, findings};
use dtogate::source::java::index::{Parsed, Sources};
use dtogate::source::report::Found;
use dtogate::source::rule::{Check, RULES};
use dtogate::source::tree::{File, Tree};
use dtogate::tis::CATALOGUE;
use pretty_assertions::assert_eq;
use tempfile::TempDir;

use crate::binary::{Run, command, folder, repository, run, write};
use crate::files::{bytes, files_below};
use crate::sources::git;

/// A tree of the files of an example that stand under a folder.
fn tree(files: &[ExampleFile], side: &str) -> Tree {
    let mut tree = Tree { name: side.to_owned(), files: Vec::new(), beside: Vec::new(), skipped: Vec::new() };
    for file in files {
        if let Some(path) = file.path.strip_prefix(side) {
            let is_beside = path.ends_with(".kt") || path.ends_with("lombok.config");
            let files = if is_beside { &mut tree.beside } else { &mut tree.files };
            files.push(File { path: Arc::from(path), text: Arc::from(file.text) });
        }
    }
    tree.files.sort_by(|one, other| one.path.cmp(&other.path));
    tree
}

/// The definition that the example of `definition-drift` is about.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "shop.ParcelDto", source = "shop, ParcelDto.java at 1f2e3d4")]
struct ParcelDto {
    /// Its number.
    id: Text,
    /// How large it is.
    size: Int,
}

/// The mapping that the example of `configuration-drift` is about: it passes the parcel on.
struct Passes;

impl TypedMapping for Passes {
    type Reader = ParcelDto;
    type Target = ParcelDto;
    const READER: &'static MapperConfig = &MapperConfig::ISO;
    const WRITER: &'static MapperConfig = &MapperConfig::ISO;

    fn map(parcel: ParcelDto, _: &Values<'_>) -> Result<ParcelDto, MapError> {
        Ok(parcel)
    }
}

const PARCEL: Mapping = Mapping { id: "parcel", ..Mapping::typed::<Passes>(Wire::of::<ParcelDto>(&MapperConfig::ISO)) };

const SHOP: Catalogue =
    Catalogue { dtos: &[DtoSpec::of::<ParcelDto>()], configs: &[], mappings: &[PARCEL], goldens: &[] };

/// What drifts in the files of an example.
fn drift(files: &[ExampleFile]) -> Vec<Finding> {
    let sources = Sources::new(tree(files, "after/"), &mut Parsed::default());
    let repositories = [Partner { name: "shop".to_owned(), found: Found::new(&sources) }];
    drifted(&Drift::new(&repositories, &SHOP))
}

fn found(files: &[ExampleFile]) -> Vec<Finding> {
    let mut parsed = Parsed::default();
    let before = Sources::new(tree(files, "before/"), &mut parsed);
    let after = Sources::new(tree(files, "after/"), &mut parsed);
    let (before, after) = (Found::new(&before), Found::new(&after));
    let other = Sources::new(tree(files, "partner/"), &mut parsed);
    let partner = Partner { name: "shop".to_owned(), found: Found::new(&other) };
    findings(&Comparison::new(&before, &after, &[partner], &CATALOGUE))
}

#[test]
fn failing_examples_fire_their_rule_and_fixed_ones_nothing() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let example = Example::parse(rule.example);
        assert!(!example.comment.is_empty() && !example.failing.is_empty(), "{}: no example", rule.id);
        let found = if matches!(rule.check, Check::Drift(_)) { drift } else { found };
        let failing = found(&example.failing);
        let mut rules: Vec<&str> = failing.iter().map(|finding| finding.rule).collect();
        rules.dedup();
        if rules != [rule.id] {
            wrong.push(format!(
                "{} fires {rules:?}: {:?}",
                rule.id,
                failing.iter().map(|it| &it.message).collect::<Vec<_>>()
            ));
        }
        let fixed: Vec<(&str, String)> = found(&example.fixed).into_iter().map(|it| (it.rule, it.message)).collect();
        if !fixed.is_empty() {
            wrong.push(format!("{}, fixed: {fixed:?}", rule.id));
        }
        for finding in failing {
            let said = [&finding.message, &finding.breaks, &finding.fix];
            assert!(said.iter().all(|text| !text.is_empty() && !text.ends_with('.')), "{}: {finding:?}", rule.id);
            assert!(finding.subject.is_some() && finding.location.line_and_column().0 > 0, "{}", rule.id);
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// Further pairs of trees, in files called by the rule that fires on them: `RULE.WHAT.txt`, `RULE.WHAT.warning.txt`. A tree
/// `partner/` is another service.
#[test]
fn further_pairs_of_trees_fire_the_rule_that_names_them_and_nothing_else() {
    let names = files_below("tests/diff");
    assert!(!names.is_empty());
    for name in names {
        let text = String::from_utf8(bytes(format!("tests/diff/{name}"))).unwrap();
        let example = Example::parse(Box::leak(text.into_boxed_str()));
        let fired = |files: &[ExampleFile]| -> Vec<(&str, String, String)> {
            found(files).into_iter().map(|it| (it.rule, it.severity.to_string(), it.message)).collect()
        };
        let (failing, fixed) = (fired(&example.failing), fired(&example.fixed));
        let parts: Vec<&str> = name.split('.').collect();
        let as_named = |rule: &str, severity: &str| rule == parts[0] && (parts.len() == 3 || severity == parts[2]);
        let loud = failing.iter().filter(|(_, severity, _)| severity != "note" || parts[2] == "note");
        let all = loud.clone().all(|(rule, severity, _)| as_named(rule, severity));
        assert!(loud.count() > 0 && all, "{name}: {failing:?}");
        // A note never fails a run.
        let loud: Vec<_> = fixed.iter().filter(|(_, severity, _)| severity != "note").collect();
        assert!(loud.is_empty(), "{name}: {loud:?}");
    }
}

#[test]
fn every_rule_of_diff_is_listed_and_explained() {
    let mut files: Vec<String> = std::fs::read_dir(repository("src/source/rule"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name != "mod")
        .collect();
    files.sort();
    let listed: Vec<String> = RULES.iter().map(|rule| rule.id.replace('-', "_")).collect();
    assert_eq!(files, listed);
    for rule in RULES {
        assert!(rule.summary.starts_with(char::is_lowercase) && !rule.summary.ends_with('.'), "{}", rule.id);
        assert!(rule.what.starts_with("Fires ") && rule.what.ends_with('.') && rule.why.ends_with('.'), "{}", rule.id);
        let page = run(&repository(""), &["explain", rule.id]);
        assert!(page.code == 0 && page.stdout.starts_with(rule.id), "{page:?}");
    }
}

const API: &str = "import org.springframework.web.bind.annotation.*;\n\n@RestController\nclass Api {\n  @GetMapping\n  \
                   ParcelDto parcel() {\n    return null;\n  }\n}\n";
const MAIN: &str = "src/main/java";

/// A repository with a branch `main` and one commit more.
pub(crate) fn history(before: &str, after: &str) -> TempDir {
    let root = folder();
    write(root.path(), &format!("{MAIN}/Api.java"), API);
    write(root.path(), &format!("{MAIN}/ParcelDto.java"), before);
    git(root.path(), &["init", "-q"]);
    commit(root.path(), "one");
    git(root.path(), &["checkout", "-q", "-b", "change"]);
    write(root.path(), &format!("{MAIN}/ParcelDto.java"), after);
    commit(root.path(), "two");
    root
}

pub(crate) fn commit(root: &Path, message: &str) {
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "--allow-empty", "-m", message]);
}

/// Runs `diff` without what a CI server says.
pub(crate) fn diff(root: &Path, arguments: &[&str]) -> Run {
    let mut command = command(root, &[&["diff"], arguments].concat());
    let output = command.env_remove("GITHUB_BASE_REF").output().expect("the binary starts");
    let text = |bytes| String::from_utf8(bytes).expect("the binary writes UTF-8");
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert!(!stderr.contains("panicked"), "{stderr}");
    Run { code: output.status.code().expect("no signal"), stdout, stderr }
}

const TWO: &str = "record ParcelDto(String id, int size) {}\n";
const ONE: &str = "record ParcelDto(String id) {}\n";

#[test]
fn a_removed_key_is_shown_with_both_places() {
    let root = history(TWO, ONE);
    let shown = diff(root.path(), &[]);
    assert_eq!((shown.code, shown.stderr.as_str()), (1, ""), "{shown:?}");
    for part in [
        "error[key-removed]: ParcelDto no longer writes the key \"size\"\n",
        "--> src/main/java/ParcelDto.java:1:33 (before)\n",
        "1 | record ParcelDto(String id, int size) {}\n",
        "--> src/main/java/ParcelDto.java:1:8\n",
        "before: {\"size\":1,…}\n",
        "class: src/main/java/ParcelDto.java#ParcelDto, key size\n",
        "only with evidence, in dtogate-accepted.toml:\n",
        "FAIL: 1 class on a wire, HEAD at ",
    ] {
        assert!(shown.stdout.contains(part), "{part:?} in\n{}", shown.stdout);
    }
    assert!(shown.verdict().ends_with("1 error, 0 warnings, 0 notes, 0 accepted"), "{}", shown.verdict());
}

#[test]
fn what_is_gone_is_shown_where_it_was_and_nowhere_else() {
    let root = history(ONE, ONE);
    let config = format!("{MAIN}/RabbitConfig.java");
    let listener = "import org.springframework.amqp.rabbit.annotation.RabbitListener;\n\nclass Listener {\n  \
                    @RabbitListener\n  void take(ParcelDto parcel) {}\n}\n";
    write(root.path(), &format!("{MAIN}/Listener.java"), listener);
    let bean = "@Configuration\nclass RabbitConfig {\n  @Bean\n  MessageConverter converter() {\n    \
                return new Jackson2JsonMessageConverter();\n  }\n}\n";
    write(root.path(), &config, bean);
    commit(root.path(), "a converter");
    std::fs::remove_file(root.path().join(&config)).unwrap();
    commit(root.path(), "none");
    let shown = diff(root.path(), &["HEAD^"]).stdout;
    assert_eq!(shown.matches("RabbitConfig.java:5:12").count(), 1, "{shown}");
    assert!(shown.contains("RabbitConfig.java:5:12 (before)\n"), "{shown}");
}

#[test]
fn every_format_says_the_same_and_json_has_a_schema() {
    let root = history(TWO, ONE);
    let schema = run(root.path(), &["schema", "diff-report"]);
    let validator = jsonschema::validator_for(&schema.json()).unwrap();
    for (root, code) in [(&root, 1), (&history(ONE, "// A parcel.\nrecord ParcelDto(String id) {\n}\n"), 0)] {
        for format in ["human", "json", "markdown", "github", "junit", "sarif", "gitlab", "html"] {
            let shown = diff(root.path(), &["--format", format]);
            assert_eq!((shown.code, shown.stdout.contains("key-removed")), (code, code == 1), "{format}: {shown:?}");
        }
        let json = diff(root.path(), &["--format", "json"]).json();
        assert!(validator.is_valid(&json), "{:?}", validator.iter_errors(&json).next());
    }
    let annotation = diff(root.path(), &["--format", "github"]).stdout;
    let begins = "::error file=src/main/java/ParcelDto.java,line=1,col=8,title=key-removed::";
    assert!(annotation.starts_with(begins), "{annotation}");
    let nothing = diff(history(ONE, "record ParcelDto( String id ) {}\n").path(), &[]);
    assert!(nothing.verdict().starts_with("PASS: nothing on the wire differs; 1 class on a wire"), "{nothing:?}");
    // The report goes to a file, and people still see it.
    let written = diff(root.path(), &["--format", "json", "--output", "report.json"]);
    assert!(written.code == 1 && written.stdout.contains("error[key-removed]"), "{written:?}");
    let text = std::fs::read_to_string(root.path().join("report.json")).unwrap();
    assert!(validator.is_valid(&serde_json::from_str(&text).unwrap()));
}

#[test]
fn the_base_is_found_and_what_cannot_be_compared_is_said() {
    let root = history(TWO, ONE);
    for base in ["main", "HEAD~1"] {
        assert_eq!(diff(root.path(), &[base]).code, 1, "{base}");
    }
    diff(root.path(), &["HEAD"]).refused("nothing to compare: HEAD and HEAD have the same commit");
    diff(root.path(), &["nope"]).refused("no revision \"nope\" in this repository");
    let mut command = command(root.path(), &["diff"]);
    let named = command.env("GITHUB_BASE_REF", "nope").output().unwrap();
    assert!(String::from_utf8_lossy(&named.stderr).contains("no revision \"nope\""), "{named:?}");
    diff(folder().path(), &[]).refused("expected a git repository");
    git(root.path(), &["branch", "-q", "-m", "main", "trunk"]);
    diff(root.path(), &[]).refused("no base to compare with");
    // In a clone, the branch is only known as that of origin.
    let clone = folder();
    let url = format!("file://{}", root.path().display());
    git(clone.path(), &["clone", "-q", &url, "clone"]);
    assert_eq!(diff(&clone.path().join("clone"), &["trunk"]).code, 1);
    git(clone.path(), &["clone", "-q", "--depth", "1", "--no-single-branch", &url, "shallow"]);
    diff(&clone.path().join("shallow"), &["trunk"]).refused("fetch-depth: 0");
    let empty = folder();
    write(empty.path(), "readme.md", "");
    git(empty.path(), &["init", "-q"]);
    commit(empty.path(), "one");
    write(empty.path(), "more.md", "");
    commit(empty.path(), "two");
    diff(empty.path(), &["HEAD~1"]).refused("no Java source in");
}

#[test]
fn files_on_disk_count_only_where_that_is_asked_for() {
    let root = history(TWO, "// The same.\nrecord ParcelDto(String id, int size) {}\n");
    write(root.path(), &format!("{MAIN}/ParcelDto.java"), ONE);
    let of_head = diff(root.path(), &[]);
    assert_eq!(of_head.code, 0, "{of_head:?}");
    assert!(
        of_head
            .stdout
            .contains("1 file on disk differs from HEAD, which does not count; --worktree takes what is on disk"),
        "{of_head:?}"
    );
    let of_disk = diff(root.path(), &["--worktree"]);
    assert!(of_disk.code == 1 && of_disk.verdict().contains("work tree against main at "), "{of_disk:?}");
    assert_eq!(diff(root.path(), &["--worktree", "HEAD"]).code, 1);
    // What is looked at is left as it was.
    assert_eq!(std::fs::read_to_string(root.path().join(MAIN).join("ParcelDto.java")).unwrap(), ONE);
}

/// Half a service passes where the whole does not.
#[test]
fn from_a_folder_of_the_repository_all_of_it_is_compared() {
    let root = history(TWO, ONE);
    write(root.path(), "docs/page.md", "");
    for folder in ["src", MAIN, "docs"] {
        for arguments in [&[][..], &["--worktree"]] {
            let shown = diff(&root.path().join(folder), arguments);
            assert!(
                shown.code == 1 && shown.stdout.contains("src/main/java/ParcelDto.java:1:8"),
                "{folder}: {shown:?}"
            );
        }
    }
}

/// Java allows 255 dimensions; a text may have as many as it likes.
#[test]
fn arrays_of_very_many_dimensions_end_no_run() {
    let deep = format!("class ParcelDto {{ public String{} id; }}\n", "[]".repeat(100_000));
    let root = history(TWO, &deep);
    let shown = diff(root.path(), &[]);
    assert!(shown.code == 1 && shown.stdout.contains("the key \"id\" of ParcelDto was String"), "{shown:?}");
    assert_eq!(run(root.path(), &["import", &format!("{MAIN}/ParcelDto.java")]).code, 0);
}

/// A payload that looks the same before and after says nothing of a mapper.
#[test]
fn samples_show_what_a_mapper_does_otherwise() {
    let dto = "record ParcelDto(int size, String firstName, java.time.LocalDate sentOn) {}\n";
    for (setting, before, after) in [
        ("property-naming-strategy: SNAKE_CASE", "\"firstName\":", "\"first_name\":"),
        ("default-property-inclusion: non_null", "{\"firstName\":null,…}", "{…}"),
        ("serialization.write-dates-as-timestamps: true", "\"2024-05-10\"", "[2024,5,10]"),
    ] {
        let root = history(dto, dto);
        write(root.path(), "src/main/resources/application.yml", format!("spring.jackson.{setting}\n"));
        commit(root.path(), "three");
        let found = &diff(root.path(), &["--format", "json"]).json()["findings"][0];
        let has = |side: &str, text| found[side].as_str().is_some_and(|shown| shown.contains(text));
        assert_eq!(
            (&found["rule"], has("before", before), has("after", after)),
            (&"mapper-changed".into(), true, true)
        );
        assert!(found["before"] != found["after"], "{setting}: {found}");
    }
}

#[test]
fn no_report_goes_over_what_is_read() {
    let root = history(TWO, ONE);
    write(root.path(), "dtogate-accepted.toml", "");
    for output in ["src/main/java/Api.java", "dtogate-accepted.toml", ".git/config"] {
        let before = std::fs::read(root.path().join(output)).unwrap();
        diff(root.path(), &["--format", "json", "--output", output]).refused("would write over what is read");
        run(root.path(), &["sources", "--output", output]).refused("would write over what is read");
        assert_eq!(std::fs::read(root.path().join(output)).unwrap(), before, "{output}");
    }
}

/// A clone without blobs must not pass for a tree that never had them.
#[test]
fn what_the_repository_has_not_got_is_no_pass() {
    let root = history(TWO, ONE);
    git(root.path(), &["config", "uploadpack.allowFilter", "true"]);
    let clone = folder();
    let url = format!("file://{}", root.path().display());
    git(clone.path(), &["clone", "-q", "--filter=blob:none", "--branch", "change", &url, "clone"]);
    diff(&clone.path().join("clone"), &["HEAD~1"]).refused("is it a partial clone?");
}

/// An endpoint that a controller inherits is one.
#[test]
fn inherited_endpoints_are_read() {
    let root = history(TWO, ONE);
    let base = "import org.springframework.web.bind.annotation.*;\n\nabstract class Base<T> {\n  @GetMapping(\"/x\")\n  \
                public T get() {\n    return null;\n  }\n}\n";
    write(root.path(), &format!("{MAIN}/Base.java"), base);
    let api =
        "import org.springframework.web.bind.annotation.*;\n\n@RestController\nclass Api extends Base<ParcelDto> {}\n";
    write(root.path(), &format!("{MAIN}/Api.java"), api);
    let shown = run(root.path(), &["sources"]);
    assert!(shown.stdout.contains("  ParcelDto  written\n") && shown.stdout.contains("answer of get"), "{shown:?}");
}

#[test]
fn accepted_findings_pass_and_the_file_is_that_of_the_head() {
    let root = history(TWO, ONE);
    let entry = "[[accepted]]\nrule = \"key-removed\"\nclass = \"ParcelDto\"\nkey = \"size\"\nreason = \"nobody read it\"\nuntil = 2027-06-30\n";
    write(root.path(), "dtogate-accepted.toml", entry);
    assert_eq!(diff(root.path(), &[]).code, 1, "not committed yet");
    commit(root.path(), "accept");
    let accepted = diff(root.path(), &["--today", "2027-06-30"]);
    assert_eq!(accepted.code, 0, "{accepted:?}");
    assert!(
        accepted.stdout.contains("accepted[key-removed]") && accepted.verdict().ends_with("1 accepted"),
        "{accepted:?}"
    );
    let past = diff(root.path(), &["--today", "2027-07-01"]);
    assert!(past.code == 1 && past.stdout.contains("dtogate-accepted.toml:1: the last day"), "{past:?}");
    write(root.path(), "dtogate-accepted.toml", entry.replace("key-removed", "key-remved"));
    commit(root.path(), "typing error");
    diff(root.path(), &[]).refused("dtogate-accepted.toml:2:8: no rule is named");
}

#[test]
fn partners_say_who_reads_and_whether_all_change_together() {
    let reader = |record: &str| {
        let root = folder();
        let client = "import org.springframework.web.client.RestTemplate;\n\nclass Client {\n  ParcelDto get(RestTemplate rest) {\n    \
                      return rest.getForObject(\"http://parcels\", ParcelDto.class);\n  }\n}\n";
        write(root.path(), &format!("{MAIN}/Client.java"), client);
        write(root.path(), &format!("{MAIN}/ParcelDto.java"), record);
        git(root.path(), &["init", "-q"]);
        commit(root.path(), "one");
        root
    };
    let (root, old, new) = (history(TWO, ONE), reader(TWO), reader(ONE));
    let with = |partner: &TempDir| diff(root.path(), &["--repo", &format!("billing={}", partner.path().display())]);
    let still = with(&old);
    assert!(
        still.code == 1 && still.stdout.contains("read by billing at src/main/java/ParcelDto.java:1:8"),
        "{still:?}"
    );
    let without = with(&reader("record ParcelDto(String other) {}\n"));
    assert!(without.code == 0 && !without.stdout.contains("read by billing"), "{without:?}");
    let together = with(&new);
    assert!(together.code == 0 && together.verdict().contains("0 errors, 0 warnings, 1 note"), "{together:?}");
    // A reader that has not got a new key drops it.
    let root = history(ONE, TWO);
    let with = |partner: &TempDir| diff(root.path(), &["--repo", &format!("billing={}", partner.path().display())]);
    let drops = with(&new);
    assert!(drops.stdout.contains("dropped by billing at src/main/java/ParcelDto.java:1:8"), "{drops:?}");
    let takes = with(&old);
    assert!(takes.stdout.contains("key-added") && !takes.stdout.contains("dropped"), "{takes:?}");
    diff(root.path(), &["--repo", "billing=missing"]).refused("--repo billing: ");
    assert_eq!(diff(root.path(), &["--repo", "billing"]).code, 2);
}

#[test]
fn drift_compares_definitions_of_a_service_with_its_classes() {
    let root = folder();
    git(root.path(), &["init", "-q"]);
    let text = "import java.util.List;\n\npublic class TraineeNotesDto {}\n";
    write(root.path(), "src/main/java/TraineeNotesDto.java", text);
    commit(root.path(), "one");
    let repo = |name: &str| format!("{name}={}", root.path().display());
    let shown = run(root.path(), &["drift", "--repo", &repo("core")]);
    assert_eq!(shown.code, 1, "{shown:?}");
    assert!(shown.stdout.contains("error[definition-drift]: core.TraineeNotesDto, "), "{shown:?}");
    assert!(shown.stdout.contains("core has no such class and none of the files"), "{shown:?}");
    assert!(shown.verdict().contains("core against the definitions"), "{shown:?}");
    let schema = run(root.path(), &["schema", "diff-report"]);
    let validator = jsonschema::validator_for(&schema.json()).unwrap();
    let json = run(root.path(), &["drift", "--repo", &repo("core"), "--format", "json"]);
    assert!(json.code == 1 && validator.is_valid(&json.json()) && json.json()["verb"] == "drift");
    for format in ["markdown", "github", "junit", "sarif", "gitlab", "html"] {
        let shown = run(root.path(), &["drift", "--repo", &repo("core"), "--format", format]);
        assert!(shown.code == 1 && shown.stdout.contains("definition-drift"), "{format}: {shown:?}");
    }
    run(root.path(), &["drift", "--repo", &repo("nope")]).refused("no service of a definition is named \"nope\"");
    assert_eq!(run(root.path(), &["drift"]).code, 2);
}
