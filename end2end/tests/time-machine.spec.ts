// A rule is edited with open eyes: the time machine shows the difference on a month of the demo's history, the new version
// runs in shadow on live traffic, then acts, then the old one is restored.
import { Installation } from "../support/installation.ts";
import { awake, expect, signIn, test } from "../support/test.ts";

// The demo is ended while its page is open.
test.use({ expected: [[/net::ERR_/], { option: true }] });

const OWNER = { email: "owner@demo.example", password: "pult-demo-2026" };
const RULE = "Ответить про гарантию";
const ANSWER = "на работу и установленные детали даём гарантию 6 месяцев";

test("an edited rule is tried on the past, in shadow, for real, and taken back", async ({ page }, info) => {
  test.setTimeout(300_000);
  const pult = await Installation.demo(String(info.project.metadata.database ?? "sqlite"));
  const writes = (name: string, phone: string, text: string) => pult.sim("customer/message", { name, phone, text });
  // The demo's own answers went out at its start; only this rule's count.
  const answers = async (phone: string) => (await pult.sent(phone)).filter((one) => JSON.stringify(one).includes(ANSWER)).length;
  const rows = () => page.getByRole("row").filter({ hasText: RULE });
  const saved = () => expect(page.locator(".rule-saving")).toHaveText("Сохранено");
  const word = page.locator('[data-at="when/0"]').getByLabel("Значение");
  const publish = async (version: number) => {
    await page.getByRole("button", { name: "Опубликовать…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Опубликовать", exact: true }).click();
    await expect(page.getByText(`Опубликовано · версия ${version}`)).toBeVisible();
  };
  try {
    await signIn(page, pult, OWNER.email, OWNER.password);
    await page.goto(`${pult.url}/rules`);
    await awake(page);
    await page.getByRole("link", { name: RULE }).click();
    await page.waitForURL(/\/rules\/[0-9a-f-]{36}$/);
    const rule = page.url();

    await test.step("a month of the past says what the draft would have changed", async () => {
      await expect(word).toHaveValue("гарантия");
      await word.fill("сколько");
      await saved();
      await page.getByRole("button", { name: "Машина времени" }).click();
      const drawer = page.getByRole("dialog");
      await expect(drawer.getByLabel("За сколько дней")).toHaveValue("30");
      await drawer.getByRole("button", { name: "Запустить" }).click();
      await expect(drawer.getByText(/Событий проверено/)).toBeVisible({ timeout: 60_000 });
      const started = drawer.getByRole("listitem").filter({ hasText: "Начнёт срабатывать" });
      const stopped = drawer.getByRole("listitem").filter({ hasText: "Перестанет срабатывать" });
      await expect(started.filter({ hasText: "Игорь Пак" }).first()).toContainText(ANSWER);
      await expect(stopped.filter({ hasText: "Юлия Шепелева" }).first()).toContainText(ANSWER);
      await expect(stopped.filter({ hasText: "Игорь Пак" })).toHaveCount(0);
      await expect(drawer.getByText("Записи есть только с")).toHaveCount(0);
      expect(await answers("79139902714")).toBe(0);
      await page.keyboard.press("Escape");
    });

    await test.step("in shadow it says what it would do, and does nothing", async () => {
      await page.getByLabel("Работает", { exact: true }).selectOption("shadow");
      await saved();
      await publish(2);
      await writes("Игорь Пак", "79139902714", "Сколько возьмёте за выезд?");
      await page.goto(`${rule.replace(/\/rules\//, "/rules/runs?outcome=done&rule_id=")}`);
      await awake(page);
      await expect(rows().first()).toContainText("Вхолостую");
      await rows().first().getByRole("link", { name: RULE }).click();
      await expect(page.getByText(ANSWER)).toBeVisible();
      expect(await answers("79139902714")).toBe(0);
    });

    await test.step("switched on, it answers", async () => {
      await page.goto(rule);
      await awake(page);
      await page.getByLabel("Работает", { exact: true }).selectOption("on");
      await saved();
      await writes("Самвел Арутюнян", "79130017745", "Сколько ещё ждать?");
      await expect.poll(() => answers("79130017745")).toBe(1);
    });

    await test.step("the first version is restored and acts again", async () => {
      await page.getByRole("button", { name: "Версии" }).click();
      const first = page.getByRole("region", { name: "Версия 1" });
      await first.getByText("Отличия от черновика").click();
      await first.getByRole("button", { name: "Вернуть в черновик" }).click();
      await expect(word).toHaveValue("гарантия");
      await saved();
      await publish(3);
      const before = await answers("79137704193");
      await writes("Игорь Пак", "79139902714", "А сколько по времени?");
      await writes("Юлия Шепелева", "79137704193", "Какая гарантия?");
      await expect.poll(() => answers("79137704193")).toBe(before + 1);
      expect(await answers("79139902714")).toBe(0);
    });
  } finally {
    pult.stop();
  }
});
