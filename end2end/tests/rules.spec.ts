// Rules on their page: from a recipe to a published rule that acts and says why, by pointer and by keyboard; two editors; a
// member who may only read.
import { at, saved } from "../support/rules.ts";
import { type Page, awake, expect, shop, test, watch } from "../support/test.ts";
import type { Installation } from "../support/installation.ts";

/** The same with an order of the customer's. */
async function ordered(pult: Installation, page: Page): Promise<{ key: string; order: string }> {
  const { key, chat } = await shop(pult, page);
  const order = await pult.rest<{ id: string }>(key, "orders", { chat_id: chat, title: "Диагностика", items: [{ name: "Выезд", price_minor: 90_000 }] });
  return { key, order: order.id };
}

async function patch(pult: Installation, key: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${pult.url}/api/v1/${path}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

async function fromRecipe(page: Page, pult: Installation, title: string): Promise<string> {
  await page.goto(`${pult.url}/rules`);
  await awake(page);
  await page.getByRole("button", { name: "Новое правило" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: title }).check();
  await dialog.getByRole("button", { name: "Создать" }).click();
  await page.waitForURL(/\/rules\/[0-9a-f-]{36}$/);
  return page.url().split("/").pop() ?? "";
}

test("a recipe becomes a rule that acts and says why", async ({ page, pult }) => {
  const { key, order } = await ordered(pult, page);
  const trial = page.locator("aside.rule-trial");

  await test.step("the recipe is tried on a real order", async () => {
    await fromRecipe(page, pult, "Сообщить, что заказ готов");
    await expect(page.getByRole("textbox", { name: "Название правила" })).toHaveValue("Сообщить, что заказ готов");
    await expect(trial.getByText("видели: Новый")).toBeVisible();
    await expect(trial.getByText("Нечего делать")).toBeVisible();
    await at(page, "when/0").getByLabel("Значение").selectOption({ label: "Новый" });
    await expect(trial.getByText("Правило сработает")).toBeVisible();
    await expect(trial.getByText("Марина, ваш заказ № 1 готов. Ждём вас.")).toBeVisible();
    await at(page, "when/0").getByLabel("Значение").selectOption({ label: "Готов" });
  });

  await test.step("what is missing stands on its block, and is undone by keys", async () => {
    await at(page, "then/0").getByRole("textbox", { name: "Текст" }).fill("Заказ {{order.colour}}");
    await expect(at(page, "then/0").getByText("Такого поля у этого события нет: order.colour")).toBeVisible();
    await page.getByRole("button", { name: "Опубликовать…" }).click();
    await expect(page.getByRole("dialog").getByText("Сначала исправьте замечания на блоках.")).toBeVisible();
    await page.keyboard.press("Escape");
    await at(page, "then/0").getByRole("textbox", { name: "Текст" }).press("Control+z");
    await expect(at(page, "then/0").getByText("Такого поля")).toBeHidden();
    await expect(at(page, "then/0").getByRole("textbox", { name: "Текст" })).toHaveValue(/ваш заказ № \{\{order.number\}\} готов/);
    await saved(page);
  });

  await test.step("it is published and acts", async () => {
    await page.getByRole("button", { name: "Опубликовать…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Опубликовать", exact: true }).click();
    await expect(page.getByText("Опубликовано · версия 1")).toBeVisible();
    await patch(pult, key, `orders/${order}`, { status: "ready" });
    await page.goto(`${pult.url}/orders?show=all&open=${order}`);
    await awake(page);
    await page.getByRole("dialog").getByRole("link", { name: "Почему?" }).click();
    await page.getByRole("row", { name: /Сообщить, что заказ готов/ }).getByRole("link", { name: "Сообщить, что заказ готов" }).click();
    await expect(page.getByText("видели: Готов")).toBeVisible();
    await expect(page.getByText("Марина, ваш заказ № 1 готов. Ждём вас.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Открыть чат" })).toBeVisible();
  });

  await test.step("the time machine says what a stricter draft would have changed", async () => {
    const { items } = await pult.rest<{ items: { id: string }[] }>(key, "rules");
    await page.goto(`${pult.url}/rules/${items[0].id}`);
    await awake(page);
    await at(page, "when/0").getByLabel("Значение").selectOption({ label: "Отменён" });
    await saved(page);
    await page.getByRole("button", { name: "Машина времени" }).click();
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByText("Черновик ещё не проверяли на прошлом")).toBeVisible();
    await drawer.getByRole("button", { name: "Запустить" }).click();
    await expect(drawer.getByText(/Событий проверено/)).toBeVisible();
    const row = drawer.getByRole("listitem").filter({ hasText: "Перестанет срабатывать" });
    await expect(row).toHaveCount(1);
    await expect(row.getByText("Марина, ваш заказ № 1 готов. Ждём вас.")).toBeVisible();
    await page.keyboard.press("Escape");
    await at(page, "when/0").getByLabel("Значение").selectOption({ label: "Готов" });
    await saved(page);
  });

  await test.step("it is switched off in the list", async () => {
    await page.goto(`${pult.url}/rules`);
    await awake(page);
    await page.getByRole("switch", { name: "Правило «Сообщить, что заказ готов»" }).click();
    await expect(page.getByText("Правило «Сообщить, что заказ готов» выключено").first()).toBeVisible();
    const { items } = await pult.rest<{ items: { state: string }[] }>(key, "rules");
    expect(items[0].state).toBe("off");
  });
});

test("blocks are added, moved by keys and by pointer, and restored from a version", async ({ page, pult }) => {
  await ordered(pult, page);
  await fromRecipe(page, pult, "Предупредить о жалобе");
  const words = page.locator('[data-at^="when/0/"]').getByLabel("Значение");
  const order = async () => words.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  await expect(words).toHaveCount(3);

  await at(page, "when/0/2").getByRole("button", { name: "Переместить" }).focus();
  await page.keyboard.press("ArrowUp");
  expect(await order()).toEqual(["жалоб", "срочно", "возврат"]);
  await expect(at(page, "when/0/1").getByRole("button", { name: "Переместить" })).toBeFocused();
  await at(page, "when/0/2").getByRole("button", { name: "Переместить" }).dragTo(at(page, "when/0/0"), { targetPosition: { x: 60, y: 3 } });
  expect(await order()).toEqual(["возврат", "жалоб", "срочно"]);
  await saved(page);

  await page.getByRole("button", { name: "Опубликовать…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Опубликовать", exact: true }).click();
  await expect(page.getByText("Опубликовано · версия 1")).toBeVisible();

  // A branch with a step inside, by the menu of steps.
  await page.getByRole("button", { name: "Шаг" }).last().click();
  await page.getByRole("menuitem", { name: "проверить условия" }).click();
  await at(page, "then/1").getByRole("button", { name: "Шаг" }).first().click();
  await page.getByRole("menuitem", { name: "закрыть чат" }).click();
  await expect(at(page, "then/1/t/0").getByText("закрыть чат")).toBeVisible();
  await expect(page.getByText("Черновик изменён")).toBeVisible();
  await saved(page);
  await page.reload();
  await awake(page);
  await expect(at(page, "then/1/t/0").getByText("закрыть чат")).toBeVisible();

  await page.getByRole("button", { name: "Версии" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByText("Отличия от черновика").click();
  await expect(drawer.getByText("проверить условия")).toBeVisible();
  await drawer.getByRole("button", { name: "Вернуть в черновик" }).click();
  await expect(at(page, "then/1")).toHaveCount(0);
  await expect(page.getByText("Черновик изменён")).toBeHidden();
});

test("two people at one rule: the quiet one follows, the busy one is asked", async ({ page, pult, expected }) => {
  expected.push(/409/);
  const { key } = await ordered(pult, page);
  const id = await fromRecipe(page, pult, "Сообщить, что заказ готов");
  const text = at(page, "then/0").getByRole("textbox", { name: "Текст" });
  const draft = (words: string) => ({
    v: 1,
    trigger: { event: "order.created" },
    when: { is: "all", of: [] },
    then: [{ act: { do: "send_message", text: words } }],
  });
  await patch(pult, key, `rules/${id}`, { draft: draft("От другого") });
  await expect(text).toHaveValue("От другого");
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/ui/rules_edit", async (route) => {
    await held;
    await route.continue();
  });
  await text.fill("Моё");
  await expect(page.locator(".rule-saving")).toHaveText("Сохраняется…");
  await patch(pult, key, `rules/${id}`, { draft: draft("Снова от другого") });
  release();
  await expect(page.getByText("Правило изменено в другом окне или другим человеком.")).toBeVisible();
  await expect(text).toHaveValue("Моё");
  await page.getByRole("button", { name: "Загрузить новое" }).click();
  await expect(text).toHaveValue("Снова от другого");
  await saved(page);
});

test("a run that asks is decided; a seller reads and finds no dead buttons", async ({ page, pult, browser, problems }) => {
  const { key } = await ordered(pult, page);
  const rule = await pult.rest<{ id: string }>(key, "rules", {
    name: "Согласовать",
    draft: {
      v: 1,
      trigger: { event: "order.created" },
      when: { is: "all", of: [] },
      then: [{ act: { do: "approve", member: null, minutes: 60, otherwise_yes: false, then: [{ act: { do: "comment", text: "Согласовано" } }], refused: [] } }],
    },
  });
  await pult.rest(key, `rules/${rule.id}/publish`, {});
  const chat = (await pult.rest<{ items: { id: string }[] }>(key, "chats")).items[0];
  await pult.rest(key, "orders", { chat_id: chat.id, items: [{ name: "Ремонт", price_minor: 100_000 }] });

  const invite = await page.request.post(`${pult.url}/api/ui/invites_create`, {
    headers: { origin: pult.url },
    data: { email: "ruslan@sever.example", role: "seller" },
  });
  const { link } = await invite.json();
  const context = await browser.newContext({ locale: "ru-RU", viewport: { width: 390, height: 844 } });
  const seller = await context.newPage();
  watch(seller, problems);
  await seller.goto(link);
  await seller.getByLabel("Ваше имя").fill("Руслан");
  await seller.getByRole("textbox", { name: "Пароль" }).fill("тёплый-чай-4242");
  await seller.getByRole("button", { name: "Присоединиться" }).click();
  await seller.waitForURL("**/dashboard");
  await seller.goto(`${pult.url}/rules/${rule.id}`);
  await awake(seller);
  await expect(seller.getByText("спросить согласие: любой, кто управляет правилами", { exact: false })).toBeVisible();
  await expect(seller.getByRole("button", { name: "Опубликовать…" })).toHaveCount(0);
  await seller.goto(`${pult.url}/rules/runs`);
  await awake(seller);
  await seller.getByRole("link", { name: "Согласовать" }).click();
  await expect(seller.getByText("Ждёт решения. Решает: любой, кто управляет правилами.")).toBeVisible();
  await expect(seller.getByRole("button", { name: "Согласен" })).toHaveCount(0);

  await page.goto(`${pult.url}/rules/runs?outcome=waiting`);
  await awake(page);
  await page.getByRole("link", { name: "Согласовать" }).click();
  await page.getByRole("button", { name: "Согласен" }).click();
  await expect(page.getByText("Согласовано")).toBeVisible();
  await expect(seller.getByText("Согласовано")).toBeVisible();
  await expect(page.getByRole("button", { name: "Согласен" })).toHaveCount(0);
  await context.close();
});
