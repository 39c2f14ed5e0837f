// What a rule does in a service, and how a person takes it back: a conversation is closed in Intercom by a rule, opened again
// from the rule's page, and left alone when somebody has dealt with it since.
import { INTERCOM, Provider, throughWizard } from "../support/provider.ts";
import { OWNER, awake, expect, signIn, test } from "../support/test.ts";

test("a conversation closed by a rule is opened again, once, and not over what people did since", async ({ page, pult }) => {
  test.setTimeout(120_000);
  const intercom = await Provider.start("intercom");
  const { key } = pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
  const states = async () => (await intercom.items<{ state: string }>("conversations")).map((one) => one.state);
  try {
    await signIn(page, pult, OWNER.email, OWNER.password);
    await throughWizard(page, pult.url, intercom, INTERCOM);
    let rule = "";

    await test.step("the step is picked from what the service offers", async () => {
      const draft = { v: 1, trigger: { event: "intercom.conversation_started" }, when: { is: "all", of: [] }, then: [] };
      rule = (await pult.rest<{ id: string }>(key, "rules", { name: "Закрывать начатое", draft })).id;
      await page.goto(`${pult.url}/rules/${rule}`);
      await awake(page);
      await page.getByRole("button", { name: "Шаг", exact: true }).click();
      await page.getByRole("menuitem", { name: /^закрыть диалог/ }).click();
      await expect(page.locator(".rule-saving")).toHaveText("Сохранено");
      await page.getByRole("button", { name: "Опубликовать…" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Опубликовать" }).click();
      await expect(page.getByText("Опубликовано · версия 1")).toBeVisible();
    });

    await test.step("the rule closes what begins", async () => {
      await intercom.ask("start", { email: "marina@example.com", name: "Марина Лебедева", text: "Здравствуйте" });
      await intercom.ask("start", { email: "igor@example.com", name: "Игорь Пак", text: "Добрый день" });
      await expect.poll(states, { timeout: 20_000 }).toEqual(["closed", "closed"]);
    });

    await test.step("it is taken back, but not where somebody was since", async () => {
      const [first] = await intercom.items<{ id: string }>("conversations");
      await intercom.ask("reopen", { conversation: first.id });
      await page.getByRole("button", { name: "Защита" }).click();
      const drawer = page.getByRole("dialog", { name: "Защита" });
      await expect(drawer.getByText("Можно отменить 2 действия.")).toBeVisible();
      await drawer.getByRole("button", { name: "Отменить" }).click();
      await expect(page.getByText("Отмена началась, её ход виден в журнале")).toBeVisible();
      await expect(drawer.getByText("2 отменено раньше.")).toBeVisible();
      await expect.poll(states, { timeout: 20_000 }).toEqual(["open", "open"]);
      await page.goto(`${pult.url}/journal?tab=jobs&kind=call_service&state=dead`);
      await awake(page);
      await expect(page.getByText("с тех пор это изменили, поэтому оставлено как есть")).toBeVisible();
    });
  } finally {
    intercom.stop();
  }
});
