//! People, organisations, members, invitations, sessions and keys.

use crate::access::{Presence, Role, Visibility};
use crate::ids::*;

crate::macros::view! {
    /// An organisation as its members see it.
    pub struct OrganisationView {
        pub id: OrganisationId,
        pub name: String,
        /// IANA name, `Europe/Moscow`.
        pub time_zone: String,
        /// ISO 4217.
        pub currency: String,
        pub settings: serde_json::Value,
        /// File that is the logo.
        pub logo: Option<FileId>,
        pub rev: i64,
        pub created_at: i64,
    }

    /// The address of an organisation's own, and how it stands with it.
    pub struct DomainView {
        pub host: String,
        /// Part of the address under which this installation finds itself.
        pub token: String,
        pub verified_at: Option<i64>,
        pub checked_at: Option<i64>,
        /// Why the last look failed; "" while there was none, or when it did not.
        pub failure: String,
    }

    /// One of the organisations a person belongs to.
    pub struct MembershipView {
        pub organisation_id: OrganisationId,
        pub organisation_name: String,
        pub role: Role,
    }

    /// A member in the team list.
    pub struct MemberView {
        pub user_id: UserId,
        pub name: String,
        pub email: String,
        pub role: Role,
        pub active: bool,
        pub presence: Presence,
        pub presence_at: i64,
        /// When their browser was last heard of; 0: never.
        pub seen_at: i64,
        /// What they see of chats, orders and clients; owners, admins and quality control see everything whatever stands here.
        pub visibility: Visibility,
        /// Team («Отдел»); "" for none.
        pub team: String,
        /// Open chats they are given at most; `None`: as the organisation's settings say.
        pub capacity: Option<i64>,
        pub open_chats: i64,
        pub open_orders: i64,
        pub created_at: i64,
        /// Signs in with a code as well.
        pub second_factor: bool,
    }

    /// How it stands with a person's second factor.
    pub struct SecondFactorView {
        pub on: bool,
        /// Recovery codes not used yet.
        pub codes_left: i64,
        /// An organisation of theirs demands it.
        pub required: bool,
    }

    /// Who a person is at a service they sign in with.
    pub struct WayInView {
        pub id: IdentityId,
        /// The service: its id where it is kept, its name where it is shown.
        pub provider: String,
        /// What they are called there: an address, else a name.
        pub label: String,
        pub created_at: i64,
        pub used_at: i64,
    }

    /// A service people may sign in with.
    pub struct SignInProvider {
        pub id: String,
        pub name: String,
    }

    /// An invitation not yet used.
    pub struct InviteView {
        pub id: InviteId,
        pub email: String,
        pub role: Role,
        pub created_at: i64,
        pub expires_at: i64,
    }

    /// A browser session of the signed-in person.
    pub struct SessionView {
        pub id: SessionId,
        pub address: String,
        pub user_agent: String,
        pub created_at: i64,
        pub last_seen_at: i64,
        /// The one this request came with. Not a column.
        #[cfg_attr(feature = "sql", sqlx(default))]
        #[serde(default)]
        pub current: bool,
        /// When it ends however much it is used. Not a column.
        #[cfg_attr(feature = "sql", sqlx(default))]
        #[serde(default)]
        pub ends_at: i64,
    }

    /// An API key without its secret.
    pub struct ApiKeyView {
        pub id: ApiKeyId,
        pub name: String,
        pub prefix: String,
        pub scopes: String,
        pub created_at: i64,
        pub expires_at: Option<i64>,
        pub last_used_at: Option<i64>,
    }
}

/// The signed-in person and everything the frame needs, in one answer.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct MeView {
    pub user_id: UserId,
    pub name: String,
    pub email: String,
    pub email_confirmed: bool,
    pub language: String,
    pub notifications: NotificationChoices,
    pub role: Role,
    pub presence: Presence,
    pub organisation: OrganisationView,
    pub organisations: Vec<MembershipView>,
    /// Minutes east of UTC in the organisation's zone now.
    pub utc_offset_minutes: i32,
    /// Server time of this answer.
    pub now_ms: i64,
    /// What waits: unanswered chats and new orders.
    pub unanswered_chats: i64,
    pub open_orders: i64,
    pub broken_connections: i64,
    /// Invitations to review that went wrong.
    pub reviews: i64,
    /// Stop switches that are pulled.
    pub stops: i64,
    /// Position of the live stream at this moment.
    pub live_rev: i64,
    /// Demo installation: simulators instead of providers.
    pub demo: bool,
}

/// Where a member stands in the team: what they see, whose mates they are, how much they take.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MemberPlace {
    pub visibility: Visibility,
    /// "" for none.
    pub team: String,
    /// Open chats at most; `None`: as the organisation's settings say.
    pub capacity: Option<i64>,
}

/// What a person wants to be told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotificationChoices {
    /// Sound on a new message.
    pub sound: bool,
    /// Mail when a connection breaks.
    pub mail_on_trouble: bool,
    /// A notification of the browser, where this browser was allowed to show them.
    #[serde(default)]
    pub desktop: bool,
    /// Neither sound nor notification between these minutes of the organisation's day; over midnight as well.
    #[serde(default)]
    pub quiet: Option<(u16, u16)>,
}

impl NotificationChoices {
    /// Whether nothing is to be heard at this minute of the day.
    pub fn is_quiet(&self, minute: u16) -> bool {
        match self.quiet {
            Some((from, to)) if from <= to => (from..to).contains(&minute),
            Some((from, to)) => minute >= from || minute < to,
            None => false,
        }
    }
}

impl Default for NotificationChoices {
    fn default() -> Self {
        Self { sound: true, mail_on_trouble: true, desktop: true, quiet: None }
    }
}

/// Settings of an organisation that are not columns of their own. Unknown members of stored settings are kept out.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct OrganisationSettings {
    /// Minutes allowed per order status; a missing status has the default of the program, 0 means no deadline.
    pub deadlines: std::collections::BTreeMap<String, i64>,
    pub order_notice: OrderNotice,
    /// When somebody works, Monday first: minutes of the day from and to, absent on a free day.
    pub hours: WorkingHours,
    /// Fields of clients of its own, in the order of the card.
    pub contact_fields: Vec<crate::custom::CustomField>,
    /// How chats find their member, and when they are closed by themselves.
    pub routing: crate::routing::Routing,
    /// Colour of what can be pressed, `#rrggbb`; "" for the usual one.
    pub accent: String,
    /// Pages and letters of the organisation do not speak of Pult.
    pub white_label: bool,
}

/// How an organisation looks to everybody.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LookView {
    pub organisation_id: OrganisationId,
    pub name: String,
    pub accent: String,
    pub white_label: bool,
    pub logo: Option<FileId>,
    /// Its own address, once it was proven.
    pub host: Option<String>,
}

impl LookView {
    /// Where the logo is shown.
    pub fn logo_address(&self) -> Option<String> {
        self.logo.map(|logo| logo_address(self.organisation_id, logo))
    }
}

/// Where a logo is shown to everybody.
pub fn logo_address(organisation: OrganisationId, logo: FileId) -> String {
    format!("/look/{organisation}/logo/{logo}")
}

/// Monday to Sunday: minutes of the day from and to; nothing on a free day.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct WorkingHours(pub [Option<(u16, u16)>; 7]);

impl Default for WorkingHours {
    fn default() -> Self {
        Self(crate::rules::Hours::default().days)
    }
}

/// The built-in notice to the customer when an order reaches a status (ORD-6).
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct OrderNotice {
    pub enabled: bool,
    /// Statuses that are told.
    pub statuses: Vec<crate::orders::OrderStatus>,
    /// Text inside the window; `{name}`, `{number}`, `{status}`, `{total}` are filled in.
    pub text: String,
    /// Template outside the window.
    pub template: String,
    pub template_language: String,
}

impl Default for OrderNotice {
    fn default() -> Self {
        Self {
            enabled: true,
            statuses: vec![crate::orders::OrderStatus::Ready],
            text: "{name}, ваш заказ № {number}: {status}".into(),
            template: "order_status".into(),
            template_language: "ru".into(),
        }
    }
}

/// Sign-up form.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct SignUp {
    pub name: String,
    pub email: String,
    pub password: String,
    pub organisation: String,
    #[serde(default)]
    pub time_zone: String,
    #[serde(default)]
    pub language: String,
}

/// How a person gets in.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct WaysIn {
    /// They have a password.
    pub password: bool,
    /// Services that may be added.
    pub providers: Vec<SignInProvider>,
    /// Those they have, the oldest first.
    pub identities: Vec<WayInView>,
}

/// A new API key; the secret is shown once.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct CreatedKey {
    pub id: ApiKeyId,
    pub key: String,
}

/// A new invitation; the link is shown once and mailed.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct CreatedInvite {
    pub id: InviteId,
    pub link: String,
}

/// What a person sees who opens an invitation, before accepting it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct InviteInfo {
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub email: String,
    pub role: Role,
    /// Somebody signs in with this address already: sign in and accept instead of choosing a password.
    pub known: bool,
}

/// Form of a new person who accepts an invitation.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct AcceptInvite {
    pub token: String,
    pub name: String,
    pub password: String,
    #[serde(default)]
    pub language: String,
}

/// Form of the organisation's settings; `rev` is the one it was loaded with.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationInput {
    pub name: String,
    pub time_zone: String,
    pub currency: String,
    pub settings: OrganisationSettings,
    pub rev: i64,
}

/// Form of one's own profile.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileInput {
    pub name: String,
    pub language: String,
    pub notifications: NotificationChoices,
}

#[cfg(test)]
mod tests {
    use super::NotificationChoices;

    #[test]
    fn quiet_hours_may_go_over_midnight() {
        let choices = |quiet| NotificationChoices { quiet, ..Default::default() };
        let night = choices(Some((22 * 60, 8 * 60)));
        assert_eq!(
            [21 * 60, 22 * 60, 0, 8 * 60 - 1, 8 * 60].map(|at| night.is_quiet(at)),
            [false, true, true, true, false]
        );
        let noon = choices(Some((12 * 60, 13 * 60)));
        assert_eq!([719, 720, 779, 780].map(|at| noon.is_quiet(at)), [false, true, true, false]);
        assert!(!choices(None).is_quiet(0));
    }
}
