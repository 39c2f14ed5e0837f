//! The nodes at work on the installation's database, and those that disappeared lately.

use crate::format::use_format;
use crate::i18n::use_texts;
use crate::ui::*;
use domain::views::NodeView;
use leptos::prelude::*;

/// The card; nothing to see where a program works alone on a file.
#[component]
pub fn Nodes(nodes: Vec<NodeView>) -> impl IntoView {
    let t = use_texts();
    let gone = nodes.iter().any(|node| !node.lives);
    let gone = gone.then(|| view! { <Notice tone=Tone::Warning>{t.health_node_gone_note()}</Notice> });
    let rows = nodes.into_iter().map(row).collect_view();
    view! {
        {gone}
        <Card title=t.health_nodes() flush=true>{rows}</Card>
    }
    .into_any()
}

fn row(node: NodeView) -> AnyView {
    let t = use_texts();
    let format = use_format();
    let now = use_now();
    let NodeView { name, address, version, started_at, seen_at, lives, this } = node;
    let title = if this { t.health_node_this(name) } else { name };
    // Whole minutes: seconds would only flicker.
    let uptime = move || format.duration(((now.get() - started_at) / 60_000).max(1) * 60_000);
    let note = Signal::derive(move || match lives {
        true => format!("{address} · {version} · {}", t.health_node_up(uptime())),
        false => format!("{address} · {version}"),
    });
    let end = move || match lives {
        true => view! { <Badge tone=Tone::Success>{t.health_node_lives()}</Badge> }.into_any(),
        false => view! { <Badge tone=Tone::Danger>{t.health_node_gone()}</Badge>" "<Time at=seen_at /> }.into_any(),
    };
    view! { <ListRow title=title note=note end=end /> }.into_any()
}
