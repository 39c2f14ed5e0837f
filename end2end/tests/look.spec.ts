// How an organisation looks: the owner sets logo and colour, a colleague sees them at once, an invitation wears them.
import { deflateSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import { OWNER, awake, expect, joined, signIn, test } from "../support/test.ts";

/** A square of one colour as PNG. */
function square(side: number, colour: [number, number, number]): Buffer {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const sum = (bytes: Buffer) => {
    let c = 0xffffffff;
    for (const byte of bytes) c = table[(c ^ byte) & 0xff] ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
  };
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
    const out = Buffer.alloc(8);
    out.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(sum(body));
    return Buffer.concat([out.subarray(0, 4), body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.concat(Array.from({ length: side }, () => Buffer.from(colour)))]);
  const data = deflateSync(Buffer.concat(Array.from({ length: side }, () => line)));
  const sign = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([sign, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

test("logo and colour reach a colleague at once and an invitation with them", async ({ page, pult, browser, problems }) => {
  pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
  await signIn(page, pult, OWNER.email, OWNER.password);
  const colleague = await joined(page, pult, browser, problems, "seller");
  const accent = (of: typeof page) =>
    of.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent").trim());

  await page.goto(`${pult.url}/settings/look`);
  await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name: "знак.png", mimeType: "image/png", buffer: square(64, [20, 110, 220]) });
  await expect(page.locator(".sidebar .organisation-logo")).toBeVisible();
  await expect(colleague.locator(".sidebar .organisation-logo")).toBeVisible();

  // A colour that cannot be read is named, with one that can.
  const field = page.getByRole("textbox", { name: "Цвет кнопок и ссылок" });
  await field.fill("#1d4ed8");
  await expect(page.getByText("Этот цвет сольётся с фоном.")).toBeVisible();
  await page.getByRole("button", { name: /^Взять #/ }).click();
  const chosen = await field.inputValue();
  await page.getByLabel("Не упоминать Пульт").check();
  await page.getByRole("button", { name: "Сохранить" }).first().click();
  await expect.poll(() => accent(page)).toBe(chosen);
  await expect.poll(() => accent(colleague)).toBe(chosen);
  await expect.poll(() => colleague.title()).toContain("Сервис «Север»");

  const made = await page.request.post(`${pult.url}/api/ui/invites_create`, {
    headers: { origin: pult.url },
    data: { email: "vera@sever.example", role: "seller" },
  });
  const guest = await (await browser.newContext()).newPage();
  await guest.goto((await made.json()).link);
  await expect(guest.locator(".public-brand .organisation-logo")).toBeVisible();
  expect(await accent(guest)).toBe(chosen);
  await expect(guest.getByText("Пульт")).toHaveCount(0);

  for (const shown of [page, colleague, guest]) {
    const { violations } = await new AxeBuilder({ page: shown }).withTags(["wcag2aa"]).analyze();
    expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
  }
  // The colour is there from the first paint.
  const source = await (await colleague.request.get(`${pult.url}/chats`)).text();
  expect(source).toMatch(new RegExp(`<html[^>]*--accent:${chosen}`));
});
