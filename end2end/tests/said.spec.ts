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

test("what comes moves nothing that one reads further up, and says how much there is below", async ({ page, pult }) => {
  const { chat, key } = await shop(pult, page);
  const waiting = (count: number) => expect.poll(async () => (await pult.rest<{ items: { unread: number }[] }>(key, "chats")).items[0].unread, { timeout: 30_000 }).toBe(count);
  await Promise.all(Array.from({ length: 40 }, (_, n) => pult.sim("customer/message", { ...CUSTOMER, text: `Вопрос ${n}` })));
  await waiting(41);
  await page.goto(`${pult.url}/chats/${chat}?box=all`);
  await awake(page);
  const log = page.getByRole("log");
  await log.hover();
  await page.mouse.wheel(0, -700);
  await expect(page.getByRole("button", { name: /в конец|нов/i })).toBeVisible();
  const read = await log.evaluate((log) => {
    const middle = log.getBoundingClientRect().top + log.clientHeight / 2;
    return [...log.querySelectorAll("article")].find((one) => one.getBoundingClientRect().top > middle)?.id ?? "";
  });
  const place = () => page.locator(`#${read}`).evaluate((one) => Math.round(one.getBoundingClientRect().top));
  // Wheels roll on for a moment.
  let [before, now] = [await place(), NaN];
  await expect.poll(async () => ([before, now] = [now, await place()])[0] === now).toBe(true);
  for (let n = 0; n < 5; n++) await pult.sim("customer/message", { ...CUSTOMER, text: `Ещё вот что, ${n}: длинная строка, которая занимает место и в узком окне` });
  await expect(page.getByRole("button", { name: /5 нов/ })).toBeVisible();
  expect(await place()).toBe(now);
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
