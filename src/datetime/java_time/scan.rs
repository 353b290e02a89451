//! Numbers in texts as `DateTimeFormatterBuilder` (JDK 17) reads and writes them.
//!
//! Positions are bytes where Java counts UTF-16 units; both stop at the same place, since every character that
//! is taken is an ASCII digit, an ASCII sign or part of a literal.

use super::field::{Field, Fields};

/// `java.time.format.SignStyle`, the two that appear in the supported formatters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A `+` exactly when the number is wider than its padding; a `-` always may stand there.
    ExceedsPad,
    /// No sign at all.
    NotNegative,
}

/// A number in a text: `NumberPrinterParser`, parsing strictly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) field: Field,
    pub(super) min: usize,
    pub(super) max: usize,
    pub(super) sign: Sign,
    /// How many digits of the same run belong to the numbers after it.
    pub(super) reserved: usize,
}

impl Number {
    /// The year of the ISO formatters.
    pub(super) const ISO_YEAR: Number =
        Number { field: Field::Year, min: 4, max: 10, sign: Sign::ExceedsPad, reserved: 0 };

    /// Exactly two digits.
    pub(super) const fn two(field: Field) -> Number {
        Number { field, min: 2, max: 2, sign: Sign::NotNegative, reserved: 0 }
    }

    /// Appends the number, padded with zeros; a negative one only ever meets [`Sign::ExceedsPad`].
    pub(super) fn write(&self, value: i64, text: &mut String) {
        let number = value.unsigned_abs();
        let width = number.checked_ilog10().map_or(1, |power| power as usize + 1);
        if value < 0 {
            text.push('-');
        } else if self.sign == Sign::ExceedsPad && width > self.min {
            text.push('+');
        }
        text.extend(std::iter::repeat_n('0', self.min.saturating_sub(width)));
        for power in (0..width as u32).rev() {
            text.push(char::from(b'0' + (number / 10_u64.pow(power) % 10) as u8));
        }
    }
}

/// A text on the way to its end, and the numbers found so far.
pub(super) struct Scanner<'a> {
    rest: &'a str,
    fields: Fields,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, fields: Fields::default() }
    }

    /// The numbers, if nothing is left over.
    pub(super) fn finish(self) -> Option<Fields> {
        self.rest.is_empty().then_some(self.fields)
    }

    pub(super) fn literal(&mut self, literal: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(literal)?;
        Some(())
    }

    pub(super) fn number(&mut self, number: &Number) -> Option<()> {
        let Number { field, min, max, sign, reserved } = *number;
        let (positive, negative) = (self.rest.starts_with('+'), self.rest.starts_with('-'));
        if (positive || negative) && sign == Sign::NotNegative {
            return None;
        }
        let digits = if positive || negative { &self.rest[1..] } else { self.rest };
        let run = leading_digits(digits, max + reserved);
        if run < min {
            return None;
        }
        let mut width = if reserved > 0 { min.max(run.saturating_sub(reserved)) } else { run };
        let wider_than_padding = width > min;
        if sign == Sign::ExceedsPad && !negative && positive != wider_than_padding {
            return None;
        }
        // Nineteen digits can be too many for Java's long: it then leaves the last one in the text.
        let value = match digits[..width].parse::<i64>() {
            Ok(value) => value,
            Err(_) => {
                width -= 1;
                digits[..width].parse().ok()?
            }
        };
        if negative && value == 0 {
            return None;
        }
        self.fields.set(field, if negative { -value } else { value });
        self.rest = &digits[width..];
        Some(())
    }

    /// Reads from `min` to `max` digits as a fraction of a second; `max` is at most nine.
    pub(super) fn fraction(&mut self, min: usize, max: usize) -> Option<()> {
        let width = leading_digits(self.rest, max);
        if width < min {
            return None;
        }
        let (digits, rest) = self.rest.split_at(width);
        self.fields.set(Field::Nano, format!("{digits:0<9}").parse().ok()?);
        self.rest = rest;
        Some(())
    }
}

fn leading_digits(text: &str, max: usize) -> usize {
    text.bytes().take(max).take_while(u8::is_ascii_digit).count()
}
