//! Clients as rows.

use super::api::contacts_list;
use super::contact_name;
use crate::format::{phone, use_format};
use crate::i18n::use_texts;
use crate::pages::lists::{Address, CursorPager, Followed, NewAbove, Steady, use_refresh};
use crate::session::use_me;
use crate::ui::*;
use domain::views::{ContactView, ListFilter};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The table with its pages.
#[component]
pub fn ContactList(address: Address, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["contacts", "orders"]);
    let filter = Memo::new(move |_| ListFilter {
        q: address.get("q"),
        active: None,
        cursor: address.get("cursor"),
        limit: None,
    });
    let contacts = Resource::new(
        move || (refresh.tick(), filter.get()),
        |(_, filter)| async move { contacts_list(filter.clone()).await.map(|page| (filter, page)) },
    );
    let navigate = use_navigate();
    let open = Callback::new(move |id: String| navigate(&format!("/contacts/{id}"), Default::default()));
    view! {
        <Followed resource=contacts let:data>
            {
                let list = Signal::derive(move || data.with(|(filter, page)| (filter.clone(), page.items.clone())));
                let steady = Steady::new(list, |contact: &ContactView| contact.id.to_string());
                let next = Signal::derive(move || data.with(|(_, page)| page.next_cursor.clone()));
                view! {
                    <NewAbove steady=steady>
                        <Table
                            label=t.nav_contacts()
                            columns=columns()
                            rows=steady.rows
                            key=|contact: &ContactView| contact.id.to_string()
                            on_open=open
                            empty=move || nothing(data.with(|(filter, _)| filter.q.is_some()), address, may_write)
                        />
                    </NewAbove>
                    <CursorPager address=address next=next />
                }
            }
        </Followed>
    }
    .into_any()
}

fn columns() -> Vec<Column<ContactView>> {
    let t = use_texts();
    let format = use_format();
    let currency = use_me().with_untracked(|me| me.organisation.currency.clone());
    let name = |contact: &ContactView| {
        let name = contact_name(contact);
        let company = Some(contact.company.clone()).filter(|company| !company.is_empty());
        view! {
            <span class="person">
                <Avatar name=name.clone() size=AvatarSize::Small />
                <span>
                    <Link href=format!("/contacts/{}", contact.id) quiet=true>{name}</Link>
                    {company.map(|company| view! { <small>{company}</small> })}
                </span>
            </span>
        }
    };
    let number = |contact: &ContactView| {
        contact.phone.as_deref().map(|e164| view! { <span class="nowrap">{phone(e164)}</span> })
    };
    let email =
        |contact: &ContactView| contact.email.clone().map(|email| view! { <span class="ellipsis">{email}</span> });
    let city = |contact: &ContactView| contact.city.clone();
    let orders = move |contact: &ContactView| (contact.orders > 0).then(|| format.integer(contact.orders));
    let spent =
        move |contact: &ContactView| (contact.spent_minor > 0).then(|| format.money(contact.spent_minor, &currency));
    let created = |contact: &ContactView| view! { <Time at=contact.created_at style=TimeStyle::List /> };
    vec![
        Column::new("name", t.contacts_name(), name),
        Column::new("phone", t.contacts_phone(), number).width("170px"),
        Column::new("email", t.contacts_email(), email),
        Column::new("city", t.contacts_city(), city).secondary().width("140px"),
        Column::new("orders", t.contacts_orders(), orders).end().width("90px"),
        Column::new("spent", t.contacts_spent(), spent).end().width("130px"),
        Column::new("created", t.contacts_created(), created).end().secondary().width("100px"),
    ]
}

fn nothing(searched: bool, address: Address, may_write: Signal<bool>) -> AnyView {
    let t = use_texts();
    let add = may_write.get_untracked().then(|| {
        view! {
            <Button variant=Variant::Primary icon=IconName::Plus on_click=move || address.set(&[("new", Some("1"))])>
                {t.contacts_add()}
            </Button>
        }
    });
    match searched {
        true => view! {
            <EmptyState icon=IconName::Search title=t.ui_nothing_found() hint=t.contacts_none_hint()>
                <LinkButton href="/contacts">{t.lists_reset()}</LinkButton>
                {add}
            </EmptyState>
        }
        .into_any(),
        false => view! {
            <EmptyState icon=IconName::Contacts title=t.contacts_empty() hint=t.contacts_empty_hint()>{add}</EmptyState>
        }
        .into_any(),
    }
}
