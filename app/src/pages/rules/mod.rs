//! Rules: the list, the constructor of one rule, its versions, and runs with their «Почему?». Owns what is shown and edited;
//! what a rule means is `domain::rules`, what is kept and done is the services'.

mod api;
mod create;
mod edit;
mod held;
mod list;
mod machine;
mod ops;
mod outline;
mod page;
mod protection;
mod publish;
mod reading;
mod run;
mod runs;
mod trial;
mod undo;
mod versions;
mod words;
mod words_of_services;

pub use page::RulePage;
pub use run::RunPage;
pub use words::outcome_look;

use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::lists::use_address;
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use leptos::prelude::*;

/// Address of the runs about one order or chat.
pub fn why_href(object_id: impl std::fmt::Display) -> String {
    format!("/rules/runs?object_id={object_id}")
}

fn parts(selected: &'static str) -> impl IntoView {
    let t = use_texts();
    let tabs = vec![
        Tab::new("list", t.rules_tab_list()).href("/rules"),
        Tab::new("runs", t.rules_tab_runs()).href("/rules/runs"),
    ];
    view! { <Tabs label=t.rules_parts() tabs=tabs selected=Signal::stored(selected.to_owned()) /> }
}

/// The list of rules.
#[component]
pub fn RulesPage() -> impl IntoView {
    let t = use_texts();
    let may = use_may(Permission::RulesManage);
    let (creating, _) = use_address().layer("new");
    let create = move || {
        may.get().then(|| {
            view! {
                <Button variant=Variant::Primary icon=IconName::Plus on_click=move || creating.set(true)>{t.rules_new()}</Button>
            }
        })
    };
    view! {
        <Screen title=t.nav_rules() actions=move || create>
            {parts("list")}
            <list::RuleList creating />
        </Screen>
    }
    .into_any()
}

/// The list of runs.
#[component]
pub fn RunsPage() -> impl IntoView {
    let t = use_texts();
    let address = use_address();
    view! {
        <Screen title=t.nav_rules()>
            {parts("runs")}
            <runs::Runs address />
        </Screen>
    }
    .into_any()
}
