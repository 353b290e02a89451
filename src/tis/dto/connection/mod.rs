//! Classes of tis-revalidation-connection.

mod connection_info_dto;
mod connection_log;
mod connection_log_dto;
mod connection_message;
mod connection_summary_dto;
mod hidden_discrepancy;
mod index_sync_message_connection_log_dto;
mod tcs_doctor_info_dto;

pub use connection_info_dto::ConnectionInfoDto;
pub use connection_log::ConnectionLog;
pub use connection_log_dto::ConnectionLogDto;
pub use connection_message::ConnectionMessage;
pub use connection_summary_dto::ConnectionSummaryDto;
pub use hidden_discrepancy::HiddenDiscrepancy;
pub use index_sync_message_connection_log_dto::IndexSyncMessageConnectionLogDto;
pub use tcs_doctor_info_dto::TcsDoctorInfoDto;

super::definitions! {
    ConnectionInfoDto,
    ConnectionLog,
    ConnectionLogDto,
    ConnectionMessage,
    ConnectionSummaryDto,
    HiddenDiscrepancy,
    IndexSyncMessageConnectionLogDto,
    TcsDoctorInfoDto,
}
