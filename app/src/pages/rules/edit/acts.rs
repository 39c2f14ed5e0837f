//! The inputs of a step: its text with fields, its member, its status, its times.

use super::call::Call;
use super::desk::use_desk;
use super::lens::{chosen, lens, text};
use super::text::TextInput;
use super::value::Length;
use crate::i18n::use_texts;
use crate::pages::orders;
use crate::pages::rules::outline::is_said;
use crate::pages::rules::words::{call_text, field_name};
use crate::ui::*;
use domain::custom::PREFIX;
use domain::ids::{ConnectionId, UserId};
use domain::orders::OrderStatus;
use domain::rules::{Act, FieldSpec, Node};
use domain::views::OfferedTrigger;
use leptos::prelude::*;

/// What new steps name at first.
pub struct Named {
    pub me: UserId,
    pub reviewer: Option<ConnectionId>,
    pub caller: Option<ConnectionId>,
    /// A field of the organisation's own.
    pub field: Option<String>,
}

/// Keys of the organisation's own fields that events of a trigger bring.
pub fn own_keys(trigger: &OfferedTrigger) -> impl Iterator<Item = String> + '_ {
    trigger.fields.iter().filter_map(|field| Some(field.key.strip_prefix(PREFIX)?.to_owned()))
}

/// A new step of this word; `None` where it lacks something to name.
pub fn blank(word: &str, named: &Named) -> Option<Act> {
    let me = named.me;
    let text = String::new();
    Some(match word {
        "send_message" => Act::SendMessage { text },
        "invite_to_review" => Act::InviteToReview { connection_id: named.reviewer?, quiet_days: 90 },
        "assign" => Act::Assign { member: Some(me) },
        "assign_free" => Act::AssignFree,
        "add_tag" => Act::AddTag { tag: text },
        "remove_tag" => Act::RemoveTag { tag: text },
        "set_field" => Act::SetField { field: named.field.clone()?, text },
        "comment" => Act::Comment { text },
        "change_order" => Act::ChangeOrder { status: OrderStatus::InProgress },
        "create_order" => Act::CreateOrder { title: text },
        "close_chat" => Act::CloseChat,
        "call_webhook" => Act::CallWebhook { connection_id: named.caller?, event: text, fields: Vec::new() },
        "save_contact" => Act::SaveContact { name: String::new(), phone: text, email: String::new() },
        "notify" => Act::Notify { member: me, text },
        "branch" => Act::Branch { when: Node::always(), then: Vec::new(), otherwise: Vec::new() },
        "wait_for_answer" => Act::WaitForAnswer { minutes: 1_440, answered: Vec::new(), silent: Vec::new() },
        "approve" => {
            let (then, refused) = (Vec::new(), Vec::new());
            Act::Approve { member: None, minutes: 1_440, otherwise_yes: false, then, refused }
        }
        "stop" => Act::Stop,
        _ => return None,
    })
}

/// Everything to fill in of one step.
#[component]
pub fn ActInputs(at: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.step(at.clone());
    let place = StoredValue::new(at.clone());
    let act = move || here.get().map(|step| step.act);
    let change = move |change: Box<dyn FnOnce(&mut Act)>| {
        desk.change_step(&place.get_value(), |step| change(&mut step.act));
    };
    let minutes = move || {
        let get = Memo::new(move |_| match act()? {
            Act::WaitForAnswer { minutes, .. } | Act::Approve { minutes, .. } => Some(minutes),
            _ => None,
        });
        let put = Callback::new(move |value: u32| {
            change(Box::new(move |act| {
                if let Act::WaitForAnswer { minutes, .. } | Act::Approve { minutes, .. } = act {
                    *minutes = value;
                }
            }));
        });
        view! { <Length get put label=t.rules_in_number() /> }
    };
    match here.get_untracked().map(|step| step.act) {
        Some(Act::SendMessage { .. } | Act::Comment { .. } | Act::CreateOrder { .. }) => {
            view! { <TextInput at /> }.into_any()
        }
        Some(Act::Notify { .. }) => {
            view! { <Members at=at.clone() none=None deciding=false /> <TextInput at /> }.into_any()
        }
        Some(Act::SaveContact { .. }) => view! {
            <TextInput at=at.clone() which=0 />
            <TextInput at=at.clone() which=1 />
            <TextInput at which=2 />
        }
        .into_any(),
        Some(Act::Assign { .. }) => view! { <Members at none=Some(t.rules_nobody()) deciding=false /> }.into_any(),
        Some(Act::ChangeOrder { .. }) => {
            let get = Memo::new(move |_| match act()? {
                Act::ChangeOrder { status } => Some(status.as_str().to_owned()),
                _ => None,
            });
            let choices = OrderStatus::ALL.iter().map(|it| Choice::new(it.as_str(), orders::status_text(t, *it)));
            let choices = Signal::stored(choices.collect::<Vec<_>>());
            let pick = move |value: String| {
                if let Ok(new) = value.parse::<OrderStatus>() {
                    change(Box::new(move |act| *act = Act::ChangeOrder { status: new }));
                }
            };
            view! { <Select value=chosen(get) choices=choices label=t.rules_in_status() small=true on_change=pick /> }
                .into_any()
        }
        Some(Act::InviteToReview { .. }) => view! { <Reviewer at /> }.into_any(),
        Some(Act::CallWebhook { .. }) => view! { <Call at /> }.into_any(),
        Some(Act::UseService { connection_id, action, fields }) => {
            let name = desk.offer.with_untracked(|offer| {
                let call = offer.services.iter().find(|call| call.connection.id == connection_id);
                call.map_or_else(|| t.rules_gone_connection(), |call| call.connection.name.clone())
            });
            let words = t.rules_words_service(call_text(t, &action), name);
            let said = fields.iter().enumerate().filter(|(_, field)| is_said(&field.name));
            let inputs = said.map(|(n, _)| view! { <TextInput at=at.clone() which=n /> }).collect_view();
            view! { <span class="rule-words">{words}</span>{inputs} }.into_any()
        }
        Some(Act::WaitForAnswer { .. }) => minutes().into_any(),
        Some(Act::Approve { .. }) => {
            let get = Memo::new(move |_| match act()? {
                Act::Approve { otherwise_yes, .. } => Some(if otherwise_yes { "yes" } else { "no" }.to_owned()),
                _ => None,
            });
            let choices = vec![Choice::new("no", t.rules_counts_no()), Choice::new("yes", t.rules_counts_yes())];
            let pick = move |value: String| {
                change(Box::new(move |act| {
                    if let Act::Approve { otherwise_yes, .. } = act {
                        *otherwise_yes = value == "yes";
                    }
                }));
            };
            view! {
                <Members at none=Some(t.rules_anybody()) deciding=true />
                <span class="rule-words">{t.rules_no_decision()}</span>
                {minutes()}
                <span class="rule-words">{t.rules_counts_as()}</span>
                <Select value=chosen(get) choices=Signal::stored(choices) label=t.rules_counts_as() small=true on_change=pick />
            }
            .into_any()
        }
        Some(Act::AddTag { .. } | Act::RemoveTag { .. }) => view! { <Tag at /> }.into_any(),
        Some(Act::SetField { .. }) => view! { <OwnField at=at.clone() /> <TextInput at /> }.into_any(),
        Some(Act::AssignFree | Act::CloseChat | Act::Stop | Act::Branch { .. }) | None => ().into_any(),
    }
}

/// Which tag.
#[component]
fn Tag(at: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.step(at.clone());
    let get = Memo::new(move |_| match here.get()?.act {
        Act::AddTag { tag } | Act::RemoveTag { tag } => Some(tag),
        _ => None,
    });
    let value = text(get, move |new| {
        desk.change_step(&at, |step| {
            if let Act::AddTag { tag } | Act::RemoveTag { tag } = &mut step.act {
                *tag = new;
            }
        });
    });
    view! { <Input value=value label=t.rules_in_tag() max_length=50 /> }.into_any()
}

/// Which of the organisation's own fields.
#[component]
fn OwnField(at: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.step(at.clone());
    let get = Memo::new(move |_| match here.get()?.act {
        Act::SetField { field, .. } => Some(field),
        _ => None,
    });
    let choices = Signal::derive(move || {
        let own = |field: &FieldSpec| Some(Choice::new(field.key.strip_prefix(PREFIX)?, field_name(t, field)));
        let fields = desk.trigger.with(|trigger| trigger.as_ref().map(|it| it.fields.iter().filter_map(own).collect()));
        let mut choices: Vec<Choice> = fields.unwrap_or_default();
        let chosen = get.get().unwrap_or_default();
        if !chosen.is_empty() && !choices.iter().any(|choice| choice.value == chosen) {
            choices.push(Choice::new(&chosen, &chosen));
        }
        choices
    });
    let pick = move |value: String| {
        desk.change_step(&at, |step| {
            if let Act::SetField { field, .. } = &mut step.act {
                *field = value;
            }
        });
    };
    view! { <Select value=chosen(get) choices=choices label=t.rules_in_own_field() small=true on_change=pick /> }
        .into_any()
}

/// Which member. `none`: words for nobody in particular; `deciding`: only those who see runs.
#[component]
fn Members(at: String, none: Option<String>, deciding: bool) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.step(at.clone());
    let get = Memo::new(move |_| match here.get()?.act {
        Act::Assign { member } | Act::Approve { member, .. } => {
            Some(member.map(|id| id.to_string()).unwrap_or_default())
        }
        Act::Notify { member, .. } => Some(member.to_string()),
        _ => None,
    });
    let choices = Signal::derive(move || {
        let chosen = get.get().unwrap_or_default();
        let mut choices: Vec<Choice> = desk.offer.with(|offer| {
            let may = offer
                .members
                .iter()
                .filter(|one| one.id.to_string() == chosen || one.active && (!deciding || one.may_decide));
            may.map(|one| Choice::new(one.id.to_string(), &one.name)).collect()
        });
        if !chosen.is_empty() && !choices.iter().any(|choice| choice.value == chosen) {
            choices.push(Choice::new(chosen, t.rules_gone_member()));
        }
        choices
    });
    let pick = move |value: String| {
        let wanted = value.parse::<UserId>().ok();
        desk.change_step(&at, |step| match (&mut step.act, wanted) {
            (Act::Assign { member } | Act::Approve { member, .. }, wanted) => *member = wanted,
            (Act::Notify { member, .. }, Some(wanted)) => *member = wanted,
            _ => {}
        });
    };
    let value = chosen(get);
    match none {
        Some(none) => view! { <Select value=value choices=choices label=t.rules_in_member() placeholder=none small=true on_change=pick /> },
        None => view! { <Select value=value choices=choices label=t.rules_in_member() small=true on_change=pick /> },
    }
    .into_any()
}

/// Through which connection a review is asked for, and how often at most.
#[component]
fn Reviewer(at: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.step(at.clone());
    let place = StoredValue::new(at);
    let get = Memo::new(move |_| match here.get()?.act {
        Act::InviteToReview { connection_id, .. } => Some(connection_id.to_string()),
        _ => None,
    });
    let days = Memo::new(move |_| match here.get()?.act {
        Act::InviteToReview { quiet_days, .. } => Some(quiet_days),
        _ => None,
    });
    let choices = Signal::derive(move || {
        let one = |one: &domain::views::OfferedConnection| Choice::new(one.id.to_string(), &one.name);
        desk.offer.with(|offer| offer.reviewers.iter().map(one).collect::<Vec<_>>())
    });
    let pick = move |value: String| {
        desk.change_step(&place.get_value(), |step| {
            if let (Act::InviteToReview { connection_id, .. }, Ok(wanted)) = (&mut step.act, value.parse()) {
                *connection_id = wanted;
            }
        });
    };
    let quiet = lens(
        days,
        u16::to_string,
        |text| text.trim().parse().ok(),
        move |value| {
            desk.change_step(&place.get_value(), |step| {
                if let Act::InviteToReview { quiet_days, .. } = &mut step.act {
                    *quiet_days = value;
                }
            });
        },
    );
    view! {
        <Select value=chosen(get) choices=choices label=t.rules_in_connection() placeholder=t.rules_choose() small=true on_change=pick />
        <span class="rule-words">{t.rules_in_quiet_days()}</span>
        <span class="rule-length"><Input value=quiet label=t.rules_in_quiet_days() input_mode="numeric" /></span>
    }
    .into_any()
}
