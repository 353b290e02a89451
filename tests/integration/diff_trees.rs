//! `dtogate diff` on repositories and checkouts that are not as usual: what cannot be read is said, whatever side it is on.

use std::path::Path;

use pretty_assertions::assert_eq;

use crate::binary::{Run, folder, run, write};
use crate::diff::{commit, diff, history};
use crate::sources::git;

const DTO: &str = "src/main/java/ParcelDto.java";
const TWO: &str = "record ParcelDto(String id, int size) {}\n";
const ONE: &str = "record ParcelDto(String id) {}\n";

/// The rules that fired, and how much each weighs.
fn fired(shown: &Run) -> Vec<String> {
    let json = shown.json();
    let findings = json["findings"].as_array().unwrap().iter();
    findings.map(|it| format!("{} {}", it["severity"].as_str().unwrap(), it["rule"].as_str().unwrap())).collect()
}

fn diffed(root: &Path, arguments: &[&str]) -> Vec<String> {
    fired(&diff(root, &[arguments, &["--format", "json"]].concat()))
}

#[test]
fn a_file_that_could_not_be_read_in_the_base_is_no_pass() {
    let long = |text: &str| format!("{text}// {}\n", "x".repeat(1 << 20));
    let binary = |text: &str| format!("{text}// \0\n");
    let broken = |text: &str| format!("{text}class Broken {{ int = ; }}\n");
    let kinds: [&dyn Fn(&str) -> String; 3] = [&long, &binary, &broken];
    for kind in kinds {
        let fires = |root: &Path, arguments: &[&str], rule: &str| {
            assert!(diffed(root, arguments).contains(&format!("warning {rule}")), "{rule}: {}", kind("").len());
        };
        fires(history(&kind(TWO), ONE).path(), &[], "unread-changed");
        let both = history(&kind(TWO), &kind(ONE));
        fires(both.path(), &[], "unread-changed");
        fires(both.path(), &["--worktree"], "unread-changed");
        // Head alone, as ever.
        fires(history(TWO, &kind(TWO)).path(), &[], "newly-unread");
        // What is the same on both sides, in another folder too, says nothing.
        let same = history(&kind(TWO), &kind(TWO));
        assert_eq!(diffed(same.path(), &["--worktree"]), [""; 0], "{}", kind("").len());
        let moved = "src/main/java/shop/ParcelDto.java";
        std::fs::create_dir(same.path().join("src/main/java/shop")).unwrap();
        git(same.path(), &["mv", DTO, moved]);
        commit(same.path(), "three");
        assert_eq!(diffed(same.path(), &[]), [""; 0], "{}", kind("").len());
        // One that is gone.
        git(same.path(), &["rm", "-q", moved]);
        commit(same.path(), "four");
        fires(same.path(), &["HEAD~1"], "unread-changed");
    }
    // Settings that are no YAML.
    let root = history(ONE, ONE);
    let settings = "src/main/resources/application.yml";
    write(root.path(), settings, "spring: [jackson: {\n");
    commit(root.path(), "three");
    write(root.path(), settings, "spring.jackson.serialization.indent-output: true\n");
    commit(root.path(), "four");
    assert!(diffed(root.path(), &["HEAD~1"]).contains(&"warning unread-changed".to_owned()));
}

#[cfg(unix)]
#[test]
fn folders_whose_names_are_no_text_are_read() {
    use std::os::unix::ffi::OsStrExt as _;
    let root = history(ONE, ONE);
    let named = |last: u8| {
        let folder = root.path().join("src").join(std::ffi::OsStr::from_bytes(&[b'c', last]));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("Crate.java"), format!("class Crate{last} {{ int = ; }}\n")).unwrap();
    };
    named(0xe8);
    named(0xe9);
    let read = run(root.path(), &["sources"]).stdout;
    for name in ["src/c\\xe8/Crate.java", "src/c\\xe9/Crate.java"] {
        assert!(read.contains(name), "{name} in\n{read}");
    }
    let unread = ["warning newly-unread", "warning newly-unread"];
    assert_eq!(diffed(root.path(), &["--worktree"]), unread);
    commit(root.path(), "three");
    assert_eq!(diffed(root.path(), &[]), unread);
    assert_eq!(diffed(root.path(), &["HEAD", "--worktree"]), [""; 0]);
}

/// Half of a checkout must not pass for a commit that removes the other half, nor what is no part of it for one that adds.
#[test]
fn the_work_tree_is_what_a_commit_of_it_would_be() {
    let root = history(ONE, ONE);
    // A module may be called as a folder of outputs is.
    write(root.path(), "out/src/main/java/Crate.java", "class Crate { int = ; }\n");
    write(root.path(), ".gitignore", "generated/\n");
    commit(root.path(), "three");
    write(root.path(), "generated/Made.java", "class Made { int = ; }\n");
    let inner = root.path().join("inner");
    write(&inner, "Inner.java", "class Inner { int = ; }\n");
    git(&inner, &["init", "-q"]);
    commit(&inner, "one");
    assert_eq!(diffed(root.path(), &["HEAD", "--worktree"]), [""; 0]);
    let read = run(root.path(), &["sources"]).stdout;
    assert!(!read.contains("Inner.java"), "{read}");
    // A sparse checkout has only a part of the files on disk.
    git(root.path(), &["sparse-checkout", "set", "--no-cone", "/src/"]);
    assert!(!root.path().join("out").exists());
    assert_eq!(diffed(root.path(), &["HEAD", "--worktree"]), [""; 0]);
    std::fs::remove_file(root.path().join(DTO)).unwrap();
    assert_eq!(diffed(root.path(), &["HEAD", "--worktree"]), ["warning unbound-class"]);
}

#[test]
fn files_in_new_folders_differ_from_the_head_too() {
    let root = history(TWO, ONE);
    git(root.path(), &["config", "status.showUntrackedFiles", "no"]);
    write(root.path(), "src/main/java/shop/New.java", "class New {}\n");
    let shown = diff(root.path(), &[]);
    assert!(shown.stdout.contains("1 file on disk differs from HEAD"), "{shown:?}");
}

/// A repository's configuration names programs, and a replacement shows an object as another one.
#[cfg(unix)]
#[test]
fn no_program_of_the_configuration_is_run_and_no_replacement_is_followed() {
    let root = history(TWO, ONE);
    let mark = root.path().join("mark");
    let program = format!("touch {}; cat", mark.display());
    for name in ["filter.f.clean", "filter.f.smudge", "filter.f.process", "core.fsmonitor"] {
        git(root.path(), &["config", name, &program]);
    }
    git(root.path(), &["config", "filter.f.required", "true"]);
    write(root.path(), ".gitattributes", "*.java filter=f\n");
    // The same text, another time of change: git has to look.
    write(root.path(), DTO, ONE);
    for arguments in [&[][..], &["--worktree"]] {
        assert_eq!(diffed(root.path(), arguments), ["error key-removed"], "{arguments:?}");
    }
    assert!(!mark.exists());
    git(root.path(), &["-c", "filter.f.process=", "-c", "filter.f.clean=", "replace", "HEAD", "HEAD~1"]);
    assert_eq!(diffed(root.path(), &[]), ["error key-removed"]);
}

/// In a hook, the environment names the repository of the hook.
#[test]
fn a_repository_is_that_of_its_folder() {
    let (root, other) = (history(TWO, ONE), history(ONE, ONE));
    let mut command = crate::binary::command(root.path(), &["diff", "--format", "json"]);
    let output = command.env_remove("GITHUB_BASE_REF").env("GIT_DIR", other.path().join(".git")).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
}

#[test]
fn a_bare_repository_is_compared_by_its_objects() {
    let (root, clones) = (history(TWO, ONE), folder());
    git(clones.path(), &["clone", "-q", "--bare", &root.path().display().to_string(), "bare"]);
    let bare = clones.path().join("bare");
    assert_eq!(diffed(&bare, &["main"]), ["error key-removed"]);
    diff(&bare, &["main", "--worktree"]).refused("is a bare repository: it has no files on disk");
    assert_eq!(run(&bare, &["sources", "--revision", "HEAD"]).code, 0);
    // So it is in the folder that git keeps beside the files.
    assert_eq!(diffed(&root.path().join(".git"), &[]), ["error key-removed"]);
}

/// A file that is too long and did not change is no finding; that nothing is said of its class has to be told.
#[test]
fn a_class_in_a_file_that_is_not_read_is_named() {
    let api = "import org.springframework.web.bind.annotation.*;\n\n@RestController\nclass CrateApi {\n  \
               @GetMapping(\"/crate\")\n  Crate crate() {\n    return null;\n  }\n}\n";
    let said = |crate_file: &str| {
        let root = history(ONE, ONE);
        write(root.path(), "src/main/java/CrateApi.java", api);
        write(root.path(), "src/main/java/Crate.java", crate_file);
        commit(root.path(), "three");
        write(root.path(), "README.md", "# Crates\n");
        commit(root.path(), "four");
        diff(root.path(), &[]).stdout
    };
    let long = said(&format!("record Crate(String id) {{}}\n// {}\n", "x".repeat(1 << 20)));
    let told = "src/main/java/Crate.java is not read (larger than 1 MiB), so its classes are not compared; Crate goes over \
                a wire or is a base there";
    assert!(long.split_whitespace().collect::<Vec<_>>().join(" ").contains(told), "{long}");
    let short = said("record Crate(String id) {}\n");
    assert!(!short.contains("not compared"), "{short}");
}

#[cfg(unix)]
#[test]
fn links_and_submodules_are_listed_and_a_link_that_differs_is_no_pass() {
    use std::os::unix::fs::symlink;
    let root = history(ONE, ONE);
    let link = root.path().join("src/main/java/Crate.java");
    symlink("../../../other/Crate.java", &link).unwrap();
    symlink("../../../other", root.path().join("src/main/java/shop")).unwrap();
    // This one leads to no sources.
    symlink("README.md", root.path().join("ABOUT.md")).unwrap();
    let commit_of_other = "0123456789012345678901234567890123456789";
    git(root.path(), &["update-index", "--add", "--cacheinfo", &format!("160000,{commit_of_other},other")]);
    std::fs::create_dir(root.path().join("other")).unwrap();
    assert_eq!(diffed(root.path(), &["HEAD", "--worktree"]), ["warning newly-unread"; 3]);
    git(root.path(), &["add", "src"]);
    git(root.path(), &["commit", "-q", "-m", "three"]);
    assert_eq!(diffed(root.path(), &[]), ["warning newly-unread"; 3]);
    assert_eq!(diffed(root.path(), &["HEAD", "--worktree"]), [""; 0]);
    let read = run(root.path(), &["sources"]).stdout;
    for path in ["src/main/java/Crate.java", "src/main/java/shop"] {
        assert!(read.contains(&format!("{path}  a symbolic link, which is not followed")), "{path} in\n{read}");
    }
    assert!(!read.contains("ABOUT.md"), "{read}");
    std::fs::remove_file(&link).unwrap();
    symlink("../../../elsewhere/Crate.java", &link).unwrap();
    assert_eq!(diffed(root.path(), &["HEAD", "--worktree"]), ["warning unread-changed"]);
    // Of many links the first are listed, and the others counted.
    for at in 0..30 {
        symlink("gone", root.path().join(format!("src/main/java/Link{at}.java"))).unwrap();
    }
    let read = run(root.path(), &["sources"]).stdout;
    assert_eq!(read.matches("a symbolic link").count(), 21, "{read}");
    assert!(read.contains("12 such paths more"), "{read}");
}
