//! What a Java class tells Jackson about itself, and the definitions that mirror it.

use proptest::arbitrary::Arbitrary;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::config::Unknown;

/// The facts of a class that its fields and their types do not show.
#[derive(Debug, PartialEq, Eq)]
pub struct Class {
    /// The qualified name, `<service>.<Type>`; the same as the definition's `#[serde(rename)]`.
    pub name: &'static str,
    /// Repository, class and commit that the definition mirrors.
    pub source: &'static str,
    /// `@JsonIgnoreProperties` on the class, where there is one; else the reading mapper decides.
    pub unknown: Option<Unknown>,
    /// `@JsonAlias`: keys that are read as another key, as (alias, key).
    pub aliases: &'static [(&'static str, &'static str)],
    /// The classes of its fields.
    pub nested: &'static [&'static Class],
}

impl Class {
    /// This class or the field class of that name.
    pub(crate) fn named(&'static self, name: &str) -> Option<&'static Class> {
        std::iter::once(self).chain(self.nested.iter().copied()).find(|class| class.name == name)
    }
}

/// A Rust type that mirrors one Java class or TypeScript interface: fields in the producer's order.
pub trait Dto: Serialize + DeserializeOwned + JsonSchema + Arbitrary + Default + Clone + PartialEq + 'static {
    /// The facts of the class.
    const CLASS: Class;
}
