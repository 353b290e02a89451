//! Classes of tis-revalidation-connection.

mod connection_log;
mod connection_log_dto;

pub use connection_log::ConnectionLog;
pub use connection_log_dto::ConnectionLogDto;
