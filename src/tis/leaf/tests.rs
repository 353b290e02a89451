//! Tests over the leaf types of change events.

use proptest::prelude::*;

use super::*;
use crate::datetime::LocalDate;
use crate::datetime::tests::{is_valid, read, round_trip, written};
use crate::java::config::Dates;
use crate::java::leaf::{Leaf, Token};
use crate::model::values::leaf_values;

proptest! {
    #[test]
    fn cdc_dates_round_trip(value in leaf_values::<LocalDate>()) {
        round_trip(&CdcDate::<Cdc2022>::new(value.0))?;
        round_trip(&CdcDate::<Cdc20250507>::new(value.0))?;
        round_trip(&CdcDate::<CdcHead>::new(value.0))?;
    }

    /// As an array: the text that the stock serializer writes is not what the deserializer takes.
    #[test]
    fn cdc_date_times_come_back_from_arrays(value in leaf_values::<CdcDateTime<CdcHead>>()) {
        let written = written(Dates::Arrays, &value);
        prop_assert!(is_valid::<CdcDateTime<CdcHead>>(Dates::Arrays, &written), "{}", written);
        prop_assert_eq!(read::<CdcDateTime<CdcHead>>(&written), Some(value.clone()));
        let before = CdcDateTime::<Cdc202510>::new(value.0);
        prop_assert_eq!(read::<CdcDateTime<Cdc202510>>(&written), Some(before));
    }

    #[test]
    fn no_text_panics(text in "[-+0-9TtZ:./ é]{0,40}|\\PC*") {
        let token = Token::Text(text.into());
        let object = Token::Object(vec![("$date".into(), token.clone())]);
        for token in [&token, &object] {
            let _ = CdcDate::<Cdc2022>::read(token);
            let _ = CdcDate::<Cdc20250507>::read(token);
            let _ = CdcDate::<CdcHead>::read(token);
            let _ = CdcDateTime::<CdcHead>::read(token);
        }
    }
}
