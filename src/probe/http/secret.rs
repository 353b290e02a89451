//! Values of headers that we sent: taken out of everything that a gateway answers, before anybody sees it.
//!
//! A gateway may echo its request. The value is found as it was sent, and escaped as in JSON or encoded as in a URL.

use std::collections::VecDeque;
use std::ops::Range;

use hyper::header::{ACCEPT, ACCEPT_CHARSET, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_TYPE, HOST, USER_AGENT};
use hyper::header::{HeaderName, HeaderValue};

use crate::probe::subject::Payload;

/// Headers whose values everybody knows.
const OPEN: [HeaderName; 7] =
    [ACCEPT, ACCEPT_CHARSET, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_TYPE, HOST, USER_AGENT];

/// A shorter one is no secret, and stands in many a text by chance.
const SHORTEST: usize = 6;

/// What stands in place of a value.
const MASK: &[u8] = b"[header]";

/// The values to take out.
#[derive(Debug)]
pub(super) struct Secrets(Vec<Vec<u8>>);

impl Secrets {
    /// Of each header its value, what follows a scheme (`Bearer ...`), and the values of cookies and parameters.
    pub(super) fn of(headers: &[(HeaderName, HeaderValue)]) -> Self {
        let mut secrets = Vec::new();
        for (_, value) in headers.iter().filter(|(name, _)| !OPEN.contains(name)) {
            let whole = value.as_bytes();
            secrets.push(whole.to_vec());
            let scheme = whole.iter().position(|byte| !byte.is_ascii_alphabetic()).filter(|&at| whole[at] == b' ');
            let parts = whole[scheme.unwrap_or(0)..].split(|byte| matches!(byte, b' ' | b';' | b',')).map(|part| {
                let value = part.iter().position(|&byte| byte == b'=').map(|at| &part[at + 1..]);
                // The padding of base64 is no value.
                let value = value.filter(|value| value.iter().any(|&byte| byte != b'=')).unwrap_or(part);
                value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")).unwrap_or(value)
            });
            secrets.extend(parts.map(<[u8]>::to_vec));
        }
        secrets.retain(|secret| secret.len() >= SHORTEST);
        // The longest first: a part of it is then gone too.
        secrets.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        secrets.dedup();
        Secrets(secrets)
    }

    /// A body without them. One that stands in what was sent is no secret, and what arrives of it must be judged.
    pub(super) fn masked(&self, mut body: Vec<u8>, sent: &Payload) -> Vec<u8> {
        for secret in &self.0 {
            for spelled in [raw, decoded] {
                let found = occurrences(spelled(&body), secret);
                if found.is_empty() || is_sent(sent, secret) {
                    continue;
                }
                let mut masked = Vec::with_capacity(body.len());
                let mut kept = 0;
                for Range { start, end } in found {
                    masked.extend_from_slice(&body[kept..start]);
                    masked.extend_from_slice(MASK);
                    kept = end;
                }
                masked.extend_from_slice(&body[kept..]);
                body = masked;
            }
        }
        body
    }

    /// The same for a text.
    pub(super) fn masked_text(&self, text: &str, sent: &Payload) -> String {
        String::from_utf8_lossy(&self.masked(text.as_bytes().to_vec(), sent)).into_owned()
    }
}

fn is_sent(sent: &Payload, secret: &[u8]) -> bool {
    let has =
        |text: &[u8]| !occurrences(decoded(text), secret).is_empty() || !occurrences(raw(text), secret).is_empty();
    has(&sent.bytes) || sent.further.iter().any(|further| has(further.text.as_bytes()))
}

/// Bytes as they stand, each with where it stands.
type Spelled<'b> = Box<dyn Iterator<Item = (u8, Range<usize>)> + 'b>;

fn raw(bytes: &[u8]) -> Spelled<'_> {
    Box::new(bytes.iter().enumerate().map(|(at, &byte)| (byte, at..at + 1)))
}

/// Bytes as JSON and URLs mean them.
fn decoded(bytes: &[u8]) -> Spelled<'_> {
    let mut at = 0;
    Box::new(std::iter::from_fn(move || {
        let (byte, length) = match bytes.get(at..)? {
            [b'\\', b'u', b'0', b'0', a, b, ..] => hex(*a, *b).map_or((b'\\', 1), |byte| (byte, 6)),
            [b'\\', escaped @ (b'"' | b'\\' | b'/'), ..] => (*escaped, 2),
            [b'%', a, b, ..] => hex(*a, *b).map_or((b'%', 1), |byte| (byte, 3)),
            [byte, ..] => (*byte, 1),
            [] => return None,
        };
        let start = at;
        at += length;
        Some((byte, start..at))
    }))
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

/// Where a word stands; Knuth, Morris and Pratt's search, since a body is not ours.
fn occurrences(bytes: Spelled<'_>, word: &[u8]) -> Vec<Range<usize>> {
    // How much of the word's beginning is its end too, for each of its beginnings.
    let mut borders = vec![0; word.len()];
    for at in 1..word.len() {
        let mut border = borders[at - 1];
        while border > 0 && word[border] != word[at] {
            border = borders[border - 1];
        }
        borders[at] = border + usize::from(word[border] == word[at]);
    }
    let (mut found, mut matched) = (Vec::new(), 0);
    let mut starts = VecDeque::with_capacity(word.len());
    for (byte, place) in bytes {
        starts.push_back(place.start);
        if starts.len() > word.len() {
            starts.pop_front();
        }
        while matched > 0 && word[matched] != byte {
            matched = borders[matched - 1];
        }
        matched += usize::from(word[matched] == byte);
        if matched == word.len() {
            found.extend(starts.front().map(|&start| start..place.end));
            // They do not overlap.
            matched = 0;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(headers: &[(&str, &str)]) -> Secrets {
        let headers: Vec<(HeaderName, HeaderValue)> =
            headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        Secrets::of(&headers)
    }

    #[test]
    fn values_are_found_as_they_are_spelled() {
        let secrets = secrets(&[("authorization", "Bearer ab/cd+ef=="), ("cookie", "id=sesame1; lang=en")]);
        let payload = Payload::alone(&b"{}"[..]);
        for (body, masked) in [
            (r#"{"got":"Bearer ab/cd+ef=="}"#, r#"{"got":"[header]"}"#),
            (r#"{"got":"ab\/cd+ef\u003d\u003D"}"#, r#"{"got":"[header]"}"#),
            ("/login?token=ab%2Fcd%2bef%3D%3D&x", "/login?token=[header]&x"),
            ("id: sesame1, sesame1", "id: [header], [header]"),
            ("ab/cd+ef=ab/cd+ef==", "ab/cd+ef=[header]"),
            ("lang=en, Bearer", "lang=en, Bearer"),
        ] {
            assert_eq!(secrets.masked_text(body, &payload), masked);
        }
        let sent = Payload::alone(&b"{\"a\":\"sesame1\"}"[..]);
        assert_eq!(secrets.masked_text("sesame1", &sent), "sesame1");
    }

    #[test]
    fn what_everybody_knows_is_no_secret() {
        let open = [("accept", "application/json"), ("host", "stage.example.org"), ("x-page", "1")];
        assert!(secrets(&open).0.is_empty());
    }
}
