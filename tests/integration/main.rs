//! The one integration test binary.

// clippy.toml allows it in functions marked as tests; their helpers are no less tests.
#![allow(clippy::unwrap_used)]

mod cases;
mod datetime_rows;
mod dependencies;
mod emitted;
mod exact_bytes;
mod files;
mod fixtures_manifest;
mod generate;
mod historical;
mod mutations;
mod properties;
mod reports;
mod rule_examples;
mod schemas;
mod snapshots;
mod spellings;
mod tidy;
mod trees;
