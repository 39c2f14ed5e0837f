//! What the frame shows and calls, handed to it by whoever loads it.

pub use crate::live::LiveState;
use domain::access::{Presence, Role};
use leptos::prelude::*;

/// An organisation in the switcher.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameOrganisation {
    /// Its id as text.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Quiet second line (the role there).
    pub note: String,
    /// Address of its logo.
    pub logo: Option<String>,
}

/// Everything around a page. Signals are live; callbacks do the work.
#[derive(Clone)]
pub struct FrameData {
    /// The organisation worked in.
    pub organisation: Signal<FrameOrganisation>,
    /// What stands behind the name of the page in the window.
    pub mark: Signal<String>,
    /// All organisations of the person, this one included.
    pub organisations: Vec<FrameOrganisation>,
    /// The person's name.
    pub person: String,
    /// Their role here.
    pub role: Role,
    /// Their presence.
    pub presence: Signal<Presence>,
    /// Unanswered chats.
    pub chats: Signal<u32>,
    /// Open orders.
    pub orders: Signal<u32>,
    /// Connections that need a person.
    pub connections: Signal<u32>,
    /// Invitations to review that went wrong.
    pub reviews: Signal<u32>,
    /// Unread notifications.
    pub notifications: Signal<u32>,
    /// The stop switch is pulled.
    pub sending_stopped: Signal<bool>,
    /// The live link.
    pub live: Signal<LiveState>,
    /// The sidebar is narrow. The frame itself remembers it; start with [`super::remembered_collapsed`].
    pub collapsed: RwSignal<bool>,
    /// Sets the person's presence.
    pub on_presence: Callback<Presence>,
    /// Keeps the language that was just chosen.
    pub on_language: Callback<texts::Language>,
    /// Goes to another organisation, by id.
    pub on_organisation: Callback<String>,
    /// Ends the session.
    pub on_sign_out: Callback<()>,
    /// Opens the sheet of keys.
    pub on_keys: Option<Callback<()>>,
    /// Opens the search (`Ctrl+K`, `/`); the field is shown only where it is given.
    pub on_search: Option<Callback<()>>,
    /// Opens the notifications; the bell is shown only where it is given.
    pub on_notifications: Option<Callback<()>>,
}

/// The frame around this page, if there is one.
pub fn use_frame() -> Option<FrameData> {
    use_context::<FrameData>()
}
