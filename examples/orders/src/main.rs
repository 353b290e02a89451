//! A gate for an order service: `cargo run -p orders -- check`, in this folder.
//!
//! The shop sends a message for every order; the warehouse reads it and picks the goods. The order page shows an order with
//! the stock of each article. All of it is invented.

mod classes;
mod money;
mod order_page;
mod order_placed;

use std::process::ExitCode;

use dtogate::java::config::{Escape, Layout, MapperConfig, Unknown};
use dtogate::mapping::{Catalogue, DtoSpec, Golden};

/// The shop's ObjectMapper: `spring.jackson.serialization.indent_output: true`.
const SHOP: MapperConfig = MapperConfig {
    name: "shop",
    summary: "Spring Boot's own with indent_output: true",
    layout: Layout::Indented,
    unknown: Unknown::Ignore,
    ..MapperConfig::ISO
};

/// The warehouse's mapper.
const WAREHOUSE: MapperConfig =
    MapperConfig { name: "warehouse", summary: "dates as text, compact, unknown keys refused", ..MapperConfig::ISO };

/// `JSON.parse` in the order page.
const BROWSER: MapperConfig = MapperConfig {
    name: "browser",
    summary: "JSON.parse and JSON.stringify",
    unknown: Unknown::Ignore,
    doubles: true,
    escape: Escape::Text,
    ..MapperConfig::ISO
};

static CATALOGUE: Catalogue = Catalogue {
    dtos: &[
        DtoSpec::of::<classes::Item>(),
        DtoSpec::of::<classes::Line>(),
        DtoSpec::of::<classes::Order>(),
        DtoSpec::of::<classes::OrderDetails>(),
        DtoSpec::of::<classes::OrderItem>(),
        DtoSpec::of::<classes::OrderPlaced>(),
        DtoSpec::of::<classes::Pick>(),
        DtoSpec::of::<classes::PickList>(),
        DtoSpec::of::<classes::Stock>(),
    ],
    configs: &[SHOP, WAREHOUSE, BROWSER],
    mappings: &[order_page::MAPPING, order_placed::MAPPING],
    goldens: &[Golden {
        mapping: "order-placed",
        name: "two_lines",
        bytes: include_bytes!("../fixtures/order-placed/valid/two_lines.json"),
    }],
};

fn main() -> ExitCode {
    dtogate::cli::main(&CATALOGUE)
}
