//! Clients: the table, the form, pairs that may be one person, and the card of one client. Owns what is shown; checks are the services'.

mod api;
mod card;
mod duplicates;
mod form;
mod list;
mod merge;
mod merge_words;

pub use api::*;
pub use card::ContactPage;

use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, SearchBox, use_address, use_refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::rules::FieldKind;
use domain::views::{ContactView, SaveContact};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use texts::Texts;

/// The list of clients.
#[component]
pub fn ContactsPage() -> impl IntoView {
    let t = use_texts();
    let address = use_address();
    let may_write = use_may(Permission::ContactsWrite);
    let (creating, _) = address.layer("new");
    let create = move || {
        may_write.get().then(|| {
            view! {
                <Button variant=Variant::Primary icon=IconName::Plus on_click=move || address.set(&[("new", Some("1"))])>
                    {t.contacts_new()}
                </Button>
            }
        })
    };
    let navigate = use_navigate();
    let created =
        Callback::new(move |contact: ContactView| navigate(&format!("/contacts/{}", contact.id), Default::default()));
    let refresh = use_refresh(["duplicates"]);
    let count = RwSignal::new(0u32);
    // Asked for by the browser: the page does not wait for a number.
    Effect::new(move |_| {
        refresh.tick();
        spawn_local(async move {
            if let Ok(found) = contacts_duplicates_count().await {
                let _ = count.try_set(u32::try_from(found).unwrap_or(u32::MAX));
            }
        });
    });
    let doubles = settled(Memo::new(move |_| address.is("tab", "duplicates")));
    let selected = Signal::derive(move || if doubles.get() { "duplicates" } else { "all" }.to_owned());
    let tabs = vec![
        Tab::new("all", t.contacts_tab_all()).href("/contacts"),
        Tab::new("duplicates", t.contacts_tab_duplicates()).count(count).href("/contacts?tab=duplicates"),
    ];
    view! {
        <Screen title=t.nav_contacts() actions=move || create>
            <Tabs label=t.nav_contacts() tabs=tabs selected=selected />
            {move || match doubles.get() {
                true => apart(move || view! { <duplicates::Duplicates address=address may_write=may_write /> }.into_any()),
                false => apart(move || view! { <All address=address may_write=may_write /> }.into_any()),
            }}
            <merge::MergeDrawer address=address refresh=refresh />
            <Drawer open=creating title=t.contacts_new_title()>
                <form::ContactForm
                    start=SaveContact::default()
                    id=None
                    saved=created
                    cancel=Callback::new(move |()| creating.set(false))
                />
            </Drawer>
        </Screen>
    }
    .into_any()
}

/// Everybody, with the search.
#[component]
fn All(address: Address, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    view! {
        <Toolbar>
            <SearchBox address=address label=t.contacts_search() />
        </Toolbar>
        <list::ContactList address=address may_write=may_write />
    }
    .into_any()
}

/// What a client is called: name, else phone, else mail.
pub fn contact_name(contact: &ContactView) -> String {
    let phone = contact.phone.as_deref().map(crate::format::phone);
    Some(contact.name.clone()).filter(|name| !name.is_empty()).or(phone).or(contact.email.clone()).unwrap_or_default()
}

/// A day `2026-11-21` as people write it.
pub fn day_text(day: &str) -> String {
    day.split('-').rev().collect::<Vec<_>>().join(".")
}

/// A value of a field of one's own as people read it.
pub fn value_text(t: Texts, kind: FieldKind, value: &str) -> String {
    match (kind, value) {
        (FieldKind::Flag, "true") => t.contacts_field_yes(),
        (FieldKind::Flag, _) => t.contacts_field_no(),
        (FieldKind::Date, day) => day_text(day),
        (FieldKind::Number, number) => number.replace('.', ",").replace('-', "\u{2212}"),
        (_, text) => text.to_owned(),
    }
}
