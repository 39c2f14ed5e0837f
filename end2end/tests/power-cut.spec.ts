// A power cut in the middle of a burst of webhooks.
import { awake, expect, signIn, test } from "../support/test.ts";

const OWNER = { email: "anna@sever.example", password: "холодный-чай-42" };

test.use({ expected: [[/Failed to load resource|net::ERR|EventSource/], { option: true }] });

test("a power cut in the middle of a burst loses nothing and repeats nothing", async ({ page, pult }) => {
  test.setTimeout(240_000);
  const { organisation, key } = pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
  await pult.connect(organisation);
  await signIn(page, pult, OWNER.email, OWNER.password);
  await page.goto(`${pult.url}/chats`);
  await awake(page);
  const burst = pult.sim<{ acknowledged: string[]; failed: string[] }>("burst", { messages: 500, customers: 20, concurrency: 16, per_second: 250, retry: true, text: "Сообщение" });
  await expect.poll(async () => Number((await (await fetch(`${pult.url}/metrics`)).text()).match(/pult_hooks_accepted_total (\d+)/)?.[1] ?? 0)).toBeGreaterThan(80);
  const someone = page.getByRole("link", { name: /Сообщение/ }).first();
  await expect(someone).toBeVisible();
  await pult.kill();
  // The open page says so, and keeps what it shows.
  await expect(page.getByText("Нет связи")).toBeVisible();
  await expect(someone).toBeVisible();
  await pult.serve();
  await expect(page.getByText("Нет связи")).toBeHidden();
  // What was refused meanwhile the provider repeats; every acknowledged message and every repeated one is there once.
  const { acknowledged, failed } = await burst;
  expect(acknowledged.length).toBeGreaterThan(80);
  expect(acknowledged.length + failed.length).toBe(500);
  const messages = async () => {
    const texts: string[] = [];
    const chats = (await pult.rest<{ items: { id: string }[] }>(key, "chats?limit=200")).items;
    for (const chat of chats) {
      for (let cursor: string | null | undefined = ""; cursor != null; ) {
        const found: { items: { sender: string; text: string }[]; next_cursor: string | null } = await pult.rest(key, `chats/${chat.id}/messages?cursor=${cursor}`);
        texts.push(...found.items.filter((message) => message.sender === "customer").map((message) => message.text));
        cursor = found.next_cursor;
      }
    }
    return [texts.length, new Set(texts).size];
  };
  await expect.poll(messages, { timeout: 60_000 }).toEqual([500, 500]);
  await expect(page.getByRole("link", { name: "Чаты" }).getByRole("status")).toHaveText("20");
});
