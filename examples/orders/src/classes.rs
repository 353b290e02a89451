//! What the shop sends, what the warehouse keeps, and what the order page shows.

use dtogate::datetime::LocalDate;
use dtogate::java::boxed::IntegerObject;
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

/// How many of an article the warehouse has.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "warehouse.Stock", source = "invented: warehouse, Stock.java", unknown = Ignore)]
pub(crate) struct Stock {
    /// The article.
    pub(crate) sku: Text,
    /// How many.
    pub(crate) available: Int,
}

/// An order with the stock of its articles, as the shop's backend answers.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "shop.OrderDetails", source = "invented: shop, OrderDetails.java")]
pub(crate) struct OrderDetails {
    /// The order's number.
    pub(crate) order_number: Text,
    /// The day.
    pub(crate) placed_on: LocalDate,
    /// Its lines.
    pub(crate) items: List<Item>,
}

/// A line with its stock.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "shop.Item", source = "invented: shop, Item.java")]
pub(crate) struct Item {
    /// The article.
    pub(crate) sku: Text,
    /// How many are ordered.
    pub(crate) quantity: Int,
    /// How many there are; null where the warehouse does not answer.
    pub(crate) available: IntegerObject,
}

/// The order page: what the browser reads.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "page.Order", source = "invented: shop-ui, order.interface.ts", unknown = Ignore)]
pub(crate) struct Order {
    /// Shown in the title.
    pub(crate) order_number: Text,
    /// Iterated without a guard.
    pub(crate) items: List<OrderItem>,
}

/// A row of the order page.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "page.OrderItem", source = "invented: shop-ui, order.interface.ts", unknown = Ignore)]
pub(crate) struct OrderItem {
    /// The article.
    pub(crate) sku: Text,
    /// How many are ordered.
    pub(crate) quantity: Int,
    /// How many there are.
    pub(crate) available: IntegerObject,
}
