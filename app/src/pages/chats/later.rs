//! Messages for later: the dialog where one is planned or changed, and those that wait, below the thread.

use super::api::{chats_later_cancel, chats_later_change, chats_later_plan};
use super::desk::Desk;
use super::snooze::moments;
use crate::door::Fault;
use crate::format::use_format;
use crate::i18n::{error_text, use_texts};
use crate::ui::*;
use domain::ids::LaterId;
use domain::views::{LaterMessageView, LaterState, SaveLater, SendMessage};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the dialog is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Planning {
    /// A new message with this text.
    New(String),
    /// One that waits.
    Change(Box<LaterMessageView>),
}

/// The text of a planned message.
fn text_of(later: &LaterMessageView) -> String {
    let body: SendMessage = serde_json::from_value(later.body.clone()).unwrap_or_default();
    body.text.or(body.template.map(|template| template.name)).unwrap_or_default()
}

/// The dialog.
#[component]
pub(super) fn LaterDialog(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(desk.planning.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && desk.planning.with_untracked(Option::is_some) {
            desk.planning.set(None);
        }
    });
    view! {
        <Dialog open=open title=t.chats_plan_title()>
            {move || desk.planning.get().map(|planning| view! { <Plan desk planning /> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn Plan(desk: Desk, planning: Planning) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let now = use_now();
    let known = match &planning {
        Planning::Change(later) => Some(later.clone()),
        Planning::New(_) => None,
    };
    let text = RwSignal::new(match &planning {
        Planning::New(text) => text.clone(),
        Planning::Change(later) => text_of(later),
    });
    let at = RwSignal::new(known.as_ref().map(|later| later.send_at));
    let unless_answered = RwSignal::new(known.as_ref().is_none_or(|later| later.unless_answered));
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let change = known.as_ref().map(|later| (later.id, later.rev, later.body.clone()));
    let save = move || {
        if pending.get_untracked() {
            return;
        }
        let mut message: SendMessage =
            change.as_ref().and_then(|(_, _, body)| serde_json::from_value(body.clone()).ok()).unwrap_or_default();
        if message.template.is_none() {
            message.text = Some(text.get_untracked());
        }
        let (send_at, rev) = (at.get_untracked().unwrap_or(0), change.as_ref().map(|change| change.1));
        let input = SaveLater { message, send_at, unless_answered: unless_answered.get_untracked(), rev };
        let id = change.as_ref().map(|change| change.0);
        pending.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = match id {
                Some(id) => chats_later_change(id, input).await,
                None => chats_later_plan(desk.id, input).await.map(|_| ()),
            };
            let _ = pending.try_set(false);
            match answer {
                Ok(()) => {
                    if id.is_none() {
                        desk.planned.update(|n| *n = n.wrapping_add(1));
                    }
                    desk.planning.set(None);
                    desk.toasts.success(t.chats_planned(f.day_time(send_at, now.get_untracked())));
                    desk.after_change();
                }
                Err(Fault(refused)) => drop(error.try_set(Some(refused))),
            }
        });
    };
    let picks = moments(t, f, now.get_untracked())
        .into_iter()
        .map(|(words, moment)| view! { <Button small=true on_click=move || at.set(Some(moment))>{words}</Button> })
        .collect_view();
    view! {
        <Form on_submit=save error=error>
            <Field name="text" label=t.chats_message() required=true>
                <Textarea value=text rows=4 max_length=4096 />
            </Field>
            <Field name="send_at" label=t.chats_plan_when() required=true>
                <DateTime value=at />
            </Field>
            <div class="plan-picks">{picks}</div>
            <Checkbox checked=unless_answered label=t.chats_plan_unless() note=t.chats_plan_unless_note() />
            <FormActions>
                <Button on_click=move || desk.planning.set(None)>{t.action_cancel()}</Button>
                <Button variant=Variant::Primary submit=true icon=IconName::Clock pending=pending>{t.chats_plan_save()}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}

/// Messages that wait for their time, and those that could not go.
#[component]
pub(super) fn Planned(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let now = use_now();
    let all = Memo::new(move |_| desk.thread.with(|thread| thread.later.clone()));
    let take_back = move |id: LaterId| {
        spawn_local(async move {
            match chats_later_cancel(id).await {
                Ok(()) => desk.toasts.success(t.chats_plan_taken_back()),
                Err(Fault(error)) => desk.toasts.error(&error),
            }
            desk.after_change();
        });
    };
    let one = move |later: LaterMessageView| {
        let (id, at, failed) = (later.id, later.send_at, later.state == LaterState::Failed);
        let changing = later.clone();
        let unless = later.unless_answered.then(|| t.chats_plan_unless_short());
        let when = match failed {
            true => {
                t.chats_plan_failed(error_text(t, &ApiError::new(later.code.parse().unwrap_or(ErrorCode::Internal))))
            }
            false => t.chats_plan_goes(f.day_time(at, now.get_untracked())),
        };
        view! {
            <article class="bubble by-member planned" class:failed=failed>
                <p class="message-text" dir="auto">{text_of(&later)}</p>
                <footer>
                    <Icon name=if failed { IconName::Alert } else { IconName::Clock } size=12 />
                    <span>{when}</span>
                    {unless.map(|words| view! { <span>{words}</span> })}
                    <span>{later.author_name.clone()}</span>
                    <Show when=move || desk.may_write.get()>
                        <IconButton
                            icon=IconName::Pencil
                            label=t.chats_plan_change()
                            small=true
                            on_click=Callback::new({
                                let changing = changing.clone();
                                move |()| desk.planning.set(Some(Planning::Change(Box::new(changing.clone()))))
                            })
                        />
                        <IconButton icon=IconName::Trash label=t.chats_plan_take_back() small=true on_click=move || take_back(id) />
                    </Show>
                </footer>
            </article>
        }
    };
    move || {
        let all = all.get();
        (!all.is_empty()).then(|| view! { <div class="planned-lines">{all.into_iter().map(one).collect_view()}</div> })
    }
}
