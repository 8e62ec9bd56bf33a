import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PolicyWriter } from "../../src/core/ports/acting.js";
import { actAs } from "../../src/graph/policy-writer.js";
import { breaksOff, drops, refuses, type ScriptedGraph, says, scriptedGraph } from "./scripted-graph.js";
import { GRAPH_AUDIENCE, SAMPLE_PEOPLE, type SimulatedSignIn, simulatedSignIn } from "./simulated-sign-in.js";

const BODY = { "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration", state: "enabled" };
const approver = SAMPLE_PEOPLE.grace.id;

let signIn: SimulatedSignIn;
let graph: ScriptedGraph;
beforeAll(async () => {
  signIn = await simulatedSignIn();
});
afterAll(() => signIn.entra.close());
beforeEach(async () => {
  graph = await scriptedGraph();
});
afterEach(() => graph.close());

function actor() {
  return actAs({ app: signIn.app, graphUrl: graph.url, graphAudience: GRAPH_AUDIENCE });
}

async function writer(): Promise<PolicyWriter> {
  const result = await actor().onBehalfOf(await signIn.assertionOf(approver));
  if (result.kind !== "signed-in") throw new Error(result.problem);
  return result.writer;
}

describe("acting on behalf of a person", () => {
  it("asks Entra for the two scopes it needs, for Graph wherever Graph is, before anything is sent there", async () => {
    await writer();
    const asked = signIn.entra.tokenRequests.at(-1);
    expect(asked).toMatchObject({ grant: "on_behalf_of", person: approver, result: "granted" });
    const scopes = asked?.scope.split(" ").filter((scope) => scope.startsWith(GRAPH_AUDIENCE));
    expect(scopes).toEqual([
      `${GRAPH_AUDIENCE}/Policy.ReadWrite.AuthenticationMethod`,
      `${GRAPH_AUDIENCE}/User.Read`,
    ]);
    expect(graph.received).toEqual([]);
  });

  it("fails with the problem and Entra's code, and gives no writer", async () => {
    const clear = signIn.entra.faults.set("consentMissing");
    const result = await actor().onBehalfOf(await signIn.assertionOf(approver));
    clear();
    expect(result).toEqual({
      kind: "sign-in-failed",
      problem: "consent-missing",
      entraCode: "AADSTS65001",
    });
  });
});

describe("the write", () => {
  it("says when its rights end", async () => {
    const { rightsEnd = "" } = await writer();
    const inMinutes = (Date.parse(rightsEnd) - Date.now()) / 60_000;
    expect(inMinutes).toBeGreaterThan(30);
    expect(inMinutes).toBeLessThan(120);
  });

  it("goes below the path of a proxy in front of Graph", async () => {
    graph.script(says(204, ""));
    const options = { app: signIn.app, graphUrl: `${graph.url}/proxy/`, graphAudience: GRAPH_AUDIENCE };
    const result = await actAs(options).onBehalfOf(await signIn.assertionOf(approver));
    if (result.kind !== "signed-in") throw new Error(result.problem);
    await result.writer.patchPolicy(BODY, "11111111-1111-4111-8111-111111111111");
    expect(graph.received[0]?.path).toMatch(/^\/proxy\/v1\.0\/policies\//);
  });

  it("is one PATCH with the person's own token, the id given for it, and the body as the core made it", async () => {
    graph.script(says(204, ""));
    const { patchPolicy } = await writer();
    const exchanges = signIn.entra.tokenRequests.length;
    expect(await patchPolicy(BODY, "11111111-2222-4333-8444-555555555555")).toEqual({
      kind: "accepted",
      requestId: "r-1",
    });
    const [request, ...others] = graph.received;
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      method: "PATCH",
      path: "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2",
      headers: {
        "client-request-id": "11111111-2222-4333-8444-555555555555",
        "content-type": "application/json",
      },
      body: JSON.stringify(BODY),
    });
    const token = request?.headers.authorization?.replace("Bearer ", "") ?? "";
    expect(await signIn.entra.verify(token)).toMatchObject({ oid: approver });
    expect(signIn.entra.tokenRequests).toHaveLength(exchanges);
  });

  it.each([
    ["200 with a body", says(200, { id: "Fido2" })],
    ["200 with something unreadable", says(200, "<html>")],
    ["200 that breaks off", breaksOff(200)],
    ["204", says(204, "")],
  ])("was accepted when Graph says %s", async (_, script) => {
    graph.script(script);
    expect(await (await writer()).patchPolicy(BODY, "c-1")).toEqual({ kind: "accepted", requestId: "r-1" });
  });

  it.each([400, 401, 403, 404, 405, 409, 412, 413, 423, 429, 503])(
    "was declined when Graph says %i, with its words, and is not repeated",
    async (status) => {
      graph.script(refuses(status, "Some_Code", { "retry-after": "21" }));
      expect(await (await writer()).patchPolicy(BODY, "c-1")).toEqual({
        kind: "declined",
        status,
        code: "Some_Code",
        message: "said Some_Code",
        requestId: "r-1",
        retryAfterSeconds: 21,
      });
      expect(graph.received).toHaveLength(1);
    },
  );

  it.each([500, 502, 504, 307])(
    "may have happened when Graph says %i, and is not repeated",
    async (status) => {
      graph.script(refuses(status, "Some_Code", { location: "/v1.0/elsewhere" }));
      expect(await (await writer()).patchPolicy(BODY, "c-1")).toEqual({
        kind: "unclear",
        why: `Graph said ${status} Some_Code`,
        requestId: "r-1",
      });
      expect(graph.received).toHaveLength(1);
    },
  );

  it("never sends the word that Graph says in place of others", async () => {
    const { patchPolicy } = await writer();
    const [id, hidden] = ["11111111-2222-4333-8444-555555555555", "deviceBound,unknownFutureValue"];
    const body = { ...BODY, passkeyProfiles: [{ name: "x", passkeyTypes: hidden }] };
    await expect(patchPolicy(body, id)).rejects.toThrow("a word is sent that stands for others");
    expect(graph.received).toEqual([]);
  });

  it("may have happened when the connection drops, and is not repeated", async () => {
    graph.script(drops);
    const result = await (await writer()).patchPolicy(BODY, "c-1");
    expect(result).toEqual({ kind: "unclear", why: expect.stringContaining("No answer from Graph") });
    expect(graph.received).toHaveLength(1);
  });

  it("keeps the status even when the words of a refusal break off", async () => {
    graph.script(breaksOff(403));
    expect(await (await writer()).patchPolicy(BODY, "c-1")).toMatchObject({ kind: "declined", status: 403 });
  });

  it.each([{ state: "enabled" }, { "@odata.type": "#microsoft.graph.somethingElse" }])(
    "is not sent with a body that does not say what it is (%j)",
    async (body) => {
      await expect((await writer()).patchPolicy(body as never, "c-1")).rejects.toThrow("@odata.type");
      expect(graph.received).toEqual([]);
    },
  );
});
