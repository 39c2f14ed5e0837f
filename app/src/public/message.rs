//! Public pages that only say something: what happened, what is safe, where to go on.

use super::Link;
use super::document::{Document, Shape, Visit, render};
use super::form::Hidden;
use crate::i18n::error_text;
use crate::ui::{Button, EmptyState, IconName, LinkButton, Variant};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use texts::Texts;

/// «Вход · Пульт», or with the name of whoever does not speak of Pult.
pub(super) fn window_title(visit: &Visit, t: Texts, title: String) -> String {
    let own = visit.look.as_ref().filter(|look| look.white_label).map(|look| look.name.clone());
    format!("{title} · {}", own.unwrap_or_else(|| t.app_name()))
}

/// One message: sign, title, text, buttons.
pub(super) fn message<V: IntoView + 'static>(
    visit: &Visit,
    icon: IconName,
    (title, text): (String, String),
    buttons: impl FnOnce() -> V + Send + 'static,
) -> Document {
    let window = title.clone();
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, window),
        move || {
            view! {
                <section class="public-card public-message">
                    <EmptyState icon=icon title=title hint=text>{buttons()}</EmptyState>
                </section>
            }
        },
    )
}

pub(super) fn home(visit: &Visit) -> impl FnOnce() -> AnyView + Send + 'static {
    let (t, signed_in) = (texts::load(visit.language), visit.signed_in);
    move || {
        let (href, words) = if signed_in { ("/dashboard", t.landing_open()) } else { ("/", t.error_go_home()) };
        view! { <LinkButton href=href variant=Variant::Primary>{words}</LinkButton> }.into_any()
    }
}

/// An address that leads nowhere.
pub fn not_found(visit: &Visit) -> Document {
    let t = texts::load(visit.language);
    message(visit, IconName::Search, (t.error_not_found_title(), t.error_not_found_text()), home(visit))
}

/// A link of a letter that does not work.
pub fn link_invalid(visit: &Visit, link: Link) -> Document {
    let t = texts::load(visit.language);
    let (title, text) = (t.link_invalid_title(), t.link_invalid_text());
    match link {
        Link::Reset => {
            message(visit, IconName::Link, (title, format!("{text} {}", t.link_invalid_reset())), move || {
                view! { <LinkButton href="/forgot" variant=Variant::Primary>{t.link_invalid_ask()}</LinkButton> }
            })
        }
        Link::Join => message(visit, IconName::Link, (title, format!("{text} {}", t.link_invalid_join())), home(visit)),
        Link::Confirm => {
            message(visit, IconName::Link, (title, format!("{text} {}", t.link_invalid_confirm())), home(visit))
        }
    }
}

/// The letter with the link is on its way, if there is somebody to get it.
pub fn sent(visit: &Visit) -> Document {
    let t = texts::load(visit.language);
    let text = match visit.demo {
        Some(_) => format!("{} {}", t.forgot_sent_text(), t.forgot_sent_demo()),
        None => t.forgot_sent_text(),
    };
    let back = move || view! { <LinkButton href="/sign-in">{t.forgot_back()}</LinkButton> };
    message(visit, IconName::Mail, (t.forgot_sent_title(), text), back)
}

/// The address is confirmed.
pub fn confirmed(visit: &Visit) -> Document {
    let t = texts::load(visit.language);
    let words = (t.confirm_done_title(), t.confirm_done_text());
    if visit.signed_in {
        return message(visit, IconName::Success, words, home(visit));
    }
    let enter =
        move || view! { <LinkButton href="/sign-in" variant=Variant::Primary>{t.action_sign_in()}</LinkButton> };
    message(visit, IconName::Success, words, enter)
}

/// Signed in, but no organisation lets this person in (any more).
pub fn deactivated(visit: &Visit) -> Document {
    let t = texts::load(visit.language);
    message(visit, IconName::Lock, (t.deactivated_title(), t.error_deactivated()), move || {
        view! {
            <LinkButton href="/organisations/new">{t.sign_up_submit()}</LinkButton>
            <form method="post" action="/auth/sign-out">
                <Hidden name="next" value="/sign-in" />
                <Button submit=true>{t.action_sign_out()}</Button>
            </form>
        }
    })
}

/// Something went wrong where there is no form to show it on.
pub fn failed(visit: &Visit, error: &ApiError) -> Document {
    let t = texts::load(visit.language);
    let text = match error.code {
        ErrorCode::AlreadyExists => t.join_member(),
        _ => error_text(t, error),
    };
    message(visit, IconName::Warning, (t.public_failed(), text), home(visit))
}
