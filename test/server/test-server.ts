import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Registry } from "prom-client";
import type { Log } from "../../src/core/ports.js";
import type { SignInPages } from "../../src/core/sign-in/sign-in-page.js";
import { type RunningServer, type ServerOptions, startServer } from "../../src/server.js";

type Handler = ServerOptions["handleActivity"];

/** Longer than a test may take: a stop that is held up until its time is over fails the test. */
export const PATIENT_MS = 600_000;

export const POST = "POST /api/messages HTTP/1.1\r\nhost: x\r\n";
export const UPGRADE = "connection: upgrade\r\nupgrade: websocket\r\n";
/** What a client says and then says no more. */
export const SILENCES: readonly [string, string][] = [
  ["nothing at all", ""],
  ["half a head", POST],
  ["half a body", `${POST}content-length: 100\r\n\r\n{`],
];

/** The server, with what a test may put behind it, and the ways to talk to it. */
export class TestServer {
  handler: Handler = async (_request, response, readBody) => {
    this.bodies.push(await readBody());
    response.writeHead(202).end();
  };
  isReady: () => Promise<boolean> = async () => true;
  attention: readonly string[] = [];
  /** What `/evidence/the-secret` opens. */
  evidence = "<p>evidence";
  /** What stands under `/sign-in`. */
  signIn: SignInPages = {
    look: async (link) => ({
      title: `Look at <${link}>`,
      sentences: ["It's for you."],
      button: { label: "Go on", link },
    }),
    setOut: async (link) => ({
      address: "https://entra.example/authorize?x=1",
      keep: { name: "kept", value: `${link}.secret`, seconds: 600 },
    }),
    comeBack: async (query, kept) => ({
      title: "Back",
      sentences: [`${query.get("code")} with ${kept("kept") ?? "nothing"}`],
      isDone: true,
    }),
  };
  readonly bodies: unknown[] = [];
  readonly logged: [string, unknown][] = [];
  readonly #sockets: Socket[] = [];
  #running: RunningServer | undefined;

  static async start(address: Partial<Pick<ServerOptions, "port" | "metricsAt">> = {}): Promise<TestServer> {
    const server = new TestServer();
    const note: Log["info"] = (event, detail) => server.logged.push([event, detail]);
    server.#running = await startServer({
      host: "127.0.0.1",
      port: 0,
      ...address,
      log: { info: note, warn: note, error: note },
      handleActivity: (...given) => server.handler(...given),
      version: "1.2.3",
      isReady: () => server.isReady(),
      attention: () => server.attention,
      openEvidence: async (secret) =>
        secret === "the-secret"
          ? { name: "latchkey-plan-12-evidence.html", html: server.evidence }
          : undefined,
      openPeopleList: async (secret) =>
        secret === "the-secret"
          ? { name: "without-passkey-2026-11-22.csv", csv: '\ufeff"Name"\r\n"\u00c9mile"\r\n' }
          : undefined,
      publicUrl: "https://latchkey.example",
      signIn: {
        look: (link) => server.signIn.look(link),
        setOut: (link) => server.signIn.setOut(link),
        comeBack: (...given) => server.signIn.comeBack(...given),
      },
      metrics: new Registry(),
    });
    return server;
  }

  get running(): RunningServer {
    if (this.#running === undefined) throw new Error("the server was not started");
    return this.#running;
  }

  get base(): string {
    return `http://127.0.0.1:${this.running.port}`;
  }

  get(path: string): Promise<Response> {
    return fetch(this.base + path);
  }

  post(body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.base}/api/messages`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json; charset=utf-8", ...headers },
    });
  }

  /** A connection that says this and nothing more. */
  async connection(said = ""): Promise<Socket> {
    const socket = connect(this.running.port, "127.0.0.1");
    socket.on("error", () => undefined);
    this.#sockets.push(socket);
    await once(socket, "connect");
    if (said !== "") socket.write(said);
    return socket;
  }

  /** Lets a handler begin and go on until it is told to finish, and then answer. */
  working(): { readonly begun: Promise<void>; finish(): void } {
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const begun = new Promise<void>((resolve) => {
      this.handler = async (_request, response, readBody) => {
        await readBody();
        resolve();
        await finished;
        response.writeHead(200).end("done");
      };
    });
    return { begun, finish };
  }

  async end(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await this.#running?.close(0);
  }
}

export async function firstLine(socket: Socket): Promise<string> {
  const [data] = (await once(socket, "data")) as [Buffer];
  return String(data).split("\r\n")[0] ?? "";
}

export async function whenClosed(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.closed) await once(socket, "close");
}
