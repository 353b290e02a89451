//! Messages of the GMC client, whose source is not public.

mod doctors_for_db_collected_event;
mod doctors_for_db_dto;

pub use doctors_for_db_collected_event::DoctorsForDbCollectedEvent;
pub use doctors_for_db_dto::DoctorsForDbDto;

super::definitions! {
    DoctorsForDbCollectedEvent,
    DoctorsForDbDto,
}
