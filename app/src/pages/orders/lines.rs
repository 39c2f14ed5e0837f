//! The lines of an order while they are typed: from the catalogue or free, with quantity, price and sum. Owns the typing;
//! the services check and count again.

use crate::format::use_format;
use crate::i18n::{error_text, use_language, use_texts};
use crate::pages::catalogue::products_list;
use crate::ui::*;
use domain::ids::ProductId;
use domain::money::{line_total, total};
use domain::views::{ListFilter, NewItem, OrderItemView, ProductView};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use texts::Language;

/// A line being typed.
#[derive(Clone, Copy, PartialEq)]
struct Line {
    key: u32,
    /// Lines of the catalogue keep their name and unit.
    product: Option<ProductId>,
    name: RwSignal<String>,
    unit: RwSignal<String>,
    price: RwSignal<Option<i64>>,
    quantity: RwSignal<String>,
}

impl Line {
    fn milli(self) -> Option<i64> {
        self.quantity.with(|text| read_quantity(text))
    }
    fn sum(self) -> Option<i64> {
        line_total(self.price.get()?, self.milli()?)
    }
    fn item(self) -> NewItem {
        let milli = self.milli();
        NewItem {
            product_id: self.product,
            name: Some(self.name.get()),
            unit: Some(self.unit.get()),
            price_minor: self.price.get(),
            // Absent would mean one; what cannot be read must come back as an error on its field.
            quantity: Some(milli.map_or(0.0, |milli| milli as f64 / 1000.0)),
        }
    }
}

/// Reads `1,5` as thousandths; nothing when it is no quantity above zero.
fn read_quantity(text: &str) -> Option<i64> {
    let clean: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(',', ".");
    let (whole, fraction) = clean.split_once('.').unwrap_or((&clean, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.len() > 9
        || fraction.len() > 3
        || !digits(whole)
        || !digits(fraction)
        || clean.len() == usize::from(clean.contains('.'))
    {
        return None;
    }
    format!("{whole}{fraction:0<3}").parse().ok().filter(|milli| *milli > 0)
}

/// Thousandths for typing, without groups: `1500` → `1,5`.
fn written_quantity(milli: i64) -> String {
    let mark = if use_language() == Language::Ru { ',' } else { '.' };
    let fraction = format!("{:03}", milli % 1000);
    match fraction.trim_end_matches('0') {
        "" => (milli / 1000).to_string(),
        fraction => format!("{}{mark}{fraction}", milli / 1000),
    }
}

/// All lines being typed. `Copy`; show them with [`LinesEditor`].
#[derive(Clone, Copy)]
pub struct Lines {
    list: RwSignal<Vec<Line>>,
    next: StoredValue<u32>,
    /// Lines live as long as the form, not as long as the press that added them.
    owner: StoredValue<Owner>,
}

impl Lines {
    /// Starts from stored lines.
    pub fn new(items: &[OrderItemView]) -> Self {
        let owner = StoredValue::new(Owner::current().unwrap_or_default());
        let lines = Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0), owner };
        for item in items {
            lines.push(
                item.product_id,
                &item.name,
                &item.unit,
                Some(item.price_minor),
                &written_quantity(item.quantity_milli),
            );
        }
        lines
    }
    fn push(self, product: Option<ProductId>, name: &str, unit: &str, price: Option<i64>, quantity: &str) {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        let make = || Line {
            key,
            product,
            name: RwSignal::new(name.to_owned()),
            unit: RwSignal::new(unit.to_owned()),
            price: RwSignal::new(price),
            quantity: RwSignal::new(quantity.to_owned()),
        };
        let line = self.owner.with_value(|owner| owner.with(make));
        self.list.update(|list| list.push(line));
    }
    /// Adds one of the catalogue; the same one again counts up.
    pub fn add_product(self, product: &ProductView) {
        let same = self.list.with_untracked(|list| list.iter().copied().find(|line| line.product == Some(product.id)));
        match same.and_then(|line| Some((line, untrack(|| line.milli())?))) {
            Some((line, milli)) if milli % 1000 == 0 => line.quantity.set((milli / 1000 + 1).to_string()),
            _ => self.push(Some(product.id), &product.name, &product.unit, Some(product.price_minor), "1"),
        }
    }
    /// Adds a free line.
    pub fn add_free(self, name: &str) {
        self.push(None, name, "", None, "1");
    }
    /// What is typed, tracked.
    pub fn items(self) -> Vec<NewItem> {
        self.list.get().into_iter().map(Line::item).collect()
    }
    /// The first line without a readable price: absent, it would silently become the price of the catalogue.
    pub fn missing_price(self) -> Option<ApiError> {
        let place = self.list.get().iter().position(|line| line.price.get().is_none())?;
        Some(ApiError::new(ErrorCode::Required).field(format!("items.{place}.price_minor")))
    }
    /// The sum of what can be counted, tracked.
    pub fn total(self) -> i64 {
        total(self.list.get().into_iter().filter_map(Line::sum)).unwrap_or(0)
    }
    /// Whether there are none, tracked.
    pub fn is_empty(self) -> bool {
        self.list.with(Vec::is_empty)
    }
    fn position(self, key: u32) -> Option<usize> {
        self.list.with(|list| list.iter().position(|line| line.key == key))
    }
}

/// The lines with a search in the catalogue below them.
#[component]
pub fn LinesEditor(
    /// The lines.
    lines: Lines,
    /// Currency of the order.
    #[prop(into)]
    currency: Signal<String>,
    /// The last answer of the server; errors of `items.N.…` land on their line.
    #[prop(into)]
    error: Signal<Option<ApiError>>,
) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let sum = move || format.money(lines.total(), &currency.get());
    view! {
        <div class="order-lines">
            <ul>
                <For
                    each=move || lines.list.get()
                    key=|line| line.key
                    children=move |line| view! { <LineRow line=line lines=lines currency=currency error=error /> }
                />
            </ul>
            <AddLine lines=lines />
            <p class="order-total"><span>{t.order_item_total()}</span><b>{sum}</b></p>
        </div>
    }
    .into_any()
}

#[component]
fn LineRow(line: Line, lines: Lines, currency: Signal<String>, error: Signal<Option<ApiError>>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    // The server names lines by their place.
    let problem = move |part: &'static str| {
        Signal::derive(move || {
            let error = error.get()?;
            let place = lines.position(line.key)?;
            let here = error.field.as_deref() == Some(&format!("items.{place}.{part}"));
            here.then(|| error_text(t, &error))
        })
    };
    let id = move |part: &str| format!("line-{}-{part}", line.key);
    let name = match line.product {
        Some(_) => view! { <p class="order-line-name">{move || line.name.get()}</p> }.into_any(),
        None => view! {
            <Field name="name" id=id("name") label=t.order_item_name() label_hidden=true error=problem("name")>
                <Input value=line.name placeholder=t.order_item_name() max_length=200 />
            </Field>
        }
        .into_any(),
    };
    let sum = move || line.sum().map(|sum| format.money(sum, &currency.get()));
    view! {
        <li class="order-line">
            <div class="order-line-head">
                {name}
                <IconButton
                    icon=IconName::Close
                    label=t.order_item_remove()
                    small=true
                    on_click=move || lines.list.update(|list| list.retain(|other| other.key != line.key))
                />
            </div>
            <div class="order-line-numbers">
                <Field name="quantity" id=id("quantity") label=t.order_item_quantity() label_hidden=true error=problem("quantity")>
                    <Input value=line.quantity input_mode="decimal" suffix=line.unit.get_untracked() max_length=14 />
                </Field>
                <span class="quiet" aria-hidden="true">"×"</span>
                <Field name="price_minor" id=id("price") label=t.order_item_price() label_hidden=true error=problem("price_minor")>
                    <MoneyInput value=line.price currency=currency />
                </Field>
                <b class="order-line-sum">{sum}</b>
            </div>
            {move || problem("product_id").get().map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
        </li>
    }
    .into_any()
}

/// Search in the catalogue; what is not there becomes a free line.
#[component]
fn AddLine(lines: Lines) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let toasts = use_toasts();
    let products = RwSignal::new(Vec::<ProductView>::new());
    let searching = RwSignal::new(false);
    let asked = StoredValue::new(0u32);
    let chosen = RwSignal::new(None::<Choice>);
    let search = move |q: String| {
        asked.update_value(|n| *n += 1);
        let this = asked.get_value();
        searching.set(true);
        spawn_local(async move {
            let filter = ListFilter { q: Some(q), active: Some(true), limit: Some(8), ..Default::default() };
            let answer = products_list(filter).await;
            // Only the last question counts.
            if asked.try_get_value() == Some(this) {
                let _ = searching.try_set(false);
                match answer {
                    Ok(page) => drop(products.try_set(page.items)),
                    Err(error) => toasts.error(&error.0),
                }
            }
        });
    };
    let found = Signal::derive(move || {
        let choice = |p: &ProductView| {
            let price = format.money(p.price_minor, &p.currency);
            Choice::new(p.id.to_string(), p.name.clone()).note(if p.unit.is_empty() {
                price
            } else {
                format!("{price} / {}", p.unit)
            })
        };
        products.with(|products| products.iter().map(choice).collect::<Vec<_>>())
    });
    Effect::new(move |_| {
        let Some(choice) = chosen.get() else { return };
        let product = products.with_untracked(|list| list.iter().find(|p| p.id.to_string() == choice.value).cloned());
        if let Some(product) = product {
            lines.add_product(&product);
        }
        chosen.set(None);
    });
    view! {
        <Combobox
            chosen=chosen
            found=found
            on_search=search
            searching=searching
            placeholder=t.order_item_catalogue()
            label=t.order_item_catalogue()
            on_create=move |name: String| lines.add_free(name.trim())
            create_label=t.order_item_add_free()
        />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_as_people_type_them() {
        for (text, milli) in [
            ("1", Some(1_000)),
            ("1,5", Some(1_500)),
            (" 0.250 ", Some(250)),
            (",5", Some(500)),
            ("12 000", Some(12_000_000)),
        ] {
            assert_eq!(read_quantity(text), milli, "{text}");
        }
        for text in ["", "0", "0,000", "1,2345", "-1", "abc", ",", "1.2.3", "9999999999"] {
            assert_eq!(read_quantity(text), None, "{text}");
        }
    }
}
