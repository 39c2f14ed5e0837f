//! Writing a note for colleagues in the place of an answer: the text, whom to call, and the way out.

use super::api::{chats_members, chats_note};
use super::desk::Desk;
use super::follow::follow;
use crate::door::Fault;
use crate::i18n::{error_text, use_texts};
use crate::session::use_me;
use crate::ui::{Button, Icon, IconName, Menu, MenuItem, Place, Textarea, Variant};
use domain::ApiError;
use domain::access::Permission;
use domain::ids::UserId;
use domain::views::{MemberView, WriteNote};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Longest note.
const MOST: u32 = 5_000;

/// Members whose `@name` stands in the text.
fn named(text: &str, called: &[(UserId, String)]) -> Vec<UserId> {
    called.iter().filter(|(_, name)| text.contains(&format!("@{name}"))).map(|(id, _)| *id).collect()
}

/// The note while it is written.
#[component]
pub(super) fn Noting(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let text = RwSignal::new(String::new());
    let called = RwSignal::new(Vec::<(UserId, String)>::new());
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let members = follow(|| true, || 0, chats_members);
    let others = Signal::derive(move || {
        let own = me.with(|me| me.user_id);
        let may = |m: &&MemberView| m.active && m.user_id != own && m.role.allows(Permission::ChatsRead);
        members.with(|members| match members {
            Some(Ok(all)) => all.iter().filter(may).map(|m| (m.user_id, m.name.clone())).collect::<Vec<_>>(),
            _ => Vec::new(),
        })
    });
    let items = Signal::derive(move || {
        let call = move |(id, name): (UserId, String)| {
            let label = name.clone();
            MenuItem::action(label, move || {
                let name = name.clone();
                text.update(|text| {
                    if !text.is_empty() && !text.ends_with(char::is_whitespace) {
                        text.push(' ');
                    }
                    text.push_str(&format!("@{name} "));
                });
                called.update(|called| {
                    if !called.iter().any(|known| known.0 == id) {
                        called.push((id, name));
                    }
                });
            })
        };
        others.get().into_iter().map(call).collect::<Vec<_>>()
    });
    let write = move || {
        let written = text.get_untracked();
        if pending.get_untracked() || written.trim().is_empty() {
            return;
        }
        // Who is typed by hand counts as well as who was picked.
        let known = called.with_untracked(|called| [called.clone(), others.get_untracked()].concat());
        let mut mentions = named(&written, &known);
        mentions.dedup();
        let note = WriteNote { text: written, mentions };
        pending.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = chats_note(desk.id, note).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(_) => {
                    let _ = text.try_set(String::new());
                    desk.noting.set(false);
                    desk.after_change();
                    desk.to_bottom.run(());
                }
                Err(Fault(refused)) => drop(error.try_set(Some(refused))),
            }
        });
    };
    view! {
        <div class="composer-box noting">
            <Textarea value=text rows=3 max_length=MOST placeholder=t.chats_note_placeholder() label=t.chats_note() on_send=write />
            <div class="composer-tools">
                <Menu label=t.chats_note_call() items=items place=Place::AboveStart class="button ghost small">
                    <Icon name=IconName::UserPlus size=14 />
                    {t.chats_note_call()}
                </Menu>
                <span class="composer-hint">{t.chats_note_hint()}</span>
                <Button small=true on_click=move || desk.noting.set(false)>{t.action_cancel()}</Button>
                <Button variant=Variant::Primary small=true icon=IconName::Note pending=pending on_click=write>{t.chats_note_save()}</Button>
            </div>
        </div>
        {move || {
            error
                .get()
                .map(|error| view! { <p class="form-error" role="alert"><Icon name=IconName::Alert />{error_text(t, &error)}</p> })
        }}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::Id;

    #[test]
    fn whoever_is_still_in_the_text_is_called() {
        let id = |n: u8| UserId::make(1, &[n; 10]);
        let called = [(id(1), "Anna".to_owned()), (id(2), "Boris Orlov".to_owned())];
        assert_eq!(named("@Boris Orlov look", &called), [id(2)]);
        assert_eq!(named("nobody", &called), []);
    }
}
