// The simulator of one provider as a process of its own, ended by process id, and its wizard as a person fills it in.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { type Page, awake, expect } from "./test.ts";

const BINARY = process.env.PULT_BIN ?? "pult";

/** Two free ports next to each other: some providers have a second host. */
async function freePair(): Promise<number> {
  const listen = (port: number) =>
    new Promise<{ port: number; close: () => Promise<void> } | undefined>((resolve) => {
      const server = createServer();
      server.on("error", () => resolve(undefined));
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        const close = () => new Promise<void>((done) => server.close(() => done()));
        resolve({ port: typeof address === "object" && address ? address.port : 0, close });
      });
    });
  for (;;) {
    const first = await listen(0);
    if (!first) continue;
    const second = await listen(first.port + 1);
    await first.close();
    await second?.close();
    if (second) return first.port;
  }
}

export class Provider {
  private constructor(
    readonly name: string,
    private readonly port: number,
    private readonly process: ChildProcess,
  ) {}

  static async start(name: string): Promise<Provider> {
    const port = await freePair();
    const self = new Provider(name, port, spawn(BINARY, ["simulate", name, "--addr", `127.0.0.1:${port}`], { stdio: "ignore" }));
    for (let n = 0; n < 600; n++) {
      if (self.process.exitCode != null) break;
      try {
        if ((await fetch(`${self.url}/_sim/state`)).ok) return self;
      } catch {
        // Not listening yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the simulator of ${name} did not start`);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** An order, see the simulator's control addresses. */
  async ask<T = Record<string, unknown>>(order: string, input: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/_sim/${order}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    if (!answer.ok) throw new Error(`${order}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<T>;
  }

  /** What the provider keeps. */
  async items<T = Record<string, unknown>>(list: string): Promise<T[]> {
    return ((await (await fetch(`${this.url}/_sim/${list}`)).json()) as { items: T[] }).items;
  }

  /** A value for the wizard: one of the simulator's own settings, "" its address, "next" that of its second host. */
  async setting(name: string): Promise<string> {
    if (name === "") return this.url;
    if (name === "next") return `http://127.0.0.1:${this.port + 1}`;
    const { behaviour } = (await (await fetch(`${this.url}/_sim/state`)).json()) as { behaviour: Record<string, string> };
    return behaviour[name];
  }

  stop(): void {
    this.process.kill("SIGKILL");
  }
}

/** Fields of the wizards by their labels, see [`Provider.setting`]. */
export const INTERCOM = {
  "Маркер доступа": "access_token",
  "Секрет приложения": "client_secret",
  "ID рабочего пространства": "app_id",
  "Адрес сервиса": "",
};
export const TRUSTPILOT = {
  "Ключ API": "api_key",
  "Секрет API": "api_secret",
  "Компания": "domain",
  "ID пользователя": "business_user_id",
  "Адрес сервиса": "",
  "Адрес сервиса приглашений": "next",
};

/** Fills the wizard of a provider and tells the simulator the address, as a person does in the provider's console. */
export async function throughWizard(page: Page, url: string, provider: Provider, fields: Record<string, string>): Promise<void> {
  await page.goto(`${url}/connections/new/${provider.name}`);
  await awake(page);
  await page.getByText("Дополнительно", { exact: true }).click();
  for (const [label, name] of Object.entries(fields)) {
    await page.getByLabel(label, { exact: true }).or(page.getByLabel(`${label}*`, { exact: true })).fill(await provider.setting(name));
  }
  await page.getByRole("button", { name: "Сохранить и продолжить" }).click();
  const address = await page.getByRole("group", { name: "Адрес для событий" }).locator("code").textContent();
  await provider.ask("callback", { url: address });
  await expect(page.getByText("Адрес подтверждён")).toBeVisible();
}
