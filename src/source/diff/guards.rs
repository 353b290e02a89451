//! Tests that hold the text of a mapper against JSON, and code that works on JSON as on a text.

use std::collections::HashSet;

use tree_sitter::Node;

use crate::source::java::syntax::JavaFile;
use crate::source::java::walk::{children, descendants, span};
use crate::source::place::Span;

/// Calls that make a text of a value.
const WRITERS: &[&str] = &["writeValueAsString", "writeValueAsBytes", "writeValue", "toJson", "toMessage"];
/// Calls and names that compare.
const ASSERTIONS: &[&str] = &["assert", "isEqualTo", "verify", "is(", "content()"];
/// Calls that replace a part of a text.
const REPLACERS: &[&str] = &["replace", "replaceAll", "replaceFirst", "regexReplaceAll"];
/// Calls that fill a text with values.
const FORMATS: &[&str] = &["format", "formatted"];

/// A stretch of code that works on JSON as on a text.
#[derive(Clone, Debug)]
pub struct Surgery {
    /// Where it stands.
    pub span: Span,
    /// The code, without white space.
    pub code: String,
    /// The call, or `+`.
    pub by: String,
}

/// Whether a test compares what a mapper writes with a JSON literal: where that literal stands.
pub fn compares_json(java: &JavaFile, text: &str) -> Option<Span> {
    if !writes_value(text) {
        return None;
    }
    let literal = literals(java.tree.root_node(), text).find(|(_, content)| is_json(content))?;
    Some(span(literal.0, text))
}

/// How far above a text the call that takes it is looked for.
const MAX_ABOVE: usize = 16;

/// Whether a test makes a text of a value and asserts something.
pub fn writes_value(text: &str) -> bool {
    let by_tester = text.contains("JacksonTester") && text.contains(".write(");
    let writes = by_tester || WRITERS.iter().any(|word| text.contains(&format!("{word}(")));
    writes && ASSERTIONS.iter().any(|word| text.contains(word))
}

/// How many literals in JSON and paths into JSON a test asserts.
pub fn assertions(java: &JavaFile, text: &str) -> usize {
    let json = literals(java.tree.root_node(), text).filter(|(_, content)| is_json(content)).count();
    json + text.matches("jsonPath(").count()
}

/// Every stretch of a file that works on JSON as on a text.
pub fn surgery(java: &JavaFile, text: &str) -> Vec<Surgery> {
    let (mut found, mut inner) = (Vec::new(), HashSet::new());
    for node in descendants(java.tree.root_node()) {
        let raw = |node: Node<'_>| text.get(node.byte_range()).unwrap_or_default();
        let by = match node.kind() {
            "method_invocation" => {
                let Some(name) = node.child_by_field_name("name").map(raw) else { continue };
                let given = node.child_by_field_name("arguments");
                let texts: Vec<String> =
                    given.into_iter().flat_map(children).filter(is_text).map(|it| content(raw(it))).collect();
                let on_text = node.child_by_field_name("object").filter(is_text).map(|it| content(raw(it)));
                let replaces = REPLACERS.contains(&name) && texts.iter().any(|text| names_key(text));
                let fills = FORMATS.contains(&name)
                    && texts.iter().chain(&on_text).any(|text| is_json(text) && text.contains('%'));
                if !(replaces || fills) {
                    continue;
                }
                name.to_owned()
            }
            "binary_expression" => {
                // A sum of thousands is looked at once, and not for each of its parts.
                let sides = ["left", "right"].into_iter().filter_map(|side| node.child_by_field_name(side));
                inner.extend(sides.map(|side| side.id()));
                if inner.contains(&node.id()) {
                    continue;
                }
                let mut pieces = Vec::new();
                flatten(node, &mut pieces);
                let joined: String = pieces.iter().filter(|it| is_text(it)).map(|it| content(raw(*it))).collect();
                let has_values = pieces.iter().any(|it| !is_text(it));
                if !has_values || !raw(node).contains('+') || !is_json(&joined) {
                    continue;
                }
                "+".to_owned()
            }
            _ => continue,
        };
        if is_logged(node, &raw) || is_to_string(node, &raw) {
            continue;
        }
        // Of a chain of calls, this one.
        let code = match node.child_by_field_name("arguments") {
            Some(arguments) => format!("{by}{}", raw(arguments)),
            None => raw(node).to_owned(),
        };
        let code = code.chars().filter(|character| !character.is_whitespace()).collect();
        let at = node.child_by_field_name("name").unwrap_or(node);
        found.push(Surgery { span: span(at, text), code, by });
    }
    found
}

/// Whether a text goes to a log or into the message of an exception: nobody reads it as JSON.
fn is_logged<'t>(node: Node<'t>, raw: &dyn Fn(Node<'t>) -> &'t str) -> bool {
    let mut at = node;
    for _ in 0..MAX_ABOVE {
        let Some(parent) = at.parent() else { return false };
        let receiver = parent.child_by_field_name("object").filter(|_| parent.kind() == "method_invocation");
        let is_log = |object: Node<'t>| {
            let text = raw(object);
            ["System.out", "System.err"].contains(&text) || ["log", "logger"].contains(&text.to_lowercase().as_str())
        };
        let throws = parent.kind() == "throw_statement";
        if throws || receiver.is_some_and(|object| object.id() != at.id() && is_log(object)) {
            return true;
        }
        if parent.kind().ends_with("_statement") || parent.kind().ends_with("_declaration") {
            return false;
        }
        at = parent;
    }
    false
}

/// Whether a text is what `toString()` gives: people read that in logs.
fn is_to_string<'t>(node: Node<'t>, raw: &dyn Fn(Node<'t>) -> &'t str) -> bool {
    let mut above = std::iter::successors(node.parent(), Node::parent);
    let method = above.find(|it| it.kind() == "method_declaration");
    method.and_then(|it| it.child_by_field_name("name")).is_some_and(|name| raw(name) == "toString")
}

/// The parts of a sum, without recursion: one may have thousands.
fn flatten<'t>(node: Node<'t>, pieces: &mut Vec<Node<'t>>) {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if node.kind() == "binary_expression" {
            open.extend(node.child_by_field_name("right"));
            open.extend(node.child_by_field_name("left"));
        } else {
            pieces.push(node);
        }
    }
}

fn is_text(node: &Node<'_>) -> bool {
    node.kind() == "string_literal" || node.kind() == "text_block"
}

fn literals<'t>(root: Node<'t>, text: &'t str) -> impl Iterator<Item = (Node<'t>, String)> {
    descendants(root).filter(is_text).map(move |node| (node, content(text.get(node.byte_range()).unwrap_or_default())))
}

/// What a literal holds, without its escapes.
fn content(raw: &str) -> String {
    let inner = raw.strip_prefix("\"\"\"").and_then(|rest| rest.strip_suffix("\"\"\""));
    let inner = inner.or_else(|| raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'))).unwrap_or(raw);
    inner.replace('\\', "")
}

/// Whether a text holds the beginning of a JSON object: a brace, then a key in quotes and a colon.
pub fn is_json(text: &str) -> bool {
    let Some((_, rest)) = text.split_once('{') else { return false };
    let Some(rest) = rest.trim_start().strip_prefix('"') else { return false };
    let Some((key, rest)) = rest.split_once('"') else { return false };
    !key.is_empty() && rest.trim_start().starts_with(':')
}

/// Whether a text, perhaps a pattern, names a key: a word in a quote that opens, or one before a quote and a colon.
fn names_key(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('"') {
        let is_word = |character: char| character.is_alphanumeric() || character == '_';
        let opens = after.starts_with(is_word) && after.contains('"');
        let closes = before.ends_with(is_word)
            && after.trim_start_matches("s?").trim_start_matches("s*").trim_start().starts_with(':');
        if opens || closes {
            return true;
        }
        rest = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::java::parse::parse;

    fn of(body: &str) -> Vec<String> {
        let text = format!("class A {{ Object m(String body, int id) {{ {body} }} }}");
        let java = parse(&text).unwrap();
        surgery(&java, &text).into_iter().map(|it| it.by).collect()
    }

    #[test]
    fn work_on_json_as_on_a_text_is_seen() {
        assert_eq!(of(r#"return body.replaceAll("\"boxes\"\\s?:", "\"trays\":");"#), ["replaceAll"]);
        assert_eq!(
            of(r#"return body().regexReplaceAll("\\\"boxes\\\"\\s?\\:", "\\\"trays\\\" \\:");"#),
            ["regexReplaceAll"]
        );
        assert_eq!(of(r#"return "{\"id\":" + id + ",\"size\":1}";"#), ["+"]);
        assert_eq!(of(r#"return String.format("{\"id\":%d}", id);"#), ["format"]);
        assert_eq!(of(r#"log.info("sent"); send("{\"id\":" + id + "}"); return id;"#), ["+"]);
    }

    #[test]
    fn other_work_on_texts_is_not() {
        for body in [
            r#"return body.replace("\"", "");"#,
            r#"return body.replaceAll("\\s+", " ");"#,
            r#"return "id: " + id + " {}";"#,
            r#"return "{\"id\":1," + "\"size\":2}";"#,
            r#"return id + 1;"#,
            r#"return String.format("%s", id);"#,
            r#"log.info("{\"id\":" + id + "}"); return id;"#,
            r#"System.out.println(String.format("{\"id\":%d}", id)); return id;"#,
            r#"throw new IllegalStateException("no {\"id\":" + id + "}");"#,
        ] {
            assert_eq!(of(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn a_literal_beside_a_writer_is_a_guard() {
        let test = r#"class A { void m() { assertThat(mapper.writeValueAsString(p), is("{\"id\":1}")); } }"#;
        assert!(compares_json(&parse(test).unwrap(), test).is_some());
        let other = r#"class A { void m() { assertThat(mapper.writeValueAsString(p), is("{}")); } }"#;
        assert!(compares_json(&parse(other).unwrap(), other).is_none());
        let sends = r#"class A { void m() { mvc.perform(post("/").content("{\"id\":1}")); assertTrue(true); } }"#;
        assert!(compares_json(&parse(sends).unwrap(), sends).is_none());
    }
}
