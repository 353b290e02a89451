//! How fast a probe gets payloads to a mapper and back: `cargo bench --bench probe`. The figures stand in the README.
//!
//! The mapper is `cat`, and for HTTP a gateway that passes the producer's answer on, so that what is measured is ours.

use std::hint::black_box;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use dtogate::document::parse;
use dtogate::probe::exec::Program;
use dtogate::probe::http::{Gateway, Options, Target};
use dtogate::probe::subject::{Payload, Subject};
use dtogate::spelling::SPELLINGS;

const PAYLOADS: usize = 500;

/// A captured page in every spelling, again and again.
fn pages() -> Vec<Payload> {
    let capture = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/captures/doctors/boot_auto_indent/typical3.json");
    let capture = std::fs::read(capture).expect("the capture");
    let document = parse(&capture).expect("it is JSON");
    let spelled = SPELLINGS.iter().filter(|spelling| spelling.id != "byte-order-mark");
    let spelled: Vec<String> = spelled.map(|spelling| spelling.spell(&document)).collect();
    spelled.iter().cycle().take(PAYLOADS).map(|text| Payload::alone(text.as_bytes())).collect()
}

fn cat() -> Program {
    Program { command: vec!["cat".into()], timeout: Duration::from_secs(60), max_output: 16 << 20, inputs: None }
}

/// Passes the producer's answer on, byte for byte.
fn pass_on(mut stream: TcpStream, producer: SocketAddr) -> io::Result<()> {
    let mut head = Vec::new();
    let mut part = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut part)? {
            0 => return Ok(()),
            read => head.extend_from_slice(&part[..read]),
        }
    }
    let mut upstream = TcpStream::connect(producer)?;
    upstream.write_all(b"GET /page HTTP/1.1\r\nHost: producer\r\nConnection: close\r\n\r\n")?;
    io::copy(&mut upstream, &mut stream).map(drop)
}

fn gateway() -> Gateway {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    let options = Options {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        target: Target::parse(&format!("http://{address}/doctors")).expect("a URL"),
        addresses: vec![address],
        routes: vec![],
        headers: vec![],
        timeout: Duration::from_secs(60),
        max_output: 16 << 20,
    };
    let gateway = Gateway::listen(options).expect("a free port");
    let producer = gateway.producer().trim_start_matches("http://").parse().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Who breaks off gets no answer, and the probe says so.
            let _ = pass_on(stream, producer);
        }
    });
    gateway
}

fn probe(criterion: &mut Criterion) {
    let pages = pages();
    let mut group = criterion.benchmark_group("probe: 500 payloads");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    let subjects = [
        ("a process each, cat", Subject::Command(cat())),
        ("in a batch, cat", Subject::Batch(cat())),
        ("over HTTP", Subject::Gateway(Box::new(gateway()))),
    ];
    for (name, subject) in subjects {
        let run = || subject.answers(&pages, &|| ()).expect("it starts");
        // All of them arrive, as they were sent.
        let answers = run();
        for (page, answer) in pages.iter().zip(answers) {
            let got = answer.result.expect("an answer");
            assert_eq!(got.trim_ascii_end(), page.bytes.trim_ascii_end(), "{name}");
        }
        group.bench_function(name, |bencher| bencher.iter(|| black_box(run())));
    }
}

criterion_group!(probes, probe);
criterion_main!(probes);
