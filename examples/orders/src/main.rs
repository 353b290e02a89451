//! A gate for an order service: `cargo run -p orders -- check`, in this folder.
//!
//! The shop sends a message for every order; the warehouse reads it and picks the goods. All of it is invented.

mod classes;
mod money;
mod order_placed;

use std::process::ExitCode;

use dtogate::java::config::{Layout, MapperConfig, Unknown};
use dtogate::mapping::{Catalogue, DtoSpec, Golden};

/// The shop's mapper: `spring.jackson.serialization.indent_output: true`.
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

static CATALOGUE: Catalogue = Catalogue {
    dtos: &[
        DtoSpec::of::<classes::Line>(),
        DtoSpec::of::<classes::OrderPlaced>(),
        DtoSpec::of::<classes::Pick>(),
        DtoSpec::of::<classes::PickList>(),
    ],
    configs: &[SHOP, WAREHOUSE],
    mappings: &[order_placed::MAPPING],
    goldens: &[Golden {
        mapping: "order-placed",
        name: "two_lines",
        bytes: include_bytes!("../fixtures/order-placed/valid/two_lines.json"),
    }],
};

fn main() -> ExitCode {
    dtogate::cli::main(&CATALOGUE)
}
