//! What `dtogate import` prints for `tests/import`.

use dtogate::datetime::DayMonthYear;
use dtogate::datetime::Instant;
use dtogate::datetime::LocalDateTime;
use dtogate::datetime::PatternDate;
use dtogate::java::boxed::LongObject;
use dtogate::java::map::MapObject;
use dtogate::java::numbers::BigDecimal;
use dtogate::java::numbers::Double;
use dtogate::java::numbers::Int;
use dtogate::java::types::Flag;
use dtogate::java::types::List;
use dtogate::java::types::Text;
use dtogate::model::Domain;
use dtogate::model::Dto;
use dtogate::model::Str;
use dtogate::model::Words;

/// `ParcelDto.State`.
pub static PARCEL_DTO_STATE: Domain =
    Domain::names(Str::Borrowed("ParcelDto.State"), Words::Static(&["SENT", "ARRIVED"]));

/// `shop.ParcelDto`.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(
    name = "shop.ParcelDto",
    source = "shop, src/main/java/shop/ParcelDto.java",
    unknown = Ignore,
    include = NonNull
)]
pub struct ParcelDto {
    /// `id`: `Long`.
    pub id: LongObject,
    /// `parcelNumber`: `String`.
    pub parcel_number: Text,
    /// `kilograms`: `double`.
    #[dto(alias = "weight", alias = "mass")]
    pub kilograms: Double,
    /// `price`: `BigDecimal`.
    pub price: BigDecimal,
    /// `fragile`: `Boolean`.
    pub fragile: Flag,
    /// `pieces`: `int`.
    #[dto(default = "1")]
    pub pieces: Int,
    /// `state`: `ParcelDto.State`.
    #[dto(domain = PARCEL_DTO_STATE)]
    pub state: Text,
    /// `sent`: `LocalDate`.
    pub sent: PatternDate<DayMonthYear>,
    /// `seen`: `LocalDateTime`.
    // unread: the pattern "yyyy MM dd HH"
    pub seen: LocalDateTime,
    /// `updated`: `Instant`.
    pub updated: Instant,
    /// `to`: `AddressDto`.
    pub to: Option<AddressDto>,
    /// `stops`: `List<AddressDto>`.
    pub stops: List<AddressDto>,
    /// `counts`: `Map<String, Long>`.
    pub counts: MapObject<LongObject>,
    /// `labels`: `List<List<String>>`.
    pub labels: List<List<Text>>,
    // `anything`: `Map<Month, Object>`.
    // unread: "anything", whose type has no definition
    /// `owner`: `String`.
    // unread: it cannot be null
    pub owner: Text,
    /// `kind`: `String`.
    #[dto(name = "kind")]
    pub r#type: Text,
}

/// `shop.AddressDto`.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(
    name = "shop.AddressDto",
    source = "shop, src/main/java/shop/AddressDto.java"
)]
pub struct AddressDto {
    /// `street`: `String`.
    pub street: Text,
    // `next`: `AddressDto`.
    // unread: "next", whose type has no definition
    /// `others`: `List<AddressDto>`.
    pub others: List<AddressDto>,
}
