//! Files of the next message: uploaded as soon as they are chosen, shown above the composer until the message goes out.

use super::desk::Desk;
use crate::format::use_format;
use crate::i18n::{error_text, use_texts};
use crate::pages::upload::{MAX_BYTES, upload};
use crate::ui::{Icon, IconButton, IconName};
use domain::views::FileView;
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;

/// Most files in one message.
const MOST: usize = 10;

/// How far a file is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Upload {
    Under,
    Ready(FileView),
    Failed(ApiError),
}

/// A chosen file.
#[derive(Clone)]
pub(super) struct Attached {
    pub key: u32,
    pub name: String,
    pub size: u64,
    pub state: Upload,
    file: SendWrapper<web_sys::File>,
}

/// Adds files of a file input, a paste or a drop.
pub(super) fn attach(desk: Desk, list: Option<web_sys::FileList>) {
    let Some(list) = list else { return };
    for file in (0..list.length()).filter_map(|at| list.get(at)) {
        let key = desk.files.with_untracked(|files| files.iter().map(|file| file.key + 1).max().unwrap_or(0));
        if desk.files.with_untracked(|files| files.len() >= MOST) {
            return;
        }
        let size = file.size() as u64;
        let state = match size {
            0 => Upload::Failed(ApiError::new(ErrorCode::Required)),
            ..=MAX_BYTES => Upload::Under,
            _ => Upload::Failed(ApiError::new(ErrorCode::FileTooLarge).arg("max_bytes", MAX_BYTES)),
        };
        let going = state == Upload::Under;
        let attached = Attached { key, name: file.name(), size, state, file: SendWrapper::new(file) };
        if going {
            start(desk, &attached);
        }
        desk.files.update(|files| files.push(attached));
    }
}

fn start(desk: Desk, attached: &Attached) {
    let (key, file) = (attached.key, attached.file.clone());
    spawn_local(async move {
        let state = match upload(&file).await {
            Ok(view) => Upload::Ready(view),
            Err(error) => Upload::Failed(error),
        };
        let _ = desk.files.try_update(|files| {
            if let Some(file) = files.iter_mut().find(|file| file.key == key) {
                file.state = state;
            }
        });
    });
}

/// The chosen files above the composer.
#[component]
pub(super) fn Attachments(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let one = move |attached: Attached| {
        let key = attached.key;
        let remove = move || desk.files.update(|files| files.retain(|file| file.key != key));
        let again = move || {
            let file = desk.files.with_untracked(|files| files.iter().find(|file| file.key == key).cloned());
            if let Some(mut file) = file {
                file.state = Upload::Under;
                start(desk, &file);
                desk.files.update(|files| {
                    files.iter_mut().filter(|old| old.key == key).for_each(|old| old.state = Upload::Under)
                });
            }
        };
        let picture = match &attached.state {
            Upload::Ready(view) if view.mime.starts_with("image/") => {
                view! { <img src=format!("/files/{}", view.id) alt="" /> }.into_any()
            }
            Upload::Under => view! { <Icon name=IconName::Loader class="spin" /> }.into_any(),
            Upload::Failed(_) => view! { <Icon name=IconName::Alert /> }.into_any(),
            Upload::Ready(_) => view! { <Icon name=IconName::File /> }.into_any(),
        };
        let (note, failed, retry) = match &attached.state {
            Upload::Under => (t.chats_file_uploading(), false, false),
            Upload::Ready(_) => (f.file_size(attached.size), false, false),
            Upload::Failed(error) => (error_text(t, error), true, attached.size > 0 && attached.size <= MAX_BYTES),
        };
        view! {
            <li class:failed=failed>
                <span class="attached-picture">{picture}</span>
                <span class="attached-words"><b>{attached.name}</b><small role=failed.then_some("alert")>{note}</small></span>
                {retry.then(|| view! { <IconButton icon=IconName::Refresh label=t.action_retry() small=true on_click=again /> })}
                <IconButton icon=IconName::Close label=t.ui_remove_file() small=true on_click=remove />
            </li>
        }
    };
    move || {
        let files = desk.files.get();
        (!files.is_empty()).then(|| view! { <ul class="attached">{files.into_iter().map(one).collect_view()}</ul> })
    }
}
