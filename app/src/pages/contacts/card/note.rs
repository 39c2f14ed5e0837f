//! The note about a client: read and changed in place.

use super::super::api::contacts_update;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::ui::*;
use domain::views::{ContactView, SaveContact};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The note with its form.
#[component]
pub fn Note(contact: Memo<ContactView>, refresh: Refresh, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let editing = RwSignal::new(false);
    let note = Memo::new(move |_| contact.with(|contact| contact.note.clone()));
    let edit = move || {
        (may_write.get() && !editing.get()).then(|| {
            let words = if note.with(String::is_empty) { t.contacts_note_add() } else { t.action_edit() };
            view! {
                <span class="push">
                    <Button small=true variant=Variant::Ghost icon=IconName::Pencil on_click=move || editing.set(true)>
                        {words}
                    </Button>
                </span>
            }
        })
    };
    let body = move || match (editing.get(), note.get()) {
        (true, _) => view! { <NoteForm contact=contact refresh=refresh editing=editing /> }.into_any(),
        (false, note) if note.is_empty() => view! { <p class="quiet">{t.contacts_note_empty()}</p> }.into_any(),
        (false, note) => view! { <p class="contact-note">{note}</p> }.into_any(),
    };
    view! { <Card title=t.contacts_note() aside=move || edit>{body}</Card> }.into_any()
}

#[component]
fn NoteForm(contact: Memo<ContactView>, refresh: Refresh, editing: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let (id, start, rev) = contact.with_untracked(|contact| (contact.id, contact.note.clone(), contact.rev));
    let text = RwSignal::new(start.clone());
    let rev = RwSignal::new(Some(rev));
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let dirty = Signal::derive(move || text.with(|text| *text != start));
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        error.set(None);
        pending.set(true);
        let save = SaveContact { note: Some(text.get_untracked()), rev: rev.get_untracked(), ..Default::default() };
        spawn_local(async move {
            let answer = contacts_update(id, save).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(_) => {
                    refresh.after_change();
                    let _ = editing.try_set(false);
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
    // What the other wrote, beside what is typed here.
    let theirs = move || {
        stale().then(|| view! { <Notice tone=Tone::Warning title=t.contacts_note_theirs()>{contact.with(|c| c.note.clone())}</Notice> })
    };
    view! {
        <Form on_submit=submit error=error dirty=dirty>
            {theirs}
            <Field name="note" label=t.contacts_note() label_hidden=true>
                <Textarea value=text rows=4 max_length=5000 on_send=submit />
            </Field>
            <FormActions>
                <Button variant=Variant::Primary small=true submit=true pending=pending>{t.action_save()}</Button>
                <Button small=true variant=Variant::Ghost on_click=move || editing.set(false)>{t.action_cancel()}</Button>
                {move || stale().then(|| view! { <Button small=true on_click=overwrite>{t.contacts_overwrite()}</Button> })}
            </FormActions>
        </Form>
    }
    .into_any()
}
