//! The form of a new order, in a dialog: over the list of orders and over a chat. Owns the form; lines and their counting
//! belong to the order pages, checks to the services.

use crate::door::{Answer, Door, Fault};
use crate::i18n::use_texts;
use crate::pages::chats::words::client_name;
use crate::pages::contacts::contacts_list;
use crate::pages::orders::{Lines, LinesEditor, number_text, order_href};
use crate::session::use_me;
use crate::ui::*;
use domain::ids::{ChatId, ContactId};
use domain::views::{ContactView, ListFilter, NewOrder, OrderCard};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

/// Makes an order.
#[server(prefix = "/api/ui", endpoint = "orders_create", protocol = Door)]
pub async fn orders_create(order: NewOrder) -> Answer<OrderCard> {
    Ok(services::orders::create(&crate::door::cx()?, &order).await?)
}

/// «Новый заказ».
#[component]
pub fn OrderDialog(
    /// Open or not, both ways.
    open: RwSignal<bool>,
    /// The client, where it is known: id and name. Otherwise it is asked for.
    #[prop(optional, into)]
    contact: Signal<Option<(ContactId, String)>>,
    /// The chat it is made from.
    #[prop(optional, into)]
    chat: Option<ChatId>,
    /// Called with the order after it was made; otherwise a message with a link says so.
    #[prop(optional, into)]
    on_created: Option<Callback<OrderCard>>,
) -> impl IntoView {
    let t = use_texts();
    view! {
        <Dialog open=open title=t.order_form_title() wide=true>
            <OrderForm open contact chat on_created />
        </Dialog>
    }
    .into_any()
}

#[component]
fn OrderForm(
    open: RwSignal<bool>,
    contact: Signal<Option<(ContactId, String)>>,
    #[prop(optional_no_strip)] chat: Option<ChatId>,
    #[prop(optional_no_strip)] on_created: Option<Callback<OrderCard>>,
) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let me = use_me();
    let known = contact.get_untracked();
    let chosen =
        RwSignal::new(known.as_ref().map(|(id, name)| Choice::new(id.to_string(), client_name(t, name, None))));
    let (title, comment) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let lines = Lines::new(&[]);
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let dirty = Signal::derive(move || !lines.is_empty() || comment.with(|text| !text.trim().is_empty()));
    let currency = Signal::derive(move || me.with(|me| me.organisation.currency.clone()));
    let missing = move |name: &'static str, words: fn(texts::Texts) -> String| {
        Signal::derive(move || {
            error
                .with(|error| {
                    error.as_ref().is_some_and(|e| e.code == ErrorCode::Required && e.field.as_deref() == Some(name))
                })
                .then(|| words(t))
        })
    };
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        let required = |field: &str| error.set(Some(ApiError::new(ErrorCode::Required).field(field)));
        let contact_id = chosen.with_untracked(|choice| choice.as_ref().and_then(|choice| choice.value.parse().ok()));
        if contact_id.is_none() {
            return required("contact_id");
        }
        let items = untrack(|| lines.items());
        if items.is_empty() {
            return required("items");
        }
        let text =
            |signal: RwSignal<String>| Some(signal.get_untracked().trim().to_owned()).filter(|text| !text.is_empty());
        let order = NewOrder {
            contact_id,
            chat_id: chat,
            title: text(title),
            comment: text(comment),
            items,
            ..Default::default()
        };
        error.set(None);
        pending.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = orders_create(order).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(card) => {
                    let _ = open.try_set(false);
                    if let Some(on_created) = on_created {
                        on_created.run(card);
                        return;
                    }
                    let number = number_text(t, card.order.number);
                    let href = order_href(card.order.id);
                    toasts.with_action(t.order_form_created(number), t.action_open(), move || {
                        navigate(&href, Default::default())
                    });
                }
                Err(Fault(refused)) => drop(error.try_set(Some(refused))),
            }
        });
    };
    let who = match known {
        Some((_, name)) => view! { <p class="order-form-contact"><Icon name=IconName::User size=14 />{client_name(t, &name, None)}</p> }.into_any(),
        None => view! {
            <Field name="contact_id" label=t.order_contact() required=true error=missing("contact_id", |t| t.order_form_no_contact())>
                <ContactSearch chosen />
            </Field>
        }
        .into_any(),
    };
    view! {
        <Form on_submit=submit.clone() error=error dirty=dirty>
            {who}
            <LinesEditor lines=lines currency=currency error=error />
            {move || {
                missing("items", |t| t.order_form_no_items())
                    .get()
                    .filter(|_| lines.is_empty())
                    .map(|text| view! { <p class="field-error" role="alert"><Icon name=IconName::Alert size=14 />{text}</p> })
            }}
            <Field name="title" label=t.order_title_label() help=t.order_form_title_help()>
                <Input value=title max_length=200u32 />
            </Field>
            <Field name="comment" label=t.order_form_comment() help=t.order_form_comment_help()>
                <Textarea value=comment rows=2 max_length=4000u32 on_send=submit />
            </Field>
            <FormActions>
                <Button variant=Variant::Primary submit=true pending=pending>{t.order_form_create()}</Button>
                <Button on_click=move || open.set(false)>{t.action_cancel()}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}

/// A client found by name, phone or mail.
#[component]
fn ContactSearch(chosen: RwSignal<Option<Choice>>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let contacts = RwSignal::new(Vec::<ContactView>::new());
    let searching = RwSignal::new(false);
    let asked = StoredValue::new(0u32);
    let search = move |q: String| {
        let this = asked.get_value().wrapping_add(1);
        asked.set_value(this);
        searching.set(true);
        spawn_local(async move {
            let answer = contacts_list(ListFilter { q: Some(q), limit: Some(8), ..Default::default() }).await;
            // Only the last question counts.
            if asked.try_get_value() == Some(this) {
                let _ = searching.try_set(false);
                match answer {
                    Ok(page) => drop(contacts.try_set(page.items)),
                    Err(Fault(error)) => toasts.error(&error),
                }
            }
        });
    };
    let found = Signal::derive(move || {
        let choice = |contact: &ContactView| {
            let phone = contact.phone.as_deref().map(crate::format::phone);
            let note = [phone, contact.email.clone(), Some(contact.city.clone())];
            let note = note.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            Choice::new(contact.id.to_string(), client_name(t, &contact.name, contact.phone.as_deref())).note(note)
        };
        contacts.with(|contacts| contacts.iter().map(choice).collect::<Vec<_>>())
    });
    view! {
        <Combobox chosen=chosen found=found on_search=search searching=searching placeholder=t.order_form_contact_search() autofocus=true />
    }
    .into_any()
}
