// The main job so far: sign-up, catalogue, invitation; and a power cut in the middle of a burst of webhooks.
import { type Page, awake, expect, signIn, test, watch } from "../support/test.ts";

const OWNER = { name: "Анна Ковалёва", email: "anna@sever.example", password: "холодный-чай-42" };
const SELLER = { name: "Руслан Тимофеев", email: "ruslan@sever.example", password: "тёплый-чай-4242" };

test("from sign-up to a team of two", async ({ page, pult, browser, problems }) => {
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
