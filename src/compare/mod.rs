//! Differences between two documents, and what became of what was sent.
//!
//! [`differences`] compares document with document and knows no DTO: absent, null and a value are three states, and the
//! order of keys counts. Only a comparison that says so in its [`Tolerance`] is more generous. [`arrivals()`] asks whether
//! what was sent through a mapping arrives; it answers with facts, and the caller decides what is tolerated.

mod arrivals;
mod counted;
mod dates;
mod difference;
mod fate;
mod forms;
mod renames;
mod scalars;

pub use arrivals::{Exchange, arrivals};
pub use counted::MOST_OF_A_CAUSE;
pub use dates::{DateShape, same_date};
pub use difference::{Change, Difference, Listed, Tolerance, differences, differences_below};
pub use fate::{Arrival, Fate};
