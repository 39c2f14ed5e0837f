//! Signing in, signing up, and founding a further organisation.

use super::document::{Document, Shape, Visit, render};
use super::form::{Errors, Hidden, PlainForm, TextField};
use super::message::window_title;
use super::outside::{Outside, services, vouched_account, vouched_new};
use crate::i18n::use_texts;
use crate::pages::settings::zone_choices;
use crate::ui::{Field, Notice, Select, Tone};
use leptos::prelude::*;

/// What was typed into the sign-in. Never the password.
#[derive(Clone, Debug, Default)]
pub struct SignInForm {
    /// E-mail.
    pub email: String,
    /// Local address to go on to.
    pub next: String,
    /// What happened before.
    pub note: Option<SignInNote>,
    /// Services, and whom one of them vouched for: that way in is added by signing in here.
    pub outside: Outside,
}

/// Why somebody is at the sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInNote {
    /// A new password was set.
    PasswordChanged,
    /// They signed out.
    SignedOut,
    /// They turned back at a service.
    Cancelled,
}

/// The sign-in.
pub fn sign_in(visit: &Visit, form: SignInForm, errors: &Errors) -> Document {
    let (demo, errors) = (visit.demo.clone(), errors.clone());
    // Under an organisation's own address nobody founds another one.
    let foreign = visit.look.is_none();
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, t.sign_in_title()),
        move || {
            let t = use_texts();
            let usual = if form.email.is_empty() { "email" } else { "password" };
            let focus = errors.focus(&["email", "password"], usual);
            let note = form.note.filter(|_| errors.is_empty()).map(|note| {
                let (tone, text) = match note {
                    SignInNote::PasswordChanged => (Tone::Success, t.sign_in_after_reset()),
                    SignInNote::SignedOut => (Tone::Info, t.sign_in_signed_out()),
                    SignInNote::Cancelled => (Tone::Info, t.identity_cancelled()),
                };
                view! { <Notice tone=tone>{text}</Notice> }
            });
            let demo = demo.map(|(email, password)| {
            view! { <p class="public-demo-hint">{t.sign_in_demo()} " " <code>{email}</code> " / " <code>{password}</code></p> }
        });
            let Outside { providers, vouched } = form.outside;
            let linking = vouched.is_some().then(|| view! { <Hidden name="link" value="1" /> });
            let aside = vouched.is_some().then(|| {
                view! {
                    <p class="public-quiet">{t.identity_waiting_forgot()}</p>
                    <p class="public-aside"><a class="link" href="/sign-in">{t.identity_waiting_other()}</a></p>
                }
            });
            let services = vouched.is_none().then(|| services(providers, &form.next, |t, name| t.identity_enter(name)));
            view! {
                <section class="public-card">
                    <h1>{t.sign_in_title()}</h1>
                    {note}
                    {vouched.as_ref().map(vouched_account)}
                    {errors.rest(&["email", "password"])}
                    <PlainForm action="/auth/sign-in" submit=t.sign_in_submit()>
                        <Hidden name="next" value=form.next />
                        {linking}
                        <TextField name="email" label=t.public_email() kind="email" autocomplete="email" value=form.email errors=errors.clone() focus=focus />
                        <TextField
                            name="password"
                            label=t.public_password()
                            kind="password"
                            autocomplete="current-password"
                            errors=errors.clone()
                            focus=focus
                        />
                        <p class="public-aside"><a class="link" href="/forgot">{t.sign_in_forgot()}</a></p>
                    </PlainForm>
                    {aside}
                    {services.flatten()}
                    {demo}
                </section>
                {foreign.then(|| {
                    view! { <p class="public-other">{t.sign_in_new()} " " <a class="link" href="/sign-up">{t.sign_in_new_link()}</a></p> }
                })}
            }
        },
    )
}

/// What was typed into the sign-up. Never the password.
#[derive(Clone, Debug, Default)]
pub struct SignUpForm {
    /// Name of the person.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Name of the organisation.
    pub organisation: String,
    /// IANA name; empty when nothing was chosen yet.
    pub time_zone: String,
    /// Least characters of a password.
    pub min_password: usize,
    /// Services, and whom one of them vouched for: no password is needed then.
    pub outside: Outside,
}

/// Names of the fields, in their order.
const SIGN_UP: [&str; 5] = ["organisation", "time_zone", "name", "email", "password"];

/// The sign-up.
pub fn sign_up(visit: &Visit, form: SignUpForm, errors: &Errors) -> Document {
    let errors = errors.clone();
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, t.sign_up_title()),
        move || {
            let t = use_texts();
            let focus = errors.focus(&SIGN_UP, "organisation");
            let Outside { providers, vouched } = form.outside;
            let services = vouched.is_none().then(|| services(providers, "", |t, name| t.identity_sign_up(name)));
            let password = match &vouched {
                Some(_) => view! { <Hidden name="link" value="1" /> }.into_any(),
                None => view! {
                    <TextField
                        name="password"
                        label=t.public_password()
                        kind="password"
                        autocomplete="new-password"
                        help=t.public_password_help(form.min_password.to_string())
                        errors=errors.clone()
                        focus=focus
                    />
                }
                .into_any(),
            };
            let known = vouched.as_ref().map(|_| view! { <p class="public-quiet">{t.identity_waiting_known()}</p> });
            view! {
                <section class="public-card">
                    <h1>{t.sign_up_title()}</h1>
                    <p class="public-lead">{t.sign_up_lead()}</p>
                    {vouched.as_ref().map(vouched_new)}
                    {errors.rest(&SIGN_UP)}
                    <PlainForm action="/auth/sign-up" submit=t.sign_up_submit()>
                        <OrganisationFields name=form.organisation time_zone=form.time_zone errors=errors.clone() focus=focus />
                        <TextField name="name" label=t.public_name() autocomplete="name" value=form.name errors=errors.clone() focus=focus />
                        <TextField name="email" label=t.public_email() kind="email" autocomplete="email" value=form.email errors=errors.clone() focus=focus />
                        {password}
                    </PlainForm>
                    {known}
                    {services.flatten()}
                </section>
                <p class="public-other">{t.sign_up_known()} " " <a class="link" href="/sign-in">{t.action_sign_in()}</a></p>
            }
        },
    )
}

/// What was typed about a further organisation.
#[derive(Clone, Debug, Default)]
pub struct NewOrganisationForm {
    /// Its name.
    pub organisation: String,
    /// IANA name; empty when nothing was chosen yet.
    pub time_zone: String,
}

/// A further organisation of somebody who is signed in.
pub fn new_organisation(visit: &Visit, form: NewOrganisationForm, errors: &Errors) -> Document {
    let errors = errors.clone();
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, t.organisation_new_title()),
        move || {
            let t = use_texts();
            let focus = errors.focus(&["organisation", "time_zone"], "organisation");
            view! {
                <section class="public-card">
                    <h1>{t.organisation_new_title()}</h1>
                    <p class="public-lead">{t.organisation_new_lead()}</p>
                    {errors.rest(&["organisation", "time_zone"])}
                    <PlainForm action="/auth/organisations" submit=t.sign_up_submit()>
                        <OrganisationFields name=form.organisation time_zone=form.time_zone errors=errors.clone() focus=focus />
                    </PlainForm>
                </section>
                <p class="public-other"><a class="link" href="/settings/organisation">{t.organisation_new_back()}</a></p>
            }
        },
    )
}

/// Name and time zone of an organisation.
#[component]
fn OrganisationFields(name: String, time_zone: String, errors: Errors, focus: &'static str) -> impl IntoView {
    let t = use_texts();
    // Only a form that is new may take the zone of the browser; what was chosen stays.
    let guess = time_zone.is_empty().then_some("");
    let choices = zone_choices(t, &time_zone);
    let time_zone = RwSignal::new(if time_zone.is_empty() { "Europe/Moscow".to_owned() } else { time_zone });
    let error = errors.text("time_zone");
    view! {
        <TextField name="organisation" label=t.public_organisation() autocomplete="organization" value=name errors=errors focus=focus />
        <div data-guess=guess>
            <Field name="time_zone" label=t.public_time_zone() help=t.public_time_zone_help() error=error>
                <Select value=time_zone choices=choices />
            </Field>
        </div>
    }
    .into_any()
}
