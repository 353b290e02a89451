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

/// A target that never fails would test nothing: each is handed a broken stand-in for what it holds, as far as it takes
/// one, and must panic on the first input that shows it.
#[test]
fn a_broken_promise_is_seen() {
    use dtogate::probe::batch::Texts;
    let fails = |work: &dyn Fn()| std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).is_err();

    // A splitter that forgets the last byte of each part, and one that loses the last text.
    let whole = |size: usize, stream: &[u8], is_whole: bool| {
        let mut texts = Texts::default();
        let mut found: Vec<Vec<u8>> = stream.chunks(size).flat_map(|part| texts.push(part)).collect();
        found.extend(texts.finish(is_whole));
        found
    };
    let stream = b"\x02\x1E{\"a\":1}\n\x1E2\n";
    assert!(!fails(&|| targets::batch::holds(stream, whole)));
    assert!(fails(&|| targets::batch::holds(stream, |size, stream, is_whole| {
        let cut: Vec<u8> = stream.chunks(size).flat_map(|part| &part[..part.len() - 1]).copied().collect();
        whole(size, &cut, is_whole)
    })));
    assert!(fails(&|| targets::batch::holds(stream, |size, stream, is_whole| {
        let mut found = whole(size, stream, is_whole);
        found.pop();
        found
    })));

    // A parser with another verdict, and one with another value.
    use dtogate::document::parse_text;
    assert!(!fails(&|| targets::document::holds("[1,{\"a\":2}]", parse_text)));
    assert!(fails(&|| targets::document::holds("[1,]", |_| parse_text("[1]"))));
    assert!(fails(&|| targets::document::holds("[1]", |_| parse_text("[1,]"))));
    assert!(fails(&|| targets::document::holds("[1,{\"a\":2}]", |_| parse_text("[1,{\"a\":3}]"))));
}
