//! Classes of tis-revalidation-integration, the gateway.

mod trainee_info_dto;
mod trainee_notes_dto;
mod trainee_notes_info_dto;
mod trainee_summary_dto;

pub use trainee_info_dto::TraineeInfoDto;
pub use trainee_notes_dto::TraineeNotesDto;
pub use trainee_notes_info_dto::TraineeNotesInfoDto;
pub use trainee_summary_dto::TraineeSummaryDto;
