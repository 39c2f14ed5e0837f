//! Gallery: tiles, lists, table, board, charts.

use super::{NOW, group};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::ui::*;
use leptos::prelude::*;
use std::collections::BTreeSet;

#[derive(Clone, PartialEq)]
struct Order {
    number: u32,
    title: String,
    client: String,
    state: (Tone, IconName, String),
    sum: i64,
    created: i64,
}

/// Data.
#[component]
pub fn Data() -> impl IntoView {
    let t = use_texts();
    view! {
        {group(t.gallery_cards(), cards())}
        {group(t.gallery_table(), view! { <Orders /> })}
        {group(t.gallery_board(), view! { <Columns /> })}
        {group(t.gallery_charts(), charts())}
    }
    .into_any()
}

fn cards() -> AnyView {
    let t = use_texts();
    let format = use_format();
    let spark = |values: &[f64]| Signal::stored(values.to_vec());
    let count = move || view! { <Badge tone=Tone::Accent>"2"</Badge><small class="push">{t.format_just_now()}</small> };
    let sign_in = move || view! { <Button small=true>{t.action_sign_in()}</Button> };
    let open = move || view! { <Button small=true>{t.action_open()}</Button> };
    view! {
        <Card title=t.gallery_attention() attention=true flush=true aside=count>
            <ListRow
                title=t.gallery_attention_1()
                note=t.gallery_attention_1_note()
                start=|| view! { <Dot tone=Tone::Danger /> }
                end=sign_in
            />
            <ListRow
                title=t.gallery_attention_2()
                note=t.gallery_attention_2_note()
                href="/ui"
                start=|| view! { <Dot tone=Tone::Accent /> }
                end=open
            />
        </Card>
        <div class="tiles">
            <Tile label=t.gallery_orders_today() value=format.integer(41) change=t.gallery_change() tone=Tone::Success href="/ui">
                <Spark values=spark(&[3.0, 5.0, 4.0, 8.0, 7.0, 10.0, 9.0, 13.0]) />
            </Tile>
            <Tile label=t.gallery_revenue_today() value=format.money(18_430_000, "RUB") change=t.gallery_change() tone=Tone::Success>
                <Spark values=spark(&[4.0, 3.0, 7.0, 6.0, 9.0, 8.0, 12.0, 11.0]) tone=Tone::Success />
            </Tile>
            <Tile label=t.gallery_first_answer() value=format.duration(108_000) change=t.gallery_change_good() tone=Tone::Success>
                <Spark values=spark(&[12.0, 10.0, 11.0, 8.0, 9.0, 5.0, 6.0, 3.0]) tone=Tone::Info />
            </Tile>
            <Tile label=t.gallery_jobs() value=format.integer(1_286) change=t.gallery_change_bad() tone=Tone::Danger />
        </div>
        <div class="columns">
            <Card title=t.gallery_person()>
                <Facts>
                    <Fact label=t.gallery_phone()>{crate::format::phone("+79132041855")}</Fact>
                    <Fact label=t.gallery_created()><Time at=NOW - 86_400_000 * 2 /></Fact>
                    <Fact label=t.gallery_status()>
                        <Badge tone=Tone::Success icon=IconName::Success>{t.gallery_ready()}</Badge>
                    </Fact>
                </Facts>
            </Card>
            <div class="stack">
                <Notice tone=Tone::Warning title=t.gallery_attention()>{t.gallery_attention_1_note()}</Notice>
                <Notice tone=Tone::Info>{t.soon_campaigns()}</Notice>
                <Notice tone=Tone::Danger>{t.error_storage_unavailable()}</Notice>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Orders() -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let order = |number, title: String, client: String, state: (Tone, IconName, String), sum, age: i64| Order {
        number,
        title,
        client,
        state,
        sum,
        created: NOW - age * 60_000,
    };
    let rows = RwSignal::new(vec![
        order(
            1051,
            t.gallery_job_3(),
            t.gallery_person_2(),
            (Tone::Neutral, IconName::Circle, t.gallery_new()),
            1_890_000,
            8,
        ),
        order(
            1044,
            t.gallery_job_2(),
            t.gallery_person_3(),
            (Tone::Info, IconName::CircleDot, t.gallery_working()),
            760_050,
            190,
        ),
        order(
            1042,
            t.gallery_job(),
            t.gallery_person(),
            (Tone::Danger, IconName::Alert, t.gallery_late()),
            1_240_000,
            1_700,
        ),
        order(
            1039,
            t.gallery_job_2(),
            t.gallery_person(),
            (Tone::Success, IconName::Success, t.gallery_ready()),
            320_000,
            9_000,
        ),
    ]);
    let columns = vec![
        Column::new("number", t.gallery_order(), |order: &Order| {
            view! {
                <span class="quiet">{format!("№ {} ", order.number)}</span>
                {order.title.clone()}
            }
        })
        .sortable(),
        Column::new("client", t.gallery_client(), |order: &Order| {
            view! { <span class="line"><Avatar name=order.client.clone() size=AvatarSize::Small />{order.client.clone()}</span> }
        }),
        Column::new("status", t.gallery_status(), |order: &Order| {
            let (tone, icon, word) = order.state.clone();
            view! { <Badge tone=tone icon=icon>{word}</Badge> }
        }),
        Column::new("sum", t.gallery_sum(), move |order: &Order| format.money(order.sum, "RUB")).sortable().end(),
        Column::new(
            "created",
            t.gallery_created(),
            |order: &Order| view! { <Time at=order.created style=TimeStyle::List /> },
        )
        .sortable()
        .end()
        .secondary(),
    ];
    let sort = RwSignal::new(Sort::from_text("-created"));
    let selected: Selection = RwSignal::new(BTreeSet::from(["1044".to_owned()]));
    let tab = RwSignal::new("all".to_owned());
    let view_as = RwSignal::new("table".to_owned());
    let tabs = vec![
        Tab::new("all", t.state_all()).count(Signal::stored(41)),
        Tab::new("late", t.gallery_late()).count(Signal::stored(3)),
        Tab::new("ready", t.gallery_ready()),
    ];
    let forms = vec![Tab::new("table", t.gallery_table()), Tab::new("board", t.gallery_board())];
    let bump = move |key: String| {
        rows.update(|rows| {
            if let Some(row) = rows.iter_mut().find(|row| row.number.to_string() == key) {
                row.sum += 100;
            }
        });
    };
    let actions = move || {
        vec![
            MenuItem::action(t.action_edit(), || ()).icon(IconName::Pencil),
            MenuItem::link(t.action_open(), "/ui").icon(IconName::External),
            MenuItem::Separator,
            MenuItem::action(t.action_delete(), || ()).icon(IconName::Trash).danger(),
        ]
    };
    view! {
        <Toolbar>
            <Tabs label=t.gallery_status() tabs=tabs selected=tab on_select=move |key| tab.set(key) />
            <span class="push"></span>
            <Tabs label=t.gallery_table() tabs=forms selected=view_as on_select=move |key| view_as.set(key) segmented=true />
            <Menu label=t.ui_menu() items=Signal::derive(actions) place=Place::BelowEnd />
        </Toolbar>
        <Table
            label=t.gallery_table()
            columns=columns
            rows=rows
            key=|order: &Order| order.number.to_string()
            sort=sort
            selected=selected
            on_open=bump
            row_class=|order| if order.state.0 == Tone::Danger { "late" } else { "" }
        />
        <BulkBar selected=selected>
            <Button small=true icon=IconName::Tag>{t.action_edit()}</Button>
            <Button small=true variant=Variant::Danger icon=IconName::Trash>{t.action_delete()}</Button>
        </BulkBar>
        <Pager has_previous=false has_next=true on_previous=|| () on_next=|| () summary="1–4" />
    }
    .into_any()
}

#[component]
fn Columns() -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let column = |key: &str, title: String, tone| BoardColumn { key: key.into(), title, tone, note: String::new() };
    let columns = Signal::stored(vec![
        column("new", t.gallery_new(), Tone::Neutral),
        column("working", t.gallery_working(), Tone::Info),
        column("ready", t.gallery_ready(), Tone::Success),
        column("closed", t.action_done(), Tone::Neutral),
    ]);
    let card = |key: &str, column: &str, late| BoardCard { key: key.into(), column: column.into(), revision: 0, late };
    let cards = RwSignal::new(vec![
        card("1051", "new", false),
        card("1050", "new", false),
        card("1042", "working", true),
        card("1039", "ready", false),
    ]);
    let may = |(_, column): (String, String)| column != "closed";
    let go = move |(key, column): (String, String)| {
        cards.update(|cards| {
            if let Some(card) = cards.iter_mut().find(|card| card.key == key) {
                card.column = column;
                card.revision += 1;
            }
        });
    };
    let face = move |key: String| {
        let late =
            (key == "1042").then(|| view! { <Badge tone=Tone::Danger icon=IconName::Clock>{t.gallery_late()}</Badge> });
        view! {
            <span class="board-card-head">
                <span>{format!("№ {key}")}</span>
                <Time at=NOW - 480_000 />
            </span>
            <a class="row-link" href="/ui"><b>{t.gallery_job()}</b></a>
            <span class="board-card-foot">
                {late}
                <span>{format.money(1_240_000, "RUB")}</span>
                <Avatar name=t.gallery_person_2() size=AvatarSize::Small />
            </span>
        }
        .into_any()
    };
    view! {
        <div class="gallery-board">
            <Board label=t.gallery_board() columns=columns cards=cards card=face may_move=may on_move=go />
        </div>
    }
    .into_any()
}

fn charts() -> AnyView {
    let t = use_texts();
    let format = use_format();
    let labels = Signal::stored((9..18).map(|hour| hour.to_string()).collect::<Vec<_>>());
    let series = |name: &str, tone, values: &[f64]| Series { name: name.into(), tone, values: values.to_vec() };
    let two = Signal::stored(vec![
        series("WhatsApp", Tone::Info, &[12.0, 18.0, 24.0, 29.0, 20.0, 23.0, 17.0, 15.0, 8.0]),
        series("Telegram", Tone::Automatic, &[3.0, 4.0, 5.0, 5.0, 3.0, 4.0, 3.0, 2.0, 1.0]),
    ]);
    let write = move |value: f64| format.decimal(value, 1);
    view! {
        <div class="columns">
            <Card title=t.gallery_chats_by_hour()>
                <Chart label=t.gallery_chart_label() labels=labels series=two write=write />
            </Card>
            <Card title=t.gallery_revenue_today()>
                <Chart label=t.gallery_chart_label() labels=labels series=two kind=ChartKind::Lines write=write />
            </Card>
            <Card title=t.gallery_first_answer()>
                <Chart label=t.ui_chart_empty() labels=labels series=Vec::new() write=write />
            </Card>
        </div>
    }
    .into_any()
}
