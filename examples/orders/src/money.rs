//! A leaf type of this crate: an amount of pence that travels as `"12.34"`.

use dtogate::java::leaf::{Leaf, Refusal, Token};
use dtogate::java::writer::{WriteError, Writer};
use dtogate::model::LeafType;
use dtogate::model::proptest::prelude::*;
use dtogate::model::schemars::json_schema;

/// An amount in pence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Money(Option<u32>);

static MONEY: LeafType = LeafType {
    name: "Money",
    java: "shop.Money",
    nullable: true,
    initial: "null",
    date: None,
    schema: |_, _| json_schema!({ "type": ["string", "null"], "pattern": "^[0-9]+\\.[0-9]{2}$" }),
    values: |_| {
        prop_oneof![4 => (0..100_000_u32).prop_map(|pence| Token::text(text(pence))), 1 => Just(Token::Null)].boxed()
    },
};

fn text(pence: u32) -> String {
    format!("{}.{:02}", pence / 100, pence % 100)
}

impl Leaf for Money {
    const TYPE: &'static LeafType = &MONEY;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let Token::Text(amount) = token else {
            return if *token == Token::Null { Ok(Money(None)) } else { Err(Refusal::expected("an amount", token)) };
        };
        let pence = amount.split_once('.').filter(|(_, pence)| pence.len() == 2).and_then(|(pounds, pence)| {
            let (pounds, pence) = (pounds.parse::<u32>().ok()?, pence.parse::<u32>().ok()?);
            pounds.checked_mul(100)?.checked_add(pence)
        });
        pence.map(|pence| Money(Some(pence))).ok_or_else(|| Refusal::expected("an amount such as 12.34", token))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.text(&text(self.0.unwrap_or_default()));
        Ok(())
    }
}
