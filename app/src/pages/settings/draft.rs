//! The organisation's record while somebody edits a part of it: what it was loaded as, how it is written back, and what
//! happens when somebody else was faster. Shared by the tabs that write it.

use super::api::{settings_get, settings_save};
use crate::door::{Answer, Fault};
use crate::i18n::use_texts;
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::{OrganisationInput, OrganisationSettings, OrganisationView};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use texts::Texts;

/// Loads the record once; live changes do not touch what is being typed.
pub(super) fn use_organisation() -> Resource<Answer<OrganisationView>> {
    Resource::new(|| (), |()| settings_get())
}

/// The record and how it is written.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    base: RwSignal<OrganisationView>,
    error: RwSignal<Option<ApiError>>,
    pending: RwSignal<bool>,
    may: Signal<bool>,
    reload: Callback<()>,
    toasts: Toasts,
    t: Texts,
}

impl Draft {
    /// A draft of what was loaded; call in the body of a component.
    pub fn new(base: OrganisationView, loaded: Resource<Answer<OrganisationView>>) -> Self {
        Self {
            base: RwSignal::new(base),
            error: RwSignal::new(None),
            pending: RwSignal::new(false),
            may: use_may(Permission::SettingsManage),
            reload: Callback::new(move |()| loaded.refetch()),
            toasts: use_toasts(),
            t: use_texts(),
        }
    }
    /// The record as it was loaded or last written, tracked.
    pub fn base(self) -> OrganisationView {
        self.base.get()
    }
    /// Its settings, tracked.
    pub fn settings(self) -> OrganisationSettings {
        self.base.with(|base| serde_json::from_value(base.settings.clone()).unwrap_or_default())
    }
    /// The record as an input, for changing a part of it.
    pub fn input(self) -> OrganisationInput {
        let (base, settings) = untrack(|| (self.base(), self.settings()));
        OrganisationInput {
            name: base.name,
            time_zone: base.time_zone,
            currency: base.currency,
            settings,
            rev: base.rev,
        }
    }
    /// The error for the form; that somebody was faster is said by [`Stale`] instead.
    pub fn error(self) -> Signal<Option<ApiError>> {
        Signal::derive(move || self.error.get().filter(|error| error.code != ErrorCode::Stale))
    }
    /// An error found before anything was sent.
    pub fn refuse(self, error: ApiError) {
        self.error.set(Some(error));
    }
    /// Writes it.
    pub fn save(self, input: OrganisationInput) {
        if self.pending.get_untracked() {
            return;
        }
        self.error.set(None);
        self.pending.set(true);
        spawn_local(async move {
            let answer = settings_save(input).await;
            let _ = self.pending.try_set(false);
            match answer {
                Ok(now) => {
                    let _ = self.base.try_set(now);
                    self.toasts.success(self.t.settings_saved());
                }
                Err(Fault(error)) => drop(self.error.try_set(Some(error))),
            }
        });
    }
}

/// The form around a part of the record: greyed out for those who may only read, and the button below.
#[component]
pub(super) fn DraftForm(
    /// The record.
    draft: Draft,
    /// Something was changed.
    #[prop(into)]
    dirty: Signal<bool>,
    /// Called to write.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Fields.
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let may = draft.may;
    let stale = move || draft.error.with(|error| error.as_ref().is_some_and(|error| error.code == ErrorCode::Stale));
    let notice = move || {
        stale().then(|| {
            view! {
                <Notice tone=Tone::Warning title=t.settings_stale()>
                    {t.settings_stale_hint()}
                    <div class="form-actions">
                        <Button small=true on_click=move || draft.reload.run(())>{t.settings_stale_load()}</Button>
                    </div>
                </Notice>
            }
        })
    };
    let actions = move || {
        may.get().then(|| {
            view! {
                <FormActions>
                    <Button variant=Variant::Primary submit=true pending=draft.pending>{t.action_save()}</Button>
                </FormActions>
            }
        })
    };
    // While somebody was faster, nothing keeps people from loading anew.
    let dirty = Signal::derive(move || dirty.get() && !stale());
    view! {
        <Form on_submit=on_submit error=draft.error() dirty=dirty>
            {move || (!may.get()).then(|| view! { <Notice tone=Tone::Neutral>{t.settings_read_only()}</Notice> })}
            <fieldset class="settings-fields" disabled=move || !may.get()>{children()}</fieldset>
            {notice}
            {actions}
        </Form>
    }
    .into_any()
}
