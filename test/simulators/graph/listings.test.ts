import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEntra } from "../../../simulators/entra/simulated-entra.js";
import { Listings } from "../../../simulators/graph/odata/listings.js";
import { startGraph } from "../../../simulators/graph/simulated-graph.js";
import { bigTenant, readableKeyholders } from "../../../simulators/tenant/big-tenant.js";
import { testCertificates } from "../../setup/test-certificates.js";
import type { ParsedBody } from "../running-simulators.js";

const REPORT = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
const USERS = "/v1.0/users?$filter=accountEnabled eq true&$select=id,displayName&$top=999";
const has = (method: string) => `methodsRegistered/any(x:x eq '${method}')`;
const PASSKEYS = [
  "fido2SecurityKey",
  "passKeyDeviceBound",
  "passKeyDeviceBoundAuthenticator",
  "passKeyDeviceBoundWindowsHello",
  "passKeySynced",
];
const KEYHOLDERS = `${REPORT}?$filter=${encodeURIComponent(PASSKEYS.map(has).join(" or "))}&$top=999`;

async function bigGraph() {
  const tenant = bigTenant({ people: 30_000 });
  const certificates = await testCertificates();
  const entra = await startEntra({ tenant, certificates });
  const graph = await startGraph({ tenant, entra, certificates, keepRequests: false });
  const { clientId: client_id, clientSecret: client_secret, tenantId } = tenant;
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id,
    client_secret,
    scope: "https://graph.microsoft.com/.default",
  });
  const granted = await fetch(`${entra.url}/${tenantId}/oauth2/v2.0/token`, { method: "POST", body });
  const { access_token } = (await granted.json()) as { access_token: string };
  const get = async (url: string) => {
    const absolute = url.startsWith("https:") ? url : `${graph.url}${url}`;
    const response = await fetch(absolute, { headers: { Authorization: `Bearer ${access_token}` } });
    return { status: response.status, body: (await response.json()) as ParsedBody };
  };
  const close = async () => {
    await graph.close();
    await entra.close();
  };
  return { tenant, graph, get, close };
}

describe("collections of a big tenant", () => {
  let big: Awaited<ReturnType<typeof bigGraph>>;
  beforeAll(async () => {
    big = await bigGraph();
  });
  afterAll(() => big.close());

  async function idsOf(path: string): Promise<string[]> {
    const ids: string[] = [];
    for (let next: string | undefined = path; next !== undefined; ) {
      const { body } = await big.get(next);
      ids.push(...body.value.map((row) => String(row.id)));
      next = body["@odata.nextLink"];
    }
    return ids;
  }

  test("hold everybody who has a passkey, once, by the report", async () => {
    const ids = await idsOf(KEYHOLDERS);
    const expected = [...big.tenant.users.values()].filter(
      (user) => user.accountEnabled && user.passkeys.length > 0,
    );
    expect(ids.toSorted()).toEqual(expected.map((user) => user.id).toSorted());
    expect(readableKeyholders(big.tenant).length).toBeLessThan(expected.length);
  });

  test("hold every enabled account, once, by the directory", async () => {
    const ids = await idsOf(USERS);
    expect(new Set(ids).size).toBe(ids.length);
    const enabled = [...big.tenant.users.values()].filter((user) => user.accountEnabled && !user.deleted);
    expect(ids).toHaveLength(enabled.length);
  });

  test("cost a page what is on it: thirty thousand people come in three hundred pages within seconds", async () => {
    const from = performance.now();
    expect((await idsOf(REPORT)).length).toBeGreaterThan(28_000);
    // Three hundred times everybody would be nine million rows.
    expect(performance.now() - from).toBeLessThan(8_000);
  });

  test("leave nobody out when somebody is deleted between two pages, and look anew when asked anew", async () => {
    big.graph.readings.reportListsDeleted = false;
    const before = await idsOf(KEYHOLDERS);
    const first = await big.get(KEYHOLDERS);
    big.graph.deleteUser(String(first.body.value[3]?.id));
    const second = await big.get(String(first.body["@odata.nextLink"]));
    expect(second.body.value[0]?.id).toBe(before[999]);
    expect(await idsOf(KEYHOLDERS)).toHaveLength(before.length - 1);
  });

  test("take or ignore $top in the report as the reading says", async () => {
    big.graph.readings.reportTop = "refused";
    expect((await big.get(`${REPORT}?$top=999`)).status).toBe(400);
    expect((await big.get(REPORT)).body.value).toHaveLength(100);
    big.graph.readings.reportTop = "ignored";
    expect((await big.get(`${REPORT}?$top=999`)).body.value).toHaveLength(100);
    big.graph.readings.reportTop = "honoured";
    expect((await big.get(`${REPORT}?$top=1000`)).status).toBe(400);
    expect((await big.get(`${REPORT}?$top=999`)).body.value).toHaveLength(999);
  });

  test("are counted, and no request is kept", () => {
    expect(big.graph.requests).toEqual([]);
    expect(big.graph.counts.http).toBeGreaterThan(300);
    expect(big.graph.counts.counted).toBe(big.graph.counts.http);
    big.graph.resetCounts();
    expect(big.graph.counts).toEqual({ http: 0, counted: 0, throttled: 0 });
  });
});

describe("what was found", () => {
  test("is found again when it was forgotten among very many others", () => {
    const listings = new Listings();
    const mine = listings.keep("mine", [1]);
    for (let nth = 0; nth < 200; nth += 1) listings.keep(`other ${nth}`, []);
    expect(listings.resume("mine", mine, () => [2])).toEqual([1]);
    for (let nth = 0; nth < 256; nth += 1) listings.keep(`another ${nth}`, []);
    expect(listings.resume("mine", mine, () => [2])).toEqual([2]);
  });

  test("stays what its own first page found, when that page is asked for again", () => {
    const listings = new Listings();
    const first = listings.keep("mine", ["Ada", "Grace"]);
    const second = listings.keep("mine", ["Grace"]);
    expect(listings.resume("mine", first, () => [])).toEqual(["Ada", "Grace"]);
    expect(listings.resume("mine", second, () => [])).toEqual(["Grace"]);
  });
});
