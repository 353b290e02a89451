//! Numbers by value, whatever their spelling.

/// Whether two numbers are the same, whatever their spelling: `1`, `1.0` and `10e-1`.
pub fn same_number(left: &str, right: &str) -> bool {
    left == right || matches!((decimal(left), decimal(right)), (Some(left), Some(right)) if left == right)
}

/// Sign, digits without outer zeros, and the power of ten of the last digit; none for an absurd exponent.
fn decimal(number: &str) -> Option<(bool, String, i64)> {
    let (negative, number) = match number.strip_prefix('-') {
        Some(number) => (true, number),
        None => (false, number),
    };
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (number, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    let power = i64::from(exponent) - fraction.len() as i64 + (digits.len() - significant.len()) as i64;
    let significant = significant.trim_start_matches('0');
    Some(if significant.is_empty() { (false, String::new(), 0) } else { (negative, significant.to_owned(), power) })
}

#[cfg(test)]
mod tests {
    use super::same_number;

    #[test]
    fn a_value_has_many_spellings() {
        assert!(same_number("-0", "0") && same_number("10e-1", "1.00") && same_number("1e400", "10e399"));
        assert!(!same_number("9007199254740993", "9007199254740992") && !same_number("1", "-1"));
        assert!(!same_number("1e99999999999", "1e99999999998"));
    }
}
