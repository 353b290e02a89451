//! `probe --target`: small gateways in Node between our two ends, well-behaved and not.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::time::Instant;

use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::binary::{HANGS, Run, command, free_port, repository, run};
use crate::probe_programs::{has, rows};

fn target(port: u16) -> String {
    format!("http://127.0.0.1:{port}/api/v1/doctors")
}

/// Probes a gateway that the probe starts itself.
fn probe(mapping: &str, mode: &str, options: &[&str]) -> Run {
    let port = free_port();
    let (target, script) = (target(port), repository("tests/mappers/gateway.mjs"));
    let over_http = ["--format", "json", "--listen", "127.0.0.1:0", "--target", target.as_str()];
    let gateway = ["--", "node", script.to_str().unwrap(), &port.to_string(), mode];
    let ran = run(&repository(""), &[&["probe", mapping], options, &over_http, &gateway].concat());
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "{mode} still runs");
    ran
}

fn failing(json: &Value) -> Vec<(String, String)> {
    let is_failing = |(_, verdict): &(String, String)| !["ok", "not run"].contains(&verdict.as_str());
    rows(json).into_iter().filter(is_failing).collect()
}

fn kinds(json: &Value) -> Vec<&str> {
    let mut kinds: Vec<&str> =
        json["failures"].as_array().unwrap().iter().map(|failure| failure["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// The same expression over HTTP and as a command: one table.
#[test]
fn a_regular_expression_in_a_gateway_fails_as_on_the_command_line() {
    if !has("node") || !has("sed") {
        return;
    }
    for (mode, script) in [
        ("narrow", r#"s/"traineeInfo":/"recommendationInfo":/g"#),
        ("regex", r#"s/"traineeInfo"\s?:/"recommendationInfo" :/g"#),
    ] {
        let options = ["--cases", "4", "--filter", "typical3"];
        let over_http = probe("doctors-summary", mode, &options);
        assert_eq!((over_http.code, over_http.stderr.contains("probing LOCAL http://127.0.0.1:")), (1, true));
        let sed = ["--", "env", "LC_ALL=C", "sed", "-zE", script];
        let arguments = [&["probe", "doctors-summary", "--batch", "--format", "json"], &options[..], &sed].concat();
        let in_batch = run(&repository(""), &arguments);
        let without_bom = |json: &Value| -> Vec<(String, String)> {
            rows(json).into_iter().filter(|(id, _)| id != "byte-order-mark").collect()
        };
        assert_eq!(without_bom(&over_http.json()), without_bom(&in_batch.json()), "{mode}");
        assert!(rows(&over_http.json()).contains(&("byte-order-mark".to_owned(), "ok".to_owned())));
    }
}

/// By class and in JavaScript: every spelling arrives; only numbers beyond 2^53 do not, JavaScript's own fault.
#[test]
fn a_typed_gateway_takes_every_spelling() {
    if !has("node") {
        return;
    }
    let ran = probe("doctors-summary", "typed", &["--cases", "0", "--filter", "typical3"]);
    let owned = |id: &str| (id.to_owned(), "corrupted".to_owned());
    assert_eq!((ran.code, failing(&ran.json())), (1, vec![owned("number-limits")]));
    let reason = ran.json()["failures"][0]["reason"].as_str().unwrap().to_owned();
    assert!(reason.contains("sent 9007199254740993, got 9007199254740992"), "{reason}");
}

#[test]
fn misbehaving_gateways_are_findings() {
    if !has("node") {
        return;
    }
    const TABLE: &[(&str, &[&str])] = &[
        ("slow", &["timed out"]),
        ("not-found", &["bad status"]),
        ("fails", &["bad status"]),
        ("error-page", &["did not ask"]),
        ("html", &["lost", "wrong content type"]),
        ("no-type", &["lost", "wrong content type"]),
        ("reset", &["no connection"]),
        ("closes", &["no connection"]),
        ("exits", &["no connection"]),
        ("truncated", &["cut off"]),
        ("truncated-chunk", &["cut off"]),
        ("silent", &["no output"]),
        ("floods", &["flooded"]),
        ("regex", &["lost"]),
    ];
    for &(mode, expected) in TABLE {
        let timeout = if mode == "slow" { "0.4" } else { "20" };
        let limits =
            ["--timeout", timeout, "--max-output", "100K", "--cases", "0", "--filter", "empty_list@explicit_bean"];
        let started = Instant::now();
        // Spellings are enough: what a variation of the key does is not the question here.
        let ran = probe("doctors-summary", mode, &limits);
        assert!(started.elapsed() < HANGS, "{mode} took {:?}", started.elapsed());
        let json = ran.json();
        let found: Vec<&str> = kinds(&json).into_iter().filter(|kind| *kind != "corrupted").collect();
        assert_eq!((ran.code, found.as_slice()), (1, expected), "{mode}: {json:#}");
    }
}

/// One that never asks at the payload's own path: the answer is from elsewhere.
#[test]
fn an_answer_from_a_cache_is_a_finding() {
    if !has("node") {
        return;
    }
    let options = ["--path", "payload=/v1/doctors", "--filter", "empty_list", "--cases", "0"];
    let json = probe("doctors-summary", "cached", &options).json();
    assert_eq!(kinds(&json), ["did not ask"]);
    let reason = json["failures"][0]["reason"].as_str().unwrap();
    assert!(reason.ends_with("it asked for GET /health"), "{reason}");
    let asks = probe("doctors-summary", "typed", &options).json();
    assert!(!kinds(&asks).contains(&"did not ask"), "{asks:#}");
}

/// The further inputs of an aggregation are served by path, and what comes of them must arrive.
#[test]
fn an_aggregation_asks_for_its_further_inputs() {
    if !has("node") {
        return;
    }
    let as_sent = |json: &Value| rows(json)[0].clone();
    let options = ["--cases", "0", "--filter", "typical3"];
    let attached = probe("doctors-notes", "notes", &options);
    assert_eq!(as_sent(&attached.json()), ("as-sent".to_owned(), "ok".to_owned()));
    let forgotten = probe("doctors-notes", "regex", &options).json();
    assert_eq!(as_sent(&forgotten), ("as-sent".to_owned(), "lost".to_owned()));
    let reason = forgotten["failures"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("/notes is absent or null, the further inputs say "), "{reason}");
    let elsewhere = probe("doctors-notes", "notes", &[&options[..], &["--path", "notes=/notes/{key}"]].concat()).json();
    assert_eq!(as_sent(&elsewhere).1, "corrupted", "core answers no question at the old path: {elsewhere:#}");
}

#[test]
fn the_table_of_a_gateway() {
    if !has("node") {
        return;
    }
    let port = free_port();
    let (target, script) = (target(port), repository("tests/mappers/gateway.mjs"));
    let table = |mode: &str| {
        let over_http = ["--table", "--listen", "127.0.0.1:0", "--target", target.as_str()];
        let gateway = ["--", "node", script.to_str().unwrap(), &port.to_string(), mode];
        run(&repository(""), &[&["probe", "doctors-notes"], &over_http[..], &gateway].concat())
    };
    let Run { code, stdout, stderr } = table("notes");
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.ends_with("\nPASS: the table of doctors-notes\n"), "{stdout}");
    let Run { code, stdout, .. } = table("typed");
    assert!(code == 1 && stdout.contains("\n+ lost notes:/notes\n"), "{stdout}");
}

/// A gateway that somebody else starts, with the address that the probe prints.
#[test]
fn a_gateway_that_is_started_later_is_waited_for() {
    if !has("node") {
        return;
    }
    let port = free_port();
    let (target, script) = (target(port), repository("tests/mappers/gateway.mjs"));
    let over_http = ["--listen", "127.0.0.1:0", "--target", target.as_str(), "--filter", "empty_list", "--cases", "0"];
    let arguments = [&["probe", "doctors-summary"], &over_http[..]].concat();
    let mut probe = command(&repository(""), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(probe.stderr.take().unwrap()).lines();
    let announced = lines.next().unwrap().unwrap();
    assert_eq!(announced, format!("probing LOCAL {target}"));
    let producer = lines.next().unwrap().unwrap();
    let producer = producer.strip_prefix("listening as its producer at ").unwrap();
    let gateway = Command::new("node")
        .args([script.to_str().unwrap(), &port.to_string(), "typed"])
        .env("DTOGATE_PRODUCER", producer)
        .env("DTOGATE_TEST_RENAMED", crate::versions::renamed())
        .stdin(Stdio::null())
        .spawn();
    let mut gateway = gateway.unwrap();
    let mut report = String::new();
    probe.stdout.take().unwrap().read_to_string(&mut report).unwrap();
    let code = probe.wait().unwrap().code();
    gateway.kill().unwrap();
    gateway.wait().unwrap();
    // JavaScript's numbers are the only fault.
    assert_eq!(code, Some(1), "{report}");
    assert!(report.contains(&format!("doctors-summary through {target}\n")), "{report}");
    assert!(report.contains("\nas-sent                  ok "), "{report}");
}

#[test]
fn what_cannot_be_reached_is_an_error() {
    let target = target(free_port());
    let waiting = |seconds: &str, rest: &[&str]| {
        let arguments = [&["probe", "doctors-summary", "--target", target.as_str(), "--wait", seconds], rest].concat();
        run(&repository(""), &arguments)
    };
    let over_http = |rest: &[&str]| waiting("0.2", rest);
    let ran = over_http(&["--listen", "127.0.0.1:0"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains(&format!("\nerror: cannot reach {target}: ")), "{ran:?}");
    assert_eq!(over_http(&[]).code, 2, "--listen is required");
    over_http(&["--listen", "nonsense"]).refused("expected HOST:PORT with --listen, found \"nonsense\"");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    over_http(&["--listen", &taken.local_addr().unwrap().to_string()]).refused("cannot listen at 127.0.0.1:");
    over_http(&["--listen", "127.0.0.1:0", "--path", "tcs=/x"]).refused("no input of the mapping is named \"tcs\"");
    let ended = waiting("60", &["--listen", "127.0.0.1:0", "--", "sh", "-c", "exit 7"]);
    assert!(ended.code == 2 && ended.stderr.contains("has ended: exit code 7"), "{ended:?}");
    let missing = over_http(&["--listen", "127.0.0.1:0", "--", "no-such-command-anywhere"]);
    assert!(missing.code == 2 && missing.stderr.contains("cannot start no-such-command-anywhere: "), "{missing:?}");
    // Another one that answers there would be probed in the command's place.
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/x", other.local_addr().unwrap());
    let arguments = ["probe", "doctors-summary", "--listen", "127.0.0.1:0", "--target", &url, "--", "sleep", "60"];
    assert!(run(&repository(""), &arguments).stderr.contains("already: end it, or leave the command out"));
    let own = target.rsplit_once("/api").unwrap().0.trim_start_matches("http://");
    over_http(&["--listen", own]).refused("is where --listen listens");
    let keyless = ["probe", "doctors-notes", "--listen", "127.0.0.1:0", "--target", &target, "--path", "notes=/notes"];
    run(&repository(""), &keyless).refused("expected {key} in the path of notes");
    for wrong in ["https://localhost/x", "localhost:80", "http://user@localhost/", "http://127.0.0.1:99999/"] {
        let ran = run(&repository(""), &["probe", "doctors-summary", "--listen", "127.0.0.1:0", "--target", wrong]);
        assert_eq!(ran.code, 2, "{wrong}");
        assert!(!ran.stderr.contains("panicked") && ran.stderr.contains("expected"), "{wrong}: {}", ran.stderr);
    }
}

#[test]
fn no_message_about_arguments_has_a_secret_in_it() {
    let over_http = |rest: &[&str]| {
        let arguments = ["probe", "doctors-summary", "--listen", "127.0.0.1:0", "--wait", "0.1"];
        let ran = run(&repository(""), &[&arguments[..], rest].concat());
        assert!(ran.code == 2 && ran.stderr.contains("error: "), "{ran:?}");
        assert!(!(ran.stderr.clone() + &ran.stdout).contains("sesame"), "{ran:?}");
    };
    let target = ["--target", "http://127.0.0.1:1/"];
    for header in
        ["Authorization Bearer sesame", "Authorization: Bearer\nsesame", "Bearer sesame: x", "X: sesame\u{7F}"]
    {
        over_http(&[&target[..], &["--header", header]].concat());
    }
    over_http(&[&target[..], &["--header", "X-Auth:", "sesame"]].concat());
    over_http(&["--target", "http://user:sesame@127.0.0.1:1/"]);
    over_http(&["--target", "http://user:ses ame:sesame@127.0.0.1:1/"]);
    over_http(&["--target", "http://user:sesame@127.0.0.1:1/", "--no-such-argument"]);
}

/// A mix-up of environments began the real incident: nothing is sent before the question is settled.
#[test]
fn production_and_other_hosts_are_refused_unless_they_are_meant() {
    let gateway = TcpListener::bind("127.0.0.1:0").unwrap();
    gateway.set_nonblocking(true).unwrap();
    let port = gateway.local_addr().unwrap().port();
    let probe = |target: &str, rest: &[&str]| {
        let over_http = ["--wait", "0.2", "--timeout", "0.2", "--cases", "0", "--filter", "empty_list", "--listen"];
        let listen = if rest.contains(&"0.0.0.0:0") { &[][..] } else { &["127.0.0.1:0"] };
        run(
            &repository(""),
            &[&["probe", "doctors-summary", "--target", target], &over_http[..], listen, rest].concat(),
        )
    };
    let production = format!("http://127.0.0.1:{port}/production/api/v1/doctors");
    probe(&production, &[]).refused("looks like production");
    probe("http://192.0.2.1/api", &[]).refused("192.0.2.1 is not this machine");
    // Before anybody is asked for its address.
    probe("http://prod-gateway.invalid/api", &[]).refused("looks like production");
    probe("http://192.0.2.1/api", &["--allow-host", "192.0.2.1"]).refused("names no other environment");
    probe("http://127.0.0.1:1/api", &["0.0.0.0:0"]).refused("--allow-host 0.0.0.0");
    assert!(gateway.accept().is_err(), "something was sent");
    let meant = probe(&production, &["--allow-production"]);
    assert!(meant.stderr.starts_with(&format!("probing PRODUCTION {production}\n")), "{meant:?}");
    assert!(gateway.accept().is_ok(), "it was meant");
    // Only the colour is another.
    let mut colored = command(&repository(""), &["probe", "doctors-summary", "--listen", "127.0.0.1:0"]);
    let url = target(1);
    colored.args(["--wait", "0.1", "--target", &url]).env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1");
    let stderr = String::from_utf8(colored.output().unwrap().stderr).unwrap();
    assert!(stderr.starts_with(&format!("probing\u{1b}[1;32m LOCAL \u{1b}[0m{url}\n")), "{stderr}");
}
