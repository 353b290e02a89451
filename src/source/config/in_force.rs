//! A mapper in force: what makes it, and what it is.

use super::mapper::Configured;
use super::settings::Setting;
use crate::source::spring::Transport;

/// What makes a mapper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Maker {
    /// Spring Boot, as `spring.jackson.*` says.
    Boot,
    /// A bean of the service.
    Bean,
    /// A converter, with a mapper of its own.
    Converter,
    /// Code that reads and writes with it itself.
    Code,
    /// No converter of JSON is made: messages are texts, bytes or Java's own serialisation.
    None,
}

/// The mapper in force for a transport of a module.
#[derive(Clone, Debug)]
pub struct InForce {
    /// The module: the folder that holds `src/main`; empty for the root.
    pub module: String,
    /// The transport.
    pub transport: Transport,
    /// What makes it.
    pub maker: Maker,
    /// What it is.
    pub configured: Configured,
    /// Whether a class that goes over the transport has an `Optional`.
    pub has_optionals: bool,
    /// Settings that would reach Spring Boot's mapper, which a bean has replaced.
    pub inert: Vec<Setting>,
    /// Settings that hold for a profile only: `configured` is without them.
    pub profiles: Vec<Setting>,
    /// What it is under each of those profiles alone, in the order of their names.
    pub under: Vec<(String, Configured)>,
}

impl InForce {
    /// The mapper under a profile: this one, where nothing holds for that profile only.
    pub fn under(&self, profile: &str) -> InForce {
        let own = self.under.iter().find(|(name, _)| name == profile);
        let configured = own.map_or(&self.configured, |(_, configured)| configured).clone();
        InForce { configured, ..self.clone() }
    }
}
