// Notices while nobody looks: switched on in the profile, encrypted for this browser alone, shown by the service worker, and a
// click opens the chat. And the program can be installed.
import { Provider } from "../support/provider.ts";
import { subscribing, taken } from "../support/push.ts";
import { CUSTOMER, type Page, awake, expect, shop, test } from "../support/test.ts";

/** The address under which the browser keeps our service worker. */
async function registration(page: Page): Promise<{ id: string; deliver: (data: string) => Promise<void> }> {
  const origin = new URL(page.url()).origin;
  const session = await page.context().newCDPSession(page);
  const known = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find((one) => one.scopeURL.startsWith(origin) && !one.isDeleted);
      if (ours) resolve(ours.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const id = await known;
  return { id, deliver: async (data) => void (await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId: id, data })) };
}

const shown = (page: Page) =>
  page.evaluate(async () => {
    const ready = await navigator.serviceWorker.ready;
    return (await ready.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, url: data?.url as string }));
  });

test("a client who writes while nobody looks is told to the phone, and a click opens the chat", async ({ page, pult, context, expected }) => {
  // What an open page asks once its session is over.
  expected.push(/401/);
  const pushes = await Provider.start("push");
  try {
    await context.grantPermissions(["notifications"], { origin: pult.url });
    await subscribing(page, pushes);
    const { chat, key } = await shop(pult, page);
    /** Jobs that decide whom to call, all of them over. */
    const calls = async () => {
      const { items } = await pult.rest<{ items: { state: string }[] }>(key, "jobs?kind=call");
      return items.every((job) => job.state === "done") ? items.length : -1;
    };

    await test.step("switched on in the profile", async () => {
      await page.goto(`${pult.url}/settings/profile`);
      await awake(page);
      const card = page.locator(".card", { has: page.getByRole("heading", { name: "Уведомления на этом устройстве" }) });
      await expect(card.getByText("Выключены", { exact: true })).toBeVisible();
      await card.getByRole("button", { name: "Включить" }).click();
      await expect(card.getByText("Включены", { exact: true })).toBeVisible();
      await expect(card.getByText("Это устройство", { exact: true })).toBeVisible();
      await card.getByRole("button", { name: "Проверить" }).click();
      await expect.poll(async () => (await taken(pushes)).map((one) => one.json.title)).toEqual(["Пульт: проверка"]);
      await expect(card.getByText("последнее")).toBeVisible();
    });

    await test.step("nothing comes while the page is looked at", async () => {
      await page.mouse.move(200, 200);
      await pult.sim("customer/message", { ...CUSTOMER, text: "Вы на месте?" });
      await expect.poll(calls).toBe(1);
      expect((await taken(pushes)).filter((one) => one.json.kind === "message")).toEqual([]);
      await expect(page).toHaveTitle(/^\(1\) /);
    });

    let told: Awaited<ReturnType<typeof taken>> = [];
    await test.step("but when it is closed, and only the browser can read it", async () => {
      // Another window first, as people close one: the word of a page that is gone at once may be lost, and holds for a minute.
      await page.evaluate(() => window.dispatchEvent(new Event("blur")));
      await page.goto("about:blank");
      await pult.sim("customer/message", { ...CUSTOMER, text: "Заказ 1042 готов?" });
      await expect.poll(async () => (told = (await taken(pushes)).filter((one) => one.json.kind === "message")).length).toBeGreaterThan(0);
      const last = told[told.length - 1].json;
      expect(last).toMatchObject({ title: CUSTOMER.name, body: "Заказ 1042 готов?", url: `/chats/${chat}?box=all`, tag: chat });
    });

    await test.step("the service worker shows it once, and not over the open chat", async () => {
      await page.goto(`${pult.url}/dashboard`);
      await awake(page);
      const { deliver } = await registration(page);
      const said = told[told.length - 1].json;
      // A push service says it again until it is taken; it is shown once.
      const again = async () => deliver(JSON.stringify(said)).then(() => shown(page));
      await expect.poll(again).toEqual([{ title: CUSTOMER.name, body: "Заказ 1042 готов?", tag: chat, url: said.url }]);
      await deliver(JSON.stringify({ ...said, id: "later", body: "Жду ответа" }));
      await expect.poll(async () => (await shown(page)).map((one) => one.body)).toEqual(["Жду ответа"]);
      await deliver("not what we send");
      await expect.poll(async () => (await shown(page)).map((one) => one.title).sort()).toEqual(["Марина Дёмина", "Пульт"]);
    });

    await test.step("a click leads to the chat", async () => {
      const [worker] = context.serviceWorkers();
      await worker.evaluate(async (tag) => {
        const scope = self as unknown as ServiceWorkerGlobalScope;
        const [notification] = await scope.registration.getNotifications({ tag });
        scope.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
      }, chat);
      await page.waitForURL(`**/chats/${chat}?box=all`);
      await expect(page.getByText("Заказ 1042 готов?").last()).toBeVisible();
    });

    await test.step("and after signing out nothing comes any more", async () => {
      const before = (await taken(pushes)).length;
      await page.request.post(`${pult.url}/auth/sign-out`, { form: { next: "" }, headers: { origin: pult.url } });
      await pult.sim("customer/message", { ...CUSTOMER, text: "Алло" });
      const texts = async () => (await pult.rest<{ items: { text: string }[] }>(key, `chats/${chat}/messages`)).items.map((one) => one.text);
      await expect.poll(texts).toContain("Алло");
      expect(await calls()).toBe(2);
      expect((await taken(pushes)).length).toBe(before);
    });
  } finally {
    pushes.stop();
  }
});

test("what the browser cannot do is said, and how to help it", async ({ page, pult }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Notification, "permission", { get: () => "denied" });
  });
  await shop(pult, page);
  await page.goto(`${pult.url}/settings/profile`);
  await awake(page);
  await expect(page.getByText("Запрещены в браузере")).toBeVisible();
  await expect(page.getByText("Разрешите уведомления для этого сайта")).toBeVisible();
  // An iPhone outside of the home screen has no push at all.
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, "PushManager");
    Object.defineProperty(navigator, "userAgent", { get: () => "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1" });
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await awake(page);
  await expect(page.getByText("Сначала добавьте Пульт на экран «Домой»")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("the program can be installed, and says so when there is no connection", async ({ page, pult, context, expected }) => {
  expected.push(/503|ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  await shop(pult, page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const session = await context.newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // Nothing stands against it but that tests browse in private.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
  const { errors, data } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? "{}").short_name).toBe("Пульт");
  await page.reload();
  await awake(page);
  await context.setOffline(true);
  await page.goto(`${pult.url}/chats`);
  await expect(page.getByRole("heading", { name: "Нет связи" })).toBeVisible();
  const button = page.getByRole("button", { name: "Попробовать ещё раз" });
  // The accent of the house.
  expect(await button.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe("oklch(0.8 0.14 78)");
  await context.setOffline(false);
  await button.click();
  await awake(page);
  await expect(page.getByRole("heading", { name: "Чаты" })).toBeVisible();
});
