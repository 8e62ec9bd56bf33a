import { beforeEach, describe, expect, it } from "vitest";
import { personId } from "../../src/core/person.js";
import type { PasskeySource } from "../../src/core/ports/passkey-source.js";
import type { AccountRef } from "../../src/core/scan/inventory.js";
import { passkeySource } from "../../src/graph/passkey-source.js";
import { scriptedAppGraphForEach } from "./scripted-app-graph.js";
import { refuses, type Script, says } from "./scripted-graph.js";

const on = scriptedAppGraphForEach();
let source: PasskeySource;
beforeEach(() => {
  source = passkeySource(on.graph);
});

const account = (n: number): AccountRef => ({ id: personId(`p${n}`), name: `Person ${n}`, isAdmin: false });
const paths = () => on.scripted.received.map(({ path }) => path);
const badRequest = () => refuses(400, "Request_BadRequest");

describe("administrators", () => {
  const row = (n: number, isAdmin: unknown) => ({
    id: `P${n}`,
    userDisplayName: `Person ${n}`,
    isAdmin,
    methodsRegistered: [],
  });

  it("are those the report calls so, whatever else it lists", async () => {
    on.scripted.script(says(200, { value: [row(1, true), row(2, false), row(3, null), 4] }));
    expect(await source.administrators()).toEqual({ people: [{ ...account(1), isAdmin: true }], odd: 1 });
    expect(decodeURIComponent(paths()[0] ?? "")).toContain("$filter=isAdmin eq true&$top=999");
  });

  it("are looked for among all rows where the report takes no such filter", async () => {
    on.scripted.script(badRequest(), badRequest(), badRequest(), says(200, { value: [row(1, true)] }));
    expect((await source.administrators()).people).toHaveLength(1);
    expect(paths().at(-1)).not.toContain("?");
  });
});

describe("reportedKeyholders", () => {
  const REPORT = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
  const row = (n: number, methodsRegistered: string[], more: object = {}) => ({
    id: `P${n}`,
    userDisplayName: `Person ${n}`,
    isAdmin: false,
    methodsRegistered,
    ...more,
  });

  it.each([
    "passKeyDeviceBound",
    "passKeyDeviceBoundAuthenticator",
    "passKeyDeviceBoundWindowsHello",
    "passKeySynced",
    "passKeySomethingNew",
    "fido2",
    "fido2SecurityKey",
    "FIDO",
  ])("counts somebody who registered %s, and says so", async (name) => {
    on.scripted.script(says(200, { value: [row(1, ["email", name])] }));
    expect(await source.reportedKeyholders({})).toEqual({
      people: [account(1)],
      methods: [name],
      rows: 1,
    });
  });

  it("leaves out those without a passkey", async () => {
    const others = ["mobilePhone", "microsoftAuthenticatorPasswordless", "windowsHelloForBusiness"];
    on.scripted.script(says(200, { value: [row(1, others), row(2, [])] }));
    expect(await source.reportedKeyholders({})).toEqual({ people: [], methods: [], rows: 2 });
  });

  it("names each name for passkeys once, however many rows hold it", async () => {
    on.scripted.script(
      says(200, { value: [row(1, ["fido2", "passKeySynced"]), row(2, ["passKeySynced", "email"])] }),
    );
    expect((await source.reportedKeyholders({})).methods).toEqual(["fido2", "passKeySynced"]);
  });

  it("gives one page with the link to the next, and tells who is an administrator", async () => {
    const next = `${on.scripted.url}${REPORT}?$skiptoken=2`;
    on.scripted.script(
      says(200, { value: [row(1, ["fido2"], { isAdmin: true })], "@odata.nextLink": next }),
      says(200, { value: [row(2, ["fido2"], { userDisplayName: null, userPrincipalName: "two@x" })] }),
    );
    expect(await source.reportedKeyholders({})).toEqual({
      people: [{ ...account(1), isAdmin: true }],
      methods: ["fido2"],
      rows: 1,
      next,
    });
    expect(await source.reportedKeyholders({ next, methods: ["fido2"] })).toEqual({
      people: [{ ...account(2), name: "two@x" }],
      methods: ["fido2"],
    });
    expect(paths()).toEqual([`${REPORT}?$top=999`, `${REPORT}?$skiptoken=2`]);
  });

  it("asks without a number of rows where the report takes none", async () => {
    on.scripted.script(badRequest(), says(200, { value: [row(1, ["fido2"])] }));
    expect((await source.reportedKeyholders({})).people).toEqual([account(1)]);
    expect(paths()).toEqual([`${REPORT}?$top=999`, REPORT]);
  });

  it("asks for the names known only, where the report can do that", async () => {
    on.scripted.script(says(200, { value: [] }));
    await source.reportedKeyholders({ methods: ["fido2", "o'key"] });
    expect(paths()).toEqual([
      `${REPORT}?$filter=methodsRegistered/any(x:x eq 'fido2') or methodsRegistered/any(x:x eq 'o''key')&$top=999`,
    ]);
  });

  it("looks at every row where the report does not take that question", async () => {
    on.scripted.script(badRequest(), badRequest(), says(200, { value: [row(1, ["fido2"]), row(2, [])] }));
    const { people } = await source.reportedKeyholders({ methods: ["fido2", "passKeySynced"] });
    expect(people).toEqual([account(1)]);
    expect(paths().slice(1)).toEqual([`${REPORT}?$top=999`, REPORT]);
  });

  it.each([
    [400, "graph-bad-request", 2],
    [403, "graph-denied", 1],
    [429, "graph-throttled", 1],
    [503, "graph-unavailable", 1],
  ])("fails after %i, and puts another question only where that may help", async (status, code, times) => {
    const no = refuses(status, "no", { "retry-after": "7" });
    on.scripted.script(no, no, no);
    await expect(source.reportedKeyholders({})).rejects.toMatchObject({ code, retryAfterSeconds: 7 });
    expect(on.scripted.received).toHaveLength(times);
    expect(on.clock.slept).toEqual([]);
  });

  it("says that a link to a page is no longer good, and does not start over by itself", async () => {
    on.scripted.script(badRequest());
    const next = `${on.scripted.url}${REPORT}?$skiptoken=old`;
    await expect(source.reportedKeyholders({ next })).rejects.toMatchObject({ code: "graph-bad-request" });
    expect(on.scripted.received).toHaveLength(1);
  });

  it("says when the tenant has no licence for the report", async () => {
    on.scripted.script(refuses(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"));
    await expect(source.reportedKeyholders({})).rejects.toMatchObject({ code: "graph-no-licence" });
  });

  it("asks about a person of whom a row does not say what is registered", async () => {
    const rows = [{ id: "P1" }, { id: "P2", methodsRegistered: "fido2", isAdmin: "yes" }];
    on.scripted.script(says(200, { value: rows }));
    const people = ["p1", "p2"].map((id) => ({ id, name: id.toUpperCase(), isAdmin: false }));
    expect(await source.reportedKeyholders({})).toEqual({ people, methods: [], rows: 2 });
  });

  it("counts rows that name no person, and loses none of the others by them", async () => {
    const row = { id: "P1", methodsRegistered: ["passKeyDeviceBound"] };
    on.scripted.script(says(200, { value: [null, { ...row, id: 7 }, row, "text", {}] }));
    expect(await source.reportedKeyholders({})).toMatchObject({ people: [{ id: "p1" }], odd: 4 });
    on.scripted.script(says(200, { value: [null, { id: "P1" }] }));
    expect(await source.enabledAccounts()).toMatchObject({ people: [{ id: "p1" }], odd: 1 });
  });
});

describe("enabledAccounts", () => {
  it("asks for enabled accounts only, as many at a time as Graph gives, page by page", async () => {
    const next = `${on.scripted.url}/v1.0/users?$skiptoken=2`;
    on.scripted.script(
      says(200, { value: [{ id: "P1", displayName: "Person 1" }, { id: "P2" }], "@odata.nextLink": next }),
      says(200, { value: [{ id: "P3", displayName: "Person 3" }] }),
    );
    expect(await source.enabledAccounts()).toEqual({
      people: [account(1), { ...account(2), name: "P2" }],
      next,
    });
    expect(await source.enabledAccounts(next)).toEqual({ people: [account(3)] });
    expect(paths()).toEqual([
      "/v1.0/users?$filter=accountEnabled eq true&$select=id,displayName,userPrincipalName,userType&$top=999",
      "/v1.0/users?$skiptoken=2",
    ]);
  });
});

describe("countAccounts", () => {
  it("counts the enabled, the disabled and the guests by Graph's index, for which the header is needed", async () => {
    on.scripted.script(says(200, "4900"), says(200, "12"), says(200, "300"));
    const { enabled, disabled, guests } = await source.countAccounts();
    expect([enabled, disabled, guests].sort()).toEqual([12, 300, 4900]);
    expect(on.scripted.received.map(({ path }) => path).sort()).toEqual([
      "/v1.0/users/$count?$filter=accountEnabled eq false",
      "/v1.0/users/$count?$filter=accountEnabled eq true",
      "/v1.0/users/$count?$filter=accountEnabled eq true and userType eq 'Guest'",
    ]);
    expect(on.scripted.received.map(({ headers }) => headers.consistencylevel)).toEqual([
      "eventual",
      "eventual",
      "eventual",
    ]);
  });

  it("counts everybody where Graph does not count guests", async () => {
    const badRequest = says(400, { error: { code: "Request_UnsupportedQuery", message: "no" } });
    const counts: Script = (response, got) =>
      (got.path.includes("Guest") ? badRequest : says(200, "7"))(response, got);
    on.scripted.script(counts, counts, counts);
    expect(await source.countAccounts()).toEqual({ enabled: 7, disabled: 7 });
  });

  it.each(['"many"', "-1", "{}"])("refuses %s, which is no number of accounts", async (answer) => {
    on.scripted.script(says(200, answer), says(200, answer), says(200, answer));
    await expect(source.countAccounts()).rejects.toMatchObject({ code: "graph-unreadable" });
  });
});
