//! The step of `action.yml` that downloads a release, run as the runner runs it: over files instead of a server.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const NAME: &str = "dtogate-v0.1.0-x86_64-unknown-linux-musl.tar.gz";

/// The script of the step.
fn script() -> String {
    let action = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).unwrap();
    let step = action.split("    - name: ").find(|step| step.starts_with("Download a release\n")).unwrap();
    let lines = step.split_once("      run: |\n").unwrap().1.lines();
    lines.map(|line| line.strip_prefix("        ").unwrap_or_default().to_owned() + "\n").collect()
}

/// Runs it in a home of its own; also what it says to the steps behind it, and whether there is a binary then.
fn run(folder: &Path, version: &str, digest: &str) -> (Output, String, bool) {
    let home = tempfile::tempdir().unwrap();
    let said = home.path().join("output");
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script()])
        .env("HOME", home.path())
        .env("GITHUB_OUTPUT", &said)
        .env("SERVER", format!("file://{}", folder.display()))
        .envs([("REPOSITORY", "owner/dtogate"), ("ARCH", "X64"), ("VERSION", version), ("SHA256", digest)])
        .output()
        .unwrap();
    let has_binary = home.path().join(".cache/dtogate/bin/dtogate").is_file();
    (output, fs::read_to_string(said).unwrap_or_default(), has_binary)
}

/// A release as the workflow packs it.
fn release() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("owner/dtogate/releases/download/v0.1.0");
    fs::create_dir_all(&files).unwrap();
    fs::write(files.join("dtogate"), "a binary").unwrap();
    let pack = format!("tar -czf {NAME} dtogate && sha256sum {NAME} > {NAME}.sha256 && rm dtogate");
    assert!(Command::new("bash").args(["-c", &pack]).current_dir(files).status().unwrap().success());
    folder
}

#[test]
fn a_release_is_downloaded_and_none_is_built_instead() {
    let release = release();
    for version in ["v0.1.0", "0.1.0"] {
        let (output, said, has_binary) = run(release.path(), version, "");
        assert!(output.status.success() && has_binary, "{version}: {output:?}");
        assert_eq!(said, "downloaded=true\n");
    }
    let (output, said, has_binary) = run(release.path(), "v0.2.0", "");
    assert_eq!((output.status.code(), said.as_str(), has_binary), (Some(0), "", false), "{output:?}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(stdout.starts_with("::warning title=dtogate::") && stdout.contains("built instead"), "{stdout}");
}

/// A digest that differs is neither used nor a reason to build: somebody must look.
#[test]
fn another_digest_is_an_error() {
    let release = release();
    let other = "0".repeat(64);
    let (output, said, has_binary) = run(release.path(), "v0.1.0", &other);
    assert_eq!((output.status.code(), said.as_str(), has_binary), (Some(1), "", false), "{output:?}");
    let archive = release.path().join("owner/dtogate/releases/download/v0.1.0").join(NAME);
    let mut bytes = fs::read(&archive).unwrap();
    bytes.push(0);
    fs::write(&archive, bytes).unwrap();
    let (output, said, has_binary) = run(release.path(), "v0.1.0", "");
    assert_eq!((output.status.code(), said.as_str(), has_binary), (Some(1), "", false), "{output:?}");
}
