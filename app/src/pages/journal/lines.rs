//! What happened, line by line.

use super::api::journal_list;
use super::filters::LineFilters;
use super::links::{filter_of, nothing, object_link};
use super::whole::Whole;
use super::words_of_changes::changes_text;
use super::words_of_lines::{line_icon, line_text, line_tone};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, CursorPager, Followed, NewAbove, Panel, PanelPart, Steady, use_refresh};
use crate::ui::*;
use domain::views::JournalView;
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use texts::Texts;

/// The list and the panel of one line.
#[component]
pub fn Lines(address: Address) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["journal"]);
    let filter = Memo::new(move |_| filter_of(address));
    let lines = Resource::new(
        move || (refresh.tick(), filter.get()),
        |(_, filter)| async move { journal_list(filter.clone()).await.map(|page| (filter, page)) },
    );
    let current = Signal::derive(move || address.get("open"));
    view! {
        <LineFilters address=address />
        <Followed resource=lines let:data>
            {
                let list = Signal::derive(move || data.with(|(filter, page)| (filter.clone(), page.items.clone())));
                let steady = Steady::new(list, |line: &JournalView| line.id.to_string());
                let next = Signal::derive(move || data.with(|(_, page)| page.next_cursor.clone()));
                let empty = move || {
                    let filter = data.with(|(filter, _)| filter.clone());
                    nothing(&filter, IconName::Journal, t.journal_lines_empty(), t.journal_lines_empty_hint(), "/journal")
                };
                view! {
                    <NewAbove steady=steady>
                        <Table
                            label=t.journal_tab_lines()
                            columns=columns()
                            rows=steady.rows
                            key=|line: &JournalView| line.id.to_string()
                            on_open=move |id: String| address.set(&[("open", Some(&id))])
                            current=current
                            empty=empty
                        />
                    </NewAbove>
                    <CursorPager address=address next=next />
                    <LineDrawer address=address lines=steady.rows />
                }
            }
        </Followed>
        <Whole />
    }
    .into_any()
}

fn columns() -> Vec<Column<JournalView>> {
    let t = use_texts();
    let what = move |line: &JournalView| {
        view! {
            <span class=format!("journal-line {}", line_tone(line).class())>
                <Icon name=line_icon(line) size=14 />
                <span>{line_text(t, line)}</span>
            </span>
        }
    };
    let about = move |line: &JournalView| object_link(t, &line.object_kind, &line.object_id);
    let who = move |line: &JournalView| actor_text(t, line);
    let at = |line: &JournalView| view! { <Moment at=line.at /> };
    vec![
        Column::new("what", t.journal_column_what(), what),
        Column::new("about", t.journal_column_about(), about).width("130px"),
        Column::new("who", t.journal_column_who(), who).width("190px"),
        Column::new("at", t.journal_column_at(), at).end().width("150px"),
    ]
}

/// Who acted, in words.
pub fn actor_text(t: Texts, line: &JournalView) -> String {
    match (line.actor_name.clone(), line.actor_kind.as_str()) {
        (Some(name), _) => name,
        (None, "customer") => t.journal_actor_customer(),
        (None, "rule") => t.journal_actor_rule(),
        (None, "key") => t.journal_actor_key(),
        (None, "user") => t.journal_actor_user(),
        _ => t.journal_actor_system(),
    }
}

/// A moment to the second: today only the time, else with the day.
#[component]
pub fn Moment(at: i64) -> impl IntoView {
    let format = use_format();
    let now = use_now();
    let text = move || match format.day_number(now.get()) == format.day_number(at) {
        true => format.time_seconds(at),
        false => format.exact(at),
    };
    view! { <time class="time" datetime=iso(at) title=format.exact(at)>{text}</time> }
}

/// One line with its arguments; taken from the page of the list.
#[component]
fn LineDrawer(address: Address, lines: Signal<Vec<JournalView>>) -> impl IntoView {
    let t = use_texts();
    let (open, item) = address.layer("open");
    let panel = move || {
        let id = item.get()?;
        let line = lines.with(|lines| lines.iter().find(|line| line.id.to_string() == id).cloned());
        Some(match line {
            Some(line) => view! { <LineCard line=line /> }.into_any(),
            None => view! { <LoadError error=ApiError::new(ErrorCode::NotFound) /> }.into_any(),
        })
    };
    view! { <Drawer open=open title=t.journal_line_title()>{panel}</Drawer> }
}

#[component]
fn LineCard(line: JournalView) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let cause = line.cause_kind.clone().zip(line.cause_id.clone());
    let mut rest = line.args.clone();
    let changed = changes_text(t, format, &line);
    let changes = (!changed.is_empty()).then(|| {
        rest.as_object_mut().map(|args| args.remove("changes"));
        let one = |(field, from, to): (String, String, String)| {
            view! { <Fact label=field><span class="journal-change"><s>{from}</s>" → "<b>{to}</b></span></Fact> }
        };
        view! { <PanelPart title=t.journal_changes()><Facts>{changed.into_iter().map(one).collect_view()}</Facts></PanelPart> }
    });
    let has_args = rest.as_object().is_some_and(|args| !args.is_empty());
    let args = rest.to_string();
    let letter = (line.code == "mail_shown").then(|| {
        let text = line.args.get("text").and_then(|text| text.as_str()).unwrap_or_default().to_owned();
        view! { <PanelPart title=t.journal_mail_text()><MailText text=text /></PanelPart> }
    });
    let details = (letter.is_none() && has_args).then(|| {
        view! {
            <PanelPart title=t.journal_details()>
                <Json text=args label=t.journal_details() />
            </PanelPart>
        }
    });
    let (who, about) = (actor_text(t, &line), object_link(t, &line.object_kind, &line.object_id));
    let (tone, icon, words) = (line_tone(&line), line_icon(&line), line_text(t, &line));
    view! {
        <Panel>
            <p class=format!("journal-line large {}", tone.class())>
                <Icon name=icon />
                <span>{words}</span>
            </p>
            <Facts>
                <Fact label=t.journal_column_at()>{format.exact(line.at)}</Fact>
                <Fact label=t.journal_column_who()>{who}</Fact>
                <Fact label=t.journal_column_about()>{about}</Fact>
                {cause.map(|(kind, id)| view! { <Fact label=t.journal_cause()>{object_link(t, &kind, &id)}</Fact> })}
                <Fact label=t.journal_code()><code>{line.code}</code></Fact>
            </Facts>
            {letter}
            {changes}
            {details}
        </Panel>
    }
    .into_any()
}

/// The text of a letter with its addresses as links.
#[component]
fn MailText(text: String) -> impl IntoView {
    let piece = |word: &str| match word.starts_with("http://") || word.starts_with("https://") {
        true => view! { <a class="link" href=word.to_owned() target="_blank" rel="noopener">{word.to_owned()}</a> }
            .into_any(),
        false => word.to_owned().into_any(),
    };
    let pieces = text.split_inclusive(char::is_whitespace).map(|part| {
        let word = part.trim_end();
        let space = part[word.len()..].to_owned();
        view! { {piece(word)}{space} }
    });
    view! { <p class="mail-text">{pieces.collect_view()}</p> }
}
