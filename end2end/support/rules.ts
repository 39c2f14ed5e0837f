// Rules as the tests make them: over REST where the constructor is not the point, and the gestures of the constructor.
import type { Installation } from "./installation.ts";
import { type Page, awake, expect } from "./test.ts";

/** A condition on one field. */
export const check = (field: string, op: object) => ({ is: "test", field, op });
/** A step. */
export const act = (what: string, input: object = {}) => ({ act: { do: what, ...input } });

/** A rule, published unless told otherwise. */
export async function made(pult: Installation, key: string, name: string, event: string, then: unknown[], when: unknown[] = [], publish = true): Promise<string> {
  const draft = { v: 1, trigger: { event }, when: { is: "all", of: when }, then };
  const { id } = await pult.rest<{ id: string }>(key, "rules", { name, draft });
  if (publish) await pult.rest(key, `rules/${id}/publish`, {});
  return id;
}

/** The block at a place of the tree (`when/0`, `then/1/t/0`). */
export const at = (page: Page, place: string) => page.locator(`[data-at="${place}"]`);

export const saved = (page: Page) => expect(page.locator(".rule-saving")).toHaveText("Сохранено");

/** Opens the constructor. */
export async function open(page: Page, pult: Installation, rule: string): Promise<void> {
  await page.goto(`${pult.url}/rules/${rule}`);
  await awake(page);
}

/** Publishes what stands in the constructor. */
export async function publish(page: Page): Promise<void> {
  await saved(page);
  await page.getByRole("button", { name: "Опубликовать…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Опубликовать", exact: true }).click();
  await expect(page.getByText(/Опубликовано · версия/)).toBeVisible();
}

/** The runs of one rule, on their page. */
export async function runs(page: Page, pult: Installation, rule: string): Promise<void> {
  await page.goto(`${pult.url}/rules/runs?rule_id=${rule}`);
  await awake(page);
}

/** «Почему?» of the newest run with this outcome in the list shown. */
export async function why(page: Page, outcome: string): Promise<void> {
  const row = page.getByRole("row").filter({ hasText: outcome });
  await row.first().getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Почему?" })).toBeVisible();
}
