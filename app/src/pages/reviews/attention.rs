//! «Требует внимания»: invitations that failed or whose end nobody knows, bad reviews without our answer. Zero is a calm line.

use super::hands::Hands;
use super::stars::Stars;
use super::words::{author, case_text, invitation_reason};
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::{InvitationState, InvitationView, Page, ReviewAttention, ReviewView};
use leptos::prelude::*;

#[component]
pub fn AttentionCard(data: Signal<ReviewAttention>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let hands = Hands::new(refresh);
    let list = Memo::new(move |_| data.get());
    let count = Memo::new(move |_| {
        list.with(|list| list.unknown.items.len() + list.failed.items.len() + list.reviews.items.len())
    });
    let more = Memo::new(move |_| list.with(rest_of));
    let aside = move || {
        let (count, more) = (count.get(), more.get());
        let plus = if more.is_empty() { "" } else { "+" };
        let links = more.into_iter().map(|(href, words)| view! { <Link href=href>{words}</Link> }).collect_view();
        view! {
            <Badge tone=Tone::Accent>{format!("{count}{plus}")}</Badge>
            <span class="push line">{links}</span>
        }
    };
    let rows = move || {
        list.with(|list| {
            let unknown = list.unknown.items.iter().map(|one| invitation_row(hands, one.clone()));
            let failed = list.failed.items.iter().map(|one| invitation_row(hands, one.clone()));
            let reviews = list.reviews.items.iter().map(|one| review_row(one.clone()));
            unknown.chain(failed).chain(reviews).collect_view()
        })
    };
    move || match count.get() {
        0 => view! {
            <div class="calm" role="status"><Icon name=IconName::Success /><span>{t.reviews_calm()}</span></div>
        }
        .into_any(),
        _ => view! {
            <Card title=t.reviews_attention() aside=move || aside flush=true attention=true>
                {rows}
            </Card>
        }
        .into_any(),
    }
}

/// Where those are that have no room here.
fn rest_of(list: &ReviewAttention) -> Vec<(&'static str, String)> {
    fn more<T>(page: &Page<T>) -> bool {
        page.next_cursor.is_some()
    }
    let t = use_texts();
    let kinds = [
        (more(&list.unknown), "/reviews?state=unknown", t.reviews_all_unknown()),
        (more(&list.failed), "/reviews?state=failed", t.reviews_all_failed()),
        (more(&list.reviews), "/reviews?tab=reviews&stars=bad&answer=none", t.reviews_all_bad()),
    ];
    kinds.into_iter().filter(|kind| kind.0).map(|(_, href, words)| (href, words)).collect()
}

fn invitation_row(hands: Hands, invitation: InvitationView) -> AnyView {
    let t = use_texts();
    let unknown = invitation.state == InvitationState::Unknown;
    let title = match unknown {
        true => t.reviews_unknown_title(&invitation.name),
        false => t.reviews_failed_title(&invitation.name),
    };
    let why = invitation_reason(t, &invitation);
    let case = case_text(t, &invitation.object_kind, &invitation.object_id);
    let note = [why, case, invitation.member.clone()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    let tone = if unknown { Tone::Warning } else { Tone::Danger };
    let icon = if unknown { IconName::Help } else { IconName::Failure };
    let href = format!("/reviews?open={}", invitation.id);
    let (id, state, name) = (invitation.id, invitation.state, StoredValue::new(invitation.name.clone()));
    let end = move || hands.buttons(id, state, &name.get_value());
    let start = move || view! { <span class=format!("review-sign {}", tone.class())><Icon name=icon /></span> };
    view! { <ListRow title=title note=note.join(" · ") href=href start=start end=move || end /> }.into_any()
}

fn review_row(review: ReviewView) -> AnyView {
    let t = use_texts();
    let may = use_may(Permission::ReviewsWrite);
    let href = format!("/reviews?tab=reviews&open={}", review.id);
    let words = if review.title.is_empty() { review.body.clone() } else { review.title.clone() };
    let title = t.reviews_bad_title(author(t, &review));
    let answer = StoredValue::new(href.clone());
    let end = move || {
        let word = if may.get() { t.reviews_answer() } else { t.action_open() };
        view! { <LinkButton href=answer.get_value() small=true>{word}</LinkButton> }
    };
    let stars = review.stars;
    let start = move || view! { <Stars count=stars short=true /> };
    view! { <ListRow title=title note=words href=href start=start end=move || end /> }.into_any()
}
