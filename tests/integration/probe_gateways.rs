//! `probe --target` against gateways of the test's own, which record what they are asked, and its limits.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::binary::{HANGS, Run, free_port, repository, run};
use crate::probe_programs::probe;

/// One HTTP exchange by hand: the whole answer.
fn ask(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut text = Vec::new();
    stream.read_to_end(&mut text).unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

/// Probes a gateway of ours: `answer` makes the raw answer to the nth question from its head; the heads come back.
fn probe_own(
    mapping: &str,
    path: &str,
    options: &[&str],
    answer: impl Fn(usize, SocketAddr) -> Vec<u8> + Send + 'static,
) -> (Run, Vec<String>, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let producer = SocketAddr::from(([127, 0, 0, 1], free_port()));
    let heads = Arc::new(Mutex::new(vec![]));
    let kept = heads.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                head.push(byte[0]);
            }
            // The connection by which the probe waits for us.
            if head.is_empty() {
                continue;
            }
            let nth = {
                let mut heads = kept.lock().unwrap();
                heads.push(String::from_utf8(head).unwrap());
                heads.len() - 1
            };
            let _ = stream.write_all(&answer(nth, producer));
        }
    });
    let (target, listen) = (format!("http://127.0.0.1:{port}{path}"), producer.to_string());
    let over_http = ["--format", "json", "--cases", "0", "--listen", &listen, "--target", &target];
    let ran = run(&repository(""), &[&["probe", mapping], &over_http[..], options].concat());
    let heads = heads.lock().unwrap().clone();
    (ran, heads, port)
}

fn body(status: &str, body: &str) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\n");
    format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

const FEW: [&str; 2] = ["--filter", "empty_list@explicit_bean"];

#[test]
fn a_request_is_as_it_is_named() {
    let ours = ["--header", "X-Auth: a b", "--header", "x-other:2"];
    let (_, heads, port) =
        probe_own("doctors-summary", "/api/v1/doctors?page=0&x=1", &[&FEW[..], &ours].concat(), |_, _| {
            body("200 OK", "{}")
        });
    let head = heads[0].to_ascii_lowercase();
    assert!(head.starts_with("get /api/v1/doctors?page=0&x=1 http/1.1\r\n"), "{head}");
    for line in [&format!("host: 127.0.0.1:{port}"), "accept: application/json", "x-auth: a b", "x-other: 2"] {
        assert!(head.lines().any(|found| found == line), "{line}: {head}");
    }
    let other = ["--header", "Accept: application/hal+json"];
    let (_, heads, _) = probe_own("doctors-summary", "/", &[&FEW[..], &other].concat(), |_, _| body("200 OK", "{}"));
    let accepts: Vec<&str> = heads[0].lines().filter(|line| line.to_ascii_lowercase().starts_with("accept:")).collect();
    assert_eq!(accepts.len(), 1, "{accepts:?}");
    assert!(accepts[0].ends_with("application/hal+json"));
}

#[test]
fn values_of_headers_are_nowhere_however_a_gateway_echoes_them() {
    let secret = "Bearer ses/ame+0123456789==";
    let header = format!("Authorization: {secret}");
    let options = [&FEW[..], &["--header", &header]].concat();
    // In full, and where an excerpt would cut it.
    for padding in [0, 275, 290] {
        for status in ["200 OK", "401 Unauthorized"] {
            let (ran, heads, _) = probe_own("doctors-summary", "/", &options, move |_, producer| {
                ask(producer, "/api/doctors");
                body(status, &format!("{{\"{}\":\"{}\"}}", "x".repeat(padding), secret.replace('/', "\\/")))
            });
            assert!(heads[0].contains(secret), "it was sent: {}", heads[0]);
            assert!(ran.code == 1 && ran.stdout.contains("[hea"), "{ran:?}");
            // Nor the beginning of it.
            let written = ran.stdout.clone() + &ran.stderr;
            assert!(["ses/", "ses\\/", "ame+", "0123"].iter().all(|part| !written.contains(part)), "{written}");
        }
    }
}

#[test]
fn what_is_packed_is_said_to_be() {
    let (ran, ..) = probe_own("doctors-summary", "/", &FEW, |_, producer| {
        ask(producer, "/api/doctors");
        let packed = b"\x1F\x8B\x08\0\0\0\0\0\0\x03\xAB\xAE\x05\0";
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\nconnection: close";
        [format!("{head}\r\ncontent-length: {}\r\n\r\n", packed.len()).as_bytes(), packed].concat()
    });
    let reason = ran.json()["failures"][0]["reason"].as_str().unwrap().to_owned();
    assert_eq!(reason, "the answer is not JSON: expected no Content-Encoding, found \"gzip\"; none was asked for");
    let (ran, ..) = probe_own("doctors-summary", "/", &FEW, |_, producer| {
        ask(producer, "/api/doctors");
        let packed = b"\x1F\x8B\x08\0\0\0\0\0\0\x03\xAB\xAE\x05\0";
        [b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".as_slice(), packed].concat()
    });
    assert_eq!(ran.json()["failures"][0]["reason"], "the answer is not UTF-8, it is gzip data");
}

/// How many payloads were not sent.
fn not_reached(json: &Value) -> u64 {
    json["rows"].as_array().unwrap().iter().map(|row| row["not_reached"].as_u64().unwrap()).sum()
}

#[test]
fn three_failures_in_a_row_are_enough() {
    let (ran, heads, _) = probe_own("doctors-summary", "/", &FEW, |_, _| vec![]);
    assert_eq!((ran.code, heads.len()), (1, 3));
    assert!(not_reached(&ran.json()) > 0);
    let (ran, _, _) =
        probe_own(
            "doctors-summary",
            "/",
            &FEW,
            |nth, _| if nth % 3 == 2 { body("500 No", "NullPointer") } else { vec![] },
        );
    assert_eq!(not_reached(&ran.json()), 0, "not in a row");
    let json = ran.json();
    let reasons: Vec<&str> =
        json["failures"].as_array().unwrap().iter().map(|failure| failure["reason"].as_str().unwrap()).collect();
    let is_told = |reason: &&&str| {
        reason.starts_with("status 500: NullPointer (it had asked http://127.0.0.1:")
            && reason.ends_with(" for nothing: does it know that address?)")
    };
    assert!(reasons.iter().find(is_told).is_some(), "{reasons:?}");
}

fn kinds(json: &Value) -> Vec<String> {
    json["failures"].as_array().unwrap().iter().map(|failure| failure["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_largest_answer_is_the_one_that_is_named() {
    let limit = ["--max-output", "100K"];
    let (ran, _, _) =
        probe_own("doctors-summary", "/", &[&FEW[..], &limit].concat(), |_, _| body("200 OK", &"x".repeat(200_000)));
    assert!(kinds(&ran.json()).iter().all(|kind| kind == "flooded"), "{:?}", kinds(&ran.json()));
    for batch in [&[][..], &["--batch"]] {
        let options = [&FEW[..], &limit, &["--format", "json", "--cases", "0"], batch].concat();
        let json = probe(&options, &["sh", "-c", "cat >/dev/null; head -c 200000 /dev/zero | tr '\\0' x"]).json();
        assert!(kinds(&json).iter().all(|kind| kind == "flooded"), "{:?}", kinds(&json));
    }
}

#[test]
fn the_producer_answers_by_path() {
    let seen = Arc::new(Mutex::new(String::new()));
    let kept = seen.clone();
    probe_own(
        "doctors-notes",
        "/",
        &["--filter", "typical3@", "--path", "payload=/doctors", "--timeout", "20"],
        move |nth, producer| {
            if nth == 0 {
                for path in ["/v1/doctors", "/revalidation/api/trainee/nobody/notes", "/elsewhere"] {
                    kept.lock().unwrap().push_str(&ask(producer, path).to_ascii_lowercase());
                }
            }
            vec![]
        },
    );
    let seen = seen.lock().unwrap();
    assert!(seen.starts_with("http/1.1 200 ok\r\ncontent-type: application/json\r\n"), "{seen}");
    assert_eq!(seen.matches("http/1.1 404 not found").count(), 2, "{seen}");
}

#[test]
fn one_host_that_is_allowed_allows_no_other() {
    let target = format!("http://127.0.0.1:{}/", free_port());
    let started = Instant::now();
    assert_eq!(
        run(
            &repository(""),
            &["probe", "doctors-summary", "--listen", "127.0.0.1:0", "--wait", "0.2", "--target", &target]
        )
        .code,
        2
    );
    assert!(started.elapsed() < HANGS);
    run(
        &repository(""),
        &[
            "probe",
            "doctors-summary",
            "--listen",
            "127.0.0.1:0",
            "--allow-host",
            "192.0.2.9",
            "--target",
            "http://192.0.2.1/",
        ],
    )
    .refused("192.0.2.1 is not this machine");
}

#[test]
fn time_outs_are_not_repeated_for_ever() {
    let options = [&FEW[..], &["--format", "json", "--cases", "0", "--timeout", "0.2"]].concat();
    assert!(not_reached(&probe(&options, &["sleep", "3600"]).json()) > 0);
}
