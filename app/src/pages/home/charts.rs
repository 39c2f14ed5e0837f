//! Chats by hour of today, orders and revenue by day.

use crate::format::use_format;
use crate::i18n::use_texts;
use crate::ui::*;
use domain::views::DashboardView;
use leptos::prelude::*;

const DAY: i64 = 86_400_000;

#[component]
pub fn ChatsByHour(data: Signal<DashboardView>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let hours = Memo::new(move |_| data.with(|data| data.chats_by_hour.clone()));
    let labels = Signal::derive(move || (0..hours.with(Vec::len)).map(|hour| hour.to_string()).collect::<Vec<_>>());
    let series = Signal::derive(move || {
        let values = hours.with(|hours| hours.iter().map(|n| *n as f64).collect());
        vec![Series { name: t.home_new_chats(), tone: Tone::Info, values }]
    });
    let sentence = Signal::derive(move || {
        let peak = hours
            .with(|hours| hours.iter().copied().enumerate().max_by_key(|(hour, n)| (*n, std::cmp::Reverse(*hour))));
        match peak {
            Some((hour, count)) if count > 0 => t.home_chats_peak(count, hour.to_string()),
            _ => t.home_chats_none(),
        }
    });
    let write = Callback::new(move |value: f64| format.decimal(value, 1));
    let aside = move || view! { <small>{sentence}</small> };
    view! {
        <Card title=t.home_chats_by_hour() aside=aside>
            <Chart label=sentence labels=labels series=series write=write />
        </Card>
    }
    .into_any()
}

#[component]
pub fn ByDay(data: Signal<DashboardView>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let shown = RwSignal::new("orders".to_owned());
    let money = Memo::new(move |_| shown.with(|shown| shown == "revenue"));
    let days = Memo::new(move |_| {
        data.with(|data| {
            (
                if money.get() { data.revenue_by_day.clone() } else { data.orders_by_day.clone() },
                data.day_start_ms,
                data.currency.clone(),
            )
        })
    });
    let labels = Signal::derive(move || {
        days.with(|(values, start, _)| {
            let count = i64::try_from(values.len()).unwrap_or(0);
            // Noon keeps clear of the hour that a change of the clock adds or takes.
            let day = |i: i64| format.date(start + DAY / 2 - (count - 1 - i) * DAY).chars().take(5).collect::<String>();
            (0..count).map(day).collect::<Vec<_>>()
        })
    });
    let scale =
        move |currency: &str| if money.get() { 10f64.powi(domain::money::decimals(currency) as i32) } else { 1.0 };
    let series = Signal::derive(move || {
        days.with(|(values, _, currency)| {
            let scale = scale(currency);
            let (name, tone) =
                if money.get() { (t.home_revenue(), Tone::Success) } else { (t.nav_orders(), Tone::Accent) };
            vec![Series { name, tone, values: values.iter().map(|n| *n as f64 / scale).collect() }]
        })
    });
    let write = Callback::new(move |value: f64| match money.get_untracked() {
        true => {
            days.with_untracked(|(_, _, currency)| format.money((value * scale(currency)).round() as i64, currency))
        }
        false => format.decimal(value, 1),
    });
    let sentence = Signal::derive(move || {
        let (values, _, currency) = days.get();
        let sum: i64 = values.iter().sum();
        let count = i64::try_from(values.len()).unwrap_or(0);
        match money.get() {
            true => t.home_revenue_sum(count, format.money(sum, &currency)),
            false => t.home_orders_sum(count, format.integer(sum)),
        }
    });
    let aside = move || {
        view! {
            <small>{sentence}</small>
            <Tabs
                label=t.home_by_day()
                segmented=true
                tabs=vec![Tab::new("orders", t.nav_orders()), Tab::new("revenue", t.home_revenue())]
                selected=shown
                on_select=move |key: String| shown.set(key)
            />
        }
    };
    view! {
        <Card title=t.home_by_day() aside=aside>
            <Chart label=sentence labels=labels series=series kind=ChartKind::Bars write=write />
        </Card>
    }
    .into_any()
}
