//! The second factor: its step of the sign-in, setting it up, and what can be done about it. Without a script, so that the
//! secret passes through nothing but one page of the server.

use super::document::{Document, Shape, Visit, render};
use super::form::{Errors, Hidden, PlainForm, TextField};
use super::message::window_title;
use crate::i18n::use_texts;
use crate::ui::{LinkButton, Notice, Tone, Variant};
use leptos::prelude::*;

/// The second step of the sign-in.
pub fn sign_in_code(visit: &Visit, next: String, errors: &Errors) -> Document {
    let errors = errors.clone();
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, t.factor_code_title()),
        move || {
            let t = use_texts();
            view! {
                <section class="public-card">
                    <h1>{t.factor_code_title()}</h1>
                    <p class="public-lead">{t.factor_code_lead()}</p>
                    {errors.rest(&["code"])}
                    <PlainForm action="/auth/code" submit=t.sign_in_submit()>
                        <Hidden name="next" value=next />
                        <CodeField errors=errors.clone() focus="code" />
                    </PlainForm>
                </section>
                <p class="public-other"><a class="link" href="/sign-in?again">{t.factor_code_other()}</a></p>
            }
        },
    )
}

/// How far somebody is.
#[derive(Clone, Debug)]
pub enum FactorStage {
    /// They have none.
    Off {
        /// Their organisation demands one.
        required: bool,
    },
    /// Their app is to learn it.
    SettingUp {
        /// To be typed.
        key: String,
        /// The same as a picture: lines of dark (`true`) and light squares.
        picture: Vec<Vec<bool>>,
    },
    /// They have one.
    On {
        /// Their organisation demands one.
        required: bool,
        /// Recovery codes not used yet.
        codes_left: i64,
    },
}

/// The page of one's own second factor.
pub fn second_factor(visit: &Visit, stage: FactorStage, errors: &Errors) -> Document {
    let errors = errors.clone();
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, t.factor_title()),
        move || {
            let t = use_texts();
            let known: &[&str] = if matches!(stage, FactorStage::Off { .. }) { &[] } else { &["code", "password"] };
            let rest = errors.rest(known);
            let body = match stage {
                FactorStage::Off { required } => off(required),
                FactorStage::SettingUp { key, picture } => setting_up(key, &picture, errors),
                FactorStage::On { required, codes_left } => on(required, codes_left, errors),
            };
            view! {
                <section class="public-card">
                    <h1>{t.factor_title()}</h1>
                    {rest}
                    {body}
                </section>
                <p class="public-other"><a class="link" href="/settings/profile">{t.factor_back()}</a></p>
            }
        },
    )
}

fn off(required: bool) -> AnyView {
    let t = use_texts();
    let demanded = required.then(|| view! { <Notice tone=Tone::Warning>{t.factor_demanded()}</Notice> });
    view! {
        {demanded}
        <p class="public-lead">{t.factor_lead()}</p>
        <PlainForm action="/auth/second-factor/begin" submit=t.factor_begin()>""</PlainForm>
    }
    .into_any()
}

fn setting_up(key: String, picture: &[Vec<bool>], errors: Errors) -> AnyView {
    let t = use_texts();
    let grouped = key.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    view! {
        <p class="public-lead">{t.factor_scan()}</p>
        {qr(picture, t.factor_picture())}
        <p class="public-lead">{t.factor_key()} " " <code>{grouped}</code></p>
        <PlainForm action="/auth/second-factor/confirm" submit=t.factor_confirm()>
            <CodeField errors=errors focus="code" />
        </PlainForm>
        <form class="form" method="post" action="/auth/second-factor/begin">
            <p class="public-aside"><button class="link" type="submit">{t.factor_anew()}</button></p>
        </form>
    }
    .into_any()
}

fn on(required: bool, codes_left: i64, errors: Errors) -> AnyView {
    let t = use_texts();
    let tone = if codes_left <= 3 { Tone::Warning } else { Tone::Success };
    let focus = errors.focus(&["password", "code"], "");
    let give_up = (!required).then(|| {
        view! {
            <button class="button danger wide" type="submit" formaction="/auth/second-factor/off">
                <span class="button-text">{t.factor_off()}</span>
            </button>
        }
    });
    let demanded = required.then(|| view! { <p class="public-lead">{t.factor_kept()}</p> });
    view! {
        <Notice tone=tone>{t.factor_on(codes_left)}</Notice>
        <p class="public-lead">{t.factor_change_lead()}</p>
        <PlainForm action="/auth/second-factor/codes" submit=t.factor_renew()>
            <TextField
                name="password"
                label=t.public_password()
                kind="password"
                autocomplete="current-password"
                errors=errors.clone()
                focus=focus
            />
            <CodeField errors=errors focus=focus />
            {give_up}
        </PlainForm>
        {demanded}
    }
    .into_any()
}

/// The recovery codes, once.
pub fn recovery_codes(visit: &Visit, codes: Vec<String>) -> Document {
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, t.factor_codes_title()),
        move || {
            let t = use_texts();
            let codes = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
            view! {
                <section class="public-card">
                    <h1>{t.factor_codes_title()}</h1>
                    <p class="public-lead">{t.factor_codes_lead()}</p>
                    <ol class="public-codes">{codes}</ol>
                    <LinkButton href="/dashboard" variant=Variant::Primary>{t.factor_codes_kept()}</LinkButton>
                </section>
            }
        },
    )
}

#[component]
fn CodeField(errors: Errors, focus: &'static str) -> impl IntoView {
    let t = use_texts();
    view! {
        <TextField
            name="code"
            label=t.factor_code()
            autocomplete="one-time-code"
            help=t.factor_code_help()
            errors=errors
            focus=focus
        />
    }
}

/// A picture of squares, dark on white whatever the colours of the page are: cameras expect it so.
fn qr(picture: &[Vec<bool>], label: String) -> impl IntoView + use<> {
    const EDGE: usize = 4;
    let size = picture.len() + 2 * EDGE;
    let dark = picture.iter().enumerate().flat_map(|(y, line)| {
        let squares = line.iter().enumerate().filter(|(_, dark)| **dark);
        squares.map(move |(x, _)| format!("M{},{}h1v1h-1z", x + EDGE, y + EDGE))
    });
    let path: String = dark.collect();
    view! {
        <svg class="public-qr" role="img" aria-label=label viewBox=format!("0 0 {size} {size}") shape-rendering="crispEdges">
            <rect width="100%" height="100%" fill="#fff" />
            <path d=path fill="#000" />
        </svg>
    }
}
