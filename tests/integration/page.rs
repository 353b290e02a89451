//! A page whose console blocks are real. Also the example crate's, which includes this file: nothing here is of dtogate.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs the commands of a page in a folder, one after the other; how many there are. Blocks that `is_run` are those: it
/// is given what stands behind their three backticks. `printed` makes what a page shows of the two outputs.
pub(crate) fn shows_real_output(
    page: &Path,
    folder: &Path,
    binary: &Path,
    is_run: impl Fn(&str) -> bool,
    printed: impl Fn(String) -> String,
) -> usize {
    let shown = fs::read_to_string(page).expect("a page");
    let mut written = String::new();
    let mut in_console = false;
    let mut commands = 0;
    for line in shown.lines() {
        if in_console && line.starts_with("```") {
            in_console = false;
        }
        let command = line.strip_prefix("$ ").filter(|_| in_console);
        if !in_console || command.is_some() {
            written.push_str(line);
            written.push('\n');
        }
        if let Some(command) = command {
            commands += 1;
            written.push_str(&output(command, folder, binary, &printed));
        }
        in_console |= line.strip_prefix("```").is_some_and(&is_run);
    }
    let mode = std::env::var("DTOGATE_README").unwrap_or_default();
    if mode == "update" || mode == "new" {
        // As insta does: `dtogate review` and `accept` take what is new from there.
        let target = if mode == "new" { page.with_extension("md.new") } else { page.to_owned() };
        if shown != written {
            fs::write(target, written).expect("a page can be written");
        }
    } else {
        let differing = shown.lines().zip(written.lines()).position(|(shown, printed)| shown != printed);
        let part = |text: &str| -> String {
            let from = differing.unwrap_or(0).saturating_sub(5);
            text.lines().skip(from).take(20).collect::<Vec<_>>().join("\n")
        };
        let advice = "run DTOGATE_README=update cargo test readme, and read the diff";
        assert_eq!(part(&shown), part(&written), "{}: {advice}", page.display());
        assert_eq!(shown.len(), written.len(), "{}: {advice}", page.display());
    }
    commands
}

/// What a command prints, in a shell that finds the binary under test.
fn output(command: &str, folder: &Path, binary: &Path, printed: &impl Fn(String) -> String) -> String {
    let binaries = binary.parent().expect("a folder");
    let path = format!("{}:{}", binaries.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("bash")
        .args(["-c", command])
        .current_dir(folder)
        .envs([("PATH", path.as_str()), ("NO_COLOR", "1"), ("COLUMNS", "110")])
        .output()
        .expect("bash");
    let text = |bytes: Vec<u8>| printed(String::from_utf8(bytes).expect("UTF-8"));
    let stderr = text(output.stderr);
    assert_eq!(stderr, "", "{command}");
    // One command has its standard error in its output.
    let mut stdout = text(output.stdout);
    if !stdout.is_empty() && !stdout.ends_with('\n') {
        stdout.push('\n');
    }
    stdout
}

/// What a slow machine is told while it waits is no output.
pub(crate) fn without_progress(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !(line.starts_with("probed ") && line.contains(" payloads"))).collect()
}
