//! The one integration test binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod cases;
mod datetime_rows;
mod historical;
mod mutations;
mod readme;
mod reports;
mod rule_examples;
mod snapshots;
mod spellings;
mod tidy;
mod trees;
