//! Charts as SVG: bars (stacked), lines, and a spark beside a figure. Read without colour: series have order, pattern and a
//! legend, every slot has its numbers in a title, and a screen reader gets one sentence.

use super::tone::Tone;
use crate::i18n::use_texts;
use leptos::prelude::*;

/// The picture is stretched to the width of its place; its height is in pixels.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 168.0;

/// One row of numbers, one per label.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Its colour.
    pub tone: Tone,
    /// Values in the order of the labels.
    pub values: Vec<f64>,
}

/// The form of a [`Chart`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartKind {
    /// Stacked bars.
    #[default]
    Bars,
    /// Lines, the first with a filled area.
    Lines,
}

/// Bars or lines over labels.
#[component]
pub fn Chart(
    /// One sentence that says what it shows and its peak.
    #[prop(into)]
    label: Signal<String>,
    /// Words below the slots.
    #[prop(into)]
    labels: Signal<Vec<String>>,
    /// Rows of numbers.
    #[prop(into)]
    series: Signal<Vec<Series>>,
    /// The form.
    #[prop(optional)]
    kind: ChartKind,
    /// How a value is written.
    #[prop(into)]
    write: Callback<f64, String>,
) -> impl IntoView {
    let t = use_texts();
    let picture = move || {
        let (labels, series) = (labels.get(), series.get());
        let empty = labels.is_empty() || series.iter().all(|s| s.values.iter().all(|v| *v <= 0.0));
        if empty {
            return view! { <div class="chart-empty">{t.ui_chart_empty()}</div> }.into_any();
        }
        let legend = (series.len() > 1).then(|| {
            let items =
                series.iter().map(|s| view! { <li><i class=s.tone.class()></i>{s.name.clone()}</li> }).collect_view();
            view! { <ul class="chart-legend">{items}</ul> }
        });
        let top = nice_top(peak(&series, kind));
        let marks = match kind {
            ChartKind::Bars => bars(&labels, &series, top),
            ChartKind::Lines => lines(&labels, &series, top),
        };
        view! {
            <div class="chart-area">
                <div class="chart-scale" aria-hidden="true">
                    {[1.0, 0.5, 0.0].map(|part| view! { <span>{write.run(top * part)}</span> }).collect_view()}
                </div>
                <svg
                    viewBox="0 0 1000 168"
                    preserveAspectRatio="none"
                    role="img"
                    aria-label=move || label.get()
                >
                    <path class="grid" d="M0 0H1000M0 84H1000M0 168H1000"></path>
                    {marks}
                    {hits(&labels, &series, write)}
                </svg>
                <div class="chart-labels" aria-hidden="true">{words(&labels)}</div>
            </div>
            {legend}
        }
        .into_any()
    };
    view! { <figure class="chart">{move || picture()}</figure> }.into_any()
}

/// A tiny line beside a figure. Decorative: the figure says it.
#[component]
pub fn Spark(
    /// Values from old to new.
    #[prop(into)]
    values: Signal<Vec<f64>>,
    /// Its colour.
    #[prop(default = Tone::Accent)]
    tone: Tone,
) -> impl IntoView {
    let path = move || {
        values.with(|values| {
            let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(*v), h.max(*v)));
            let span = if high - low > 0.0 { high - low } else { 1.0 };
            let step = 90.0 / (values.len().max(2) - 1) as f64;
            let points =
                values.iter().enumerate().map(|(i, v)| (1.0 + i as f64 * step, 23.0 - (v - low) / span * 20.0));
            curve(points)
        })
    };
    view! {
        <svg class=format!("spark {}", tone.class()) viewBox="0 0 92 26" aria-hidden="true">
            <path d=move || path()></path>
        </svg>
    }
    .into_any()
}

fn peak(series: &[Series], kind: ChartKind) -> f64 {
    let slots = series.iter().map(|s| s.values.len()).max().unwrap_or(0);
    let at = |s: &Series, i: usize| s.values.get(i).copied().unwrap_or(0.0).max(0.0);
    (0..slots)
        .map(|i| match kind {
            ChartKind::Bars => series.iter().map(|s| at(s, i)).sum(),
            ChartKind::Lines => series.iter().map(|s| at(s, i)).fold(0.0, f64::max),
        })
        .fold(0.0, f64::max)
}

/// The smallest round number not below the peak: 1, 2, 3, 4, 5, 6, 8 or 10 times a power of ten. Small ones are even, so
/// that half of it, the middle of the scale, is a number people count with.
fn nice_top(peak: f64) -> f64 {
    if peak <= 10.0 {
        return (peak / 2.0).ceil().max(1.0) * 2.0;
    }
    let power = 10f64.powf(peak.log10().floor());
    let steps = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    steps.into_iter().map(|step| step * power).find(|top| *top >= peak - 1e-9).unwrap_or(peak)
}

fn height(value: f64, top: f64) -> f64 {
    value.max(0.0) / top * HEIGHT
}

fn slot(labels: &[String]) -> f64 {
    WIDTH / labels.len().max(1) as f64
}

/// Words below the slots; as many as fit on a phone without touching.
fn words(labels: &[String]) -> AnyView {
    let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(1);
    let fit = (260 / (longest * 7 + 8)).max(1);
    let every = labels.len().div_ceil(fit);
    let one = |(i, word): (usize, &String)| view! { <span>{(i % every == 0).then(|| word.clone())}</span> };
    labels.iter().enumerate().map(one).collect_view().into_any()
}

fn bars(labels: &[String], series: &[Series], top: f64) -> AnyView {
    let slot = slot(labels);
    let width = slot * 0.56;
    let mut marks = Vec::new();
    for i in 0..labels.len() {
        let x = (i as f64 + 0.5) * slot - width / 2.0;
        let mut y = HEIGHT;
        for s in series {
            let h = height(s.values.get(i).copied().unwrap_or(0.0), top);
            if h < 0.5 {
                continue;
            }
            y -= h;
            // A gap of two pixels keeps stacked parts apart without colour.
            let drawn = (h - if y + h < HEIGHT { 2.0 } else { 0.0 }).max(1.0);
            marks.push(view! {
                <rect
                    class=format!("bar {}", s.tone.class())
                    x=px(x)
                    y=px(y)
                    width=px(width)
                    height=px(drawn)
                    rx="5"
                    ry="3"
                ></rect>
            });
        }
    }
    marks.collect_view().into_any()
}

fn lines(labels: &[String], series: &[Series], top: f64) -> AnyView {
    let slot = slot(labels);
    let point = |i: usize, v: f64| ((i as f64 + 0.5) * slot, HEIGHT - height(v, top));
    series
        .iter()
        .enumerate()
        .map(|(n, s)| {
            let path = curve(s.values.iter().enumerate().map(|(i, v)| point(i, *v)));
            let class = match n {
                0 => "curve",
                1 => "curve second",
                _ => "curve third",
            };
            let area = (n == 0 && s.values.len() > 1).then(|| {
                let (first, last) = (slot / 2.0, (s.values.len() as f64 - 0.5) * slot);
                let zero = px(HEIGHT);
                view! { <path class="area" d=format!("{path}L{} {zero}L{} {zero}Z", px(last), px(first))></path> }
            });
            view! { <g class=s.tone.class()>{area}<path class=class d=path></path></g> }
        })
        .collect_view()
        .into_any()
}

/// Invisible columns that show the numbers of their slot.
fn hits(labels: &[String], series: &[Series], write: Callback<f64, String>) -> AnyView {
    let slot = slot(labels);
    labels
        .iter()
        .enumerate()
        .map(|(i, word)| {
            let values = series.iter().map(|s| {
                let value = write.run(s.values.get(i).copied().unwrap_or(0.0));
                if series.len() > 1 { format!("{}: {value}", s.name) } else { value }
            });
            let title = std::iter::once(word.clone()).chain(values).collect::<Vec<_>>().join("\n");
            let x = i as f64 * slot;
            view! {
                <rect class="hit" x=px(x) y="0" width=px(slot) height=px(HEIGHT)>
                    <title>{title}</title>
                </rect>
            }
        })
        .collect_view()
        .into_any()
}

/// A coordinate in tenths. By whole numbers: writing fractions would bring ten kilobytes of code into the browser.
fn px(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

fn curve(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut path = String::new();
    for (i, (x, y)) in points.enumerate() {
        path.push_str(if i == 0 { "M" } else { "L" });
        path.push_str(&px(x));
        path.push(' ');
        path.push_str(&px(y));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_chart_is_round() {
        for (peak, top) in [(0.0, 2.0), (1.0, 2.0), (34.0, 40.0), (7.2, 8.0), (184_300.0, 200_000.0)] {
            assert!((nice_top(peak) - top).abs() < 1e-9, "{peak} → {}", nice_top(peak));
        }
    }

    #[test]
    fn stacked_bars_peak_at_their_sum() {
        let series = |values: Vec<f64>| Series { name: String::new(), tone: Tone::Info, values };
        let two = [series(vec![1.0, 2.0]), series(vec![3.0, -5.0])];
        assert_eq!(peak(&two, ChartKind::Bars), 4.0);
        assert_eq!(peak(&two, ChartKind::Lines), 3.0);
    }
}
