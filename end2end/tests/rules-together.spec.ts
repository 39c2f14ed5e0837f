// Two people at one rule: one agrees, the other refuses, or one sends what a stopped rule holds, the other drops it, at the same
// moment; one of both happens and the other person is told so.
import { act, made, open, runs, why } from "../support/rules.ts";
import { CUSTOMER, type Page, awake, expect, joined, shop, test } from "../support/test.ts";
import { told, together } from "../support/together.ts";

// Of two decisions one is refused.
test.use({ expected: [[/409/], { option: true }] });

const SENT = "Отправка началась";
const DROPPED = "Удержанное отброшено";

test("what a stopped rule holds is sent or dropped, and the slower person is told", async ({ page, pult, browser, problems }) => {
  const { key, chat } = await shop(pult, page);
  const rule = await made(pult, key, "Принят", "order.created", [act("send_message", { text: "Заказ {{order.number}} принят" })]);
  const pages = [page, await joined(page, pult, browser, problems, "admin")];
  const said = async () => ((await pult.sent(CUSTOMER.phone)) as unknown as { body: { text: { body: string } } }[]).map((one) => one.body.text.body);

  await test.step("it acts too often and is stopped", async () => {
    await open(page, pult, rule);
    await page.getByRole("button", { name: "Защита" }).click();
    await page.getByRole("dialog").getByLabel("Не чаще").fill("4");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Предел сохранён")).toBeVisible();
    // The messenger is slow, so that all but the first still wait when the rule is stopped.
    await pult.sim("faults", { on: "/messages", latency_ms: 4_000 });
    for (const name of ["Выезд", "Диагностика", "Ремонт", "Сборка", "Гарантия"]) await pult.rest(key, "orders", { chat_id: chat, items: [{ name, price_minor: 90_000 }] });
    for (const one of pages) {
      await open(one, pult, rule);
      await expect(one.getByText("Удержано 3 отправки")).toBeVisible();
    }
  });

  await test.step("one person sends, the other drops", async () => {
    const words = ["Отправить", "Отбросить"];
    await together(pages, /\/api\/ui\/rules_release$/, (one: Page, n) => one.locator(".rule-held").getByRole("button", { name: words[n] }).click());
    const heard = await Promise.all(pages.map(told));
    await pult.sim("faults", { clear: true });
    await pult.rest(key, `chats/${chat}/messages`, { text: "Ждём вас" });
    await expect.poll(said, { timeout: 30_000 }).toContain("Ждём вас");
    const all = [1, 2, 3, 4].map((number) => `Заказ ${number} принят`);
    const sent = (await said()).length > 2;
    expect(await said()).toEqual([...(sent ? all : all.slice(0, 1)), "Ждём вас"]);
    expect(heard.filter((text) => text === SENT || text === DROPPED)).toEqual([sent ? SENT : DROPPED]);
    await page.goto(`${pult.url}/journal`);
    await awake(page);
    await expect(page.getByText(/Удержанное правилом «Принят»/)).toHaveText([`Удержанное правилом «Принят» ${sent ? "отправлено" : "отброшено"}`]);
  });
  await pages[1].context().close();
});

test("of two answers to a run that asks one counts", async ({ page, pult, browser, problems }) => {
  const { key, chat } = await shop(pult, page);
  const ask = act("approve", { member: null, minutes: 60, otherwise_yes: false, then: [act("comment", { text: "Можно" })], refused: [act("comment", { text: "Нельзя" })] });
  const rule = await made(pult, key, "Согласовать", "order.created", [ask]);
  await pult.rest(key, "orders", { chat_id: chat, items: [{ name: "Ремонт", price_minor: 100_000 }] });
  const pages = [page, await joined(page, pult, browser, problems, "admin")];
  for (const one of pages) {
    await runs(one, pult, rule);
    await why(one, "Ждёт");
  }
  const words = ["Согласен", "Отклонить"];
  await together(pages, /\/api\/ui\/runs_decide$/, (one, n) => one.getByRole("button", { name: words[n] }).click());
  const heard = await Promise.all(pages.map(told));
  expect(heard).toContain("Решение уже принято");
  const agreed = heard.includes("Согласие записано");
  expect(heard).toContain(agreed ? "Согласие записано" : "Отказ записан");
  for (const one of pages) {
    await expect(one.getByText(agreed ? "Можно" : "Нельзя", { exact: true })).toBeVisible();
    await expect(one.getByText(agreed ? "Нельзя" : "Можно", { exact: true })).toHaveCount(0);
    await expect(one.getByRole("button", { name: "Согласен" })).toHaveCount(0);
  }
  await pages[1].context().close();
});
