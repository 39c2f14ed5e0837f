// A slow link: the answer comes after the person has gone on to another page.
import { awake, expect, signIn, test } from "../support/test.ts";

const OWNER = { email: "anna@sever.example", password: "холодный-чай-42" };

test("an order moved just before its page is left says so on the next page", async ({ page, pult }) => {
  const { key } = pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
  await signIn(page, pult, OWNER.email, OWNER.password);
  const contact = await pult.rest<{ id: string }>(key, "contacts", { name: "Марина Дёмина" });
  const order = await pult.rest<{ id: string }>(key, "orders", { contact_id: contact.id, title: "Диагностика" });
  await page.goto(`${pult.url}/orders?show=all&open=${order.id}`);
  await awake(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/ui/orders_change", async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("dialog").getByRole("button", { name: "В работе" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("navigation").getByRole("link", { name: "Клиенты" }).click();
  await expect(page.getByRole("heading", { name: "Клиенты" })).toBeVisible();
  release();
  await expect(page.getByText("№ 1: В работе").first()).toBeVisible();
});
