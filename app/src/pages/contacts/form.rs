//! The form of a client, new or known.

use super::api::{contacts_create, contacts_update};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::ui::*;
use domain::ids::ContactId;
use domain::views::{ContactView, SaveContact};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Name, phone, mail, company, city. The note is written on the card.
#[component]
pub fn ContactForm(
    /// What stands in the fields at first; its revision goes along.
    start: SaveContact,
    /// Whom it changes; nobody makes a new one.
    id: Option<ContactId>,
    /// Called with what was stored.
    saved: Callback<ContactView>,
    /// Called when it is given up.
    cancel: Callback<()>,
) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let text = |value: &Option<String>| RwSignal::new(value.clone().unwrap_or_default());
    let (name, email, company, city) = (text(&start.name), text(&start.email), text(&start.company), text(&start.city));
    // As typed: what is no phone must come back as an error on its field, not be left out.
    let phone = RwSignal::new(start.phone.as_deref().map(crate::format::phone).unwrap_or_default());
    let rev = RwSignal::new(start.rev);
    let typed = move || [name, phone, email, company, city].map(|field| field.get());
    let untouched = StoredValue::new(untrack(typed));
    let dirty = Signal::derive(move || untouched.with_value(|old| *old != typed()));
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        let contact = SaveContact {
            name: Some(name.get_untracked()),
            phone: Some(phone.with_untracked(|phone| phone.replace('\u{2011}', "-"))),
            email: Some(email.get_untracked()),
            company: Some(company.get_untracked()),
            city: Some(city.get_untracked()),
            note: None,
            rev: rev.get_untracked(),
        };
        error.set(None);
        pending.set(true);
        spawn_local(async move {
            let answer = match id {
                Some(id) => contacts_update(id, contact).await,
                None => contacts_create(contact).await,
            };
            let _ = pending.try_set(false);
            match answer {
                Ok(contact) => {
                    toasts.success(t.state_saved());
                    saved.run(contact);
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
        });
    };
    let stale = move || error.with(|error| error.as_ref().is_some_and(|e| e.code == ErrorCode::Stale));
    let overwrite = move || {
        rev.set(None);
        submit();
    };
    // The phone belongs to a card that exists: lead there.
    let owner = move || {
        let error = error.get().filter(|e| e.code == ErrorCode::AlreadyExists)?;
        let id = error.args.get("id")?.clone();
        Some(view! { <p class="field-help"><Link href=format!("/contacts/{id}")>{t.contacts_open_owner()}</Link></p> })
    };
    view! {
        <Form on_submit=submit error=error dirty=dirty>
            <Field name="name" label=t.contacts_name()>
                <Input value=name autofocus=true max_length=200 autocomplete="off" />
            </Field>
            <div>
                <Field name="phone" label=t.contacts_phone() help=t.contacts_phone_help()>
                    <Input value=phone kind="tel" input_mode="tel" placeholder="+7 999 123-45-67" autocomplete="off" />
                </Field>
                {owner}
            </div>
            <Field name="email" label=t.contacts_email()>
                <Input value=email kind="email" input_mode="email" autocomplete="off" />
            </Field>
            <FieldRow>
                <Field name="company" label=t.contacts_company()>
                    <Input value=company max_length=200 autocomplete="off" />
                </Field>
                <Field name="city" label=t.contacts_city()>
                    <Input value=city max_length=100 autocomplete="off" />
                </Field>
            </FieldRow>
            <FormActions>
                <Button variant=Variant::Primary submit=true pending=pending>{t.action_save()}</Button>
                <Button variant=Variant::Ghost on_click=cancel>{t.action_cancel()}</Button>
                {move || stale().then(|| view! { <Button on_click=overwrite>{t.contacts_overwrite()}</Button> })}
            </FormActions>
        </Form>
    }
    .into_any()
}
