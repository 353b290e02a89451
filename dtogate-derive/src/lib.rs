//! `#[derive(Dto)]`: the table of a class from the Rust struct that mirrors it.
//!
//! ```text
//! /// A row of the order list.
//! #[derive(Clone, Debug, Default, PartialEq, Dto)]
//! #[dto(name = "orders.OrderDto", source = "orders, dto/OrderDto.java at 1f2e3d4", unknown = Ignore)]
//! struct OrderDto {
//!     /// Number of the order.
//!     order_number: Text,
//!     /// When it was placed.
//!     #[dto(name = "placed", alias = "placedAt")]
//!     placed_at: LocalDateTime,
//! }
//! ```
//!
//! On the struct: `name` and `source` (both needed; the source can be a constant), `unknown = Ignore | Refuse` for `@JsonIgnoreProperties`, `include =
//! Always | NonNull` for `@JsonInclude`. On a field: `name` for `@JsonProperty`, `alias` for `@JsonAlias` (repeated for
//! several), `default` for the JSON text of an initialiser, `include` as above, `domain` for the path of a `static
//! Domain`. A key is the field's name in camel case, unless `name` says otherwise; the documentation of struct and field
//! becomes that of class and key. A struct of one unnamed field is a class whose body is that field's type.

use proc_macro2::TokenStream;

mod attributes;
mod expand;

/// Implements `dtogate::model::Dto`, and what it needs, for a struct.
#[proc_macro_derive(Dto, attributes(dto))]
pub fn dto(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(input.into()).into()
}

/// The same over the tokens that the tests can make.
fn derive(input: TokenStream) -> TokenStream {
    syn::parse2(input).and_then(|input| expand::expand(&input)).unwrap_or_else(|error| error.to_compile_error())
}
