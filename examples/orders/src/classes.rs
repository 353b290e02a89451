//! What the shop sends and what the warehouse keeps.

use dtogate::datetime::LocalDate;
use dtogate::java::numbers::Int;
use dtogate::java::types::{List, Text};
use dtogate::model::Dto;

use crate::money::Money;

/// An order, as the shop sends it.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "shop.OrderPlaced", source = "invented: shop, OrderPlaced.java", unknown = Ignore)]
pub(crate) struct OrderPlaced {
    /// Its number.
    pub(crate) order_number: Text,
    /// The day.
    pub(crate) placed_on: LocalDate,
    /// What is ordered.
    pub(crate) lines: List<Line>,
    /// What it costs.
    pub(crate) total: Money,
}

/// A line of an order.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "shop.Line", source = "invented: shop, Line.java", unknown = Ignore)]
pub(crate) struct Line {
    /// The article.
    #[dto(alias = "article")]
    pub(crate) sku: Text,
    /// How many.
    pub(crate) quantity: Int,
}

/// What the warehouse picks for an order.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "warehouse.PickList", source = "invented: warehouse, PickList.java")]
pub(crate) struct PickList {
    /// The order's number.
    pub(crate) reference: Text,
    /// The day.
    pub(crate) placed_on: LocalDate,
    /// What is picked.
    pub(crate) picks: List<Pick>,
}

/// An article to pick.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "warehouse.Pick", source = "invented: warehouse, Pick.java")]
pub(crate) struct Pick {
    /// The article.
    pub(crate) sku: Text,
    /// How many.
    pub(crate) quantity: Int,
}
