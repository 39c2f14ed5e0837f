//! Moving an order to another status, from the board and from the panel: asks for the reason where the step needs one,
//! says beforehand when the client will be told, offers to take it back. Owns the asking; the services decide.

use super::api::orders_change;
use super::status::{number_text, status_text};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::session::use_me;
use crate::ui::*;
use domain::ids::OrderId;
use domain::orders::{OrderStatus, transition};
use domain::views::{ChangeOrder, OrderView, OrganisationSettings};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A step somebody wants to make.
#[derive(Clone, PartialEq)]
struct Step {
    order: OrderView,
    to: OrderStatus,
    reason_required: bool,
}

/// Moves orders. `Copy`; make one per board or panel with [`use_mover`] and put its [`MoveDialog`] on the page.
#[derive(Clone, Copy)]
pub struct Mover {
    asking: RwSignal<Option<Step>>,
    open: RwSignal<bool>,
    /// The step on its way: order, its revision, where to.
    under_way: RwSignal<Option<(OrderId, i64, OrderStatus)>>,
    send: Callback<(Step, String)>,
    told: Signal<Vec<OrderStatus>>,
    role: Signal<domain::access::Role>,
    toasts: Toasts,
}

/// Moves orders and fetches again when it is done.
pub fn use_mover(refresh: Refresh) -> Mover {
    let t = use_texts();
    let toasts = use_toasts();
    let me = use_me();
    let role = Signal::derive(move || me.with(|me| me.role));
    let told = Signal::derive(move || me.with(|me| told_statuses(&me.organisation.settings)));
    let asking = RwSignal::new(None::<Step>);
    let open = RwSignal::new(false);
    let under_way = RwSignal::new(None);
    let send = Callback::new(move |(step, reason): (Step, String)| {
        let (id, rev, from, to) = (step.order.id, step.order.rev, step.order.status, step.to);
        under_way.set(Some((id, rev, to)));
        let back = transition(role.get_untracked(), to, from).filter(|back| !back.reason_required);
        // A message to the client cannot be called back.
        let back = back.filter(|_| !told.get_untracked().contains(&to));
        spawn_local(async move {
            let change = ChangeOrder {
                status: Some(to),
                reason: Some(reason).filter(|r| !r.is_empty()),
                rev: Some(rev),
                ..Default::default()
            };
            let answer = orders_change(id, change).await;
            match &answer {
                Ok(()) => {
                    let _ = open.try_set(false);
                    let text = t.order_moved(step.order.number.to_string(), status_text(t, to));
                    match back {
                        Some(_) => toasts.with_action(text, t.action_undo(), move || undo(id, from, toasts, refresh)),
                        None => toasts.success(text),
                    }
                }
                Err(Fault(error)) => toasts.error(error),
            }
            if answer.is_err() {
                refresh.now();
            } else {
                refresh.after_change();
            }
            // The card stays where it was put until its new revision has arrived.
            if answer.is_err() {
                let _ = under_way.try_set(None);
            }
        });
    });
    Mover { asking, open, under_way, send, told, role, toasts }
}

fn undo(id: OrderId, to: OrderStatus, toasts: Toasts, refresh: Refresh) {
    spawn_local(async move {
        if let Err(Fault(error)) = orders_change(id, ChangeOrder { status: Some(to), ..Default::default() }).await {
            toasts.error(&error);
        }
        refresh.after_change();
    });
}

/// Statuses the client is told about.
pub fn told_statuses(settings: &serde_json::Value) -> Vec<OrderStatus> {
    let settings: OrganisationSettings = serde_json::from_value(settings.clone()).unwrap_or_default();
    if settings.order_notice.enabled { settings.order_notice.statuses } else { Vec::new() }
}

impl Mover {
    /// Whether this person may make the step.
    pub fn allows(self, from: OrderStatus, to: OrderStatus) -> bool {
        transition(self.role.get(), from, to).is_some()
    }
    /// Statuses the client is told about.
    pub fn told(self) -> Vec<OrderStatus> {
        self.told.get()
    }
    /// The step on its way, if it is this order at this revision.
    pub fn under_way(self, order: &OrderView) -> Option<OrderStatus> {
        self.under_way.get().filter(|(id, rev, _)| *id == order.id && *rev == order.rev).map(|(_, _, to)| to)
    }
    /// Makes the step, after asking what must be asked. `announced`: the page already says that the client will be told.
    pub fn start(self, order: OrderView, to: OrderStatus, announced: bool) {
        let Some(rule) = transition(self.role.get_untracked(), order.status, to) else {
            let error = ApiError::new(ErrorCode::TransitionNotAllowed).arg("from", order.status).arg("to", to);
            return self.toasts.error(&error);
        };
        let tells = !announced && self.told.get_untracked().contains(&to);
        let step = Step { order, to, reason_required: rule.reason_required };
        if step.reason_required || tells {
            self.asking.set(Some(step));
            self.open.set(true);
        } else {
            self.send.run((step, String::new()));
        }
    }
}

/// Asks for the reason, or says that the client will be told.
#[component]
pub fn MoveDialog(
    /// Whose question it is.
    mover: Mover,
) -> impl IntoView {
    let t = use_texts();
    let title = Signal::derive(move || {
        let reason = mover.asking.with(|step| step.as_ref().is_some_and(|step| step.reason_required));
        if reason { t.order_reason_title() } else { t.order_notice_title() }
    });
    view! {
        <Dialog open=mover.open title=title>
            {move || mover.asking.get().map(|step| view! { <Question step=step mover=mover /> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn Question(step: Step, mover: Mover) -> impl IntoView {
    let t = use_texts();
    let reason = RwSignal::new(String::new());
    let missing = RwSignal::new(None::<String>);
    let required = step.reason_required;
    let pending = {
        let order = step.order.clone();
        Signal::derive(move || mover.under_way(&order).is_some())
    };
    let (from, to) = (status_text(t, step.order.status), status_text(t, step.to));
    let number = step.order.number.to_string();
    let text = match required {
        true => t.order_reason_text(number, from, to.clone()),
        false if step.order.chat_id.is_some() => {
            t.order_notice_text(number, to.clone(), step.order.contact_name.clone())
        }
        false => t.order_notice_text_maybe(number, to.clone()),
    };
    let danger = step.to == OrderStatus::Cancelled;
    let verb = match (danger, required) {
        (true, _) => t.order_cancel(),
        (false, true) => t.order_move_to(to),
        (false, false) => t.order_move_confirm(),
    };
    let submit = move || {
        let words = reason.with_untracked(|reason| reason.trim().to_owned());
        if required && words.is_empty() {
            missing.set(Some(t.order_reason_needed()));
        } else if !pending.get_untracked() {
            mover.send.run((step.clone(), words));
        }
    };
    let submit = Callback::new(move |()| submit());
    let field = required.then(|| {
        view! {
            <Field name="reason" label=t.order_reason() required=true error=missing>
                <Textarea value=reason rows=3 max_length=1000 on_send=submit />
            </Field>
        }
    });
    view! {
        <Form on_submit=submit>
            <p class="dialog-text">{text}</p>
            {field}
            <div class="dialog-actions">
                <Button on_click=move || mover.open.set(false)>{t.action_cancel()}</Button>
                <Button variant=if danger { Variant::Danger } else { Variant::Primary } submit=true pending=pending>
                    {verb}
                </Button>
            </div>
        </Form>
    }
    .into_any()
}

/// «№ 1042 · Замена компрессора», for screen readers and tooltips.
pub fn order_label(t: texts::Texts, order: &OrderView) -> String {
    let number = number_text(t, order.number);
    if order.title.is_empty() { number } else { format!("{number} · {}", order.title) }
}
