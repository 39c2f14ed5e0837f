// WCAG 2.2 AA: axe on every page of the demo, wide and on a phone; and the main job with the keyboard alone.
import { AxeBuilder } from "@axe-core/playwright";
import { Installation } from "../support/installation.ts";
import { type Page, CUSTOMER, awake, expect, shop, test as base } from "../support/test.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const INSIDE = [
  "dashboard", "chats", "chats?box=all", "orders", "orders?view=board", "contacts", "catalogue", "rules", "rules/runs", "reviews", "team", "connections",
  "connections/new/whatsapp", "journal", "journal?tab=events", "journal?tab=jobs", "stop", "settings", "settings/profile", "settings/chats", "settings/orders",
  "settings/clients", "settings/keys", "settings/health", "settings/look", "settings/sessions", "contacts?tab=duplicates", "campaigns", "analytics",
];
/** Dialogs and drawers with an address. */
const LAYERS = ["orders?new=1", "contacts?new=1", "catalogue?open=new", "rules?new=1", "team?new=1"];
const OUTSIDE = ["", "nowhere", "sign-in", "sign-up", "forgot", "reset/none", "join/none", "confirm/none"];

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
  test(`axe finds nothing on any page, ${name}`, async ({ page, pult, expected }) => {
    test.setTimeout(420_000);
    expected.push(/404/);
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
      // Menus, each as it stands open.
      for (const menu of (await page.locator("main [aria-haspopup=menu]:visible").all()).slice(0, 2)) {
        await menu.click();
        await expect(page.getByRole("menu")).toBeVisible();
        await look(`${place}, a menu`);
        await page.keyboard.press("Escape");
      }
    }
    for (const place of LAYERS) {
      await page.goto(`${pult.url}/${place}`);
      await awake(page);
      await expect(page.getByRole("dialog")).toBeVisible();
      await look(place);
    }
    for (const [keys, name] of [["Control+k", "Найти или выполнить"], ["Shift+?", "Горячие клавиши"]] as const) {
      await page.goto(`${pult.url}/dashboard`);
      await awake(page);
      await page.keyboard.press(keys);
      await expect(page.getByRole("dialog", { name })).toBeVisible();
      await expect(page.locator(".skeleton").first()).toBeHidden();
      await look(name);
    }
    // What only opens from a list.
    for (const [list, row] of [["chats?box=all", ".chat-row"], ["orders", "tbody tr"], ["contacts", "tbody tr"], ["rules", "tbody tr, .rule-row"], ["rules/runs", "tbody tr"],
      ["catalogue", "tbody tr"], ["journal", "tbody tr"], ["journal?tab=events", "tbody tr"], ["journal?tab=jobs", "tbody tr"]] as const) {
      await page.goto(`${pult.url}/${list}`);
      await awake(page);
      await page.locator(row).first().click();
      await expect(page.locator(".skeleton").first()).toBeHidden();
      await look(`${list} → first`);
    }
    expect(found).toEqual({});
  });
}

/** Goes on with Tab until this has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: ReturnType<Page["locator"]>): Promise<void> {
  for (let n = 0; n < 60; n++) {
    if (await target.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab does not come to it");
}

base("the main job is done with the keyboard alone", async ({ page, pult }) => {
  const { chat, key } = await shop(pult, page);
  await pult.rest(key, "products", { name: "Диагностика на дому", price_minor: 90_000 });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("чаты");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/chats**");
  await expect(page.locator(".chat-row")).toBeVisible();
  await page.keyboard.press("j");
  await page.waitForURL(`**/chats/${chat}**`);
  await expect(page.getByRole("log")).toBeVisible();

  await tabTo(page, page.getByRole("button", { name: "Взять себе" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Ответственный: anna")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByRole("textbox", { name: "Сообщение" })).toBeFocused();
  await page.keyboard.type("Здравствуйте, заказ готов");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await pult.sent(CUSTOMER.phone)).length).toBe(1);

  await tabTo(page, page.getByRole("button", { name: "Создать заказ" }));
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog");
  await tabTo(page, form.getByRole("combobox", { name: "Товар или услуга из каталога" }));
  await page.keyboard.type("диагн");
  await expect(page.getByRole("option", { name: /Диагностика/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(form.getByText(/900\s₽/).first()).toBeVisible();
  await tabTo(page, form.getByRole("button", { name: "Создать заказ" }));
  await page.keyboard.press("Enter");
  await expect(form).toBeHidden();

  await tabTo(page, page.getByRole("link", { name: /№ 1/ }).first());
  await page.keyboard.press("Enter");
  await page.waitForURL("**/orders?**open=**");
  await tabTo(page, page.getByRole("button", { name: "В работе" }));
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await pult.rest<{ items: { status: string }[] }>(key, "orders")).items[0].status).toBe("in_progress");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("перерыв");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Профиль" })).toContainText("Перерыв");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("новый заказ");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Новый заказ" })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.goto(`${pult.url}/chats/${chat}?box=all`);
  await awake(page);
  await page.keyboard.press("e");
  await expect(page.getByText("Чат закрыт").first()).toBeVisible();
  await page.keyboard.press("Shift+?");
  await expect(page.getByRole("dialog", { name: "Горячие клавиши" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Горячие клавиши" })).toBeHidden();
});
