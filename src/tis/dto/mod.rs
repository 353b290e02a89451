//! The definitions, a folder a service, a file a class.

pub mod connection;
pub mod core;
pub mod integration;
pub mod recommendation;
pub mod ui;

use crate::mapping::DtoSpec;

/// Every definition, by service and name.
pub const DTOS: &[DtoSpec] = &[
    DtoSpec::of::<connection::ConnectionLog>(),
    DtoSpec::of::<connection::ConnectionLogDto>(),
    DtoSpec::of::<core::TraineeNote>(),
    DtoSpec::of::<core::TraineeNotesDto>(),
    DtoSpec::of::<integration::TraineeInfoDto>(),
    DtoSpec::of::<integration::TraineeNotesDto>(),
    DtoSpec::of::<integration::TraineeNotesInfoDto>(),
    DtoSpec::of::<integration::TraineeSummaryDto>(),
    DtoSpec::of::<recommendation::ConnectionLogDto>(),
    DtoSpec::of::<recommendation::ConnectionLogDtoBefore5b909b1>(),
    DtoSpec::of::<recommendation::TraineeInfoDto>(),
    DtoSpec::of::<recommendation::TraineeSummaryDto>(),
    DtoSpec::of::<ui::IGetRecommendationsResponse>(),
    DtoSpec::of::<ui::IRecommendation>(),
];
