//! Two revisions of a service: which classes are one, what differs in each, and who is concerned.
//!
//! A comparison holds facts. What they mean, the rules of [`super::rule`] say.

pub mod answers;
pub mod changes;
mod comparison;
pub mod conversions;
pub mod ends;
pub mod fills;
pub mod guards;
mod in_force;
pub mod labels;
pub mod mappers;
pub mod moved;
pub mod others;
mod pairs;
pub mod readers;
pub mod routes;
pub mod sample;
pub mod unread;

pub use changes::simple_name;
pub use comparison::{Comparison, Ways, location};
pub use in_force::{config_of, mapper_of};
pub use others::{Partner, on_wire};
pub use pairs::Pair;
