//! A key renamed, added, dropped or moved in the text of a payload: only the bytes that are touched change.
//!
//! Layout, order, escapes and line ends stay as they are; a member that comes takes the layout of its neighbours.
//! Where a pattern says `*`, every item of a list is meant, and every member of an object.

use std::ops::Range;

use crate::document::{Document, Kind, NodeId, Unreadable, parse};

/// What happens to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit<'e> {
    /// It has another name.
    Rename {
        /// The name until now.
        from: &'e str,
        /// The name from now on.
        to: &'e str,
    },
    /// It is added.
    Add {
        /// Its name.
        key: &'e str,
        /// Its value: JSON.
        value: &'e str,
        /// The key after which it stands; none for the first place. Where an object lacks that key, the last place.
        behind: Option<&'e str>,
    },
    /// It is dropped, with its value.
    Drop {
        /// Its name.
        key: &'e str,
    },
    /// Several stand in another order.
    Order {
        /// Their names, in the order from now on. Others keep their places.
        keys: &'e [String],
    },
}

/// A text with its edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// The bytes, with the byte order mark that was there.
    pub bytes: Vec<u8>,
    /// In how many places something was changed.
    pub places: usize,
}

/// Why nothing is rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The payload is not JSON.
    Unreadable(Unreadable),
    /// An object has a key of the new name already, and would have it twice.
    Taken {
        /// The pointer of the object.
        pointer: String,
        /// The name.
        key: String,
    },
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::Unreadable(error) => write!(f, "{error}"),
            Refused::Taken { pointer, key } => {
                write!(f, "expected no key {key:?} in the object {pointer:?}, found one: it would be there twice")
            }
        }
    }
}

/// Makes one edit in every object that a pattern names: a JSON Pointer with `*` for every index and every key.
///
/// # Errors
///
/// A payload that is not JSON, and an object that has the new key already.
pub fn rewrite(bytes: &[u8], objects: &str, edit: Edit<'_>) -> Result<Rewritten, Refused> {
    let document = parse(bytes).map_err(Refused::Unreadable)?;
    let mut found = Vec::new();
    let segments: Vec<String> =
        objects.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~")).collect();
    collect(&document, 0, &segments, &mut found);
    let mut splices = Vec::new();
    for object in found {
        edit_object(&document, object, edit, &mut splices)?;
    }
    let mut text = document.text().to_owned();
    let places = splices.len();
    splices.sort_by_key(|(span, _): &(Range<usize>, String)| span.start);
    for (span, with) in splices.into_iter().rev() {
        text.replace_range(span, &with);
    }
    let mark: &[u8] = if document.has_bom() { b"\xEF\xBB\xBF" } else { b"" };
    Ok(Rewritten { bytes: [mark, text.as_bytes()].concat(), places })
}

fn collect(document: &Document<'_>, node: NodeId, segments: &[String], found: &mut Vec<NodeId>) {
    let Some((segment, rest)) = segments.split_first() else {
        if document.kind(node) == Kind::Object {
            found.push(node);
        }
        return;
    };
    if segment == "*" {
        document.items(node).for_each(|item| collect(document, item, rest, found));
        document.members(node).for_each(|(_, value)| collect(document, value, rest, found));
    } else if let (Kind::Array, Ok(index)) = (document.kind(node), segment.parse::<usize>()) {
        document.items(node).nth(index).into_iter().for_each(|item| collect(document, item, rest, found));
    } else {
        // Of a key that stands twice both values are meant.
        let named = document.members(node).filter(|&(key, _)| document.content(key) == segment.as_str());
        named.for_each(|(_, value)| collect(document, value, rest, found));
    }
}

fn edit_object(
    document: &Document<'_>,
    object: NodeId,
    edit: Edit<'_>,
    splices: &mut Vec<(Range<usize>, String)>,
) -> Result<(), Refused> {
    let members: Vec<(NodeId, NodeId)> = document.members(object).collect();
    let named = |name: &str| members.iter().rposition(|&(key, _)| document.content(key) == name);
    let taken = |key: &str| Refused::Taken { pointer: document.pointer(object).to_string(), key: key.to_owned() };
    let text = document.text();
    match edit {
        Edit::Rename { from, to } => {
            let keys: Vec<NodeId> =
                members.iter().map(|&(key, _)| key).filter(|&key| document.content(key) == from).collect();
            if !keys.is_empty() && named(to).is_some() {
                return Err(taken(to));
            }
            splices.extend(keys.into_iter().map(|key| (document.span(key), quoted(to))));
        }
        Edit::Drop { key } => {
            // From the back, so that what stands after a dropped member is still there.
            let dropped = |at: usize| document.content(members[at].0) == key;
            let kept: Vec<usize> = (0..members.len()).filter(|&at| !dropped(at)).collect();
            if kept.is_empty() && !members.is_empty() {
                let span = document.span(object);
                // Jackson's pretty printer writes an empty object as `{ }`.
                let empty = if text[span.clone()].contains('\n') { " " } else { "" };
                splices.push((span.start + 1..span.end - 1, empty.to_owned()));
                return Ok(());
            }
            let mut at = 0;
            while at < members.len() {
                if !dropped(at) {
                    at += 1;
                    continue;
                }
                let first = at;
                while at < members.len() && dropped(at) {
                    at += 1;
                }
                let span = if at < members.len() {
                    document.span(members[first].0).start..document.span(members[at].0).start
                } else {
                    document.span(members[first - 1].1).end..document.span(members[at - 1].1).end
                };
                splices.push((span, String::new()));
            }
        }
        Edit::Order { keys } => {
            let rank = |&(key, _): &(NodeId, NodeId)| keys.iter().position(|name| document.content(key) == *name);
            let slots: Vec<(usize, &(NodeId, NodeId))> =
                members.iter().filter_map(|member| Some((rank(member)?, member))).collect();
            let mut sorted = slots.clone();
            // Of a key that stands twice the first stays before the other.
            sorted.sort_by_key(|(rank, _)| *rank);
            let span = |&(key, value): &(NodeId, NodeId)| document.span(key).start..document.span(value).end;
            let moved = slots.iter().zip(&sorted).filter(|((_, slot), (_, member))| slot != member);
            splices.extend(moved.map(|((_, slot), (_, member))| (span(slot), text[span(member)].to_owned())));
        }
        Edit::Add { key, value, behind } => {
            if named(key).is_some() {
                return Err(taken(key));
            }
            let span = document.span(object);
            let Some(&(first, first_value)) = members.first() else {
                let colon = colon(document).unwrap_or(":");
                splices.push((span.start + 1..span.end - 1, format!("{}{colon}{value}", quoted(key))));
                return Ok(());
            };
            let colon = &text[document.span(first).end..document.span(first_value).start];
            let member = format!("{}{colon}{value}", quoted(key));
            let lead = &text[span.start + 1..document.span(first).start];
            let separator = match members.get(1) {
                Some(&(second, _)) => text[document.span(first_value).end..document.span(second).start].to_owned(),
                None => format!(",{lead}"),
            };
            let after = behind.map(|behind| named(behind).unwrap_or(members.len() - 1));
            match after {
                None => {
                    let at = document.span(first).start;
                    splices.push((at..at, format!("{member}{separator}")));
                }
                Some(after) => {
                    let at = document.span(members[after].1).end;
                    splices.push((at..at, format!("{separator}{member}")));
                }
            }
        }
    }
    Ok(())
}

/// How the document writes what stands between a key and its value.
fn colon<'t>(document: &Document<'t>) -> Option<&'t str> {
    let objects = (0..document.len()).filter(|&node| document.kind(node) == Kind::Object);
    let (key, value) = objects.into_iter().find_map(|object| document.members(object).next())?;
    Some(&document.text()[document.span(key).end..document.span(value).start])
}

fn quoted(key: &str) -> String {
    serde_json::Value::from(key).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, objects: &str, edit: Edit<'_>) -> String {
        String::from_utf8(rewrite(text.as_bytes(), objects, edit).unwrap().bytes).unwrap()
    }

    const INDENTED: &str = "{\r\n  \"total\" : 1,\r\n  \"lines\" : [ {\r\n    \"sku\" : \"\\u0041\",\r\n    \"n\" : 1.0\r\n  }, {\r\n    \"n\" : 2,\r\n    \"sku\" : null\r\n  } ]\r\n}\r\n";

    #[test]
    fn a_renamed_key_changes_nothing_else() {
        let rename = Edit::Rename { from: "sku", to: "article" };
        let rewritten = rewrite(INDENTED.as_bytes(), "/lines/*", rename).unwrap();
        assert_eq!(rewritten.places, 2);
        assert_eq!(String::from_utf8(rewritten.bytes).unwrap(), INDENTED.replace("\"sku\"", "\"article\""));
        assert_eq!(rewrite(INDENTED.as_bytes(), "", rename).unwrap().places, 0);
        assert_eq!(edited(INDENTED, "/lines/1", rename).matches("article").count(), 1);
        // A name in escapes is the same name; a value of that text is none.
        let escaped = r#"{"\u0073ku":"sku","x":{"sku":1}}"#;
        assert_eq!(edited(escaped, "", rename), r#"{"article":"sku","x":{"sku":1}}"#);
        // Of a repeated key both are renamed, and what stands below both.
        assert_eq!(edited(r#"{"sku":1,"sku":2}"#, "", rename), r#"{"article":1,"article":2}"#);
        assert_eq!(
            edited(r#"{"a":{"sku":1},"a":{"sku":2}}"#, "/a", rename),
            r#"{"a":{"article":1},"a":{"article":2}}"#
        );
        // The members of an object that is a map.
        assert_eq!(edited(r#"{"1":{"sku":1},"2":{"sku":2}}"#, "/*", rename).matches("article").count(), 2);
        assert_eq!(edited(r#"{"a/b":{"sku":1}}"#, "/a~1b", rename), r#"{"a/b":{"article":1}}"#);
        let bom = rewrite(b"\xEF\xBB\xBF{\"sku\":1}", "", rename).unwrap();
        assert_eq!(bom.bytes, b"\xEF\xBB\xBF{\"article\":1}");
    }

    #[test]
    fn a_name_that_is_taken_is_refused() {
        let text = br#"{"lines":[{"sku":1},{"sku":1,"article":2}]}"#;
        let error = rewrite(text, "/lines/*", Edit::Rename { from: "sku", to: "article" }).unwrap_err();
        assert_eq!(error, Refused::Taken { pointer: "/lines/1".to_owned(), key: "article".to_owned() });
        let add = Edit::Add { key: "sku", value: "1", behind: None };
        assert!(matches!(rewrite(text, "/lines/*", add), Err(Refused::Taken { .. })));
        assert!(matches!(rewrite(b"{", "", add), Err(Refused::Unreadable(_))));
    }

    #[test]
    fn keys_in_another_order_take_each_others_places() {
        let keys = ["n".to_owned(), "sku".to_owned(), "gone".to_owned()];
        let order = Edit::Order { keys: &keys };
        let expected = INDENTED.replacen(
            "\"sku\" : \"\\u0041\",\r\n    \"n\" : 1.0",
            "\"n\" : 1.0,\r\n    \"sku\" : \"\\u0041\"",
            1,
        );
        assert_eq!(edited(INDENTED, "/lines/*", order), expected);
        assert_eq!(rewrite(expected.as_bytes(), "/lines/*", order).unwrap().places, 0, "it is so already");
        // What is not named keeps its place.
        assert_eq!(edited(r#"{"sku":1,"x":{"sku":2},"n":3}"#, "", order), r#"{"n":3,"x":{"sku":2},"sku":1}"#);
        assert_eq!(edited(r#"{"sku":1,"sku":2,"n":3}"#, "", order), r#"{"n":3,"sku":1,"sku":2}"#);
    }

    #[test]
    fn a_dropped_key_goes_with_its_comma() {
        let drop = Edit::Drop { key: "sku" };
        let expected = "{\r\n  \"total\" : 1,\r\n  \"lines\" : [ {\r\n    \"n\" : 1.0\r\n  }, {\r\n    \"n\" : 2\r\n  } ]\r\n}\r\n";
        assert_eq!(edited(INDENTED, "/lines/*", drop), expected);
        assert_eq!(edited(r#"{"sku":1}"#, "", drop), "{}");
        assert_eq!(edited("{\n  \"sku\" : 1\n}", "", drop), "{ }");
        assert_eq!(edited(r#"{"sku":1,"sku":2,"a":3,"sku":4}"#, "", drop), r#"{"a":3}"#);
        assert_eq!(edited("{}", "", drop), "{}");
    }

    #[test]
    fn an_added_key_stands_as_its_neighbours_do() {
        let add = |behind| Edit::Add { key: "new", value: "null", behind };
        let added = edited(INDENTED, "/lines/*", add(Some("sku")));
        assert_eq!(
            added,
            "{\r\n  \"total\" : 1,\r\n  \"lines\" : [ {\r\n    \"sku\" : \"\\u0041\",\r\n    \"new\" : null,\r\n    \"n\" : 1.0\r\n  }, {\r\n    \"n\" : 2,\r\n    \"sku\" : null,\r\n    \"new\" : null\r\n  } ]\r\n}\r\n"
        );
        assert_eq!(edited(&added, "/lines/*", Edit::Drop { key: "new" }), INDENTED);
        assert_eq!(edited(r#"{"a":1}"#, "", add(None)), r#"{"new":null,"a":1}"#);
        assert_eq!(edited(r#"{"a":1}"#, "", add(Some("gone"))), r#"{"a":1,"new":null}"#);
        assert_eq!(edited(r#"{}"#, "", add(None)), r#"{"new":null}"#);
        assert_eq!(edited("{\n  \"a\" : { }\n}", "/a", add(None)), "{\n  \"a\" : {\"new\" : null}\n}");
        assert_eq!(edited("{\n  \"a\" : 1\n}", "", add(None)), "{\n  \"new\" : null,\n  \"a\" : 1\n}");
    }
}
