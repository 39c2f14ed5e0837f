//! What a card has to do with others: it may be of the same person as another one, and others may have gone into it.

use super::super::api::contacts_part;
use super::super::contact_name;
use super::super::merge_words::{reason_text, stayed_text};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, ConfirmAction, Doing, Refresh};
use crate::ui::*;
use domain::ids::ContactId;
use domain::views::{ContactCard, DuplicateView, MergeView};
use leptos::prelude::*;

/// Other cards that may be of this person; nothing while there are none.
#[component]
pub fn MayBeOne(card: Signal<ContactCard>, address: Address, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let pairs = Memo::new(move |_| card.with(|card| (card.contact.id, card.duplicates.clone())));
    let row = move |id: ContactId, pair: DuplicateView| {
        let other = if pair.one.id == id { &pair.other } else { &pair.one };
        let (name, other) = (contact_name(other), other.id);
        let why = pair.reasons.iter().map(|reason| reason_text(t, reason)).collect::<Vec<_>>().join(" · ");
        let merge = move || address.set(&[("merge", Some(&format!("{id}.{other}")))]);
        let end = move || {
            may_write.get().then(|| view! { <Button small=true on_click=merge>{t.contacts_merge_begin()}</Button> })
        };
        view! { <ListRow title=name note=why href=format!("/contacts/{other}") end=end /> }
    };
    move || {
        let (id, pairs) = pairs.get();
        (!pairs.is_empty()).then(|| {
            view! {
                <Card title=t.contacts_may_be_one() attention=true flush=true>
                    {pairs.into_iter().map(|pair| row(id, pair)).collect_view()}
                </Card>
            }
        })
    }
}

/// Cards that went into this one, with the way back.
#[component]
pub fn Merged(card: Signal<ContactCard>, refresh: Refresh, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let now = use_now();
    let toasts = use_toasts();
    let merges = Memo::new(move |_| card.with(|card| card.merges.clone()));
    let chosen = RwSignal::new(None::<MergeView>);
    let asking = RwSignal::new(false);
    let text = Signal::derive(move || {
        chosen.with(|it| it.as_ref().map(|it| t.contacts_part_text(&it.gone_name)).unwrap_or_default())
    });
    let part = Callback::new(move |()| {
        let merge = chosen.get_untracked()?;
        let doing: Doing = Box::pin(async move {
            let parted = contacts_part(merge.id).await?;
            let stayed = stayed_text(t, &parted.stayed);
            if !stayed.is_empty() {
                toasts.info(t.contacts_part_stayed(stayed));
            }
            Ok(t.contacts_part_done(merge.gone_name))
        });
        Some(doing)
    });
    let row = move |merge: MergeView| {
        let day = format.date(merge.merged_at);
        let note = match merge.merged_by_name.clone() {
            Some(name) => t.contacts_merged_by(day, name),
            None => day,
        };
        let until = merge.undo_until;
        let title = merge.gone_name.clone();
        let end = move || {
            let merge = merge.clone();
            let ask = move || {
                chosen.set(Some(merge.clone()));
                asking.set(true);
            };
            (may_write.get() && now.get() < until)
                .then(|| view! { <Button small=true icon=IconName::Undo on_click=ask>{t.contacts_part()}</Button> })
        };
        view! { <ListRow title=title note=note end=end /> }
    };
    let list = move || {
        let merges = merges.get();
        (!merges.is_empty()).then(
            || view! { <Card title=t.contacts_merged() flush=true>{merges.into_iter().map(row).collect_view()}</Card> },
        )
    };
    view! {
        {list}
        <ConfirmAction open=asking title=t.contacts_part_title() text=text confirm=t.contacts_part() refresh=refresh action=part />
    }
    .into_any()
}
