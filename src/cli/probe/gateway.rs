//! `dtogate probe --target`

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::time::Duration;

use clap::Args;
use hyper::header::{HeaderName, HeaderValue};

use crate::cli::Environment;
use crate::error::Error;
use crate::mapping::Mapping;
use crate::probe::http::{self, Gateway, Options, Route, Target};
use crate::report::escape::seen;

/// The arguments of `probe` over HTTP.
#[derive(Args, Debug)]
pub struct OverHttp {
    /// Probe a running gateway: its public endpoint, called as the UI does
    // What a text is parsed to here, clap repeats where it cannot be: a URL may have a password in it.
    #[arg(long, value_name = "URL", requires = "listen")]
    pub target: Option<String>,
    /// Where dtogate listens as the gateway's producer; port 0 takes a free one and prints it
    #[arg(long, value_name = "HOST:PORT", requires = "target")]
    pub listen: Option<String>,
    /// The path at which `payload`, or a further input, is served; `*` stands for one segment, {key} for the key
    #[arg(long = "path", value_name = "NAME=PATH", requires = "target", value_parser = route)]
    pub paths: Vec<(String, String)>,
    /// A header of every request to the gateway; its value is never printed or saved
    #[arg(long = "header", value_name = "NAME: VALUE", requires = "target")]
    pub headers: Vec<String>,
    /// Another host than this machine that may be probed, or listened on
    #[arg(long = "allow-host", value_name = "HOST", requires = "target")]
    pub allow_hosts: Vec<String>,
    /// Probe a gateway even if it looks like production
    #[arg(long, requires = "target")]
    pub allow_production: bool,
    /// Seconds to wait until the gateway takes connections
    #[arg(long, value_name = "SECONDS", requires = "target", value_parser = super::seconds, default_value = "30")]
    pub wait: Duration,
}

fn route(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, path)) if !name.is_empty() && path.starts_with('/') => Ok((name.to_owned(), path.to_owned())),
        _ => Err(format!("expected NAME=/PATH, found {text:?}")),
    }
}

fn header(text: &str) -> Result<(HeaderName, HeaderValue), Error> {
    // The value may be a secret: it is not repeated, and nor is what stands where a name should, which may be one too.
    let refuse = |what: &str| Error::Usage(format!("expected NAME: VALUE with --header, found {what}"));
    let (name, value) = text.split_once(':').ok_or_else(|| refuse("no colon"))?;
    let name: HeaderName = name.trim().parse().map_err(|_| refuse("no name of a header before the colon"))?;
    let value = value.trim().parse();
    let mut value: HeaderValue =
        value.map_err(|_| refuse(&format!("a character in the value of {name} that no header has")))?;
    value.set_sensitive(true);
    Ok((name, value))
}

/// Listens, names the environment, starts the gateway where it is given, and waits for it.
pub(super) fn connect(
    arguments: &super::Arguments,
    target: &str,
    mapping: &Mapping,
    environment: &Environment<'_>,
) -> Result<Gateway, Error> {
    let OverHttp { listen, paths, headers, allow_hosts, allow_production, wait, .. } = &arguments.gateway;
    let target = &Target::parse(target).map_err(Error::Usage)?;
    let headers: Vec<(HeaderName, HeaderValue)> = headers.iter().map(|text| header(text)).collect::<Result<_, _>>()?;
    // By its words first: nobody need be asked about a host that names production.
    refuse_production(target, &target.environment(&[], &headers), *allow_production)?;
    let addresses = target.resolve()?;
    permit("probe", target.host(), &addresses, allow_hosts)?;
    let named = target.environment(&addresses, &headers);
    refuse_production(target, &named, *allow_production)?;
    let listen = listen_at(listen.as_deref().unwrap_or_default(), allow_hosts)?;
    let options = Options {
        listen,
        target: target.clone(),
        addresses,
        routes: routes(mapping, paths)?,
        headers,
        timeout: arguments.timeout,
        max_output: arguments.max_output,
    };
    let mut gateway = Gateway::listen(options)?;
    (environment.announce)(&format!(
        "probing{}{}\nlistening as its producer at {}\n",
        named.colored(),
        seen(&target.to_string()),
        gateway.producer()
    ));
    if !arguments.command.is_empty() {
        gateway.start(&arguments.command)?;
    }
    gateway.wait(*wait)?;
    Ok(gateway)
}

fn refuse_production(target: &Target, named: &http::Environment, is_allowed: bool) -> Result<(), Error> {
    match named {
        http::Environment::Production(why) if !is_allowed => Err(Error::Usage(format!(
            "{target} looks like production: {why}. Nothing was sent. If it is meant: --allow-production"
        ))),
        _ => Ok(()),
    }
}

/// An address of ours; one that others reach is allowed by name.
fn listen_at(text: &str, allow_hosts: &[String]) -> Result<SocketAddr, Error> {
    let usage = || Error::Usage(format!("expected HOST:PORT with --listen, found {text:?}"));
    let addresses: Vec<SocketAddr> = text.to_socket_addrs().map_err(|_| usage())?.collect();
    let host = text.rsplit_once(':').map_or(text, |(host, _)| host).trim_matches(['[', ']']);
    permit("listen at", host, &addresses, allow_hosts)?;
    addresses.first().copied().ok_or_else(usage)
}

/// Loopback only, unless the host is named.
fn permit(what: &str, host: &str, addresses: &[SocketAddr], allow_hosts: &[String]) -> Result<(), Error> {
    let is_loopback = addresses.iter().all(|address| address.ip().is_loopback());
    if is_loopback || allow_hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(host)) {
        return Ok(());
    }
    Err(Error::Usage(format!("{host} is not this machine. If it is meant to {what} it: --allow-host {host}")))
}

/// The paths that are named, then those of the real system.
fn routes(mapping: &Mapping, paths: &[(String, String)]) -> Result<Vec<Route>, Error> {
    let mut routes = vec![];
    for (name, path) in paths {
        let input = mapping.inputs.iter().find(|input| input.name == name);
        if input.is_none() && name != "payload" {
            let names = mapping.inputs.iter().map(|input| input.name.to_owned());
            return Err(Error::Unknown {
                kind: "input of the mapping",
                name: name.clone(),
                known: names.chain(["payload".to_owned()]).collect(),
            });
        }
        if input.is_some_and(|input| input.keyed) && !path.split('/').any(|segment| segment == "{key}") {
            return Err(Error::Usage(format!("expected {{key}} in the path of {name}, found {path:?}")));
        }
        routes.push(Route { input: input.map(|input| input.name.to_owned()), path: path.clone() });
    }
    let is_named = |name: &str| paths.iter().any(|(named, _)| named == name);
    let own = mapping.inputs.iter().filter(|input| !is_named(input.name));
    routes.extend(own.map(|input| Route { input: Some(input.name.to_owned()), path: input.path.to_owned() }));
    Ok(routes)
}
