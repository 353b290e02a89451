//! The lists that a gate works on.

use super::leg::Mapping;
use super::wire::DtoSpec;
use crate::java::config::MapperConfig;

/// The lists that a gate works on.
#[derive(Clone, Copy)]
pub struct Catalogue {
    /// The definitions.
    pub dtos: &'static [DtoSpec],
    /// The mapper configurations.
    pub configs: &'static [MapperConfig],
    /// The mappings.
    pub mappings: &'static [Mapping],
    /// A few payloads of each mapping, for a probe without a checkout.
    pub goldens: &'static [Golden],
}

/// A golden payload in the binary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Golden {
    /// The mapping.
    pub mapping: &'static str,
    /// The name of the case, with `@configuration` where it has one.
    pub name: &'static str,
    /// The payload: exact bytes.
    pub bytes: &'static [u8],
}

impl Catalogue {
    /// The definition of that name.
    pub fn dto(&self, name: &str) -> Option<&'static DtoSpec> {
        self.dtos.iter().find(|dto| dto.name() == name)
    }

    /// The configuration of that name.
    pub fn config(&self, name: &str) -> Option<&'static MapperConfig> {
        self.configs.iter().find(|config| config.name == name)
    }

    /// The mapping of that name.
    pub fn mapping(&self, id: &str) -> Option<&'static Mapping> {
        self.mappings.iter().find(|mapping| mapping.id == id)
    }
}
