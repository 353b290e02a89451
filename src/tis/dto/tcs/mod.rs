//! Classes of TIS-TCS.

mod revalidation_record_dto;
mod revalidation_record_dtos;

pub use revalidation_record_dto::RevalidationRecordDto;
pub use revalidation_record_dtos::RevalidationRecordDtos;
