// One message that did not go out, repeated twice at the same moment, by two people or by a quick hand: the client gets it once.
import type { Installation } from "../support/installation.ts";
import { CUSTOMER, type Page, awake, expect, joined, shop, test } from "../support/test.ts";
import { together } from "../support/together.ts";

// Of two repetitions one is refused.
test.use({ expected: [[/409/], { option: true }] });

/** Several, because the moment is narrow. */
const TEXTS = ["Первый готов", "Второй готов", "Третий готов", "Четвёртый готов", "Пятый готов"];

/** A message the messenger refuses is repeated, and what is said next comes after whatever else was on its way: each once. */
async function eachOnce(pult: Installation, pages: Page[], key: string, chat: string, repeat: () => Promise<void>): Promise<void> {
  const said = async () => ((await pult.sent(CUSTOMER.phone)) as unknown as { body: { text: { body: string } } }[]).map((one) => one.body.text.body);
  for (const page of pages) {
    await page.goto(`${pult.url}/chats/${chat}`);
    await awake(page);
  }
  // The read receipt goes to the same address and must not take a fault meant for a message.
  await expect.poll(async () => (await pult.rest<{ items: object[] }>(key, "jobs?kind=mark_read&state=done")).items.length).toBe(1);
  for (const text of TEXTS) {
    await pult.sim("faults", { on: "/messages", fail_next: 1, status: 400, code: 131009 });
    await pult.rest(key, `chats/${chat}/messages`, { text });
    for (const page of pages) await expect(page.getByRole("button", { name: "Повторить" })).toBeVisible();
    await repeat();
    for (const page of pages) await expect(page.getByRole("button", { name: "Повторить" })).toBeHidden();
    await expect.poll(said).toContain(text);
  }
  await pult.rest(key, `chats/${chat}/messages`, { text: "Ждём вас" });
  await expect.poll(said).toContain("Ждём вас");
  expect(await said()).toEqual([...TEXTS, "Ждём вас"]);
}

test("a failed message that two people repeat goes out once", async ({ page, pult, browser, problems }) => {
  const { key, chat } = await shop(pult, page);
  const pages = [page, await joined(page, pult, browser, problems, "seller")];
  const press = (one: Page) => one.getByRole("button", { name: "Повторить" }).click();
  await eachOnce(pult, pages, key, chat, () => together(pages, /\/api\/ui\/chats_retry$/, press));
  await pages[1].context().close();
});

test("a failed message repeated with a double click goes out once", async ({ page, pult }) => {
  const { key, chat } = await shop(pult, page);
  await eachOnce(pult, [page], key, chat, () => page.getByRole("button", { name: "Повторить" }).dblclick());
});
