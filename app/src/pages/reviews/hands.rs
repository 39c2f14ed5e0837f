//! What a person can do with an invitation: say whether it arrived, send it again, let it be. Somebody else may have been
//! faster: then that is said, and what is shown is fetched again.

use super::api::{invitations_decide, invitations_retry, invitations_withdraw};
use crate::door::{Answer, Fault};
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::session::use_may;
use crate::ui::{Button, IconName, Toasts, Variant, use_toasts};
use domain::ErrorCode;
use domain::access::Permission;
use domain::ids::InvitationId;
use domain::views::InvitationState;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use texts::Texts;

/// Working with invitations of one list or panel.
#[derive(Clone, Copy)]
pub struct Hands {
    texts: Texts,
    toasts: Toasts,
    refresh: Refresh,
    /// Which one is being worked on.
    busy: RwSignal<Option<InvitationId>>,
    /// Whether this person may.
    may: Signal<bool>,
}

impl Hands {
    /// Call in the body of a component.
    pub fn new(refresh: Refresh) -> Self {
        Self {
            texts: use_texts(),
            toasts: use_toasts(),
            refresh,
            busy: RwSignal::new(None),
            may: use_may(Permission::ReviewsWrite),
        }
    }
    fn act(self, id: InvitationId, doing: Pin<Box<dyn Future<Output = Answer<()>>>>, words: String) {
        if self.busy.get_untracked().is_some() {
            return;
        }
        self.busy.set(Some(id));
        spawn_local(async move {
            let answer = doing.await;
            let _ = self.busy.try_set(None);
            match answer {
                Ok(()) => {
                    self.toasts.success(words);
                    self.refresh.after_change();
                }
                Err(Fault(error)) if error.code == ErrorCode::JobState => {
                    self.toasts.info(self.texts.reviews_too_late());
                    self.refresh.now();
                }
                Err(Fault(error)) => self.toasts.error(&error),
            }
        });
    }
    /// The buttons of an invitation in this state; nothing where there is nothing to do, or no right to do it.
    pub fn buttons(self, id: InvitationId, state: InvitationState, name: &str) -> Option<AnyView> {
        if !self.may.get() {
            return None;
        }
        let t = self.texts;
        let pending = Signal::derive(move || self.busy.get() == Some(id));
        let name = StoredValue::new(name.to_owned());
        let again = move || t.reviews_said_again(name.get_value());
        let decide = move |arrived: bool| {
            let words = if arrived { t.reviews_said_arrived(name.get_value()) } else { again() };
            self.act(id, Box::pin(invitations_decide(id, arrived)), words);
        };
        let retry = move || self.act(id, Box::pin(invitations_retry(id)), again());
        let withdraw = move || {
            self.act(id, Box::pin(invitations_withdraw(id)), t.reviews_said_withdrawn(name.get_value()));
        };
        match state {
            InvitationState::Unknown => Some(
                view! {
                    <div class="line review-hands">
                        <Button small=true icon=IconName::Check pending=pending on_click=move || decide(true)>{t.reviews_arrived()}</Button>
                        <Button small=true icon=IconName::Refresh pending=pending on_click=move || decide(false)>{t.reviews_not_arrived()}</Button>
                    </div>
                }
                .into_any(),
            ),
            InvitationState::Failed => Some(
                view! {
                    <div class="line review-hands">
                        <Button small=true icon=IconName::Refresh pending=pending on_click=retry>{t.action_retry()}</Button>
                        <Button small=true variant=Variant::Ghost pending=pending on_click=withdraw>{t.reviews_withdraw()}</Button>
                    </div>
                }
                .into_any(),
            ),
            InvitationState::Cancelled => Some(
                view! {
                    <div class="line review-hands">
                        <Button small=true icon=IconName::Refresh pending=pending on_click=retry>{t.action_retry()}</Button>
                    </div>
                }
                .into_any(),
            ),
            InvitationState::Pending | InvitationState::Sent => None,
        }
    }
}
