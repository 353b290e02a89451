//! The stubbed producer: the payload under test, and the further inputs of an aggregation by path.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;

use crate::probe::subject::Payload;

/// How long to wait before the target is tried again.
pub(super) const PAUSE: Duration = Duration::from_millis(50);

/// The most of a question's own body that is read.
const MAX_QUESTION: usize = 16 << 20;

/// So many questions are told of.
const MOST_TOLD: usize = 5;

/// What is served at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// One of the mapping's further inputs; none for the payload.
    pub input: Option<String>,
    /// The end of the path: `*` stands for one segment, `{key}` for the one that is the key.
    pub path: String,
}

impl Route {
    /// Whether a path ends like that, and the key in it.
    fn matches(&self, path: &str) -> Option<Option<String>> {
        let (mut wanted, mut found) = (self.path.trim_start_matches('/').rsplit('/'), path.rsplit('/'));
        let mut key = None;
        wanted
            .all(|wanted| match (wanted, found.next()) {
                (_, None) => false,
                ("{key}", Some(found)) => {
                    key = Some(percent_decode_str(found).decode_utf8_lossy().into_owned());
                    true
                }
                (wanted, Some(found)) => wanted == "*" && !found.is_empty() || wanted == found,
            })
            .then_some(key)
    }
}

/// What the gateway asked for since the payload was laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct Questions {
    /// Whether the payload was asked for.
    pub(super) for_payload: bool,
    /// What else, in its own words: `GET /api/x`.
    pub(super) other: Vec<String>,
}

/// The producer.
pub(super) struct Stub {
    routes: Vec<Route>,
    laid_out: Mutex<(Payload, Questions)>,
}

impl Stub {
    pub(super) fn new(routes: Vec<Route>) -> Self {
        Stub { routes, laid_out: Mutex::new((Payload::alone(Vec::new()), Questions::default())) }
    }

    /// Lays a payload out.
    pub(super) fn serve(&self, payload: Payload) {
        *self.laid_out() = (payload, Questions::default());
    }

    /// What was asked since.
    pub(super) fn questions(&self) -> Questions {
        self.laid_out().1.clone()
    }

    fn laid_out(&self) -> MutexGuard<'_, (Payload, Questions)> {
        self.laid_out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes connections for ever.
    pub(super) async fn accept(self: Arc<Self>, listener: TcpListener) {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                // Out of descriptors, say: the next moment may be better.
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let stub = self.clone();
            tokio::spawn(async move {
                let answer = |request| {
                    let stub = stub.clone();
                    async move { Ok::<_, Infallible>(stub.answer(request).await) }
                };
                // A gateway that breaks off says so in its own answer.
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service_fn(answer))
                    .await;
            });
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        // A question may have a body; unread, it would break the connection.
        let _ = Limited::new(body, MAX_QUESTION).collect().await;
        let found = self.find(head.uri.path(), || format!("{} {}", head.method, head.uri));
        let mut response = Response::new(Full::from(found.clone().unwrap_or_default()));
        match found {
            Some(_) => {
                response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            }
            None => *response.status_mut() = StatusCode::NOT_FOUND,
        }
        response
    }

    /// What is served at a path: an input's own, else the payload, unless that has paths of its own.
    fn find(&self, path: &str, question: impl Fn() -> String) -> Option<Bytes> {
        let mut laid_out = self.laid_out();
        let (payload, questions) = &mut *laid_out;
        let matching = self.routes.iter().find_map(|route| Some((route, route.matches(path)?)));
        match matching {
            Some((Route { input: Some(name), .. }, key)) => {
                let is_it = |further: &&crate::probe::subject::FurtherText| {
                    further.name == *name && (key.is_none() || further.key == key)
                };
                payload.further.iter().find(is_it).map(|further| Bytes::from(further.text.clone()))
            }
            None if self.routes.iter().any(|route| route.input.is_none()) => {
                if questions.other.len() < MOST_TOLD {
                    questions.other.push(question());
                }
                None
            }
            _ => {
                questions.for_payload = true;
                Some(Bytes::copy_from_slice(&payload.bytes))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_the_end_of_a_path() {
        let key = |route: &str, path| Route { input: None, path: route.to_owned() }.matches(path);
        let found = |key: &str| Some(Some(key.to_owned()));
        assert_eq!(key("/api/order/{key}/notes", "/shop/api/order/123/notes"), found("123"));
        assert_eq!(key("/{key}", "/a%2Fb%20%C3%A9"), found("a/b \u{e9}"));
        assert_eq!(key("api/order/*/notes", "/api/order/123/notes"), Some(None));
        assert_eq!(key("/orders", "/api/v1/orders"), Some(None));
        for path in ["/order/123/notes", "/api/order/123/notes/add", "/notes", "/"] {
            assert_eq!(key("/api/order/{key}/notes", path), None, "{path}");
        }
    }

    #[test]
    fn what_is_served_is_the_payload_that_is_laid_out() {
        let route = Route { input: Some("notes".to_owned()), path: "/notes/{key}".to_owned() };
        let stub = Stub::new(vec![route]);
        let payload = |text: &str, key: &str| {
            let further = crate::probe::subject::FurtherText {
                name: "notes".to_owned(),
                key: Some(key.to_owned()),
                text: format!("notes of {text}"),
            };
            Payload { bytes: Arc::from(text.as_bytes()), further: Arc::from([further]) }
        };
        let found = |path: &str| stub.find(path, String::new).map(|bytes| String::from_utf8(bytes.to_vec()).unwrap());
        for (text, key, other) in [("first", "1", "2"), ("second", "2", "1")] {
            stub.serve(payload(text, key));
            assert_eq!(found(&format!("/api/notes/{key}")), Some(format!("notes of {text}")));
            assert_eq!(found(&format!("/api/notes/{other}")), None);
            assert!(!stub.questions().for_payload);
            assert_eq!(found("/anything").as_deref(), Some(text));
            assert!(stub.questions().for_payload);
        }
    }
}
