import { createServer } from "node:http";
import { getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { closeServer, listenOnLoopback } from "../../simulators/http/listen-on-loopback.js";
import type { Fault } from "../../src/core/errors.js";
import { tenantId } from "../../src/core/person.js";
import { entraApp } from "../../src/graph/entra-app.js";
import { callGraph } from "../../src/graph/graph-http.js";
import { goOutBy, outbound } from "../../src/outbound/outbound.js";
import { type ConnectProxy, startConnectProxy } from "./connect-proxy.js";

const DOMAIN = "behind-proxy.test";
const before = getGlobalDispatcher();
let proxy: ConnectProxy;
beforeAll(async () => {
  proxy = await startConnectProxy(DOMAIN);
});
afterEach(() => setGlobalDispatcher(before));
afterAll(() => proxy.close());

describe("fetch, of ours and of libraries", () => {
  it("asks the proxy for an http address without a tunnel, as lists of revoked certificates are", async () => {
    const server = createServer((_, response) => response.end("the list"));
    const { port } = new URL(await listenOnLoopback(server, 0));
    goOutBy(outbound({ https: undefined, http: proxy.url, except: [] }));
    const address = `http://crl.${DOMAIN}:${port}/list.crl`;
    expect(await (await fetch(address)).text()).toBe("the list");
    expect(proxy.asked).toContain(address);
    await closeServer(server);
  });

  it.each([
    ["does not let us in", (url: string) => url.replace("p%40ss", "wrong"), `https://graph.${DOMAIN}`, "407"],
    ["cannot reach the host", (url: string) => url, "https://graph.example", "502"],
  ])("says so when the proxy %s", async (_, change, address, status) => {
    goOutBy(outbound({ https: change(proxy.url), http: undefined, except: [] }));
    const call = callGraph({
      method: "GET",
      url: `${address}/v1.0/users`,
      token: "t",
      clientRequestId: "00000000-0000-4000-8000-000000000000",
      timeoutMs: 20_000,
    });
    const fault = await call.then(
      () => undefined,
      (error: unknown) => error as Fault,
    );
    expect(fault).toMatchObject({ code: "graph-unreachable" });
    expect(fault?.message).toBe(`No answer from Graph: the proxy answered ${status}.`);
  });
});

describe("the agent for libraries with a client of their own", () => {
  it("has a proxy that does not let us in told apart from an Entra that refuses the app", async () => {
    const wrong = proxy.url.replace("p%40ss", "wrong");
    const app = entraApp({
      tenantId: tenantId("bbbbbbbb-0000-4000-8000-000000000001"),
      clientId: "dddddddd-0000-4000-8000-000000000001",
      authorityHost: `https://login.${DOMAIN}`,
      credential: { kind: "secret", secret: "s" },
      agentFor: outbound({ https: wrong, http: undefined, except: [] }).agentFor,
    });
    await expect(app.token("https://graph.microsoft.com/.default")).rejects.toMatchObject({
      code: "entra-unavailable",
      message: "The app could not sign in at Entra (unavailable, the proxy answered 407).",
    });
  });

  it("is none without a proxy, and leads past it where NO_PROXY says so", () => {
    expect(outbound(undefined).agentFor).toBeUndefined();
    const { agentFor } = outbound({ https: proxy.url, http: undefined, except: ["login.example"] });
    const through = agentFor?.("https://teams.example/x");
    expect(agentFor?.("https://other.example")).toBe(through);
    expect(agentFor?.("https://login.example")).not.toBe(through);
    expect(agentFor?.("http://127.0.0.1:1")).not.toBe(through);
  });
});
