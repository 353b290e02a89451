//! Which environment a gateway seems to be part of: mixing two up is how the incident began.
//!
//! In the system that dtogate is made for, every environment but production names itself in the host, as in
//! `stage-apps.example.org` and `alpha-shop.example.org`, and production is `apps.example.org`. So a public host that
//! names none is taken for production.

use std::net::{IpAddr, SocketAddr};

use percent_encoding::percent_decode_str;

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
    /// `headers`: the names and values of headers by which a proxy chooses the host.
    pub(super) fn of(host: &str, path: &str, headers: &[(&str, &str)], addresses: &[SocketAddr]) -> Self {
        for text in [host, path] {
            if let Some(word) = production(text) {
                return Environment::Production(format!("{text:?} has the word {word:?}"));
            }
        }
        // A local port may lead anywhere: what it is asked for by name counts as much as where it listens.
        for (name, value) in headers {
            if production(value).is_some() {
                return Environment::Production(format!("the header {name} names it"));
            }
            if is_public(value) {
                return Environment::Production(format!("the header {name} names no other environment"));
            }
        }
        if addresses.iter().all(|address| address.ip().is_loopback()) {
            return Environment::Local;
        }
        let host_words = words(host);
        if let Some(word) = host_words.iter().find(|word| OTHERS.contains(&word.as_str())) {
            return Environment::Other(word.clone());
        }
        if is_private_name(host) || addresses.iter().all(|address| is_private(address.ip())) {
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

/// Names that no public server has: one label, or an ending that is kept for this.
fn is_private_name(host: &str) -> bool {
    !host.contains(['.', ':'])
        || [".local", ".internal", ".test", ".localhost"].iter().any(|ending| host.ends_with(ending))
}

/// Whether the value of a header names a public host, and no environment but production.
fn is_public(value: &str) -> bool {
    let value = value.trim();
    let host = match value.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => value,
    };
    let address = host.trim_matches(['[', ']']).parse().ok();
    let is_private = address.map_or_else(|| is_private_name(host), is_private);
    !is_private && !words(host).iter().any(|word| OTHERS.contains(&word.as_str()))
}

/// A text as a server reads it in the end, however often it is encoded.
fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let once = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        // Each time it is shorter, or there was nothing to decode.
        if once.len() >= text.len() {
            return text;
        }
        text = once;
    }
}

fn words(text: &str) -> Vec<String> {
    let text = decoded(text);
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
            Environment::of(host, path, &[], &[SocketAddr::new(address.parse().unwrap(), 80)]).name()
        };
        let public = "192.0.2.1";
        assert_eq!(of("localhost", "/api/v1/orders", "127.0.0.1"), "LOCAL");
        assert_eq!(of("stage-apps.example.org", "/", public), "STAGE");
        assert_eq!(of("alpha-shop.example.org", "/", public), "ALPHA");
        assert_eq!(of("preprod.example.org", "/", public), "PREPROD");
        assert_eq!(of("pre-prod-dev.example.org", "/", public), "DEV");
        assert_eq!(of("gateway", "/", "10.0.0.3"), "PRIVATE NETWORK");
        assert_eq!(of("10.0.0.3", "/", "10.0.0.3"), "PRIVATE NETWORK");
        for (host, path, address) in [
            ("apps.example.org", "/", public),
            ("prod-apps.example.org", "/", public),
            ("gateway.prod2.internal", "/", "10.0.0.3"),
            ("localhost", "/production/api", "127.0.0.1"),
            ("localhost", "/%70rod/api", "127.0.0.1"),
            ("localhost", "/%2570r%6Fd/api", "127.0.0.1"),
            ("localhost", "/?environment=%50RD", "127.0.0.1"),
            ("test-prod.example.org", "/", public),
            ("192.0.2.1", "/", public),
        ] {
            assert_eq!(of(host, path, address), "PRODUCTION", "{host}{path}");
        }
        assert_eq!(of("localhost", "/products", "127.0.0.1"), "LOCAL");
        assert_eq!(of("localhost", "/100%", "127.0.0.1"), "LOCAL");
    }

    #[test]
    fn a_header_names_the_environment_too() {
        let of = |value: &str| {
            let address = SocketAddr::from(([127, 0, 0, 1], 80));
            Environment::of("localhost", "/", &[("host", value)], &[address])
        };
        for value in ["prod.example.org", "apps.example.org", "apps.example.org:8080", "gateway.%70rod", "192.0.2.1"] {
            assert!(matches!(of(value), Environment::Production(why) if !why.contains(value)), "{value}");
        }
        for value in ["localhost:8080", "stage-apps.example.org", "gateway", "127.0.0.1:80", "[::1]:80", "x.internal"] {
            assert_eq!(of(value), Environment::Local, "{value}");
        }
    }
}
