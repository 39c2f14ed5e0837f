//! A new rule: its name, and a recipe or nothing to begin with.

use super::api::{rules_begin, rules_offer};
use crate::door::{Answer, Fault};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::ApiError;
use domain::views::RuleOffer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use texts::Texts;

/// Title and line of a recipe; one this page has no words for is called by its key.
fn recipe_text(t: Texts, key: &str) -> (String, String) {
    match key {
        "" => (t.rules_blank(), t.rules_blank_hint()),
        "order_ready" => (t.rules_recipe_order_ready(), t.rules_recipe_order_ready_hint()),
        "out_of_hours" => (t.rules_recipe_out_of_hours(), t.rules_recipe_out_of_hours_hint()),
        "silent_day" => (t.rules_recipe_silent_day(), t.rules_recipe_silent_day_hint()),
        "keywords" => (t.rules_recipe_keywords(), t.rules_recipe_keywords_hint()),
        "unanswered" => (t.rules_recipe_unanswered(), t.rules_recipe_unanswered_hint()),
        "webhook_order" => (t.rules_recipe_webhook_order(), t.rules_recipe_webhook_order_hint()),
        "review_invitation" => (t.rules_recipe_review_invitation(), t.rules_recipe_review_invitation_hint()),
        other => (other.to_owned(), String::new()),
    }
}

/// The dialog.
#[component]
pub fn NewRule(open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    view! { <Dialog open=open title=t.rules_new_title() wide=true><NewRuleForm open /></Dialog> }.into_any()
}

#[component]
fn NewRuleForm(open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let offer = RwSignal::new(None::<Answer<RuleOffer>>);
    // Not a resource: a pending one would make the whole frame wait, and with it the dialog go.
    let load = move || {
        spawn_local(async move {
            let found = rules_offer().await;
            let _ = offer.try_set(Some(found));
        });
    };
    Effect::new(move |_| load());
    let navigate = StoredValue::new(use_navigate());
    let recipe = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let take = move |key: String| {
        // A name typed by the person stays; one we proposed goes with its recipe.
        let proposed = recipe_text(t, &recipe.get_untracked()).0;
        if name.with_untracked(|name| name.trim().is_empty() || *name == proposed) {
            name.set(if key.is_empty() { String::new() } else { recipe_text(t, &key).0 });
        }
        recipe.set(key);
    };
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        error.set(None);
        let key = Some(recipe.get_untracked()).filter(|key| !key.is_empty());
        spawn_local(async move {
            match rules_begin(name.get_untracked(), key).await {
                Ok(id) => {
                    let _ = open.try_set(false);
                    navigate.with_value(|navigate| navigate(&format!("/rules/{id}"), Default::default()));
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
            let _ = pending.try_set(false);
        });
    };
    let card = move |key: String| {
        let (title, hint) = recipe_text(t, &key);
        let mine = StoredValue::new(key);
        view! {
            <label class="choice-card">
                <input
                    type="radio"
                    name="recipe"
                    prop:checked=move || mine.with_value(|mine| recipe.with(|recipe| recipe == mine))
                    on:change=move |_| take(mine.get_value())
                />
                <span>{title}<small>{hint}</small></span>
            </label>
        }
    };
    let cards = move || {
        let keys = match offer.get() {
            None => return view! { <Skeleton shape=SkeletonShape::Rows count=4 /> }.into_any(),
            Some(Err(Fault(error))) => {
                return view! { <LoadError error=error retry=load /> }.into_any();
            }
            Some(Ok(RuleOffer { recipes, .. })) => recipes,
        };
        std::iter::once(String::new()).chain(keys).map(card).collect_view().into_any()
    };
    view! {
        <Form on_submit=submit error=error>
            <fieldset class="choice-cards rule-recipes">
                <legend class="field-label">{t.rules_new_start()}</legend>
                {move || cards()}
            </fieldset>
            <Field name="name" id="rule-name" label=t.rules_new_name() required=true>
                <Input value=name max_length=120 autofocus=true />
            </Field>
            <FormError />
            <div class="dialog-actions">
                <Button on_click=move || open.set(false)>{t.action_cancel()}</Button>
                <Button variant=Variant::Primary submit=true pending=pending>{t.action_create()}</Button>
            </div>
        </Form>
    }
    .into_any()
}
