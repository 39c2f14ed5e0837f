// The blocks that reach beyond Pult, put together by a person: a form's webhook comes in, its client is saved, somebody's own
// program is called once, and «Почему?» shows both; a program that refuses is found behind the run and called again by hand.
import { createHmac } from "node:crypto";
import { act, at, made, publish, runs, why } from "../support/rules.ts";
import { Sink } from "../support/sink.ts";
import { OWNER, type Page, awake, expect, shop, signIn, test } from "../support/test.ts";

const SECRET = `whsec_${Buffer.from("a secret for tests, thirty-two b").toString("base64")}`;

/** Posts as the form's service does, with its signature or without. */
async function post(address: string, body: object, signed = true): Promise<number> {
  const text = JSON.stringify(body);
  const signature = createHmac("sha256", SECRET).update(text).digest("hex");
  const headers = { "content-type": "application/json", ...(signed ? { "x-signature": signature } : {}) };
  return (await fetch(address, { method: "POST", headers, body: text })).status;
}

/** Puts a field of the event into a text of a step, by the menu. */
async function insert(page: Page, place: string, which: number, field: RegExp): Promise<void> {
  await at(page, place).getByRole("button", { name: "Вставить поле" }).nth(which).click();
  await page.getByRole("menuitem", { name: field }).click();
}

test("a webhook saves its client and calls a program, once", async ({ page, pult }) => {
  const sink = await Sink.start(SECRET);
  const { key } = pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
  let [address, rule] = ["", ""];
  try {
    await test.step("the connection is made in the wizard", async () => {
      await signIn(page, pult, OWNER.email, OWNER.password);
      await page.goto(`${pult.url}/connections/new/webhook`);
      await awake(page);
      await page.getByLabel("Куда отправлять").fill(sink.url);
      await page.getByLabel("Заголовок подписи").fill("X-Signature");
      await page.getByText("Дополнительно", { exact: true }).click();
      await page.getByLabel("Секрет", { exact: true }).fill(SECRET);
      await page.getByRole("button", { name: "Сохранить и продолжить" }).click();
      address = (await page.getByRole("group", { name: "Адрес для событий" }).locator("code").textContent()) ?? "";
      expect(address).toContain("/api/hooks/webhook/");
    });

    await test.step("a call without its signature is refused, the first good one is seen", async () => {
      expect(await post(address, { name: "Чужой" }, false)).toBe(401);
      expect(await post(address, { id: 1, name: "Проба", phone: "+7 900 000-00-01", sum: 100 })).toBe(200);
      await expect(page.getByText("Адрес подтверждён")).toBeVisible();
      await page.getByRole("link", { name: "Далее" }).click();
      await expect(page.getByText("Первое событие получено")).toBeVisible();
      await expect.poll(() => sink.of("endpoint.test").length, "the address is tried when it is saved").toBe(1);
    });

    await test.step("an empty rule gets its trigger, its condition and both blocks", async () => {
      await page.goto(`${pult.url}/rules`);
      await awake(page);
      await page.getByRole("button", { name: "Новое правило" }).first().click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("radio", { name: "Пустое правило" }).check();
      await dialog.getByLabel("Название").fill("Заявка с сайта");
      await dialog.getByRole("button", { name: "Создать" }).click();
      await page.waitForURL(/\/rules\/[0-9a-f-]{36}$/);
      rule = page.url().split("/").pop() ?? "";
      await awake(page);
      await page.getByLabel("Событие").selectOption({ label: "пришёл вебхук" });
      await page.getByRole("button", { name: "Условие", exact: true }).click();
      await at(page, "when/0").getByLabel("Поле").selectOption({ label: "sum" });
      await at(page, "when/0").getByLabel("Сравнение").selectOption({ label: "больше" });
      await at(page, "when/0").getByLabel("Значение").fill("500");

      await page.getByRole("button", { name: "Шаг", exact: true }).click();
      await page.getByRole("menuitem", { name: "сохранить клиента" }).click();
      await insert(page, "then/0", 0, /^name: Проба/);
      await insert(page, "then/0", 1, /^phone: /);
      await expect(at(page, "then/0").getByRole("textbox", { name: "Имя клиента" })).toHaveValue("{{event.name}}");
      await expect(at(page, "then/0").getByRole("textbox", { name: "Телефон клиента" })).toHaveValue("{{event.phone}}");

      await page.getByRole("button", { name: "Шаг", exact: true }).click();
      await page.getByRole("menuitem", { name: "вызвать вебхук" }).click();
      const call = at(page, "then/1");
      await call.getByRole("textbox", { name: "Название события" }).fill("заявка готова");
      await expect(call.getByText("Укажите значение")).toBeVisible();
      await call.getByRole("textbox", { name: "Название события" }).fill("lead.saved");
      for (const [n, name] of ["client", "sum", "source"].entries()) {
        await call.getByRole("button", { name: "Добавить поле" }).click();
        await call.getByRole("textbox", { name: "Имя поля" }).nth(n).fill(name);
      }
      await call.getByRole("textbox", { name: "Значение" }).nth(0).fill("{{contact.name}}");
      await insert(page, "then/1", 1, /^sum: 100/);
      await call.getByRole("textbox", { name: "Значение" }).nth(2).fill("сайт");
      await expect(call.getByRole("textbox", { name: "Значение" }).nth(1)).toHaveValue("{{event.sum}}");
      await publish(page);
    });

    await test.step("the form is sent, twice, and once with too little", async () => {
      const lead = { id: 2, name: "Ольга Ветрова", phone: "8 (913) 555-10-20", sum: 1500 };
      expect(await post(address, lead)).toBe(200);
      expect(await post(address, lead)).toBe(200);
      expect(await post(address, { ...lead, id: 3, sum: 10 })).toBe(200);
      await page.goto(`${pult.url}/contacts`);
      await awake(page);
      await page.getByRole("row", { name: /Ольга Ветрова/ }).getByRole("link").click();
      await expect(page.getByRole("link", { name: /\+7 913 555.10.20/ })).toBeVisible();
      const line = page.getByRole("listitem").filter({ hasText: "Новый клиент: Ольга Ветрова" });
      await line.getByRole("link", { name: "Почему?" }).click();
      await expect(page.getByRole("heading", { name: "Почему?" })).toBeVisible();
    });

    await test.step("«Почему?» shows what was seen, saved and sent", async () => {
      await expect(page.getByText(/видели: 1\s500/)).toBeVisible();
      await expect(page.getByText("Ольга Ветрова, 8 (913) 555-10-20")).toBeVisible();
      await expect(page.getByText("lead.saved, client: Ольга Ветрова, sum: 1500, source: сайт")).toBeVisible();
      await runs(page, pult, rule);
      await expect(page.getByRole("row", { name: /Готово/ })).toHaveCount(1);
      await why(page, "Нечего делать");
      await expect(page.getByText("видели: 10", { exact: true })).toBeVisible();
    });

    await test.step("the program was called once, signed, with the typed fields", async () => {
      await expect.poll(() => sink.of("lead.saved").length).toBe(1);
      const jobs = async () => (await pult.rest<{ items: { state: string }[] }>(key, "jobs?kind=call_webhook")).items.map((job) => job.state);
      await expect.poll(jobs).toEqual(["done"]);
      const [call] = sink.of("lead.saved");
      expect(call.signed).toBe(true);
      expect(call.body.data).toEqual({ client: "Ольга Ветрова", sum: "1500", source: "сайт" });
      expect((await pult.rest<{ items: object[] }>(key, "contacts")).items.length).toBe(1);
    });
  } finally {
    sink.stop();
  }
});

test("a program that refuses for good is named behind «Почему?», and called again by hand", async ({ page, pult }) => {
  const sink = await Sink.start(SECRET);
  try {
    const { key } = await shop(pult, page);
    const { connection } = await pult.rest<{ connection: { id: string } }>(key, "connections", { provider: "webhook", settings: { url: sink.url, secret: SECRET } });
    await expect.poll(() => sink.of("endpoint.test").length).toBe(1);
    const call = act("call_webhook", { connection_id: connection.id, event: "order.created", fields: [{ name: "number", text: "{{order.number}}" }] });
    const rule = await made(pult, key, "Сообщить программе", "order.created", [call]);
    const [client] = (await pult.rest<{ items: { id: string }[] }>(key, "contacts")).items;
    sink.status = 410;

    await test.step("the run leads to the call, and the call says what it was answered", async () => {
      await pult.rest(key, "orders", { contact_id: client.id, title: "Ремонт" });
      await runs(page, pult, rule);
      await why(page, "Готово");
      await expect(page.getByText("order.created, number: 1")).toBeVisible();
      await page.getByRole("link", { name: "Открыть", exact: true }).click();
      const job = page.getByRole("dialog");
      await expect(job.locator(".journal-why")).toHaveText("HTTP 410: taken");
      expect(sink.of("order.created").length).toBe(1);
    });

    await test.step("once the program is well, the call is repeated with its number", async () => {
      sink.status = 200;
      const job = page.getByRole("dialog");
      await job.getByRole("button", { name: "Повторить" }).click();
      await expect(job.getByText("Готово").last()).toBeVisible();
      await expect.poll(() => sink.of("order.created").length).toBe(2);
      const [first, again] = sink.of("order.created");
      expect([again.id, again.body, again.signed]).toEqual([first.id, first.body, true]);
    });
  } finally {
    sink.stop();
  }
});
