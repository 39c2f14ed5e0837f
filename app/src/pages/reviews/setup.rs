//! What is missing before anybody is invited by itself: two services and a rule. Shown until all three are there.

use crate::i18n::use_texts;
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::ReviewAttention;
use leptos::prelude::*;

#[component]
pub fn Setup(data: Signal<ReviewAttention>) -> impl IntoView {
    let t = use_texts();
    let setup = Memo::new(move |_| data.with(|data| data.setup));
    let connects = use_may(Permission::ConnectionsManage);
    let rules = use_may(Permission::RulesRead);
    let steps = move || {
        let setup = setup.get();
        [
            (setup.source, t.reviews_setup_source(), connects, "/connections", t.reviews_setup_connect()),
            (setup.inviter, t.reviews_setup_inviter(), connects, "/connections", t.reviews_setup_connect()),
            (setup.rule, t.reviews_setup_rule(), rules, "/rules", t.reviews_setup_rules()),
        ]
        .into_iter()
        .map(|(done, words, may, href, verb)| {
            let (icon, tone) =
                if done { (IconName::Success, Tone::Success) } else { (IconName::CircleDashed, Tone::Neutral) };
            let start = move || view! { <span class=format!("review-sign {}", tone.class())><Icon name=icon /></span> };
            let verb = StoredValue::new(verb);
            let end = move || match done {
                true => view! { <span class="quiet">{t.reviews_setup_done()}</span> }.into_any(),
                false => may
                    .get()
                    .then(|| view! { <LinkButton href=href small=true>{verb.get_value()}</LinkButton> })
                    .into_any(),
            };
            view! { <ListRow title=words start=start end=move || end /> }
        })
        .collect_view()
    };
    move || {
        let ready = setup.with(|setup| setup.inviter && setup.source && setup.rule);
        (!ready).then(|| view! { <Card title=t.reviews_setup() flush=true>{steps}</Card> })
    }
}
