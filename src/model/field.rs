//! What a Rust definition is to the engine: fields by their place, read and written by the table of their class.

use std::fmt::Debug;

use super::class::{Class, ClassRef, Type};
use super::domain::{DomainRef, Str};
use crate::document::{Kind, NodeId};
use crate::java::leaf::{Leaf, Token};
use crate::java::reader::{ReadError, Reader};
use crate::java::writer::{WriteError, Writer};

/// A value of a definition, without its type.
pub trait Field: Debug + Send + Sync {
    /// Reads it from a node.
    ///
    /// # Errors
    ///
    /// The first value that is refused.
    fn read_field(&mut self, reader: &mut Reader<'_, '_>, node: NodeId) -> Result<(), ReadError>;

    /// Writes it.
    ///
    /// # Errors
    ///
    /// What the configuration cannot write.
    fn write_field(&self, writer: &mut Writer<'_>) -> Result<(), WriteError>;

    /// Whether it is null, and so left out by `JsonInclude.Include.NON_NULL`.
    fn is_null_field(&self) -> bool;
}

/// A field whose type a table can name.
pub trait Typed: Field + Clone + Default + PartialEq + 'static {
    /// The type.
    const TYPE: Type;

    /// The same at one address, for a type that holds it.
    const REF: &'static Type = &Self::TYPE;
}

/// A Rust type that mirrors one Java class or TypeScript interface: `#[derive(Dto)]`.
pub trait Dto: Typed {
    /// The table of the class.
    const CLASS: &'static Class;

    /// The same as a function, which a class that holds itself can name.
    fn class() -> &'static Class {
        Self::CLASS
    }
}

/// The fields of a definition by their place in the table.
pub trait Record {
    /// The table.
    fn class(&self) -> &'static Class;

    /// The field of a row of the table.
    fn get(&self, place: usize) -> Option<&dyn Field>;

    /// The same, to be read.
    fn get_mut(&mut self, place: usize) -> Option<&mut dyn Field>;
}

impl<T: Leaf> Typed for T {
    const TYPE: Type = Type::Leaf {
        ty: T::TYPE,
        pattern: match T::PATTERN {
            Some(pattern) => Some(Str::Borrowed(pattern)),
            None => None,
        },
        domain: match T::DOMAIN {
            Some(domain) => Some(DomainRef::Static(domain)),
            None => None,
        },
    };
}

impl<T: Leaf> Field for T {
    fn read_field(&mut self, reader: &mut Reader<'_, '_>, node: NodeId) -> Result<(), ReadError> {
        let token = Token::of(reader.document(), node);
        if T::TYPE.date.is_some() {
            reader.note_date(node);
        }
        if reader.only_asks() && T::surely_takes(&token) {
            return Ok(());
        }
        *self = match T::read(&token) {
            Ok(value) => value,
            Err(refusal) => {
                reader.refuse(node, refusal)?;
                T::read_otherwise(&token).unwrap_or_default()
            }
        };
        Ok(())
    }

    fn write_field(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        if Leaf::is_null(self) {
            writer.null();
            return Ok(());
        }
        Leaf::write(self, writer)
    }

    fn is_null_field(&self) -> bool {
        Leaf::is_null(self)
    }
}

/// An object that can be null: a field of another class.
impl<T: Dto> Typed for Option<T> {
    const TYPE: Type = Type::Class(ClassRef::Static(T::class));
}

impl<T: Dto> Field for Option<T> {
    fn read_field(&mut self, reader: &mut Reader<'_, '_>, node: NodeId) -> Result<(), ReadError> {
        *self = match reader.document().kind(node) {
            Kind::Null => None,
            _ => {
                let mut value = T::default();
                value.read_field(reader, node)?;
                Some(value)
            }
        };
        Ok(())
    }

    fn write_field(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        match self {
            Some(value) => value.write_field(writer),
            None => {
                writer.null();
                Ok(())
            }
        }
    }

    fn is_null_field(&self) -> bool {
        self.is_none()
    }
}
