//! Escapes of Unicode in Java text: a compiler sees the character before it sees anything else (JLS 3.3).

use std::sync::Arc;

/// The text as a compiler reads it. An escape that is none, or that names half a character, stays as it is.
pub fn decoded(text: &Arc<str>) -> Arc<str> {
    if !text.contains("\\u") {
        return text.clone();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = &**text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // A backslash behind another one is a character of its own and begins nothing.
        let taken = match character(rest) {
            Some((character, length)) => {
                out.push(character);
                length
            }
            None => {
                let taken = if rest.starts_with("\\\\") { 2 } else { 1 };
                out.push_str(&rest[..taken]);
                taken
            }
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    Arc::from(out)
}

/// The character that a text begins with an escape of, and the length of the escape.
fn character(text: &str) -> Option<(char, usize)> {
    let (first, length) = unit(text)?;
    let two = || {
        let (second, more) = unit(&text[length..])?;
        let character = char::decode_utf16([first, second]).next()?.ok()?;
        (character.len_utf16() == 2).then_some((character, length + more))
    };
    // A backslash that an escape spells begins no escape, and what quotes do is for the parser.
    char::from_u32(first.into()).map(|character| (character, length)).or_else(two)
}

fn unit(text: &str) -> Option<(u16, usize)> {
    let digits = text.strip_prefix("\\u")?.trim_start_matches('u');
    let start = text.len() - digits.len();
    let number = digits.get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    Some((u16::from_str_radix(number, 16).ok()?, start + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_as_a_compiler_reads_them() {
        for (text, read) in [
            (r"int \u0061b;", "int ab;"),
            (r#""\uuu0041\u00e9""#, "\"Aé\""),
            (r#""\\u0041""#, r#""\\u0041""#),
            (r#""\\\u0041""#, r#""\\A""#),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83d \u00g1 \u12", r"\ud83d \u00g1 \u12"),
            (r"\u", r"\u"),
        ] {
            assert_eq!(&*decoded(&Arc::from(text)), read, "{text}");
        }
    }
}
