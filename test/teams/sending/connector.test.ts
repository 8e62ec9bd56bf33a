import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { closeServer, listenOnLoopback } from "../../../simulators/http/listen-on-loopback.js";
import { readBody } from "../../../simulators/http/loopback-server.js";
import { oneRequest } from "../../../src/outbound/one-request.js";
import { goOutBy, outbound } from "../../../src/outbound/outbound.js";
import { arrivalOf, MayHaveArrived } from "../../../src/teams/sending/arrival.js";
import { connector } from "../../../src/teams/sending/connector.js";

/** As each process of the bot begins; else the way out would be that of the Node which runs the tests. */
goOutBy(outbound(undefined));

interface Heard {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.map(closeServer));
  servers = [];
});

/** A service that keeps what it hears, and answers as it is told. */
async function service(answer: RequestListener) {
  const heard: Heard[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const { method, url: path, headers } = request;
    heard.push({ method, path, headers, body: await readBody(request) });
    answer(request, response);
  });
  server.on("connection", () => {
    connections += 1;
  });
  servers.push(server);
  const url = await listenOnLoopback(server, 0);
  return { url, heard, connections: () => connections };
}

const answering =
  (status: number, body = "", headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

const toTeams = connector({ request: oneRequest, botToken: async () => "token-of-the-bot" });
const CHAT = "19:a b/c@thread.tacv2;messageid=1";
const ACTIVITY = { type: "message", text: "hé" };
/** Until the connection of an answer that was read may be taken again. */
const atRest = (): Promise<void> => sleep(50);

/** What became of a post that was answered so. */
async function posted(answer: RequestListener): Promise<unknown> {
  const { url } = await service(answer);
  return toTeams.post({ serviceUrl: url, id: CHAT }, ACTIVITY).catch((error: unknown) => error);
}

describe("a call", () => {
  it.each(["", "/", "/emea", "/emea/"])(
    "goes below the path of the service, and names it as it is: %j",
    async (path) => {
      const { url, heard } = await service(answering(201, '{"id":"1"}'));
      const there = { serviceUrl: `${url}${path}`, id: CHAT };
      expect(await toTeams.post(there, ACTIVITY)).toBe("1");
      await toTeams.replace(there, "f:1/2", ACTIVITY);
      await toTeams.lookInto(there);
      const chat = `${path.replace(/\/$/, "")}/v3/conversations/19%3Aa%20b%2Fc%40thread.tacv2%3Bmessageid%3D1`;
      expect(heard.map(({ method, path }) => [method, path])).toEqual([
        ["POST", `${chat}/activities`],
        ["PUT", `${chat}/activities/f%3A1%2F2`],
        ["GET", `${chat}/pagedmembers?pageSize=1`],
      ]);
    },
  );

  it("is signed, and says what it carries", async () => {
    const { url, heard } = await service(answering(201, '{"id":"1"}'));
    await toTeams.post({ serviceUrl: url, id: CHAT }, ACTIVITY);
    await toTeams.lookInto({ serviceUrl: url, id: CHAT });
    const [post, look] = heard;
    expect(post?.headers).toMatchObject({
      authorization: "Bearer token-of-the-bot",
      "content-type": "application/json; charset=utf-8",
      "content-length": String(Buffer.byteLength(post?.body ?? "")),
    });
    expect(JSON.parse(post?.body ?? "")).toEqual(ACTIVITY);
    expect(look?.headers).toMatchObject({ authorization: "Bearer token-of-the-bot" });
    expect(look?.headers).not.toHaveProperty("content-type");
  });

  it("uses one connection, whatever comes back on it", async () => {
    const answers = [
      answering(403, "no"),
      answering(500),
      answering(204),
      answering(429, "{}"),
      answering(200, "{}"),
    ];
    const { url, connections } = await service((request, response) => answers.shift()?.(request, response));
    for (const _ of [...answers]) {
      await toTeams.replace({ serviceUrl: url, id: CHAT }, "1", ACTIVITY).catch(() => undefined);
      await atRest();
    }
    expect([answers.length, connections()]).toEqual([0, 1]);
  });

  it("is not sent without the bot's token, and fails with what that said", async () => {
    const { url, heard } = await service(answering(201, '{"id":"1"}'));
    const why = new Error("Entra is away");
    const signedOut = connector({ request: oneRequest, botToken: () => Promise.reject(why) });
    const failed = await signedOut.post({ serviceUrl: url, id: CHAT }, ACTIVITY).catch((error) => error);
    expect([failed, arrivalOf(failed), heard]).toEqual([why, "refused", []]);
  });

  it("takes no token along to where it is redirected", async () => {
    const elsewhere = await service(answering(201, '{"id":"1"}'));
    const failed = await posted(answering(307, "", { location: `${elsewhere.url}/v3` }));
    expect(failed).toMatchObject({ status: 307, arrival: "refused" });
    expect(elsewhere.heard).toEqual([]);
  });

  it("is refused before it is sent, where the service has no address", async () => {
    const nowhere = { serviceUrl: "no address", id: CHAT };
    const failed = await toTeams.post(nowhere, ACTIVITY).catch((error) => error);
    expect(arrivalOf(failed)).toBe("refused");
  });
});

describe("what an answer without success says of the message", () => {
  it.each([
    ["put-off", 429, "", {}],
    ["put-off", 412, "", {}],
    ["put-off", 503, '{"error":{"code":"ServiceUnavailable","message":"Later."}}', {}],
    ["put-off", 503, '{"code":"ServiceUnavailable"}', {}],
    ["put-off", 503, "", { "retry-after": "3" }],
    ["perhaps", 503, "<html>no server is available</html>", {}],
    ["perhaps", 503, "{}", {}],
    ["perhaps", 500, '{"error":{"code":"ServiceError"}}', {}],
    ["perhaps", 502, "", {}],
    ["perhaps", 504, "", {}],
    ["refused", 400, '{"error":{"code":"BadSyntax"}}', {}],
    ["refused", 401, "", {}],
    ["refused", 403, '{"error":{"code":"BotNotInConversationRoster"}}', {}],
    ["refused", 404, "null", {}],
    ["refused", 413, "<html>too large</html>", {}],
  ] as const)("%s: %s %s %j", async (arrival, status, body, headers) => {
    expect(await posted(answering(status, body, headers))).toMatchObject({ arrival, status });
  });

  it("is kept with Teams' own word, for the log, and with the time it asks for", async () => {
    const body = '{"error":{"code":"Throttled","message":"Too many requests."}}';
    expect(await posted(answering(429, body, { "retry-after": "7" }))).toMatchObject({
      message: "Teams answered 429 (Throttled)",
      code: "Throttled",
      retryAfter: "7",
    });
  });

  it("is said by the status alone where the rest breaks off", async () => {
    const breaking: RequestListener = (_, response) => {
      response.writeHead(403, { "content-length": "100" }).write("{");
      setImmediate(() => response.destroy());
    };
    expect(await posted(breaking)).toMatchObject({ arrival: "refused", status: 403 });
  });
});

describe("a post that was taken, of which the id is not known", () => {
  it.each([
    ["no object", "null"],
    ["no id", "{}"],
    ["an id of another kind", '{"id":5}'],
    ["no JSON", "<html>welcome to the network</html>"],
    ["nothing", ""],
  ])("may have arrived, and is not repeated: %s", async (_, body) => {
    const failed = await posted(answering(200, body));
    expect(failed).toBeInstanceOf(MayHaveArrived);
    expect(arrivalOf(failed)).toBe("refused");
  });

  it("may have arrived where the answer breaks off", async () => {
    const breaking: RequestListener = (_, response) => {
      response.writeHead(201, { "content-length": "100" }).write('{"id":');
      setImmediate(() => response.destroy());
    };
    expect(await posted(breaking)).toMatchObject({ arrival: "perhaps" });
  });

  it("may have arrived where a connection that was kept ends instead of an answer", async () => {
    let answered = 0;
    const { url, heard, connections } = await service((request, response) => {
      answered += 1;
      if (answered === 1) return answering(201, '{"id":"1"}')(request, response);
      return void request.socket.destroy();
    });
    const there = { serviceUrl: url, id: CHAT };
    await toTeams.post(there, ACTIVITY);
    await atRest();
    const failed = await toTeams.post(there, ACTIVITY).catch((error: unknown) => error);
    expect(failed).toMatchObject({ arrival: "perhaps" });
    expect([heard.length, connections()]).toEqual([2, 1]);
  });
});
