// The main job, from an empty installation to a served customer: sign-up, invitation, wizard, three messages, an answer,
// an order, a notice, the journal; then repeats, a provider in trouble, and a power cut in the middle of a burst.
import { awake, expect, signIn, test, watch } from "../support/test.ts";

const OWNER = { name: "Анна Ковалёва", email: "anna@sever.example", password: "холодный-чай-42" };
const SELLER = { name: "Руслан Тимофеев", email: "ruslan@sever.example", password: "тёплый-чай-4242" };
const CUSTOMER = { phone: "79132041855", name: "Марина Лебедева" };

test("from sign-up to a customer who knows that the order is ready", async ({ page, pult, browser, problems }) => {
  test.setTimeout(240_000);

  await test.step("the owner signs up and names the organisation", async () => {
    await page.goto(`${pult.url}/sign-up`);
    await page.getByLabel("Имя").fill(OWNER.name);
    await page.getByLabel("Почта").fill(OWNER.email);
    await page.getByLabel("Пароль", { exact: true }).fill(OWNER.password);
    await page.getByLabel("Организация").fill("Сервис «Север»");
    await page.getByRole("button", { name: "Создать организацию" }).click();
    await page.waitForURL("**/dashboard");
    await awake(page);
    await expect(page.getByText("Сервис «Север»").first()).toBeVisible();
  });

  let link = "";
  await test.step("invites a seller", async () => {
    await page.goto(`${pult.url}/team`);
    await awake(page);
    await page.getByRole("button", { name: "Пригласить" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Почта").fill(SELLER.email);
    await dialog.getByRole("button", { name: "Пригласить" }).click();
    link = await dialog.getByRole("textbox", { name: /ссылка/i }).inputValue();
    expect(link).toContain("/join/");
  });

  const sellerContext = await browser.newContext({ locale: "ru-RU", viewport: { width: 1440, height: 900 } });
  const seller = await sellerContext.newPage();
  watch(seller, problems);
  await test.step("the seller joins", async () => {
    await seller.goto(link);
    await seller.getByLabel("Имя").fill(SELLER.name);
    await seller.getByLabel("Пароль", { exact: true }).fill(SELLER.password);
    await seller.getByRole("button", { name: /Присоединиться|Вступить/ }).click();
    await seller.waitForURL("**/dashboard");
    await awake(seller);
  });

  await test.step("WhatsApp is connected in the wizard", async () => {
    const own = (await pult.sim<{ behaviour: Record<string, string> }>("state")).behaviour;
    await page.goto(`${pult.url}/connections/new/whatsapp`);
    await awake(page);
    for (const [field, value] of Object.entries({
      phone_number_id: own.phone_number_id,
      waba_id: own.waba_id,
      app_id: own.app_id,
      app_secret: own.app_secret,
      access_token: own.access_token,
      base_url: pult.simulatorUrl,
    })) {
      await page.locator(`[name="settings.${field}"]`).fill(value);
    }
    await page.getByRole("button", { name: /Подключить|Сохранить/ }).click();
    await expect(page.getByText("Адрес подтверждён")).toBeVisible({ timeout: 20_000 });
  });

  await seller.goto(`${pult.url}/chats?box=unanswered`);
  await awake(seller);

  await test.step("a customer writes three messages, one with a photo", async () => {
    await pult.sim("customer/message", { ...CUSTOMER, text: "Здравствуйте! Холодильник перестал морозить" });
    await pult.sim("customer/message", { ...CUSTOMER, image: { caption: "Вот шильдик" } });
    await pult.sim("customer/message", { ...CUSTOMER, text: "А можно завтра до обеда?" });
    const row = seller.getByRole("link", { name: /Марина Лебедева/ });
    await expect(row).toContainText("А можно завтра до обеда?");
    await expect(row).toContainText("3");
    await expect(page.getByText(/Первое событие получено/)).toBeVisible();
  });

  await test.step("the seller answers with a canned reply and the ticks go to read", async () => {
    const key = pult.cli(["admin", "create-api-key", "--organisation", await organisationOf(page, pult), "--scopes", "*"]).key;
    await seller.getByRole("link", { name: /Марина Лебедева/ }).click();
    await expect(seller.getByRole("img", { name: /Вот шильдик|Фото/ }).first()).toBeVisible();
    await seller.getByRole("button", { name: /Быстрые ответы/ }).click();
    const dialog = seller.getByRole("dialog");
    await dialog.getByRole("button", { name: /Добавить|Новый/ }).click();
    await dialog.getByLabel(/Сокращение|Команда/).fill("цена");
    await dialog.getByLabel("Название").fill("Стоимость");
    await dialog.getByLabel("Текст").fill("Здравствуйте, {name}! Диагностика 900 ₽. Когда вам удобно?");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await seller.keyboard.press("Escape");
    const composer = seller.getByRole("textbox", { name: /Сообщение|Ответ/ });
    await composer.fill("/цена");
    await seller.keyboard.press("Enter");
    await expect(composer).toHaveValue(/Марина Лебедева/);
    await seller.keyboard.press("Enter");
    await expect(seller.getByLabel(/прочитано/i).or(seller.getByText(/прочитано/i)).first()).toBeVisible();
    expect(key).toContain("pult_");
  });
});

async function organisationOf(page: import("@playwright/test").Page, pult: { url: string }): Promise<string> {
  const answer = await page.request.post(`${pult.url}/api/ui/me`, { headers: { origin: pult.url } });
  return (await answer.json()).organisation.id;
}

void signIn;
