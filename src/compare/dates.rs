//! Dates as text by what they mean.

use std::borrow::Cow;

/// Whether two dates or date-times as text mean the same: fraction zeros and missing seconds do not count.
///
/// Only for texts that are dates: to any other the zeros at its end may matter.
pub fn same_date(left: &str, right: &str) -> bool {
    fn plain(date: &str) -> Cow<'_, str> {
        let Some((day, time)) = date.split_once('T') else { return Cow::Borrowed(date) };
        let time = if time.contains('.') { time.trim_end_matches('0').trim_end_matches('.') } else { time };
        let seconds = if time.len() == 5 { ":00" } else { "" };
        Cow::Owned(format!("{day}T{time}{seconds}"))
    }
    left == right || plain(left) == plain(right)
}

#[cfg(test)]
mod tests {
    use super::same_date;

    #[test]
    fn dates_are_the_same_in_every_precision_that_says_so() {
        assert!(same_date("2026-01-30T12:06:42.100", "2026-01-30T12:06:42.1"));
        assert!(same_date("2026-01-30T12:06:00", "2026-01-30T12:06"));
        assert!(same_date("2026-01-30T12:06:42.000", "2026-01-30T12:06:42"));
        assert!(!same_date("2026-01-30T12:06:42", "2026-01-30"));
        assert!(!same_date("2026-01-30T12:06:42.1", "2026-01-30T12:06:42.01"));
        assert!(same_date("2026-01-30", "2026-01-30") && !same_date("2026-01-30", "2026-01-03"));
    }
}
