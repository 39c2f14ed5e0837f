//! How the organisation looks: logo, colour, whether it speaks of Pult, the address of its own; and what comes of it.

use super::draft::use_organisation;
use super::look_accent::ColourForm;
use super::look_domain::OwnDomain;
use super::look_logo::LogoCard;
use crate::i18n::use_texts;
use crate::pages::settings::draft::Draft;
use crate::session::use_me;
use crate::ui::*;
use domain::views::logo_address;
use leptos::prelude::*;

/// The tab.
#[component]
pub fn LookSettings() -> impl IntoView {
    let t = use_texts();
    let loaded = use_organisation();
    view! {
        <LogoCard />
        <Card title=t.look_colour()>
            <Loaded resource=loaded skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=3 /> } let:organisation>
                <ColourForm draft=Draft::new(organisation, loaded) />
            </Loaded>
        </Card>
        <OwnDomain />
    }
    .into_any()
}

/// What others will see: the head of an invitation with its button. `style` gives it the colour.
#[component]
pub(super) fn Preview(
    /// Colour that is being chosen; "" for the usual one.
    #[prop(into)]
    accent: Signal<String>,
    /// Whether Pult is spoken of.
    #[prop(into)]
    own: Signal<bool>,
) -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let name = Signal::derive(move || me.with(|me| me.organisation.name.clone()));
    let logo =
        Memo::new(move |_| me.with(|me| me.organisation.logo.map(|logo| logo_address(me.organisation.id, logo))));
    let style = move || accent.with(|accent| domain::look::style(accent));
    view! {
        <figure class="look-preview" style=style>
            <figcaption class="settings-note">{t.look_preview()}</figcaption>
            <div class="look-preview-page" aria-hidden="true">
                <span class="public-brand"><OrganisationSign name=name logo=logo /> <b>{move || name.get()}</b></span>
                <p>{move || t.join_title(name.get())}</p>
                <span class="button primary"><span class="button-text">{t.join_submit()}</span></span>
                <span class="link">{t.sign_in_forgot()}</span>
                {move || (!own.get()).then(|| view! { <small><Logo size=14 /> {t.public_powered()}</small> })}
            </div>
        </figure>
    }
    .into_any()
}
