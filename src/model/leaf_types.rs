//! The leaf types that dtogate knows, for a reader of sources: by the name that a Java source uses.

use super::leaf_type::LeafType;
use crate::datetime::instant::INSTANT;
use crate::datetime::local_date::LOCAL_DATE;
use crate::datetime::local_date_time::LOCAL_DATE_TIME;
use crate::datetime::offset_date_time::OFFSET_DATE_TIME;
use crate::datetime::util_date::UTIL_DATE;
use crate::datetime::zoned_date_time::ZONED_DATE_TIME;
use crate::java::binary::{BYTES, UUID};
use crate::java::boxed::{INTEGER_OBJECT, LONG_OBJECT};
use crate::java::enumeration::ENUM;
use crate::java::numbers::{BIG_DECIMAL, BOOLEAN, DOUBLE, DOUBLE_OBJECT, INT};
use crate::java::types::{BOOLEAN_OBJECT, LONG, TEXT};

/// All of them; an enum is [`ENUM`] with a domain, `java.time.Month` too.
pub static LEAF_TYPES: &[&LeafType] = &[
    &BIG_DECIMAL,
    &BOOLEAN,
    &BOOLEAN_OBJECT,
    &BYTES,
    &DOUBLE,
    &DOUBLE_OBJECT,
    &ENUM,
    &INSTANT,
    &INT,
    &INTEGER_OBJECT,
    &LOCAL_DATE,
    &LOCAL_DATE_TIME,
    &LONG,
    &LONG_OBJECT,
    &OFFSET_DATE_TIME,
    &TEXT,
    &UTIL_DATE,
    &UUID,
    &ZONED_DATE_TIME,
];

/// The leaf type of a Java name, with its package or without.
pub fn named(java: &str) -> Option<&'static LeafType> {
    LEAF_TYPES.iter().copied().find(|ty| ty.java == java || ty.java.rsplit('.').next() == Some(java))
}
