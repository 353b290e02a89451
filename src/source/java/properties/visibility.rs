//! Which members Jackson sees of itself: public ones and every setter, unless `@JsonAutoDetect` says otherwise.

use crate::source::java::annotations::Found;
use crate::source::java::syntax::{Modifiers, Value};

/// What `@JsonAutoDetect` says of a kind of member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Level {
    Any,
    NonPrivate,
    Protected,
    Public,
    None,
    #[default]
    Default,
}

/// Which members Jackson sees.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Visibility {
    field: Level,
    getter: Level,
    is_getter: Level,
    setter: Level,
}

impl Visibility {
    pub(super) fn of(found: Option<Found<'_>>) -> Self {
        let level = |element| match found.and_then(|it| it.annotation.get(element)).and_then(Value::last_name) {
            Some("ANY") => Level::Any,
            Some("NON_PRIVATE") => Level::NonPrivate,
            Some("PROTECTED_AND_PUBLIC") => Level::Protected,
            Some("PUBLIC_ONLY") => Level::Public,
            Some("NONE") => Level::None,
            _ => Level::Default,
        };
        Visibility {
            field: level("fieldVisibility"),
            getter: level("getterVisibility"),
            is_getter: level("isGetterVisibility"),
            setter: level("setterVisibility"),
        }
    }

    pub(super) fn field(self, modifiers: Modifiers) -> bool {
        self.field.sees(Level::Public, modifiers)
    }

    /// Of a method called `get` and a name, or `is` and one.
    pub(super) fn getter(self, is_is: bool, modifiers: Modifiers) -> bool {
        if is_is { self.is_getter } else { self.getter }.sees(Level::Public, modifiers)
    }

    pub(super) fn setter(self, modifiers: Modifiers) -> bool {
        self.setter.sees(Level::Any, modifiers)
    }
}

impl Level {
    fn sees(self, default: Level, modifiers: Modifiers) -> bool {
        match if self == Level::Default { default } else { self } {
            Level::Any => true,
            Level::NonPrivate => !modifiers.is_private,
            Level::Protected => modifiers.is_public || modifiers.is_protected,
            Level::Public | Level::Default => modifiers.is_public,
            Level::None => false,
        }
    }
}
