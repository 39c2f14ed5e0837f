//! Invitations to review, and reviews.

use crate::ids::*;

crate::macros::text_enum! {
    /// How an invitation stands.
    pub enum InvitationState {
        /// Written, waits for its call or for the next try.
        Pending = "pending",
        /// The service took it.
        Sent = "sent",
        /// Refused for good, or given up.
        Failed = "failed",
        /// The call broke off: the service may have taken it. A person decides.
        Unknown = "unknown",
        /// Taken back before it went out, or decided not to be repeated.
        Cancelled = "cancelled",
    }
}

crate::macros::view! {
    /// An invitation in the list.
    pub struct InvitationView {
        pub id: InvitationId,
        pub connection_id: ConnectionId,
        /// What the service calls the case; its review carries it.
        pub reference: String,
        /// `conversation`, `order` or `chat`, and its id (a conversation's is the service's own).
        pub object_kind: String,
        pub object_id: String,
        pub contact_id: Option<ContactId>,
        pub email: String,
        pub name: String,
        /// Whose case it was, as far as known.
        pub member: String,
        /// The case at its service.
        pub link: Option<String>,
        pub run_id: Option<RunId>,
        pub job_id: JobId,
        pub state: InvitationState,
        /// Why not, "" if nothing stands in the way.
        pub code: String,
        pub detail: String,
        /// Failed tries so far, and when the next one comes.
        pub attempts: i64,
        pub next_at: Option<i64>,
        /// Stars of the review that followed.
        pub stars: Option<i64>,
        pub created_at: i64,
        pub sent_at: Option<i64>,
    }

    /// A review in the list.
    pub struct ReviewView {
        pub id: ReviewId,
        pub connection_id: ConnectionId,
        pub external_id: String,
        /// 1 to 5.
        pub stars: i64,
        pub title: String,
        pub body: String,
        pub language: String,
        pub author: String,
        pub link: Option<String>,
        /// Our public answer.
        pub answer: Option<String>,
        /// State of the job that brings it to the service; absent when there is none.
        pub answer_state: Option<crate::queue::JobState>,
        /// That job, and why its last try failed.
        pub answer_job_id: Option<JobId>,
        pub answer_code: Option<String>,
        pub answer_detail: Option<String>,
        /// The invitation it followed, and the case that was about.
        pub invitation_id: Option<InvitationId>,
        pub case_link: Option<String>,
        pub case_kind: Option<String>,
        pub case_id: Option<String>,
        pub member: Option<String>,
        pub published_at: i64,
        /// When it was taken down.
        pub removed_at: Option<i64>,
    }

    /// Invitations of one day or one member.
    pub struct InvitationCount {
        /// `2026-11-21`, or a name.
        pub name: String,
        pub sent: i64,
        pub pending: i64,
        pub failed: i64,
        /// Reviews that followed.
        pub reviews: i64,
    }
}

/// What came of inviting in a period.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewStatistics {
    /// First moment counted.
    pub since: i64,
    pub total: InvitationCount,
    /// Every day of the period on the organisation's calendar, oldest first.
    pub days: Vec<InvitationCount>,
    /// Members with the most invitations first.
    pub members: Vec<InvitationCount>,
    /// How many reviews have 1, 2, 3, 4 and 5 stars.
    pub stars: [i64; 5],
}

/// An invitation with every try of sending it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct InvitationCard {
    pub invitation: InvitationView,
    pub attempts: Vec<super::AttemptView>,
}

/// What needs a person now, each kind newest first and cut after a few.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ReviewAttention {
    /// Nobody knows whether they arrived.
    pub unknown: super::Page<InvitationView>,
    pub failed: super::Page<InvitationView>,
    /// Bad ones without our answer.
    pub reviews: super::Page<ReviewView>,
    pub setup: ReviewSetup,
}

/// What must be there before anybody is invited by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReviewSetup {
    /// A service that sends invitations is connected.
    pub inviter: bool,
    /// A service whose closed conversations start rules is connected.
    pub source: bool,
    /// A rule that invites is published and on.
    pub rule: bool,
}

/// Which invitations to list.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InvitationFilter {
    pub state: Option<InvitationState>,
    /// Part of a name, e-mail or reference.
    pub search: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}

/// Which reviews to list.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReviewFilter {
    pub stars: Option<i64>,
    /// Only those with so many stars or fewer.
    pub max_stars: Option<i64>,
    /// Only those that stand there without our answer: none was written, or the last one was refused.
    pub unanswered: Option<bool>,
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}

/// What a person decides about an invitation whose end is unknown.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecideInvitation {
    /// `true`: it arrived, nothing is sent; `false`: it did not, send it again.
    pub arrived: bool,
}

/// Our public answer to a review.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerReview {
    pub text: String,
}
