//! Leaf types that only this system has: its own deserializers.

pub mod cdc_date;
pub mod cdc_date_time;

pub use cdc_date::{Cdc2022, Cdc20250507, CdcDate, CdcHead};
pub use cdc_date_time::{Cdc202510, CdcDateTime};

#[cfg(test)]
mod tests;
