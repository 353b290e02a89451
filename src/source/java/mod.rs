//! Java sources: what a file declares, and what Jackson makes of its classes.

pub mod annotations;
pub mod class;
pub mod creation;
pub mod enums;
pub mod expression;
pub mod flow;
pub mod inclusion;
pub mod index;
pub mod kinds;
pub mod leaves;
pub mod lombok;
mod meta;
pub mod parse;
pub mod properties;
pub mod source_file;
pub mod strategies;
pub mod syntax;
pub mod unicode;
pub mod walk;
pub mod wire;
