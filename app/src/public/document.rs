//! The HTML document around a public page: head, brand, switch of the language, and the few lines of script that only
//! add comfort (showing a password, guessing the time zone). Nothing needs them.

use crate::i18n::{provide_language, use_language, use_texts};
use crate::shell::{SiteFiles, content_security_policy};
use crate::ui::OrganisationSign;
use domain::views::LookView;
use leptos::nonce::{Nonce, use_nonce};
use leptos::prelude::*;
use texts::Language;

/// Who sees the page, and how.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Language of the page.
    pub language: Language,
    /// The built files.
    pub files: SiteFiles,
    /// Address of this page without the language, for the switch.
    pub here: String,
    /// A session is open.
    pub signed_in: bool,
    /// E-mail and password shown on a demo installation.
    pub demo: Option<(String, String)>,
    /// Look of the organisation the page belongs to.
    pub look: Option<LookView>,
}

/// A finished page.
#[derive(Clone, Debug)]
pub struct Document {
    /// The whole document.
    pub html: String,
    /// Value of `Content-Security-Policy`; its nonce is in the document.
    pub policy: String,
}

/// How much room the page takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One narrow card in the middle.
    Card,
    /// The whole width.
    Wide,
}

/// Shows passwords on demand, and takes the time zone of the browser in a form that is new.
const COMFORT: &str = "document.body.classList.add('awake');\
document.querySelectorAll('.input-eye').forEach(b=>b.onclick=()=>{const i=b.parentElement.querySelector('input'),s=i.type==='password';\
i.type=s?'text':'password';b.setAttribute('aria-pressed',s)});\
const z=document.querySelector('[data-guess] select');if(z){const n=Intl.DateTimeFormat().resolvedOptions().timeZone;\
if(n&&n!=='UTC'){if(![...z.options].some(o=>o.value===n))z.add(new Option(n,n));z.value=n}}";

/// Renders a page. `title` and `content` are called with the language in place.
pub(super) fn render<V: IntoView + 'static>(
    visit: &Visit,
    shape: Shape,
    title: impl FnOnce(texts::Texts) -> String,
    content: impl FnOnce() -> V,
) -> Document {
    let owner = Owner::new();
    let document = owner.with(|| {
        let nonce = Nonce::new();
        let policy = content_security_policy(&nonce);
        provide_context(nonce);
        provide_language(visit.language);
        let title = title(texts::load(visit.language));
        let content = content().into_any();
        let html = view! { <Whole visit=visit.clone() shape title content /> }.into_view().to_html();
        Document { html, policy }
    });
    owner.cleanup();
    document
}

/// A title holds text only: the marks that views leave between texts would be read aloud there.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[component]
fn Whole(visit: Visit, shape: Shape, title: String, content: AnyView) -> impl IntoView {
    let t = use_texts();
    let fonts = visit.files.fonts().into_iter().map(|font| {
        view! { <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="" /> }
    });
    let class = match shape {
        Shape::Card => "public public-narrow",
        Shape::Wide => "public",
    };
    let style = visit.look.as_ref().map(|look| domain::look::style(&look.accent)).filter(|style| !style.is_empty());
    let own = visit.look.as_ref().is_some_and(|look| look.white_label);
    let own_name = visit.look.as_ref().filter(|look| look.white_label).map(|look| look.name.clone());
    let description = own_name.unwrap_or_else(|| t.landing_description());
    let icon = visit.look.as_ref().filter(|_| own).and_then(LookView::logo_address);
    let icon = icon.unwrap_or_else(|| "/favicon.svg".to_owned());
    let below = (visit.look.is_some() && !own).then(|| {
        view! {
            <footer class="public-powered"><a class="link" href="/"><Sign size=16 /> {t.public_powered()}</a></footer>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang=visit.language.code() style=style>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="dark" />
                <meta name="description" content=description />
                <title inner_html=escaped(&title)></title>
                <link rel="icon" href=icon />
                <link rel="stylesheet" href=visit.files.style.clone() />
                {fonts.collect_view()}
            </head>
            <body class=class>
                <header class="public-head">
                    {match visit.look {
                        Some(look) => view! { <OwnBrand look /> }.into_any(),
                        None => view! {
                            <a class="public-brand" href="/" aria-label=t.public_to_landing()>
                                <Sign />
                                <b>{t.app_name()}</b>
                            </a>
                        }
                        .into_any(),
                    }}
                    <Languages here=visit.here />
                </header>
                <main class="public-main" id="content">{content}</main>
                {below}
                <script nonce=use_nonce() inner_html=COMFORT></script>
            </body>
        </html>
    }
    .into_any()
}

/// The sign of Pult; the browser has it already for its tab.
#[component]
fn Sign(
    /// Side in pixels.
    #[prop(default = 28)]
    size: u32,
) -> impl IntoView {
    view! { <img class="public-sign" src="/favicon.svg" width=size height=size alt="" /> }
}

/// The organisation the page belongs to.
#[component]
fn OwnBrand(look: LookView) -> impl IntoView {
    let (name, logo) = (look.name.clone(), look.logo_address());
    view! {
        <span class="public-brand">
            <OrganisationSign name=Signal::stored(name) logo=Signal::stored(logo) />
            <b>{look.name}</b>
        </span>
    }
}

#[component]
fn Languages(here: String) -> impl IntoView {
    let t = use_texts();
    let joint = if here.contains('?') { '&' } else { '?' };
    let one = |language: Language| {
        let href = format!("{here}{joint}lang={}", language.code());
        let current = (language == use_language()).then_some("true");
        view! {
            <a href=href lang=language.code() hreflang=language.code() aria-current=current rel="nofollow">
                {texts::load(language).language_name()}
            </a>
        }
    };
    view! { <nav class="public-languages" aria-label=t.public_language()>{Language::ALL.map(one).into_iter().collect_view()}</nav> }
}
