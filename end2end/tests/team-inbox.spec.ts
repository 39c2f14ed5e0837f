// What colleagues do around one chat: notes, seeing each other, setting it aside, messages for later.
import { join } from "../support/team.ts";
import { CUSTOMER, awake, expect, shop, signIn, test, watch } from "../support/test.ts";

test("colleagues around one chat", async ({ page, pult, browser, problems, expected }) => {
  test.setTimeout(180_000);
  expected.push(/ERR_FAILED|409/);
  const { chat } = await shop(pult, page);
  const vera = await join(pult, page, "Вера Орлова", "vera@sever.example");
  const context = await browser.newContext({ locale: "ru-RU", viewport: { width: 1440, height: 900 }, timezoneId: "Asia/Novosibirsk" });
  const other = await context.newPage();
  watch(other, problems);
  await signIn(other, pult, vera.email, vera.password);
  await page.goto(`${pult.url}/chats/${chat}`);
  await awake(page);

  await test.step("a note calls a colleague, and the client never sees it", async () => {
    await page.getByRole("button", { name: "Заметка для коллег" }).click();
    await page.getByRole("button", { name: "Позвать коллегу" }).click();
    await page.getByRole("menuitem", { name: vera.name }).click();
    const note = page.getByRole("textbox", { name: "Заметка для коллег" });
    await note.pressSequentially("уточни цену компрессора");
    await page.getByRole("button", { name: "Сохранить заметку" }).click();
    await expect(page.getByRole("article").filter({ hasText: "Заметка, клиент её не видит" })).toContainText("уточни цену");
    await other.goto(`${pult.url}/chats`);
    await awake(other);
    await other.getByRole("tab", { name: /Упоминания/ }).click();
    await other.locator(".chat-row").first().click();
    await expect(other.getByText("уточни цену компрессора")).toBeVisible();
    expect(await pult.sent(CUSTOMER.phone)).toEqual([]);
  });

  await test.step("they see each other, and nobody answers twice by accident", async () => {
    await expect(page.getByText(`Смотрит: ${vera.name}`)).toBeVisible();
    await other.getByRole("textbox", { name: "Сообщение" }).pressSequentially("Здравствуйте, готов");
    await expect(page.getByText(`Пишет ответ: ${vera.name}`)).toBeVisible();
    // Both write on what they see; the one whose page does not follow for a moment is told.
    await page.route("**/api/live**", (route) => route.abort());
    await page.reload();
    await awake(page);
    await other.getByRole("button", { name: "Отправить", exact: true }).click();
    // Shown at once, but on its way: only what was taken is what the other one has missed.
    await expect.poll(async () => (await pult.sent(CUSTOMER.phone)).length).toBe(1);
    await page.getByRole("textbox", { name: "Сообщение" }).fill("Да, можно забирать");
    await page.getByRole("button", { name: "Отправить", exact: true }).click();
    await expect(page.getByText(`Пока вы писали, клиенту ответил другой сотрудник: ${vera.name}`)).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Сообщение" })).toHaveValue("Да, можно забирать");
    await expect.poll(async () => (await pult.sent(CUSTOMER.phone)).length).toBe(1);
    await page.getByRole("button", { name: "Отправить всё равно" }).click();
    await expect.poll(async () => (await pult.sent(CUSTOMER.phone)).length).toBe(2);
  });

  await test.step("set aside, it leaves the list and comes back when the client writes", async () => {
    await other.getByRole("button", { name: "Отложить чат" }).click();
    await other.getByRole("menuitem", { name: "Завтра в 9:00" }).click();
    await expect(other.getByText("Чат отложен").first()).toBeVisible();
    await expect(other.getByRole("tab", { name: /Отложенные/ })).toBeVisible();
    await pult.sim("customer/message", { ...CUSTOMER, text: "А сколько стоит?" });
    await expect(other.getByText("А сколько стоит?").last()).toBeVisible();
    await expect(other.getByRole("tab", { name: /Отложенные/ })).toHaveCount(0);
  });

  await test.step("a message for later is planned, changed, and takes itself back", async () => {
    await other.getByRole("textbox", { name: "Сообщение" }).fill("Напоминаю о компрессоре");
    await other.getByRole("button", { name: "Отправить позже" }).click();
    const dialog = other.getByRole("dialog", { name: "Отправить позже" });
    await dialog.getByRole("button", { name: "Завтра в 9:00" }).click();
    await dialog.getByRole("button", { name: "Запланировать" }).click();
    const planned = other.locator(".bubble.planned");
    await expect(planned).toContainText("Напоминаю о компрессоре");
    await expect(other.getByRole("textbox", { name: "Сообщение" })).toHaveValue("");
    await planned.getByRole("button", { name: "Изменить запланированное сообщение" }).click();
    await dialog.getByRole("textbox", { name: "Сообщение" }).fill("Напоминаю о замене компрессора");
    await dialog.getByRole("button", { name: "Запланировать" }).click();
    await expect(planned).toContainText("о замене компрессора");
    await pult.sim("customer/message", { ...CUSTOMER, text: "Беру" });
    await expect(planned).toHaveCount(0);
    await expect(other.getByText("Клиент написал, запланированное сообщение отменено")).toBeVisible();
  });
  await context.close();
});
