// What starts rules, each fired as a person fires it: a client made and changed, a chat given, closed and opened again, an order
// given and its lines changed; and the day of the week as a condition. The outcome is read from the runs and from «Почему?» where the person is.
import type { Installation } from "../support/installation.ts";
import { act, at, check, made, open, publish, runs, why } from "../support/rules.ts";
import { CUSTOMER, type Page, awake, expect, shop, test } from "../support/test.ts";

const tag = (word: string) => [act("add_tag", { tag: word })];

/** How the runs of a rule ended, newest first, as their page shows it. */
async function outcomes(page: Page, pult: Installation, rule: string, expected: string[]): Promise<void> {
  await runs(page, pult, rule);
  const badges = page.getByRole("row").locator(".rule-last .badge");
  await expect(badges).toHaveText(expected);
}

test("a client is made and changed on their card", async ({ page, pult }) => {
  const { key } = await shop(pult, page);
  const greeted = await made(pult, key, "Новый клиент", "contact.created", tag("новый"));
  const reach = check("contact.changed", { is: "has_any", values: ["phone", "email"] });
  const changed = await made(pult, key, "Есть как написать", "contact.changed", tag("на связи"), [reach]);
  let card = "";

  await test.step("a new one is tagged, and the card says why", async () => {
    await page.goto(`${pult.url}/contacts`);
    await awake(page);
    await page.getByRole("button", { name: "Клиент", exact: true }).click();
    const form = page.getByRole("dialog", { name: "Новый клиент" });
    await form.getByLabel("Имя").fill("Ирина Лунёва");
    await form.getByRole("button", { name: "Сохранить" }).click();
    await page.waitForURL(/\/contacts\/[0-9a-f-]{36}$/);
    card = page.url();
    const line = page.getByRole("listitem").filter({ hasText: "Клиенту поставлена метка «новый»" });
    await line.getByRole("link", { name: "Почему?" }).click();
    await expect(page.getByRole("heading", { name: "Новый клиент" })).toBeVisible();
    await expect(page.getByText("появился новый клиент")).toBeVisible();
    await expect(page.getByText("Клиент, Ирина Лунёва")).toBeVisible();
    await outcomes(page, pult, greeted, ["Готово"]);
  });

  const edit = async (label: string, value: string) => {
    await page.goto(card);
    await awake(page);
    await page.getByRole("button", { name: "Изменить" }).first().click();
    const form = page.getByRole("dialog", { name: "Данные клиента" });
    await form.getByLabel(label).fill(value);
    await form.getByRole("button", { name: "Сохранить" }).click();
    await expect(form).toBeHidden();
  };

  await test.step("other parts are looked at and let be", async () => {
    await edit("Компания", "Лён и хлопок");
    await outcomes(page, pult, changed, ["Нечего делать", "Нечего делать"]);
    await why(page, "Нечего делать");
    await expect(page.getByRole("img", { name: "условия не выполнены" })).toBeVisible();
    await expect(page.getByText("видели: Компания клиента", { exact: true })).toBeVisible();
  });

  await test.step("a chosen part starts it", async () => {
    await edit("Почта", "irina@example.com");
    const line = page.getByRole("listitem").filter({ hasText: "Клиенту поставлена метка «на связи»" });
    await line.getByRole("link", { name: "Почему?" }).click();
    await expect(page.getByText("видели: Почта клиента", { exact: true })).toBeVisible();
    // Its own tag is a change as well, and no reason to begin again.
    await outcomes(page, pult, changed, ["Нечего делать", "Готово", "Нечего делать", "Нечего делать"]);
  });
});

test("a chat is given, closed by a person, and opened again by a person and by the client", async ({ page, pult }) => {
  const { key, chat } = await shop(pult, page);
  const given = await made(pult, key, "Чат взят", "chat.assigned", tag("в работе"), [check("chat.assigned", { is: "yes" })]);
  const closed = await made(pult, key, "Чат закрыт", "chat.status_changed", tag("закрыт"), [check("chat.status", { is: "equal", value: "closed" })]);
  const again = await made(pult, key, "Открыт снова", "chat.status_changed", tag("вернулся"), [check("chat.from_status", { is: "equal", value: "closed" })]);
  const here = async () => {
    await page.goto(`${pult.url}/chats/${chat}`);
    await awake(page);
  };

  await test.step("somebody takes it, and gives it away", async () => {
    await here();
    await page.getByRole("button", { name: "Взять себе" }).click();
    await page.getByRole("link", { name: "Почему? Правила об этом чате" }).click();
    await page.getByRole("row", { name: /Чат взят/ }).getByRole("link", { name: "Чат взят" }).click();
    await expect(page.getByText("у чата сменился ответственный")).toBeVisible();
    await expect(page.getByText("поставить метку «в работе»")).toBeVisible();
    await here();
    await page.getByRole("complementary", { name: "Карточка клиента" }).getByLabel("Ответственный").selectOption({ label: "Никто" });
    await expect(page.getByText("Ответственного больше нет")).toBeVisible();
    await outcomes(page, pult, given, ["Нечего делать", "Готово"]);
  });

  await test.step("it is closed and opened again by hand", async () => {
    await here();
    await page.getByRole("button", { name: /^Закрыть/ }).click();
    await page.getByRole("button", { name: "Открыть снова" }).click();
    await expect(page.getByText("Чат открыт снова")).toBeVisible();
    await outcomes(page, pult, closed, ["Нечего делать", "Готово"]);
    await outcomes(page, pult, again, ["Готово", "Нечего делать"]);
  });

  await test.step("the client writes into a closed chat: it opens, and the rule knows", async () => {
    await here();
    await page.getByRole("button", { name: /^Закрыть/ }).click();
    await expect(page.getByRole("button", { name: "Открыть снова" })).toBeVisible();
    await pult.sim("customer/message", { ...CUSTOMER, text: "А гарантия есть?" });
    await expect(page.getByText("А гарантия есть?").last()).toBeVisible();
    await expect(page.getByRole("button", { name: "Открыть снова" })).toBeHidden();
    await expect(page.getByRole("complementary", { name: "Карточка клиента" }).getByLabel("Статус")).toHaveValue("active");
    await outcomes(page, pult, again, ["Готово", "Нечего делать", "Готово", "Нечего делать"]);
    await why(page, "Готово");
    await expect(page.getByText("чат закрыт или открыт снова")).toBeVisible();
    await expect(page.getByText("видели: Закрыт", { exact: true })).toBeVisible();
  });
});

test("the first answer takes the chat, and somebody new who writes is a new client", async ({ page, pult }) => {
  const { key, chat } = await shop(pult, page);
  const given = await made(pult, key, "Чат взят", "chat.assigned", tag("в работе"), [check("chat.assigned", { is: "yes" })]);
  const greeted = await made(pult, key, "Новый клиент", "contact.created", tag("новый"));
  const begun = await made(pult, key, "Новый чат", "chat.created", [act("assign", { member: null })]);

  await test.step("an answer is typed into a chat nobody has", async () => {
    await page.goto(`${pult.url}/chats/${chat}`);
    await awake(page);
    await page.getByRole("textbox", { name: "Сообщение" }).fill("Готов, приезжайте.");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Чат взят с первым ответом")).toBeVisible();
    await outcomes(page, pult, given, ["Готово"]);
  });

  await test.step("somebody else writes", async () => {
    await pult.sim("customer/message", { phone: "79137770011", name: "Олег Рябов", text: "Добрый день" });
    await page.goto(`${pult.url}/chats?box=all`);
    await awake(page);
    await page.getByRole("link", { name: /Олег Рябов/ }).click();
    await page.getByRole("link", { name: "Почему? Правила об этом чате" }).click();
    await expect(page.getByRole("row", { name: /Новый чат.*Готово/ })).toBeVisible();
    await outcomes(page, pult, begun, ["Готово"]);
    await outcomes(page, pult, greeted, ["Готово"]);
    await page.getByRole("row").getByRole("link", { name: "Клиент, Олег Рябов" }).click();
    const line = page.getByRole("listitem").filter({ hasText: "Клиенту поставлена метка «новый»" });
    await line.getByRole("link", { name: "Почему?" }).click();
    await expect(page.getByText("появился новый клиент")).toBeVisible();
  });
});

test("an order is given to somebody and its lines are changed", async ({ page, pult }) => {
  const { key, chat } = await shop(pult, page);
  const order = await pult.rest<{ id: string }>(key, "orders", { chat_id: chat, title: "Ремонт", items: [{ name: "Выезд", price_minor: 90_000 }] });
  const given = await made(pult, key, "Заказ взят", "order.assigned", [act("comment", { text: "Заказ {{order.number}} у мастера" })], [check("order.assigned", { is: "yes" })]);
  const lines = await made(
    pult,
    key,
    "Состав изменён",
    "order.changed",
    [act("comment", { text: "Было {{order.total_before | money}}, стало {{order.total | money}}" })],
    [check("order.changed", { is: "has", value: "items" })],
  );
  const panel = page.getByRole("dialog");
  const here = async () => {
    await page.goto(`${pult.url}/orders?show=all&open=${order.id}`);
    await awake(page);
  };

  await test.step("it is given, and the order says why", async () => {
    await here();
    await panel.getByLabel("Ответственный").selectOption({ index: 1 });
    await expect(panel.getByText("Заказ 1 у мастера")).toBeVisible();
    await panel.getByRole("link", { name: "Почему?" }).click();
    await page.getByRole("row", { name: /Заказ взят/ }).getByRole("link", { name: "Заказ взят" }).click();
    await expect(page.getByText("у заказа сменился ответственный")).toBeVisible();
    await expect(page.getByText("Заказ 1 у мастера")).toBeVisible();
    await outcomes(page, pult, given, ["Готово"]);
  });

  await test.step("a line more", async () => {
    await here();
    await panel.getByRole("button", { name: "Изменить состав" }).click();
    await panel.getByRole("combobox", { name: "Товар или услуга из каталога" }).fill("Компрессор");
    await panel.getByRole("option", { name: "Своя строка" }).click();
    await panel.getByLabel("Цена").last().fill("6500");
    await panel.getByRole("button", { name: "Сохранить" }).click();
    await expect(panel.getByText(/Было 900, стало 7\s400/)).toBeVisible();
    await outcomes(page, pult, lines, ["Готово"]);
    await why(page, "Готово");
    await expect(page.getByText("видели: Состав", { exact: true })).toBeVisible();
  });
});

test("a new title of an order is no change of its lines", async ({ page, pult }) => {
  const { key, chat } = await shop(pult, page);
  const order = await pult.rest<{ id: string }>(key, "orders", { chat_id: chat, title: "Ремонт", items: [{ name: "Выезд", price_minor: 90_000 }] });
  const lines = await made(pult, key, "Состав изменён", "order.changed", [act("comment", { text: "Состав другой" })], [check("order.changed", { is: "has", value: "items" })]);
  await page.goto(`${pult.url}/orders?show=all&open=${order.id}`);
  await awake(page);
  const panel = page.getByRole("dialog");
  await panel.getByRole("button", { name: "Изменить состав" }).click();
  await panel.getByLabel("Название").first().fill("Ремонт холодильника");
  await panel.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Состав записан")).toBeVisible();
  await outcomes(page, pult, lines, ["Нечего делать"]);
  await why(page, "Нечего делать");
  await expect(page.getByText("видели: Название заказа", { exact: true })).toBeVisible();
});

const DAYS = ["воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"];

test("a day of the week is chosen as a condition, holds, and does not", async ({ page, pult }) => {
  const { key, chat } = await shop(pult, page);
  // Days around the present one, so that midnight between two steps changes nothing.
  const day = (shift: number) => DAYS[(new Date().getDay() + shift + 7) % 7];
  const [near, far] = [[day(-1), day(0), day(1)], [day(3), day(4)]];
  const choose = async (name: string, days: string[]) => {
    const rule = await made(pult, key, name, "order.created", [act("comment", { text: name })], [], false);
    await open(page, pult, rule);
    await page.getByRole("button", { name: "Условие", exact: true }).click();
    const condition = at(page, "when/0");
    await condition.getByLabel("Поле").selectOption({ label: "День недели" });
    await condition.getByLabel("Сравнение").selectOption({ label: "одно из" });
    for (const one of days) await condition.getByRole("button", { name: one, exact: true }).click();
    await expect(condition.locator('[aria-pressed="true"]')).toHaveText(days.toSorted((a, b) => (DAYS.indexOf(a) || 7) - (DAYS.indexOf(b) || 7)));
    await publish(page);
    return rule;
  };
  const seen = new RegExp(`видели: (${near.join("|")})$`);
  const today = await choose("В эти дни", near);
  const other = await choose("В другие дни", far);

  await test.step("an order is made from the chat", async () => {
    await page.goto(`${pult.url}/chats/${chat}`);
    await awake(page);
    await page.getByRole("button", { name: "Создать заказ" }).click();
    const form = page.getByRole("dialog", { name: "Новый заказ" });
    await form.getByRole("combobox", { name: "Товар или услуга из каталога" }).fill("Выезд");
    await form.getByRole("option", { name: "Своя строка" }).click();
    await form.getByLabel("Цена").fill("900");
    await form.getByRole("button", { name: "Создать заказ" }).click();
    await expect(page.getByText("Заказ № 1 создан").first()).toBeVisible();
  });

  await test.step("one rule acts, the other says which day it saw", async () => {
    await page.getByRole("link", { name: /№ 1/ }).first().click();
    await page.getByRole("dialog").getByRole("link", { name: "Почему?" }).click();
    await expect(page.getByRole("row", { name: /В эти дни.*Готово/ })).toBeVisible();
    await page.getByRole("row", { name: /В другие дни.*Нечего делать/ }).getByRole("link", { name: "В другие дни" }).click();
    await expect(page.getByText("Условия не выполнены, поэтому правило ничего не сделало.")).toBeVisible();
    await expect(page.getByRole("img", { name: "условия не выполнены" })).toBeVisible();
    await expect(page.getByText(seen)).toBeVisible();
    await outcomes(page, pult, other, ["Нечего делать"]);
    await outcomes(page, pult, today, ["Готово"]);
    await why(page, "Готово");
    await expect(page.getByRole("img", { name: "условия выполнены" })).toBeVisible();
    await expect(page.getByText(seen)).toBeVisible();
  });
});
