//! One quiet line below the list: whether the journal is as it was written. Asked for by the browser when the page stands,
//! since a long chain takes a moment.

use super::api::journal_whole;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::seal::{FaultKind, JournalCheck, SealFault};
use leptos::prelude::*;
use leptos::task::spawn_local;
use texts::Texts;

/// Faults that are named on the page; the command line names more.
const NAMED: usize = 5;

/// The line, for whoever may change settings; nothing until it is known.
#[component]
pub fn Whole() -> impl IntoView {
    let may = use_may(Permission::SettingsManage);
    let check = RwSignal::new(None::<JournalCheck>);
    Effect::new(move |_| {
        if may.get() {
            spawn_local(async move {
                if let Ok(found) = journal_whole().await {
                    let _ = check.try_set(Some(found));
                }
            });
        }
    });
    move || check.get().map(shown)
}

fn shown(check: JournalCheck) -> AnyView {
    let t = use_texts();
    let at = use_format().time(check.checked_at);
    if check.found == 0 {
        return view! { <p class="quiet journal-whole"><Icon name=IconName::Check size=14 />{t.journal_whole(check.lines, at)}</p> }
            .into_any();
    }
    let one = |fault: &SealFault| {
        let place = fault.position.map_or_else(String::new, |position| position.to_string());
        let line = fault.journal_id.map(|id| view! { " " <code>{id.to_string()}</code> });
        view! { <li>{fault_text(t, fault.kind, place)}{line}</li> }
    };
    let named = check.faults.iter().take(NAMED).map(one).collect_view();
    view! {
        <Notice tone=Tone::Danger title=t.journal_broken(check.found)>
            <p>{t.journal_broken_text()}</p>
            <ul>{named}</ul>
        </Notice>
    }
    .into_any()
}

fn fault_text(t: Texts, kind: FaultKind, place: String) -> String {
    match kind {
        FaultKind::Changed => t.journal_fault_changed(place),
        FaultKind::Removed => t.journal_fault_removed(place),
        FaultKind::Rewritten => t.journal_fault_rewritten(place),
        FaultKind::Lost => t.journal_fault_lost(place),
        FaultKind::Inserted => t.journal_fault_inserted(),
        FaultKind::Unsealed => t.journal_fault_unsealed(),
    }
}
