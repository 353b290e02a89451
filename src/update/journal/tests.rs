use super::*;

fn change(path: &str, before: Option<&str>, after: Option<&str>) -> Change {
    let bytes = |text: Option<&str>| text.map(|text| text.as_bytes().to_vec());
    Change { path: path.to_owned(), before: bytes(before), after: bytes(after) }
}

/// Three files: one changes, one goes, one comes in a folder that is not there yet.
fn changes() -> Vec<Change> {
    vec![
        change("fixtures/a.json", Some("old a"), Some("new a")),
        change("fixtures/b.json", Some("old b"), None),
        change("fixtures/new/c.json", None, Some("new c")),
    ]
}

fn tree() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("fixtures")).unwrap();
    fs::write(folder.path().join("fixtures/a.json"), "old a").unwrap();
    fs::write(folder.path().join("fixtures/b.json"), "old b").unwrap();
    folder
}

/// The contents of the three files.
fn state(root: &Path) -> [Option<String>; 3] {
    ["fixtures/a.json", "fixtures/b.json", "fixtures/new/c.json"].map(|path| fs::read_to_string(root.join(path)).ok())
}

fn old() -> [Option<String>; 3] {
    [Some("old a".to_owned()), Some("old b".to_owned()), None]
}

fn new() -> [Option<String>; 3] {
    [Some("new a".to_owned()), None, Some("new c".to_owned())]
}

#[test]
fn every_change_is_written() {
    let folder = tree();
    commit(folder.path(), &changes()).unwrap();
    assert_eq!(state(folder.path()), new());
    assert!(!folder.path().join(FOLDER).exists(), "nothing is left behind");
}

/// Ends the update before every one of its steps in turn; whoever comes next finds all or nothing.
#[test]
fn an_update_that_ends_anywhere_is_finished_or_rolled_back() {
    let (mut finished, mut rolled_back, mut passed) = (0, 0, false);
    for end in 0..40 {
        let folder = tree();
        let mut left = end;
        let mut step = || {
            if left == 0 {
                // What a kill does: no destructor of the journal's runs after this.
                std::panic::panic_any("killed");
            }
            left -= 1;
            Ok(())
        };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            commit_in_steps(folder.path(), &changes(), &mut step)
        }));
        if let Ok(done) = outcome {
            done.unwrap();
            passed = true;
            break;
        }
        let each = state(folder.path());
        for (found, (old, new)) in each.iter().zip(old().iter().zip(&new())) {
            assert!(found == old || found == new, "step {end}: half a file: {found:?}");
        }
        let interrupted = is_interrupted(folder.path());
        match recover(folder.path()).unwrap() {
            Recovery::Finished => {
                assert!(interrupted);
                finished += 1;
                assert_eq!(state(folder.path()), new(), "step {end}");
            }
            Recovery::RolledBack | Recovery::Nothing => {
                rolled_back += 1;
                // Behind the last rename all is new, and the record is gone.
                assert!(state(folder.path()) == old(), "step {end}: {:?}", state(folder.path()));
            }
        }
        assert!(!folder.path().join(FOLDER).exists(), "step {end}");
        if state(folder.path()) == old() {
            commit(folder.path(), &changes()).unwrap();
            assert_eq!(state(folder.path()), new());
        }
    }
    assert!(passed && finished >= 4 && rolled_back >= 4, "{finished} finished, {rolled_back} rolled back");
}

#[test]
fn a_file_edited_after_the_interruption_is_not_written_over() {
    let folder = tree();
    let mut left = 8;
    let mut step = || {
        left -= 1;
        if left == 0 { Err(io::Error::other("no power")) } else { Ok(()) }
    };
    commit_in_steps(folder.path(), &changes(), &mut step).unwrap_err();
    assert!(is_interrupted(folder.path()), "the update is made, and not in place");
    fs::write(folder.path().join("fixtures/b.json"), "edited").unwrap();
    let error = recover(folder.path()).unwrap_err().to_string();
    assert!(error.starts_with("fixtures/b.json: an update was interrupted, and the file has changed since"), "{error}");
    assert_eq!(fs::read_to_string(folder.path().join("fixtures/b.json")).unwrap(), "edited");
}

#[test]
fn what_must_not_be_written_over_is_refused_before_anything_is() {
    let refused = |prepare: &dyn Fn(&Path), wanted: &str| {
        let folder = tree();
        prepare(folder.path());
        let before = state(folder.path());
        let error = commit(folder.path(), &changes()).unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
        assert_eq!(state(folder.path()), before);
        assert!(!folder.path().join(FOLDER).exists());
    };
    refused(
        &|root| fs::write(root.join("fixtures/b.json"), "changed meanwhile").unwrap(),
        "fixtures/b.json: it has changed since it was read",
    );
    refused(
        &|root| {
            let path = root.join("fixtures/a.json");
            let mut permissions = fs::metadata(&path).unwrap().permissions();
            permissions.set_readonly(true);
            fs::set_permissions(path, permissions).unwrap();
        },
        "fixtures/a.json: expected a file that can be written, found a read-only one",
    );
    #[cfg(unix)]
    refused(
        &|root| {
            fs::rename(root.join("fixtures/b.json"), root.join("b.json")).unwrap();
            std::os::unix::fs::symlink("../b.json", root.join("fixtures/b.json")).unwrap();
        },
        "fixtures/b.json: expected no link, found one at fixtures/b.json",
    );
    let folder = tree();
    for path in ["../a", "/a", "", "fixtures/../../a", ".dtogate-update/lock"] {
        let error = commit(folder.path(), &[change(path, None, Some("x"))]).unwrap_err().to_string();
        assert!(error.contains("expected a path below the root"), "{path}: {error}");
    }
    let twice = [changes(), changes()].concat();
    assert!(commit(folder.path(), &twice).unwrap_err().to_string().contains("found two"));
}

#[test]
fn two_updates_at_once_are_not() {
    let folder = tree();
    create_folder(&folder.path().join(FOLDER)).unwrap();
    let held = lock(folder.path()).unwrap();
    let error = commit(folder.path(), &changes()).unwrap_err().to_string();
    assert!(error.starts_with("another update is being written in "), "{error}");
    assert_eq!(state(folder.path()), old());
    drop(held);
    commit(folder.path(), &changes()).unwrap();
    assert_eq!(state(folder.path()), new());
}

#[cfg(unix)]
#[test]
fn the_mode_of_a_file_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tree();
    let path = folder.path().join("fixtures/a.json");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    commit(folder.path(), &changes()).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}
