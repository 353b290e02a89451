//! Classes of TIS-TCS.

mod connection_info_dto;
mod revalidation_record_dto;
mod revalidation_record_dtos;

pub use connection_info_dto::ConnectionInfoDto;
pub use revalidation_record_dto::RevalidationRecordDto;
pub use revalidation_record_dtos::RevalidationRecordDtos;

super::definitions! {
    ConnectionInfoDto,
    RevalidationRecordDto,
    RevalidationRecordDtos,
}
