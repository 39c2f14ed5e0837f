// The simulator of one provider as a process of its own; ended by process id.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

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
