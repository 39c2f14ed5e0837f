// The test with an installation, signed-in pages, and an eye on the browser's console: an error there fails the test.
import { type Browser, type Page, test as base, expect } from "@playwright/test";
import { Installation } from "./installation.ts";

export { type Page, expect };

/** Collects what must not happen in a page. */
export function watch(page: Page, problems: string[], expected: RegExp[] = []): void {
  const note = (text: string) => {
    if (!expected.some((pattern) => pattern.test(text))) problems.push(text);
  };
  page.on("console", (message) => {
    if (message.type() === "error" || (message.type() === "warning" && /hydrat/i.test(message.text()))) note(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => note(`page: ${error.message}`));
}

/** Waits until the page is awake: what is rendered reacts. */
export async function awake(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.awake === "yes");
}

type Fixtures = {
  pult: Installation;
  problems: string[];
  /** Browser noise a test provokes on purpose (a killed server, a refused request). */
  expected: RegExp[];
};

export const test = base.extend<Fixtures>({
  pult: async ({}, use, info) => {
    const pult = await Installation.start(String(info.project.metadata.database ?? "sqlite"));
    await use(pult);
    pult.stop();
    if (info.status !== info.expectedStatus) console.log(pult.log.slice(-4000));
  },
  expected: [[], { option: true }],
  problems: async ({ expected }, use) => {
    const problems: string[] = [];
    await use(problems);
    expect(problems.filter((text) => !expected.some((pattern) => pattern.test(text)))).toEqual([]);
  },
  page: async ({ page, problems }, use) => {
    watch(page, problems);
    await use(page);
  },
});

/** Signs in through the form. */
export async function signIn(page: Page, pult: Installation, email: string, password: string): Promise<void> {
  await page.goto(`${pult.url}/sign-in`);
  await page.getByLabel("Почта").fill(email);
  await page.getByRole("textbox", { name: "Пароль" }).fill(password);
  await page.getByRole("button", { name: "Войти", exact: true }).click();
  await page.waitForURL("**/dashboard");
  await awake(page);
}

/** The owner and the customer of most tests. */
export const OWNER = { email: "anna@sever.example", password: "холодный-чай-42" };
export const CUSTOMER = { phone: "79132041855", name: "Марина Дёмина" };

/** A second person: invited by the one signed in on `page`, joined and signed in in a browser of their own. */
export async function joined(page: Page, pult: Installation, browser: Browser, problems: string[], role: string): Promise<Page> {
  const data = { email: "ruslan@sever.example", role };
  const invite = await page.request.post(`${pult.url}/api/ui/invites_create`, { headers: { origin: pult.url }, data });
  const { link } = await invite.json();
  const second = await (await browser.newContext()).newPage();
  watch(second, problems);
  await second.goto(link);
  await second.getByLabel("Ваше имя").fill("Руслан");
  await second.getByRole("textbox", { name: "Пароль" }).fill("тёплый-чай-4242");
  await second.getByRole("button", { name: "Присоединиться" }).click();
  await second.waitForURL("**/dashboard");
  await awake(second);
  return second;
}

/** An organisation with WhatsApp whose customer has just written; its owner is signed in. */
export async function shop(pult: Installation, page: Page): Promise<{ key: string; chat: string }> {
  const { key, organisation } = pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
  await pult.connect(organisation);
  await pult.sim("customer/message", { ...CUSTOMER, text: "Здравствуйте, заказ готов?" });
  const chats = async () => (await pult.rest<{ items: { id: string }[] }>(key, "chats")).items;
  await expect.poll(async () => (await chats()).length).toBe(1);
  const [chat] = await chats();
  await signIn(page, pult, OWNER.email, OWNER.password);
  return { key, chat: chat.id };
}
