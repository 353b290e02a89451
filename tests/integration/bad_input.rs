//! Bad bytes are a finding with a place, as a payload and as a golden: never a panic, never skipped.

use std::path::Path;

use pretty_assertions::assert_eq;

use crate::binary::{EXPECTED, GOLDEN, Run, copy, folder, repository, run, write};

/// What a file holds, which rule names it, and where it points.
struct Row {
    name: &'static str,
    bytes: Vec<u8>,
    rule: &'static str,
    place: (u64, u64),
}

fn rows() -> Vec<Row> {
    let golden = std::fs::read_to_string(repository(GOLDEN)).expect("text");
    let utf_16 = |of: fn(u16) -> [u8; 2]| golden.encode_utf16().flat_map(of).collect::<Vec<u8>>();
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let name = crate::versions::page("countTotal");
    let three = format!("\"{name}\" : 3");
    let count = |number: &str| golden.replace(&three, &format!("\"{name}\" : {number}")).into_bytes();
    let twice = golden.replace(&format!("{three},"), &format!("{three},\n  {three},")).into_bytes();
    let value = (2, 8 + name.len() as u64);
    assert!(count("4") != golden.as_bytes() && twice != golden.as_bytes(), "the golden has the text to replace");
    let long_line = [b"{\"countTotal\":\"".to_vec(), vec![b'x'; 5_000_000], b"\"".to_vec()].concat();
    let unreadable = "unreadable-payload";
    [
        ("malformed", b"{\n  \"countTotal\" : 1,}".to_vec(), unreadable, (2, 20)),
        ("truncated", b"{\n  \"countTotal\" : 1".to_vec(), unreadable, (2, 19)),
        ("behind_the_document", b"{}\nx".to_vec(), "trailing-content", (2, 1)),
        ("behind_a_scalar", b"1\nx".to_vec(), unreadable, (2, 1)),
        ("not_a_number", b"NaN".to_vec(), unreadable, (1, 1)),
        // The zero byte is the second here and the first below.
        ("utf_16_le", utf_16(u16::to_le_bytes), unreadable, (1, 2)),
        ("utf_16_be", utf_16(u16::to_be_bytes), unreadable, (1, 1)),
        ("utf_16_le_mark", marked(b"\xFF\xFE", utf_16(u16::to_le_bytes)), unreadable, (1, 1)),
        ("utf_16_be_mark", marked(b"\xFE\xFF", utf_16(u16::to_be_bytes)), unreadable, (1, 1)),
        ("gzip", b"\x1F\x8B\x08\0\0\0\0\0\0\x03\xAB\xAE\x05\0".to_vec(), unreadable, (1, 1)),
        ("zip", b"PK\x03\x04\x14\0\0\0".to_vec(), unreadable, (1, 1)),
        ("cut_off_in_a_character", b"{\"a\":\"\xE2\x82".to_vec(), unreadable, (1, 7)),
        ("latin_1", b"{\n  \"name\" : \"Zo\xEB\"\n}".to_vec(), unreadable, (2, 15)),
        ("invalid_utf_8", b"{\"a\":\"\xC3\x28\"}".to_vec(), unreadable, (1, 7)),
        ("lone_surrogate", b"{\"a\":\"\\uD83D\"}".to_vec(), unreadable, (1, 7)),
        ("lone_low_surrogate", b"{\"a\":\"\\uDE00x\"}".to_vec(), unreadable, (1, 7)),
        ("nested_lists", [vec![b'['; 10_000], vec![b']'; 10_000]].concat(), unreadable, (1, 128)),
        ("nested_objects", b"{\"a\":".repeat(10_000), unreadable, (1, 636)),
        ("beyond_64_bits", count("92233720368547758080"), "consumer-refuses", value),
        ("below_64_bits", count("-9223372036854775809"), "consumer-refuses", value),
        ("huge_exponent", count("1e999999999"), "consumer-refuses", value),
        ("hundred_thousand_digits", count(&"9".repeat(100_000)), "consumer-refuses", value),
        ("duplicate_key", twice, "duplicate-key", (3, 3)),
        ("empty", vec![], unreadable, (1, 1)),
        ("white_space", b" \n\t ".to_vec(), unreadable, (2, 3)),
        ("zero_bytes", vec![0; 16], unreadable, (1, 1)),
        ("zero_byte_in_text", b"{\"a\":\"x\0y\"}".to_vec(), unreadable, (1, 8)),
        ("long_line", long_line, unreadable, (1, 5_000_017)),
        ("only_a_byte_order_mark", b"\xEF\xBB\xBF".to_vec(), unreadable, (1, 1)),
        ("two_byte_order_marks", b"\xEF\xBB\xBF\xEF\xBB\xBF{}".to_vec(), unreadable, (1, 1)),
    ]
    .into_iter()
    .map(|(name, bytes, rule, place)| Row { name, bytes, rule, place })
    .collect()
}

/// The path, line and column of the finding of a rule.
fn place(ran: &Run, rule: &str) -> Option<(String, u64, u64)> {
    let json = ran.json();
    let finding = json["findings"].as_array()?.iter().find(|finding| finding["rule"] == rule)?;
    let location = &finding["location"];
    Some((location["path"].as_str()?.to_owned(), location["line"].as_u64()?, location["column"].as_u64()?))
}

#[track_caller]
fn assert_found(root: &Path, arguments: &[&str], path: &str, row: &Row) {
    let ran = run(root, &[arguments, &["--format", "json"]].concat());
    let expected = Some((path.to_owned(), row.place.0, row.place.1));
    assert_eq!((ran.code, place(&ran, row.rule), ran.stderr.as_str()), (1, expected, ""), "{}", row.name);
    // The report for people draws the place, which must not panic either.
    let human = run(root, arguments);
    let shown = format!("{path}:{}:{}\n", row.place.0, row.place.1);
    assert!(human.code == 1 && human.stdout.contains(&shown), "{}: {}", row.name, human.stdout);
}

#[test]
fn as_a_payload() {
    for row in rows() {
        let folder = folder();
        write(folder.path(), "payload.json", &row.bytes);
        assert_found(folder.path(), &["check", "--mapping", "doctors-summary", "payload.json"], "payload.json", &row);
        if row.rule == "unreadable-payload" {
            let mapped = run(folder.path(), &["map", "doctors-summary", "payload.json"]);
            let at = format!("payload.json:{}:{}: ", row.place.0, row.place.1);
            assert_eq!((mapped.code, mapped.stdout.as_str()), (1, ""), "{}", row.name);
            assert!(mapped.stderr.starts_with(&at), "{}: {}", row.name, mapped.stderr);
        }
    }
}

#[test]
fn as_a_golden() {
    for row in rows() {
        let folder = folder();
        write(folder.path(), GOLDEN, &row.bytes);
        copy(folder.path(), EXPECTED, EXPECTED);
        assert_found(folder.path(), &["check"], GOLDEN, &row);
    }
}

#[test]
fn as_an_expectation() {
    for row in rows().iter().filter(|row| row.rule == "unreadable-payload") {
        let folder = folder();
        copy(folder.path(), GOLDEN, GOLDEN);
        write(folder.path(), EXPECTED, &row.bytes);
        assert_found(folder.path(), &["check"], EXPECTED, row);
    }
}

#[test]
fn over_the_largest_size() {
    let folder = crate::binary::root();
    let too_large = |place| Row { name: "too large", bytes: vec![], rule: "unreadable-payload", place };
    // Its expectation is the smaller of the two.
    assert_found(folder.path(), &["check", "--max-size", "1600"], GOLDEN, &too_large((1, 1)));
    for size in ["0", "1600"] {
        let payload = ["check", "--mapping", "doctors-summary", "--max-size", size, GOLDEN];
        assert_found(folder.path(), &payload, GOLDEN, &too_large((1, 1)));
    }
    assert_eq!(run(folder.path(), &["check", "--max-size", "1M"]).code, 0);
}

#[cfg(unix)]
#[test]
fn what_must_not_be_opened_is_a_stray_file() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let outside = folder();
    let pipe = |path: &Path| {
        let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo starts");
        assert!(made.success());
    };
    write(outside.path(), "secret.json", "{}");
    let valid = "fixtures/doctors-summary/valid";
    type Make<'m> = &'m dyn Fn(&Path, &Path);
    let rows: [(&str, String, &str, Make<'_>); 9] = [
        ("a pipe as a golden", format!("{valid}/pipe.json"), "found a named pipe", &|_, path| pipe(path)),
        ("a pipe as an expectation", format!("{valid}/x.expected.json"), "found a named pipe", &|_, path| pipe(path)),
        (
            "a pipe as a further input",
            "fixtures/doctors-notes/valid/typical.notes-9.json".to_owned(),
            "a named pipe",
            &|_, path| {
                pipe(path);
            },
        ),
        ("a socket", format!("{valid}/socket.json"), "found a socket", &|_, path| {
            UnixListener::bind(path).expect("a socket");
        }),
        ("a dangling link", format!("{valid}/dangling.json"), "that leads nowhere", &|_, path| {
            symlink("nowhere", path).expect("a link");
        }),
        ("a link out of the root", format!("{valid}/out.json"), "that leads out of the root", &|_, path| {
            symlink(outside.path().join("secret.json"), path).expect("a link");
        }),
        ("a folder out of the root", "fixtures/captures/out".to_owned(), "that leads out of the root", &|_, path| {
            symlink(outside.path(), path).expect("a link");
        }),
        // Two of them: followed, each level would be twice as wide.
        ("a parent", "fixtures/captures/round".to_owned(), "a symbolic link to a folder", &|root, path| {
            symlink(root.join("fixtures"), path).expect("a link");
            symlink(root.join("fixtures"), path.with_file_name("again")).expect("a link");
        }),
        ("a mapping's folder", "fixtures/doctors-notes".to_owned(), "a symbolic link to a folder", &|root, path| {
            symlink(root.join("fixtures/doctors-summary"), path).expect("a link");
        }),
    ];
    for (name, path, reason, make) in rows {
        let root = crate::binary::root();
        let full = root.path().join(&path);
        std::fs::create_dir_all(full.parent().expect("a folder above")).expect("folders");
        make(root.path(), &full);
        let ran = run(root.path(), &["--format", "json"]);
        let json = ran.json();
        let findings = json["findings"].as_array().expect("findings");
        let found =
            findings.iter().find(|finding| finding["rule"] == "stray-file" && finding["location"]["path"] == *path);
        let message = found.and_then(|finding| finding["message"].as_str()).unwrap_or_default();
        assert!(ran.code == 1 && message.contains(reason), "{name}: {}", ran.stdout);
    }
}

#[cfg(unix)]
#[test]
fn nothing_that_nobody_named_is_waited_for_or_read_from_elsewhere() {
    use std::os::unix::fs::symlink;

    let folder = folder();
    let notes = "payload.notes-1.json";
    assert!(std::process::Command::new("mkfifo").arg(folder.path().join(notes)).status().expect("it starts").success());
    write(folder.path(), "payload.json", "{}");
    run(folder.path(), &["check", "--mapping", "doctors-notes", "payload.json"]).refused("found a named pipe");
    run(folder.path(), &["map", "doctors-notes", "payload.json"]).refused("found a named pipe");

    for (from, to) in
        [("fixtures/accepted.toml", "accepted.toml"), ("fixtures/doctors-summary/table.json", "table.json")]
    {
        let (root, outside) = (crate::binary::root(), crate::binary::folder());
        write(outside.path(), "accepted.toml", "");
        write(outside.path(), "table.json", "secret");
        let path = root.path().join(from);
        let _ = std::fs::remove_file(&path);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("folders");
        symlink(outside.path().join(to), &path).expect("a link");
        let ran = run(root.path(), &["check"]);
        ran.refused("symbolic link");
        assert!(!ran.stderr.contains("secret"), "{}", ran.stderr);
    }
}

#[test]
fn stray_files() {
    for path in [
        "fixtures/notes.txt",
        "fixtures/nope/valid/typical3.json",
        "fixtures/doctors-summary/other/typical3.json",
        "fixtures/doctors-summary/valid/.DS_Store",
        "fixtures/doctors-summary/valid/.json",
        "fixtures/doctors-summary/valid/@x.json",
        // Without a case name there is nothing to share an expectation with.
        "fixtures/doctors-summary/valid/@explicit_bean.json",
        "fixtures/doctors-summary/valid/typical3@nope.json",
        "fixtures/doctors-summary/valid/folder.json/typical3.json",
        "fixtures/doctors-summary/valid/deleted.expected.json",
        "fixtures/doctors-summary/valid/typical3.notes-1.json",
    ] {
        let root = crate::binary::root();
        write(root.path(), path, "{}");
        let ran = run(root.path(), &["--format", "json"]);
        assert_eq!((ran.code, ran.rules().join(" ").as_str()), (1, "stray-file"), "{path}");
        let (found, ..) = place(&ran, "stray-file").expect("a place");
        assert!(path.starts_with(&found) && found.len() > "fixtures/".len(), "{path}: {found}");
    }
}
