//! The constructor: «Когда … если … то …» as blocks that are filled in, dragged, moved by keys, undone and saved by
//! themselves. Owns editing a tree; what a tree means is `domain::rules`, what may be published is decided by the services.

mod acts;
mod block;
mod call;
mod conditions;
mod date;
mod delay;
mod desk;
mod history;
mod lens;
mod places;
mod saving;
mod steps;
mod text;
mod trigger;
mod value;

pub use desk::{Desk, use_desk};
pub use saving::{SaveState, Saver, SavingStrip, SavingWord};

use crate::i18n::use_texts;
use conditions::Group;
use leptos::ev;
use leptos::prelude::*;
use steps::Steps;
use trigger::TriggerBlock;

/// The blocks of the rule on the desk around.
#[component]
pub fn Constructor() -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let keys = move |event: ev::KeyboardEvent| {
        // By place on the keyboard, so that it works in both layouts.
        let (control, shift) = (event.ctrl_key() || event.meta_key(), event.shift_key());
        match event.code().as_str() {
            "KeyZ" if control && shift => desk.redo(),
            "KeyY" if control => desk.redo(),
            "KeyZ" if control => desk.undo(),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="rule-blocks" on:keydown=keys>
            <section class="card rule-block"><TriggerBlock /></section>
            <section class="card rule-block"><Group at="when".to_owned() lead=t.rules_if() /></section>
            <Steps list="then".to_owned() />
        </div>
    }
    .into_any()
}
