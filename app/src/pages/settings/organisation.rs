//! The organisation itself: name, time zone, currency; a warning where the connection is not encrypted; founding another.

use super::api::settings_address;
use super::draft::{Draft, DraftForm, use_organisation};
use super::hours::{Hours, HoursEditor};
use super::second_factor::DemandedFactor;
use super::zones::{currency_choices, zone_choices};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::views::OrganisationInput;
use leptos::prelude::*;

/// The tab.
#[component]
pub fn OrganisationSettings() -> impl IntoView {
    let t = use_texts();
    let loaded = use_organisation();
    let address = Resource::new(|| (), |()| settings_address());
    let warning = move |address: String| {
        address.starts_with("http://").then(|| {
            view! { <Notice tone=Tone::Warning title=t.settings_http_title()>{t.settings_http_text(address)}</Notice> }
        })
    };
    view! {
        <Loaded resource=address skeleton=|| () let:address>{warning(address)}</Loaded>
        <Card title=t.settings_organisation()>
            <Loaded resource=loaded skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=4 /> } let:organisation>
                <OrganisationForm draft=Draft::new(organisation, loaded) />
            </Loaded>
        </Card>
        <DemandedFactor />
        <Card title=t.settings_another()>
            <p class="settings-line">
                <span>{t.settings_another_text()}</span>
                <a class="button" href="/organisations/new" rel="external">
                    <span class="button-text">{t.settings_another_create()}</span>
                </a>
            </p>
        </Card>
    }
    .into_any()
}

#[component]
fn OrganisationForm(draft: Draft) -> impl IntoView {
    let t = use_texts();
    let first = untrack(|| draft.base());
    let zones = zone_choices(t, &first.time_zone);
    let currencies = currency_choices(t, &first.currency);
    let name = RwSignal::new(first.name);
    let time_zone = RwSignal::new(first.time_zone);
    let currency = RwSignal::new(first.currency);
    let hours = Hours::new(&untrack(|| draft.settings()).hours);
    let dirty = Signal::derive(move || {
        let base = draft.base();
        (name.get(), time_zone.get(), currency.get()) != (base.name, base.time_zone, base.currency)
            || hours.read().map_or(true, |week| week != draft.settings().hours)
    });
    let submit = move || {
        let week = match untrack(|| hours.read()) {
            Ok(week) => week,
            Err(error) => return draft.refuse(error),
        };
        let settings = domain::views::OrganisationSettings { hours: week, ..untrack(|| draft.settings()) };
        draft.save(OrganisationInput {
            settings,
            name: name.get_untracked(),
            time_zone: time_zone.get_untracked(),
            currency: currency.get_untracked(),
            ..draft.input()
        });
    };
    view! {
        <DraftForm draft=draft dirty=dirty on_submit=submit>
            <Field name="name" label=t.settings_organisation_name() required=true>
                <Input value=name autocomplete="organization" max_length=100 />
            </Field>
            <FieldRow>
                <Field name="time_zone" label=t.settings_time_zone() help=t.settings_time_zone_help()>
                    <Select value=time_zone choices=zones />
                </Field>
                <Field name="currency" label=t.settings_currency() help=t.settings_currency_help()>
                    <Select value=currency choices=currencies />
                </Field>
            </FieldRow>
            <HoursEditor hours=hours />
        </DraftForm>
    }
    .into_any()
}
