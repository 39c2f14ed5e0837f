// One person with two cards: found, made one with a choice of what stays, parted again; what colleagues note about a client,
// and the one timeline of everything.
import { CUSTOMER, awake, expect, joined, shop, test } from "../support/test.ts";

type Contact = { id: string; name: string; phone: string | null };

test("two cards of one person become one and are parted again", async ({ page, pult, browser, problems, expected }) => {
  expected.push(/409/);
  const { key } = await shop(pult, page);
  const { items } = await pult.rest<{ items: Contact[] }>(key, "contacts");
  const marina = items[0];
  const other = await pult.rest<Contact>(key, "contacts", {
    name: "Дёмина М.",
    email: "marina@sever.example",
    city: "Омск",
    note: "Звонить на 8 913 204-18-55",
  });
  // What a site asked for: the same phone, typed into a field of the shop's own.
  await page.goto(`${pult.url}/settings/clients`);
  await awake(page);
  await page.getByRole("button", { name: "Добавить поле" }).click();
  await page.getByPlaceholder("Название").fill("Второй телефон");
  await page.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Настройки сохранены")).toBeVisible();
  const [field] = (await pult.rest<{ items: { key: string }[] }>(key, "contact-fields")).items;
  await page.request.post(`${pult.url}/api/ui/contacts_fields`, {
    headers: { origin: pult.url },
    data: { id: other.id, values: { fields: { [field.key]: `8 (913) 204-18-55` } } },
  });
  await pult.rest(key, "orders", { contact_id: other.id, items: [{ name: "Диагностика", price_minor: 100000, quantity: 1 }] });

  await test.step("the pair is shown with its reason", async () => {
    await page.goto(`${pult.url}/contacts?tab=duplicates`);
    await awake(page);
    const pair = page.locator(".pair");
    await expect(pair).toHaveCount(1, { timeout: 15_000 });
    await expect(pair).toContainText("Один телефон: +7");
    await expect(pair).toContainText("поле «Второй телефон»");
  });

  await test.step("a colleague says that they differ, and takes it back", async () => {
    const second = await joined(page, pult, browser, problems, "seller");
    await second.goto(`${pult.url}/contacts?tab=duplicates`);
    await awake(second);
    await second.getByRole("button", { name: "Это разные люди" }).click();
    await expect(page.getByText("Дублей не видно")).toBeVisible();
    await second.goto(`${pult.url}/contacts?tab=duplicates&show=different`);
    await awake(second);
    await second.getByRole("button", { name: "Вернуть в дубли" }).click();
    await expect(page.locator(".pair")).toHaveCount(1, { timeout: 15_000 });
    await second.context().close();
  });

  await test.step("what will happen is shown, the direction and the name are chosen", async () => {
    await page.getByRole("button", { name: "Объединить…" }).click();
    const form = page.getByRole("dialog", { name: "Объединение карточек" });
    await expect(form.getByText(`Останется карточка «${CUSTOMER.name}»`)).toBeVisible();
    await expect(form.getByText("1 заказ")).toBeVisible();
    await form.getByRole("button", { name: "Поменять местами" }).click();
    await expect(form.getByText("Останется карточка «Дёмина М.»")).toBeVisible();
    await form.getByRole("button", { name: "Поменять местами" }).click();
    await form.getByRole("group", { name: "Имя" }).getByText("Дёмина М.").first().click();
    await form.getByRole("button", { name: "Объединить" }).click();
    await expect(page.getByText("Карточка «Дёмина М.» объединена")).toBeVisible();
    await expect(page.getByText("Дублей не видно")).toBeVisible();
  });

  await test.step("an old link leads to the card that stays, with everything on it", async () => {
    await page.goto(`${pult.url}/contacts/${other.id}`);
    await page.waitForURL(`**/contacts/${marina.id}`);
    await awake(page);
    await expect(page.getByRole("heading", { name: "Дёмина М." })).toBeVisible();
    await expect(page.getByText("Омск").first()).toBeVisible();
    await expect(page.getByText("С этой карточкой объединена другая: Дёмина М.")).toBeVisible();
  });

  await test.step("parted again, each has what was theirs", async () => {
    await page.getByRole("button", { name: "Разъединить" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Разъединить" }).click();
    await expect(page.getByText("Карточка «Дёмина М.» снова отдельно")).toBeVisible();
    await expect(page.getByRole("heading", { name: CUSTOMER.name })).toBeVisible();
    await page.goto(`${pult.url}/contacts/${other.id}`);
    await awake(page);
    await expect(page).toHaveURL(new RegExp(other.id));
    await expect(page.getByText("Диагностика").first()).toBeVisible();
  });
});

test("colleagues note what matters, and the timeline tells everything", async ({ page, pult, browser, problems }) => {
  const { key } = await shop(pult, page);
  const { items } = await pult.rest<{ items: Contact[] }>(key, "contacts");
  const card = `${pult.url}/contacts/${items[0].id}`;
  await page.goto(card);
  await awake(page);

  await test.step("a note is written, and a colleague sees it without loading again", async () => {
    const second = await joined(page, pult, browser, problems, "seller");
    await second.goto(card);
    await awake(second);
    await page.getByRole("textbox", { name: "Новая запись" }).fill("Звонить после шести");
    await page.getByRole("button", { name: "Записать" }).click();
    const notes = second.locator(".contact-notes");
    await expect(notes.getByText("Звонить после шести")).toBeVisible();
    await expect(notes.getByRole("button", { name: "Удалить" })).toHaveCount(0);
    await second.context().close();
  });

  await test.step("it is changed and taken away by whoever wrote it", async () => {
    const notes = page.locator(".contact-notes");
    await notes.getByRole("button", { name: "Изменить" }).click();
    await notes.getByRole("textbox").fill("Звонить после семи");
    await notes.getByRole("button", { name: "Сохранить" }).click();
    await expect(notes.getByText("Звонить после семи")).toBeVisible();
    await expect(notes.getByText("изменено")).toBeVisible();
    await notes.getByRole("button", { name: "Удалить" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Удалить" }).click();
    await expect(page.getByText("Записей пока нет.")).toBeVisible();
  });

  await test.step("the timeline has the talk and the order, and can be narrowed", async () => {
    await pult.rest(key, "orders", { contact_id: items[0].id, items: [{ name: "Диагностика", price_minor: 100000, quantity: 1 }] });
    const story = page.getByRole("list", { name: "Лента" });
    await expect(story.getByText("Здравствуйте, заказ готов?")).toBeVisible();
    await expect(story.getByText("Заказ создан").first()).toBeVisible();
    await page.getByRole("button", { name: "Что показать" }).click();
    await page.getByRole("menuitemradio", { name: "Переписка" }).click();
    await page.waitForURL(/kind=messages/);
    await expect(story.getByText("Заказ создан")).toHaveCount(0);
    await expect(story.getByText("Здравствуйте, заказ готов?")).toBeVisible();
  });

  await test.step("and fits a phone", async () => {
    await page.setViewportSize({ width: 375, height: 800 });
    await page.goto(card);
    await awake(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(wide).toBe(false);
  });
});
