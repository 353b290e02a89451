//! The definitions, a folder a service, a file a class.

pub mod connection;
pub mod core;
pub mod gmc;
pub mod integration;
pub mod recommendation;
pub mod tcs;
pub mod ui;

use crate::mapping::DtoSpec;

/// Every definition, by service and name.
pub const DTOS: &[DtoSpec] = &[
    DtoSpec::of::<connection::ConnectionInfoDto>(),
    DtoSpec::of::<connection::ConnectionLog>(),
    DtoSpec::of::<connection::ConnectionLogDto>(),
    DtoSpec::of::<connection::ConnectionMessage>(),
    DtoSpec::of::<connection::ConnectionSummaryDto>(),
    DtoSpec::of::<connection::HiddenDiscrepancy>(),
    DtoSpec::of::<connection::IndexSyncMessageConnectionLogDto>(),
    DtoSpec::of::<core::TraineeNote>(),
    DtoSpec::of::<core::TraineeNotesDto>(),
    DtoSpec::of::<gmc::DoctorsForDbCollectedEvent>(),
    DtoSpec::of::<gmc::DoctorsForDbDto>(),
    DtoSpec::of::<integration::ConnectionInfoDto>(),
    DtoSpec::of::<integration::ConnectionLogDto>(),
    DtoSpec::of::<integration::ConnectionSummaryDto>(),
    DtoSpec::of::<integration::DeferralReasonDto>(),
    DtoSpec::of::<integration::IndexSyncMessageConnectionLogDto>(),
    DtoSpec::of::<integration::MasterDoctorUpdate>(),
    DtoSpec::of::<integration::MasterDoctorUpdates>(),
    DtoSpec::of::<integration::TraineeCoreDto>(),
    DtoSpec::of::<integration::TraineeCoreDtos>(),
    DtoSpec::of::<integration::TraineeDetailsDto>(),
    DtoSpec::of::<integration::TraineeInfoDto>(),
    DtoSpec::of::<integration::TraineeNotesDto>(),
    DtoSpec::of::<integration::TraineeNotesInfoDto>(),
    DtoSpec::of::<integration::TraineeRecommendationDto>(),
    DtoSpec::of::<integration::TraineeRecommendationRecordDto>(),
    DtoSpec::of::<integration::TraineeSummaryDto>(),
    DtoSpec::of::<recommendation::CollectedDoctors>(),
    DtoSpec::of::<recommendation::ConnectionLogDto>(),
    DtoSpec::of::<recommendation::ConnectionLogDtoBefore5b909b1>(),
    DtoSpec::of::<recommendation::ConnectionMessageDto>(),
    DtoSpec::of::<recommendation::DeferralReasonDto>(),
    DtoSpec::of::<recommendation::DoctorsForDB>(),
    DtoSpec::of::<recommendation::DoctorsForDbCollectedEvent>(),
    DtoSpec::of::<recommendation::DoctorsForDbDto>(),
    DtoSpec::of::<recommendation::TraineeInfoDto>(),
    DtoSpec::of::<recommendation::TraineeRecommendationDto>(),
    DtoSpec::of::<recommendation::TraineeRecommendationRecordDto>(),
    DtoSpec::of::<recommendation::TraineeSummaryDto>(),
    DtoSpec::of::<tcs::RevalidationRecordDto>(),
    DtoSpec::of::<tcs::RevalidationRecordDtos>(),
    DtoSpec::of::<ui::DeferralReason>(),
    DtoSpec::of::<ui::IConnection>(),
    DtoSpec::of::<ui::IDetailsSideNav>(),
    DtoSpec::of::<ui::IGetConnectionsResponse>(),
    DtoSpec::of::<ui::IGetRecommendationsResponse>(),
    DtoSpec::of::<ui::INote>(),
    DtoSpec::of::<ui::IRecommendation>(),
    DtoSpec::of::<ui::IRecommendationHistory>(),
    DtoSpec::of::<ui::IRecommendationSummary>(),
];
