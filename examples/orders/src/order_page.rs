//! The order page: an order of the shop, and for each of its lines the stock that the warehouse has.

use dtogate::java::boxed::IntegerObject;
use dtogate::java::config::MapperConfig;
use dtogate::mapping::{
    ByteReaders, Consumer, Declaration, GoldenInput, GoldenInputs, Identifier, InputSpec, MapError, Mapping, Probing,
    Required, TypedMapping, Values, Wire, rows,
};

use crate::classes::{Item, Line, Order, OrderDetails, OrderPlaced, Stock};
use crate::{BROWSER, SHOP, WAREHOUSE};

/// The mapping.
pub(crate) const MAPPING: Mapping = Mapping {
    id: "order-page",
    summary: "the shop's order and the warehouse's stock per sku -> the order page (lines -> items, with available)",
    source: "invented: shop, OrderPageController.java",
    reader_name: "the shop's backend",
    byte_readers: ByteReaders::None("the backend parses"),
    identifiers: &[Identifier {
        pointer: "/lines/*/sku",
        reason: "the stock of each line is asked for by it: without it the row shows none",
    }],
    inputs: &[InputSpec {
        name: "stock",
        wire: Wire::of::<Stock>(&WAREHOUSE),
        reader: Wire::of::<Stock>(&SHOP),
        keyed: true,
        path: "/stock/{key}",
    }],
    renames: &[("/lines", "/items")],
    declarations: &[
        Declaration::dropped("/total", "the order page shows no prices"),
        Declaration::added("/items/*/available", "from the warehouse's stock; null where it does not answer"),
        Declaration::dropped("stock:/sku", "the answer belongs to the line whose article was asked for"),
    ],
    probing: Probing {
        keys: &[("stock", "/lines/*/sku")],
        goldens: &[GoldenInputs {
            name: "two_lines",
            payload: include_str!("../fixtures/order-page/valid/two_lines.json"),
            further: &[GoldenInput {
                name: "stock",
                key: Some("lamp"),
                text: include_str!("../fixtures/order-page/valid/two_lines.stock-lamp.json"),
            }],
        }],
        ..Probing::PLAIN
    },
    consumer: Some(Consumer {
        wire: Wire::of::<Order>(&BROWSER),
        name: "the order page",
        required: &[Required {
            pointer: "/items",
            reason: "order.component.ts iterates it without a guard: TypeError, the page stays empty",
        }],
        dropped: &[Declaration::dropped("/placedOn", "the page does not show the day")],
    }),
    ..Mapping::typed::<Map>(Wire::of::<OrderPlaced>(&SHOP))
};

struct Map;

impl TypedMapping for Map {
    type Reader = OrderPlaced;
    type Target = OrderDetails;
    const READER: &'static MapperConfig = &SHOP;
    const WRITER: &'static MapperConfig = &SHOP;

    fn map(order: OrderPlaced, values: &Values<'_>) -> Result<OrderDetails, MapError> {
        let OrderPlaced { order_number, placed_on, lines, total: _ } = order;
        let items = rows(lines, "a line, found null: the backend asks for its stock without a guard", |line| {
            let Line { sku, quantity } = line;
            let stock: Option<Stock> = values.keyed(&SHOP, "stock", sku.0.as_deref())?;
            let available = IntegerObject(stock.map(|Stock { sku: _, available }| available.0));
            Ok(Item { sku, quantity, available })
        })?;
        Ok(OrderDetails { order_number, placed_on, items })
    }
}
