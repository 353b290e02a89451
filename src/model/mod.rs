//! One table per class, whichever source it was taken from, and what a Rust definition is read and written by.
//!
//! A definition is a plain struct with `#[derive(Dto)]`. Its table ([`Class`]) is data: schemas, generated values and
//! shapes walk it, and it is compared with the table of a Java class or an interface.

pub mod class;
pub mod domain;
pub mod field;
pub mod leaf_type;
pub mod leaf_types;
pub mod schema;
pub mod values;

pub use class::{Body, Class, ClassRef, Key, Type, TypeRef};
pub use domain::{Domain, DomainRef, Seq, Side, Str, Stranger, Words};
pub use dtogate_derive::Dto;
pub use field::{Dto, Field, Record, Typed};
pub use leaf_type::{DateForm, Format, LeafType};
