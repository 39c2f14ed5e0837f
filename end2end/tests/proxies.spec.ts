// Pult behind the proxies of deploy/: https, the live stream passed on at once, large files, the address of whoever asks.
import { type ChildProcess, execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { proxy } from "../support/proxy.ts";
import { OWNER, awake, expect, signIn, test, watch } from "../support/test.ts";

const port = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
/** What answers at an address, whoever signed its certificate. */
const ask = (url: string, ...more: string[]) => execFileSync("curl", ["-sk", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", ...more, url], { encoding: "utf8" }).trim();

for (const kind of ["nginx", "caddy"] as const) {
  const start = proxy(kind);
  test(`behind ${kind} it works as without`, async ({ pult, browser, problems }) => {
    test.skip(!start, `${kind} is not installed`);
    const place = { secure: await port(), plain: await port(), pult: Number(new URL(pult.url).port), folder: pult.file(kind) };
    const url = `https://127.0.0.1:${place.secure}`;
    await pult.terminate();
    pult.set("PULT_PUBLIC_URL", url);
    pult.set("PULT_PROXY_DEPTH", "1");
    await pult.serve();
    const { key } = pult.organisation("Сервис «Север»", OWNER.email, OWNER.password);
    const running: ChildProcess | undefined = start?.(place);
    try {
      await expect.poll(() => {
        try {
          return ask(`${url}/readyz`);
        } catch {
          return "";
        }
      }, { timeout: 30_000 }).toBe("200");
      if (kind === "nginx") expect(ask(`http://127.0.0.1:${place.plain}/orders`)).toBe(`301 https://127.0.0.1/orders`);
      if (kind === "caddy") expect(ask(`${url}/metrics`)).toBe("404");

      const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: "ru-RU", extraHTTPHeaders: { "x-forwarded-for": "203.0.113.77" } });
      const page = await context.newPage();
      // A browser takes no service worker from a certificate it does not know.
      watch(page, problems, [/sw\.js|service ?worker|SSL certificate/i]);
      await page.goto(`${url}/sign-in`);
      await signIn(page, { url } as typeof pult, OWNER.email, OWNER.password);
      const [cookie] = (await context.cookies()).filter((one) => one.name.startsWith("__Host-"));
      expect(cookie).toMatchObject({ secure: true, httpOnly: true });

      // The stream is held back by nobody: what another program writes is there while one looks.
      await page.goto(`${url}/orders`);
      await awake(page);
      const { id } = await pult.rest<{ id: string }>(key, "contacts", { name: "Марина Дёмина", phone: "+79132041855" });
      await pult.rest(key, "orders", { contact_id: id, title: "Ремонт холодильника", items: [{ name: "Ремонт", price_minor: 90_000, quantity: 1 }] });
      await expect(page.getByRole("row", { name: /Ремонт холодильника/ })).toBeVisible();

      // Uploads to the limit of the program, which says itself what is too large.
      const upload = (megabytes: number) =>
        page.request.post(`${url}/api/files`, { headers: { origin: url }, multipart: { file: { name: "отчёт.txt", mimeType: "text/plain", buffer: Buffer.alloc(megabytes << 20, "а") } } });
      expect((await upload(15)).status()).toBe(200);
      const refused = await upload(22);
      expect([refused.status(), (await refused.json()).code]).toEqual([413, "file_too_large"]);

      // Whoever says that they come from elsewhere is not believed.
      await page.goto(`${url}/settings/sessions`);
      await awake(page);
      await expect(page.getByText("127.0.0.1").first()).toBeVisible();
      await expect(page.getByText("203.0.113.77")).toHaveCount(0);
      await context.close();
    } finally {
      running?.kill("SIGTERM");
    }
  });
}
