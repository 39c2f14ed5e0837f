// «Стоп-кран» through the browser: pulled in the middle of a talk, what it holds is looked at, some dropped, the rest sent;
// and fields of clients that an organisation has made up, from the settings to the card.
import { CUSTOMER, awake, expect, shop, test } from "../support/test.ts";
import type { Installation } from "../support/installation.ts";

const texts = async (pult: Installation) => ((await pult.sent(CUSTOMER.phone)) as unknown as { body?: { text?: { body: string } } }[]).map((one) => one.body?.text?.body);

test("sending is stopped, looked at, partly dropped and resumed", async ({ page, pult }) => {
  const { key, chat } = await shop(pult, page);
  const say = (text: string) => pult.rest(key, `chats/${chat}/messages`, { text });

  await test.step("everything is stopped", async () => {
    await page.getByRole("link", { name: "Отправка идёт" }).click();
    await page.waitForURL("**/stop");
    await expect(page.getByText("Сообщения, приглашения и вызовы уходят, как обычно.")).toBeVisible();
    await page.getByLabel("Причина").fill("Ошибка в тексте");
    await page.getByRole("button", { name: "Остановить", exact: true }).click();
    await expect(page.getByText("Вся отправка").first()).toBeVisible();
    await expect(page.getByRole("link", { name: "Отправка остановлена" })).toBeVisible();
  });

  await test.step("what comes now waits and is shown", async () => {
    for (const text of ["Первое", "Второе", "Третье"]) await say(text);
    await expect(page.getByRole("row", { name: /Третье/ })).toBeVisible();
    await expect(page.getByText("Удержано 3 отправки.")).toBeVisible();
    expect(await texts(pult)).toEqual([]);
  });

  await test.step("one is dropped", async () => {
    await page.getByRole("row", { name: /Второе/ }).getByRole("checkbox").check();
    await page.getByRole("region", { name: "Выбрано" }).getByRole("button", { name: "Отбросить" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Отбросить" }).click();
    await expect(page.getByRole("row", { name: /Второе/ })).toHaveCount(0);
  });

  await test.step("the rest goes out, in order, once", async () => {
    await page.getByRole("button", { name: "Возобновить и отправить 2" }).click();
    await expect(page.getByRole("link", { name: "Отправка идёт" })).toBeVisible();
    await expect.poll(() => texts(pult), { timeout: 20_000 }).toEqual(["Первое", "Третье"]);
    await page.goto(`${pult.url}/chats/${chat}`);
    await awake(page);
    await expect(page.getByText("Второе").last()).toBeVisible();
  });

  await test.step("the journal tells it", async () => {
    await page.goto(`${pult.url}/journal`);
    await awake(page);
    await expect(page.getByText("Стоп-кран: вся отправка остановлена")).toBeVisible();
    await expect(page.getByText("Стоп-кран отпущен, удержанное отправляется: 2")).toBeVisible();
  });
});

test("a field of one's own is made, filled in, and asked about by a rule", async ({ page, pult }) => {
  const { key } = await shop(pult, page);

  await test.step("fields are made", async () => {
    await page.goto(`${pult.url}/settings/clients`);
    await awake(page);
    await page.getByRole("button", { name: "Добавить поле" }).click();
    await page.getByPlaceholder("Название").fill("Уровень");
    await page.getByLabel("Вид поля").selectOption({ label: "Выбор из списка" });
    await page.getByLabel("Варианты, по одному в строке").fill("Обычный\nЗолотой");
    await page.getByRole("button", { name: "Добавить поле" }).click();
    await page.getByPlaceholder("Название").last().fill("День рождения");
    await page.getByLabel("Вид поля").last().selectOption({ label: "Дата" });
    await page.getByRole("button", { name: "Сохранить" }).click();
    await expect(page.getByText("Настройки сохранены")).toBeVisible();
    expect((await pult.rest<{ items: { key: string }[] }>(key, "contact-fields")).items.map((one) => one.key)).toEqual(["uroven", "den_rozhdeniya"]);
  });

  await test.step("and filled in on the card", async () => {
    const { items } = await pult.rest<{ items: { id: string }[] }>(key, "contacts");
    await page.goto(`${pult.url}/contacts/${items[0].id}`);
    await awake(page);
    const card = page.locator("section", { hasText: "Свои поля" }).last();
    await card.getByRole("button", { name: "Изменить" }).click();
    const form = page.getByRole("dialog", { name: "Свои поля" });
    await form.getByLabel("Уровень").selectOption({ label: "Золотой" });
    await form.getByLabel("День рождения").fill("5.3.1990");
    await form.getByRole("button", { name: "Сохранить" }).click();
    await expect(card.getByText("Золотой")).toBeVisible();
    await expect(card.getByText("05.03.1990")).toBeVisible();
    await expect(page.getByText("В карточке клиента «Уровень»: Золотой")).toBeVisible();
  });
});
