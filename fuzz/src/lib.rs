//! What each fuzz target does with some bytes: it panics where a promise is broken.
//!
//! `fuzz_targets/` hands these to libFuzzer; `cargo test` replays `corpus/` through them (tests/integration/fuzz.rs).

pub mod batch;
pub mod dates;
pub mod document;
pub mod goldens;
pub mod reports;
pub mod sources;
pub mod variations;

/// A target, by the name of its folder in `corpus/`.
pub type Target = (&'static str, fn(&[u8]));

/// The targets.
pub const TARGETS: &[Target] = &[
    ("batch", batch::run),
    ("dates", dates::run),
    ("document", document::run),
    ("goldens", goldens::run),
    ("reports", reports::run),
    ("sources", sources::run),
    ("variations", variations::run),
];
