//! The one integration test binary.

mod datetime_rows;
mod reports;
mod snapshots;
