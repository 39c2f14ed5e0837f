// One morning of a team: twenty members of two organisations share 400 chats as the settings say, each with its reasons, nobody
// seeing what is not theirs; sending is stopped in the middle, a copy is restored elsewhere, the installation moves from SQLite
// to PostgreSQL, and from then on two nodes carry it, one of which dies and the other is updated.
import { Balancer } from "../support/balancer.ts";
import { Installation } from "../support/installation.ts";
import { type Member, as, join } from "../support/team.ts";
import { OWNER, awake, expect, shop, signIn, test, watch } from "../support/test.ts";

const CHATS = 400;
const ON_SHIFT = 8;
/** As many of their chats each of them answers while the stop is pulled. */
const ANSWERS = 5;
const phone = (n: number) => `7914${String(n).padStart(7, "0")}`;

type Chat = { id: string; assignee_id: string | null; contact_id: string; contact_name: string };
type Line = { kind: string; sender: string; text: string; meta: { user_id?: string; decision?: { reason: string; chosen: string; considered: { verdict: string }[] } } };

test.use({ expected: [[/Failed to load resource|net::ERR|EventSource|404/], { option: true }] });

test("a morning is shared, stopped, copied, moved, and goes on with two nodes", async ({ page, pult, browser, problems }, info) => {
  test.setTimeout(900_000);
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

  const chats = async (box = "all"): Promise<Chat[]> => {
    const all: Chat[] = [];
    for (let cursor = ""; ; ) {
      const list = await pult.rest<{ items: Chat[]; next_cursor: string | null }>(key, `chats?box=${box}&limit=100${cursor && `&cursor=${cursor}`}`);
      all.push(...list.items);
      if (!list.next_cursor) return all;
      cursor = list.next_cursor;
    }
  };
  const lines = async (chat: Chat) => (await pult.rest<{ items: Line[] }>(key, `chats/${chat.id}/messages?limit=100`)).items;

  await test.step("clients write, and everybody on shift has the same share", async () => {
    // One wrote already.
    for (let n = 1; n < CHATS; n += 10) {
      const some = Array.from({ length: Math.min(10, CHATS - n) }, (_, i) => n + i);
      await Promise.all(some.map((i) => pult.sim("customer/message", { phone: phone(i), name: `Клиент ${i}`, text: "Добрый день" })));
    }
    await expect.poll(async () => (await chats()).filter((chat) => chat.assignee_id).length, { timeout: 120_000 }).toBe(CHATS);
    const share = new Map<string, number>();
    for (const chat of await chats()) share.set(chat.assignee_id ?? "", (share.get(chat.assignee_id ?? "") ?? 0) + 1);
    expect([...share.values()].sort()).toEqual(Array(ON_SHIFT).fill(CHATS / ON_SHIFT));
    expect([...share.keys()].sort()).toEqual(members.slice(0, ON_SHIFT).map((member) => member.id).sort());
  });

  const all = await chats();
  await test.step("each of the 400 says why it was they, also to a person", async () => {
    for (const chat of all) {
      const given = (await lines(chat)).find((line) => line.text === "chat_routed")?.meta;
      expect(given?.user_id, chat.contact_name).toBe(chat.assignee_id);
      expect(given?.decision?.reason).toBe("turn");
      expect(given?.decision?.chosen).toBe(chat.assignee_id);
      // Twelve sellers and the owner; whoever wrote before they had joined was given to one of those there were.
      if (chat.contact_name.startsWith("Клиент")) expect(given?.decision?.considered.length).toBe(13);
    }
    await page.goto(`${pult.url}/chats/${all[0].id}?box=all`);
    await awake(page);
    await page.getByText("Почему он?").click();
    await expect(page.getByText("Чаты раздаются поровну")).toBeVisible();
    await expect(page.getByText("не на смене: перерыв", { exact: false })).toBeVisible();
  });

  const [boris, vera] = [members[0], members[1]];
  const foreign = all.find((chat) => chat.assignee_id === vera.id);
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
    for (const address of [`chats/${foreign.id}?box=all`, `contacts/${foreign.contact_id}`]) {
      await seller.goto(`${pult.url}/${address}`);
      await awake(seller);
      await expect(seller.getByRole("alert").first()).toBeVisible();
      await expect(seller.getByText(foreign.contact_name)).toHaveCount(0);
    }
    await context.close();
    // Colleagues with less, and strangers: all by ids they cannot know.
    const master = members[12];
    const order = await pult.rest<{ id: string }>(key, "orders", { chat_id: foreign.id, assignee_id: vera.id, items: [{ name: "Ремонт", price_minor: 100, quantity: 1 }] });
    const later = { message: { text: "а" }, send_at: Date.now() + 3_600_000 };
    const [chat, contact] = [{ id: foreign.id }, { id: foreign.contact_id }];
    for (const member of [boris, master]) {
      for (const [name, input] of [
        ["chats_thread", chat],
        ["chats_older", { ...chat, cursor: foreign.id }],
        ["chats_back_to", { ...chat, shown: foreign.id, wanted: foreign.id }],
        ["chats_send", { ...chat, message: { text: "а" } }],
        ["chats_change", { ...chat, change: { do: "assign", user_id: null } }],
        ["chats_note", { ...chat, note: { text: "а", mentions: [] } }],
        ["chats_looking", { ...chat, typing: true }],
        ["chats_left", chat],
        ["chats_later_plan", { ...chat, later }],
        ["contacts_get", contact],
        ["contacts_update", { ...contact, contact: { name: "а" } }],
        ["contacts_tags", { ...contact, tags: ["а"] }],
        ["contacts_timeline", { ...contact, filter: {} }],
        ["contacts_note_write", { ...contact, note: { text: "а" } }],
        ["contacts_merge_preview", { kept: foreign.contact_id, gone: foreign.contact_id }],
        ["orders_get", { id: order.id }],
        ["orders_change", { id: order.id, change: { title: "а" } }],
        ["orders_comment", { id: order.id, text: "а" }],
      ] as const) {
        expect((await as(pult, member, name, input)).status, `${name} as ${member.name}`).toBe(404);
      }
      const found = await as<{ items: unknown[] }>(pult, member, "messages_find", { query: { q: "Добрый" } });
      const own = all.filter((one) => one.assignee_id === member.id).map((one) => one.id);
      for (const one of found.body.items as { chat_id: string }[]) expect(own).toContain(one.chat_id);
    }
    const list = async (member: Member) => (await as<{ items: Chat[] }>(pult, member, "chats_list", { filter: { box: "all", limit: 100 } })).body.items;
    expect(await list(master)).toEqual([]);
    expect((await list(boris)).length).toBe(CHATS / ON_SHIFT);
  });

  // The answers of everybody on shift, each to chats of their own.
  const answered = members.slice(0, ON_SHIFT).flatMap((member) => {
    const own = all.filter((chat) => chat.assignee_id === member.id && chat.contact_name.startsWith("Клиент"));
    return own.slice(0, ANSWERS).map((chat) => ({ member, chat, phone: phone(Number(chat.contact_name.split(" ")[1])) }));
  });
  const TOTAL = answered.length;
  const answer = (some: typeof answered) =>
    Promise.all(some.map(async ({ member, chat }) => expect((await as(pult, member, "chats_send", { id: chat.id, message: { text: `Ваш заказ готов, ${chat.contact_name}` } })).status).toBe(200)));
  const sent = async () => {
    const each = await Promise.all(answered.map(async ({ phone }) => (await pult.sent(phone)).length));
    // Nobody is ever written to twice.
    expect(Math.max(...each)).toBeLessThanOrEqual(1);
    return each.reduce((sum, n) => sum + n, 0);
  };
  const held = async (of: Installation) => (await of.rest<{ items: unknown[] }>(key, "stops/held?limit=100")).items.length;
  let before = 0;

  await test.step("sending is stopped in the middle of the answers", async () => {
    await page.goto(`${pult.url}/stop`);
    await awake(page);
    await page.getByLabel("Причина").fill("Не та цена");
    const first = answer(answered.slice(0, TOTAL / 2));
    await page.getByRole("button", { name: "Остановить", exact: true }).click();
    await expect(page.getByText("Вся отправка").first()).toBeVisible();
    await first;
    await answer(answered.slice(TOTAL / 2));
    await expect.poll(async () => (await sent()) + (await held(pult))).toBe(TOTAL);
    before = await sent();
    expect(before).toBeLessThanOrEqual(TOTAL / 2);
    await expect(page.getByText(new RegExp(`Удержан[ао] ${TOTAL - before} отправ`))).toBeVisible();
  });

  const copy = pult.file("morning.pult");
  await test.step("a copy is made of it as it stands", () => {
    expect(pult.run("backup", copy, "--with-key")).toContain("morning.pult");
  });

  await test.step("half of what is held is dropped, half goes out", async () => {
    const dropped = Math.floor((TOTAL - before) / 2);
    const rows = page.getByRole("row").filter({ hasText: "Ваш заказ готов" });
    for (let n = 0; n < dropped; n++) await rows.nth(n).getByRole("checkbox").check();
    await page.getByRole("region", { name: "Выбрано" }).getByRole("button", { name: "Отбросить" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Отбросить" }).click();
    const rest = TOTAL - before - dropped;
    await page.getByRole("button", { name: `Возобновить и отправить ${rest}` }).click();
    await expect.poll(sent, { timeout: 30_000 }).toBe(before + rest);
    before += rest;
    expect(await held(pult)).toBe(0);
  });

  await test.step("the copy, restored elsewhere, sends nothing by itself", async () => {
    const elsewhere = await Installation.found(String(info.project.metadata.database));
    try {
      elsewhere.run("restore", copy);
      await elsewhere.serve();
      const context = await browser.newContext({ locale: "ru-RU" });
      const other = await context.newPage();
      watch(other, problems);
      await signIn(other, elsewhere, OWNER.email, OWNER.password);
      await other.getByRole("link", { name: "Отправка остановлена", exact: true }).click();
      await expect(other.getByText("Восстановлено из копии", { exact: false })).toBeVisible();
      expect(await held(elsewhere)).toBeGreaterThanOrEqual(TOTAL / 2);
      expect(await sent()).toBe(before);
      await context.close();
    } finally {
      elsewhere.stop();
    }
  });

  await test.step("the installation moves to PostgreSQL, behind the same address", async () => {
    if (info.project.metadata.database !== "sqlite" || !process.env.E2E_POSTGRES_URL) return;
    const target = Installation.emptyPostgres(Number(new URL(pult.url).port));
    await pult.terminate();
    expect(pult.run("move-to-postgres", "--to", target)).toContain("Moved and compared");
    pult.set("DATABASE_URL", target);
    await pult.serve();
    await page.goto(`${pult.url}/chats?box=all`);
    await awake(page);
    expect((await chats()).length).toBe(CHATS);
  });
  // Several nodes need the database both can reach.
  if (info.project.metadata.database === "sqlite" && !process.env.E2E_POSTGRES_URL) return;

  await pult.terminate();
  const [first, second] = [await pult.node(), await pult.node()];
  const balancer = await Balancer.start(pult.url, [first.port, second.port]);
  const texts = async () => {
    // Everybody has as much as they take, so what comes now is nobody's.
    const found = (await chats("unassigned")).map(lines);
    return (await Promise.all(found)).flat().filter((message) => message.sender === "customer").map((message) => message.text);
  };
  const burst = (text: string, retry: boolean) => pult.sim<{ acknowledged: string[]; failed: string[] }>("burst", { messages: 200, customers: 20, concurrency: 8, per_second: 60, retry, text });
  const arrived = async (text: string) => {
    const found = (await texts()).filter((one) => one.startsWith(text));
    return [found.length, new Set(found).size];
  };

  try {
    await test.step("two nodes carry it; one of them dies in the middle, and nothing is lost", async () => {
      await page.goto(`${pult.url}/chats?box=all`);
      await awake(page);
      const coming = burst("Падение", true);
      await expect(page.getByText(/Падение \d+/).first()).toBeVisible();
      first.kill();
      const { acknowledged, failed } = await coming;
      expect(acknowledged.length + failed.length).toBe(200);
      await expect.poll(() => arrived("Падение"), { timeout: 60_000 }).toEqual([200, 200]);
    });

    await test.step("what is written on one node is seen on the other", async () => {
      await first.start();
      const { chat } = answered[0];
      await page.goto(`http://127.0.0.1:${second.port}/chats/${chat.id}?box=all`);
      await awake(page);
      const written = await fetch(`http://127.0.0.1:${first.port}/api/v1/chats/${chat.id}/messages`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ text: "С другого узла" }),
      });
      expect(written.ok).toBe(true);
      await expect(page.getByText("С другого узла").first()).toBeVisible();
    });

    await test.step("both are updated one after the other, and no webhook is refused", async () => {
      balancer.trouble = [];
      const coming = burst("Обновление", false);
      await first.restart();
      await second.restart();
      const { failed } = await coming;
      expect(balancer.trouble).toEqual([]);
      expect(failed).toEqual([]);
      await expect.poll(() => arrived("Обновление"), { timeout: 60_000 }).toEqual([200, 200]);
    });
  } finally {
    balancer.stop();
  }
});
