//! Tests of the library from outside.

mod reports;
mod snapshots;
