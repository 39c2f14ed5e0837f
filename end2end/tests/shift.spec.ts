// A team's day seen by people: a chat that waits says why, whoever comes on gets it; what somebody sees is what the owner lets
// them see; a second factor is demanded and reset; an event is applied once more; the journal is whole.
import { as, join } from "../support/team.ts";
import { code } from "../support/totp.ts";
import { CUSTOMER, awake, expect, shop, signIn, test, watch } from "../support/test.ts";

test("a chat that waits says why, and goes to whoever comes on", async ({ page, pult }) => {
  const { key } = await shop(pult, page);
  const vera = await join(pult, page, "Вера Орлова", "vera@sever.example");
  await as(pult, vera, "presence_set", "presence=offline");
  await page.evaluate(() => fetch("/api/ui/presence_set", { method: "POST", body: new URLSearchParams({ presence: "break" }) }));
  await page.goto(`${pult.url}/settings/chats`);
  await awake(page);
  await page.getByLabel("Кому достаётся новый чат").selectOption({ label: "Поровну, по очереди" });
  await page.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Настройки сохранены")).toBeVisible();
  await pult.sim("customer/message", { phone: "79130000002", name: "Пётр Лисин", text: "Есть кто живой?" });
  await expect.poll(async () => (await pult.rest<{ items: object[] }>(key, "chats?box=unassigned")).items.length).toBeGreaterThan(0);

  await page.goto(`${pult.url}/chats?box=unassigned`);
  await awake(page);
  await page.getByRole("link", { name: /Пётр Лисин/ }).click();
  await expect(page.getByText("Пока ни у кого")).toBeVisible();
  await page.getByText("Почему ещё ничей?").click();
  const reasons = page.locator(".thread-notice details[open]");
  await expect(reasons).toContainText("Вера Орлова");
  await expect(reasons).toContainText(/перерыв/i);
  await as(pult, vera, "presence_set", "presence=active");
  await expect(page.getByText("Чат получает Вера Орлова")).toBeVisible();
  await expect(page.getByText("Пока ни у кого")).toBeHidden();
  await page.getByText("Почему он?").first().click();
  await expect(page.getByText("Чаты раздаются поровну").first()).toBeVisible();
});

test("the owner demands a code, a colleague sets it up, and who lost the phone begins anew", async ({ page, pult, browser, problems }) => {
  test.setTimeout(180_000);
  await shop(pult, page);
  const vera = await join(pult, page, "Вера Орлова", "vera@sever.example");

  let own = "";
  await test.step("who demands it has it first", async () => {
    await page.goto(`${pult.url}/settings/profile`);
    await awake(page);
    await page.getByRole("link", { name: "Включить вход по коду" }).click();
    own = await setUp(page);
    await page.goto(`${pult.url}/settings/organisation`);
    await awake(page);
    await page.getByRole("switch", { name: /Требовать вход по коду от всех/ }).check();
    await expect.poll(async () => (await as<{ code?: string }>(pult, vera, "chats_list", { filter: {} })).body.code).toBe("second_factor_missing");
  });

  const context = await browser.newContext({ locale: "ru-RU", viewport: { width: 1440, height: 900 } });
  const other = await context.newPage();
  watch(other, problems, [/401|403/]);
  let secret = "";
  await test.step("a colleague is led to it, and then signs in with both", async () => {
    await other.goto(`${pult.url}/sign-in`);
    await other.getByLabel("Почта").fill(vera.email);
    await other.getByRole("textbox", { name: "Пароль" }).fill(vera.password);
    await other.getByRole("button", { name: "Войти", exact: true }).click();
    await expect(other.getByText("Ваша организация требует вход по коду")).toBeVisible();
    secret = await setUp(other);
    await other.goto(`${pult.url}/chats?box=all`);
    await awake(other);
    await expect(other.locator(".chat-row").first()).toBeVisible();
  });

  await test.step("the phone is lost: the owner resets it", async () => {
    await page.goto(`${pult.url}/team`);
    await awake(page);
    await page.getByRole("button", { name: `Действия: ${vera.name}`, exact: true }).click();
    await page.getByRole("menuitem", { name: "Сбросить вход по коду" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Сбросить", exact: true }).click();
    await expect(page.getByText(`Вход по коду сброшен: ${vera.name}`)).toBeVisible();
    await context.clearCookies();
    await other.goto(`${pult.url}/sign-in`);
    await other.getByLabel("Почта").fill(vera.email);
    await other.getByRole("textbox", { name: "Пароль" }).fill(vera.password);
    await other.getByRole("button", { name: "Войти", exact: true }).click();
    await expect(other.getByText("Ваша организация требует вход по коду")).toBeVisible();
    expect(await setUp(other)).not.toBe(secret);
  });
  expect(own).not.toBe("");
  await context.close();
});

/** Sets up the app on the page that shows its key; gives the key. */
async function setUp(page: import("@playwright/test").Page): Promise<string> {
  const begin = page.getByRole("button", { name: "Включить вход по коду" });
  if (await begin.isVisible()) await begin.click();
  const secret = ((await page.locator("code").first().textContent()) ?? "").replace(/\s/g, "");
  await page.getByRole("textbox", { name: "Код" }).fill(code(secret));
  await page.getByRole("button", { name: "Подтвердить" }).click();
  await expect(page.getByText("Коды восстановления").first()).toBeVisible();
  await page.getByRole("button", { name: /Коды сохранены/ }).or(page.getByRole("link", { name: /Коды сохранены/ })).click();
  return secret;
}

test("who sees their team’s chats sees those, and not the others’", async ({ page, pult, browser, problems }) => {
  const { key, chat } = await shop(pult, page);
  const [vera, oleg] = [await join(pult, page, "Вера Орлова", "vera@sever.example"), await join(pult, page, "Олег Нилов", "oleg@sever.example")];
  await page.goto(`${pult.url}/team`);
  await awake(page);
  for (const [member, team] of [[vera, "Ремонт"], [oleg, "Продажи"]] as const) {
    await page.getByRole("button", { name: `Действия: ${member.name}`, exact: true }).click();
    await page.getByRole("menuitem", { name: "Видимость и нагрузка" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Видит").selectOption({ label: "Своё и отдела" });
    await dialog.getByLabel("Отдел").fill(team);
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await expect(page.getByText(`Сохранено: ${member.name}`)).toBeVisible();
  }
  await page.evaluate(([id, user]) => fetch("/api/ui/chats_change", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ id, change: { do: "assign", user_id: user } }) }), [chat, vera.id] as const);
  await expect.poll(async () => (await pult.rest<{ items: { assignee_id: string }[] }>(key, "chats")).items[0].assignee_id).toBe(vera.id);
  const context = await browser.newContext({ locale: "ru-RU", viewport: { width: 1440, height: 900 } });
  const other = await context.newPage();
  watch(other, problems, [/404/]);
  await signIn(other, pult, oleg.email, oleg.password);
  await other.goto(`${pult.url}/chats?box=all`);
  await awake(other);
  await expect(other.getByText(CUSTOMER.name)).toHaveCount(0);
  await other.goto(`${pult.url}/chats/${chat}?box=all`);
  await expect(other.getByRole("alert").first()).toBeVisible();
  await context.close();
});

test("an event is applied once more from the journal, and the journal is whole", async ({ page, pult }) => {
  const { key } = await shop(pult, page);
  await page.goto(`${pult.url}/journal?tab=events`);
  await awake(page);
  await page.getByRole("row").nth(1).click();
  const card = page.getByRole("dialog");
  await expect(card).toContainText("x-hub-signature-256");
  await card.getByRole("button", { name: "Обработать ещё раз" }).click();
  await page.getByRole("dialog", { name: "Обработать событие ещё раз?" }).getByRole("button", { name: "Обработать ещё раз" }).click();
  await expect(page.getByText("Событие поставлено в очередь")).toBeVisible();
  await expect.poll(async () => (await pult.rest<{ items: object[] }>(key, "chats")).items.length).toBe(1);
  const chats = await pult.rest<{ items: { id: string }[] }>(key, "chats");
  expect((await pult.rest<{ items: { sender: string }[] }>(key, `chats/${chats.items[0].id}/messages`)).items.filter((one) => one.sender === "customer").length).toBe(1);
  await page.goto(`${pult.url}/journal`);
  await awake(page);
  await expect(page.getByText("Событие обработано ещё раз", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("Журнал цел", { exact: false })).toBeVisible();
});
