use super::*;
use proptest::prelude::*;

fn message(text: &str) -> String {
    parse_text(text).expect_err(text).message
}

#[test]
fn a_document_keeps_spelling_order_and_places() {
    let text = "{ \"a\" : [ 1.50, { \"b/c~\" : \"x\\u0041\" } ] }";
    let document = parse_text(text).unwrap();
    let number = document.find("/a/0").unwrap();
    assert_eq!((document.raw(number), document.kind(number)), ("1.50", Kind::Float));
    let nested = document.find("/a/1/b~1c~0").unwrap();
    assert_eq!((document.raw(nested), document.content(nested).as_ref()), ("\"x\\u0041\"", "xA"));
    assert_eq!(document.pointer(nested), "/a/1/b~1c~0");
    assert_eq!(&text[document.span(nested)], "\"x\\u0041\"");
    assert_eq!(document.parent(nested), document.find("/a/1"));
}

#[test]
fn repeated_keys_are_found_under_every_spelling() {
    let document = parse_text(r#"{"a":1,"b":{"a":2},"\u0061":3}"#).unwrap();
    let repeated: Vec<String> = document.repeated_keys().iter().map(|&key| document.raw(key).to_owned()).collect();
    assert_eq!(repeated, [r#""\u0061""#]);
    assert_eq!(document.raw(document.find("/a").unwrap()), "3", "the last one is read");
    assert!(parse_text(r#"{"a":{"a":1},"b":{"a":1}}"#).unwrap().repeated_keys().is_empty());
    let many: Vec<String> = (0..40).map(|n| format!("\"k{n}\":{n}")).collect();
    let text = format!("{{{},\"k7\":0}}", many.join(","));
    assert_eq!(parse_text(&text).unwrap().repeated_keys().len(), 1);
}

#[test]
fn repeated_keys_of_large_objects_and_of_those_within_them_are_found_once() {
    let many: Vec<String> = (0..40).map(|n| format!("\"key{n}\":{{\"x\":1,\"x\":2}}")).collect();
    let text = format!("{{\"key3\":0,{},\"\\u006bey7\":0}}", many.join(","));
    let document = parse_text(&text).unwrap();
    let repeated: Vec<&str> = document.repeated_keys().iter().map(|&key| document.raw(key)).collect();
    // In the order of the text, though an inner object ends first.
    let mut expected = vec![r#""x""#; 40];
    expected.insert(3, r#""key3""#);
    expected.push(r#""\u006bey7""#);
    assert_eq!(repeated, expected);
    // Names that differ in the middle only, and the shortest ones.
    let document = parse_text(r#"{"aaXbb":1,"aaYbb":2,"":3,"b":4,"aaXbb":5,"":6}"#).unwrap();
    let repeated: Vec<&str> = document.repeated_keys().iter().map(|&key| document.raw(key)).collect();
    assert_eq!(repeated, [r#""aaXbb""#, r#""""#]);
}

#[test]
fn a_text_ends_at_its_quote_wherever_that_stands() {
    for before in 0..20 {
        for plain in ["a", "é", "李", "😀", "\u{7f}", "\u{80}", "!", "#", "[", "]", " "] {
            for length in 0..20 {
                let content = plain.repeat(length);
                let text = format!("{}\"{content}\",\"\\\\{content}\\\"\"]", "[".to_owned() + &" ".repeat(before));
                let document = parse_text(&text).unwrap();
                assert_eq!(document.content(1), content, "{text}");
                assert_eq!(document.content(2), format!("\\{content}\""), "{text}");
                for control in ['\0', '\n', '\u{1f}'] {
                    let text = format!("\"{content}{control}{content}\"");
                    assert_eq!(parse_text(&text).unwrap_err().place.span, 1 + content.len()..2 + content.len());
                }
                let open = format!("\"{content}");
                assert_eq!(message(&open), "expected `\"`, found the end of the text");
            }
        }
    }
}

#[test]
fn what_is_not_json_says_what_was_expected_and_where() {
    let cut = parse_text("{\"a\":[1,{\"b\":").unwrap_err();
    assert_eq!(cut.message, "expected a JSON value, found the end of the text");
    assert_eq!((cut.place.pointer.to_string().as_str(), cut.place.span), ("/a/1/b", 13..13));
    assert_eq!(message(""), "expected a JSON value, found an empty document");
    assert_eq!(message("  \n"), "expected a JSON value, found an empty document");
    assert_eq!(message("[1,]"), "expected a JSON value, found `]`");
    assert_eq!(message("{\"a\":1,}"), "expected a key in double quotes, found `}`");
    assert_eq!(message("{'a':1}"), "expected a key in double quotes, found `'`");
    assert_eq!(message("{\"a\"\u{C}:1}"), "expected `:`, found the character U+000C");
    assert_eq!(message("[1 2]"), "expected `,` or `]`, found `2`");
    assert_eq!(message("1 2"), "expected the end of the document, found `2`");
    assert_eq!(message("01"), "expected the end of the document, found `1`");
    assert_eq!(message("\"\t\""), "expected `\"`, or the control character escaped, found the character U+0009");
    assert_eq!(message(r#""\uD83Dx""#), "expected a pair of surrogates, found the half \\uD83D alone");
    assert_eq!(message(r#""\uDE00""#), "expected a pair of surrogates, found the half \\uDE00 alone");
    assert_eq!(message(r#""\x""#), "expected an escape that JSON has, found `\\`");
}

#[test]
fn other_encodings_are_refused_by_name() {
    let refused = |bytes: &[u8]| parse(bytes).unwrap_err().message;
    assert!(refused(b"\xFF\xFE{\0}\0").contains("UTF-16"));
    assert!(refused(b"\0{\0}").contains("UTF-16"));
    assert!(refused(b"\xFF\xFE\0\0{\0\0\0").contains("UTF-32"));
    assert!(refused(b"{\"a\":\"Zo\xEB\"}").contains("0xEB (Latin-1?)"));
    assert!(parse(b"\xEF\xBB\xBF{}").unwrap().has_bom());
    assert!(!parse(b"{}").unwrap().has_bom());
}

#[test]
fn depth_ends_where_serde_json_ends() {
    for depth in [1, 126, 127, 128, 129, 10_000, 100_000] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        assert_eq!(parse_text(&text).is_ok(), theirs, "depth {depth}");
    }
}

/// JSON-like texts: fragments that often, but not always, add up to JSON.
fn nearly_json() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just(":"),
        Just(","),
        Just("\"a\""),
        Just("\"\\u00e9\""),
        Just("\"\\uD83D\\uDE00\""),
        Just("1"),
        Just("-0"),
        Just("1.5e+3"),
        Just("null"),
        Just("true"),
        Just(" "),
        Just("\r\n"),
        Just("\"\\n\\/\""),
        Just("0"),
        Just("."),
        Just("\\"),
        Just("\""),
    ];
    proptest::collection::vec(fragment, 0..12).prop_map(|parts| parts.concat())
}

fn same(document: &Document<'_>, node: NodeId, value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null => document.kind(node) == Kind::Null,
        serde_json::Value::Bool(value) => document.kind(node) == Kind::Bool(*value),
        serde_json::Value::Number(number) => document.raw(node).parse::<f64>().ok() == number.as_f64(),
        serde_json::Value::String(text) => document.content(node) == text.as_str(),
        serde_json::Value::Array(items) => {
            let nodes: Vec<NodeId> = document.items(node).collect();
            nodes.len() == items.len() && nodes.iter().zip(items).all(|(&node, item)| same(document, node, item))
        }
        serde_json::Value::Object(members) => {
            members
                .iter()
                .all(|(name, value)| document.member(node, name).is_some_and(|node| same(document, node, value)))
                && document.members(node).all(|(key, _)| members.contains_key(document.content(key).as_ref()))
        }
    }
}

#[test]
fn every_repeated_key_is_found_again_in_the_order_of_the_text() {
    // The inner object ends first; both orders must come out.
    for text in [r#"{"a":1,"a":{"b":1,"b":2},"c":3}"#, r#"{"a":{"b":1,"b":2},"a":1,"c":{"d":1,"d":2}}"#] {
        let document = parse_text(text).unwrap();
        let repeated = document.repeated_keys();
        assert!(repeated.is_sorted(), "{text}: {repeated:?}");
        let found = (0..document.len()).filter(|&node| document.is_repeated(node));
        assert_eq!(found.collect::<Vec<_>>(), repeated, "{text}");
        assert!(repeated.len() >= 2);
    }
}

#[test]
fn what_is_no_utf_8_is_named_only_where_it_fits() {
    let message = |bytes: &[u8]| parse(bytes).unwrap_err().message;
    assert_eq!(message(b"{\"a\":\"Zo\xEB\"}"), "expected UTF-8, found the byte 0xEB (Latin-1?)");
    // A picture; a text that is UTF-8 elsewhere; a control character of another code page.
    assert_eq!(message(b"\x89PNG\r\n\x1A\n"), "expected UTF-8, found the byte 0x89");
    assert_eq!(message(b"\"\xC3\xA9\xEB\""), "expected UTF-8, found the byte 0xEB");
    assert_eq!(message(b"\"\xEB\x85\""), "expected UTF-8, found the byte 0xEB");
    assert_eq!(message(b"\"\xE2\x82"), "expected UTF-8, found the end within a character: is the text cut off?");
    for (bytes, name) in [(&b"\x1F\x8B\x08\0"[..], "gzip"), (b"PK\x03\x04\x14\0", "zip"), (b"BZh9", "bzip2")] {
        assert_eq!(message(bytes), format!("expected JSON, found {name} data: unpack it first"));
    }
}

proptest! {
    #[test]
    fn serde_json_and_the_document_give_the_same_verdict(text in nearly_json()) {
        match (serde_json::from_str::<serde_json::Value>(&text), parse_text(&text)) {
            (Ok(value), Ok(document)) => prop_assert!(same(&document, 0, &value)),
            (Err(_), Err(_)) => {}
            // A double has an end, a text has none: what a reader makes of the number is the reader's.
            (Err(error), Ok(_)) if error.to_string().starts_with("number out of range") => {}
            (theirs, ours) => prop_assert!(false, "{theirs:?} {ours:?}"),
        }
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn every_node_is_found_by_its_pointer(text in nearly_json()) {
        if let Ok(document) = parse_text(&text) && document.repeated_keys().is_empty() {
            let mut values = vec![0];
            while let Some(value) = values.pop() {
                let pointer = document.pointer(value);
                prop_assert_eq!(document.at(&pointer), Some(value));
                prop_assert_eq!(document.find(&pointer.to_string()), Some(value));
                prop_assert_eq!(document.read_pointer(&pointer.to_string()), pointer);
                for below in document.items(value).chain(document.members(value).flat_map(|(key, value)| [key, value])) {
                    prop_assert_eq!(document.parent(below), Some(value));
                }
                values.extend(document.items(value));
                values.extend(document.members(value).map(|(_, value)| value));
            }
        }
    }
}

/// A member of a long object is found by its name, of repeated ones the last, whatever its spelling.
#[test]
fn members_of_long_objects_are_found_by_name() {
    let mut members: Vec<String> = (0..40).map(|at| format!("\"k{at}\":{at}")).collect();
    members.push(r#""\u006b7":"again""#.to_owned());
    members.push(r#""é":"e","z":{"short":1}"#.to_owned());
    let text = format!("{{{}}}", members.join(","));
    let document = parse_text(&text).unwrap();
    let raw = |name: &str| document.member(0, name).map(|value| document.raw(value));
    assert_eq!((raw("k0"), raw("k39"), raw("k7"), raw("é")), (Some("0"), Some("39"), Some("\"again\""), Some("\"e\"")));
    assert_eq!((raw("k40"), raw(""), raw("zz"), raw("k")), (None, None, None, None));
    assert_eq!(document.find("/z/short").map(|value| document.raw(value)), Some("1"));
}

/// Items and keys of what is long are looked up another way than those of what is short.
#[test]
fn places_of_long_lists_and_objects_are_found() {
    let items: Vec<String> = (0..40).map(|at| format!("[{at},[\"{at}\"]]")).collect();
    let members: Vec<String> = (0..40).map(|at| format!("\"{at}\":{{\"k\":[{at},{{}}]}}")).collect();
    let text = format!("{{\"list\":[{}],\"map\":{{{}}}}}", items.join(","), members.join(","));
    let document = parse_text(&text).unwrap();
    let mut values = 0;
    let keys: Vec<NodeId> = (0..document.len()).flat_map(|node| document.members(node)).map(|(key, _)| key).collect();
    for node in (0..document.len()).filter(|node| !keys.contains(node)) {
        let pointer = document.pointer(node);
        assert_eq!(document.at(&pointer), Some(node), "{pointer}");
        assert_eq!(document.find(&pointer.to_string()), Some(node), "{pointer}");
        let around = pointer.parent().map(|around| document.at(&around).unwrap());
        assert_eq!(document.parent(node), around, "{pointer}");
        values += 1;
    }
    assert_eq!(values, 1 + 1 + 4 * 40 + 1 + 4 * 40);
    assert_eq!((document.item(2, 39).is_some(), document.item(2, 40)), (true, None));
    assert_eq!(document.pointer(keys[41]).to_string(), "/map/39");
}
