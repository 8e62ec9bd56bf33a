import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { firstLine, POST, TestServer } from "./server/test-server.js";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.end());

describe("POST /api/messages", () => {
  it("hands the JSON body on and leaves the answer to the handler", async () => {
    const activity = { type: "message", text: "enable passkeys \ud83d\udd11" };
    expect((await server.post(JSON.stringify(activity))).status).toBe(202);
    expect(server.bodies).toEqual([activity]);
  });

  it("takes a body whatever its content type says: what counts is that it is JSON", async () => {
    expect((await server.post('{"type":"message"}', { "content-type": "text/plain" })).status).toBe(202);
    expect(server.bodies).toEqual([{ type: "message" }]);
  });

  it("leaves a request without a body to the handler, which asks who is there first", async () => {
    expect((await server.post("")).status).toBe(202);
    expect(server.bodies).toEqual([undefined]);
  });

  it("takes a body of 256 KB and no more", async () => {
    const sized = (bytes: number) => `{"type":"${"x".repeat(bytes - 11)}"}`;
    expect((await server.post(sized(256 * 1024))).status).toBe(202);
    const refused = await server.post(sized(256 * 1024 + 1));
    expect(refused.status).toBe(413);
    expect(await refused.json()).toEqual({
      code: "PayloadTooLarge",
      message: "The body is larger than 262144 bytes.",
    });
    expect(server.bodies).toHaveLength(1);
  });

  it("refuses a body that grows too large without having said so", async () => {
    const request = httpRequest(`${server.base}/api/messages`, { method: "POST" });
    request.on("error", () => undefined);
    for (let sent = 0; sent < 3; sent++) request.write("x".repeat(100_000));
    request.end();
    const [response] = (await once(request, "response")) as [IncomingMessage];
    expect(response.statusCode).toBe(413);
    response.resume();
    await once(response, "close");
    expect(server.bodies).toEqual([]);
  });

  it.each([
    ["broken JSON", '{"type":"message"', "The body is not JSON."],
    ["a text", '"message"', "The body must be one JSON object: an activity."],
    ["a list", "[{}]", "The body must be one JSON object: an activity."],
    ["null", "null", "The body must be one JSON object: an activity."],
  ])("refuses %s and says why", async (_, body, message) => {
    const response = await server.post(body);
    expect([response.status, await response.json()]).toEqual([400, { code: "InvalidContent", message }]);
    expect(server.bodies).toEqual([]);
  });

  it("does not repeat a broken body, which may hold a token", async () => {
    expect(await (await server.post("s3cret-token")).text()).not.toContain("s3cret");
  });

  it("refuses a compressed body, a broken one too, and lives on", async () => {
    for (const body of [gzipSync('{"type":"message"}'), Buffer.from("no gzip at all")]) {
      const response = await server.post(body, { "content-encoding": "gzip" });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
        415,
        "UnsupportedMediaType",
      ]);
    }
    expect((await server.get("/healthz")).status).toBe(200);
  });

  it("survives a sender that goes away in the middle", async () => {
    const socket = await server.connection(`${POST}content-length: 100\r\n\r\n{`);
    socket.destroy();
    await once(socket, "close");
    expect((await server.get("/healthz")).status).toBe(200);
    expect(server.bodies).toEqual([]);
  });

  it("answers a handler that failed without saying how, and logs it", async () => {
    const failure = new Error("s3cret");
    server.handler = async () => {
      throw failure;
    };
    const response = await server.post("{}");
    const text = await response.text();
    expect([response.status, JSON.parse(text)]).toEqual([
      500,
      { code: "InternalError", message: "Something went wrong here." },
    ]);
    expect(text).not.toMatch(/s3cret|\.ts|at /);
    expect(server.logged).toEqual([["request-failed", { error: failure }]]);
  });

  it("drops the connection when a handler fails in the middle of its answer", async () => {
    server.handler = async (_request, response) => {
      response.writeHead(200, { "content-length": "100" }).write("half");
      throw new Error("too late");
    };
    await expect(server.post("{}").then((response) => response.text())).rejects.toThrow();
    expect(server.logged.map(([event]) => event)).toEqual(["request-failed"]);
  });

  it("is for POST only", async () => {
    expect((await server.get("/api/messages")).status).toBe(405);
  });

  it("is the same with a slash at its end", async () => {
    const answer = await fetch(`${server.base}/api/messages/`, {
      method: "POST",
      body: '{"type":"message"}',
    });
    expect(answer.status).toBe(202);
    expect(server.bodies).toEqual([{ type: "message" }]);
  });

  it("is answered before its body came, when nobody asks for that", async () => {
    server.handler = async (_request, response) => void response.writeHead(401).end();
    const socket = await server.connection(`${POST}content-length: 900000\r\n\r\n{`);
    expect(await firstLine(socket)).toBe("HTTP/1.1 401 Unauthorized");
  });
});

describe("the other pages", () => {
  it("GET /healthz says that the process lives, ready or not", async () => {
    server.isReady = async () => false;
    const response = await server.get("/healthz");
    expect([response.status, await response.json()]).toEqual([200, { status: "alive", version: "1.2.3" }]);
  });

  it("GET /readyz is 200 when everything answers, else 503", async () => {
    expect((await server.get("/readyz")).status).toBe(200);
    server.isReady = async () => false;
    expect((await server.get("/readyz")).status).toBe(503);
    server.isReady = async () => {
      throw new Error("the store is gone");
    };
    const response = await server.get("/readyz");
    expect([response.status, await response.json()]).toEqual([503, { status: "not ready", attention: [] }]);
  });

  it("GET /readyz says what an operator has to see to, and is 200 all the same", async () => {
    server.attention = ["Processes on this store differ in APPROVALS_REQUIRED."];
    const response = await server.get("/readyz");
    expect([response.status, await response.json()]).toEqual([
      200,
      { status: "ready", attention: server.attention },
    ]);
  });

  it.each(["/healthz", "/readyz", "/metrics", "/sign-in"])(
    "HEAD %s is GET without its text",
    async (path) => {
      const head = await fetch(server.base + path, { method: "HEAD" });
      const { status, headers } = await server.get(path);
      expect([head.status, head.headers.get("content-type")]).toEqual([status, headers.get("content-type")]);
      expect(await head.text()).toBe("");
    },
  );

  it("HEAD /readyz says that it is not ready, too", async () => {
    server.isReady = async () => false;
    expect((await fetch(`${server.base}/readyz`, { method: "HEAD" })).status).toBe(503);
  });

  it("GET /evidence is a file to save, as often as asked, which nobody keeps on the way", async () => {
    for (const response of [
      await server.get("/evidence/the-secret"),
      await server.get("/evidence/the-secret"),
    ]) {
      expect([response.status, await response.text()]).toEqual([200, "<p>evidence"]);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "content-disposition": 'attachment; filename="latchkey-plan-12-evidence.html"',
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
      });
    }
  });

  it.each(["/evidence/another", "/evidence/%00%ff", "/evidence/the-secret/x", "/evidence/", "/evidence"])(
    "GET %s is 404 and gives nothing away",
    async (path) => {
      const response = await server.get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain("<p>evidence");
    },
  );

  it("GET /evidence with a link that is wrong or over says what to do", async () => {
    expect(await (await server.get("/evidence/another")).text()).toContain("ask for the evidence again");
  });

  it("GET /evidence is not counted by its secret", async () => {
    await server.get("/evidence/the-secret");
    expect(await (await server.get("/metrics")).text()).not.toContain("the-secret");
  });

  it("GET /metrics is Prometheus text with the process's metrics and requests by route", async () => {
    await server.get("/healthz");
    await server.get("/made-up-path");
    await server.post("nonsense");
    const response = await server.get("/metrics");
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await response.text();
    expect(text).toContain("process_cpu_user_seconds_total");
    expect(text).toContain('latchkey_http_requests_total{method="GET",route="/healthz",status="200"} 1');
    expect(text).toContain(
      'latchkey_http_requests_total{method="POST",route="/api/messages",status="400"} 1',
    );
    expect(text).toContain('latchkey_http_requests_total{method="other",route="other",status="404"} 1');
    expect(text).not.toContain("made-up-path");
  });

  it("GET /sign-in sends people back to Teams", async () => {
    const response = await server.get("/sign-in?state=x");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await response.text()).toContain("Return to Teams and press Approve again.");
  });

  it("everything else is 404, whatever it looks like", async () => {
    for (const path of ["/", "/api", "/api/messages/x", "/%E0%A4%A", "/../etc/passwd", "/healthz/../x"]) {
      const response = await server.get(path);
      expect([path, [400, 404].includes(response.status)]).toEqual([path, true]);
      expect(await response.text()).not.toMatch(/\bat .*\.js|node_modules/);
    }
  });

  it("where something is posted to another path, the log says where activities come to, once a minute", async () => {
    for (const path of ["/", "/api/message?key=secret"]) {
      expect((await fetch(`${server.base}${path}`, { method: "POST", body: "{}" })).status).toBe(404);
    }
    await server.get("/api/message");
    const said = server.logged.filter(([event]) => event === "posted-elsewhere");
    expect(said).toEqual([
      ["posted-elsewhere", { path: "/", why: expect.stringContaining("come to /api/messages") }],
    ]);
  });

  it("do not say what serves them", async () => {
    for (const response of [
      await server.get("/healthz"),
      await server.get("/nowhere"),
      await server.post("{"),
    ]) {
      expect(response.headers.get("server")).toBeNull();
      expect(response.headers.get("x-powered-by")).toBeNull();
    }
  });
});
