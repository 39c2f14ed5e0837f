//! Files of the order: photos of the breakage, acts, invoices.

use super::super::api::orders_attach;
use crate::format::use_format;
use crate::i18n::{error_text, use_texts};
use crate::pages::lists::{PanelPart, Refresh};
use crate::pages::upload::{MAX_BYTES, upload};
use crate::ui::*;
use domain::ApiError;
use domain::ids::OrderId;
use domain::views::{FileView, OrderCard};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn OrderFiles(card: Signal<OrderCard>, refresh: Refresh, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let files = Memo::new(move |_| card.with(|card| card.files.clone()));
    let adding = RwSignal::new(false);
    let one = move |file: FileView| {
        let href = format!("/files/{}", file.id);
        let size = format.file_size(u64::try_from(file.size).unwrap_or(0));
        let icon = if file.mime.starts_with("image/") { IconName::Image } else { IconName::File };
        let name = match file.state.as_str() {
            "ready" => view! { <a class="link quiet ellipsis" href=href.clone() target="_blank" rel="noopener">{file.name.clone()}</a> }.into_any(),
            _ => view! { <span class="ellipsis">{file.name.clone()}</span> }.into_any(),
        };
        let end = match file.state.as_str() {
            "ready" => view! {
                <small>{size}</small>
                <a class="button ghost icon-only small" href=href download=file.name aria-label=t.action_download() title=t.action_download()>
                    <Icon name=IconName::Download />
                </a>
            }
            .into_any(),
            "failed" => view! { <Badge tone=Tone::Danger icon=IconName::Alert>{t.order_file_failed()}</Badge> }.into_any(),
            _ => view! { <Badge icon=IconName::Clock>{t.order_file_waiting()}</Badge> }.into_any(),
        };
        view! { <li><Icon name=icon size=14 />{name}<span class="push"></span>{end}</li> }
    };
    let add = move || {
        (may_write.get() && !adding.get()).then(|| {
            view! {
                <Button small=true variant=Variant::Ghost icon=IconName::Paperclip on_click=move || adding.set(true)>
                    {t.order_files_add()}
                </Button>
            }
        })
    };
    let empty = move || {
        (files.with(Vec::is_empty) && !adding.get()).then(|| view! { <p class="quiet">{t.order_files_empty()}</p> })
    };
    view! {
        <PanelPart title=t.order_files() aside=add>
            {empty}
            <ul class="file-list order-files">
                <For each=move || files.get() key=|file| (file.id, file.state.clone()) children=one />
            </ul>
            {move || adding.get().then(|| view! { <Upload card=card refresh=refresh adding=adding /> })}
        </PanelPart>
    }
    .into_any()
}

/// Chosen files go up one after the other; those that failed stay in the list.
#[component]
fn Upload(card: Signal<OrderCard>, refresh: Refresh, adding: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let picked = RwSignal::new(Vec::<Picked>::new());
    let sending = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let send = move || {
        if sending.get_untracked() {
            return;
        }
        error.set(None);
        sending.set(true);
        let order = card.with_untracked(|card| card.order.id);
        spawn_local(async move {
            let mut done = 0i64;
            while let Some(first) = picked.try_with_untracked(|list| list.first().cloned()).flatten() {
                if let Err(why) = attach(order, &first).await {
                    let _ = error.try_set(Some(why));
                    break;
                }
                done += 1;
                let _ = picked.try_update(|list| list.retain(|other| *other.file != *first.file));
            }
            if done > 0 {
                toasts.success(t.order_files_added(done));
                refresh.after_change();
            }
            let _ = sending.try_set(false);
            if picked.try_with_untracked(Vec::is_empty) == Some(true) {
                let _ = adding.try_set(false);
            }
        });
    };
    let why = move || {
        let error = error.get()?;
        Some(
            view! { <p class="field-error" role="alert"><Icon name=IconName::Alert size=14 />{error_text(t, &error)}</p> },
        )
    };
    view! {
        <div class="stack">
            <FileDrop files=picked multiple=true max_bytes=MAX_BYTES />
            {why}
            <div class="form-actions">
                <Button
                    variant=Variant::Primary
                    small=true
                    icon=IconName::Upload
                    pending=sending
                    disabled=Signal::derive(move || picked.with(Vec::is_empty))
                    on_click=send
                >
                    {t.order_files_upload()}
                </Button>
                <Button small=true variant=Variant::Ghost on_click=move || adding.set(false)>{t.action_cancel()}</Button>
            </div>
        </div>
    }
    .into_any()
}

async fn attach(order: OrderId, picked: &Picked) -> Result<(), ApiError> {
    let file = upload(&picked.file).await?;
    orders_attach(order, file.id).await.map_err(ApiError::from)
}
