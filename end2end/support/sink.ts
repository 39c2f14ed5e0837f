// Somebody's own program that Pult calls: takes every call, keeps it, knows whether its signature is good.
import { createHmac } from "node:crypto";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Call = { id: string; signed: boolean; body: { type: string; timestamp: string; data: Record<string, string> } };

export class Sink {
  /** What calls are answered with. */
  status = 200;

  private constructor(
    private readonly server: Server,
    private readonly calls: Call[],
  ) {}

  /** Listens on a free port. `secret`: what the calls are signed with, by Standard Webhooks. */
  static async start(secret: string): Promise<Sink> {
    const calls: Call[] = [];
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const server = createServer();
    const self = new Sink(server, calls);
    server.on("request", (request, answer) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const [id, at, body] = [String(request.headers["webhook-id"]), request.headers["webhook-timestamp"], Buffer.concat(parts).toString()];
        const signature = `v1,${createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64")}`;
        calls.push({ id, signed: request.headers["webhook-signature"] === signature, body: JSON.parse(body) });
        answer.writeHead(self.status).end("taken");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return self;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/in`;
  }

  /** Calls of this event. */
  of(type: string): Call[] {
    return this.calls.filter((call) => call.body.type === type);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
