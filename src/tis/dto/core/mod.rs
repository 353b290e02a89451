//! Classes of tis-revalidation-core.

mod trainee_note;
mod trainee_notes_dto;

pub use trainee_note::TraineeNote;
pub use trainee_notes_dto::TraineeNotesDto;

super::definitions! {
    TraineeNote,
    TraineeNotesDto,
}
