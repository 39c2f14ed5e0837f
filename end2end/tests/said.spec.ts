// What was said is found in any form, and its message is come to however far back it lies; and what tells a person that
// somebody writes while they look elsewhere.
import { CUSTOMER, awake, expect, shop, test } from "../support/test.ts";

test("a word said long ago is found, and its message is shown in the thread", async ({ page, pult }) => {
  const { chat, key } = await shop(pult, page);
  await pult.sim("customer/message", { ...CUSTOMER, text: "Сколько стоит замена компрессора?" });
  for (let n = 0; n < 13; n++) {
    await Promise.all(Array.from({ length: 10 }, (_, i) => pult.sim("customer/message", { ...CUSTOMER, text: `Ещё вопрос ${n * 10 + i}` })));
  }
  // All of it is in the chat: what still comes moves what one reads.
  await expect.poll(async () => (await pult.rest<{ items: { unread: number }[] }>(key, "chats")).items[0].unread, { timeout: 30_000 }).toBe(132);
  await page.goto(`${pult.url}/chats?box=all`);
  await awake(page);
  await page.getByRole("searchbox").fill("компрессоры");
  const found = page.getByRole("region", { name: "В сообщениях" });
  await expect(found.getByRole("link")).toContainText("замена компрессора");
  await expect(found.locator("mark")).toHaveText("компрессора");
  await found.getByRole("link").click();
  await page.waitForURL(`**/chats/${chat}**message=**`);
  const message = page.getByRole("article").filter({ hasText: "замена компрессора" });
  await expect(message).toBeInViewport();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("rjvghtccjh");
  await page.getByRole("option", { name: /замена компрессора/ }).click();
  await page.waitForURL("**message=**");
});

test("who looks elsewhere is told by the title, and keys have a sheet", async ({ page, pult }) => {
  await shop(pult, page);
  await expect(page).toHaveTitle(/^\(1\) /);
  await pult.sim("customer/message", { phone: "79130000001", name: "Пётр", text: "Добрый день" });
  await expect(page).toHaveTitle(/^\(2\) /);
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Горячие клавиши" });
  await expect(sheet.getByText("Следующий чат")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();

  await page.goto(`${pult.url}/settings/profile`);
  await awake(page);
  await page.getByRole("switch", { name: /Тихие часы/ }).check();
  await page.getByLabel("Тихо с").fill("20:30");
  await expect.poll(async () => (await (await page.request.post(`${pult.url}/api/ui/me`, { headers: { origin: pult.url } })).json()).notifications.quiet).toEqual([20 * 60 + 30, 9 * 60]);
});

test("without the program the installed one says so, and nothing else", async ({ page, pult, expected }) => {
  expected.push(/Failed to load resource|net::ERR|EventSource/);
  await shop(pult, page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await pult.kill();
  await page.goto(`${pult.url}/orders`);
  await expect(page.getByRole("heading", { name: "Нет связи" })).toBeVisible();
  await pult.serve();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Заказы" })).toBeVisible();
});
