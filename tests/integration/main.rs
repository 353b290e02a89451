//! The one integration test binary.

mod cases;
mod datetime_rows;
mod historical;
mod mutations;
mod reports;
mod rule_examples;
mod snapshots;
mod spellings;
mod tidy;
mod trees;
