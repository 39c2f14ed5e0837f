// A team on one inbox: a morning of 400 chats shared as the settings say, each with its reasons, nobody seeing what is not
// theirs; and what colleagues do around one chat.
import { type Member, as, join } from "../support/team.ts";
import { CUSTOMER, OWNER, awake, expect, shop, signIn, test, watch } from "../support/test.ts";

const CHATS = 400;
const ON_SHIFT = 8;

type Chat = { id: string; assignee_id: string | null; contact_id: string };

test("twenty members of two organisations share a morning of 400 chats", async ({ page, pult, browser, problems, expected }) => {
  test.setTimeout(420_000);
  expected.push(/404/);
  const { key } = await shop(pult, page);
  const members: Member[] = [];

  await test.step("the owner says how chats are given out", async () => {
    await page.goto(`${pult.url}/settings/chats`);
    await awake(page);
    await page.getByLabel("Кому достаётся новый чат").selectOption({ label: "Поровну, по очереди" });
    await page.getByLabel("Открытых чатов у одного сотрудника, не больше").fill(String(CHATS / ON_SHIFT));
    await page.getByRole("button", { name: "Сохранить" }).click();
    await expect(page.getByText("Настройки сохранены")).toBeVisible();
  });

  await test.step("twelve join here, of whom eight are on shift; eight work elsewhere", async () => {
    await page.evaluate(() => fetch("/api/ui/presence_set", { method: "POST", body: new URLSearchParams({ presence: "break" }) }));
    for (let n = 0; n < 12; n++) {
      const member = await join(pult, page, `Продавец ${n + 1}`, `seller${n}@sever.example`);
      await as(pult, member, "presence_set", `presence=${n < ON_SHIFT ? "active" : "offline"}`);
      members.push(member);
    }
    pult.organisation("Салон «Юг»", "boris@yug.example", OWNER.password);
    const context = await browser.newContext();
    const boris = await context.newPage();
    await signIn(boris, pult, "boris@yug.example", OWNER.password);
    for (let n = 0; n < 7; n++) members.push(await join(pult, boris, `Мастер ${n + 1}`, `master${n}@yug.example`));
    await context.close();
  });

  const chats = async (): Promise<Chat[]> => {
    const all: Chat[] = [];
    for (let cursor = ""; ; ) {
      const list = await pult.rest<{ items: Chat[]; next_cursor: string | null }>(key, `chats?box=all&limit=100${cursor && `&cursor=${cursor}`}`);
      all.push(...list.items);
      if (!list.next_cursor) return all;
      cursor = list.next_cursor;
    }
  };

  await test.step("clients write, and everybody on shift has the same share", async () => {
    // One wrote already.
    for (let n = 1; n < CHATS; n += 10) {
      const some = Array.from({ length: Math.min(10, CHATS - n) }, (_, i) => n + i);
      await Promise.all(some.map((i) => pult.sim("customer/message", { phone: `7914${String(i).padStart(7, "0")}`, name: `Клиент ${i}`, text: "Добрый день" })));
    }
    await expect.poll(async () => (await chats()).filter((chat) => chat.assignee_id).length, { timeout: 120_000 }).toBe(CHATS);
    const share = new Map<string, number>();
    for (const chat of await chats()) share.set(chat.assignee_id ?? "", (share.get(chat.assignee_id ?? "") ?? 0) + 1);
    expect([...share.values()].sort()).toEqual(Array(ON_SHIFT).fill(CHATS / ON_SHIFT));
    expect([...share.keys()].sort()).toEqual(members.slice(0, ON_SHIFT).map((member) => member.id).sort());
  });

  await test.step("each of them says why it was they", async () => {
    const [chat] = await chats();
    await page.goto(`${pult.url}/chats/${chat.id}?box=all`);
    await awake(page);
    await page.getByText("Почему он?").click();
    await expect(page.getByText("Чаты раздаются поровну")).toBeVisible();
    await expect(page.getByText("не на смене: перерыв", { exact: false })).toBeVisible();
  });

  const [boris, vera] = [members[0], members[1]];
  const own = (await chats()).filter((chat) => chat.assignee_id === boris.id);
  const foreign = (await chats()).find((chat) => chat.assignee_id === vera.id);
  if (!foreign) throw new Error("a chat of somebody else");

  await test.step("the owner lets one of them see only what is theirs", async () => {
    await page.goto(`${pult.url}/team`);
    await awake(page);
    await page.getByRole("button", { name: `Действия: ${boris.name}`, exact: true }).click();
    await page.getByRole("menuitem", { name: "Видимость и нагрузка" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Видит").selectOption({ label: "Только своё" });
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await expect(page.getByText(`Сохранено: ${boris.name}`)).toBeVisible();
    await expect(page.getByRole("row", { name: new RegExp(`${boris.name}.*Только своё`) })).toBeVisible();
  });

  await test.step("and by no door does anybody see what is not theirs", async () => {
    const context = await browser.newContext({ locale: "ru-RU", viewport: { width: 1440, height: 900 } });
    const seller = await context.newPage();
    watch(seller, problems, [/404/]);
    await signIn(seller, pult, boris.email, boris.password);
    await seller.goto(`${pult.url}/chats?box=all`);
    await awake(seller);
    await expect(seller.locator(".chat-row")).toHaveCount(own.length);
    await seller.goto(`${pult.url}/chats/${foreign.id}?box=all`);
    await awake(seller);
    await expect(seller.getByRole("log")).toHaveCount(0);
    await expect(seller.locator(".bubble")).toHaveCount(0);
    await context.close();
    // Colleagues with less, and strangers: all by ids they cannot know.
    const master = members[12];
    for (const member of [boris, master]) {
      for (const [name, input] of [
        ["chats_thread", { id: foreign.id }],
        ["chats_older", { id: foreign.id, cursor: foreign.id }],
        ["chats_send", { id: foreign.id, message: { text: "а" } }],
        ["chats_change", { id: foreign.id, change: { do: "assign", user_id: null } }],
        ["chats_looking", { id: foreign.id, typing: true }],
        ["contacts_get", { id: foreign.contact_id }],
      ] as const) {
        expect((await as(pult, member, name, input)).status, `${name} as ${member.name}`).toBe(404);
      }
    }
    const list = await as<{ items: Chat[] }>(pult, master, "chats_list", { filter: { box: "all" } });
    expect(list.body.items).toEqual([]);
  });
});

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
