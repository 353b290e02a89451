//! The escapes of a text.

/// How many bytes stand before the next one that ends a run of plain characters: a quote, a backslash, a control.
pub(crate) fn plain_bytes(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    // The high bit of the lowest byte that is below a limit, exactly; of the bytes above it only perhaps.
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & (ONES << 7);
    let mut words = bytes.chunks_exact(8);
    let mut plain = 0;
    for word in &mut words {
        let word = u64::from_le_bytes([word[0], word[1], word[2], word[3], word[4], word[5], word[6], word[7]]);
        let quotes = below(word ^ (ONES * u64::from(b'"')), 1);
        let backslashes = below(word ^ (ONES * u64::from(b'\\')), 1);
        let ends = quotes | backslashes | below(word, 0x20);
        if ends != 0 {
            return plain + ends.trailing_zeros() as usize / 8;
        }
        plain += 8;
    }
    let rest = words.remainder();
    plain + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len())
}

/// The content of a text whose escapes have been checked by the parser.
pub(super) fn unescape(raw: &str) -> String {
    let mut content = String::with_capacity(raw.len());
    let bytes = raw.as_bytes();
    let mut plain = 0;
    let mut at = 0;
    while let Some(begin) = bytes[at..].iter().position(|&byte| byte == b'\\') {
        at += begin;
        content.push_str(&raw[plain..at]);
        at += 2;
        content.push(match bytes[at - 1] {
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = code_unit(bytes, at);
                at += 4;
                let code = if (0xD800..0xDC00).contains(&first) {
                    let second = code_unit(bytes, at + 2);
                    at += 6;
                    0x10000 + ((first - 0xD800) << 10) + (second.wrapping_sub(0xDC00) & 0x3FF)
                } else {
                    first
                };
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            other => char::from(other),
        });
        plain = at;
    }
    content.push_str(&raw[plain..]);
    content
}

/// Four hexadecimal digits, which the parser has seen.
fn code_unit(bytes: &[u8], at: usize) -> u32 {
    let digits = bytes.get(at..at + 4).unwrap_or_default();
    digits.iter().fold(0, |unit, &digit| unit << 4 | char::from(digit).to_digit(16).unwrap_or(0))
}
