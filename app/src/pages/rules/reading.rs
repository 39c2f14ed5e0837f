//! A rule in words on the page: for readers, for versions, and with ticks and crosses for what an evaluation saw.

use super::outline::{Fate, Line, LineKind, Speech};
use super::words::value_text;
use crate::i18n::use_texts;
use crate::ui::*;
use domain::rules::{Seen, Truth};
use leptos::prelude::*;

fn indent(depth: usize) -> String {
    format!("--depth: {}", depth.min(9))
}

/// The whole rule as a sentence.
#[component]
pub fn Reading(lines: Vec<Line>) -> impl IntoView {
    let one = |line: Line| {
        let class = if line.kind == LineKind::Side { "side" } else { "" };
        view! {
            <li class=class class:begins=!line.lead.is_empty() style=indent(line.depth)>
                {(!line.lead.is_empty()).then(|| view! { <b class="rule-lead">{line.lead.clone()}" "</b> })}
                <span>{line.text}</span>
                {(!line.quote.is_empty()).then(|| view! { <q class="rule-quote">{line.quote}</q> })}
            </li>
        }
    };
    view! { <ul class="rule-outline">{lines.into_iter().map(one).collect_view()}</ul> }.into_any()
}

/// Two versions as one list: what was taken away, what was added.
#[component]
pub fn Difference(lines: Vec<(Fate, Line)>) -> impl IntoView {
    let t = use_texts();
    let one = |(fate, line): (Fate, Line)| {
        let (class, mark) = match fate {
            Fate::Same => ("", None),
            Fate::Added => ("added", Some(("+", t.rules_diff_added()))),
            Fate::Removed => ("removed", Some(("−", t.rules_diff_removed()))),
        };
        view! {
            <li class=class style=indent(line.depth)>
                {mark.map(|(sign, word)| view! { <span class="rule-mark" aria-label=word>{sign}</span> })}
                {(!line.lead.is_empty()).then(|| view! { <b class="rule-lead">{line.lead.clone()}" "</b> })}
                <span>{line.text}</span>
                {(!line.quote.is_empty()).then(|| view! { <q class="rule-quote">{line.quote}</q> })}
            </li>
        }
    };
    view! { <ul class="rule-outline rule-difference">{lines.into_iter().map(one).collect_view()}</ul> }.into_any()
}

/// Sign and words of an answer.
pub fn truth_sign(truth: Truth) -> AnyView {
    let t = use_texts();
    let (tone, icon, word) = match truth {
        Truth::Yes => (Tone::Success, IconName::Check, t.rules_result_yes()),
        Truth::No => (Tone::Danger, IconName::Close, t.rules_result_no()),
        Truth::NoData => (Tone::Neutral, IconName::Minus, t.rules_trial_no_data()),
    };
    view! { <span class=format!("rule-sign {}", tone.class()) role="img" aria-label=word><Icon name=icon size=14 /></span> }
        .into_any()
}

/// One condition as it was seen.
#[derive(Clone, PartialEq)]
pub struct SeenLine {
    pub truth: Truth,
    pub depth: usize,
    pub text: String,
    /// What it saw; "" for a group.
    pub saw: String,
}

/// Conditions with what an evaluation saw. `lines` and `seen` are in the same order; a group around everything that only
/// says «выполнено всё» is left out.
pub fn seen_lines(speech: Speech<'_>, event: &str, lines: &[Line], seen: &[Seen]) -> Vec<SeenLine> {
    let t = speech.t;
    let plain =
        lines.first().is_some_and(|line| line.kind == LineKind::Group && line.text.starts_with(&t.rules_group_all()));
    let bare = lines.len() == 1 && lines.first().is_some_and(|line| line.kind == LineKind::Group);
    let one = |(line, seen): (&Line, &Seen)| {
        let saw = match (line.kind, &seen.value) {
            (LineKind::Test, Some(value)) => {
                let field = speech.field(event, &line.field);
                t.rules_trial_saw(value_text(t, speech.f, speech.currency, &field, value))
            }
            (LineKind::Test, None) => t.rules_trial_no_data(),
            _ => String::new(),
        };
        let depth = line.depth.saturating_sub(usize::from(plain));
        SeenLine { truth: seen.truth, depth, text: line.text.clone(), saw }
    };
    lines.iter().zip(seen).skip(usize::from(plain || bare)).map(one).collect()
}

/// The list of them.
#[component]
pub fn SeenList(lines: Vec<SeenLine>) -> impl IntoView {
    let one = |line: SeenLine| {
        view! {
            <li style=indent(line.depth)>
                {truth_sign(line.truth)}
                <div>
                    <p>{line.text}</p>
                    {(!line.saw.is_empty()).then(|| view! { <p class="rule-saw">{line.saw}</p> })}
                </div>
            </li>
        }
    };
    view! { <ul class="rule-seen">{lines.into_iter().map(one).collect_view()}</ul> }.into_any()
}
