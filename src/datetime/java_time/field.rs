//! The fields of a date or a time, and numbers by them.

/// A field of a date or a time: the ones of `java.time.temporal.ChronoField` that patterns name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `u`: the proleptic year, 0 and negative ones included.
    Year,
    /// `y`: the year of the era; without an era Java reads the current one.
    YearOfEra,
    /// `M`.
    Month,
    /// `d`.
    Day,
    /// `H`.
    Hour,
    /// `m`.
    Minute,
    /// `s`.
    Second,
    /// `S`.
    Nano,
}

impl Field {
    /// How many there are.
    pub(super) const COUNT: usize = 8;

    /// Whether a date without a time lacks it.
    pub fn is_time(self) -> bool {
        matches!(self, Field::Hour | Field::Minute | Field::Second | Field::Nano)
    }
}

/// The numbers of a text before they are put together: `java.time.format.Parsed`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields([Option<i64>; Field::COUNT]);

impl Fields {
    pub(super) fn get(&self, field: Field) -> Option<i64> {
        self.0[field as usize]
    }

    pub(super) fn set(&mut self, field: Field, value: i64) {
        self.0[field as usize] = Some(value);
    }
}
