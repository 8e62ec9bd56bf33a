import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeServer, listenOnLoopback } from "../../simulators/http/listen-on-loopback.js";
import { TimeUp } from "../../src/async/time-up.js";
import { oneRequest } from "../../src/outbound/one-request.js";

const before = getGlobalDispatcher();
const received: string[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let server: ReturnType<typeof createServer>;
let origin: string;

beforeEach(async () => {
  received.length = 0;
  server = createServer((request, response) => {
    received.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  origin = await listenOnLoopback(server, 0);
  setGlobalDispatcher(new Agent({ connections: 1 }));
});
afterEach(async () => {
  await getGlobalDispatcher().destroy();
  setGlobalDispatcher(before);
  await closeServer(server);
});

function ask(path: string, more: Partial<Parameters<typeof oneRequest>[0]> = {}) {
  return oneRequest({ method: "GET", url: new URL(path, origin), headers: {}, timeoutMs: 5_000, ...more });
}

describe("oneRequest", () => {
  it("gives up in time while it waits for a connection, and sends nothing when there is one", async () => {
    answer = () => {};
    const first = ask("/first");
    await once(server, "request");
    await expect(ask("/second", { method: "PATCH", body: "{}", timeoutMs: 50 })).rejects.toThrow(TimeUp);
    answer = (_, response) => response.end("third");
    const third = ask("/third");
    server.closeAllConnections();
    await expect(first).rejects.toThrow();
    expect((await third).text).toBe("third");
    expect(received).toEqual(["GET /first", "GET /third"]);
  });

  it("gives the status without its text when the time passes before the answer has ended", async () => {
    answer = (_, response) => response.writeHead(200).write("half");
    expect(await ask("/", { timeoutMs: 100 })).toMatchObject({ status: 200, text: undefined });
  });

  it("takes what is said before the answer for no answer", async () => {
    answer = (_, response) => {
      response.writeEarlyHints({ link: "</keys>; rel=preload" });
      response.writeHead(404, { "request-id": "r-1" }).end("none");
    };
    const arrived = await ask("/");
    expect(arrived).toMatchObject({ status: 404, text: "none" });
    expect([arrived.header("request-id"), arrived.header("link")]).toEqual(["r-1", null]);
  });

  it("waits for no more than the headers where no more is wanted", async () => {
    answer = (_, response) => response.writeHead(200, { location: "there" }).write("the first of megabytes");
    const arrived = await ask("/", { headersOnly: true });
    expect(arrived).toMatchObject({ status: 200, text: undefined });
    expect(arrived.header("location")).toBe("there");
  });

  it("reads a text that comes in parts as one, the mark at its beginning left out", async () => {
    const [mark, e] = [Buffer.from("\ufeff"), Buffer.from("é")];
    answer = (_, response) => {
      response.write(Buffer.concat([mark, e.subarray(0, 1)]), () => response.end(e.subarray(1)));
    };
    expect((await ask("/")).text).toBe("é");
  });
});
