//! Which environment a gateway seems to be part of: mixing two up is how the incident began.
//!
//! In the system that dtogate is made for, every environment but production names itself in the host:
//! `stage-apps.tis.nhs.uk`, `alpha-revalidation.tis.nhs.uk`; production is `apps.tis.nhs.uk` (tis-revalidation-v2,
//! `src/environments/environment.*.ts`). So a public host that names none is taken for production.

use std::net::{IpAddr, SocketAddr};

/// What production is called, in a host and in a path.
const PRODUCTION: [&str; 3] = ["prod", "production", "prd"];

/// What other environments are called.
const OTHERS: [&str; 21] = [
    "alpha",
    "beta",
    "ci",
    "demo",
    "dev",
    "develop",
    "development",
    "nonprod",
    "preprod",
    "preproduction",
    "qa",
    "sandbox",
    "sit",
    "stage",
    "staging",
    "stg",
    "test",
    "testing",
    "tst",
    "uat",
    "local",
];

/// An environment, as far as a URL tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Environment {
    /// This machine.
    Local,
    /// One that the host names, or a private network that names none.
    Other(String),
    /// Production: why it seems so, a lower-case fragment.
    Production(String),
}

impl Environment {
    pub(super) fn of(host: &str, path: &str, addresses: &[SocketAddr]) -> Self {
        for text in [host, path] {
            if let Some(word) = production(text) {
                return Environment::Production(format!("{text:?} has the word {word:?}"));
            }
        }
        if addresses.iter().all(|address| address.ip().is_loopback()) {
            return Environment::Local;
        }
        let host_words = words(host);
        if let Some(word) = host_words.iter().find(|word| OTHERS.contains(&word.as_str())) {
            return Environment::Other(word.clone());
        }
        // Names that no public server has: one label, or an ending that is kept for this.
        let is_private_name = !host.contains(['.', ':'])
            || [".local", ".internal", ".test", ".localhost"].iter().any(|ending| host.ends_with(ending));
        if is_private_name || addresses.iter().all(|address| is_private(address.ip())) {
            return Environment::Other("private network".to_owned());
        }
        Environment::Production(format!("{host:?} names no other environment"))
    }

    /// Its name, in capitals as it is announced.
    pub fn name(&self) -> String {
        match self {
            Environment::Local => "LOCAL".to_owned(),
            Environment::Other(name) => name.to_uppercase(),
            Environment::Production(_) => "PRODUCTION".to_owned(),
        }
    }

    /// The name in its colour: green, yellow, red on white.
    pub fn colored(&self) -> String {
        let style = match self {
            Environment::Local => "\u{1b}[1;32m",
            Environment::Other(_) => "\u{1b}[1;33m",
            Environment::Production(_) => "\u{1b}[1;37;41m",
        };
        format!("{style} {} \u{1b}[0m", self.name())
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric());
    let bare = words.map(|word| word.trim_end_matches(|character: char| character.is_ascii_digit()));
    bare.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect()
}

/// The word that names production, unless `pre` or `non` stands before it.
fn production(text: &str) -> Option<String> {
    let words = words(text);
    let is_other = |index: usize| index > 0 && ["pre", "non"].contains(&words[index - 1].as_str());
    let mut found = words.iter().enumerate();
    found.find(|(index, word)| PRODUCTION.contains(&word.as_str()) && !is_other(*index)).map(|(_, word)| word.clone())
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_link_local() || address.is_loopback(),
        IpAddr::V6(address) => address.is_unique_local() || address.is_unicast_link_local() || address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environments() {
        let of = |host: &str, path: &str, address: &str| {
            Environment::of(host, path, &[SocketAddr::new(address.parse().unwrap(), 80)]).name()
        };
        let public = "192.0.2.1";
        assert_eq!(of("localhost", "/api/v1/doctors", "127.0.0.1"), "LOCAL");
        assert_eq!(of("stage-apps.tis.nhs.uk", "/", public), "STAGE");
        assert_eq!(of("alpha-revalidation.tis.nhs.uk", "/", public), "ALPHA");
        assert_eq!(of("preprod.example.org", "/", public), "PREPROD");
        assert_eq!(of("pre-prod-dev.example.org", "/", public), "DEV");
        assert_eq!(of("gateway", "/", "10.0.0.3"), "PRIVATE NETWORK");
        assert_eq!(of("10.0.0.3", "/", "10.0.0.3"), "PRIVATE NETWORK");
        for (host, path, address) in [
            ("apps.tis.nhs.uk", "/", public),
            ("prod-apps.example.org", "/", public),
            ("gateway.prod2.internal", "/", "10.0.0.3"),
            ("localhost", "/production/api", "127.0.0.1"),
            ("test-prod.example.org", "/", public),
            ("192.0.2.1", "/", public),
        ] {
            assert_eq!(of(host, path, address), "PRODUCTION", "{host}{path}");
        }
        assert_eq!(of("localhost", "/products", "127.0.0.1"), "LOCAL");
    }
}
