// The main job: from sign-up to a customer who is told that the order is ready, and what happens when things repeat or fail.
import type { Installation } from "../support/installation.ts";
import { type Page, awake, expect, test, watch } from "../support/test.ts";

const OWNER = { name: "Анна Ковалёва", email: "anna@sever.example", password: "холодный-чай-42" };
const SELLER = { name: "Руслан Тимофеев", email: "ruslan@sever.example", password: "тёплый-чай-4242" };
const CUSTOMER = { phone: "79132041855", name: "Марина Дёмина" };
const DAY_MS = 24 * 60 * 60 * 1000;

test("a message becomes a chat, an answer, an order and a notice", async ({ page, pult, browser, problems }) => {
  test.setTimeout(240_000);
  const sellerContext = await browser.newContext({ locale: "ru-RU", viewport: { width: 1440, height: 900 } });
  const seller = await sellerContext.newPage();
  watch(seller, problems);
  let key = "";
  const says = (message: object) => pult.sim("customer/message", { ...CUSTOMER, ...message });
  const bubble = (text: string) => seller.getByRole("article").filter({ hasText: text });

  await test.step("the owner signs up and names the organisation", async () => {
    await page.goto(`${pult.url}/sign-up`);
    await page.getByLabel("Ваше имя").fill(OWNER.name);
    await page.getByLabel("Почта").fill(OWNER.email);
    await page.getByRole("textbox", { name: "Пароль" }).fill(OWNER.password);
    await page.getByLabel("Название организации").fill("Сервис «Север»");
    await page.getByRole("button", { name: "Создать организацию" }).click();
    await page.waitForURL("**/dashboard");
    await awake(page);
    await expect(page.getByText("Сервис «Север»").first()).toBeVisible();
  });

  await test.step("two services stand in the catalogue", async () => {
    const { organisation } = await me(page, pult.url);
    key = pult.cli(["admin", "create-api-key", "--organisation", organisation.id, "--scopes", "*"]).key;
    await pult.rest(key, "products", { name: "Диагностика на дому", price_minor: 90_000 });
    await pult.rest(key, "products", { name: "Замена компрессора", price_minor: 650_000 });
  });

  await test.step("invites a seller, who joins", async () => {
    await page.goto(`${pult.url}/team`);
    await awake(page);
    await page.getByRole("button", { name: "Пригласить" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Почта").fill(SELLER.email);
    await dialog.getByRole("button", { name: "Пригласить", exact: true }).click();
    const link = dialog.getByRole("group", { name: "Ссылка приглашения" }).getByRole("code");
    await expect(link).toContainText("/join/");
    await seller.goto((await link.textContent()) ?? "");
    await seller.getByLabel("Ваше имя").fill(SELLER.name);
    await seller.getByRole("textbox", { name: "Пароль" }).fill(SELLER.password);
    await seller.getByRole("button", { name: "Присоединиться" }).click();
    await seller.waitForURL("**/dashboard");
    await awake(seller);
  });

  await test.step("connects WhatsApp in the wizard", async () => {
    await page.goto(`${pult.url}/connections`);
    await awake(page);
    await page.getByRole("link", { name: "Подключить" }).first().click();
    const { behaviour: own } = await pult.sim<{ behaviour: Record<string, string> }>("state");
    for (const name of ["phone_number_id", "waba_id", "app_id", "app_secret", "access_token"]) {
      await page.locator(`[name="settings.${name}"]`).fill(own[name]);
    }
    await page.getByText("Дополнительно").click();
    await page.locator('[name="settings.base_url"]').fill(pult.simulatorUrl);
    await page.getByRole("button", { name: "Сохранить и продолжить" }).click();
    await page.waitForURL("**?step=address");
    const value = (name: string) => page.getByRole("group", { name }).getByRole("code");
    await expect(value("Адрес для событий")).toContainText("/api/hooks/whatsapp/");
    await page.getByRole("group", { name: "Маркер подтверждения" }).getByRole("button", { name: "Показать" }).click();
    await pult.sim("callback", { url: await value("Адрес для событий").textContent(), verify_token: await value("Маркер подтверждения").textContent() });
    await expect(page.getByText("Адрес подтверждён", { exact: true })).toBeVisible();
    await page.getByRole("link", { name: "Далее" }).click();
    await expect(page.getByText("Ждём первое событие")).toBeVisible();
  });

  await test.step("a customer writes three messages, one with a photo", async () => {
    await seller.goto(`${pult.url}/chats`);
    await awake(seller);
    await expect(seller.getByText("Все ответы даны")).toBeVisible();
    await says({ text: "Здравствуйте! Холодильник перестал морозить" });
    await says({ image: { caption: "Вот табличка с моделью" } });
    await says({ text: "Когда сможете приехать?" });
    await expect(page.getByText("Первое событие получено", { exact: true })).toBeVisible();
    const row = seller.getByRole("link", { name: /Марина Дёмина/ });
    await expect(row).toBeVisible();
    await expect(row.getByText("3", { exact: true })).toBeVisible();
    await expect(row).toContainText("Когда сможете приехать?");
  });

  await test.step("the seller answers with a canned reply, and the ticks grow", async () => {
    await seller.getByRole("link", { name: /Марина Дёмина/ }).click();
    await expect(bubble("Вот табличка с моделью").getByRole("img")).toBeVisible();
    await seller.getByRole("button", { name: "Взять себе" }).click();
    await expect(seller.getByText("Ответственный: Руслан Тимофеев")).toBeVisible();
    const composer = seller.getByRole("textbox", { name: "Сообщение" });
    await composer.fill("/");
    await seller.getByRole("option", { name: "Настроить быстрые ответы" }).click();
    const dialog = seller.getByRole("dialog");
    await dialog.getByRole("button", { name: "Добавить ответ" }).click();
    await dialog.getByLabel("Сокращение").fill("завтра");
    await dialog.getByLabel("Название").fill("Приедем завтра");
    await dialog.getByLabel("Текст").fill("{name}, мастер приедет завтра с 10 до 12.");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await expect(dialog.getByText("Приедем завтра")).toBeVisible();
    await seller.keyboard.press("Escape");
    await composer.fill("");
    await composer.pressSequentially("/зав");
    await seller.getByRole("option", { name: /Приедем завтра/ }).click();
    await composer.press("Enter");
    await expect(bubble("Марина Дёмина, мастер приедет завтра").getByText("прочитано", { exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: /Чаты/ }).getByRole("status")).toBeHidden();
  });

  await test.step("an order with two items is made from the chat", async () => {
    await seller.getByRole("button", { name: "Создать заказ" }).click();
    const form = seller.getByRole("dialog");
    const search = form.getByRole("combobox", { name: "Товар или услуга из каталога" });
    for (const [typed, name] of [["диагн", "Диагностика на дому"], ["компр", "Замена компрессора"]]) {
      await search.fill(typed);
      await seller.getByRole("option", { name }).click();
    }
    await expect(form.getByText(/7\s400\s₽/)).toBeVisible();
    await form.getByRole("button", { name: "Создать заказ" }).click();
    await expect(form).toBeHidden();
    await expect(seller.getByText("Заказ № 1 создан").first()).toBeVisible();
  });

  await test.step("it is ready, and the client is told with a template, because the window has closed", async () => {
    await seller.getByRole("link", { name: /№ 1/ }).first().click();
    await seller.getByRole("button", { name: "В работе" }).click();
    await pult.sim("clock", { advance_ms: DAY_MS });
    await seller.getByRole("button", { name: "Готов", exact: true }).click();
    await seller.getByRole("link", { name: "Открыть чат" }).click();
    await expect(bubble("статус заказа 1: готов").getByText("прочитано", { exact: true })).toBeVisible();
    const sent = await pult.sent(CUSTOMER.phone);
    expect(sent.filter((one) => one.type === "template").length).toBe(1);
  });

  await test.step("the owner sees all of it, with its causes", async () => {
    await page.goto(`${pult.url}/dashboard`);
    await awake(page);
    await expect(page.locator(".tile", { hasText: "Заказы сегодня" }).locator(".tile-value")).toHaveText("1");
    await expect(page.locator(".tile", { hasText: "Выручка сегодня" })).toContainText(/7\s400\s₽/);
    await page.goto(`${pult.url}/journal`);
    await awake(page);
    await expect(page.getByText("Клиенту отправлено сообщение о заказе № 1: Готов")).toBeVisible();
    await page.getByText("Окно переписки уже закрылось").click();
    const line = page.getByRole("dialog");
    await expect(line.getByText("Почему")).toBeVisible();
    await line.getByRole("link", { name: "Задание" }).click();
    await expect(page.getByRole("dialog").getByText("Отправка сообщения").first()).toBeVisible();
  });

  await test.step("the same webhooks once more change nothing", async () => {
    const before = await everything(pult, key);
    const { posted, acknowledged } = await pult.sim<{ posted: number; acknowledged: number }>("replay", {});
    expect(posted).toBeGreaterThan(5);
    expect(acknowledged).toBe(posted);
    await expect.poll(async () => (await pult.rest<{ items: object[] }>(key, "events?state=new")).items).toEqual([]);
    expect(await everything(pult, key)).toEqual(before);
  });

  await test.step("the provider refuses twice: the retries are seen and end well", async () => {
    await pult.sim("clock", { advance_ms: -DAY_MS });
    const receipts = async () => (await pult.rest<{ items: object[] }>(key, "jobs?kind=mark_read&state=done&limit=200")).items.length;
    const before = await receipts();
    await says({ text: "Спасибо! А гарантия есть?" });
    await expect(bubble("А гарантия есть?")).toBeVisible();
    // The read receipt goes to the same address and must not take the faults meant for the answer.
    await expect.poll(receipts).toBeGreaterThan(before);
    const composer = seller.getByRole("textbox", { name: "Сообщение" });
    const read = await receipts();
    await composer.fill("Да, полгода на работу и детали.");
    // Neither may what shows the client that somebody writes.
    await expect.poll(receipts).toBeGreaterThan(read);
    await pult.sim("faults", { on: "/messages", fail_next: 1, status: 429, code: 130429 });
    await pult.sim("faults", { on: "/messages", fail_next: 1, status: 500, code: 131000 });
    await composer.press("Enter");
    await expect(bubble("полгода").getByText(/Повтор в/)).toBeVisible();
    await expect(bubble("полгода").getByText("прочитано", { exact: true })).toBeVisible({ timeout: 60_000 });
    const job = (await pult.rest<{ items: { id: string }[] }>(key, "jobs?kind=send_message&limit=1")).items[0];
    await page.goto(`${pult.url}/journal?tab=jobs&open=${job.id}`);
    await awake(page);
    const attempts = page.getByRole("dialog");
    await expect(attempts.getByText("Ограничение частоты")).toBeVisible();
    await expect(attempts.getByText("Будет повтор")).toBeVisible();
    await expect(attempts.getByText("Готово").last()).toBeVisible();
  });
  await sellerContext.close();
});

/** How much there is of everything a webhook could double. */
async function everything(pult: Installation, key: string): Promise<Record<string, unknown>> {
  const chats = (await pult.rest<{ items: { id: string; unread: number }[] }>(key, "chats?limit=200")).items;
  const count = async (path: string) => (await pult.rest<{ items: object[] }>(key, `${path}limit=200`)).items.length;
  return {
    chats,
    messages: await Promise.all(chats.map((chat) => count(`chats/${chat.id}/messages?`))),
    contacts: await count("contacts?"),
    orders: await count("orders?"),
    jobs: await count("jobs?"),
    sent: (await pult.sent(CUSTOMER.phone)).length,
  };
}

async function me(page: Page, url: string): Promise<{ organisation: { id: string } }> {
  const answer = await page.request.post(`${url}/api/ui/me`, { headers: { origin: url } });
  return answer.json();
}
