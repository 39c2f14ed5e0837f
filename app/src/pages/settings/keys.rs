//! API keys of the organisation: list, creating, revoking. A secret is shown once and kept nowhere.

use super::api::{keys_list, keys_revoke};
use super::key_form::KeyDialog;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{ConfirmAction, Doing, Followed, Refresh, use_refresh};
use crate::pages::team::permission_text;
use crate::ui::*;
use domain::access::parse_scopes;
use domain::views::ApiKeyView;
use leptos::prelude::*;

/// The tab.
#[component]
pub fn KeySettings() -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["settings"]);
    let keys = Resource::new(move || refresh.tick(), |_| keys_list());
    let creating = RwSignal::new(false);
    let revoking = RwSignal::new(None::<ApiKeyView>);
    let aside = move || {
        view! {
            <Link href="/api/v1/openapi.json" external=true>{t.settings_keys_docs()}</Link>
            <span class="push">
                <Button small=true icon=IconName::Plus on_click=move || creating.set(true)>{t.settings_key_new()}</Button>
            </span>
        }
    };
    let empty = move || {
        view! {
            <EmptyState icon=IconName::Key title=t.settings_keys_empty() hint=t.settings_keys_empty_hint() compact=true>
                <Button icon=IconName::Plus on_click=move || creating.set(true)>{t.settings_key_new()}</Button>
            </EmptyState>
        }
    };
    view! {
        <p class="settings-note">{t.settings_keys_note()}</p>
        <Card title=t.settings_keys() aside=aside flush=true>
            <Followed resource=keys let:data>
                <Table label=t.settings_keys() columns=columns(revoking) rows=data key=|key: &ApiKeyView| key.id.to_string() empty=empty />
            </Followed>
        </Card>
        <KeyDialog open=creating refresh=refresh />
        <RevokeDialog key=revoking refresh=refresh />
    }
    .into_any()
}

fn columns(revoking: RwSignal<Option<ApiKeyView>>) -> Vec<Column<ApiKeyView>> {
    let t = use_texts();
    let format = use_format();
    let now = use_now();
    let name = |key: &ApiKeyView| view! { <span><b>{key.name.clone()}</b><small class="mono">{key.prefix.clone()} "…"</small></span> };
    let scopes = move |key: &ApiKeyView| match &*key.scopes {
        "*" => view! { <Badge tone=Tone::Accent>{t.settings_key_scopes_all()}</Badge> }.into_any(),
        list => {
            let scopes = parse_scopes(list).unwrap_or_default();
            let words: Vec<String> = scopes.iter().map(|scope| permission_text(t, *scope)).collect();
            view! { <Tooltip text=words.join("\n")><span tabindex="0">{t.settings_key_scopes_count(scopes.len().to_string())}</span></Tooltip> }.into_any()
        }
    };
    let created = move |key: &ApiKeyView| view! { <span class="quiet">{format.date(key.created_at)}</span> };
    let used = move |key: &ApiKeyView| match key.last_used_at {
        Some(at) => view! { <Time at=at /> }.into_any(),
        None => view! { <span class="quiet">{t.settings_key_never_used()}</span> }.into_any(),
    };
    let expires = move |key: &ApiKeyView| match key.expires_at {
        None => view! { <span class="quiet">{t.settings_key_forever()}</span> }.into_any(),
        Some(at) if at <= now.get_untracked() => {
            view! { <Badge tone=Tone::Danger icon=IconName::Alert>{t.settings_key_expired()}</Badge> }.into_any()
        }
        Some(at) => format.date(at).into_any(),
    };
    let revoke = move |key: &ApiKeyView| {
        let label = t.settings_key_revoke_of(&key.name);
        let key = key.clone();
        view! { <IconButton icon=IconName::Trash label=label small=true on_click=move || revoking.set(Some(key.clone())) /> }
    };
    vec![
        Column::new("name", t.settings_key_column_name(), name),
        Column::new("scopes", t.settings_key_column_scopes(), scopes).width("90px"),
        Column::new("created_at", t.settings_key_column_created(), created).secondary().width("100px"),
        Column::new("last_used_at", t.settings_key_column_used(), used).width("130px"),
        Column::new("expires_at", t.settings_key_column_expires(), expires).width("120px"),
        Column::new("actions", "", revoke).end().width("52px"),
    ]
}

#[component]
fn RevokeDialog(key: RwSignal<Option<ApiKeyView>>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if key.with(Option::is_some) {
            open.set(true);
        }
    });
    let text = Signal::derive(move || {
        key.with(|key| key.as_ref().map(|key| t.settings_key_revoke_text(&key.name)).unwrap_or_default())
    });
    let revoke = move |()| {
        let chosen = key.get_untracked()?;
        let doing: Doing = Box::pin(async move {
            keys_revoke(chosen.id).await?;
            Ok(t.settings_key_revoked(chosen.name))
        });
        Some(doing)
    };
    view! {
        <ConfirmAction
            open=open
            title=t.settings_key_revoke_title()
            text=text
            confirm=t.settings_key_revoke()
            refresh=refresh
            action=revoke
        />
    }
    .into_any()
}
