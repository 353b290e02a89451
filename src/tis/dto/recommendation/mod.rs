//! Classes of tis-revalidation-recommendation.

mod connection_log_dto;
mod connection_log_dto_before_5b909b1;
mod trainee_info_dto;
mod trainee_summary_dto;

pub use connection_log_dto::ConnectionLogDto;
pub use connection_log_dto_before_5b909b1::ConnectionLogDtoBefore5b909b1;
pub use trainee_info_dto::TraineeInfoDto;
pub use trainee_summary_dto::TraineeSummaryDto;
