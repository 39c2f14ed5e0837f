//! The card of one client: who it is, where they write from, what they ordered, what happened.

mod fields;
mod merged;
mod note;
mod notes;
mod rows;
mod tags;
mod timeline;

use super::api::contacts_get;
use super::contact_name;
use super::form::ContactForm;
use super::merge::MergeDrawer;
use crate::format::{phone, use_format};
use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::chats::words::channel_text;
use crate::pages::lists::{Followed, Refresh, use_address, use_refresh};
use crate::session::{use_may, use_me};
use crate::ui::*;
use domain::access::Permission;
use domain::ids::ContactId;
use domain::views::{ContactCard, ContactView, SaveContact};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};

/// One client.
#[component]
pub fn ContactPage() -> impl IntoView {
    let t = use_texts();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<ContactId>().ok())));
    move || match id.get() {
        Some(id) => view! { <Loading id=id /> }.into_any(),
        None => view! {
            <Screen title=t.nav_contacts()>
                <LoadError error=ApiError::new(ErrorCode::NotFound) />
            </Screen>
        }
        .into_any(),
    }
}

#[component]
fn Loading(id: ContactId) -> impl IntoView {
    let t = use_texts();
    let refresh =
        use_refresh([format!("contacts:{id}"), "orders".to_owned(), "chats".to_owned(), "duplicates".to_owned()]);
    let card = Resource::new(move || refresh.tick(), move |_| contacts_get(id));
    let title = RwSignal::new(t.contacts_one());
    let editing = RwSignal::new(false);
    let may_write = use_may(Permission::ContactsWrite);
    let known = RwSignal::new(false);
    let actions = move || {
        (may_write.get() && known.get()).then(|| {
            view! { <Button icon=IconName::Pencil on_click=move || editing.set(true)>{t.action_edit()}</Button> }
        })
    };
    let back = || view! { <BackLink /> };
    view! {
        <Screen title=title actions=move || actions aside=back>
            <Followed resource=card skeleton=|| view! { <Skeleton shape=SkeletonShape::Block count=2 /> } let:card>
                <Body asked=id card=card refresh=refresh title=title known=known editing=editing may_write=may_write />
            </Followed>
        </Screen>
    }
    .into_any()
}

#[component]
fn BackLink() -> impl IntoView {
    let t = use_texts();
    view! { <a class="link quiet back-link" href="/contacts"><Icon name=IconName::ArrowLeft size=14 />{t.contacts_back()}</a> }
}

#[component]
fn Body(
    asked: ContactId,
    card: Signal<ContactCard>,
    refresh: Refresh,
    title: RwSignal<String>,
    known: RwSignal<bool>,
    editing: RwSignal<bool>,
    may_write: Signal<bool>,
) -> impl IntoView {
    let t = use_texts();
    let contact = Memo::new(move |_| card.with(|card| card.contact.clone()));
    Effect::new(move |_| {
        title.set(contact.with(contact_name));
        known.set(true);
    });
    // The card went into another one: its address becomes that one's.
    let navigate = use_navigate();
    Effect::new(move |_| {
        let now = contact.with(|contact| contact.id);
        if now != asked {
            navigate(&format!("/contacts/{now}"), NavigateOptions { replace: true, ..Default::default() });
        }
    });
    let address = use_address();
    let may_see_orders = use_may(Permission::OrdersRead);
    let may_see_chats = use_may(Permission::ChatsRead);
    let saved = Callback::new(move |_: ContactView| {
        editing.set(false);
        refresh.after_change();
    });
    let form = move || {
        let contact = contact.get_untracked();
        let id = contact.id;
        let start = SaveContact {
            name: Some(contact.name),
            phone: contact.phone,
            email: contact.email,
            company: Some(contact.company),
            city: Some(contact.city),
            note: None,
            rev: Some(contact.rev),
        };
        view! { <ContactForm start=start id=Some(id) saved=saved cancel=Callback::new(move |()| editing.set(false)) /> }
    };
    view! {
        <div class="contact-card">
            <div class="stack">
                <merged::MayBeOne card=card address=address may_write=may_write />
                <Card><Who card=card /></Card>
                <tags::Tags card=card refresh=refresh may_write=may_write />
                <fields::OwnFields card=card refresh=refresh may_write=may_write />
                <note::Note contact=contact refresh=refresh may_write=may_write />
                <merged::Merged card=card refresh=refresh may_write=may_write />
            </div>
            <div class="stack">
                <notes::Notes card=card refresh=refresh may_write=may_write />
                {move || may_see_orders.get().then(|| view! { <rows::Orders card=card /> })}
                {move || may_see_chats.get().then(|| view! { <rows::Chats card=card /> })}
                <timeline::ClientTimeline id=contact.with_untracked(|contact| contact.id) address=address />
            </div>
        </div>
        <Drawer open=editing title=t.contacts_edit_title()>{form}</Drawer>
        <MergeDrawer address=address refresh=refresh />
    }
    .into_any()
}

/// Who it is and how to reach them.
#[component]
fn Who(card: Signal<ContactCard>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let me = use_me();
    let facts =
        Memo::new(move |_| card.with(|card| (card.contact.clone(), card.identities.clone(), card.reaches.clone())));
    move || {
        let (contact, identities, reaches) = facts.get();
        let name = contact_name(&contact);
        let currency = me.with(|me| me.organisation.currency.clone());
        let spent = format.money(contact.spent_minor, &currency);
        let text =
            move |label: String, value: String| (!value.is_empty()).then(|| view! { <Fact label=label>{value}</Fact> });
        let number = contact.phone.clone().map(|e164| {
            view! { <Fact label=t.contacts_phone()><a class="link quiet" href=format!("tel:{e164}")>{phone(&e164)}</a></Fact> }
        });
        let email = contact.email.clone().map(|email| {
            view! { <Fact label=t.contacts_email()><a class="link quiet" href=format!("mailto:{email}")>{email.clone()}</a></Fact> }
        });
        let more = reaches.into_iter().map(move |reach| match reach.kind.as_str() {
            "phone" => {
                let shown = phone(&reach.value);
                view! { <Fact label=t.contacts_more_phone()><a class="link quiet" href=format!("tel:{}", reach.value)>{shown}</a></Fact> }
                    .into_any()
            }
            _ => {
                let shown = reach.value.clone();
                view! { <Fact label=t.contacts_more_email()><a class="link quiet" href=format!("mailto:{}", reach.value)>{shown}</a></Fact> }
                    .into_any()
            }
        });
        let more = more.collect_view();
        let ids = identities.into_iter().map(move |identity| {
            view! { <Fact label=channel_text(t, identity.channel)><code>{identity.external_id}</code></Fact> }
        });
        let ids = ids.collect_view();
        let (name, big) = (name.clone(), name);
        let unreachable = contact.unreachable.clone().map(|why| {
            view! { <Notice tone=Tone::Warning title=t.contacts_unreachable()>{why}</Notice> }
        });
        view! {
            <div class="contact-head">
                <Avatar name=big size=AvatarSize::Large />
                <div>
                    <p class="contact-name">{name}</p>
                    <p class="quiet">{t.contacts_since(format.date_long(contact.created_at))}</p>
                </div>
            </div>
            {unreachable}
            <Facts>
                {number}
                {email}
                {more}
                {text(t.contacts_company(), contact.company)}
                {text(t.contacts_city(), contact.city)}
                {ids}
                <Fact label=t.contacts_orders()>{format.integer(contact.orders)}</Fact>
                <Fact label=t.contacts_spent()>{spent}</Fact>
            </Facts>
        }
        .into_any()
    }
}
