//! The one integration test binary.

mod datetime_rows;
mod historical;
mod reports;
mod snapshots;
