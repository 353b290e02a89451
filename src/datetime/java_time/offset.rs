//! Offsets and zones at the end of a text: what `DateTimeFormatter.appendOffsetId` and `ISO_DATE_TIME` read.

/// A text without the offset at its end, and the offset in seconds; none where there is none.
///
/// Read as the pattern `+HH:MM:ss` with `Z`, in any case, is: seconds may be left out, minutes may not.
pub fn split_offset(text: &str) -> (&str, Option<i64>) {
    split_within(text, &[6, 9], LONGEST)
}

/// The same as `ISO_OFFSET_DATE_TIME` reads it, leniently: minutes may be left out too.
pub fn split_lenient_offset(text: &str) -> (&str, Option<i64>) {
    split_within(text, &[3, 6, 9], LONGEST)
}

/// A date without the offset after it, as `ISO_DATE` reads it: what is no offset of a zone, such as `+19:00`, is no
/// matter to a formatter that makes no offset of it.
pub fn without_date_offset(text: &str) -> &str {
    split_within(text, &[6, 9], 24 * 3_600 - 1).0
}

/// The longest offset of a `ZoneOffset`.
const LONGEST: i64 = 18 * 3_600;

fn split_within<'t>(text: &'t str, lengths: &[usize], longest: i64) -> (&'t str, Option<i64>) {
    if let Some(local) = text.strip_suffix(['Z', 'z']) {
        return (local, Some(0));
    }
    for &length in lengths {
        let at = text.len().checked_sub(length).filter(|&at| text.is_char_boundary(at));
        if let Some((local, offset)) = at.map(|at| text.split_at(at))
            && let Some(seconds) = seconds(offset).filter(|seconds| seconds.abs() <= longest)
        {
            return (local, Some(seconds));
        }
    }
    (text, None)
}

fn seconds(offset: &str) -> Option<i64> {
    let sign = match offset.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let mut total = 0;
    for part in offset[1..].split(':') {
        let is_two_digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = if is_two_digits { part.parse().ok()? } else { return None };
        total = total * 60 + if number < 60 { number } else { return None };
    }
    let unit = match offset.len() {
        3 => 3_600,
        6 => 60,
        _ => 1,
    };
    Some(sign * total * unit)
}

/// A text without offset and zone: `ISO_DATE_TIME` takes `[Europe/London]` after an offset. Whether there is such a
/// zone is not asked.
pub fn without_zone(text: &str) -> &str {
    let zoned = text.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    match zoned {
        Some((before, zone)) if is_zone(zone) && split_offset(before).1.is_some() => split_offset(before).0,
        _ => split_offset(text).0,
    }
}

pub(super) fn is_zone(zone: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"/._~+-".contains(&byte);
    zone.starts_with(|first: char| first.is_ascii_alphabetic()) && zone.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_split_off() {
        assert_eq!(split_offset("10:30z"), ("10:30", Some(0)));
        assert_eq!(split_offset("10:30+01:30"), ("10:30", Some(5_400)));
        assert_eq!(split_offset("10:30-00:00:30"), ("10:30", Some(-30)));
        for none in ["", "é", "2024-01-15", "10:30+01", "10:30+0100", "10:30+18:01", "10:30+01:60", "10:30+1:000"] {
            assert_eq!(split_offset(none), (none, None));
        }
    }

    #[test]
    fn a_date_takes_what_is_no_offset_of_a_zone() {
        assert_eq!(without_date_offset("2024-01-15+19:00"), "2024-01-15");
        assert_eq!(without_date_offset("2024-01-15-23:59:59"), "2024-01-15");
        assert_eq!(without_date_offset("2024-01-15+24:00"), "2024-01-15+24:00");
        assert_eq!(split_lenient_offset("10:30+01"), ("10:30", Some(3_600)));
    }

    #[test]
    fn a_zone_stands_behind_an_offset() {
        assert_eq!(without_zone("10:30+01:00[Europe/London]"), "10:30");
        assert_eq!(without_zone("10:30Z"), "10:30");
        for kept in ["10:30[Europe/London]", "10:30Z[]", "10:30Z[1]", "10:30"] {
            assert_eq!(without_zone(kept), kept);
        }
    }
}
