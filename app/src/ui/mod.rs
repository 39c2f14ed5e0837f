//! Building blocks of the interface, one file each; `use crate::ui::*;` brings them all. Debug builds show every one
//! in its states on `/ui`. Owns looks and accessibility; must not load data or know a page.
//!
//! # Cheat sheet
//! Texts: `let t = use_texts();` then `t.action_save()` (plain `String`). Values: `let f = use_format();` then
//! `f.money(minor, "RUB")`, `f.integer(n)`, `f.duration(ms)`, `f.file_size(bytes)`, `format::phone(e164)`. Moments:
//! `<Time at=ms style=TimeStyle::List />`, `use_now()`. Props marked `~` take a value, a signal or a closure.
//!
//! Size: in `view!` write closures in place, `{move || words()}`, not `{words}`, and end branches with `.into_any()`: closures
//! written in place share one compiled form, every other one brings two kilobytes of its own.
//!
//! | Block | Props |
//! |---|---|
//! | `Button` | `variant=Variant::{Primary,Secondary,Ghost,Danger}` `small` `wide` `icon=IconName::X` `submit` `on_click=move \|\| …` `disabled~` `pending~` `keys="E"` `name value`, children |
//! | `IconButton` | `icon~` `label~` `variant` `small` `on_click` `disabled~` `pressed~` |
//! | `LinkButton`, `Link` | `href` `variant` `small` `icon`, children; `href` `external` `quiet`, children |
//! | `Form` | `on_submit` `error~: Option<ApiError>` `dirty~` `id`; inside: `Field`s, `FieldRow`, `FormActions` |
//! | `Field` | `name` (= path in `ApiError.field`) `label` `help` `error~: Option<String>` `required` `label_hidden` `id`; inside: one input |
//! | `Input` | `value=RwSignal<String>` `kind` `placeholder` `autocomplete` `input_mode` `icon` `suffix` `autofocus` `max_length` `disabled~` `mono` `on_commit` `node_ref` `label` |
//! | `Textarea` | `value` `rows` `placeholder` `max_length` `disabled~` `mono` `on_send` (Ctrl+Enter) `node_ref` `label` |
//! | `Select` | `value=RwSignal<String>` `choices~: Vec<Choice>` `placeholder` `disabled~` `small` `on_change` `label`; `Choice::new(value, label).note(…)` |
//! | `Checkbox`, `Switch` | `checked=RwSignal<bool>` `label` `note` `disabled~` `name`; `checked~` `on_change=move \|on\| …` `label` `note` |
//! | `Badge`, `Counter`, `Dot` | `tone=Tone::X` `icon`, children; `count~: u32` `quiet` `label`; `tone~` `hollow` |
//! | `Logo` | `size` |
//! | `Avatar` | `name` `size=AvatarSize::X` `presence~` `labelled` |
//! | `Tooltip` | `text~` `place`, children |
//! | `Menu` | `label` `items~: Vec<MenuItem>` `place` `variant` `class`, children; `MenuItem::action(label, move \|\| …).icon(…).checked(…).danger()`, `::link(label, href)`, `::Heading(s)`, `::Separator` |
//! | `Dialog`, `Drawer` | `open=RwSignal<bool>` `title~` `wide` / `modal` `actions`, children (exist while open) |
//! | `ConfirmDialog` | `open` `title~` `text~` `confirm` `danger` `pending~` `on_confirm` |
//! | toasts | `let toasts = use_toasts();` `toasts.success(text)`, `.info`, `.error(&ApiError)`, `.with_action(text, label, move \|\| …)` |
//! | `Tabs` | `label` `tabs=vec![Tab::new(key, label).count(sig).href(…)]` `selected~` `on_select` `segmented` |
//! | `Table<T>` | `label` `columns=vec![Column::new(key, title, \|row\| view).sortable().end().secondary().width(…)]` `rows~` `key=\|row\| …` `sort=RwSignal<Sort>` `selected=RwSignal<BTreeSet<String>>` `on_open` `current~` `row_class` `empty` |
//! | `Each` | `keys~: Vec<String>` `item=Arc::new(move \|key\| view.into_any())`: a keyed list; smaller than `<For>` |
//! | `Pager`, `BulkBar` | `has_previous~ has_next~ on_previous on_next summary~`; `selected`, children |
//! | `Loaded` | `resource` `skeleton`, `let:data` children; errors with retry by itself (`LoadError`) |
//! | `EmptyState` | `icon` `title` `hint` `compact`, children = buttons |
//! | `Skeleton` | `shape=SkeletonShape::{Rows,Text,Tiles,Form,Block}` `count` |
//! | `Page`, `Toolbar` | `full` `narrow`, children; children |
//! | `Card`, `ListRow`, `Tile` | `title` `aside` `flush` `attention`; `title~ note~ href start end`; `label value~ change~ tone~ href`, children |
//! | `Combobox` | `chosen=RwSignal<Option<Choice>>` `found~: Vec<Choice>` `on_search=move \|q\| …` `searching~` `placeholder` `on_create` `create_label` `autofocus` `disabled~` `label` |
//! | `MoneyInput`, `PhoneInput`, `DateTime` | `value=RwSignal<Option<i64>>` `currency~`; `value=RwSignal<Option<String>>` (E.164); `value=RwSignal<Option<i64>>` (ms) `day_only`; all `disabled~` `label` |
//! | `Calendar` | `chosen~: Option<Day>` `today~: Day` `on_pick`; `Day = (year, month, day)` |
//! | `FileDrop` | `files=RwSignal<Vec<Picked>>` `multiple` `accept` `max_bytes` |
//! | `Board` | `label` `columns~: Vec<BoardColumn>` `cards~: Vec<BoardCard>` `card=\|key\| view.into_any()` `may_move=\|(card, column)\| bool` `on_move=\|(card, column)\| …` |
//! | `Chart`, `Spark` | `label~` `labels~: Vec<String>` `series~: Vec<Series>` `kind=ChartKind::{Bars,Lines}` `write=\|v: f64\| String`; `values~: Vec<f64>` `tone` |
//! | `ProgressBar` | `value~: Option<f64>` (0–1) `label~` `note~` `tone` |
//! | `Code`, `Json` | `text~` `label` |
//! | `CopyField`, `CopyButton` | `value~` `label` `secret`; `text~` |
//! | `Timeline`/`TimelineItem` | `label`, children; `icon` `tone` `title` `at` `style`, children |
//! | `Stepper` | `steps: Vec<String>` `current~: usize` `on_select` |
//! | `Facts`/`Fact`, `Notice` | `label`, children; `tone` `title`, children |

mod apart;
mod avatar;
mod badge;
mod board;
mod button;
mod calendar;
mod card;
mod chart;
mod checkbox;
mod code;
mod combobox;
mod copy;
mod date_time;
mod dialog;
mod each;
mod empty;
mod field;
mod file_drop;
pub mod floating;
mod icon;
mod icon_paths;
mod input;
mod leaving;
mod loaded;
mod logo;
mod made_once;
mod menu;
mod organisation_sign;
mod pager;
mod progress;
mod select;
mod skeleton;
mod stepper;
mod table;
mod table_keys;
mod tabs;
mod time;
mod timeline;
mod toast;
mod tone;
mod tooltip;
mod typed_inputs;

pub use apart::{apart, settled};
pub use avatar::{Avatar, AvatarSize, initials, presence_text};
pub use badge::{Badge, Counter, Dot};
pub use board::{Board, BoardCard, BoardColumn};
pub use button::{Button, IconButton, Link, LinkButton, Variant};
pub use calendar::{Calendar, Day};
pub use card::{Card, Fact, Facts, ListRow, Notice, Page, Tile, Toolbar};
pub use chart::{Chart, ChartKind, Series, Spark};
pub use checkbox::{Checkbox, Switch};
pub use code::{Code, Json};
pub use combobox::Combobox;
pub use copy::{CopyButton, CopyField};
pub use date_time::DateTime;
pub use dialog::{ConfirmDialog, Dialog, Drawer};
pub use each::{Each, ItemView};
pub use empty::EmptyState;
pub use field::{Field, FieldRow, Form, FormActions, FormError};
pub use file_drop::{FileDrop, Picked};
pub use floating::Place;
pub use icon::Icon;
pub use icon_paths::IconName;
pub use input::{Input, Textarea};
pub use leaving::ask_before_leaving;
pub use loaded::{LoadError, Loaded};
pub use logo::Logo;
pub use made_once::{looked_over, made_once};
pub use menu::{Menu, MenuItem};
pub use organisation_sign::OrganisationSign;
pub use pager::{BulkBar, Pager};
pub use progress::ProgressBar;
pub use select::{Choice, Select};
pub use skeleton::{Skeleton, SkeletonShape};
pub use stepper::Stepper;
pub use table::{Column, Selection, Sort, Table};
pub use tabs::{Tab, Tabs};
pub use time::{Time, TimeStyle, iso, provide_now, use_now};
pub use timeline::{Timeline, TimelineItem};
pub use toast::{ToastRegion, Toasts, provide_toasts, use_toasts};
pub use tone::Tone;
pub use tooltip::Tooltip;
pub use typed_inputs::{MoneyInput, PhoneInput};
