// WCAG 2.2 AA: axe on every page of the demo, wide and on a phone; and the main job with the keyboard alone.
import { AxeBuilder } from "@axe-core/playwright";
import { Installation } from "../support/installation.ts";
import { type Page, CUSTOMER, awake, expect, shop, test as base } from "../support/test.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const INSIDE = [
  "dashboard", "chats", "chats?box=all", "orders", "orders?view=board", "contacts", "catalogue", "rules", "rules/runs", "reviews", "team", "connections",
  "connections/new/whatsapp", "journal", "journal?tab=events", "journal?tab=jobs", "stop", "settings", "settings/profile", "settings/chats", "settings/orders",
  "settings/clients", "settings/keys", "settings/health", "settings/look",
];
const OUTSIDE = ["sign-in", "sign-up", "reset"];

const test = base.extend({
  pult: async ({}, use) => {
    const pult = await Installation.demo("sqlite");
    await use(pult);
    pult.stop();
  },
});

/** What axe finds, one line a place. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.target.join(" ")} ${node.failureSummary?.split("\n").pop()?.trim() ?? ""}`));
}

for (const [name, viewport] of [["wide", { width: 1440, height: 900 }], ["phone", { width: 390, height: 844 }]] as const) {
  test(`axe finds nothing on any page, ${name}`, async ({ page, pult }) => {
    test.setTimeout(300_000);
    await page.setViewportSize(viewport);
    const found: Record<string, string[]> = {};
    const look = async (place: string) => {
      const list = await faults(page);
      if (list.length) found[place] = list.slice(0, 12);
    };
    for (const place of OUTSIDE) {
      await page.goto(`${pult.url}/${place}`);
      await look(place);
    }
    await page.goto(`${pult.url}/sign-in`);
    await page.getByLabel("Почта").fill("owner@demo.example");
    await page.getByRole("textbox", { name: "Пароль" }).fill("pult-demo-2026");
    await page.getByRole("button", { name: "Войти", exact: true }).click();
    await page.waitForURL("**/dashboard");
    for (const place of INSIDE) {
      await page.goto(`${pult.url}/${place}`);
      await awake(page);
      await expect(page.locator(".skeleton").first()).toBeHidden();
      await look(place);
    }
    // What only opens from a list.
    for (const [list, row] of [["chats?box=all", ".chat-row"], ["orders", "tbody tr"], ["contacts", "tbody tr"], ["rules", "tbody tr, .rule-row"]] as const) {
      await page.goto(`${pult.url}/${list}`);
      await awake(page);
      await page.locator(row).first().click();
      await expect(page.locator(".skeleton").first()).toBeHidden();
      await look(`${list} → first`);
    }
    expect(found).toEqual({});
  });
}

base("the main job is done with the keyboard alone", async ({ page, pult }) => {
  const { chat } = await shop(pult, page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("чаты");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/chats**");
  await expect(page.locator(".chat-row")).toBeVisible();
  await page.keyboard.press("j");
  await page.waitForURL(`**/chats/${chat}**`);
  await expect(page.getByRole("log")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByRole("textbox", { name: "Сообщение" })).toBeFocused();
  await page.keyboard.type("Здравствуйте, заказ готов");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await pult.sent(CUSTOMER.phone)).length).toBe(1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await expect(page.getByText("Чат закрыт").first()).toBeVisible();
  await page.keyboard.press("Shift+?");
  await expect(page.getByRole("dialog", { name: "Горячие клавиши" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Горячие клавиши" })).toBeHidden();
});
