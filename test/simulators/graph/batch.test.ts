import { describe, expect, test } from "vitest";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import type { ParsedBody } from "../running-simulators.js";
import { sharedSimulators } from "./shared-simulators.js";

interface ItemAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ParsedBody;
}
const { ada, grace, emmy } = SAMPLE_PEOPLE;
const shared = sharedSimulators();
const passkeys = (id: string) => `/users/${id}/authentication/fido2Methods`;

async function post(body: unknown) {
  const response = await fetch(`${shared().graph.url}/v1.0/$batch`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${shared().app}`,
      "Content-Type": "application/json",
      "client-request-id": "11111111-2222-4333-8444-555555555555",
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { responses: ItemAnswer[] };
  return { status: response.status, headers: response.headers, responses: answer.responses };
}
const gets = (...urls: string[]) => ({
  requests: urls.map((url, at) => ({ id: String(at + 1), method: "GET", url })),
});
const statuses = (responses: readonly ItemAnswer[]) =>
  Object.fromEntries(responses.map(({ id, status }) => [id, status]));

describe("$batch", () => {
  test("answers each item by itself, not in the order asked", async () => {
    const { status, responses } = await post(
      gets(passkeys(ada.id), passkeys("11111111-2222-4333-8444-555555555555"), "users", "/groups"),
    );
    expect(status).toBe(200);
    expect(statuses(responses)).toEqual({ 1: 200, 2: 404, 3: 200, 4: 200 });
    expect(responses.map(({ id }) => id)).not.toEqual(["1", "2", "3", "4"]);
    expect(responses.find(({ id }) => id === "1")?.body.value).toHaveLength(1);
  });

  test("carries links to further pages inside", async () => {
    const { responses } = await post(gets(passkeys(emmy.id)));
    const next = responses[0]?.body["@odata.nextLink"];
    expect((await shared().get(String(next), shared().app)).body.value).toHaveLength(2);
  });

  test("takes twenty, and no more", async () => {
    const twenty = Array.from({ length: 20 }, () => passkeys(ada.id));
    expect((await post(gets(...twenty))).responses).toHaveLength(20);
    expect((await post(gets(...twenty, passkeys(ada.id)))).status).toBe(400);
  });

  test.each([
    ["no requests", {}],
    ["an item that is none", { requests: ["GET"] }],
    ["an item without id", { requests: [{ method: "GET", url: "/users" }] }],
    ["an item without method", { requests: [{ id: "1", url: "/users" }] }],
    [
      "the same id twice, in another case",
      {
        requests: [
          { id: "a", method: "GET", url: "/users" },
          { id: "A", method: "GET", url: "/users" },
        ],
      },
    ],
    [
      "an absolute url",
      { requests: [{ id: "1", method: "GET", url: "https://graph.microsoft.com/v1.0/users" }] },
    ],
  ])("refuses %s", async (_, body) => {
    expect((await post(body)).status).toBe(400);
  });

  test("holds no batch, and no body without its type", async () => {
    const { responses } = await post({
      requests: [
        { id: "1", method: "POST", url: "/$batch" },
        { id: "2", method: "PATCH", url: "/users", body: {} },
        {
          id: "3",
          method: "PATCH",
          url: "/users",
          body: {},
          headers: { "Content-Type": "application/json" },
        },
      ],
    });
    expect(statuses(responses)).toEqual({ 1: 400, 2: 400, 3: 405 });
  });

  test("answers 424 for what depended on a failure", async () => {
    const { responses } = await post({
      requests: [
        { id: "1", method: "GET", url: "/users/nobody" },
        { id: "2", method: "GET", url: "/groups", dependsOn: ["1"] },
        { id: "3", method: "GET", url: "/groups", dependsOn: ["2"] },
      ],
    });
    expect(statuses(responses)).toEqual({ 1: 404, 2: 424, 3: 424 });
  });

  test("keeps a record of each item under its batch", async () => {
    const from = shared().graph.requests.length;
    await post(gets(passkeys(ada.id), passkeys(grace.id)));
    const [batch, ...items] = shared().graph.requests.slice(from);
    expect(batch).toMatchObject({
      method: "POST",
      path: "/v1.0/$batch",
      status: 200,
      clientRequestId: "11111111-2222-4333-8444-555555555555",
    });
    expect(items.map(({ path, batch: of, status }) => ({ path, of, status }))).toEqual([
      { path: `/v1.0${passkeys(ada.id)}`, of: batch?.requestId, status: 200 },
      { path: `/v1.0${passkeys(grace.id)}`, of: batch?.requestId, status: 200 },
    ]);
  });

  test("lets one item be throttled, fail, or go missing", async () => {
    const { faults } = shared().graph;
    faults.next({ inBatch: true, path: ada.id, status: 429, retryAfter: 7 });
    faults.next({ inBatch: true, path: grace.id, omit: true });
    faults.next({ inBatch: true, path: emmy.id, body: { value: "not a list" } });
    const { status, responses } = await post(
      gets(...[ada, grace, emmy].map((one) => passkeys(one.id)), "users"),
    );
    expect(status).toBe(200);
    expect(statuses(responses)).toEqual({ 1: 429, 3: 200, 4: 200 });
    expect(responses.find(({ id }) => id === "1")).toMatchObject({
      headers: { "Retry-After": "7" },
      body: { error: { code: "TooManyRequests" } },
    });
    expect(responses.find(({ id }) => id === "3")?.body.value).toBe("not a list");
    expect(faults.pending).toEqual([]);
  });

  test("an item has no connection that could be cut", () => {
    expect(() => shared().graph.faults.next({ inBatch: true, drop: "before" })).toThrow("$batch");
  });

  test("a fault for the batch spares its items, one for connections strikes the batch", async () => {
    shared().graph.faults.next({ path: /\$batch/, status: 503 });
    expect((await post(gets("users"))).status).toBe(503);
    shared().graph.faults.next({ drop: "after" });
    await expect(post(gets("users"))).rejects.toThrow("fetch failed");
  });
});
