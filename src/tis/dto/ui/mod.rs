//! Interfaces of tis-revalidation-v2, the Angular UI.

mod deferral_reason;
mod i_connection;
mod i_details_side_nav;
mod i_get_connections_response;
mod i_get_recommendations_response;
mod i_note;
mod i_recommendation;
mod i_recommendation_history;
mod i_recommendation_summary;

pub use deferral_reason::DeferralReason;
pub use i_connection::IConnection;
pub use i_details_side_nav::IDetailsSideNav;
pub use i_get_connections_response::IGetConnectionsResponse;
pub use i_get_recommendations_response::IGetRecommendationsResponse;
pub use i_note::INote;
pub use i_recommendation::IRecommendation;
pub use i_recommendation_history::IRecommendationHistory;
pub use i_recommendation_summary::IRecommendationSummary;

super::definitions! {
    DeferralReason,
    IConnection,
    IDetailsSideNav,
    IGetConnectionsResponse,
    IGetRecommendationsResponse,
    INote,
    IRecommendation,
    IRecommendationHistory,
    IRecommendationSummary,
}
