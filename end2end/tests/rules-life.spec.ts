// What surrounds a rule once it is made: clients and their dates as triggers, what a rule wrote on a card and why, rivals named
// before publishing, failed runs tried again together, one run started anew, the archive.
import { at, made, open, publish, saved } from "../support/rules.ts";
import { CUSTOMER, type Page, awake, expect, shop, test } from "../support/test.ts";
import type { Installation } from "../support/installation.ts";

/** A field of clients with a date, made in the settings. */
async function dateField(page: Page, pult: Installation): Promise<void> {
  await page.goto(`${pult.url}/settings/clients`);
  await awake(page);
  await page.getByRole("button", { name: "Добавить поле" }).click();
  await page.getByPlaceholder("Название").fill("День рождения");
  await page.getByLabel("Вид поля").selectOption({ label: "Дата" });
  await page.getByRole("button", { name: "Добавить поле" }).click();
  await page.getByPlaceholder("Название").last().fill("Город доставки");
  await page.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Настройки сохранены")).toBeVisible();
}

test("a rule starts from a client’s card, writes on it, and the card says why", async ({ page, pult }) => {
  const { key } = await shop(pult, page);
  await dateField(page, pult);
  const rule = await made(pult, key, "Переехал", "order.created", [], [], false);

  await test.step("trigger, condition and step are chosen by name", async () => {
    await open(page, pult, rule);
    await page.getByLabel("Событие").selectOption({ label: "изменена карточка клиента" });
    await page.getByRole("button", { name: "Условие", exact: true }).click();
    await at(page, "when/0").getByLabel("Поле").selectOption({ label: "Что изменено на карточке" });
    await at(page, "when/0").getByLabel("Сравнение").selectOption({ label: "содержит любое из" });
    await expect(at(page, "when/0").getByRole("button", { name: "День рождения" })).toBeVisible();
    await at(page, "when/0").getByRole("button", { name: "Город клиента" }).click();
    await page.getByRole("button", { name: "Шаг", exact: true }).click();
    await page.getByRole("menuitem", { name: "записать в поле клиента" }).click();
    await at(page, "then/0").getByLabel("Поле клиента").selectOption({ label: "Город доставки" });
    await at(page, "then/0").getByRole("textbox", { name: "Текст" }).fill("{{contact.city}}");
    await publish(page);
  });

  await test.step("it acts on a change of the city only", async () => {
    const { items } = await pult.rest<{ items: { id: string }[] }>(key, "contacts");
    await page.goto(`${pult.url}/contacts/${items[0].id}`);
    await awake(page);
    await page.getByRole("button", { name: "Изменить" }).first().click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Город").fill("Омск");
    await form.getByRole("button", { name: "Сохранить" }).click();
    await expect(page.getByText("В карточке клиента «Город доставки»: Омск")).toBeVisible();
  });

  await test.step("the line on the card leads to its reasons", async () => {
    const line = page.getByRole("listitem").filter({ hasText: "В карточке клиента «Город доставки»: Омск" });
    await line.getByRole("link", { name: "Почему?" }).click();
    await expect(page.getByRole("heading", { name: "Почему?" })).toBeVisible();
    await expect(page.getByText("видели: Город клиента")).toBeVisible();
  });

  await test.step("a birthday is a trigger, and reads as a sentence", async () => {
    await open(page, pult, rule);
    await page.getByLabel("Событие").selectOption({ label: "подходит дата клиента" });
    await expect(at(page, "trigger").locator("..").getByText("Выберите дату клиента")).toBeVisible();
    await page.getByLabel("Дата клиента").selectOption({ label: "День рождения" });
    await page.getByLabel("До или после даты").selectOption({ label: "раньше, за" });
    await page.getByRole("textbox", { name: "дн." }).fill("3");
    await page.getByLabel("Один раз или каждый год").selectOption({ label: "каждый год" });
    await saved(page);
    await page.getByRole("button", { name: "Версии" }).click();
    await page.getByRole("dialog").getByText("Отличия от черновика").click();
    await expect(page.getByRole("dialog").getByText("подходит дата клиента: «День рождения», за 3 дн. до неё, каждый год, в 10:00")).toBeVisible();
  });
});

test("rivals are named before publishing, and the archive keeps what is put away", async ({ page, pult }) => {
  const { key } = await shop(pult, page);
  const say = (text: string) => [{ act: { do: "send_message", text } }];
  await made(pult, key, "Поздороваться", "message.received", say("Здравствуйте"));
  const second = await made(pult, key, "Ответить", "message.received", say("Добрый день"), [], false);

  await test.step("the dialog says who gives way", async () => {
    await open(page, pult, second);
    await page.getByRole("button", { name: "Опубликовать…" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("Эти правила тоже пишут клиентам с того же события")).toBeVisible();
    await expect(dialog.getByText("«Поздороваться» стоит раньше")).toBeVisible();
    await dialog.getByRole("button", { name: "Опубликовать", exact: true }).click();
    await expect(page.getByText("Опубликовано · версия 1")).toBeVisible();
  });

  await test.step("only the first writes, the second says so", async () => {
    await pult.sim("customer/message", { ...CUSTOMER, text: "Есть кто?" });
    await page.goto(`${pult.url}/rules/runs?rule_id=${second}`);
    await awake(page);
    await expect(page.getByText("Заблокировано").first()).toBeVisible();
    await page.getByRole("row", { name: /Ответить/ }).getByRole("link", { name: "Ответить" }).click();
    await expect(page.getByText("На это событие раньше откликнулось правило «Поздороваться»")).toBeVisible();
    await page.getByRole("link", { name: "Открыть то правило" }).click();
    await expect(page.getByRole("textbox", { name: "Название правила" })).toHaveValue("Поздороваться");
  });

  await test.step("a rule is put away and taken back, switched off", async () => {
    await page.goto(`${pult.url}/rules`);
    await awake(page);
    const row = page.getByRole("row", { name: /Ответить/ });
    await row.getByRole("button", { name: "Правило «Ответить»" }).click();
    await page.getByRole("menuitem", { name: "Убрать в архив" }).click();
    await expect(page.getByText("Правило в архиве: на события оно больше не смотрит")).toBeVisible();
    await expect(row).toHaveCount(0);
    await page.getByText("Архив: 1").click();
    await page.locator(".rule-archive").getByRole("button", { name: "Вернуть" }).click();
    await expect(page.getByText("Правило вернулось в список, оно выключено")).toBeVisible();
  });
});

test("failed runs are tried again together, and one is started anew", async ({ page, pult }) => {
  const { key } = await shop(pult, page);
  const order = async (title: string) => pult.rest(key, "orders", { contact_id: client, title });
  const { items } = await pult.rest<{ items: { id: string }[] }>(key, "contacts");
  const client = items[0].id;
  const other = await pult.rest<{ id: string }>(key, "contacts", { name: "Без чата" });
  const rule = await made(pult, key, "Написать", "order.created", [{ act: { do: "send_message", text: "Заказ {{order.number}} принят" } }]);

  await test.step("nobody can be written to without a chat", async () => {
    for (const title of ["Первый", "Второй"]) await pult.rest(key, "orders", { contact_id: other.id, title });
    await page.goto(`${pult.url}/rules/runs?rule_id=${rule}&outcome=failed`);
    await awake(page);
    await expect(page.getByRole("row", { name: /Ошибка/ })).toHaveCount(2);
    await page.getByRole("button", { name: "Повторить неудавшиеся" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("Повторить все неудавшиеся запуски?")).toBeVisible();
    await dialog.getByRole("button", { name: "Повторить" }).click();
    await expect(page.getByText("Продолжены: 0. Снова с ошибкой: 2")).toBeVisible();
  });

  await test.step("a run is started anew, knowingly", async () => {
    await page.goto(`${pult.url}/rules/runs?rule_id=${rule}`);
    await awake(page);
    await order("Третий");
    await expect(page.getByRole("row", { name: /Готово/ })).toHaveCount(1);
    await page.getByRole("row", { name: /Готово/ }).getByRole("link", { name: "Написать" }).click();
    await page.getByRole("button", { name: "Запустить заново" }).click();
    const dialog = page.getByRole("dialog", { name: "Запустить правило заново?" });
    await dialog.getByRole("button", { name: "Запустить заново" }).click();
    await expect(page.getByText("Запущено заново: перед вами новый запуск")).toBeVisible();
    await expect.poll(async () => (await pult.sent(CUSTOMER.phone)).length, { timeout: 20_000 }).toBe(2);
  });
});
