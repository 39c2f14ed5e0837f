//! One message in the thread: who, what it answers, its content, what became of it.

use super::body::body;
use super::delivery::Delivered;
use super::desk::Desk;
use super::notice::notice;
use super::quote::Quoted;
use crate::i18n::use_texts;
use crate::pages::journal::object_href;
use crate::session::use_may;
use crate::ui::{Icon, IconButton, IconName, Link, Time, TimeStyle};
use domain::access::Permission;
use domain::chats::{MessageKind, Sender};
use domain::ids::MessageId;
use domain::views::MessageView;
use leptos::prelude::*;
use serde_json::Value as Json;

/// One message. Its parts are watched apart, so that a new tick does not disturb a playing recording.
#[component]
pub(super) fn Bubble(desk: Desk, id: MessageId) -> impl IntoView {
    let message = Memo::new(move |before: Option<&Option<MessageView>>| {
        let now = desk.log.with(|log| log.messages.get(&id).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    // What the message is, without what happens to it on its way.
    let content = Memo::new(move |_| {
        message.get().map(|message| MessageView {
            delivery: None,
            delivery_at: None,
            error_code: None,
            error_detail: None,
            job_run_at: None,
            job_attempts: None,
            reactions: Json::Null,
            ..message
        })
    });
    let reads_rules = use_may(Permission::RulesRead);
    move || {
        let content = content.get()?;
        if content.kind == MessageKind::Notice {
            return Some(notice(&content, reads_rules.get_untracked()));
        }
        Some(bubble(desk, message, content))
    }
}

fn bubble(desk: Desk, message: Memo<Option<MessageView>>, content: MessageView) -> AnyView {
    let t = use_texts();
    let reads_journal = use_may(Permission::JournalRead);
    let id = content.id;
    let sender = match content.sender {
        _ if content.kind == MessageKind::Note => "bubble by-note",
        Sender::Customer => "bubble by-customer",
        Sender::Member => "bubble by-member",
        Sender::Ai => "bubble by-ai",
        Sender::System => "bubble by-system",
    };
    let revoked = content.revoked_at.map(|_| {
        let words = if content.sender == Sender::Customer { t.chats_revoked_by_client() } else { t.chats_revoked() };
        view! { <p class="message-mark"><Icon name=IconName::CircleSlash size=14 />{words}</p> }
    });
    let author = match content.sender {
        Sender::Customer => None,
        Sender::Ai => Some(t.chats_author_ai()),
        Sender::System => Some(t.chats_author_system()),
        Sender::Member => Some(content.author_name.clone().unwrap_or_else(|| t.chats_author_elsewhere())),
    };
    let edited =
        content.edited_at.map(|at| view! { <span>{t.chats_edited()}" "<Time at=at style=TimeStyle::Clock /></span> });
    let outgoing = content.sender != Sender::Customer;
    let quotable = content.kind != MessageKind::Note;
    let reply = {
        let content = content.clone();
        move || {
            desk.quote.set(Some(content.clone()));
            desk.focus.update(|n| *n = n.wrapping_add(1));
        }
    };
    let at = content.at;
    // What Pult did by itself says why.
    let run =
        content.meta.get("run_id").and_then(Json::as_str).filter(|_| use_may(Permission::RulesRead).get_untracked());
    let job = content.job_id.filter(|_| content.sender == Sender::System && reads_journal.get_untracked());
    let why = match (run, job) {
        (Some(run), _) => object_href("run", run),
        (None, Some(job)) => object_href("job", &job.to_string()),
        (None, None) => None,
    };
    let why = why.map(|href| view! { <Link href=href>{t.action_why()}</Link> });
    view! {
        <article class=sender class:revoked=content.revoked_at.is_some() class:bare=content.kind == MessageKind::Sticker id=format!("message-{id}")>
            {(content.kind == MessageKind::Note).then(|| view! { <p class="message-mark"><Icon name=IconName::EyeOff size=14 />{t.chats_note_mark()}</p> })}
            {surroundings(&content)}
            {content.reply_to.map(|id| view! { <Quoted desk id /> })}
            {revoked}
            {body(desk, &content)}
            <footer>
                {author.map(|author| view! { <span>{author}</span> })}
                {why}
                {edited}
                <Time at=at style=TimeStyle::Clock />
                {outgoing.then(|| view! { <Delivered desk message /> })}
            </footer>
            {move || message.with(|message| message.as_ref().and_then(|message| reactions(&message.reactions)))}
            <Show when=move || desk.may_write.get() && quotable>
                <span class="bubble-actions">
                    <IconButton icon=IconName::Reply label=t.chats_reply() small=true on_click=Callback::new({
                        let reply = reply.clone();
                        move |()| reply()
                    }) />
                </span>
            </Show>
        </article>
    }
    .into_any()
}

/// Emoji of both sides; equal ones are counted.
fn reactions(reactions: &Json) -> Option<AnyView> {
    let t = use_texts();
    let mut counted: Vec<(String, usize)> = Vec::new();
    for emoji in reactions.as_object()?.values().filter_map(Json::as_str).filter(|emoji| !emoji.is_empty()) {
        match counted.iter_mut().find(|entry| entry.0 == emoji) {
            Some(entry) => entry.1 += 1,
            None => counted.push((emoji.to_owned(), 1)),
        }
    }
    let one = |(emoji, count): (String, usize)| {
        view! { <li>{emoji}{(count > 1).then(|| view! { <small>{count.to_string()}</small> })}</li> }
    };
    (!counted.is_empty()).then(|| {
        view! { <ul class="reactions" aria-label=t.chats_reactions()>{counted.into_iter().map(one).collect_view()}</ul> }.into_any()
    })
}

/// Where the message comes from: forwarded, an advertisement, a product.
fn surroundings(content: &MessageView) -> Option<AnyView> {
    let t = use_texts();
    let meta = &content.meta;
    let text = |at: &str| meta.pointer(at).and_then(Json::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let flag = |name: &str| meta.get(name).and_then(Json::as_bool) == Some(true);
    let mut marks = Vec::new();
    if flag("frequently_forwarded") {
        marks.push((IconName::Undo, t.chats_forwarded_often()));
    } else if flag("forwarded") {
        marks.push((IconName::Undo, t.chats_forwarded()));
    }
    if meta.get("referral").is_some() {
        let headline = text("/referral/headline").or_else(|| text("/referral/body")).unwrap_or_default();
        marks.push((IconName::Campaigns, t.chats_from_advertisement(headline)));
    }
    if let Some(product) = text("/product/product_retailer_id") {
        marks.push((IconName::Tag, t.chats_about_product(product)));
    }
    let one =
        |(icon, words): (IconName, String)| view! { <p class="message-mark"><Icon name=icon size=14 />{words}</p> };
    (!marks.is_empty()).then(|| marks.into_iter().map(one).collect_view().into_any())
}
