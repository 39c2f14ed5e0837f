//! «Быстрые ответы»: making, changing and removing canned replies.

use super::api::{canned_delete, canned_list, canned_save};
use super::follow::follow;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::live::use_hints;
use crate::ui::{
    Button, Dialog, EmptyState, Field, Form, FormActions, IconButton, IconName, Input, LoadError, Skeleton, Textarea,
    Variant, use_toasts,
};
use domain::ApiError;
use domain::ids::CannedReplyId;
use domain::views::{CannedReplyView, SaveCannedReply};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the dialog shows.
#[derive(Clone, Debug, PartialEq)]
enum Showing {
    List,
    /// A new one, or this one.
    Form(Option<CannedReplyView>),
}

/// The dialog.
#[component]
pub(super) fn CannedDialog(open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let showing = RwSignal::new(Showing::List);
    Effect::new(move |_| {
        if open.get() {
            showing.set(Showing::List);
        }
    });
    view! {
        <Dialog open=open title=t.chats_canned() wide=true>
            {move || match showing.get() {
                Showing::List => view! { <List showing /> }.into_any(),
                Showing::Form(reply) => view! { <Editor reply showing /> }.into_any(),
            }}
        </Dialog>
    }
    .into_any()
}

#[component]
fn List(showing: RwSignal<Showing>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let hints = use_hints(["canned"]);
    let own = RwSignal::new(0u32);
    let replies = follow(|| true, move || hints.get().wrapping_add(own.get()), canned_list);
    let delete = move |reply: CannedReplyView| {
        spawn_local(async move {
            match canned_delete(reply.id).await {
                Ok(()) => {
                    let _ = own.try_update(|n| *n += 1);
                    let again = SaveCannedReply {
                        shortcut: reply.shortcut.clone(),
                        title: reply.title.clone(),
                        text: reply.text.clone(),
                    };
                    toasts.with_action(t.chats_canned_deleted(&reply.shortcut), t.action_undo(), move || {
                        let again = again.clone();
                        spawn_local(async move {
                            match canned_save(None, again).await {
                                Ok(_) => drop(own.try_update(|n| *n += 1)),
                                Err(Fault(error)) => toasts.error(&error),
                            }
                        });
                    });
                }
                Err(Fault(error)) => toasts.error(&error),
            }
        });
    };
    let one = move |reply: CannedReplyView| {
        let (edited, removed) = (reply.clone(), reply.clone());
        view! {
            <li>
                <div>
                    <p><code>"/"{reply.shortcut}</code>" "<b>{reply.title}</b></p>
                    <p class="canned-text">{reply.text}</p>
                </div>
                <IconButton
                    icon=IconName::Pencil
                    label=t.action_edit()
                    small=true
                    on_click=Callback::new(move |()| showing.set(Showing::Form(Some(edited.clone()))))
                />
                <IconButton
                    icon=IconName::Trash
                    label=t.action_delete()
                    small=true
                    on_click=Callback::new(move |()| delete(removed.clone()))
                />
            </li>
        }
    };
    let add = move || showing.set(Showing::Form(None));
    let list = move || match replies.get() {
        None => view! { <Skeleton count=3 /> }.into_any(),
        Some(Err(Fault(error))) => view! { <LoadError error=error retry=move || own.update(|n| *n += 1) /> }.into_any(),
        Some(Ok(list)) if list.is_empty() => view! {
            <EmptyState icon=IconName::Trigger title=t.chats_canned_empty() hint=t.chats_canned_hint() compact=true />
        }
        .into_any(),
        Some(Ok(list)) => view! { <ul class="canned-list">{list.into_iter().map(one).collect_view()}</ul> }.into_any(),
    };
    view! {
        {list}
        <div class="dialog-actions">
            <Button variant=Variant::Primary icon=IconName::Plus on_click=add>{t.chats_canned_add()}</Button>
        </div>
    }
    .into_any()
}

#[component]
fn Editor(reply: Option<CannedReplyView>, showing: RwSignal<Showing>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let id: Option<CannedReplyId> = reply.as_ref().map(|reply| reply.id);
    let of = |read: fn(&CannedReplyView) -> &String| {
        RwSignal::new(reply.as_ref().map(|reply| read(reply).clone()).unwrap_or_default())
    };
    let (shortcut, title, text) = (of(|reply| &reply.shortcut), of(|reply| &reply.title), of(|reply| &reply.text));
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let save = move || {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        let reply = SaveCannedReply {
            shortcut: shortcut.get_untracked(),
            title: title.get_untracked(),
            text: text.get_untracked(),
        };
        spawn_local(async move {
            let answer = canned_save(id, reply).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(_) => {
                    toasts.success(t.state_saved());
                    let _ = showing.try_set(Showing::List);
                }
                Err(Fault(refused)) => drop(error.try_set(Some(refused))),
            }
        });
    };
    view! {
        <Form on_submit=save error=error>
            <Field name="shortcut" label=t.chats_canned_shortcut() help=t.chats_canned_shortcut_help() required=true>
                <Input value=shortcut max_length=30u32 autofocus=true />
            </Field>
            <Field name="title" label=t.chats_canned_title() required=true>
                <Input value=title max_length=100u32 />
            </Field>
            <Field name="text" label=t.chats_canned_text() help=t.chats_canned_text_help() required=true>
                <Textarea value=text rows=5 max_length=4096u32 on_send=save />
            </Field>
            <FormActions>
                <Button variant=Variant::Primary submit=true pending=pending>{t.action_save()}</Button>
                <Button on_click=move || showing.set(Showing::List)>{t.action_back()}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}
