//! «Стоп-кран»: whether Pult sends, stopping it all or a part, and what waits until somebody decides.

mod api;
mod held;
mod pull;

pub use api::*;

use crate::format::use_format;
use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::lists::{ConfirmAction, Doing, Followed, Refresh, use_refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::{StopBoard, StopScope, StopView};
use leptos::prelude::*;
use texts::Texts;

/// The page.
#[component]
pub fn StopsPage() -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["stops", "jobs", "connections"]);
    let board = Resource::new(move || refresh.tick(), |_| stops_board());
    let may = use_may(Permission::JobsManage);
    let may_see = use_may(Permission::JournalRead);
    view! {
        <Screen title=t.stops_title()>
            <Followed resource=board skeleton=|| view! { <Skeleton shape=SkeletonShape::Block count=2 /> } let:board>
                <State board=board refresh=refresh may=may />
                {move || may.get().then(|| view! { <pull::Pull board=board refresh=refresh /> })}
            </Followed>
            {move || may_see.get().then(|| view! { <held::Held refresh=refresh may=may /> })}
        </Screen>
    }
    .into_any()
}

/// What a stop covers, in words.
fn covers(t: Texts, board: &StopBoard, scope: StopScope, target: &str) -> String {
    let of = |found: Option<String>| found.unwrap_or_else(|| target.to_owned());
    match scope {
        StopScope::All => t.stops_all(),
        StopScope::Channel => {
            let name = board.targets.iter().find(|it| it.provider == target).map(|it| it.service.clone());
            t.stops_channel_of(of(name))
        }
        StopScope::Connection => {
            let name = board.targets.iter().find(|it| it.id.to_string() == target).map(|it| it.name.clone());
            t.stops_connection_of(of(name))
        }
        StopScope::Rule => {
            let name = board.rules.iter().find(|(id, _)| id.to_string() == target).map(|(_, name)| name.clone());
            t.stops_rule_of(of(name))
        }
    }
}

/// Calm while everything goes out; else each stop with its two ways on.
#[component]
fn State(board: Signal<StopBoard>, refresh: Refresh, may: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let stops = Memo::new(move |_| board.with(|board| board.stops.clone()));
    move || {
        let stops = stops.get();
        if stops.is_empty() {
            return view! {
                <Notice tone=Tone::Success title=t.frame_sending_on()>{t.stops_calm()}</Notice>
            }
            .into_any();
        }
        let one = move |stop: StopView| view! { <Stop stop=stop board=board refresh=refresh may=may /> };
        view! { <div class="stack">{stops.into_iter().map(one).collect_view()}</div> }.into_any()
    }
}

#[component]
fn Stop(stop: StopView, board: Signal<StopBoard>, refresh: Refresh, may: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let now = use_now();
    let (id, scope, at) = (stop.id, stop.scope, stop.pulled_at);
    let target = StoredValue::new(stop.target);
    let held = Memo::new(move |_| board.with(|board| target.with_value(|target| board.covered(scope, target).0)));
    let title = board.with_untracked(|board| target.with_value(|target| covers(t, board, scope, target)));
    let restored = stop.restored_from.map(|at| t.stops_restored(format.date_time(at)));
    let who = stop.pulled_by_name.unwrap_or_else(|| match &restored {
        Some(_) => t.stops_by_restoring(),
        None => t.stops_by_key(),
    });
    let story = move || t.stops_pulled(format.relative(at, now.get()), who.clone());
    let dropping = RwSignal::new(false);
    let pending = RwSignal::new(false);
    let toasts = use_toasts();
    let send = move || {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        leptos::task::spawn_local(async move {
            match stops_lift(id, true).await {
                Ok(count) => toasts.success(t.stops_sent(i64::try_from(count).unwrap_or(i64::MAX))),
                Err(crate::door::Fault(error)) => toasts.error(&error),
            }
            let _ = pending.try_set(false);
            refresh.after_change();
        });
    };
    let drop_it = Callback::new(move |()| {
        let doing: Doing = Box::pin(async move {
            let count = stops_lift(id, false).await?;
            Ok(t.stops_dropped(i64::try_from(count).unwrap_or(i64::MAX)))
        });
        Some(doing)
    });
    let actions = move || {
        may.get().then(|| {
            let none = held.get() == 0;
            let resume = if none { t.stops_resume() } else { t.stops_resume_send(held.get()) };
            view! {
                <p class="stop-actions">
                    <Button small=true variant=Variant::Primary icon=IconName::Play pending=pending on_click=send>{resume}</Button>
                    {(!none).then(|| view! { <Button small=true variant=Variant::Danger on_click=move || dropping.set(true)>{t.stops_resume_drop()}</Button> })}
                </p>
            }
        })
    };
    let question = Signal::derive(move || t.stops_drop_text(held.get()));
    view! {
        <Notice tone=Tone::Danger title=title>
            {restored.map(|text| view! { <p>{text}</p> })}
            {(!stop.why.is_empty()).then(|| view! { <p class="stop-why">{stop.why.clone()}</p> })}
            <p>{story}" "{move || t.stops_held(held.get())}</p>
            {actions}
        </Notice>
        <ConfirmAction open=dropping title=t.stops_resume_drop() text=question confirm=t.stops_drop_confirm() refresh=refresh action=drop_it />
    }
    .into_any()
}
