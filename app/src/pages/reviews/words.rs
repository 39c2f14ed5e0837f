//! Words and looks of invitations and answers: states, reasons, the case an invitation is about.

use crate::format::Format;
use crate::i18n::use_texts;
use crate::pages::journal::{object_href, object_text};
use crate::ui::{Badge, IconName, Link, Tone, use_now};
use domain::queue::JobState;
use domain::views::{InvitationState, InvitationView, ReviewView};
use leptos::prelude::*;
use texts::Texts;

/// The word of a state, for the filter.
pub fn state_text(t: Texts, state: InvitationState) -> String {
    match state {
        InvitationState::Pending => t.reviews_state_pending(),
        InvitationState::Sent => t.reviews_state_sent(),
        InvitationState::Failed => t.reviews_state_failed(),
        InvitationState::Unknown => t.reviews_state_unknown(),
        InvitationState::Cancelled => t.reviews_state_cancelled(),
    }
}

/// An invitation's state as icon, word and colour; one on its way says what it waits for.
#[component]
pub fn StateBadge(invitation: InvitationView) -> impl IntoView {
    let t = use_texts();
    let format = crate::format::use_format();
    let now = use_now();
    let state = invitation.state;
    let retrying = state == InvitationState::Pending && invitation.attempts > 0;
    // A job that is neither due nor done is held with its connection.
    let paused = state == InvitationState::Pending && invitation.next_at.is_none() && !invitation.code.is_empty();
    let (tone, icon) = match state {
        InvitationState::Pending if retrying || paused => (Tone::Warning, IconName::Clock),
        InvitationState::Pending => (Tone::Info, IconName::Clock),
        InvitationState::Sent => (Tone::Success, IconName::Success),
        InvitationState::Failed => (Tone::Danger, IconName::Failure),
        InvitationState::Unknown => (Tone::Warning, IconName::Help),
        InvitationState::Cancelled => (Tone::Neutral, IconName::CircleSlash),
    };
    let next = invitation.next_at;
    let text = move || match next {
        _ if paused => t.reviews_state_paused(),
        Some(at) if retrying && at > now.get() => t.reviews_state_retry(format.relative(at, now.get())),
        _ => state_text(t, state),
    };
    view! { <Badge tone=tone icon=icon>{text}</Badge> }.into_any()
}

/// Why an invitation or an answer is not there, "" when nothing stands in the way.
pub fn reason(t: Texts, code: &str, detail: &str) -> String {
    let known = match code {
        "" => return detail.to_owned(),
        "interrupted" => t.reviews_why_interrupted(),
        "unknown" => t.reviews_why_unknown(),
        "connection_off" => t.reviews_why_off(),
        "connection_reauth" | "401" | "403" => t.reviews_why_access(),
        "429" => t.reviews_why_too_many(),
        "timeout" | "connect" | "network" => t.reviews_why_network(),
        "408" | "500" | "502" | "503" | "504" => t.reviews_why_down(),
        "400" | "404" | "409" | "422" => t.reviews_why_refused(),
        _ => String::new(),
    };
    // Only the words of a refusal say anything about the invitation; the others repeat what the sentence says.
    let tells = !detail.is_empty() && !detail.starts_with("HTTP ");
    match (known.as_str(), code) {
        ("", code) if !tells => code.to_owned(),
        ("", code) => format!("{detail} ({code})"),
        (known, "400" | "404" | "409" | "422") if tells => format!("{known}: {detail} ({code})"),
        (known, "interrupted" | "unknown" | "connection_off" | "connection_reauth") => known.to_owned(),
        (known, code) => format!("{known} ({code})"),
    }
}

/// What stands in the way of an invitation.
pub fn invitation_reason(t: Texts, invitation: &InvitationView) -> String {
    match invitation.state {
        InvitationState::Sent | InvitationState::Cancelled => String::new(),
        _ => reason(t, &invitation.code, &invitation.detail),
    }
}

/// The name of a case.
pub fn case_text(t: Texts, kind: &str, id: &str) -> String {
    match kind {
        "conversation" => t.reviews_case_conversation(id),
        kind => object_text(t, kind),
    }
}

/// A link to a case, at its service or here.
pub fn case_link(t: Texts, kind: &str, id: &str, link: Option<&str>) -> AnyView {
    let word = case_text(t, kind, id);
    match (link, object_href(kind, id)) {
        (Some(link), _) => view! { <Link href=link.to_owned() external=true>{word}</Link> }.into_any(),
        (None, Some(href)) => view! { <Link href=href>{word}</Link> }.into_any(),
        (None, None) => view! { <span>{word}</span> }.into_any(),
    }
}

/// The case of a review: a link and whose it was.
pub fn review_case(t: Texts, review: &ReviewView) -> AnyView {
    let (Some(kind), Some(id)) = (review.case_kind.as_deref(), review.case_id.as_deref()) else {
        return view! { <span>{t.reviews_unmatched()}</span> }.into_any();
    };
    let member = review.member.clone().filter(|name| !name.is_empty());
    view! {
        <span>{case_link(t, kind, id, review.case_link.as_deref())}{member.map(|name| format!(" · {name}"))}</span>
    }
    .into_any()
}

/// How our answer to a review stands.
pub fn answer_look(t: Texts, state: Option<JobState>) -> (Tone, IconName, String) {
    match state {
        None | Some(JobState::Done) => (Tone::Success, IconName::Success, t.reviews_answer_done()),
        Some(JobState::Ready | JobState::Running) => (Tone::Info, IconName::Clock, t.reviews_answer_sending()),
        Some(JobState::Held) => (Tone::Warning, IconName::Pause, t.reviews_answer_held()),
        Some(JobState::Unknown) => (Tone::Warning, IconName::Help, t.reviews_answer_unknown()),
        Some(JobState::Dead | JobState::Cancelled) => (Tone::Danger, IconName::Failure, t.reviews_answer_failed()),
    }
}

/// Whether an answer can be written now: there is none, or the last one was refused; and the review still stands.
pub fn may_be_answered(review: &ReviewView) -> bool {
    let open = match review.answer_state {
        None => review.answer.is_none(),
        Some(state) => matches!(state, JobState::Dead | JobState::Cancelled),
    };
    open && review.removed_at.is_none()
}

/// Who wrote a review.
pub fn author(t: Texts, review: &ReviewView) -> String {
    if review.author.is_empty() { t.reviews_nameless() } else { review.author.clone() }
}

/// A share of a whole, or nothing to divide by.
pub fn share(format: Format, part: i64, whole: i64) -> Option<String> {
    (whole > 0).then(|| format.percent(part as f64 * 100.0 / whole as f64, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use texts::Language;

    #[test]
    fn reasons_are_worded_or_quoted() {
        let t = texts::load(Language::Ru);
        assert_eq!(reason(t, "", ""), "");
        assert_eq!(reason(t, "503", "HTTP 503"), "Сервис временно не работает (503)");
        assert_eq!(reason(t, "400", "bad e-mail"), "Сервис отказал: bad e-mail (400)");
        assert_eq!(reason(t, "E17", "no such template"), "no such template (E17)");
        assert_eq!(reason(t, "E17", ""), "E17");
    }
}
