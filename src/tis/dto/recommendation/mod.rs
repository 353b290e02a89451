//! Classes of tis-revalidation-recommendation.

mod collected_doctors;
mod connection_log_dto;
mod connection_log_dto_before_5b909b1;
mod connection_message_dto;
mod deferral_reason_dto;
mod doctors_for_d_b;
mod doctors_for_db_collected_event;
mod doctors_for_db_dto;
mod trainee_info_dto;
mod trainee_recommendation_dto;
mod trainee_recommendation_record_dto;
mod trainee_summary_dto;

pub use collected_doctors::CollectedDoctors;
pub use connection_log_dto::ConnectionLogDto;
pub use connection_log_dto_before_5b909b1::ConnectionLogDtoBefore5b909b1;
pub use connection_message_dto::ConnectionMessageDto;
pub use deferral_reason_dto::DeferralReasonDto;
pub use doctors_for_d_b::DoctorsForDB;
pub use doctors_for_db_collected_event::DoctorsForDbCollectedEvent;
pub use doctors_for_db_dto::DoctorsForDbDto;
pub use trainee_info_dto::TraineeInfoDto;
pub use trainee_recommendation_dto::TraineeRecommendationDto;
pub use trainee_recommendation_record_dto::TraineeRecommendationRecordDto;
pub use trainee_summary_dto::TraineeSummaryDto;

super::definitions! {
    CollectedDoctors,
    ConnectionLogDto,
    ConnectionLogDtoBefore5b909b1,
    ConnectionMessageDto,
    DeferralReasonDto,
    DoctorsForDB,
    DoctorsForDbCollectedEvent,
    DoctorsForDbDto,
    TraineeInfoDto,
    TraineeRecommendationDto,
    TraineeRecommendationRecordDto,
    TraineeSummaryDto,
}
