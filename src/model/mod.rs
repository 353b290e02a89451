//! One table per class, whichever source it was taken from.

pub mod class;
pub mod leaf_type;

pub use class::{Body, Class, ClassRef, Domain, DomainRef, Key, Seq, Side, Str, Stranger, Type, TypeRef, Words};
pub use leaf_type::{DateForm, LeafType};
