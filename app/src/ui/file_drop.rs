//! Taking files from a person: dropping, choosing, pasting into the page is the page's own matter.
//! Owns the list and the size check; must not upload.

use super::button::IconButton;
use super::field::FieldContext;
use super::icon::Icon;
use super::icon_paths::IconName;
use crate::format::use_format;
use crate::i18n::use_texts;
use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

/// A chosen file. Exists in the browser only.
#[derive(Clone)]
pub struct Picked {
    /// Name as on the person's disk.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// The file itself, for the upload. Wrapped, so that a list of files may live in an ordinary signal: a signal of local
    /// storage would panic on the server, where a page may be finished by another thread than began it.
    pub file: SendWrapper<web_sys::File>,
}

/// Where files are dropped or chosen. Files over the limit are refused and named.
#[component]
pub fn FileDrop(
    /// Chosen files, both ways.
    files: RwSignal<Vec<Picked>>,
    /// Several files.
    #[prop(optional)]
    multiple: bool,
    /// `accept` list (`image/*,.pdf`).
    #[prop(optional, into)]
    accept: Option<&'static str>,
    /// Largest size of one file in bytes.
    #[prop(default = 16 << 20)]
    max_bytes: u64,
) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let field = FieldContext::here();
    let input = NodeRef::<html::Input>::new();
    let over = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let take = move |list: Option<web_sys::FileList>| {
        let Some(list) = list else { return };
        let picked = (0..list.length()).filter_map(|i| list.get(i)).map(|file| Picked {
            name: file.name(),
            size: file.size() as u64,
            file: SendWrapper::new(file),
        });
        let (good, large): (Vec<_>, Vec<_>) = picked.partition(|picked| picked.size <= max_bytes);
        refused.set(
            large
                .first()
                .map(|picked| format!("{}: {}", picked.name, t.error_file_too_large(format.file_size(max_bytes)))),
        );
        files.update(|files| {
            if !multiple {
                files.clear();
            }
            files.extend(good.into_iter().take(if multiple { usize::MAX } else { 1 }));
        });
        // So that the same file can be chosen again after it was removed.
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
    };
    let chosen = move || {
        files.with(|list| {
            let rows = list.iter().enumerate().map(|(i, picked)| {
                view! {
                    <li>
                        <Icon name=IconName::File size=14 />
                        <span class="ellipsis">{picked.name.clone()}</span>
                        <small class="push">{format.file_size(picked.size)}</small>
                        <IconButton
                            icon=IconName::Close
                            label=t.ui_remove_file()
                            small=true
                            on_click=Callback::new(move |()| files.update(|files| drop(files.remove(i))))
                        />
                    </li>
                }
            });
            (!list.is_empty()).then(|| view! { <ul class="file-list">{rows.collect_view()}</ul> })
        })
    };
    view! {
        <div>
            <label
                class="file-drop"
                class:over=move || over.get()
                on:dragover=move |event| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=move |event| {
                    event.prevent_default();
                    over.set(false);
                    take(event.data_transfer().and_then(|data| data.files()));
                }
            >
                <input
                    node_ref=input
                    class="visually-hidden"
                    type="file"
                    id=field.id()
                    aria-describedby=field.note_id()
                    multiple=multiple
                    accept=accept
                    on:change=move |_| take(input.get_untracked().and_then(|input| input.files()))
                />
                <Icon name=IconName::Upload size=20 />
                <span>{t.ui_drop_files()}</span>
                <small>{t.ui_drop_limit(format.file_size(max_bytes))}</small>
            </label>
            {move || refused.get().map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
            {move || chosen()}
        </div>
    }
    .into_any()
}
