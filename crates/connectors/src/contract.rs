//! The contract every connector fulfils: static description, verified receiving, pure normalising, one acting call.

use async_trait::async_trait;
use bytes::Bytes;
use domain::channel::ChannelEvent;
use serde_json::Value as Json;

/// Static description of a provider; feeds the connection card, the wizard, the rule constructor and the docs.
#[derive(Debug)]
pub struct Spec {
    /// Stable id in addresses and rows (`whatsapp`).
    pub id: &'static str,
    /// Proper name (`WhatsApp`).
    pub name: &'static str,
    /// Messenger channel, when chats come from here.
    pub channel: Option<domain::chats::Channel>,
    /// What a person fills in, in the order of the wizard.
    pub settings: &'static [Setting],
    /// Events that can start something.
    pub triggers: &'static [Trigger],
    /// Calls it can make.
    pub actions: &'static [Action],
    /// Calls that rules may make as a step.
    pub steps: &'static [ServiceStep],
    /// Sending limits per connection.
    pub limits: Limits,
    /// How it is looked through for lost webhooks, where that is possible.
    pub sweep: Option<Sweep>,
    /// Largest webhook body accepted, bytes.
    pub max_body: usize,
}

impl Spec {
    /// Whether a client can be shown that somebody writes an answer.
    pub fn tells_typing(&self) -> bool {
        self.actions.iter().any(|action| action.inputs.iter().any(|input| input.name == "typing"))
    }
}

/// One setting of a connection.
#[derive(Debug)]
pub struct Setting {
    /// Field name as in the provider's documentation (`phone_number_id`).
    pub name: &'static str,
    pub kind: SettingKind,
    pub required: bool,
    /// Value when nothing is given. A `Generated` secret has none.
    pub default: Option<&'static str>,
}

/// What a setting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingKind {
    Text,
    Url,
    /// Stored encrypted, never shown again.
    Secret,
    /// Stored encrypted, made by us when absent, shown for copying to the provider (verify token).
    Generated,
}

/// An event kind with the fields rules may read. Without any, its fields are up to the sender and learnt from what comes.
#[derive(Debug)]
pub struct Trigger {
    pub kind: &'static str,
    pub fields: &'static [Field],
}

/// A typed field of a trigger or an input of an action.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: FieldKind,
    pub required: bool,
    /// Every value a choice can have, where the provider names them all.
    pub choices: &'static [&'static str],
}

/// Type of a field of a connector; rules know all of them but `Object`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Number,
    Money,
    Date,
    Phone,
    Choice,
    List,
    Flag,
    Object,
}

/// A call the connector can make.
#[derive(Debug)]
pub struct Action {
    pub id: &'static str,
    pub inputs: &'static [Field],
    /// Repeating it after an unclear end is harmless.
    pub idempotent: bool,
}

/// A call that rules may make as a step.
#[derive(Clone, Copy, Debug)]
pub struct ServiceStep {
    /// One of [`Spec::actions`].
    pub action: &'static str,
    /// How it is taken back, where that can be.
    pub undo: Option<Undo>,
}

/// The call that takes another one back.
#[derive(Clone, Copy, Debug)]
pub struct Undo {
    /// One of [`Spec::actions`], with the same inputs.
    pub action: &'static str,
    /// Goes along as input `expect`: what the other call left. Where it is so no longer, somebody has changed it since, and
    /// the call is rejected as [`CHANGED_SINCE`].
    pub expect: &'static str,
}

/// Code of a rejection: somebody has changed it since, so it is not taken back.
pub const CHANGED_SINCE: &str = "changed_since";

/// Sending limits.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub per_second: f64,
    pub burst: f64,
    /// Per recipient: at most this many in a burst, repaid at one per `recipient_interval_ms`.
    pub recipient_burst: f64,
    pub recipient_interval_ms: i64,
}

/// Settings of a connection with secrets in the clear. `Debug` shows names only.
#[derive(Clone, Default)]
pub struct Settings(serde_json::Map<String, Json>);

impl Settings {
    /// From a JSON object.
    pub fn new(map: serde_json::Map<String, Json>) -> Self {
        Self(map)
    }
    /// A value, or "" when absent.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(Json::as_str).unwrap_or_default()
    }
    /// All values.
    pub fn map(&self) -> &serde_json::Map<String, Json> {
        &self.0
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A webhook call as it came: nothing parsed, nothing trusted.
#[derive(Debug)]
pub struct RawHook<'a> {
    pub method: &'a http::Method,
    pub query: &'a str,
    pub headers: &'a http::HeaderMap,
    pub body: &'a [u8],
    /// When it came, for schemes that sign the time.
    pub now_ms: i64,
}

/// Looking through a provider for what no webhook told.
#[derive(Debug)]
pub struct Sweep {
    /// Action that gives one page.
    pub action: &'static str,
    /// Minutes between two passes.
    pub minutes: i64,
}

/// What one page of a sweep brought.
#[derive(Debug, Default)]
pub struct Swept {
    /// Events with the keys their webhooks would have had.
    pub events: Vec<InboundEvent>,
    /// Input for the next page; `None` when this was the last.
    pub next: Option<Json>,
}

/// What a verified call contains.
#[derive(Debug)]
pub enum Received {
    /// Answer 200 with exactly this (subscription handshake, HEAD check).
    Challenge(String),
    /// Events to be stored before 200 is answered. May be empty.
    Events(Vec<InboundEvent>),
}

/// One event, not yet interpreted: the smallest fragment of the payload that says everything about it.
#[derive(Clone, Debug, PartialEq)]
pub struct InboundEvent {
    /// Trigger kind (`message`, `status`, `template`, `account`, or the provider's own word).
    pub kind: String,
    /// Recognises a repeat within the connection; from the provider's delivery id, else a natural key.
    pub dedupe_key: String,
    /// Events of one key are applied in order (`chat:79161234567`).
    pub order_key: String,
    /// Provider's account the event is for (`phone_number_id`), to notice events of a neighbour; "" if it names none.
    pub account: String,
    /// The fragment, in the provider's own words.
    pub data: Json,
}

/// Why a call is refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum HookError {
    /// Signature or token missing or wrong: 401 (403 for a handshake), nothing stored.
    #[error("the signature is missing or wrong")]
    Unverified,
    /// Handshake with a wrong token.
    #[error("the verify token is wrong")]
    WrongToken,
    /// Signed, but not readable: 400.
    #[error("the body cannot be read: {0}")]
    Malformed(String),
    /// This provider does not call so.
    #[error("method not allowed")]
    Method,
}

/// A call to make.
#[derive(Clone, Debug)]
pub struct ActionCall {
    pub action: String,
    /// Inputs as declared in [`Action::inputs`]; for `send` an [`domain::channel::Outgoing`].
    pub input: Json,
    /// Bytes that go with it.
    pub file: Option<FileBytes>,
}

/// Bytes with their type.
#[derive(Clone, Debug)]
pub struct FileBytes {
    pub mime: String,
    pub name: String,
    pub bytes: Bytes,
}

/// What a successful call gave back. `json` is the action's own: `send` gives `{"external_id", "address"?, "user_id"?}`.
#[derive(Debug, Default)]
pub struct Acted {
    pub json: Json,
    pub file: Option<FileBytes>,
}

/// What a call may use.
pub struct Cx<'a> {
    pub http: &'a reqwest::Client,
    pub settings: &'a Settings,
    pub now_ms: i64,
    /// Given to the provider where it accepts a reference, to recognise the call later.
    pub reference: &'a str,
    /// Counted failures of this job so far.
    pub attempt: i32,
    /// What this connection remembers between calls.
    pub memory: &'a Memory,
    /// Whether an address somebody typed may lead into a private network.
    pub private_nets: bool,
}

/// What a connection remembers between calls (an access token that took a call to get). Whoever makes the calls keeps it,
/// encrypted, for the next start; a connector treats whatever it finds there as possibly stale. Held locked while it is
/// renewed, so that one renewal is under way.
#[derive(Default)]
pub struct Memory {
    value: tokio::sync::Mutex<Json>,
    kept: std::sync::Mutex<Json>,
}

impl Memory {
    /// With what was kept.
    pub fn new(kept: Json) -> Self {
        Self { value: tokio::sync::Mutex::new(kept.clone()), kept: std::sync::Mutex::new(kept) }
    }
    /// The value, `Null` at first.
    pub async fn lock(&self) -> tokio::sync::MutexGuard<'_, Json> {
        self.value.lock().await
    }
    /// What is not kept yet, if anything. `None` as well while somebody renews it: whoever does will be asked after that.
    pub fn unkept(&self) -> Option<Json> {
        let value = self.value.try_lock().ok()?;
        let kept = self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        (*value != *kept).then(|| value.clone())
    }
    /// Notes that this value is kept now.
    pub fn keep(&self, value: Json) {
        *self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = value;
    }
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memory(…)")
    }
}

/// A failure, classified once at the HTTP edge. `code` is the provider's, `detail` its sentence (no secrets).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fail {
    /// Worth repeating: network, 408, 5xx, «temporary».
    #[error("temporary failure {code}: {detail}")]
    Transient { after_ms: Option<i64>, code: String, detail: String },
    /// Too fast. The job waits without losing an attempt; `scope` says who else must wait.
    #[error("rate limit {code}: {detail}")]
    Limited { scope: LimitScope, after_ms: Option<i64>, code: String, detail: String },
    /// Sign-in or set-up is broken: the connection is paused and the owner told.
    #[error("access refused {code}: {detail}")]
    Reauth { code: String, detail: String },
    /// Never by itself again.
    #[error("rejected {code}: {detail}")]
    Rejected { reason: Rejection, code: String, detail: String },
    /// A call that may not be repeated blindly broke off.
    #[error("outcome unknown: {detail}")]
    Unknown { detail: String },
}

/// Who must slow down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitScope {
    Connection,
    Recipient,
}

/// Why a call was rejected for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// Free-form message outside the channel's window.
    WindowClosed,
    /// This person cannot or does not want to be reached here.
    Unreachable,
    /// The template does not exist, is paused or does not fit.
    Template,
    /// Forbidden by policy or spam limits for a long time.
    Policy,
    /// What the call is about is not there.
    NotFound,
    /// Our input is wrong.
    BadRequest,
}

impl Fail {
    /// The provider's code and sentence, for attempts and journals.
    pub fn parts(&self) -> (&str, &str) {
        match self {
            Fail::Transient { code, detail, .. }
            | Fail::Limited { code, detail, .. }
            | Fail::Reauth { code, detail }
            | Fail::Rejected { code, detail, .. } => (code, detail),
            Fail::Unknown { detail } => ("unknown", detail),
        }
    }
}

/// Why a stored event could not be understood (a fault of ours or a change of theirs; the event stays in the log).
#[derive(Debug, thiserror::Error)]
#[error("event not understood: {0}")]
pub struct NormaliseError(pub String);

/// One provider.
#[async_trait]
pub trait Connector: Send + Sync {
    /// What it is and can do.
    fn spec(&self) -> &'static Spec;
    /// Provider's account this connection stands for (compared with [`InboundEvent::account`]).
    fn account(&self, settings: &Settings) -> String;
    /// Pure: what a generated secret made of this random token looks like.
    fn generated(&self, token: String) -> String {
        token
    }
    /// Pure: verifies the raw bytes, and only then reads them.
    fn receive(&self, settings: &Settings, hook: &RawHook<'_>) -> Result<Received, HookError>;
    /// Pure: what a stored event means. One event has one meaning.
    fn normalise(&self, kind: &str, data: &Json) -> Result<ChannelEvent, NormaliseError>;
    /// Pure: input of the first page of a sweep over what happened since `since_ms`.
    fn sweep(&self, since_ms: i64) -> Json {
        serde_json::json!({"since_ms": since_ms})
    }
    /// Pure: what the page asked for with `input` brought.
    fn swept(&self, settings: &Settings, input: &Json, page: &Json) -> Swept {
        let _ = (settings, input, page);
        Swept::default()
    }
    /// Makes one call. Every connector has the action `check` (is the sign-in good; gives facts for the card).
    async fn act(&self, cx: &Cx<'_>, call: &ActionCall) -> Result<Acted, Fail>;
}
