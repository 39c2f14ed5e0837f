//! Services people may sign in with, as public pages show them: buttons beside a form, whom a service vouched for, the way
//! there, and what went wrong on the way back.

use super::document::{Document, Shape, Visit, render};
use super::message::{message, window_title};
use crate::i18n::use_texts;
use crate::ui::{IconName, LinkButton, Notice, Tone, Variant};
use domain::views::SignInProvider;
use leptos::prelude::*;
use texts::Texts;

/// What a form offers besides itself.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// Services that are on.
    pub providers: Vec<SignInProvider>,
    /// Whom one of them vouched for a moment ago.
    pub vouched: Option<Vouched>,
}

/// Somebody a service vouched for.
#[derive(Clone, Debug)]
pub struct Vouched {
    /// Name of the service.
    pub service: String,
    /// What they are called there.
    pub label: String,
}

/// Words on a button.
type Words = fn(Texts, String) -> String;

/// Buttons of the services, below a form; nothing where none is on.
pub(super) fn services(providers: Vec<SignInProvider>, next: &str, words: Words) -> Option<AnyView> {
    let t = use_texts();
    let next: String = url_part(next);
    let one = move |it: SignInProvider| {
        let href = format!("/auth/{}/start?next={next}", it.id);
        view! { <a class="button wide" href=href rel="nofollow"><span class="button-text">{words(t, it.name)}</span></a> }
    };
    (!providers.is_empty()).then(|| {
        view! {
            <div class="public-services">
                <p class="public-or"><span>{t.identity_or()}</span></p>
                {providers.into_iter().map(one).collect_view()}
            </div>
        }
        .into_any()
    })
}

/// A local address within a query.
fn url_part(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

/// Above the sign-in: who is about to get a new way in.
pub(super) fn vouched_account(vouched: &Vouched) -> AnyView {
    let words = use_texts().identity_waiting_account(&vouched.service, &vouched.label);
    view! { <Notice tone=Tone::Info>{words}</Notice> }.into_any()
}

/// Above a form for somebody new.
pub(super) fn vouched_new(vouched: &Vouched) -> AnyView {
    let words = use_texts().identity_waiting_new(&vouched.service, &vouched.label);
    view! { <Notice tone=Tone::Success>{words}</Notice> }.into_any()
}

/// Why somebody did not get in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such service here.
    Off,
    /// Too late, twice, or elsewhere.
    Expired,
    /// Somebody else's here.
    Taken,
    /// Set up wrongly.
    Wrong,
    /// Not to be believed.
    Unbelievable,
    /// No answer.
    Down,
}

/// A way that did not lead in. `again` begins anew, `linking` is whether a way in was to be added.
pub fn provider_failed(visit: &Visit, service: &str, trouble: Trouble, again: String, linking: bool) -> Document {
    let t = texts::load(visit.language);
    let (title, text) = match trouble {
        Trouble::Off => (t.identity_off_title(), t.identity_off_text()),
        Trouble::Expired => (t.identity_expired_title(service), t.identity_expired_text()),
        Trouble::Taken => (t.identity_taken_title(service), t.identity_taken_text()),
        Trouble::Wrong => (t.identity_wrong_title(service), t.identity_wrong_text()),
        Trouble::Unbelievable => (t.identity_unbelievable_title(service), t.identity_unbelievable_text()),
        Trouble::Down => (t.identity_down_title(service), t.identity_down_text()),
    };
    let may_repeat = !linking && matches!(trouble, Trouble::Expired | Trouble::Unbelievable | Trouble::Down);
    let (back, words) = match linking {
        true => ("/settings/profile", t.identity_to_profile()),
        false => ("/sign-in", t.identity_to_sign_in()),
    };
    message(visit, IconName::Warning, (title, text), move || {
        let again = may_repeat.then(|| view! { <LinkButton href=again>{t.identity_again()}</LinkButton> });
        view! {
            <LinkButton href=back variant=Variant::Primary>{words}</LinkButton>
            {again}
        }
    })
}

/// The way to a service from a form that was sent: the browser follows by itself, for a form may lead to no other site.
pub fn provider_go(visit: &Visit, service: &str, address: &str) -> Document {
    let (service, address) = (service.to_owned(), address.to_owned());
    let title = service.clone();
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, t.identity_go_title(title)),
        move || {
            let t = use_texts();
            view! {
                <section class="public-card">
                    <meta http-equiv="refresh" content=format!("0;url={address}") />
                    <h1>{t.identity_go_title(&service)}</h1>
                    <p class="public-lead">{t.identity_go_text(&service)}</p>
                    <a class="button primary wide" href=address rel="noreferrer"><span class="button-text">{t.identity_go_button()}</span></a>
                </section>
            }
        },
    )
}

/// What Facebook shows to somebody who wanted to be forgotten: done when it was asked for, or a code nobody gave.
pub fn forgotten(visit: &Visit, asked_at: Option<i64>) -> Document {
    let t = texts::load(visit.language);
    let words = match asked_at {
        Some(at) => {
            let date = crate::format::Format::new(t, visit.language, 0).date_long(at);
            (t.identity_forgotten_title(), t.identity_forgotten_text(date))
        }
        None => (t.identity_forgotten_unknown_title(), t.identity_forgotten_unknown_text()),
    };
    let icon = if asked_at.is_some() { IconName::Success } else { IconName::Search };
    message(visit, icon, words, super::message::home(visit))
}
