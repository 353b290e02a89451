//! A running gateway as the subject: dtogate is the stubbed producer behind it and calls it as the UI does.
//!
//! ```text
//! dtogate --GET--> the gateway's public endpoint --GET--> dtogate's stub: the payload, and further inputs by path
//!         <-------- the answer that is judged <----------
//! ```
//!
//! One payload at a time: a request of the gateway does not say which payload it is for. HTTP/1.1 without TLS.

mod environment;
mod secret;
mod started;
mod stub;

use std::ffi::OsString;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use http_body_util::{BodyExt as _, Empty, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE, FORWARDED, HOST, HeaderName, HeaderValue};
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

pub use environment::Environment;
pub use started::PRODUCER;
use started::Started;
pub use stub::Route;

use super::answer::{Answer, Deliver, Misbehaviour};
use super::subject::{Payload, Progress};
use crate::error::Error;
use secret::Secrets;
use stub::{PAUSE, Stub};

/// After so many time-outs or failed connections in a row the rest is not sent.
const MOST_FAILURES: usize = 3;

/// How long one connection is waited for, while the gateway starts.
const LONGEST_CONNECT: Duration = Duration::from_secs(1);

/// How much of a body with an error status is shown.
const EXCERPT: usize = 300;

/// The gateway's public endpoint.
#[derive(Clone, Debug)]
pub struct Target {
    url: String,
    uri: Uri,
    host: String,
    port: u16,
}

impl Target {
    /// An `http` URL with a host.
    ///
    /// # Errors
    ///
    /// What was expected and found: lower-case fragment.
    pub fn parse(url: &str) -> Result<Self, String> {
        let shown = without_user(url);
        let uri: Uri = url.parse().map_err(|error| format!("expected a URL, found {shown:?}: {error}"))?;
        match uri.scheme_str() {
            Some("http") => {}
            Some("https") => return Err(format!("expected http, found {shown:?}: a probe does not speak TLS")),
            _ => return Err(format!("expected http://HOST[:PORT]/PATH, found {shown:?}")),
        }
        let Some(authority) = uri.authority() else { return Err(format!("expected a host in {shown:?}")) };
        if authority.as_str().contains('@') {
            return Err("expected no user in the URL; name a header with --header".to_owned());
        }
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        // What is no port must not become another one.
        let port = match authority.as_str().strip_prefix(authority.host()).and_then(|rest| rest.strip_prefix(':')) {
            None => 80,
            Some(port) => match port.parse::<u16>() {
                Ok(number) if number > 0 && port.bytes().all(|byte| byte.is_ascii_digit()) => number,
                _ => return Err(format!("expected a port from 1 to 65535, found {port:?} in {shown:?}")),
            },
        };
        Ok(Target { url: url.to_owned(), host, port, uri })
    }

    /// The host.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Its addresses.
    ///
    /// # Errors
    ///
    /// That nobody knows the host.
    pub fn resolve(&self) -> Result<Vec<SocketAddr>, Error> {
        let unreachable = |message: String| Error::Unreachable { target: self.url.clone(), message };
        let found =
            (self.host.as_str(), self.port).to_socket_addrs().map_err(|error| unreachable(error.to_string()))?;
        let found: Vec<SocketAddr> = found.collect();
        if found.is_empty() { Err(unreachable("the host has no address".to_owned())) } else { Ok(found) }
    }

    /// Which environment it seems to be; where nothing is known of its addresses, only its words tell.
    pub fn environment(&self, addresses: &[SocketAddr], headers: &[(HeaderName, HeaderValue)]) -> Environment {
        let path = self.uri.path_and_query().map_or("", |path| path.as_str());
        let is_host = |name: &HeaderName| *name == HOST || *name == FORWARDED || *name == "x-forwarded-host";
        let headers = headers.iter().filter(|(name, _)| is_host(name));
        let headers: Vec<(&str, String)> = headers
            .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Environment::of(&self.host, path, &headers, addresses)
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.url)
    }
}

/// What a gateway is probed with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where dtogate listens as the producer; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// The gateway.
    pub target: Target,
    /// Its addresses.
    pub addresses: Vec<SocketAddr>,
    /// What is served at which path.
    pub routes: Vec<Route>,
    /// Headers of our requests.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// For one answer.
    pub timeout: Duration,
    /// Bytes of one answer.
    pub max_output: u64,
}

/// A gateway between our two ends.
pub struct Gateway {
    options: Options,
    secrets: Arc<Secrets>,
    runtime: Runtime,
    stub: Arc<Stub>,
    producer: SocketAddr,
    // Ended with the probe, if the probe started it.
    started: Option<Started>,
}

/// Listens at an address. "Any port that is free" may be one that the gateway is about to take: such a port is held, so
/// that the next one is another.
async fn bind(listen: SocketAddr, gateway: &[SocketAddr]) -> io::Result<TcpListener> {
    let mut held = vec![];
    loop {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let is_free = !gateway.iter().any(|gateway| takes(address, *gateway));
        if listen.port() != 0 || is_free || held.len() == gateway.len() {
            return Ok(listener);
        }
        held.push(listener);
    }
}

/// Whether a gateway cannot listen at its address while we listen at ours.
fn takes(ours: SocketAddr, gateway: SocketAddr) -> bool {
    let is_ours = ours.ip() == gateway.ip() || ours.ip().is_unspecified() && gateway.ip().is_loopback();
    is_ours && ours.port() == gateway.port()
}

impl Gateway {
    /// Listens as the producer. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// That the address is not free or not ours, or that of the target.
    pub fn listen(options: Options) -> Result<Self, Error> {
        let cannot = |source| Error::Listen { address: options.listen.to_string(), source };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(cannot)?;
        let stub = Arc::new(Stub::new(options.routes.clone()));
        let listener = runtime.block_on(bind(options.listen, &options.addresses)).map_err(cannot)?;
        let producer = listener.local_addr().map_err(cannot)?;
        if options.addresses.iter().any(|gateway| takes(producer, *gateway)) {
            let message = format!("{} is where --listen listens: the gateway needs a port of its own", options.target);
            return Err(Error::Usage(message));
        }
        runtime.spawn(stub.clone().accept(listener));
        let secrets = Arc::new(Secrets::of(&options.headers));
        Ok(Gateway { options, secrets, runtime, stub, producer, started: None })
    }

    /// The URL that the gateway must be given as its producer's.
    pub fn producer(&self) -> String {
        format!("http://{}", self.producer)
    }

    /// The limit of one answer, in bytes.
    pub(super) fn max_output(&self) -> u64 {
        self.options.max_output
    }

    /// The URL that is called.
    pub fn target(&self) -> &str {
        &self.options.target.url
    }

    /// Starts the gateway: it is ended with the probe.
    ///
    /// # Errors
    ///
    /// That somebody else answers at the target already, or that the command cannot be started.
    pub fn start(&mut self, command: &[OsString]) -> Result<(), Error> {
        if self.connects(LONGEST_CONNECT).is_ok() {
            return Err(Error::Usage(format!(
                "something answers at {} already: end it, or leave the command out",
                self.options.target
            )));
        }
        let secrets = self.secrets.clone();
        let started =
            Started::start(command, &self.producer(), secrets).map_err(|source| Error::start(command, source))?;
        self.started = Some(started);
        Ok(())
    }

    /// Waits until the target takes connections, and answers its questions in the meantime.
    ///
    /// # Errors
    ///
    /// That it does not in time, or that the command which is the gateway ended.
    pub fn wait(&self, limit: Duration) -> Result<(), Error> {
        let deadline = Instant::now() + limit;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Err(error) = self.connects(left.clamp(PAUSE, LONGEST_CONNECT)) else { return Ok(()) };
            let unreachable = |message: String| Error::Unreachable { target: self.options.target.url.clone(), message };
            if let Some(ended) = self.started.as_ref().and_then(Started::ended) {
                return Err(unreachable(format!("the command that should be it has ended: {ended}")));
            }
            if Instant::now() >= deadline {
                return Err(unreachable(format!("{error} (waited {} s)", limit.as_secs_f64())));
            }
            self.runtime.block_on(async { tokio::time::sleep(PAUSE).await });
        }
    }

    /// Whether somebody listens at the target; one that takes no connection in time does not.
    fn connects(&self, limit: Duration) -> io::Result<()> {
        let connect = async { tokio::time::timeout(limit, TcpStream::connect(&self.options.addresses[..])).await };
        let connected = self.runtime.block_on(connect).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?;
        connected.map(drop)
    }

    /// The answers, one after the other.
    pub(super) fn deliver(&self, payloads: &[Payload], progress: Progress<'_>, deliver: Deliver<'_>) {
        let mut failures = 0;
        let ended = || self.started.as_ref().and_then(Started::ended);
        let answer = |payload: &Payload| {
            if failures >= MOST_FAILURES {
                progress();
                return Answer::failed(Misbehaviour::NotReached);
            }
            let mut answer = self.runtime.block_on(self.ask(payload));
            if let (Err(Misbehaviour::Connection(how)), Some(ended)) = (&mut answer.result, ended()) {
                how.push_str(&format!("; the command has ended: {ended}"));
            }
            let failed = matches!(answer.result, Err(Misbehaviour::TimedOut(_) | Misbehaviour::Connection(_)));
            failures = if failed { failures + 1 } else { 0 };
            progress();
            answer
        };
        payloads.iter().map(answer).enumerate().for_each(|(at, answer)| deliver(at, answer));
    }

    async fn ask(&self, payload: &Payload) -> Answer {
        self.stub.serve(payload.clone());
        let asked = tokio::time::timeout(self.options.timeout, self.request(payload)).await;
        let mut questions = self.stub.questions();
        for question in &mut questions.other {
            *question = self.secrets.masked_text(question, payload);
        }
        let mut answer = match asked {
            Err(_) => return Answer::failed(Misbehaviour::TimedOut(self.options.timeout)),
            Ok(Err(Misbehaviour::Status(status, body))) if !questions.for_payload => {
                let asked = if questions.other.is_empty() { "nothing".to_owned() } else { questions.other.join(", ") };
                let producer = self.producer();
                let body = format!("{body} (it had asked {producer} for {asked}: does it know that address?)");
                return Answer::failed(Misbehaviour::Status(status, body));
            }
            Ok(Err(misbehaviour)) => return Answer::failed(misbehaviour),
            Ok(Ok(answer)) => answer,
        };
        if answer.result.is_ok() && !questions.for_payload {
            answer.result = Err(Misbehaviour::NotAsked(questions.other));
        }
        answer
    }

    async fn request(&self, payload: &Payload) -> Result<Answer, Misbehaviour> {
        let Options { target, addresses, headers, max_output, .. } = &self.options;
        let stream = TcpStream::connect(&addresses[..]).await;
        let stream = stream.map_err(|error| Misbehaviour::Connection(format!("cannot connect: {error}")))?;
        let none = |error: hyper::Error| Misbehaviour::Connection(format!("no answer: {}", chain(&error)));
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(none)?;
        let connection = tokio::spawn(connection);
        let path = target.uri.path_and_query().map_or("/", |path| path.as_str());
        let authority = target.uri.authority().map_or("", |authority| authority.as_str());
        let mut request = Request::get(path);
        for (name, value) in [(HOST, authority), (ACCEPT, "application/json")] {
            if !headers.iter().any(|(named, _)| *named == name) {
                request = request.header(name, value);
            }
        }
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.body(Empty::<Bytes>::new());
        let request = request.map_err(|error| Misbehaviour::Connection(format!("cannot ask: {error}")))?;
        let response = sender.send_request(request).await.map_err(none)?;
        let mask = |body: Vec<u8>| self.secrets.masked(body, payload);
        let answer = read(response, *max_output, mask).await;
        connection.abort();
        answer
    }
}

/// `mask` takes out of a body what must not be shown: before any part of it is cut.
async fn read(
    response: Response<Incoming>,
    limit: u64,
    mask: impl Fn(Vec<u8>) -> Vec<u8>,
) -> Result<Answer, Misbehaviour> {
    let (head, body) = response.into_parts();
    let body = match Limited::new(body, usize::try_from(limit).unwrap_or(usize::MAX)).collect().await {
        Ok(body) => mask(body.to_bytes().to_vec()),
        Err(error) if error.is::<LengthLimitError>() => return Err(Misbehaviour::Flooded(limit)),
        Err(error) => return Err(Misbehaviour::CutOff(chain(error.as_ref()))),
    };
    if !head.status.is_success() {
        let excerpt: String = String::from_utf8_lossy(&body).trim().chars().take(EXCERPT).collect();
        return Err(Misbehaviour::Status(head.status.as_u16(), excerpt));
    }
    if body.is_empty() {
        return Err(Misbehaviour::Silent);
    }
    let text = |name: HeaderName| -> Option<String> {
        let value = head.headers.get(name)?.as_bytes().to_vec();
        Some(String::from_utf8_lossy(&mask(value)).into_owned())
    };
    // Nothing asked for another one.
    if let Some(encoding) = text(CONTENT_ENCODING).filter(|encoding| !encoding.trim().eq_ignore_ascii_case("identity"))
    {
        return Err(Misbehaviour::Encoded(encoding));
    }
    let declared = text(CONTENT_TYPE);
    Ok(Answer { complaint: complaint(declared.as_deref()), ..Answer::of(body) })
}

/// What is wrong with a content type for JSON in UTF-8.
fn complaint(declared: Option<&str>) -> Option<String> {
    let Some(declared) = declared else { return Some("the answer has no content type".to_owned()) };
    let mut parts = declared.split(';').map(|part| part.trim().to_ascii_lowercase());
    let essence = parts.next().unwrap_or_default();
    let is_json = essence == "application/json" || essence.starts_with("application/") && essence.ends_with("+json");
    let is_utf8 = |part: &String| match part.split_once('=') {
        Some((name, value)) if name.trim() == "charset" => value.trim().trim_matches('"') == "utf-8",
        _ => true,
    };
    let is_right = is_json && parts.all(|part| is_utf8(&part));
    (!is_right).then(|| format!("expected the content type application/json, found {declared:?}"))
}

/// A URL as messages show it: what stands before an `@` may be a password.
fn without_user(url: &str) -> String {
    match url.rsplit_once('@') {
        None => url.to_owned(),
        Some((before, after)) => {
            let scheme = before.find("//").map_or("", |at| &before[..at + 2]);
            format!("{scheme}…@{after}")
        }
    }
}

/// An error with its causes: hyper's own says little.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |error| error.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_http_urls() {
        let target = Target::parse("http://[::1]:8080/api/v1/orders?page=0").unwrap();
        assert_eq!((target.host(), target.port), ("::1", 8080));
        assert_eq!(Target::parse("http://localhost/x").unwrap().port, 80);
        for bad in
            ["https://localhost/x", "localhost:8080", "/api", "ftp://localhost/", "http://a@localhost/", "http:///x"]
        {
            assert!(Target::parse(bad).is_err(), "{bad}");
        }
        for port in ["99999", "65536", "0", "-1", "+80", "", "8o"] {
            for host in ["127.0.0.1", "[::1]"] {
                assert!(Target::parse(&format!("http://{host}:{port}/")).is_err(), "{host}:{port}");
            }
        }
    }

    /// A third of the ports is the gateway's: of forty attempts some are given such a port first.
    #[test]
    fn a_port_that_the_gateway_is_about_to_take_is_left_to_it() {
        let gateway: Vec<SocketAddr> =
            (32_768..=65_535).step_by(3).map(|port| SocketAddr::from(([127, 0, 0, 1], port))).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for listen in ["127.0.0.1:0", "0.0.0.0:0"] {
            for _ in 0..40 {
                let listener = runtime.block_on(bind(listen.parse().unwrap(), &gateway)).unwrap();
                let port = listener.local_addr().unwrap().port();
                assert!(port < 32_768 || !(port - 32_768).is_multiple_of(3), "{listen}: {port}");
            }
        }
        // A port that is asked for is taken; what comes of it is said.
        let asked = runtime.block_on(bind("127.0.0.1:0".parse().unwrap(), &[])).unwrap().local_addr().unwrap();
        assert_eq!(runtime.block_on(bind(asked, &[asked])).unwrap().local_addr().unwrap(), asked);
    }

    #[test]
    fn what_takes_the_port_of_a_gateway() {
        let takes = |ours: &str, gateway: &str| takes(ours.parse().unwrap(), gateway.parse().unwrap());
        assert!(takes("127.0.0.1:8080", "127.0.0.1:8080"));
        assert!(takes("0.0.0.0:8080", "127.0.0.1:8080"));
        assert!(takes("[::]:8080", "[::1]:8080"));
        assert!(!takes("127.0.0.1:8080", "127.0.0.1:8081"));
        assert!(!takes("0.0.0.0:8080", "192.0.2.1:8080"), "a host of its own");
        assert!(!takes("127.0.0.1:8080", "[::1]:8080"));
    }

    #[test]
    fn no_message_about_a_target_has_the_user_in_it() {
        for url in [
            "http://user:sesame@localhost/",
            "https://user:sesame@localhost/",
            "user:sesame@localhost",
            "http://user:sesame@localhost:99999/",
            "http://user:ses ame@localhost/",
            "ftp://us/er:sesame@localhost/",
        ] {
            let message = Target::parse(url).unwrap_err();
            assert!(!message.contains("ses") && !message.contains("ame@"), "{message}");
        }
    }

    #[test]
    fn content_types() {
        for right in ["application/json", "Application/JSON; charset=UTF-8", "application/hal+json;charset=\"utf-8\""] {
            assert_eq!(complaint(Some(right)), None, "{right}");
        }
        for wrong in ["text/html", "text/plain; charset=utf-8", "application/json; charset=iso-8859-1", "json+json", ""]
        {
            assert!(complaint(Some(wrong)).is_some(), "{wrong}");
        }
        assert!(complaint(None).is_some());
    }
}
