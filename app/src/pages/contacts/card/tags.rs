//! Tags of a client: what people and rules have put on them. Added with Enter, taken away with a cross.

use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::contacts::api::contacts_tags;
use crate::pages::lists::Refresh;
use crate::ui::*;
use domain::views::ContactCard;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Tags(card: Signal<ContactCard>, refresh: Refresh, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let id = card.with_untracked(|card| card.contact.id);
    let tags = Memo::new(move |_| card.with(|card| card.tags.clone()));
    let typed = RwSignal::new(String::new());
    let keep = move |wanted: Vec<String>| {
        spawn_local(async move {
            match contacts_tags(id, wanted).await {
                Ok(()) => drop(typed.try_set(String::new())),
                Err(Fault(error)) => toasts.error(&error),
            }
            refresh.after_change();
        });
    };
    let add = move || {
        let new = typed.with_untracked(|typed| typed.trim().to_owned());
        if !new.is_empty() {
            keep(tags.get_untracked().into_iter().chain([new]).collect());
        }
    };
    let chips = move || {
        let chip = move |tag: String| {
            let label = t.contacts_tag_drop(&tag);
            let gone = StoredValue::new(tag.clone());
            let drop_it = move |_| {
                keep(gone.with_value(|gone| tags.get_untracked().into_iter().filter(|tag| tag != gone).collect()));
            };
            let cross = may_write.get().then(|| {
                view! {
                    <button type="button" class="chip-clear" aria-label=label on:click=drop_it><Icon name=IconName::Close size=12 /></button>
                }
            });
            view! { <span class="chip on"><span class="chip-button"><Icon name=IconName::Tag size=12 />{tag}</span>{cross}</span> }
        };
        let tags = tags.get();
        match tags.is_empty() && !may_write.get() {
            true => view! { <p class="quiet">{t.contacts_tags_none()}</p> }.into_any(),
            false => tags.into_iter().map(chip).collect_view().into_any(),
        }
    };
    let input = move || {
        may_write.get().then(|| {
            view! { <Input value=typed label=t.contacts_tag_add() placeholder=t.contacts_tag_add() max_length=60 on_commit=add /> }
        })
    };
    view! {
        <Card title=t.contacts_tags()>
            <div class="contact-tags">{chips}{input}</div>
        </Card>
    }
    .into_any()
}
