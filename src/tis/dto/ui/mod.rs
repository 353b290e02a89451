//! Interfaces of tis-revalidation-v2, the Angular UI.

mod i_get_recommendations_response;
mod i_recommendation;

pub use i_get_recommendations_response::IGetRecommendationsResponse;
pub use i_recommendation::IRecommendation;
