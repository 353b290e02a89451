//! Where a pointer leads in the table of a class.

use crate::java::config::{MapperConfig, Naming, Unknown};
use crate::java::naming::snake_case;
use crate::mapping::Wire;
use crate::model::class::{Body, Class, ClassRef, Key, Type};
use crate::pointer::{Pointer, Segment};

/// What a reader does with a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Taken<'c> {
    /// It has a key for it.
    Read(&'c Type, &'c Class, &'c Key),
    /// It has no key for it, or for something around it, and drops that: the class whose key is missing.
    Dropped(&'c Class),
    /// It has no key for it and refuses that.
    Refused(&'c Class),
    /// The table does not say.
    Unknown,
}

/// What a reader does with the value of a pointer, by the tables of its classes.
pub(super) fn taken(wire: &Wire, pointer: &Pointer) -> Taken<'static> {
    let mut at = At::Class(wire.dto.class);
    let mut found = Taken::Unknown;
    for segment in pointer.segments() {
        match (at.resolved(), segment) {
            (At::Class(class), Segment::Key(name)) => match key(class, wire.config, name) {
                Some(key) => {
                    found = Taken::Read(&key.ty, class, key);
                    at = At::Type(&key.ty);
                }
                None => {
                    return match class.unknown.unwrap_or(wire.config.unknown) {
                        Unknown::Ignore => Taken::Dropped(class),
                        Unknown::Refuse => Taken::Refused(class),
                    };
                }
            },
            (At::Type(Type::List(item)), Segment::Index(_) | Segment::Any) => {
                at = At::Type(item);
                found = inner(found, item);
            }
            (At::Type(Type::Map(value)), Segment::Key(_)) => {
                at = At::Type(value);
                found = inner(found, value);
            }
            _ => return Taken::Unknown,
        }
    }
    found
}

fn inner<'c>(around: Taken<'c>, ty: &'c Type) -> Taken<'c> {
    match around {
        Taken::Read(_, class, key) => Taken::Read(ty, class, key),
        other => other,
    }
}

/// The key of a class that a name of the wire means.
fn key<'c>(class: &'c Class, config: &MapperConfig, name: &str) -> Option<&'c Key> {
    let is = |key: &&Key| match config.naming {
        Naming::Snake if !key.explicit => snake_case(&key.name) == name,
        Naming::Field | Naming::Snake => key.name == name,
    };
    let keys = class.keys();
    keys.iter().find(is).or_else(|| keys.iter().find(|key| key.aliases.iter().any(|alias| alias == name)))
}

/// A class or a type on the way down.
enum At {
    Class(&'static Class),
    Type(&'static Type),
}

impl At {
    /// What holds keys or items: a class of another type is that type, a class that a type names is the class.
    fn resolved(self) -> At {
        let mut at = self;
        loop {
            at = match at {
                At::Class(Class { body: Body::Type(ty), .. }) => At::Type(ty),
                At::Type(Type::Class(ClassRef::Static(class))) => At::Class(class()),
                _ => return at,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::java::types::{List, Text};
    use crate::model::Dto;

    /// A row that refuses strangers where its mapper does.
    #[derive(Clone, Debug, Default, PartialEq, Dto)]
    #[dto(name = "test.Row", source = "made up")]
    struct Row {
        /// The name.
        #[dto(alias = "label")]
        first_name: Text,
    }

    /// A page that drops strangers.
    #[derive(Clone, Debug, Default, PartialEq, Dto)]
    #[dto(name = "test.Page", source = "made up", unknown = Ignore)]
    struct Page {
        /// The rows.
        rows: List<Row>,
    }

    #[test]
    fn the_class_has_a_say_and_else_the_mapper() {
        const LAX: MapperConfig = MapperConfig { unknown: Unknown::Ignore, ..MapperConfig::ISO };
        let taken_by = |config, pointer: &str| taken(&Wire::of::<Page>(config), &Pointer::read(pointer));
        assert!(matches!(taken_by(&MapperConfig::ISO, "/rows/0/label"), Taken::Read(..)));
        assert!(matches!(taken_by(&MapperConfig::ISO, "/rows/3"), Taken::Read(Type::Class(_), ..)));
        assert!(
            matches!(taken_by(&MapperConfig::ISO, "/new/3/old"), Taken::Dropped(class) if class.name == "test.Page")
        );
        assert!(
            matches!(taken_by(&MapperConfig::ISO, "/rows/0/new"), Taken::Refused(class) if class.name == "test.Row")
        );
        assert!(matches!(taken_by(&LAX, "/rows/0/new"), Taken::Dropped(class) if class.name == "test.Row"));
        assert!(matches!(taken_by(&LAX, "/rows/0/label/new"), Taken::Unknown));
    }
}
