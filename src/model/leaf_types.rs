//! The leaf types that dtogate knows, for a reader of sources: by the name that a Java source uses.

use super::leaf_type::LeafType;
use crate::datetime::local_date::LOCAL_DATE;
use crate::datetime::local_date_time::LOCAL_DATE_TIME;
use crate::java::boxed::{INTEGER_OBJECT, LONG_OBJECT};
use crate::java::enumeration::ENUM;
use crate::java::types::{BOOLEAN_OBJECT, LONG, TEXT};

/// All of them; an enum is [`ENUM`] with a domain.
pub static LEAF_TYPES: &[&LeafType] =
    &[&BOOLEAN_OBJECT, &ENUM, &INTEGER_OBJECT, &LOCAL_DATE, &LOCAL_DATE_TIME, &LONG, &LONG_OBJECT, &TEXT];

/// The leaf type of a Java name, with its package or without.
pub fn named(java: &str) -> Option<&'static LeafType> {
    LEAF_TYPES.iter().copied().find(|ty| ty.java == java || ty.name == java)
}
