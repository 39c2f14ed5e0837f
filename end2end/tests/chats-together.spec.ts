// One message that did not go out, repeated twice at the same moment, by two people or by a quick hand: the client gets it once.
import type { Installation } from "../support/installation.ts";
import { CUSTOMER, type Page, awake, expect, joined, shop, test } from "../support/test.ts";
import { together } from "../support/together.ts";

// Of two repetitions one is refused.
test.use({ expected: [[/409/], { option: true }] });

/** A message the messenger has refused, on the pages of these people. */
async function refused(pult: Installation, pages: Page[], key: string, chat: string): Promise<void> {
  await pult.sim("faults", { on: "/messages", fail_next: 1, status: 400, code: 131009 });
  await pult.rest(key, `chats/${chat}/messages`, { text: "Заказ готов" });
  for (const one of pages) {
    await one.goto(`${pult.url}/chats/${chat}`);
    await awake(one);
    await expect(one.getByText("не доставлено").first()).toBeVisible();
  }
}

/** It went out, and only once. */
async function once(pult: Installation, pages: Page[], key: string): Promise<void> {
  for (const one of pages) await expect(one.getByText("прочитано", { exact: true }).first()).toBeVisible();
  expect((await pult.rest<{ items: object[] }>(key, "jobs?kind=send_message")).items.length).toBe(1);
  expect((await pult.sent(CUSTOMER.phone)).length).toBe(1);
}

test("a failed message that two people repeat goes out once", async ({ page, pult, browser, problems }) => {
  const { key, chat } = await shop(pult, page);
  const pages = [page, await joined(page, pult, browser, problems, "seller")];
  await refused(pult, pages, key, chat);
  await together(pages, /\/api\/ui\/chats_retry$/, (one) => one.getByRole("button", { name: "Повторить" }).click());
  await once(pult, pages, key);
  await pages[1].context().close();
});

test("a failed message repeated with a double click goes out once", async ({ page, pult }) => {
  const { key, chat } = await shop(pult, page);
  await refused(pult, [page], key, chat);
  await page.getByRole("button", { name: "Повторить" }).dblclick();
  await once(pult, [page], key);
});
