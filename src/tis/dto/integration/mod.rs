//! Classes of tis-revalidation-integration, the gateway.

mod connection_info_dto;
mod connection_log_dto;
mod connection_summary_dto;
mod deferral_reason_dto;
mod index_sync_message_connection_log_dto;
mod master_doctor_update;
mod master_doctor_updates;
mod trainee_core_dto;
mod trainee_core_dtos;
mod trainee_details_dto;
mod trainee_info_dto;
mod trainee_notes_dto;
mod trainee_notes_info_dto;
mod trainee_recommendation_dto;
mod trainee_recommendation_record_dto;
mod trainee_summary_dto;

pub use connection_info_dto::ConnectionInfoDto;
pub use connection_log_dto::ConnectionLogDto;
pub use connection_summary_dto::ConnectionSummaryDto;
pub use deferral_reason_dto::DeferralReasonDto;
pub use index_sync_message_connection_log_dto::IndexSyncMessageConnectionLogDto;
pub use master_doctor_update::MasterDoctorUpdate;
pub use master_doctor_updates::MasterDoctorUpdates;
pub use trainee_core_dto::TraineeCoreDto;
pub use trainee_core_dtos::TraineeCoreDtos;
pub use trainee_details_dto::TraineeDetailsDto;
pub use trainee_info_dto::TraineeInfoDto;
pub use trainee_notes_dto::TraineeNotesDto;
pub use trainee_notes_info_dto::TraineeNotesInfoDto;
pub use trainee_recommendation_dto::TraineeRecommendationDto;
pub use trainee_recommendation_record_dto::TraineeRecommendationRecordDto;
pub use trainee_summary_dto::TraineeSummaryDto;

super::definitions! {
    ConnectionInfoDto,
    ConnectionLogDto,
    ConnectionSummaryDto,
    DeferralReasonDto,
    IndexSyncMessageConnectionLogDto,
    MasterDoctorUpdate,
    MasterDoctorUpdates,
    TraineeCoreDto,
    TraineeCoreDtos,
    TraineeDetailsDto,
    TraineeInfoDto,
    TraineeNotesDto,
    TraineeNotesInfoDto,
    TraineeRecommendationDto,
    TraineeRecommendationRecordDto,
    TraineeSummaryDto,
}
