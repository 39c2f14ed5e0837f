//! What the team writes to itself about the order.

use super::super::api::orders_comment;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::{PanelPart, Refresh};
use crate::ui::*;
use domain::views::{CommentView, OrderCard};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn OrderComments(card: Signal<OrderCard>, refresh: Refresh, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let comments = Memo::new(move |_| card.with(|card| card.comments.clone()));
    let one = move |comment: CommentView| {
        let author = comment.author_name.unwrap_or_else(|| t.order_comment_somebody());
        view! {
            <li class="order-comment">
                <Avatar name=author.clone() size=AvatarSize::Small />
                <div>
                    <p class="order-comment-head"><b>{author}</b><Time at=comment.created_at /></p>
                    <p class="order-comment-text">{comment.text}</p>
                </div>
            </li>
        }
    };
    let empty = move || comments.with(Vec::is_empty).then(|| view! { <p class="quiet">{t.order_comments_empty()}</p> });
    view! {
        <PanelPart title=t.order_comments()>
            {empty}
            <ul class="order-comments">
                <For each=move || comments.get() key=|comment| comment.id children=one />
            </ul>
            {move || may_write.get().then(|| view! { <NewComment card=card refresh=refresh /> })}
        </PanelPart>
    }
    .into_any()
}

#[component]
fn NewComment(card: Signal<OrderCard>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let text = RwSignal::new(String::new());
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None);
    let dirty = Signal::derive(move || text.with(|text| !text.trim().is_empty()));
    let send = Callback::new(move |()| {
        let words = text.with_untracked(|text| text.trim().to_owned());
        if words.is_empty() || pending.get_untracked() {
            return;
        }
        let id = card.with_untracked(|card| card.order.id);
        pending.set(true);
        spawn_local(async move {
            let answer = orders_comment(id, words).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(()) => {
                    let _ = text.try_set(String::new());
                    let _ = error.try_set(None);
                    refresh.after_change();
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
        });
    });
    view! {
        <Form on_submit=send error=error dirty=dirty>
            <Field name="text" id="order-comment" label=t.order_comment_label() label_hidden=true>
                <Textarea value=text rows=2 max_length=4000 placeholder=t.order_comment_placeholder() on_send=send />
            </Field>
            {move || {
                dirty
                    .get()
                    .then(|| {
                        view! {
                            <FormActions>
                                <Button submit=true small=true icon=IconName::Send pending=pending>{t.action_send()}</Button>
                            </FormActions>
                        }
                    })
            }}
        </Form>
    }
    .into_any()
}
