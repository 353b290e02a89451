//! The corpora of `fuzz/` as ordinary tests: what was once found stays found, on every machine and without libFuzzer.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;

use crate::files::{bytes, files_below};

#[expect(unreachable_pub, reason = "the fuzz targets are another crate, to which this is public")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

#[test]
fn every_target_is_listed_and_has_a_corpus() {
    let listed: BTreeSet<String> = targets::TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let files = files_below("fuzz/fuzz_targets");
    let named = files.iter().filter_map(|file| file.strip_suffix(".rs")).map(str::to_owned);
    assert_eq!(named.collect::<BTreeSet<_>>(), listed);
    let corpora = files_below("fuzz/corpus");
    let folders = corpora.iter().filter_map(|file| file.split_once('/')).map(|(folder, _)| folder.to_owned());
    assert_eq!(folders.collect::<BTreeSet<_>>(), listed);
    let manifest = String::from_utf8(bytes("fuzz/Cargo.toml")).unwrap();
    for name in &listed {
        assert!(manifest.contains(&format!("[[bin]]\nname = \"{name}\"\n")), "{name}");
    }
}

#[test]
fn corpora_break_no_promise() {
    for (name, run) in targets::TARGETS {
        let folder = format!("fuzz/corpus/{name}");
        let files = files_below(&folder);
        assert!(files.len() >= 5, "{name}: {} files", files.len());
        for file in files {
            run(&bytes(format!("{folder}/{file}")));
        }
    }
}

/// A target that never fails would test nothing.
#[test]
fn a_broken_promise_is_seen() {
    let texts = |parts: &[&[u8]]| {
        let mut texts = dtogate::probe::batch::Texts::default();
        let mut whole: Vec<Vec<u8>> = parts.iter().flat_map(|part| texts.push(part)).collect();
        whole.extend(texts.finish(true));
        whole
    };
    assert_ne!(texts(&[b"\x1E1", b"\x1E2"]), texts(&[b"\x1E1\x1E3"]));
    // The document has what serde_json has; told apart here, so that a comparison of nothing is seen.
    assert!(
        dtogate::document::parse_text("[1,]").is_err() && serde_json::from_str::<serde_json::Value>("[1,]").is_err()
    );
}
