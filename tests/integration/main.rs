//! The one integration test binary.

mod bad_input;
mod binary;
mod command_line;
mod datetime_rows;
mod historical;
mod reports;
mod snapshots;
