//! An order from the shop becomes a list to pick in the warehouse.

use dtogate::java::config::MapperConfig;
use dtogate::mapping::{
    ByteReaders, Declaration, GoldenInputs, MapError, Mapping, Probing, TypedMapping, Values, Wire, rows,
};

use crate::classes::{Line, OrderPlaced, Pick, PickList};
use crate::{SHOP, WAREHOUSE};

/// The mapping.
pub(crate) const MAPPING: Mapping = Mapping {
    id: "order-placed",
    summary: "the shop's OrderPlaced -> the warehouse's PickList (orderNumber -> reference, lines -> picks)",
    source: "invented: warehouse, PickListMapper.java",
    reader_name: "the warehouse",
    byte_readers: ByteReaders::None("the warehouse parses"),
    renames: &[("/orderNumber", "/reference"), ("/lines", "/picks")],
    declarations: &[Declaration::dropped("/total", "the warehouse does not handle money")],
    probing: Probing {
        goldens: &[GoldenInputs {
            name: "two_lines",
            payload: include_str!("../fixtures/order-placed/valid/two_lines.json"),
            further: &[],
        }],
        ..Probing::PLAIN
    },
    ..Mapping::typed::<Map>(Wire::of::<OrderPlaced>(&SHOP))
};

struct Map;

impl TypedMapping for Map {
    type Reader = OrderPlaced;
    type Target = PickList;
    const READER: &'static MapperConfig = &WAREHOUSE;
    const WRITER: &'static MapperConfig = &WAREHOUSE;

    fn map(order: OrderPlaced, _: &Values<'_>) -> Result<PickList, MapError> {
        let OrderPlaced { order_number, placed_on, lines, total: _ } = order;
        let pick = |Line { sku, quantity }| Ok(Pick { sku, quantity });
        let picks = rows(lines, "a line, found null: the warehouse picks it without a guard", pick)?;
        Ok(PickList { reference: order_number, placed_on, picks })
    }
}
