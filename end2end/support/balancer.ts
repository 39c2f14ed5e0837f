// One address before several nodes, as a reverse proxy stands before them: a node that does not listen is passed over, a call
// that broke off on the way is answered 502.
import { type IncomingMessage, type Server, type ServerResponse, createServer, request } from "node:http";

export class Balancer {
  private turn = 0;
  /** Calls no node took, calls that broke off, and answers that blame a node. */
  trouble: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly ports: number[],
  ) {}

  static async start(address: string, ports: number[]): Promise<Balancer> {
    const server = createServer();
    const self = new Balancer(server, ports);
    server.on("request", (asked, answer) => {
      const parts: Buffer[] = [];
      asked.on("data", (part: Buffer) => parts.push(part));
      asked.on("end", () => self.pass(asked, Buffer.concat(parts), answer, self.turn++, ports.length));
    });
    await new Promise<void>((resolve) => server.listen(Number(new URL(address).port), "127.0.0.1", resolve));
    return self;
  }

  private pass(asked: IncomingMessage, body: Buffer, answer: ServerResponse, turn: number, tries: number): void {
    const port = this.ports[turn % this.ports.length];
    const options = { port, host: "127.0.0.1", method: asked.method, path: asked.url, headers: asked.headers, agent: false };
    const call = request(options, (got) => {
      if ((got.statusCode ?? 502) >= 500) this.trouble.push(`${got.statusCode} ${asked.url}`);
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
      got.on("error", () => answer.destroy());
    });
    call.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED" && tries > 1) return this.pass(asked, body, answer, turn + 1, tries - 1);
      this.trouble.push(`${error.code} ${asked.url}`);
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(502).end();
    });
    answer.on("close", () => call.destroy());
    call.end(body);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
