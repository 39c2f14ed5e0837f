// Two people at one invitation: both decide at the same moment, one decision acts, the other person is told, and nobody is
// invited twice.
import type { Installation } from "../support/installation.ts";
import { INTERCOM, Provider, TRUSTPILOT, throughWizard } from "../support/provider.ts";
import { act, made } from "../support/rules.ts";
import { OWNER, type Page, awake, expect, joined, signIn, test } from "../support/test.ts";
import { told, together } from "../support/together.ts";

const TOO_LATE = "Это уже решено: кто-то успел раньше. Показано то, что есть сейчас.";

// The server is killed on purpose, and of two decisions one is refused.
test.use({ expected: [[/net::ERR_|409/], { option: true }] });

type Services = { intercom: Provider; trustpilot: Provider };

/** Both services connected, and a rule that invites whoever's conversation is closed. */
async function connected(page: Page, pult: Installation, { intercom, trustpilot }: Services): Promise<void> {
  const { key } = pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
  await signIn(page, pult, OWNER.email, OWNER.password);
  await throughWizard(page, pult.url, intercom, INTERCOM);
  await throughWizard(page, pult.url, trustpilot, TRUSTPILOT);
  const { items } = await pult.rest<{ items: { id: string; provider: string }[] }>(key, "connections");
  const inviter = items.find((one) => one.provider === "trustpilot")?.id;
  await made(pult, key, "Отзыв", "intercom.conversation_closed", [act("invite_to_review", { connection_id: inviter })]);
}

const close = (intercom: Provider, name: string, n: number) => intercom.ask("close", { email: `client-${n}@example.com`, name, admin: "Илья" });

/** «Требует внимания» about this client. */
const card = (page: Page, name: string) => page.locator(".card.attention .row").filter({ hasText: name });

/** Both press their button at the same moment. Answers what each was told. */
async function decide(pages: Page[], name: string, buttons: string[]): Promise<string[]> {
  const press = (page: Page, n: number) => card(page, name).getByRole("button", { name: buttons[n], exact: true }).click();
  await together(pages, /\/api\/ui\/invitations_(decide|retry|withdraw)$/, press);
  const said = await Promise.all(pages.map(told));
  await Promise.all(pages.map((page) => expect(card(page, name)).toHaveCount(0)));
  return said;
}

async function withServices(run: (services: Services) => Promise<void>): Promise<void> {
  const services = { intercom: await Provider.start("intercom"), trustpilot: await Provider.start("trustpilot") };
  try {
    await run(services);
  } finally {
    services.intercom.stop();
    services.trustpilot.stop();
  }
}

/** The program ends while the service keeps it waiting. */
async function cutOff(pult: Installation, { trustpilot }: Services): Promise<void> {
  const waiting = async () => ((await (await fetch(`${trustpilot.url}/_sim/state`)).json()) as { faults_waiting: number }).faults_waiting;
  await expect.poll(waiting).toBe(0);
  await pult.kill();
  await pult.serve();
}

async function at(pages: Page[], pult: Installation): Promise<void> {
  for (const page of pages) {
    await page.goto(`${pult.url}/reviews`);
    await awake(page);
  }
}

const sent = async ({ trustpilot }: Services) => (await trustpilot.items<{ email: string }>("invitations")).map((one) => one.email);
const state = (page: Page, name: string) => page.getByRole("table").getByRole("row").filter({ hasText: name });

test("the same decision of two people acts once", async ({ page, pult, browser, problems }) => {
  test.setTimeout(180_000);
  await withServices(async (services) => {
    await connected(page, pult, services);
    const pages = [page, await joined(page, pult, browser, problems, "admin")];

    await test.step("one that failed is sent again", async () => {
      await services.trustpilot.ask("faults", { on: "email-invitations", fail_next: 1, status: 400, code: 4 });
      await close(services.intercom, "Игорь Пак", 1);
      await at(pages, pult);
      const said = await decide(pages, "Игорь Пак", ["Повторить", "Повторить"]);
      expect(said.sort()).toEqual(["Игорь Пак: приглашение отправляется ещё раз", TOO_LATE].sort());
      for (const one of pages) await expect(state(one, "Игорь Пак").getByText("Отправлено", { exact: true })).toBeVisible();
      expect(await sent(services)).toEqual(["client-1@example.com"]);
    });

    await test.step("one whose end nobody knows is sent again", async () => {
      await services.trustpilot.ask("faults", { on: "email-invitations", hang: 1 });
      await close(services.intercom, "Вера Осипова", 2);
      await expect(state(page, "Вера Осипова").getByText("Отправляется")).toBeVisible();
      await cutOff(pult, services);
      await at(pages, pult);
      const again = "Не дошло, отправить ещё раз";
      const said = await decide(pages, "Вера Осипова", [again, again]);
      expect(said.sort()).toEqual(["Вера Осипова: приглашение отправляется ещё раз", TOO_LATE].sort());
      for (const one of pages) await expect(state(one, "Вера Осипова").getByText("Отправлено", { exact: true })).toBeVisible();
      expect(await sent(services)).toEqual(["client-1@example.com", "client-2@example.com"]);
    });
    await pages[1].context().close();
  });
});

/** Several, because the moment is narrow. */
const PEOPLE = ["Анна Белова", "Борис Клён", "Глеб Сомов"];

test("one who failed: «Повторить» and «Не отправлять» do not both act", async ({ page, pult, browser, problems }) => {
  test.setTimeout(180_000);
  await withServices(async (services) => {
    await connected(page, pult, services);
    const pages = [page, await joined(page, pult, browser, problems, "admin")];
    await services.trustpilot.ask("faults", { on: "email-invitations", fail_next: PEOPLE.length, status: 400, code: 4 });
    for (const [n, name] of PEOPLE.entries()) await close(services.intercom, name, n);
    await at(pages, pult);
    for (const [n, name] of PEOPLE.entries()) {
      const said = await decide(pages, name, ["Повторить", "Не отправлять"]);
      expect(said, name).toContain(TOO_LATE);
      const again = said.includes(`${name}: приглашение отправляется ещё раз`);
      await expect(state(page, name).getByText(again ? "Отправлено" : "Отменено", { exact: true })).toBeVisible();
      expect((await sent(services)).filter((email) => email === `client-${n}@example.com`).length).toBe(again ? 1 : 0);
    }
    await pages[1].context().close();
  });
});

test("one whose end nobody knows: «Дошло» and «Не дошло» do not both act", async ({ page, pult, browser, problems }) => {
  test.setTimeout(240_000);
  await withServices(async (services) => {
    await connected(page, pult, services);
    const pages = [page, await joined(page, pult, browser, problems, "admin")];
    for (const [n, name] of PEOPLE.entries()) {
      await services.trustpilot.ask("faults", { on: "email-invitations", swallow: 1 });
      await close(services.intercom, name, n);
      await cutOff(pult, services);
      await at(pages, pult);
      const said = await decide(pages, name, ["Дошло", "Не дошло, отправить ещё раз"]);
      expect(said, name).toContain(TOO_LATE);
      const again = said.includes(`${name}: приглашение отправляется ещё раз`);
      await expect(state(page, name).getByText("Отправлено", { exact: true })).toBeVisible();
      expect((await sent(services)).filter((email) => email === `client-${n}@example.com`).length).toBe(again ? 2 : 1);
    }
    await pages[1].context().close();
  });
});
