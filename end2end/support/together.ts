// Several people at the same moment: what their pages ask for is held until all have asked, and let go together.
import type { Page } from "./test.ts";

/** Each page does its part; calls to these addresses leave together. */
export async function together(pages: Page[], calls: RegExp, part: (page: Page, n: number) => Promise<void>): Promise<void> {
  let go = () => {};
  let asked = 0;
  const all = new Promise<void>((resolve) => (go = resolve));
  for (const page of pages) {
    await page.route(calls, async (route) => {
      asked += 1;
      if (asked === pages.length) go();
      await all;
      await route.continue();
    });
  }
  const answered = pages.map((page) => page.waitForResponse(calls));
  await Promise.all(pages.map(part));
  await Promise.all(answered);
  await Promise.all(pages.map((page) => page.unroute(calls)));
}

/** The words of the message in the corner, which is closed. */
export async function told(page: Page): Promise<string> {
  const toast = page.locator(".toast").first();
  const words = await toast.locator("p").first().textContent();
  await toast.getByRole("button", { name: "Закрыть" }).click();
  return words ?? "";
}
