// Reviews: from two services and a rule to an invitation, its trouble, a review and our answer.
import { INTERCOM, Provider, TRUSTPILOT, throughWizard } from "../support/provider.ts";
import { awake, expect, signIn, test } from "../support/test.ts";

const OWNER = { email: "anna@sever.example", password: "холодный-чай-42" };

// The server is killed on purpose: its live stream breaks off.
test.use({ expected: [[/net::ERR_/], { option: true }] });

test("a closed conversation invites, trouble is settled by a person, a review is answered", async ({ page, pult }) => {
  test.setTimeout(240_000);
  const intercom = await Provider.start("intercom");
  const trustpilot = await Provider.start("trustpilot");
  const { key } = pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });
  const attention = page.locator(".card.attention");
  try {
    await test.step("the owner connects both services in the wizard", async () => {
      await signIn(page, pult, OWNER.email, OWNER.password);
      await page.goto(`${pult.url}/reviews`);
      await awake(page);
      await expect(page.getByText("Подключите Intercom")).toBeVisible();
      await throughWizard(page, pult.url, intercom, INTERCOM);
      await throughWizard(page, pult.url, trustpilot, TRUSTPILOT);
    });

    await test.step("a rule is published, and a closed conversation appears as an invitation by itself", async () => {
      const connections = await pult.rest<{ items: { id: string; provider: string }[] }>(key, "connections");
      const inviter = connections.items.find((one) => one.provider === "trustpilot")?.id;
      const draft = {
        v: 1,
        trigger: { event: "intercom.conversation_closed" },
        when: { is: "all", of: [] },
        then: [{ act: { do: "invite_to_review", connection_id: inviter } }],
      };
      const rule = await pult.rest<{ id: string }>(key, "rules", { name: "Отзыв", draft });
      await pult.rest(key, `rules/${rule.id}/publish`, {});
      await page.goto(`${pult.url}/reviews`);
      await awake(page);
      await expect(page.getByText("Приглашений пока не было")).toBeVisible();
      await intercom.ask("close", { email: "marina@example.com", name: "Марина Лебедева", admin: "Илья", rating: 5 });
      await expect(row("Марина Лебедева").getByText("Отправлено")).toBeVisible();
      await expect(row("Марина Лебедева")).toContainText("Илья");
    });

    await test.step("a refused one says why and goes out on a second try", async () => {
      await trustpilot.ask("faults", { on: "email-invitations", fail_next: 1, status: 400, code: 4 });
      await intercom.ask("close", { email: "igor@example.com", name: "Игорь Пак", admin: "Ольга" });
      await expect(attention.getByText("Приглашение не отправлено: Игорь Пак")).toBeVisible();
      await expect(row("Игорь Пак").getByText("Не отправлено")).toBeVisible();
      await attention.getByRole("button", { name: "Повторить" }).click();
      await expect(row("Игорь Пак").getByText("Отправлено", { exact: true })).toBeVisible();
      await expect(page.getByText("плохих отзывов без ответа нет")).toBeVisible();
    });

    await test.step("one whose end nobody knows is decided, and never sent by itself", async () => {
      await trustpilot.ask("faults", { on: "email-invitations", swallow: 1 });
      await intercom.ask("close", { email: "vera@example.com", name: "Вера Осипова", admin: "Илья" });
      await expect.poll(async () => (await trustpilot.items("invitations")).length).toBe(3);
      await pult.kill();
      await pult.serve();
      await page.goto(`${pult.url}/reviews`);
      await awake(page);
      await expect(row("Вера Осипова").getByText("Непонятно, дошло ли")).toBeVisible();
      await attention.getByRole("button", { name: "Дошло", exact: true }).click();
      await expect(row("Вера Осипова").getByText("Отправлено", { exact: true })).toBeVisible();
      expect((await trustpilot.items("invitations")).length).toBe(3);
    });

    await test.step("a bad review is matched to its conversation and answered", async () => {
      const first = (await trustpilot.items<{ reference: string }>("invitations"))[0].reference;
      await trustpilot.ask("review", { stars: 2, title: "Опоздали", text: "Ждали два часа", author: "Марина", reference: first });
      await expect(attention.getByText("Плохой отзыв без ответа: Марина")).toBeVisible();
      await expect(row("Марина Лебедева").getByRole("img", { name: "2 из 5" })).toBeVisible();
      await attention.getByRole("link", { name: "Ответить" }).click();
      const panel = page.getByRole("dialog", { name: "Отзыв" });
      await expect(panel.getByText(/Диалог \d+/)).toBeVisible();
      await panel.getByLabel("Ответ").fill("Марина, простите за опоздание. Вернули стоимость выезда.");
      await panel.getByRole("button", { name: "Опубликовать ответ" }).click();
      await expect(panel.getByText("Опубликован", { exact: true })).toBeVisible();
      await expect(panel.getByLabel("Ответ")).toBeHidden();
      await expect(page.getByText("плохих отзывов без ответа нет")).toBeVisible();
      const [review] = await trustpilot.items<{ companyReply: { text: string } }>("reviews");
      expect(review.companyReply.text).toContain("простите за опоздание");
    });

    await test.step("it is counted", async () => {
      await page.goto(`${pult.url}/reviews?tab=statistics&days=7`);
      await awake(page);
      await expect(page.locator(".tile", { has: page.getByText("Отправлено", { exact: true }) }).locator(".tile-value")).toHaveText("3");
      await expect(row("Илья")).toContainText("2");
    });
  } finally {
    intercom.stop();
    trustpilot.stop();
  }
});
