//! «То»: lists of steps within each other, each step a block with its wait and its inputs, and the menu that adds one.

use super::acts::{ActInputs, Named, blank, own_keys};
use super::block::{Block, BlockMenu, Grip, ListEnd, Problems};
use super::conditions::Group;
use super::delay::DelayInputs;
use super::desk::use_desk;
use super::places::Piece;
use crate::i18n::use_texts;
use crate::pages::rules::outline::{is_said, sides};
use crate::pages::rules::words::{act_text, call_text};
use crate::ui::*;
use domain::rules::check::ProblemCode;
use domain::rules::{Act, CallField, Delay, Node, RuleTree, Step, Trigger, problems};
use domain::views::{OfferedCall, OfferedConnection, OfferedTrigger};
use leptos::prelude::*;
use std::sync::Arc;
use texts::Texts;

/// A list of steps with what adds one.
#[component]
pub fn Steps(list: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let top = list == "then";
    let place = StoredValue::new(list.clone());
    let one: ItemView = Arc::new(move |n| {
        let at = format!("{}/{n}", place.get_value());
        let lead = top.then(|| if n == "0" { t.rules_then() } else { t.rules_next() });
        view! { <OneStep at=at lead=lead.unwrap_or_default() /> }.into_any()
    });
    view! {
        <div class="rule-steps" class:top=top>
            <Each keys=desk.members(list.clone()) item=one />
            <ListEnd list=list.clone()>
                <AddStep list=list.clone() />
                <Problems at=list />
            </ListEnd>
        </div>
    }
    .into_any()
}

#[component]
fn OneStep(at: String, lead: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.step(at.clone());
    let place = StoredValue::new(at.clone());
    let word = Memo::new(move |_| here.with(|step| step.as_ref().map(|step| step.act.word())));
    let waits = Memo::new(move |_| here.with(|step| step.as_ref().is_some_and(|step| step.after.is_some())));
    let flip = move || {
        desk.change_step(&place.get_value(), |step| {
            step.after = match step.after {
                Some(_) => None,
                None => Some(Delay::Minutes { minutes: 60 }),
            };
        });
    };
    let own = Callback::new(move |()| {
        let (label, icon) = match waits.get() {
            true => (t.rules_drop_delay(), IconName::Close),
            false => (t.rules_add_delay(), IconName::Clock),
        };
        vec![MenuItem::action(label, flip).icon(icon)]
    });
    let delay = move || {
        waits.get().then(|| {
            view! { <DelayInputs at=place.get_value() /> }
        })
    };
    let body = move || {
        let word = word.get()?;
        let at = place.get_value();
        let title = act_text(t, word);
        Some(view! {
            <span class="rule-words">{title}</span>
            <ActInputs at=at.clone() />
        })
    };
    let inside = move || {
        word.track();
        let act = here.with_untracked(|step| step.as_ref().map(|step| step.act.clone()))?;
        act.inside()[0]?;
        let at = place.get_value();
        let condition =
            matches!(act, Act::Branch { .. }).then(|| view! { <Group at=format!("{at}/if") lead=t.rules_if() /> });
        let [yes, no] = sides(t, &act);
        Some(view! {
            {condition}
            <div class="rule-side"><p class="rule-side-head">{yes}</p><Steps list=format!("{at}/t") /></div>
            <div class="rule-side"><p class="rule-side-head">{no}</p><Steps list=format!("{at}/o") /></div>
        })
    };
    view! {
        <Block at=at.clone() class="rule-step">
            {move || delay()}
            <div class="rule-line rule-act">
                <Grip at=at.clone() />
                {(!lead.is_empty()).then(|| view! { <b class="rule-lead">{lead}</b> })}
                {move || body()}
                <span class="rule-step-menu"><BlockMenu at=at.clone() own=own /></span>
            </div>
            <Problems at=at.clone() />
            {move || inside()}
        </Block>
    }
    .into_any()
}

/// Steps by what they are about; the words of the tree.
const GROUPS: [(&str, &[&str]); 5] = [
    ("client", &["send_message", "save_contact", "invite_to_review"]),
    ("team", &["assign", "assign_free", "notify"]),
    ("order", &["comment", "change_order", "create_order", "close_chat", "add_tag", "remove_tag", "set_field"]),
    ("outside", &["call_webhook"]),
    ("flow", &["branch", "wait_for_answer", "approve", "stop"]),
];

#[component]
fn AddStep(list: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let place = StoredValue::new(list);
    let adds = move |words: String, act: Act| {
        MenuItem::action(words, move || {
            let step = Step { after: None, act: act.clone() };
            desk.add(&place.get_value(), Piece::Step(step));
        })
    };
    let items = Signal::derive(move || {
        let trigger = desk.trigger.get();
        let first = |all: &[OfferedConnection]| all.first().map(|one| one.id);
        let (reviewer, caller) = desk.offer.with(|offer| (first(&offer.reviewers), first(&offer.callers)));
        let field = trigger.as_ref().and_then(|trigger| own_keys(trigger).next());
        let named = Named { me: desk.me, reviewer, caller, field };
        let mut items = Vec::new();
        for (group, words) in GROUPS {
            let made = words.iter().filter_map(|word| Some((*word, blank(word, &named)?)));
            let possible: Vec<_> = made.filter(|(_, act)| is_possible(trigger.as_ref(), act)).collect();
            if possible.is_empty() {
                continue;
            }
            items.push(MenuItem::Heading(match group {
                "client" => t.rules_acts_client(),
                "team" => t.rules_acts_team(),
                "order" => t.rules_acts_order(),
                "outside" => t.rules_acts_outside(),
                _ => t.rules_acts_flow(),
            }));
            items.extend(possible.into_iter().map(|(word, act)| adds(act_text(t, word), act)));
        }
        let calls: Vec<_> = desk.offer.with(|offer| {
            let act = |call: &OfferedCall| Some((speech_of(t, call), call_of(call, trigger.as_ref()?)?));
            offer.services.iter().filter_map(act).collect()
        });
        if !calls.is_empty() {
            items.push(MenuItem::Heading(t.rules_acts_services()));
            items.extend(calls.into_iter().map(|(words, act)| adds(words, act)));
        }
        items
    });
    view! {
        <Menu label=t.rules_add_step() items=items class="button ghost small">
            <Icon name=IconName::Plus />
            <span class="button-text">{t.rules_add_step()}</span>
        </Menu>
    }
    .into_any()
}

fn speech_of(t: Texts, call: &OfferedCall) -> String {
    t.rules_words_service(call_text(t, &call.action), call.connection.name.clone())
}

/// The step of a call, led to what the event is about; `None` where the event does not say what that is.
fn call_of(call: &OfferedCall, trigger: &OfferedTrigger) -> Option<Act> {
    let mut fields = Vec::new();
    for (name, needed) in &call.inputs {
        let key = format!("event.{name}");
        let known = trigger.fields.iter().any(|field| field.key == key);
        // What need not be given is left out: an event that lacks it would stop the rule.
        match (is_said(name), *needed, known) {
            (true, ..) => fields.push(CallField { name: name.clone(), text: String::new() }),
            (false, true, true) => fields.push(CallField { name: name.clone(), text: format!("{{{{{key}}}}}") }),
            (false, true, false) => return None,
            (false, false, _) => {}
        }
    }
    Some(Act::UseService { connection_id: call.connection.id, action: call.action.clone(), fields })
}

/// Whether a step can be done on this trigger: the check itself is asked, so that there is one table of what is possible.
fn is_possible(trigger: Option<&OfferedTrigger>, act: &Act) -> bool {
    let Some(trigger) = trigger else { return false };
    let tree = RuleTree {
        v: domain::rules::tree::VERSION,
        trigger: Trigger::of(&trigger.event),
        when: Node::always(),
        then: vec![Step { after: None, act: act.clone() }],
    };
    !problems(&tree, Some(&trigger.offer())).iter().any(|problem| problem.code == ProblemCode::Impossible)
}
