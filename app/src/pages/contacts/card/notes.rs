//! Notes about a client: written in one field, each changed or taken away by whoever wrote it. Older ones stand in the
//! timeline.

use super::super::api::{contacts_note_delete, contacts_note_edit, contacts_note_write};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::{ConfirmAction, Doing, Refresh};
use crate::session::use_me;
use crate::ui::*;
use domain::ApiError;
use domain::ids::{ContactId, NoteId};
use domain::views::{ContactCard, NoteView, SaveNote};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Longest note; the service says the same.
const MOST: u32 = 5_000;

/// The newest notes, and the field for a new one.
#[component]
pub fn Notes(card: Signal<ContactCard>, refresh: Refresh, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let notes = Memo::new(move |_| card.with(|card| card.notes.clone()));
    let contact = card.with_untracked(|card| card.contact.id);
    let deleting = RwSignal::new(None::<NoteId>);
    let asking = RwSignal::new(false);
    let delete = Callback::new(move |()| {
        let id = deleting.get_untracked()?;
        let doing: Doing = Box::pin(async move {
            contacts_note_delete(id).await?;
            Ok(t.contacts_notes_deleted())
        });
        Some(doing)
    });
    let ask = Callback::new(move |id| {
        deleting.set(Some(id));
        asking.set(true);
    });
    let empty = move || notes.with(Vec::is_empty).then(|| view! { <p class="quiet">{t.contacts_notes_empty()}</p> });
    // By id and change: a note that is being edited here stays as it is while others come.
    let keys = Signal::derive(move || notes.with(|notes| notes.iter().map(key).collect::<Vec<_>>()));
    let item = move |wanted: String| {
        let note = notes.with_untracked(|notes| notes.iter().find(|note| key(note) == wanted).cloned());
        match note {
            Some(note) => view! { <One note=note ask=ask refresh=refresh may_write=may_write /> }.into_any(),
            None => ().into_any(),
        }
    };
    view! {
        <Card title=t.contacts_notes()>
            <div class="stack">
                {move || may_write.get().then(|| view! { <NewNote contact=contact refresh=refresh /> })}
                {empty}
                <ul class="contact-notes"><Each keys=keys item=std::sync::Arc::new(item) /></ul>
            </div>
        </Card>
        <ConfirmAction
            open=asking
            title=t.contacts_notes_delete_title()
            text=t.contacts_notes_delete_text()
            confirm=t.action_delete()
            refresh=refresh
            action=delete
        />
    }
    .into_any()
}

fn key(note: &NoteView) -> String {
    format!("{}.{}", note.id, note.edited_at.unwrap_or_default())
}

#[component]
fn One(note: NoteView, ask: Callback<NoteId>, refresh: Refresh, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let editing = RwSignal::new(false);
    let (id, author_id) = (note.id, note.author_id);
    let author = note.author_name.clone().unwrap_or_else(|| t.contacts_notes_somebody());
    let own =
        Signal::derive(move || may_write.get() && author_id.is_some() && author_id == me.with(|me| Some(me.user_id)));
    let edited = note.edited_at.map(|_| view! { <span class="quiet">{t.chats_edited()}</span> });
    let hands = move || {
        (own.get() && !editing.get()).then(|| {
            view! {
                <span class="push">
                    <IconButton small=true icon=IconName::Pencil label=t.action_edit() on_click=move || editing.set(true) />
                    <IconButton small=true icon=IconName::Trash label=t.action_delete() on_click=move || ask.run(id) />
                </span>
            }
        })
    };
    let text = StoredValue::new(note.text.clone());
    let body = move || match editing.get() {
        true => view! { <EditNote id=id start=text.get_value() editing=editing refresh=refresh /> }.into_any(),
        false => view! { <p class="contact-note">{text.get_value()}</p> }.into_any(),
    };
    view! {
        <li>
            <p class="contact-note-head"><b>{author}</b><Time at=note.created_at />{edited}{hands}</p>
            {body}
        </li>
    }
    .into_any()
}

#[component]
fn NewNote(contact: ContactId, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let text = RwSignal::new(String::new());
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let dirty = Signal::derive(move || text.with(|text| !text.trim().is_empty()));
    let send = move || {
        let words = text.with_untracked(|text| text.trim().to_owned());
        if words.is_empty() || pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = contacts_note_write(contact, SaveNote { text: words }).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(_) => {
                    let _ = text.try_set(String::new());
                    let _ = error.try_set(None);
                    refresh.after_change();
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
        });
    };
    let button = move || {
        dirty.get().then(|| {
            view! {
                <FormActions>
                    <Button variant=Variant::Primary small=true submit=true pending=pending>{t.contacts_notes_write()}</Button>
                </FormActions>
            }
        })
    };
    view! {
        <Form on_submit=send error=error dirty=dirty>
            <Field name="text" id="contact-note-new" label=t.contacts_notes_label() label_hidden=true>
                <Textarea value=text rows=2 max_length=MOST placeholder=t.contacts_notes_placeholder() on_send=send />
            </Field>
            {button}
        </Form>
    }
    .into_any()
}

#[component]
fn EditNote(id: NoteId, start: String, editing: RwSignal<bool>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let text = RwSignal::new(start.clone());
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let dirty = Signal::derive(move || text.with(|text| *text != start));
    let save = move || {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = contacts_note_edit(id, SaveNote { text: text.get_untracked() }).await;
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
    view! {
        <Form on_submit=save error=error dirty=dirty>
            <Field name="text" label=t.contacts_notes_label() label_hidden=true>
                <Textarea value=text rows=3 max_length=MOST on_send=save />
            </Field>
            <FormActions>
                <Button variant=Variant::Primary small=true submit=true pending=pending>{t.action_save()}</Button>
                <Button small=true variant=Variant::Ghost on_click=move || editing.set(false)>{t.action_cancel()}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}
