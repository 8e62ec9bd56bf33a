import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import { type SimulatedGraph, startGraph } from "../../simulators/graph/simulated-graph.js";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { SAMPLE_POLICY_NAMES, samplePolicy } from "../../simulators/tenant/sample-policies.js";
import { SAMPLE_PEOPLE, sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import type { SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import { policyInWords } from "../../src/sandbox/page/policy-in-words.js";
import { startTenantPage, type TenantPage } from "../../src/sandbox/page/tenant-page.js";
import type { TenantState } from "../../src/sandbox/page/tenant-state.js";
import { testCertificates } from "../setup/test-certificates.js";

let tenant: SimulatedTenant;
let entra: SimulatedEntra;
let graph: SimulatedGraph;
let page: TenantPage;

beforeEach(async () => {
  const certificates = await testCertificates();
  tenant = sampleTenant({ people: 0 });
  entra = await startEntra({ tenant, certificates });
  graph = await startGraph({ tenant, entra, certificates });
  page = await startTenantPage({ tenant, entra, graph, port: 0 });
});
afterEach(() => Promise.all([page.close(), graph.close(), entra.close()]));

const state = async () => (await (await fetch(`${page.url}/state`)).json()) as TenantState;
const press = (button: string, type = "application/json") =>
  fetch(`${page.url}/press`, {
    method: "POST",
    headers: { "Content-Type": type },
    body: JSON.stringify({ button }),
  });

describe("the tenant page", () => {
  test("loads nothing from elsewhere and runs no script but its own", async () => {
    const response = await fetch(page.url);
    expect(response.headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
    );
    const html = await response.text();
    expect(html).not.toMatch(/(?:src|href)="(?!\/page)/);
    const script = await (await fetch(`${page.url}/page.js`)).text();
    expect(script).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/);
  });

  test("shows who changed the policy, and what", async () => {
    graph.portalEdit(SAMPLE_PEOPLE.katherine.id, (policy) => {
      policy.state = "enabled";
    });
    const { enabled, audits, words } = await state();
    expect(enabled).toBe(true);
    expect(words.facts[0]).toBe("Passkeys are on.");
    expect(audits[0]).toMatchObject({ who: "Katherine Johnson", changes: ['state: "disabled" → "enabled"'] });
  });

  test("shows the requests with who made them, refused ones included", async () => {
    const path = "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";
    await fetch(`${graph.url}${path}`);
    const { requests } = await state();
    expect(requests[0]).toMatchObject({ who: "no valid token", method: "GET", status: "401", failed: true });
  });

  test("tells its viewers of a change as it happens", async () => {
    const response = await fetch(`${page.url}/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader?.read())?.value ?? "";
    graph.portalEdit("microsoft", (policy) => {
      policy.state = "enabled";
    });
    while (!text.includes('"enabled":true')) text += (await reader?.read())?.value ?? "";
    await reader?.cancel();
  });
});

describe("its buttons", () => {
  test("all do something, and a name that is none is 404", async () => {
    const names = (await state()).world.flatMap(({ buttons }) => buttons.map(({ name }) => name));
    expect(names).toContain("write/no-effect");
    for (const name of names) expect((await press(name)).status).toBe(200);
    expect((await press("write/everything")).status).toBe(404);
  });

  test("edit the policy in somebody's name", async () => {
    const portal = (await state()).world.find(({ title }) => /in the portal/.test(title));
    expect(portal?.hint).toContain("Say “drift” in a window");
    await press("portal/selfService");
    expect(tenant.policy.isSelfServiceRegistrationAllowed).toBe(true);
    expect((await state()).audits[0]?.who).toBe("Katherine Johnson");
  });

  test.each(SAMPLE_POLICY_NAMES)("put the policy %s in place of the one there is", async (name) => {
    await press(`preset/${name}`);
    expect(tenant.policy).toEqual(samplePolicy(name));
  });

  test("arm a fault for the next write, say so, and take it back", async () => {
    const hint = async () => (await state()).world.find(({ title }) => /next write/.test(title))?.hint;
    await press("write/no-effect");
    expect(graph.faults.pending).toMatchObject([{ method: "PATCH", noEffect: true }]);
    expect(await hint()).toContain("1 waiting");
    await press("write/clear");
    expect(await hint()).toContain("0 waiting");
  });

  test("are switches where something lasts", async () => {
    const consent = async () =>
      (await state()).world.flatMap(({ buttons }) => buttons).find(({ name }) => name === "grace/consent")
        ?.on;
    expect(await consent()).toBe(false);
    await press("grace/consent");
    expect(await consent()).toBe(true);
    await press("grace/consent");
    expect(await consent()).toBe(false);
  });

  test("cannot be pressed by a form on a web page elsewhere", async () => {
    expect((await press("portal/state", "text/plain")).status).toBe(415);
    expect(tenant.audits).toEqual([]);
  });
});

describe("the policy in words", () => {
  test.each([
    ["legacy-open", "Any model may be used: a list of 1 model is there and not enforced."],
    ["legacy-block", "Every model may be used but 2 models."],
    ["legacy-allow", "Only 3 models may be used."],
    ["profiles-open", "Any model may be used."],
  ] as const)("%s", (name, expected) => {
    expect(policyInWords(samplePolicy(name), tenant).rules[0]?.facts[0]).toBe(expected);
  });

  test("names models as the bot does, with the firmware where models of one name differ by it", () => {
    const policy = samplePolicy("legacy-allow");
    const keyRestrictions = {
      ...policy.keyRestrictions,
      aaGuids: [MODEL.yubikey5Nfc57.aaguid.toUpperCase()],
    };
    expect(policyInWords({ ...policy, keyRestrictions }, tenant).rules[0]?.models).toEqual([
      `YubiKey 5 Series with NFC (firmware 5.7) · ${MODEL.yubikey5Nfc57.aaguid}`,
    ]);
  });

  test("names the profiles of each target", () => {
    expect(policyInWords(samplePolicy("profiles"), tenant).facts).toContain(
      "For: everybody (Default passkey profile); Pilot (Default passkey profile, Synced).",
    );
  });
});
