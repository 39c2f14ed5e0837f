//! The landing page: what Pult does in three sentences, one picture, two doors.

use super::document::{Document, Shape, Visit, render};
use super::form::Hidden;
use super::picture::Picture;
use crate::i18n::use_texts;
use crate::ui::{Button, LinkButton, Variant};
use leptos::prelude::*;

/// The landing page.
pub fn landing(visit: &Visit) -> Document {
    let (demo, signed_in) = (visit.demo.clone(), visit.signed_in);
    render(
        visit,
        Shape::Wide,
        |t| t.landing_window(),
        move || {
            let t = use_texts();
            let doors = if signed_in {
                view! { <LinkButton href="/dashboard" variant=Variant::Primary>{t.landing_open()}</LinkButton> }
                    .into_any()
            } else {
                view! {
                    <LinkButton href="/sign-up" variant=Variant::Primary>{t.sign_up_submit()}</LinkButton>
                    <LinkButton href="/sign-in">{t.action_sign_in()}</LinkButton>
                }
                .into_any()
            };
            let demo = demo.filter(|_| !signed_in).map(|(email, password)| view! { <Demo email password /> });
            view! {
                <section class="landing">
                    <div class="landing-words">
                        <h1>{t.landing_title()}</h1>
                        <p>{t.landing_lead_1()}</p>
                        <p>{t.landing_lead_2()}</p>
                        <p>{t.landing_lead_3()}</p>
                        <div class="landing-doors">{doors}</div>
                        {demo}
                    </div>
                    <Picture />
                </section>
                <footer class="public-foot">{t.landing_note()}</footer>
            }
        },
    )
}

/// The way into a demo installation.
#[component]
fn Demo(email: String, password: String) -> impl IntoView {
    let t = use_texts();
    view! {
        <form class="landing-demo" method="post" action="/auth/sign-in">
            <Hidden name="email" value=email.clone() />
            <Hidden name="password" value=password.clone() />
            <p><b>{t.landing_demo_title()}</b> " " {t.landing_demo_text()}</p>
            <p class="landing-demo-sign-in"><code>{email}</code> <code>{password}</code></p>
            <Button submit=true>{t.landing_demo_button()}</Button>
        </form>
    }
    .into_any()
}
