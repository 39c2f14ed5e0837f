//! Making two cards one: which card stays, field by field what it takes over, and what comes along. Nothing happens before
//! the button.

use super::api::{contacts_merge, contacts_merge_preview};
use super::contact_name;
use super::merge_words::{field_text, moved_text};
use crate::door::Fault;
use crate::format::phone;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, Refresh};
use crate::ui::*;
use domain::ids::ContactId;
use domain::views::{MergeContacts, MergeField, MergePreview, Take};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use std::collections::BTreeMap;

/// The drawer, open while the address names two cards: `merge=<stays>.<goes>`.
#[component]
pub fn MergeDrawer(address: Address, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let (open, item) = address.layer("merge");
    let two = Memo::new(move |_| item.with(|item| item.as_deref().and_then(read)));
    let body = move || match two.get() {
        Some((kept, gone)) => {
            view! { <Choosing kept=kept gone=gone address=address open=open refresh=refresh /> }.into_any()
        }
        None => view! { <LoadError error=ApiError::new(ErrorCode::NotFound) /> }.into_any(),
    };
    view! { <Drawer open=open modal=true title=t.contacts_merge_title()>{body}</Drawer> }.into_any()
}

fn read(text: &str) -> Option<(ContactId, ContactId)> {
    let (kept, gone) = text.split_once('.')?;
    Some((kept.parse().ok()?, gone.parse().ok()?))
}

#[component]
fn Choosing(
    kept: ContactId,
    gone: ContactId,
    address: Address,
    open: RwSignal<bool>,
    refresh: Refresh,
) -> impl IntoView {
    // Fetched once: what a person is choosing from must not change under their hands; the revisions go along.
    let again = RwSignal::new(0u32);
    let plan = Resource::new(move || again.get(), move |_| contacts_merge_preview(kept, gone));
    view! {
        <Loaded resource=plan skeleton=|| view! { <Skeleton shape=SkeletonShape::Form /> } let:plan>
            <MergeForm plan=plan address=address open=open refresh=refresh again=again />
        </Loaded>
    }
    .into_any()
}

#[component]
fn MergeForm(
    plan: MergePreview,
    address: Address,
    open: RwSignal<bool>,
    refresh: Refresh,
    again: RwSignal<u32>,
) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let (kept, gone) = (plan.kept.id, plan.gone.id);
    let names = [contact_name(&plan.kept), contact_name(&plan.gone)];
    let chosen: Vec<(MergeField, RwSignal<Take>)> =
        plan.fields.iter().map(|field| (field.clone(), RwSignal::new(field.take))).collect();
    let chosen = StoredValue::new(chosen);
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let (kept_rev, gone_rev) = (Some(plan.kept.rev), Some(plan.gone.rev));
    let said = StoredValue::new(names[1].clone());
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        let take: BTreeMap<String, Take> = chosen
            .with_value(|all| all.iter().map(|(field, take)| (field.field.clone(), take.get_untracked())).collect());
        let navigate = navigate.clone();
        error.set(None);
        pending.set(true);
        spawn_local(async move {
            let answer = contacts_merge(kept, MergeContacts { gone_id: gone, take, kept_rev, gone_rev }).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(card) => {
                    let _ = open.try_set(false);
                    refresh.after_change();
                    let href = format!("/contacts/{}", card.id);
                    let words = t.contacts_merge_done(said.get_value());
                    toasts.with_action(words, t.contacts_merge_open(), move || navigate(&href, Default::default()));
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
        });
    };
    let swap = move || address.replace(&[("merge", Some(&format!("{gone}.{kept}")))]);
    let stale = move || error.with(|error| error.as_ref().is_some_and(|e| e.code == ErrorCode::Stale));
    let reload = move || again.update(|n| *n = n.wrapping_add(1));
    let mut along: Vec<String> = plan.moves.iter().filter_map(|(what, count)| moved_text(t, what, *count)).collect();
    if !plan.tags.is_empty() {
        along.push(t.contacts_moves_tags(plan.tags.join(", ")));
    }
    let along = match along.is_empty() {
        true => view! { <p class="quiet">{t.contacts_moves_none()}</p> }.into_any(),
        false => view! { <ul class="merge-along">{along.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
            .into_any(),
    };
    let twice = (plan.twice > 0).then(|| view! { <p class="quiet">{t.contacts_merge_twice()}</p> });
    let heads = StoredValue::new(names.clone());
    let rows = chosen.get_value().into_iter().map(move |(field, take)| {
        view! { <Row field=field take=take heads=heads /> }
    });
    view! {
        <Form on_submit=submit error=error>
            <div class="merge-direction">
                <p>{t.contacts_merge_stays(&names[0], &names[1])}</p>
                <Button small=true icon=IconName::Refresh on_click=swap>{t.contacts_merge_swap()}</Button>
            </div>
            <div class="merge-fields">{rows.collect_view()}</div>
            <section>
                <p class="field-label">{t.contacts_moves()}</p>
                {along}
                {twice}
            </section>
            <p class="quiet">{t.contacts_merge_undo_note()}</p>
            <FormError />
            <FormActions>
                <Button variant=Variant::Primary submit=true pending=pending>{t.contacts_merge_do()}</Button>
                <Button variant=Variant::Ghost on_click=move || open.set(false)>{t.action_cancel()}</Button>
                {move || stale().then(|| view! { <Button on_click=reload>{t.action_refresh()}</Button> })}
            </FormActions>
        </Form>
    }
    .into_any()
}

/// A field of both cards: a choice where they differ, else what the card will have.
#[component]
fn Row(field: MergeField, take: RwSignal<Take>, heads: StoredValue<[String; 2]>) -> impl IntoView {
    let t = use_texts();
    let label = field_text(t, &field.field, &field.label);
    let shown = |value: &str| if field.field == "phone" { phone(value) } else { value.to_owned() };
    let (kept, gone) = (shown(&field.kept), shown(&field.gone));
    if kept.is_empty() || gone.is_empty() || kept == gone {
        let value = if kept.is_empty() { gone } else { kept };
        return view! { <div class="merge-field"><p class="field-label">{label}</p><p class="merge-value">{value}</p></div> }
            .into_any();
    }
    let name = StoredValue::new(format!("take.{}", field.field));
    let choice = move |this: Take, value: String| {
        let whose = match this {
            Take::Kept => heads.with_value(|heads| heads[0].clone()),
            Take::Gone => heads.with_value(|heads| heads[1].clone()),
            Take::Both => String::new(),
        };
        view! {
            <label class="choice-card">
                <input
                    type="radio"
                    name=name.get_value()
                    value=this.as_str()
                    checked=take.get_untracked() == this
                    prop:checked=move || take.get() == this
                    on:change=move |_| take.set(this)
                />
                <span>{value}<small>{whose}</small></span>
            </label>
        }
    };
    let both = (field.field == "note").then(|| choice(Take::Both, t.contacts_merge_both()));
    view! {
        <fieldset class="choice-cards merge-field">
            <legend class="field-label">{label}</legend>
            {choice(Take::Kept, kept)}
            {choice(Take::Gone, gone)}
            {both}
        </fieldset>
    }
    .into_any()
}
