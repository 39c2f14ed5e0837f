//! «Дубли»: pairs of cards that may be of one person, each with its reasons. A person decides; nothing is merged by itself.

use super::api::{contacts_differ, contacts_duplicates};
use super::contact_name;
use super::merge_words::reason_text;
use crate::door::Fault;
use crate::format::{phone, use_format};
use crate::i18n::use_texts;
use crate::pages::lists::{Address, ChipMenu, Chips, CursorPager, Followed, NewAbove, Refresh, Steady, use_refresh};
use crate::ui::*;
use domain::ErrorCode;
use domain::ids::ContactId;
use domain::views::{ContactView, DecidePair, DuplicateFilter, DuplicateView};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list with its pages.
#[component]
pub fn Duplicates(address: Address, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["duplicates"]);
    let filter = Memo::new(move |_| DuplicateFilter {
        different: address.is("show", "different"),
        contact_id: None,
        cursor: address.get("cursor"),
        limit: Some(20),
    });
    let pairs = Resource::new(
        move || (refresh.tick(), filter.get()),
        |(_, filter)| async move { contacts_duplicates(filter.clone()).await.map(|page| (filter, page)) },
    );
    let choices = Signal::stored(vec![Choice::new("different", t.contacts_pairs_different())]);
    view! {
        <Chips label=t.journal_filters()>
            <ChipMenu address=address name="show" label=t.contacts_pairs_show() choices=choices />
        </Chips>
        <Followed resource=pairs skeleton=|| view! { <Skeleton shape=SkeletonShape::Block count=3 /> } let:data>
            {
                let list = Signal::derive(move || data.with(|(filter, page)| (filter.clone(), page.items.clone())));
                let steady = Steady::new(list, |pair: &DuplicateView| format!("{}.{}", pair.one.id, pair.other.id));
                let next = Signal::derive(move || data.with(|(_, page)| page.next_cursor.clone()));
                let different = Signal::derive(move || data.with(|(filter, _)| filter.different));
                let rows = move || {
                    let rows = steady.rows.get();
                    let (different, may) = (different.get(), may_write.get());
                    match rows.is_empty() {
                        true => nothing(different),
                        false => {
                            let one = move |pair| {
                                view! { <Pair pair=pair different=different may=may address=address refresh=refresh /> }
                            };
                            view! { <ul class="pairs">{rows.into_iter().map(one).collect_view()}</ul> }.into_any()
                        }
                    }
                };
                view! {
                    <NewAbove steady=steady>{rows}</NewAbove>
                    <CursorPager address=address next=next />
                }
            }
        </Followed>
    }
    .into_any()
}

fn nothing(different: bool) -> AnyView {
    let t = use_texts();
    let (title, hint) = match different {
        true => (t.contacts_pairs_none_different(), t.contacts_pairs_none_different_hint()),
        false => (t.contacts_pairs_none(), t.contacts_pairs_none_hint()),
    };
    view! { <EmptyState icon=IconName::Contacts title=title hint=hint /> }.into_any()
}

#[component]
fn Pair(pair: DuplicateView, different: bool, may: bool, address: Address, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let (one, other) = (pair.one.id, pair.other.id);
    let reasons: Vec<String> = pair.reasons.iter().map(|reason| reason_text(t, reason)).collect();
    let reasons = reasons
        .into_iter()
        .map(|why| view! { <Badge tone=Tone::Info icon=IconName::Link>{why}</Badge> })
        .collect_view();
    let hands =
        may.then(|| view! { <Hands one=one other=other different=different address=address refresh=refresh /> });
    view! {
        <li class="card pair">
            <div class="pair-sides"><Side contact=pair.one.clone() /><Side contact=pair.other.clone() /></div>
            <div class="pair-reasons">{reasons}</div>
            {hands}
        </li>
    }
    .into_any()
}

/// One of the two cards, short.
#[component]
fn Side(contact: ContactView) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let name = contact_name(&contact);
    let known = [contact.phone.as_deref().map(phone), contact.email.clone(), Some(contact.city.clone())];
    let known: Vec<String> = known.into_iter().flatten().filter(|text| !text.is_empty() && *text != name).collect();
    let since = t.contacts_since(format.date_long(contact.created_at));
    let orders = (contact.orders > 0).then(|| t.contacts_pairs_orders(contact.orders));
    let quiet: Vec<String> = std::iter::once(since).chain(orders).collect();
    view! {
        <div class="person">
            <Avatar name=name.clone() size=AvatarSize::Small />
            <span>
                <Link href=format!("/contacts/{}", contact.id)>{name}</Link>
                <small>{known.join(" · ")}</small>
                <small class="quiet">{quiet.join(" · ")}</small>
            </span>
        </div>
    }
    .into_any()
}

/// What can be decided.
#[component]
fn Hands(one: ContactId, other: ContactId, different: bool, address: Address, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let decide = move |different: bool| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match contacts_differ(DecidePair { one_id: one, other_id: other, different }).await {
                Ok(()) if different => toasts.success(t.contacts_pairs_said_different()),
                Ok(()) => toasts.success(t.contacts_pairs_said_again()),
                // Somebody else was faster: the list says how it stands.
                Err(Fault(error)) if matches!(error.code, ErrorCode::ContactMerged | ErrorCode::NotFound) => {
                    toasts.info(t.contacts_pairs_too_late());
                }
                Err(Fault(error)) => toasts.error(&error),
            }
            let _ = busy.try_set(false);
            refresh.now();
        });
    };
    let merge = move || address.set(&[("merge", Some(&format!("{one}.{other}")))]);
    match different {
        true => view! {
            <div class="pair-hands">
                <Button small=true icon=IconName::Undo pending=busy on_click=move || decide(false)>{t.contacts_pairs_again()}</Button>
            </div>
        }
        .into_any(),
        false => view! {
            <div class="pair-hands">
                <Button small=true variant=Variant::Primary on_click=merge>{t.contacts_merge_begin()}</Button>
                <Button small=true pending=busy on_click=move || decide(true)>{t.contacts_pairs_differ()}</Button>
            </div>
        }
        .into_any(),
    }
}
