//! Services one signs in with: which, adding one (the browser goes there and comes back), taking one away; and the password
//! of somebody who has none.

use super::api::profile_unlink;
use super::password::PasswordForm;
use crate::door::Answer;
use crate::i18n::use_texts;
use crate::pages::lists::{ConfirmAction, Doing, Refresh};
use crate::session::use_me;
use crate::ui::*;
use domain::views::{SignInProvider, WayInView, WaysIn};
use leptos::prelude::*;

/// What is loaded for both cards.
type Ways = Resource<Answer<WaysIn>>;

/// The form of the password, or how to get one.
#[component]
pub fn OwnPassword(ways: Ways) -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let missing = move || {
        let to = me.with(|me| format!("/forgot?email={}", me.email.replace('%', "%25").replace('+', "%2B")));
        view! {
            <p class="settings-line">
                <span>{t.identities_no_password()}</span>
                <a class="button" href=to rel="external"><span class="button-text">{t.identities_set_password()}</span></a>
            </p>
        }
        .into_any()
    };
    view! {
        <Loaded resource=ways skeleton=|| view! { <Skeleton shape=SkeletonShape::Text count=3 /> } let:ways>
            {if ways.password { view! { <PasswordForm /> }.into_any() } else { missing() }}
        </Loaded>
    }
    .into_any()
}

/// «Вход через другие сервисы».
#[component]
pub fn WaysInCard(ways: Ways, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    view! {
        <Card title=t.identities_title()>
            <Loaded resource=ways skeleton=|| view! { <Skeleton shape=SkeletonShape::Text count=1 /> } let:ways>
                {
                    let empty = ways.identities.is_empty();
                    let words = match (empty, ways.providers.is_empty()) {
                        (false, _) => None,
                        (true, false) => Some(t.identities_none()),
                        (true, true) => Some(t.identities_off()),
                    };
                    let rows = ways.identities.into_iter().map(|way| view! { <WayIn way=way refresh=refresh /> });
                    let add = ways.providers.into_iter().map(|it| view! { <AddWay provider=it /> }).collect_view();
                    view! {
                        <div class="stack">
                            {words.map(|words| view! { <p>{words}</p> })}
                            {(!empty).then(|| view! { <div class="settings-ways">{rows.collect_view()}</div> })}
                            <div class="line settings-add">{add}</div>
                        </div>
                    }
                }
            </Loaded>
        </Card>
    }
    .into_any()
}

#[component]
fn WayIn(way: WayInView, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let asking = RwSignal::new(false);
    let WayInView { id, provider, label, created_at, used_at } = way;
    let gone = provider.clone();
    let remove = move |()| {
        let gone = gone.clone();
        let doing: Doing = Box::pin(async move {
            profile_unlink(id).await?;
            Ok(t.identities_removed(gone))
        });
        Some(doing)
    };
    view! {
        <div class="row">
            <div class="row-start"><Icon name=IconName::Key /></div>
            <div class="row-text">
                <p class="row-title">{provider.clone()}</p>
                <p class="row-note">
                    {(!label.is_empty()).then(|| format!("{label}, "))}
                    {t.identities_used()} " " <Time at=used_at /> ", "
                    {t.identities_added()} " " <Time at=created_at style=TimeStyle::Full />
                </p>
            </div>
            <div class="row-end">
                <button type="button" class="button small" aria-label=t.identities_remove_of(&provider) on:click=move |_| asking.set(true)>
                    <span class="button-text">{t.identities_remove()}</span>
                </button>
            </div>
        </div>
        <ConfirmAction
            open=asking
            title=t.identities_remove_title(&provider)
            text=t.identities_remove_text(&provider)
            confirm=t.identities_remove()
            refresh=refresh
            action=remove
        />
    }
    .into_any()
}

/// A form the browser sends by itself: what answers it leads away from here.
#[component]
fn AddWay(provider: SignInProvider) -> impl IntoView {
    let t = use_texts();
    let SignInProvider { id, name } = provider;
    view! {
        <form method="post" action=format!("/auth/{id}/link")>
            <button type="submit" class="button"><Icon name=IconName::Plus /><span class="button-text">{t.identities_add(name)}</span></button>
        </form>
    }
    .into_any()
}
