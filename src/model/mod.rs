//! One table per class, whichever source it was taken from, and what a Rust definition is read and written by.
//!
//! A definition is a plain struct with `#[derive(Dto)]`. Its table ([`Class`]) is data: schemas, generated values and
//! shapes walk it, and it is compared with the table of a Java class or an interface.
//!
//! ```
//! use dtogate::document::parse_text;
//! use dtogate::java::config::{MapperConfig, Naming};
//! use dtogate::java::{read::read, types::Text, write::emit};
//! use dtogate::model::Dto;
//!
//! /// An order.
//! #[derive(Clone, Debug, Default, PartialEq, Dto)]
//! #[dto(name = "shop.Order", source = "shop, Order.java at 1f2e3d4", unknown = Ignore)]
//! struct Order {
//!     /// Its number.
//!     #[dto(alias = "number")]
//!     order_number: Text,
//! }
//!
//! let snake = MapperConfig { naming: Naming::Snake, ..MapperConfig::ISO };
//! let payload = parse_text(r#"{"number":"7","more":true}"#).expect("it is JSON");
//! let order: Order = read(&snake, &payload).expect("an unknown key is dropped");
//! assert_eq!(emit(&snake, &order).as_deref(), Ok(r#"{"order_number":"7"}"#));
//! assert_eq!(Order::CLASS.keys()[0].doc, "Its number.");
//! ```

pub mod class;
pub mod coded;
pub mod domain;
pub mod field;
pub mod leaf_type;
pub mod leaf_types;
pub mod places;
pub mod schema;
pub mod values;
pub mod written;

pub use class::{Body, Class, ClassRef, Key, Type, TypeRef};
pub use domain::{Domain, DomainRef, Seq, Side, Str, Stranger, Words};
pub use dtogate_derive::Dto;
pub use field::{Dto, Field, Record, Typed};
pub use leaf_type::{DateForm, Format, LeafType};
// A leaf type of another crate says its schema and its values in the terms of these two, in the same version.
pub use {proptest, schemars};
