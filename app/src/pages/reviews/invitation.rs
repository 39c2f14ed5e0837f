//! The panel of one invitation: how it stands and why, what can be done, every try, the way to its cause.

use super::api::invitations_get;
use super::hands::Hands;
use super::stars::Stars;
use super::words::{StateBadge, case_link, invitation_reason};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::journal::Attempts;
use crate::pages::lists::{Address, Followed, Panel, PanelPart, Refresh, use_refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::ids::InvitationId;
use domain::views::{InvitationCard, InvitationState};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;

/// Opens while the address has `open`.
#[component]
pub fn InvitationDrawer(address: Address) -> impl IntoView {
    let t = use_texts();
    let (open, item) = address.layer("open");
    let panel = move || {
        item.get().map(|id| match id.parse::<InvitationId>() {
            Ok(id) => view! { <Loading id=id /> }.into_any(),
            Err(_) => view! { <LoadError error=ApiError::new(ErrorCode::NotFound) /> }.into_any(),
        })
    };
    view! { <Drawer open=open title=t.reviews_invitation()>{panel}</Drawer> }.into_any()
}

#[component]
fn Loading(id: InvitationId) -> impl IntoView {
    let refresh = use_refresh(["reviews"]);
    let card = Resource::new(move || refresh.tick(), move |_| invitations_get(id));
    view! {
        <Followed resource=card skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=5 /> } let:card>
            <Body card=card refresh=refresh />
        </Followed>
    }
    .into_any()
}

#[component]
fn Body(card: Signal<InvitationCard>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let hands = Hands::new(refresh);
    let invitation = Memo::new(move |_| card.with(|card| card.invitation.clone()));
    let attempts = Memo::new(move |_| card.with(|card| card.attempts.clone()));
    let head = move || {
        let one = invitation.get();
        let why = invitation_reason(t, &one);
        let unknown = one.state == InvitationState::Unknown;
        view! {
            <p class="journal-line large"><Icon name=IconName::Mail /><span>{one.name.clone()}</span></p>
            <p class="line"><StateBadge invitation=one /></p>
            {(!why.is_empty()).then(|| view! { <p class="journal-why">{why}</p> })}
            {unknown.then(|| view! { <p class="quiet">{t.reviews_unknown_hint()}</p> })}
        }
    };
    let buttons = move || invitation.with(|one| hands.buttons(one.id, one.state, &one.name));
    view! {
        <Panel>
            {head}
            {buttons}
            {move || view! { <About card=card.get() /> }}
            <PanelPart title=t.reviews_attempts()>
                {move || match attempts.get() {
                    list if list.is_empty() => view! { <p class="quiet">{t.reviews_no_attempts()}</p> }.into_any(),
                    list => view! { <Attempts list=list /> }.into_any(),
                }}
            </PanelPart>
        </Panel>
    }
    .into_any()
}

/// The facts, and where it came from.
#[component]
fn About(card: InvitationCard) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let one = card.invitation;
    let client = one.contact_id.map(|id| {
        view! { <Fact label=t.reviews_column_client()><Link href=format!("/contacts/{id}")>{t.reviews_client_card()}</Link></Fact> }
    });
    let case = case_link(t, &one.object_kind, &one.object_id, one.link.as_deref());
    let member =
        (!one.member.is_empty()).then(|| view! { <Fact label=t.reviews_column_member()>{one.member.clone()}</Fact> });
    let next = one.next_at.filter(|_| one.state == InvitationState::Pending && one.attempts > 0);
    let (run, job) = (one.run_id, one.job_id);
    let may_rules = use_may(Permission::RulesRead);
    let may_journal = use_may(Permission::JournalRead);
    view! {
        <Facts>
            <Fact label=t.reviews_email()>{one.email.clone()}</Fact>
            {client}
            <Fact label=t.reviews_column_case()>{case}</Fact>
            {member}
            <Fact label=t.reviews_reference()><code>{one.reference.clone()}</code></Fact>
            <Fact label=t.reviews_column_at()>{format.exact(one.created_at)}</Fact>
            {one.sent_at.map(|at| view! { <Fact label=t.reviews_sent_at()>{format.exact(at)}</Fact> })}
            {next.map(|at| view! { <Fact label=t.reviews_next_try()><Time at=at /></Fact> })}
            {one.stars.map(|stars| view! { <Fact label=t.reviews_column_review()><Stars count=stars /></Fact> })}
        </Facts>
        <div class="line">
            {move || {
                run.filter(|_| may_rules.get())
                    .map(|run| {
                        view! { <LinkButton href=format!("/rules/runs/{run}") small=true icon=IconName::Help>{t.action_why()}</LinkButton> }
                    })
            }}
            {move || {
                may_journal
                    .get()
                    .then(|| {
                        view! { <LinkButton href=format!("/journal?tab=jobs&open={job}") small=true variant=Variant::Ghost>{t.reviews_job()}</LinkButton> }
                    })
            }}
        </div>
    }
    .into_any()
}
