//! The leaf types of Java that a field can have, by the names they are written with.

use crate::model::{DateForm, LeafType};

const fn leaf(name: &'static str, java: &'static str) -> LeafType {
    LeafType { name, java, nullable: true, date: None }
}

const fn primitive(name: &'static str) -> LeafType {
    LeafType { name, java: name, nullable: false, date: None }
}

const fn date(name: &'static str, java: &'static str, form: DateForm) -> LeafType {
    LeafType { name, java, nullable: true, date: Some(form) }
}

/// The names that an enum of the tree goes by.
pub static ENUM: LeafType = leaf("enum", "enum");

/// All of them.
pub static LEAVES: &[LeafType] = &[
    primitive("boolean"),
    primitive("byte"),
    primitive("char"),
    primitive("double"),
    primitive("float"),
    primitive("int"),
    primitive("long"),
    primitive("short"),
    leaf("Boolean", "java.lang.Boolean"),
    leaf("Byte", "java.lang.Byte"),
    leaf("Character", "java.lang.Character"),
    leaf("CharSequence", "java.lang.CharSequence"),
    leaf("Double", "java.lang.Double"),
    leaf("Float", "java.lang.Float"),
    leaf("Integer", "java.lang.Integer"),
    leaf("Long", "java.lang.Long"),
    leaf("Number", "java.lang.Number"),
    leaf("Short", "java.lang.Short"),
    leaf("String", "java.lang.String"),
    leaf("BigDecimal", "java.math.BigDecimal"),
    leaf("BigInteger", "java.math.BigInteger"),
    leaf("Currency", "java.util.Currency"),
    leaf("Locale", "java.util.Locale"),
    leaf("UUID", "java.util.UUID"),
    leaf("URI", "java.net.URI"),
    leaf("URL", "java.net.URL"),
    leaf("Duration", "java.time.Duration"),
    leaf("Period", "java.time.Period"),
    leaf("Year", "java.time.Year"),
    leaf("YearMonth", "java.time.YearMonth"),
    leaf("MonthDay", "java.time.MonthDay"),
    leaf("DayOfWeek", "java.time.DayOfWeek"),
    leaf("Month", "java.time.Month"),
    leaf("ZoneId", "java.time.ZoneId"),
    date("LocalDate", "java.time.LocalDate", DateForm::Date),
    date("LocalTime", "java.time.LocalTime", DateForm::Time),
    date("LocalDateTime", "java.time.LocalDateTime", DateForm::DateTime),
    date("Instant", "java.time.Instant", DateForm::Moment),
    date("OffsetDateTime", "java.time.OffsetDateTime", DateForm::Moment),
    date("OffsetTime", "java.time.OffsetTime", DateForm::Time),
    date("ZonedDateTime", "java.time.ZonedDateTime", DateForm::Moment),
    date("Date", "java.util.Date", DateForm::Moment),
    date("Calendar", "java.util.Calendar", DateForm::Moment),
    date("Timestamp", "java.sql.Timestamp", DateForm::Moment),
];

/// Types that are written as a list of what they hold.
pub const LISTS: &[&str] = &[
    "List",
    "Set",
    "Collection",
    "Iterable",
    "ArrayList",
    "LinkedList",
    "HashSet",
    "LinkedHashSet",
    "TreeSet",
    "SortedSet",
    "Queue",
    "Deque",
    "Stream",
    "Iterator",
    "ImmutableList",
    "ImmutableSet",
    "EnumSet",
    "NavigableSet",
    "Streamable",
];

/// Types that are written as an object with a key for each entry.
pub const MAPS: &[&str] = &[
    "Map",
    "HashMap",
    "LinkedHashMap",
    "TreeMap",
    "SortedMap",
    "ConcurrentMap",
    "ConcurrentHashMap",
    "EnumMap",
    "ImmutableMap",
    "NavigableMap",
    "MultiValueMap",
];

/// The leaf of a name, unless the file imports the name from another package.
pub fn named(name: &str, package: &str) -> Option<&'static LeafType> {
    let leaf = LEAVES.iter().find(|leaf| leaf.name == name)?;
    let own = leaf.java.rsplit_once('.').map_or("", |(package, _)| package);
    (package.is_empty() || package == own).then_some(leaf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_another_package_is_no_leaf() {
        assert_eq!(named("LocalDate", "java.time").map(|leaf| leaf.java), Some("java.time.LocalDate"));
        assert_eq!(named("int", "").map(|leaf| leaf.nullable), Some(false));
        assert_eq!(named("LocalDate", "org.joda.time"), None);
    }

    #[test]
    fn names_are_there_once() {
        let mut names: Vec<&str> = LEAVES.iter().map(|leaf| leaf.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), LEAVES.len());
    }
}
