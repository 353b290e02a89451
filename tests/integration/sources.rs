//! Small source trees of one construct each: what `sources` must find in them, and what it must not.
//!
//! A tree is a folder of `tests/sources/`; its `expected.txt` is truth, written from what Jackson and Spring do, never
//! from what the program says. The wording of the formats is in `snapshots/sources/`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use dtogate::source::java::index::{Parsed, Sources};
use dtogate::source::report::{Format, Found, Output, json, render};
use dtogate::source::tree::{Git, work_tree};
use pretty_assertions::assert_eq;

use crate::binary::{folder, repository, run, write};
use crate::snapshots;

/// The trees.
fn trees() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(repository("tests/sources")).expect("the trees");
    let mut trees: Vec<PathBuf> = folders.map(|entry| entry.expect("an entry").path()).collect();
    trees.sort();
    trees
}

fn read(tree: &Path) -> Sources {
    Sources::new(work_tree(tree).unwrap_or_else(|error| panic!("{}: {error}", tree.display())), &mut Parsed::default())
}

/// What was found, in the form of `expected.txt`.
fn told(output: &Output) -> String {
    let mut text = String::new();
    let joined = |first: String, remarks: Vec<String>| [vec![first], remarks].concat().join("; ");
    let file = |place: &str| place.rsplit('/').next().unwrap_or(place).to_owned();
    for class in &output.classes {
        let uses: Vec<String> = class.uses.iter().map(|it| format!("{} {}", it.transport, it.direction)).collect();
        let mut remarks = class.remarks();
        remarks.extend(class.is_store_only.then(|| "only stored".to_owned()));
        let _ = writeln!(text, "{}", joined(format!("{}: {}", class.name, uses.join(", ")), remarks));
        for key in &class.keys {
            let _ = writeln!(text, "  {}", joined(format!("{}: {}", key.name, key.java_type), key.remarks()));
        }
    }
    for mapper in &output.mappers {
        let module = if mapper.module.is_empty() { String::new() } else { format!(" of {}", mapper.module) };
        let _ = writeln!(text, "mapper {}{module}: {}", mapper.transport, mapper.summary());
        for (kind, settings) in [("without effect", &mapper.without_effect), ("of profile", &mapper.of_profiles)] {
            for setting in settings {
                let _ = writeln!(text, "  {kind} {} {}", file(&setting.place), setting.what);
            }
        }
    }
    for (kind, rows) in [("ignored", &output.ignored_mappers), ("unread", &output.unread)] {
        for row in rows {
            let _ = writeln!(text, "{kind} {} {}", file(&row.place), row.what);
        }
    }
    text
}

#[test]
fn each_construct_is_read_as_jackson_and_spring_read_it() {
    let trees = trees();
    assert!(trees.len() > 15, "{} trees", trees.len());
    let mut differing = Vec::new();
    for tree in &trees {
        let expected = std::fs::read_to_string(tree.join("expected.txt"));
        let expected = expected.unwrap_or_else(|error| panic!("{}/expected.txt: {error}", tree.display()));
        let sources = read(tree);
        let found = told(&Output::new(&Found::new(&sources)));
        if found != expected {
            println!("{}\nexpected:\n{expected}\nfound:\n{found}", tree.display());
            differing.push(tree.file_name().unwrap_or_default().to_owned());
        }
    }
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn every_tree_is_valid_by_the_schema() {
    let schema = run(&repository(""), &["schema", "sources-report"]);
    assert_eq!((schema.code, &schema.json()), (0, json::schema().as_value()));
    let validator = jsonschema::validator_for(&schema.json()).unwrap();
    for tree in trees() {
        let sources = read(&tree);
        let text = render(&Found::new(&sources), Format::Json);
        let instance = serde_json::from_str(&text).unwrap();
        assert!(validator.is_valid(&instance), "{}: {:?}", tree.display(), validator.iter_errors(&instance).next());
    }
    assert!(!validator.is_valid(&serde_json::json!({})));
}

/// The formats on trees that have something of everything.
#[test]
fn formats() {
    let formats = [("human", Format::Human), ("markdown", Format::Markdown), ("json", Format::Json)];
    snapshots::assert_all(["names", "mapper-bean", "converters", "stores"].into_iter().flat_map(|tree| {
        let sources = read(&repository(&format!("tests/sources/{tree}")));
        let found = Found::new(&sources);
        let of = |(name, format)| ("sources".to_owned(), format!("{tree}_{name}"), render(&found, format));
        formats.map(of)
    }));
}

/// The snapshots of this module.
pub(crate) fn snapshot_names() -> impl Iterator<Item = String> {
    ["names", "mapper-bean", "converters", "stores"]
        .into_iter()
        .flat_map(|tree| ["human", "markdown", "json"].map(|format| format!("sources/{tree}_{format}")))
}

/// Runs git in a folder, with nothing of the machine's configuration.
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git starts");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with two commits: a parcel that is called otherwise in the second.
fn history() -> tempfile::TempDir {
    let root = folder();
    let api = "import org.springframework.web.bind.annotation.*;\n\n@RestController\nclass Api {\n  @GetMapping\n  \
               Parcel parcel() {\n    return null;\n  }\n}\n";
    write(root.path(), "src/main/java/Api.java", api);
    write(root.path(), "src/main/java/Parcel.java", "record Parcel(String before) {}\n");
    write(root.path(), "src/main/java/binary.java", b"class B {\0}");
    git(root.path(), &["init", "-q"]);
    git(root.path(), &["add", "-A"]);
    git(root.path(), &["commit", "-q", "-m", "one"]);
    write(root.path(), "src/main/java/Parcel.java", "record Parcel(String after) {}\n");
    git(root.path(), &["commit", "-q", "-a", "-m", "two"]);
    root
}

fn keys(sources: &Sources) -> Vec<String> {
    let output = Output::new(&Found::new(sources));
    output.classes.iter().flat_map(|class| class.keys.iter().map(|key| key.name.clone())).collect()
}

#[test]
fn a_revision_is_read_from_git_alone() {
    let root = history();
    write(root.path(), "src/main/java/Parcel.java", "record Parcel(String dirty) {}\n");
    let mut repository = Git::open(root.path()).unwrap();
    let mut parsed = Parsed::default();
    let mut at = |revision: &str| {
        let commit = repository.commit(revision).unwrap();
        Sources::new(repository.tree(&commit).unwrap(), &mut parsed)
    };
    let (base, head) = (at("HEAD~1"), at("HEAD"));
    assert_eq!(
        (keys(&base), keys(&head), keys(&read(root.path()))),
        (vec!["before".into()], vec!["after".into()], vec!["dirty".into()])
    );
    let skipped: Vec<_> = head.skipped.iter().map(|it| (&*it.path, it.reason)).collect();
    assert_eq!(skipped, [("src/main/java/binary.java", "binary")]);
    // What is equal on both sides is parsed once.
    let api = |sources: &Sources| sources.files[0].java.clone().expect("Java");
    assert!(std::sync::Arc::ptr_eq(&api(&base), &api(&head)));
    let (one, two) = (repository.commit("HEAD~1").unwrap(), repository.commit("HEAD").unwrap());
    assert_eq!(repository.merge_base(&one, &two).unwrap(), one);
    let printed = run(root.path(), &["sources", "--revision", "HEAD~1"]);
    assert_eq!((printed.code, printed.stderr.as_str()), (0, ""));
    assert!(printed.verdict().ends_with(&format!("2 Java files of the commit {one}")), "{printed:?}");
    // Below the root of the repository, paths begin there.
    let below = run(&root.path().join("src/main"), &["sources", "--revision", "HEAD", "--format", "json"]);
    assert_eq!(below.json()["classes"][0]["id"], "java/Parcel.java#Parcel");
}

#[test]
fn what_cannot_be_read_is_said() {
    let root = history();
    let refused = |arguments: &[&str], part: &str| run(root.path(), &[&["sources"], arguments].concat()).refused(part);
    refused(&["--revision", "nope"], "no revision \"nope\" in this repository");
    refused(&["--revision=--help"], "no revision \"--help\"");
    refused(&["missing"], "cannot read missing");
    write(root.path(), "empty/readme.md", "");
    refused(&["empty"], "no Java source in empty");
    run(folder().path(), &["sources", "--revision", "HEAD"]).refused("expected a git repository, found none at");
    let shallow = folder();
    let url = format!("file://{}", root.path().display());
    git(shallow.path(), &["clone", "-q", "--depth", "1", &url, "clone"]);
    run(&shallow.path().join("clone"), &["sources", "--revision", "HEAD~1"]).refused("the clone is shallow");
}

#[test]
fn the_same_tree_gives_the_same_bytes() {
    for tree in trees() {
        let text = || render(&Found::new(&read(&tree)), Format::Json);
        assert_eq!(text(), text(), "{}", tree.display());
    }
}

#[test]
fn nothing_on_a_wire_is_said() {
    let root = folder();
    write(root.path(), "A.java", "class A {}\n");
    let printed = run(root.path(), &["sources"]);
    let line = "no class on a wire, 0 only stored, 0 unread; 1 Java file of the work tree\n";
    assert_eq!((printed.code, printed.stdout.as_str()), (0, line));
    let written = run(root.path(), &["sources", "--format", "json", "--output", "out.json"]);
    assert_eq!((written.code, written.stdout.as_str()), (0, ""));
    let text = std::fs::read_to_string(root.path().join("out.json")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap()["schema_version"], 1);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let (root, outside) = (folder(), folder());
    write(outside.path(), "Secret.java", "class Secret {}\n");
    write(root.path(), "A.java", "class A {}\n");
    std::os::unix::fs::symlink(outside.path(), root.path().join("out")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("Secret.java"), root.path().join("B.java")).unwrap();
    std::os::unix::fs::symlink(root.path(), root.path().join("loop")).unwrap();
    let paths: Vec<String> = read(root.path()).files.iter().map(|source| source.file.path.to_string()).collect();
    assert_eq!(paths, ["A.java"]);
}

#[test]
fn hostile_java_is_bounded() {
    let root = folder();
    let nested = format!("{} {}", "class A {".repeat(2_000), "}".repeat(2_000));
    write(root.path(), "Nested.java", nested);
    write(root.path(), "Types.java", format!("class B {{ {}String{} b; }}", "List<".repeat(5_000), ">".repeat(5_000)));
    let call = format!("class C {{ Object m() {{ return {}x{}; }} }}", "a(".repeat(5_000), ")".repeat(5_000));
    write(root.path(), "Calls.java", call);
    write(
        root.path(),
        "Chain.java",
        format!("class D {{ void m() {{ b{}; rabbit.send(b); }} }}", ".a()".repeat(5_000)),
    );
    let circle = "class G { Object m() { var x = x.getBody(new TypeReference<>() {}); rabbit.send(x); return x; } }";
    write(root.path(), "Names.java", circle);
    write(
        root.path(),
        "Many.java",
        format!("class H {{ void m() {{ {} }} }}", "var a = a.get(a); x.send(a);".repeat(20_000)),
    );
    write(root.path(), "Circle.java", "@lombok.Data class E extends F {} @lombok.Data class F extends E { E e; }");
    let printed = run(root.path(), &["sources"]);
    assert_eq!(printed.code, 0, "{printed:?}");
}
