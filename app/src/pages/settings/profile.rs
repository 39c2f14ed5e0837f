//! The person: name, e-mail, language, what they want to be told, password.

use super::api::{profile_language, profile_save, profile_ways_in};
use super::email::EmailState;
use super::hours::{minutes, written};
use super::identities::{OwnPassword, WaysInCard};
use super::push::PushCard;
use super::second_factor::OwnFactor;
#[cfg(feature = "hydrate")]
use crate::calling;
use crate::calling::Notifying;
use crate::door::Fault;
use crate::i18n::{use_language, use_set_language, use_texts};
use crate::pages::lists::use_refresh;
use crate::session::use_me;
use crate::ui::*;
use domain::ApiError;
use domain::views::{NotificationChoices, ProfileInput};
use leptos::prelude::*;
use leptos::task::spawn_local;
use texts::Language;

/// The tab.
#[component]
pub fn ProfileSettings() -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["me"]);
    let ways = Resource::new(move || refresh.tick(), |_| profile_ways_in());
    view! {
        <Card title=t.settings_profile()>
            <div class="stack">
                <NameForm />
                <EmailState />
            </div>
        </Card>
        <Card title=t.settings_language()>
            <Languages />
        </Card>
        <Card title=t.settings_notifications()>
            <Notifications />
        </Card>
        <PushCard />
        <Card title=t.settings_password()>
            <OwnPassword ways=ways />
        </Card>
        <OwnFactor />
        <WaysInCard ways=ways refresh=refresh />
    }
    .into_any()
}

#[component]
fn NameForm() -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let toasts = use_toasts();
    let name = RwSignal::new(me.with_untracked(|me| me.name.clone()));
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let saved = RwSignal::new(name.get_untracked());
    let dirty = Signal::derive(move || name.get() != saved.get());
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        let new = name.get_untracked();
        let (language, notifications) = me.with_untracked(|me| (me.language.clone(), me.notifications));
        error.set(None);
        pending.set(true);
        spawn_local(async move {
            let answer = profile_save(ProfileInput { name: new.clone(), language, notifications }).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(()) => {
                    let _ = saved.try_set(new);
                    toasts.success(t.state_saved());
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
        });
    };
    view! {
        <Form on_submit=submit error=error dirty=dirty>
            <Field name="name" label=t.settings_profile_name() help=t.settings_profile_name_help() required=true>
                <Input value=name autocomplete="name" max_length=100 />
            </Field>
            <FormActions>
                <Button variant=Variant::Primary submit=true pending=pending>{t.action_save()}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}

#[component]
fn Languages() -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let set_language = use_set_language();
    let tabs = Language::ALL.map(|language| Tab::new(language.code(), texts::load(language).language_name())).to_vec();
    let choose = move |code: String| {
        let Some(language) = Language::from_code(&code) else { return };
        spawn_local(async move {
            if let Err(Fault(error)) = profile_language(code).await {
                toasts.error(&error);
            }
        });
        set_language(language);
    };
    view! {
        <div class="settings-line">
            <span>{t.settings_language_note()}</span>
            <Tabs label=t.settings_language() tabs=tabs selected=use_language().code().to_owned() on_select=choose segmented=true />
        </div>
    }
    .into_any()
}

#[component]
fn Notifications() -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let toasts = use_toasts();
    let stored = Memo::new(move |_| me.with(|me| me.notifications));
    let choices = RwSignal::new(stored.get_untracked());
    Effect::new(move |_| choices.set(stored.get()));
    let save = move |wanted: NotificationChoices| {
        choices.set(wanted);
        let (name, language) = me.with_untracked(|me| (me.name.clone(), me.language.clone()));
        spawn_local(async move {
            if let Err(Fault(error)) = profile_save(ProfileInput { name, language, notifications: wanted }).await {
                toasts.error(&error);
                if let Some(stored) = stored.try_get_untracked() {
                    choices.set(stored);
                }
            }
        });
    };
    view! {
        <div class="stack">
            <Switch
                checked=Signal::derive(move || choices.get().sound)
                on_change=move |sound| {
                    save(NotificationChoices { sound, ..choices.get_untracked() });
                    #[cfg(feature = "hydrate")]
                    if sound {
                        calling::beep();
                    }
                }
                label=t.settings_sound()
                note=t.settings_sound_note()
            />
            <Desktop choices save=Callback::new(save) />
            <Quiet choices save=Callback::new(save) />
            <Switch
                checked=Signal::derive(move || choices.get().mail_on_trouble)
                on_change=move |mail_on_trouble| save(NotificationChoices { mail_on_trouble, ..choices.get_untracked() })
                label=t.settings_mail_on_trouble()
                note=t.settings_mail_on_trouble_note()
            />
        </div>
    }
    .into_any()
}

/// Notifications of this browser: wanted by the person, allowed by the browser.
#[component]
fn Desktop(choices: RwSignal<NotificationChoices>, save: Callback<NotificationChoices>) -> impl IntoView {
    let t = use_texts();
    let state = RwSignal::new(Notifying::Unasked);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| state.set(calling::may_notify()));
    let wish = move |desktop: bool| {
        save.run(NotificationChoices { desktop, ..choices.get_untracked() });
        #[cfg(feature = "hydrate")]
        if desktop && state.get_untracked() == Notifying::Unasked {
            calling::allow_notifications(move |now| {
                state.try_set(now);
            });
        }
    };
    let note = Signal::derive(move || match (choices.get().desktop, state.get()) {
        (true, Notifying::Denied) => t.settings_desktop_denied(),
        (true, Notifying::Unasked) => t.settings_desktop_unasked(),
        _ => t.settings_desktop_note(),
    });
    let ask = move || {
        (choices.get().desktop && state.get() == Notifying::Unasked).then(|| {
            view! {
                <div class="line">
                    <Button small=true icon=IconName::Bell on_click=move || wish(true)>{t.settings_desktop_allow()}</Button>
                </div>
            }
        })
    };
    view! {
        <div class="stack tight">
            <Switch checked=Signal::derive(move || choices.get().desktop) on_change=wish label=t.settings_desktop() note=note />
            {ask}
        </div>
    }
    .into_any()
}

/// Hours in which nothing is heard or shown.
#[component]
fn Quiet(choices: RwSignal<NotificationChoices>, save: Callback<NotificationChoices>) -> impl IntoView {
    let t = use_texts();
    let stored = choices.with_untracked(|choices| choices.quiet).unwrap_or((21 * 60, 9 * 60));
    let (from, to) = (RwSignal::new(written(stored.0)), RwSignal::new(written(stored.1)));
    let on = Signal::derive(move || choices.get().quiet.is_some());
    let read =
        move || from.with(|text| minutes(text)).zip(to.with(|text| minutes(text))).filter(|(from, to)| from != to);
    Effect::new(move |before: Option<Option<(u16, u16)>>| {
        let now = read();
        if before.is_some_and(|before| before != now) && now.is_some() && on.get_untracked() {
            save.run(NotificationChoices { quiet: now, ..choices.get_untracked() });
        }
        now
    });
    let switch = move |on: bool| {
        let quiet = on.then(|| untrack(read).unwrap_or(stored));
        save.run(NotificationChoices { quiet, ..choices.get_untracked() });
    };
    view! {
        <div class="stack tight">
            <Switch checked=on on_change=switch label=t.settings_quiet() note=t.settings_quiet_note() />
            <Show when=move || on.get()>
                <div class="line">
                    <Input value=from kind="time" label=t.settings_quiet_from() />
                    <span aria-hidden="true">"–"</span>
                    <Input value=to kind="time" label=t.settings_quiet_to() />
                </div>
            </Show>
        </div>
    }
    .into_any()
}
