//! What the links of letters open: a new password, an invitation, the confirmation of an address. Opening a link changes
//! nothing, because programs that check mail open links too; a button does.

use super::document::{Document, Shape, Visit, render};
use super::form::{Errors, Hidden, PlainForm, TextField};
use super::message::window_title;
use super::outside::{Outside, Vouched, services, vouched_new};
use crate::i18n::use_texts;
use crate::pages::team::role_text;
use crate::ui::{Button, Fact, Facts, Notice, Tone, Variant};
use domain::views::InviteInfo;
use leptos::prelude::*;

/// Asking for a link to set a new password. `mail_works` is whether letters leave this server at all.
pub fn forgot(visit: &Visit, email: &str, mail_works: bool, errors: &Errors) -> Document {
    let (email, errors) = (email.to_owned(), errors.clone());
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, t.forgot_title()),
        move || {
            let t = use_texts();
            let warning = (!mail_works).then(|| view! { <Notice tone=Tone::Warning>{t.forgot_no_mail()}</Notice> });
            view! {
                <section class="public-card">
                    <h1>{t.forgot_title()}</h1>
                    <p class="public-lead">{t.forgot_lead()}</p>
                    {warning}
                    {errors.rest(&["email"])}
                    <PlainForm action="/auth/forgot" submit=t.forgot_submit()>
                        <TextField name="email" label=t.public_email() kind="email" autocomplete="email" value=email errors=errors.clone() focus="email" />
                    </PlainForm>
                </section>
                <p class="public-other"><a class="link" href="/sign-in">{t.forgot_back()}</a></p>
            }
        },
    )
}

/// Setting a new password.
pub fn reset(visit: &Visit, token: &str, min_password: usize, errors: &Errors) -> Document {
    let (token, errors) = (token.to_owned(), errors.clone());
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, t.reset_title()),
        move || {
            let t = use_texts();
            view! {
                <section class="public-card">
                    <h1>{t.reset_title()}</h1>
                    <p class="public-lead">{t.reset_lead()}</p>
                    {errors.rest(&["password"])}
                    <PlainForm action="/auth/reset" submit=t.reset_submit()>
                        <Hidden name="token" value=token />
                        <TextField
                            name="password"
                            label=t.public_new_password()
                            kind="password"
                            autocomplete="new-password"
                            help=t.public_password_help(min_password.to_string())
                            errors=errors.clone()
                            focus="password"
                        />
                    </PlainForm>
                </section>
            }
        },
    )
}

/// Confirming an address.
pub fn confirm(visit: &Visit, token: &str) -> Document {
    let token = token.to_owned();
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, t.confirm_title()),
        move || {
            let t = use_texts();
            view! {
                <section class="public-card">
                    <h1>{t.confirm_title()}</h1>
                    <p class="public-lead">{t.confirm_text()}</p>
                    <PlainForm action="/auth/confirm" submit=t.confirm_submit()>
                        <Hidden name="token" value=token />
                    </PlainForm>
                </section>
            }
        },
    )
}

/// An invitation and who is about to accept it.
#[derive(Clone, Debug)]
pub struct JoinForm {
    /// The link's token.
    pub token: String,
    /// What it invites to.
    pub info: InviteInfo,
    /// Who accepts.
    pub who: JoinAs,
    /// Services, and whom one of them vouched for.
    pub outside: Outside,
}

/// Who accepts an invitation.
#[derive(Clone, Debug)]
pub enum JoinAs {
    /// Somebody new, with the name typed so far and the least characters of a password.
    New { name: String, min_password: usize },
    /// Somebody who must sign in first.
    Known,
    /// Whoever is signed in: name and e-mail, where they can work anywhere at the moment.
    SignedIn(Option<(String, String)>),
}

/// Accepting an invitation.
pub fn join(visit: &Visit, form: JoinForm, errors: &Errors) -> Document {
    let errors = errors.clone();
    let organisation = form.info.organisation_name.clone();
    render(
        visit,
        Shape::Card,
        |t| window_title(visit, t, t.join_title(organisation)),
        move || {
            let t = use_texts();
            let JoinForm { token, info, who, outside } = form;
            let Outside { providers, vouched } = outside;
            let here = format!("/join/{token}");
            let signed_in = matches!(who, JoinAs::SignedIn(_));
            let offered = !signed_in && vouched.is_none();
            let services = offered.then(|| services(providers, &here, |t, name| t.identity_join(name)));
            let rest = errors.rest(&["name", "password"]);
            let body = match who {
                JoinAs::New { name, min_password } => {
                    new_member(token, info.email.clone(), name, min_password, vouched, errors)
                }
                JoinAs::Known => known_member(&token, &info, vouched.is_some()),
                JoinAs::SignedIn(person) => signed_in_member(token, &info, person),
            };
            view! {
                <section class="public-card">
                    <h1>{t.join_title(&info.organisation_name)}</h1>
                    <p class="public-lead">{t.join_role(role_text(t, info.role))}</p>
                    {rest}
                    {body}
                    {services.flatten()}
                </section>
            }
        },
    )
}

fn new_member(
    token: String,
    email: String,
    name: String,
    min_password: usize,
    vouched: Option<Vouched>,
    errors: Errors,
) -> AnyView {
    let t = use_texts();
    let focus = errors.focus(&["name", "password"], "name");
    let user_name = email.clone();
    let password = match &vouched {
        Some(_) => view! { <Hidden name="link" value="1" /> }.into_any(),
        None => view! {
            // Unseen, so that the browser saves the password under the right name.
            <input class="visually-hidden" type="email" name="email" autocomplete="username" value=user_name readonly tabindex="-1" aria-hidden="true" />
            <TextField
                name="password"
                label=t.public_password()
                kind="password"
                autocomplete="new-password"
                help=t.public_password_help(min_password.to_string())
                errors=errors.clone()
                focus=focus
            />
        }
        .into_any(),
    };
    view! {
        {vouched.as_ref().map(vouched_new)}
        <PlainForm action="/auth/join" submit=t.join_submit()>
            <Hidden name="token" value=token />
            <Facts><Fact label=t.public_email()>{email}</Fact></Facts>
            <TextField name="name" label=t.public_name() autocomplete="name" value=name errors=errors.clone() focus=focus />
            {password}
        </PlainForm>
    }
    .into_any()
}

/// `vouched`: the way in of a moment ago is added when they sign in.
fn known_member(token: &str, info: &InviteInfo, vouched: bool) -> AnyView {
    let t = use_texts();
    let linking = vouched.then(|| view! { <Hidden name="link" value="1" /> });
    view! {
        <p>{t.join_known(&info.email)}</p>
        <form method="get" action="/sign-in">
            <Hidden name="next" value=format!("/join/{token}") />
            <Hidden name="email" value=info.email.clone() />
            {linking}
            <Button variant=Variant::Primary wide=true submit=true>{t.join_sign_in()}</Button>
        </form>
    }
    .into_any()
}

fn signed_in_member(token: String, info: &InviteInfo, person: Option<(String, String)>) -> AnyView {
    let t = use_texts();
    let other = person.as_ref().is_some_and(|(_, email)| !email.eq_ignore_ascii_case(&info.email));
    let text = t.join_other(&info.email);
    let next = format!("/join/{token}");
    let warning = other.then(move || {
        view! {
            <Notice tone=Tone::Warning>{text}</Notice>
            <form method="post" action="/auth/sign-out">
                <Hidden name="next" value=next />
                <Button wide=true submit=true>{t.action_sign_out()}</Button>
            </form>
        }
    });
    view! {
        {person.map(|(name, email)| view! { <p>{t.join_as(name, email)}</p> })}
        <PlainForm action="/auth/join" submit=t.join_submit()>
            <Hidden name="token" value=token />
        </PlainForm>
        {warning}
    }
    .into_any()
}
