//! The content of a message, by kind: words, pictures, recordings, documents, places, carts, forms.

use super::desk::Desk;
use super::text::Linked;
use super::words::{kind_icon, kind_text};
use crate::format::{phone, use_format};
use crate::i18n::use_texts;
use crate::ui::{Icon, IconName, Link};
use domain::chats::MessageKind;
use domain::views::MessageView;
use leptos::prelude::*;
use serde_json::Value as Json;

/// The content of a message.
pub(super) fn body(desk: Desk, message: &MessageView) -> AnyView {
    let words = || (!message.text.is_empty()).then(|| view! { <Linked text=message.text.clone() /> });
    match message.kind {
        MessageKind::Text | MessageKind::Notice | MessageKind::Note => words().into_any(),
        MessageKind::Image
        | MessageKind::Sticker
        | MessageKind::Video
        | MessageKind::Audio
        | MessageKind::Voice
        | MessageKind::Document => view! { {file(desk, message)} {words()} }.into_any(),
        MessageKind::Location => place(message),
        MessageKind::Contacts => contacts(message),
        MessageKind::Choice => choice(message),
        MessageKind::Cart => view! { {cart(message)} {words()} }.into_any(),
        MessageKind::Form => form(message),
        MessageKind::Template => template(message),
        MessageKind::Interactive => view! { {words()} {buttons(message)} }.into_any(),
        MessageKind::Unsupported => unsupported(message),
    }
}

fn meta<'a>(message: &'a MessageView, at: &str) -> Option<&'a str> {
    message.meta.pointer(at).and_then(Json::as_str).filter(|text| !text.is_empty())
}

/// Media and documents; also while they are fetched, and when that failed.
fn file(desk: Desk, message: &MessageView) -> AnyView {
    let t = use_texts();
    let f = use_format();
    let kind = message.kind;
    let word = kind_text(t, kind);
    let icon = kind_icon(kind).unwrap_or(IconName::File);
    let (Some(id), state) = (message.file_id, message.file_state.as_deref()) else {
        return view! { <p class="message-mark"><Icon name=icon size=14 />{word}</p> }.into_any();
    };
    match state {
        Some("ready") => {}
        Some("failed") => {
            return view! { <p class="message-file failed"><Icon name=IconName::Alert />{t.chats_file_failed(word)}</p> }.into_any();
        }
        _ => {
            let class = if matches!(kind, MessageKind::Image | MessageKind::Video) {
                "message-file waiting large"
            } else {
                "message-file waiting"
            };
            return view! { <p class=class role="status"><Icon name=IconName::Loader class="spin" />{t.chats_file_waiting(word)}</p> }
                .into_any();
        }
    }
    let href = format!("/files/{id}");
    let name = message.file_name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| word.clone());
    match kind {
        MessageKind::Image => {
            let shown = name.clone();
            view! {
                <button
                    type="button"
                    class="message-image"
                    aria-label=t.chats_open_picture(&name)
                    on:click=move |_| desk.picture.set(Some((id, shown.clone())))
                >
                    <img src=href alt=name.clone() loading="lazy" decoding="async" />
                </button>
            }
            .into_any()
        }
        MessageKind::Sticker => view! { <img class="message-sticker" src=href alt=word loading="lazy" /> }.into_any(),
        MessageKind::Video => {
            view! { <video class="message-video" src=href controls=true preload="metadata" title=name></video> }
                .into_any()
        }
        MessageKind::Audio | MessageKind::Voice => {
            view! { <audio class="message-audio" src=href controls=true preload="metadata" title=name></audio> }
                .into_any()
        }
        _ => {
            let size = message.file_size.and_then(|size| u64::try_from(size).ok()).filter(|size| *size > 0);
            view! {
                <a class="message-file" href=href target="_blank" rel="noopener" download=name.clone()>
                    <Icon name=icon size=20 />
                    <span><b>{name.clone()}</b>{size.map(|size| view! { <small>{f.file_size(size)}</small> })}</span>
                    <Icon name=IconName::Download />
                </a>
            }
            .into_any()
        }
    }
}

fn place(message: &MessageView) -> AnyView {
    let t = use_texts();
    let number = |at: &str| message.meta.pointer(at).and_then(Json::as_f64);
    let title = meta(message, "/name").map(str::to_owned).unwrap_or_else(|| t.chats_kind_location());
    let address = meta(message, "/address").map(str::to_owned);
    let map = number("/latitude").zip(number("/longitude")).map(|(latitude, longitude)| {
        let href = format!("https://yandex.ru/maps/?pt={longitude:.6},{latitude:.6}&z=16&l=map");
        view! { <Link href=href external=true>{t.chats_open_map()}</Link> }
    });
    view! {
        <div class="message-file">
            <Icon name=IconName::Place size=20 />
            <span><b>{title}</b>{address.map(|address| view! { <small>{address}</small> })} {map}</span>
        </div>
    }
    .into_any()
}

fn contacts(message: &MessageView) -> AnyView {
    let t = use_texts();
    let list = message.meta.get("contacts").and_then(Json::as_array).cloned().unwrap_or_default();
    let one = |contact: &Json| {
        let text =
            |at: &str| contact.pointer(at).and_then(Json::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
        let name = text("/name/formatted_name").or_else(|| text("/org/company")).unwrap_or_else(|| t.chats_nameless());
        let phones = contact.get("phones").and_then(Json::as_array).cloned().unwrap_or_default();
        let phones = phones.iter().filter_map(|entry| entry.get("phone")?.as_str().map(str::to_owned)).map(|number| {
            let shown = domain::phone::normalise(&number).map_or(number.clone(), |number| phone(&number));
            let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            view! { <Link href=format!("tel:{digits}")>{shown}</Link> }
        });
        view! {
            <div class="message-file">
                <Icon name=IconName::User size=20 />
                <span><b>{name}</b>{phones.collect_view()}</span>
            </div>
        }
    };
    list.iter().map(one).collect_view().into_any()
}

fn choice(message: &MessageView) -> AnyView {
    let t = use_texts();
    let description = meta(message, "/description").map(str::to_owned);
    view! {
        <p class="message-mark"><Icon name=IconName::CircleDot size=14 />{t.chats_kind_choice()}</p>
        <Linked text=message.text.clone() />
        {description.map(|text| view! { <small class="quiet">{text}</small> })}
    }
    .into_any()
}

fn cart(message: &MessageView) -> AnyView {
    let t = use_texts();
    let f = use_format();
    let items = message.meta.get("items").and_then(Json::as_array).cloned().unwrap_or_default();
    let number = |item: &Json, name: &str| item.get(name).and_then(Json::as_i64);
    let text = |item: &Json, name: &str| item.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let row = |item: &Json| {
        let quantity = number(item, "quantity").unwrap_or(1);
        let price = number(item, "price_minor").map(|price| f.money(price, &text(item, "currency")));
        view! {
            <tr>
                <td>{text(item, "sku")}</td>
                <td>{t.chats_cart_times(f.integer(quantity))}</td>
                <td>{price}</td>
            </tr>
        }
    };
    let total = number(&message.meta, "total_minor").map(|total| {
        let sum = f.money(total, &text(&message.meta, "currency"));
        view! {
            <tfoot>
                <tr>
                    <th scope="row" colspan="2">{t.chats_cart_total()}</th>
                    <td>{sum}</td>
                </tr>
            </tfoot>
        }
    });
    view! {
        <p class="message-mark"><Icon name=IconName::Payment size=14 />{t.chats_kind_cart()}</p>
        <table class="message-table">
            <tbody>{items.iter().map(row).collect_view()}</tbody>
            {total}
        </table>
    }
    .into_any()
}

/// A filled form: its fields as they came, one by one.
fn form(message: &MessageView) -> AnyView {
    let t = use_texts();
    let plain = |value: &Json| match value {
        Json::String(text) => text.clone(),
        Json::Null => "—".to_owned(),
        Json::Bool(true) => t.state_yes(),
        Json::Bool(false) => t.state_no(),
        Json::Array(list) => {
            list.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    let rows: Vec<(String, String)> = match message.meta.get("fields") {
        Some(Json::Object(fields)) => fields.iter().map(|(name, value)| (name.clone(), plain(value))).collect(),
        Some(other) => vec![(String::new(), plain(other))],
        None => Vec::new(),
    };
    let title = meta(message, "/body").or_else(|| meta(message, "/name")).map(str::to_owned);
    view! {
        <p class="message-mark"><Icon name=IconName::List size=14 />{t.chats_kind_form()}{title.map(|title| format!(": {title}"))}</p>
        <dl class="message-fields">
            {rows
                .into_iter()
                .map(|(name, value)| {
                    view! {
                        <dt>{name}</dt>
                        <dd dir="auto">{value}</dd>
                    }
                })
                .collect_view()}
        </dl>
    }
    .into_any()
}

fn template(message: &MessageView) -> AnyView {
    let t = use_texts();
    let name = meta(message, "/template").unwrap_or_default().to_owned();
    let text = (!message.text.is_empty()).then(|| view! { <Linked text=message.text.clone() /> });
    view! {
        <p class="message-mark"><Icon name=IconName::Note size=14 />{t.chats_template_named(name)}</p>
        {text}
    }
    .into_any()
}

/// Answer buttons we sent along.
fn buttons(message: &MessageView) -> AnyView {
    let t = use_texts();
    let titles = message.meta.get("buttons").and_then(Json::as_array).cloned().unwrap_or_default();
    let titles: Vec<String> = titles.iter().filter_map(|title| title.as_str().map(str::to_owned)).collect();
    if titles.is_empty() {
        return match message.text.is_empty() {
            true => view! { <p class="message-mark">{t.chats_kind_interactive()}</p> }.into_any(),
            false => ().into_any(),
        };
    }
    let one = |title| view! { <li>{title}</li> };
    view! { <ul class="message-buttons" aria-label=t.chats_buttons()>{titles.into_iter().map(one).collect_view()}</ul> }
        .into_any()
}

fn unsupported(message: &MessageView) -> AnyView {
    let t = use_texts();
    let why =
        meta(message, "/errors/0/error_data/details").or_else(|| meta(message, "/errors/0/title")).map(str::to_owned);
    let kind = meta(message, "/type").unwrap_or_default().to_owned();
    let note = [Some(kind), why].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <p class="message-mark"><Icon name=IconName::Help size=14 />{t.chats_unsupported()}</p>
        {(!note.is_empty()).then(|| view! { <small class="quiet">{note}</small> })}
    }
    .into_any()
}
