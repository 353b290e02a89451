//! What happens between two wires, and the lists that a gate works on.
//!
//! A mapping is a function of one of two kinds ([`Mapper`]): over typed values, [`TypedMapping`], which never sees how a
//! payload is spelled; or over texts, as a regular expression over a body is. What a parser hides makes a difference to
//! the second kind only, and the gate looks for it there.

mod catalogue;
mod declaration;
mod generate;
mod inputs;
mod leg;
mod typed;
mod wire;

pub use catalogue::{Catalogue, Golden};
pub use declaration::{Declaration, Declared, GoldenInput, GoldenInputs, Guard, Probing};
pub use generate::Shrinking;
pub use inputs::{Further, Inputs, MapError, Mapper, Outcome, Values};
pub use leg::{ByteReaders, Consumer, Identifier, InputSpec, Mapping, Required, consume};
pub use typed::{TypedMapping, rows, typed};
pub use wire::{DtoSpec, Promise, RoundTrip, Wire};
