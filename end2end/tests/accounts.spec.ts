// What belongs to a person, through the browser: the language without a reload, several organisations, sessions and keys
// that are taken away, and a role that changes while its owner works.
import { awake, expect, signIn, test, watch } from "../support/test.ts";

const ANNA = { email: "anna@sever.example", password: "холодный-чай-42" };
const BORIS = { email: "boris@yug.example", password: "тёплый-дождь-17" };

test("the language changes at once, and stays", async ({ page, pult }) => {
  pult.organisation("Сервис «Север»", ANNA.email, ANNA.password);
  await signIn(page, pult, ANNA.email, ANNA.password);
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  await page.goto(`${pult.url}/settings/profile`);
  await awake(page);
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  await page.getByRole("tab", { name: "English" }).click();
  await expect(page.getByRole("navigation", { name: "Sections", exact: true }).getByRole("link", { name: "Chats" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  expect(await page.evaluate(() => "stayed" in window), "the page was loaded again").toBe(true);
  await page.reload();
  await awake(page);
  await expect(page.getByRole("navigation", { name: "Sections", exact: true }).getByRole("link", { name: "Chats" })).toBeVisible();
  await page.getByRole("tab", { name: "Русский" }).click();
  await expect(page.getByRole("navigation", { name: "Разделы", exact: true }).getByRole("link", { name: "Чаты" })).toBeVisible();
});

test("a person of two organisations goes from one to the other", async ({ page, pult, browser, problems }) => {
  const { key } = pult.organisation("Сервис «Север»", ANNA.email, ANNA.password);
  pult.organisation("Салон «Юг»", BORIS.email, BORIS.password);
  await pult.rest(key, "contacts", { name: "Марина Дёмина" });
  await signIn(page, pult, BORIS.email, BORIS.password);
  await page.goto(`${pult.url}/team`);
  await awake(page);
  await page.getByRole("button", { name: "Пригласить" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Почта").fill(ANNA.email);
  await dialog.getByRole("button", { name: "Пригласить", exact: true }).click();
  const link = await dialog.getByRole("group", { name: "Ссылка приглашения" }).getByRole("code").textContent();

  const context = await browser.newContext();
  const anna = await context.newPage();
  watch(anna, problems);
  await signIn(anna, pult, ANNA.email, ANNA.password);
  await anna.goto(link ?? "");
  await anna.getByRole("button", { name: "Присоединиться" }).click();
  await anna.waitForURL("**/dashboard");
  await awake(anna);
  await anna.goto(`${pult.url}/contacts`);
  await awake(anna);
  await expect(anna.getByText("Марина Дёмина")).toHaveCount(0);
  await anna.getByRole("button", { name: "Сменить организацию" }).click();
  await anna.getByRole("menuitemradio", { name: "Сервис «Север»" }).or(anna.getByRole("menuitem", { name: "Сервис «Север»" })).click();
  await anna.waitForURL("**/dashboard");
  await awake(anna);
  await anna.goto(`${pult.url}/contacts`);
  await awake(anna);
  await expect(anna.getByText("Марина Дёмина")).toBeVisible();
  await context.close();
});

test("a session that is ended is over at once", async ({ page, pult, browser }) => {
  pult.organisation("Сервис «Север»", ANNA.email, ANNA.password);
  await signIn(page, pult, ANNA.email, ANNA.password);
  // The other browser loses its session on purpose, so its console is not looked at.
  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, pult, ANNA.email, ANNA.password);
  await page.goto(`${pult.url}/settings/sessions`);
  await awake(page);
  await page.getByRole("button", { name: /^Завершить: / }).click();
  await expect(page.getByText("Сеанс завершён")).toBeVisible();
  await expect(page.getByText("Других сеансов нет")).toBeVisible();
  await other.goto(`${pult.url}/orders`);
  await other.waitForURL("**/sign-in**");
  await context.close();
});

test("a key is shown once, works, and works no more when it is revoked", async ({ page, pult }) => {
  pult.organisation("Сервис «Север»", ANNA.email, ANNA.password);
  await signIn(page, pult, ANNA.email, ANNA.password);
  await page.goto(`${pult.url}/settings/keys`);
  await awake(page);
  await page.getByRole("button", { name: "Создать ключ" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Название").fill("Сайт");
  await dialog.getByRole("radio", { name: /Все права/ }).check();
  await dialog.getByRole("button", { name: "Создать ключ" }).click();
  const key = await dialog.getByRole("group", { name: "API-ключ" }).getByRole("code").textContent();
  await dialog.getByRole("button", { name: "Готово" }).click();
  const asked = async () => (await fetch(`${pult.url}/api/v1/contacts`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await asked()).toBe(200);
  await page.getByRole("button", { name: "Отозвать ключ: Сайт" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Отозвать" }).click();
  await expect(page.getByText("Ключ отозван: Сайт")).toBeVisible();
  expect(await asked()).toBe(401);
});
