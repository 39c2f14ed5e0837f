//! «Проба на событии»: the draft on something real, weighed in the browser at every keystroke. The facts are fetched once for
//! what is chosen; nothing is sent anywhere.

use super::api::{rules_example, rules_facts, rules_recent};
use super::edit::{Desk, use_desk};
use super::outline::{conditions, quote};
use super::reading::{SeenList, seen_lines, truth_sign};
use crate::door::{Answer, Fault};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::chats::words::client_name;
use crate::pages::journal::object_text;
use crate::pages::lists::use_refresh;
use crate::pages::orders::number_text;
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::rules::{Act, Facts, Halt, RuleTree, Truth, resume, start, weigh};
use domain::views::{RecentObject, RuleOffer, SaveExample};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Waits followed in one preview.
const MOST_STRETCHES: usize = 20;

/// Something fetched in the browser whenever its key changes; an answer that comes too late is dropped. Not a resource: the
/// panel lies inside what is itself loaded, where a page would wake up with other parts than it was rendered with.
struct Fetched<T: Send + Sync + 'static> {
    answer: RwSignal<Option<Answer<T>>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Fetched<T> {}

impl<T: Clone + Send + Sync + 'static> Fetched<T> {
    fn new<K, F>(key: Memo<K>, fetch: fn(K) -> F) -> Self
    where
        K: Clone + PartialEq + Send + Sync + 'static,
        F: Future<Output = Answer<T>> + 'static,
    {
        let (answer, again) = (RwSignal::new(None), RwSignal::new(0u32));
        Effect::new(move |_| {
            again.track();
            let asked = key.get();
            spawn_local(async move {
                let found = fetch(asked.clone()).await;
                if key.try_get_untracked() == Some(asked) {
                    let _ = answer.try_set(Some(found));
                }
            });
        });
        Self { answer, again }
    }
    fn get(self) -> Option<T> {
        self.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().ok().cloned()))
    }
    /// The skeleton while nothing has come, the error with a retry, or the content, made once.
    fn show(self, count: usize, content: impl Fn() -> AnyView + Send + Sync + 'static) -> impl IntoView {
        let phase = Memo::new(move |_| {
            self.answer.with(|answer| answer.as_ref().map(|answer| answer.as_ref().err().map(|fault| fault.0.clone())))
        });
        move || match phase.get() {
            None => view! { <Skeleton shape=SkeletonShape::Rows count=count /> }.into_any(),
            Some(Some(error)) => {
                view! { <LoadError error=error retry=move || self.again.update(|n| *n += 1) /> }.into_any()
            }
            Some(None) => untrack(&content),
        }
    }
}

/// The panel beside the constructor.
#[component]
pub fn Trial() -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let event = Memo::new(move |_| {
        desk.trigger.with(|trigger| trigger.as_ref().map(|trigger| trigger.event.clone()).unwrap_or_default())
    });
    let recent = Fetched::new(event, find);
    let refresh = use_refresh(["events", "orders"]);
    Effect::new(move |before: Option<u32>| {
        let tick = refresh.tick();
        if before.is_some_and(|before| before != tick) {
            recent.again.update(|n| *n += 1);
        }
        tick
    });
    let found = Signal::derive(move || recent.get().unwrap_or_default());
    let content = recent.show(4, move || view! { <OnOne found /> }.into_any());
    view! { <Card title=t.rules_trial() flush=true>{content}</Card> }.into_any()
}

/// What there is to try on; nothing where there is no such trigger, which its block says.
async fn find(event: String) -> Answer<Recent> {
    let list = if event.is_empty() { Vec::new() } else { rules_recent(event.clone()).await? };
    Ok(Recent { event, list })
}

/// What a rule would know about one of them.
async fn learn((event, object): (String, String)) -> Answer<Option<Facts>> {
    if object.is_empty() { Ok(None) } else { rules_facts(event, object).await.map(Some) }
}

/// What lately happened, of which trigger.
#[derive(Clone, Default)]
struct Recent {
    event: String,
    list: Vec<RecentObject>,
}

#[component]
fn OnOne(found: Signal<Recent>) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let now = use_now();
    let object = RwSignal::new(found.with_untracked(|found| first(&found.list)));
    // The latest is shown as long as nobody has chosen another one.
    Effect::new(move |latest: Option<String>| {
        let (newest, there) = found.with(|found| {
            let chosen = object.get_untracked();
            (first(&found.list), found.list.iter().any(|one| one.id == chosen))
        });
        let follows = latest.is_none_or(|latest| object.with_untracked(|object| *object == latest));
        if (follows || !there) && object.with_untracked(|object| *object != newest) {
            object.set(newest.clone());
        }
        newest
    });
    let choices = Signal::derive(move || {
        let now = now.get();
        let one = |one: &RecentObject| {
            let name = client_name(t, &one.contact_name, one.contact_phone.as_deref());
            let what = match (one.kind.as_str(), one.number) {
                (_, Some(number)) => t.rules_trial_order(number_text(t, number), name),
                ("chat", None) => t.rules_run_chat_of(name),
                (other, None) => t.rules_run_thing_of(object_text(t, other), name),
            };
            Choice::new(&one.id, format!("{what}, {}", f.list_time(one.at, now)))
        };
        found.with(|found| found.list.iter().map(one).collect::<Vec<_>>())
    });
    let asked = Memo::new(move |_| (found.with(|found| found.event.clone()), object.get()));
    let facts = Fetched::new(asked, learn);
    let nothing = Memo::new(move |_| found.with(|found| found.list.is_empty()));
    move || {
        match nothing.get() {
        true => view! { <EmptyState icon=IconName::Inbox title=t.rules_trial_none() hint=t.rules_trial_none_hint() compact=true /> }.into_any(),
        false => {
            let known = Signal::derive(move || facts.get().flatten());
            let content = facts.show(4, move || view! { <Weighed facts=known /> }.into_any());
            view! {
                <div class="rule-trial-head"><Select value=object choices=choices label=t.rules_trial_choose() small=true /></div>
                {content}
                <Keep object found />
                <p class="rule-trial-foot">{t.rules_trial_nothing_sent()}</p>
            }
            .into_any()
        }
    }
    }
}

fn first(list: &[RecentObject]) -> String {
    list.first().map(|one| one.id.clone()).unwrap_or_default()
}

/// Keeps what is tried as an example the rule must, or must not, act on. Only what was recorded can be kept.
#[component]
fn Keep(object: RwSignal<String>, found: Signal<Recent>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let desk = use_desk();
    let may = use_may(Permission::RulesManage);
    let chosen = Memo::new(move |_| {
        let id = object.get();
        found.with(|found| {
            found.list.iter().find(|one| one.id == id).map(|one| (one.occasion, one.contact_name.clone()))
        })
    });
    let keep = move |fires: bool| {
        let Some((Some(occasion_id), name)) = chosen.get_untracked() else { return };
        let name = if name.trim().is_empty() { t.rules_example_nameless() } else { name };
        spawn_local(async move {
            match rules_example(desk.id, SaveExample { occasion_id, name, fires }).await {
                Ok(()) => toasts.success(t.rules_example_kept()),
                Err(Fault(error)) => toasts.error(&error),
            }
        });
    };
    move || {
        let recorded = chosen.with(|chosen| chosen.as_ref().is_some_and(|chosen| chosen.0.is_some()));
        (recorded && may.get()).then(|| {
            view! {
                <div class="rule-trial-keep">
                    <span class="quiet">{t.rules_example_keep()}</span>
                    <Button small=true variant=Variant::Ghost icon=IconName::Check on_click=move || keep(true)>{t.rules_example_must()}</Button>
                    <Button small=true variant=Variant::Ghost icon=IconName::CircleSlash on_click=move || keep(false)>{t.rules_example_must_not()}</Button>
                </div>
            }
        })
    }
}

#[component]
fn Weighed(facts: Signal<Option<Facts>>) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let picture = move || {
        let facts = facts.get()?;
        let tree = desk.tree.get();
        let currency = desk.currency.get_value();
        Some(desk.offer.with(|offer| {
            let speech = desk.speech(offer, &currency);
            let (truth, seen) = weigh(&tree.when, &facts);
            let event = &tree.trigger.event;
            let lines = seen_lines(speech, event, &conditions(speech, event, &tree.when, "when"), &seen);
            let (word, hint) = match truth {
                Truth::Yes => (t.rules_trial_yes(), String::new()),
                Truth::No => (t.rules_trial_no(), t.rules_trial_no_hint()),
                Truth::NoData => (t.rules_trial_no(), t.rules_trial_no_data_hint()),
            };
            let conditions = match lines.is_empty() {
                true => view! { <p class="rule-hint">{t.rules_trial_no_conditions()}</p> }.into_any(),
                false => view! { <SeenList lines=lines /> }.into_any(),
            };
            view! {
                {conditions}
                <div class="rule-verdict">
                    {truth_sign(truth)}
                    <p><b>{word}</b>{(!hint.is_empty()).then(|| view! { <span class="quiet">". "{hint}</span> })}</p>
                </div>
                {(truth == Truth::Yes).then(|| plan(desk, offer, &tree, &facts))}
            }
        }))
    };
    view! { <div class="rule-weighed" aria-live="polite">{move || picture()}</div> }.into_any()
}

/// What the rule would do, as far as it can be known now.
fn plan(desk: Desk, offer: &RuleOffer, tree: &RuleTree, facts: &Facts) -> AnyView {
    let (t, f) = (use_texts(), use_format());
    let currency = desk.currency.get_value();
    let speech = desk.speech(offer, &currency);
    let mut rows: Vec<AnyView> = Vec::new();
    let mut facts = facts.clone();
    let note = |icon: IconName, words: String| {
        view! { <li class="note"><Icon name=icon size=14 /><p>{words}</p></li> }.into_any()
    };
    let mut walk = start(tree, &facts);
    for _ in 0..MOST_STRETCHES {
        for todo in &walk.todo {
            let missing: Vec<_> = todo.missing.iter().map(|key| speech.name(key)).collect();
            let (icon, text) = (act_icon(&todo.act), quote(&todo.act));
            let words = speech.act(&todo.act);
            let lacks = !missing.is_empty();
            rows.push(
                view! {
                    <li class:lacking=lacks>
                        <Icon name=icon size=14 />
                        <div>
                            <p>{words}</p>
                            {(!lacks && !text.is_empty()).then(|| view! { <q class="rule-quote">{text}</q> })}
                            {lacks.then(|| view! { <p class="field-error">{t.rules_trial_missing(missing.join("», «"))}</p> })}
                        </div>
                    </li>
                }
                .into_any(),
            );
            if lacks {
                return list(rows);
            }
        }
        match walk.halt {
            Halt::End => {
                rows.push(note(IconName::Check, t.rules_trial_end()));
                return list(rows);
            }
            Halt::NoDate { field, .. } => {
                rows.push(note(IconName::Alert, t.rules_trial_no_date(speech.name(&field))));
                return list(rows);
            }
            Halt::Answer { .. } => {
                rows.push(note(IconName::Clock, t.rules_trial_answer()));
                return list(rows);
            }
            Halt::Approval { .. } => {
                rows.push(note(IconName::Clock, t.rules_trial_approval()));
                return list(rows);
            }
            Halt::Later { place, at } => {
                rows.push(note(IconName::Clock, t.rules_trial_later(f.day_time(at, facts.at))));
                facts = walk.known.take().unwrap_or(facts);
                facts.at = at;
                walk = resume(tree, &facts, &place, None);
            }
        }
    }
    list(rows)
}

fn list(rows: Vec<AnyView>) -> AnyView {
    view! { <ol class="rule-plan">{rows}</ol> }.into_any()
}

/// The sign of a step.
pub fn act_icon(act: &Act) -> IconName {
    word_icon(act.word())
}

/// The sign of a step by its word.
pub fn word_icon(word: &str) -> IconName {
    match word {
        "send_message" => IconName::Send,
        "call_webhook" => IconName::Braces,
        "invite_to_review" => IconName::Star,
        "assign" | "save_contact" => IconName::User,
        "comment" => IconName::Note,
        "change_order" | "create_order" => IconName::Orders,
        "close_chat" => IconName::Check,
        "notify" => IconName::Mail,
        "branch" => IconName::Rules,
        "approve" | "approval" | "decision" => IconName::Help,
        "stop" => IconName::Stop,
        _ => IconName::Clock,
    }
}
