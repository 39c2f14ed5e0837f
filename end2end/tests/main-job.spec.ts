// The main job, from an empty installation to a served customer: sign-up, invitation, wizard, three messages, an answer,
// an order, a notice, the journal; then repeats, a provider in trouble, and a power cut in the middle of a burst.
import { type Page, awake, expect, signIn, test, watch } from "../support/test.ts";

const OWNER = { name: "Анна Ковалёва", email: "anna@sever.example", password: "холодный-чай-42" };
const SELLER = { name: "Руслан Тимофеев", email: "ruslan@sever.example", password: "тёплый-чай-4242" };
const CUSTOMER = { phone: "79132041855", name: "Марина Лебедева" };

test("from sign-up to a customer who knows that the order is ready", async ({ page, pult, browser, problems }) => {
  test.setTimeout(240_000);
  const sellerContext = await browser.newContext({ locale: "ru-RU", viewport: { width: 1440, height: 900 } });
  const seller = await sellerContext.newPage();
  watch(seller, problems);

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

  await test.step("a product stands in the catalogue", async () => {
    const { organisation } = await me(page, pult.url);
    const key = pult.cli(["admin", "create-api-key", "--organisation", organisation.id, "--scopes", "*"]).key;
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

  await test.step("WhatsApp is connected in the wizard", async () => {
    const own = (await pult.sim<{ behaviour: Record<string, string> }>("state")).behaviour;
    await page.goto(`${pult.url}/connections/new/whatsapp`);
    await awake(page);
    await page.getByText("Дополнительно").click();
    for (const name of ["phone_number_id", "waba_id", "app_id", "app_secret", "access_token"]) {
      await page.locator(`[name="settings.${name}"]`).fill(own[name] ?? "");
    }
    await page.locator('[name="settings.base_url"]').fill(pult.simulatorUrl);
    await page.getByRole("button", { name: "Сохранить и продолжить" }).click();
    await expect(page.getByText("Адрес подтверждён").first()).toBeVisible({ timeout: 20_000 });
  });

  await test.step("a customer writes three messages, one with a photo: they appear and are counted", async () => {
    await seller.goto(`${pult.url}/chats`);
    await awake(seller);
    await pult.sim("customer/message", { ...CUSTOMER, text: "Здравствуйте! Холодильник перестал морозить" });
    await pult.sim("customer/message", { ...CUSTOMER, image: { caption: "Вот шильдик" } });
    await pult.sim("customer/message", { ...CUSTOMER, text: "А можно завтра до обеда?" });
    const row = seller.getByRole("link", { name: /Марина Лебедева/ }).first();
    await expect(row).toContainText("А можно завтра до обеда?");
    await expect(row).toContainText("3");
    await expect(page.getByText("Первое событие получено").first()).toBeVisible();
  });

  await test.step("the seller answers; the ticks go to read", async () => {
    await seller.getByRole("link", { name: /Марина Лебедева/ }).first().click();
    await expect(seller.locator(".thread img, main img").first()).toBeVisible();
    await seller.getByRole("textbox", { name: "Сообщение" }).fill("Здравствуйте! Диагностика 900 ₽. Когда вам удобно?");
    await seller.getByRole("button", { name: "Отправить", exact: true }).click();
    await expect(seller.getByText("Здравствуйте! Диагностика 900 ₽. Когда вам удобно?").first()).toBeVisible();
    await expect.poll(async () => (await pult.sim<{ items?: unknown[] } & unknown[]>("sent")) as unknown).toBeTruthy();
    await expect(seller.getByText(/прочитано/i).or(seller.getByLabel(/прочитано/i)).first()).toBeAttached({ timeout: 15_000 });
  });

  await test.step("an order is made, becomes ready, and the customer is told", async () => {
    const { organisation } = await me(page, pult.url);
    const key = pult.cli(["admin", "create-api-key", "--organisation", organisation.id, "--scopes", "*"]).key;
    const chats = await pult.rest<{ items: { id: string }[] }>(key, "chats");
    const products = await pult.rest<{ items: { id: string }[] }>(key, "products");
    const items = products.items.map((product) => ({ product_id: product.id, quantity: 1 }));
    const order = await pult.rest<{ id: string; rev: number; number: number }>(key, "orders", { chat_id: chats.items[0]?.id, items });
    await expect(seller.getByText(`Заказ № ${order.number} создан`).first()).toBeVisible();
    await seller.goto(`${pult.url}/orders?open=${order.id}`);
    await awake(seller);
    const panel = seller.getByRole("dialog").or(seller.locator(".drawer")).first();
    await panel.getByRole("button", { name: /Готов/ }).first().click();
    const confirm = seller.getByRole("button", { name: "Перевести и сообщить" });
    await confirm.click();
    await expect
      .poll(async () => JSON.stringify(await pult.sim("sent")), { timeout: 15_000 })
      .toContain(`ваш заказ № ${order.number}: готов`);
    await page.goto(`${pult.url}/journal`);
    await awake(page);
    await expect(page.getByText(new RegExp(`Клиенту отправлено сообщение о заказе № ${order.number}`)).first()).toBeVisible();
    await page.goto(`${pult.url}/dashboard`);
    await awake(page);
    await expect(page.getByText("Заказы сегодня")).toBeVisible();
    await expect(page.getByText(/7 400/).first()).toBeVisible();
  });

  await test.step("the same webhooks again change nothing", async () => {
    const { organisation } = await me(page, pult.url);
    const key = pult.cli(["admin", "create-api-key", "--organisation", organisation.id, "--scopes", "*"]).key;
    const chat = (await pult.rest<{ items: { id: string }[] }>(key, "chats")).items[0]?.id;
    const count = async () => (await pult.rest<{ items: unknown[] }>(key, `chats/${chat}/messages`)).items.length;
    const before = await count();
    await pult.sim("replay", {});
    expect(await count()).toBe(before);
  });
  await sellerContext.close();
});

test.describe("trouble", () => {
  test.use({ expected: [[/Failed to load resource|net::ERR|EventSource/], { option: true }] });

  test("a power cut in the middle of a burst loses nothing and repeats nothing", async ({ page, pult }) => {
    test.setTimeout(240_000);
    const { organisation, key } = pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
    await pult.connect(organisation);
    await signIn(page, pult, OWNER.email, OWNER.password);
    const burst = pult.sim<{ acknowledged: string[]; failed: string[] }>("burst", { messages: 500, customers: 20, concurrency: 16, per_second: 250, retry: true, text: "Сообщение" });
    await expect.poll(async () => Number((await (await fetch(`${pult.url}/metrics`)).text()).match(/pult_hooks_accepted_total (\d+)/)?.[1] ?? 0)).toBeGreaterThan(80);
    await pult.kill();
    await pult.serve();
    const { acknowledged } = await burst;
    expect(acknowledged.length).toBeGreaterThan(400);
    const messages = async () => {
      let total = 0;
      const chats = (await pult.rest<{ items: { id: string }[] }>(key, "chats?limit=200")).items;
      for (const chat of chats) {
        for (let cursor: string | null | undefined = ""; cursor != null; ) {
          const found: { items: { sender: string }[]; next_cursor: string | null } = await pult.rest(key, `chats/${chat.id}/messages?cursor=${cursor}`);
          total += found.items.filter((message) => message.sender === "customer").length;
          cursor = found.next_cursor;
        }
      }
      return total;
    };
    await expect.poll(messages, { timeout: 60_000 }).toBe(500);
    await page.goto(`${pult.url}/chats`);
    await awake(page);
    await expect(page.getByRole("link", { name: /Сообщение/ }).first()).toBeVisible();
  });
});

async function me(page: Page, url: string): Promise<{ organisation: { id: string } }> {
  const answer = await page.request.post(`${url}/api/ui/me`, { headers: { origin: url } });
  return answer.json();
}
