// One installation of Pult with its simulator, on free ports and a database of its own. Ended by process id.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";

const BINARY = process.env.PULT_BIN ?? "pult";

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function until(url: string, process: () => ChildProcess | undefined): Promise<void> {
  for (let n = 0; n < 2_400; n++) {
    if (process()?.exitCode != null) throw new Error(`the program ended with ${process()?.exitCode}`);
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} did not answer`);
}

async function ended(process: ChildProcess | undefined, signal: NodeJS.Signals): Promise<number | null> {
  if (!process || process.exitCode != null) return process?.exitCode ?? null;
  const over = new Promise<number | null>((resolve) => process.once("exit", resolve));
  process.kill(signal);
  return over;
}

/** One of several programs that work on the same database. */
export class Node {
  private process?: ChildProcess;

  constructor(
    readonly port: number,
    private readonly spawn: () => ChildProcess,
  ) {}

  async start(): Promise<void> {
    this.process = this.spawn();
    await until(`http://127.0.0.1:${this.port}/readyz`, () => this.process);
  }

  /** Ends it politely and starts it again, as an update does. */
  async restart(): Promise<void> {
    expect(await ended(this.process, "SIGTERM")).toBe(0);
    await this.start();
  }

  kill(): void {
    this.process?.kill("SIGKILL");
  }
}

export class Installation {
  private pult?: ChildProcess;
  private simulator?: ChildProcess;
  private readonly nodes: Node[] = [];
  log = "";

  private constructor(
    readonly url: string,
    readonly simulatorUrl: string,
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** An empty one, with a simulated WhatsApp beside it. */
  static async start(database: string): Promise<Installation> {
    const self = await Installation.found(database);
    self.simulator = spawn(BINARY, ["simulate", "whatsapp", "--addr", self.simulatorUrl.slice("http://".length)], { stdio: "ignore" });
    await until(`${self.simulatorUrl}/_sim/state`, () => self.simulator);
    await self.serve();
    return self;
  }

  /** The demo: a month of history, and its own simulators. */
  static async demo(database: string): Promise<Installation> {
    const self = await Installation.found(database);
    self.environment.PULT_SIM_ADDR = self.simulatorUrl.slice("http://".length);
    await self.serve("demo");
    return self;
  }

  /** An empty place for another installation, with nothing started. */
  static async found(database: string): Promise<Installation> {
    const folder = mkdtempSync(join(tmpdir(), "pult-e2e-"));
    const [port, simulatorPort] = [await freePort(), await freePort()];
    const databaseUrl = database === "postgres" ? Installation.emptyPostgres(port) : `sqlite://${folder}/pult.db`;
    const url = `http://127.0.0.1:${port}`;
    const environment = {
      ...process.env,
      PULT_ADDR: `127.0.0.1:${port}`,
      PULT_PUBLIC_URL: url,
      PULT_DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      // What rules call stands on this machine.
      PULT_ALLOW_PRIVATE_NETS: "1",
    };
    return new Installation(url, `http://127.0.0.1:${simulatorPort}`, folder, environment);
  }

  /** A new database on the server of the tests. */
  static emptyPostgres(port: number): string {
    const server = new URL(process.env.E2E_POSTGRES_URL ?? "");
    const name = `e2e_${process.pid}_${port}`;
    execFileSync("psql", [server.href, "-qc", `CREATE DATABASE ${name}`]);
    server.pathname = `/${name}`;
    return server.href;
  }

  async serve(command: "serve" | "demo" = "serve"): Promise<void> {
    this.pult = this.spawn(command, this.environment);
    await until(`${this.url}/readyz`, () => this.pult);
  }

  private spawn(command: string, environment: NodeJS.ProcessEnv): ChildProcess {
    const process = spawn(BINARY, [command], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [process.stdout, process.stderr]) stream?.on("data", (text) => (this.log += text));
    return process;
  }

  /** One more node on the database of this installation, behind the same public address. */
  async node(): Promise<Node> {
    const port = await freePort();
    const environment = { ...this.environment, PULT_ADDR: `127.0.0.1:${port}` };
    const node = new Node(port, () => this.spawn("serve", environment));
    this.nodes.push(node);
    await node.start();
    return node;
  }

  /** Whatever was said to the environment holds from the next start on. */
  set(name: string, value: string): void {
    this.environment[name] = value;
  }

  /** As a power cut or `kill -9` would. */
  async kill(): Promise<void> {
    await ended(this.pult, "SIGKILL");
  }

  /** As a restart does: what is under way is finished. */
  async terminate(): Promise<void> {
    expect(await ended(this.pult, "SIGTERM")).toBe(0);
  }

  /** An order to the simulator, see its control addresses. */
  async sim<T = Record<string, unknown>>(order: string, input?: unknown): Promise<T> {
    const answer = await fetch(`${this.simulatorUrl}/_sim/${order}`, {
      method: input === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json" },
      body: input === undefined ? undefined : JSON.stringify(input),
    });
    if (!answer.ok) throw new Error(`${order}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<T>;
  }

  /** What the provider took for this phone. */
  async sent(phone: string): Promise<{ type: string }[]> {
    return (await this.sim<{ items: { type: string }[] }>(`sent?to=${phone}`)).items;
  }

  /** A command for people: what it prints. */
  run(...args: string[]): string {
    return execFileSync(BINARY, args, { env: this.environment, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  /** A place for a file of this installation. */
  file(name: string): string {
    return join(this.folder, name);
  }

  /** The command line of this installation. */
  cli(args: string[], input = ""): Record<string, string> {
    const output = execFileSync(BINARY, [...args, "--json"], { env: this.environment, input, encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] });
    return JSON.parse(output);
  }

  /** An organisation with owner and key, made by the command line. */
  organisation(name: string, email: string, password: string): { organisation: string; key: string } {
    const made = this.cli(["admin", "create-organisation", "--name", name, "--owner-email", email, "--owner-password-stdin"], `${password}\n`);
    const key = this.cli(["admin", "create-api-key", "--organisation", made.organisation_id, "--scopes", "*"]);
    return { organisation: made.organisation_id, key: key.key };
  }

  /** Connects the simulator to the organisation and tells it the address. */
  async connect(organisation: string): Promise<void> {
    const file = join(this.folder, "whatsapp.json");
    const own = (await this.sim<{ behaviour: Record<string, string> }>("state")).behaviour;
    const { phone_number_id, waba_id, app_id, app_secret, access_token } = own;
    writeFileSync(file, JSON.stringify({ phone_number_id, waba_id, app_id, app_secret, access_token, base_url: this.simulatorUrl }));
    const made = this.cli(["admin", "connect", "whatsapp", "--organisation", organisation, "--settings", file]);
    await this.sim("callback", { url: `${this.url}${made.webhook_path}`, verify_token: made.verify_token });
  }

  /** REST. */
  async rest<T = Record<string, unknown>>(key: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/api/v1/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<T>;
  }

  stop(): void {
    for (const node of this.nodes) node.kill();
    this.pult?.kill("SIGKILL");
    this.simulator?.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
