// Signing in with a service, as people do: adding it in the profile, coming in with it, taking it away; and somebody whose
// address is known here, who signs in with the password once.
import { writeFileSync } from "node:fs";
import { Provider } from "../support/provider.ts";
import { OWNER, awake, expect, signIn, test } from "../support/test.ts";

/** The installation with services of a simulator. */
async function withServices(pult: import("../support/installation.ts").Installation): Promise<Provider> {
  const identity = await Provider.start("identity");
  const config = await (await fetch(`${identity.url}/_sim/config`)).text();
  writeFileSync(pult.file("sign-in.json"), config);
  pult.set("PULT_SIGN_IN_FILE", pult.file("sign-in.json"));
  await pult.terminate();
  await pult.serve();
  await identity.ask("person", { id: "110169484474386276334", email: OWNER.email, verified: true });
  return identity;
}

test("a service is added in the profile, lets in, and is taken away", async ({ page, pult, browser, problems }) => {
  const identity = await withServices(pult);
  try {
    pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
    await signIn(page, pult, OWNER.email, OWNER.password);
    await page.goto(`${pult.url}/settings/profile`);
    await awake(page);
    await page.getByRole("button", { name: "Добавить Google" }).click();
    await page.getByRole("link", { name: /Анна Ковалёва/ }).click();
    await page.waitForURL("**/settings/profile");
    await awake(page);
    await expect(page.getByRole("button", { name: "Отвязать: Google" })).toBeVisible();
    await expect(page.getByText(new RegExp(`^${OWNER.email}`)).last()).toBeVisible();
    await expect(page.getByRole("button", { name: "Добавить Google" })).toHaveCount(0);

    await test.step("another browser comes in with it", async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const other = await context.newPage();
      await other.goto(`${pult.url}/sign-in?next=/orders`);
      await other.getByRole("link", { name: "Войти через Google" }).click();
      await other.getByRole("link", { name: /Анна Ковалёва/ }).click();
      await other.waitForURL("**/orders");
      await other.goBack();
      await context.close();
    });

    await test.step("who turns back is told that nothing happened", async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const other = await context.newPage();
      await other.goto(`${pult.url}/sign-in`);
      await other.getByRole("link", { name: "Войти через Google" }).click();
      await other.getByRole("link", { name: "Отмена" }).click();
      await expect(other.getByText("Вход через другой сервис отменён")).toBeVisible();
      await context.close();
    });

    await test.step("it is taken away", async () => {
      await page.getByRole("button", { name: "Отвязать: Google" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Отвязать" }).click();
      await expect(page.getByText("Вход отвязан: Google")).toBeVisible();
      await expect(page.getByRole("button", { name: "Добавить Google" })).toBeVisible();
    });
    expect(problems).toEqual([]);
  } finally {
    identity.stop();
  }
});

test("the password once, and then the service", async ({ page, pult }) => {
  const identity = await withServices(pult);
  try {
    pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
    const come = async () => {
      await page.goto(`${pult.url}/sign-in`);
      await page.getByRole("link", { name: "Войти через Google" }).click();
      await page.getByRole("link", { name: /Анна Ковалёва/ }).click();
    };
    await come();
    await expect(page.getByText(`Google подтверждает: вы ${OWNER.email}`)).toBeVisible();
    await page.getByRole("textbox", { name: "Пароль" }).fill(OWNER.password);
    await page.getByRole("button", { name: "Войти", exact: true }).click();
    await page.waitForURL("**/dashboard");
    await awake(page);
    await page.context().clearCookies();
    await come();
    await page.waitForURL("**/dashboard");
    await awake(page);
  } finally {
    identity.stop();
  }
});

test("somebody new needs no password", async ({ page, pult, expected }) => {
  // The last way in is refused.
  expected.push(/409/);
  const identity = await withServices(pult);
  try {
    await page.goto(`${pult.url}/sign-up`);
    await page.getByRole("link", { name: "Продолжить через Яндекс ID" }).click();
    await page.getByRole("link", { name: /Вера Ли/ }).click();
    await expect(page.getByText("Вход через Яндекс ID: Вера Ли")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Пароль" })).toHaveCount(0);
    await page.getByLabel("Название организации").fill("Салон «Юг»");
    await page.getByLabel("Почта").fill("vera@yug.example");
    await page.getByRole("button", { name: "Создать организацию" }).click();
    await page.waitForURL("**/dashboard");
    await awake(page);
    await page.goto(`${pult.url}/settings/profile`);
    await awake(page);
    await expect(page.getByText("Пароля у вас нет")).toBeVisible();
    await page.getByRole("button", { name: "Отвязать: Яндекс ID" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Отвязать" }).click();
    await expect(page.getByText("Это единственный способ войти")).toBeVisible();
  } finally {
    identity.stop();
  }
});
