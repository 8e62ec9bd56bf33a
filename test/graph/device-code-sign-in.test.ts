import { afterEach, describe, expect, it } from "vitest";
import { GRAPH_COMMAND_LINE } from "../../simulators/entra/device-codes.js";
import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import { SAMPLE_PEOPLE, sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import { tenantId } from "../../src/core/person.js";
import { DelegatedToken } from "../../src/graph/delegated-token.js";
import { deviceCodeSignIn } from "../../src/graph/device-code-sign-in.js";
import { testCertificates } from "../setup/test-certificates.js";

const WRITE = ["https://graph.microsoft.com/Policy.ReadWrite.AuthenticationMethod"];

let entra: SimulatedEntra;
afterEach(() => entra.close());

interface Setting {
  /** What a person does with the code. */
  readonly person?: (userCode: string) => void;
  readonly lifeSeconds?: number;
  readonly intervalSeconds?: number;
  readonly clientId?: string;
  readonly tenant?: string;
}

async function signIn({ person, clientId, tenant: named, ...deviceCode }: Setting = {}) {
  const tenant = sampleTenant();
  entra = await startEntra({
    tenant,
    certificates: await testCertificates(),
    deviceCode: { intervalSeconds: 1, ...deviceCode },
  });
  const said: string[] = [];
  const signedIn = deviceCodeSignIn({
    tenantId: tenantId(named ?? tenant.tenantId),
    clientId: clientId ?? GRAPH_COMMAND_LINE.clientId,
    authorityHost: entra.url,
    scopes: WRITE,
    onCode: (message) => {
      said.push(message);
      const [userCode = ""] = entra.deviceCodes.pending;
      expect(message).toContain(userCode);
      person?.(userCode);
    },
  });
  return { said, signedIn, tenant };
}

const grace = (userCode: string) => entra.deviceCodes.approve(userCode, SAMPLE_PEOPLE.grace.id);

describe("a sign-in on another device", () => {
  it("shows the code once, and gives a token in the person's name that it keeps", async () => {
    const { said, signedIn } = await signIn({ person: grace });
    const token = await signedIn.token();
    if (!(token instanceof DelegatedToken)) throw new Error(JSON.stringify(token));
    expect(await entra.verify(token.reveal())).toMatchObject({ oid: SAMPLE_PEOPLE.grace.id });
    const again = await signedIn.token();
    expect(again instanceof DelegatedToken && again.reveal()).toBe(token.reveal());
    expect(said).toHaveLength(1);
  });

  it("waits while the person is on the way, as often as Entra wants", async () => {
    const { signedIn } = await signIn();
    const token = signedIn.token();
    await expect.poll(() => entra.tokenRequests.length).toBeGreaterThan(0);
    grace(entra.deviceCodes.pending[0] ?? "");
    expect(await token).toBeInstanceOf(DelegatedToken);
    expect(entra.tokenRequests.filter(({ result }) => result !== "granted")).not.toHaveLength(0);
  });

  it.each<[string, Setting]>([
    ["declined", { person: (code) => entra.deviceCodes.decline(code) }],
    ["expired", { person: (code) => entra.deviceCodes.expire(code) }],
    ["expired", { lifeSeconds: 0, intervalSeconds: 2 }],
    ["unknown-app", { clientId: "11111111-2222-3333-4444-555555555555" }],
    ["unknown-tenant", { tenant: "11111111-2222-3333-4444-555555555555" }],
  ])("says %s when that is how it ended", async (problem, setting) => {
    const { signedIn } = await signIn(setting);
    expect(await signedIn.token()).toMatchObject({ kind: "sign-in-failed", problem });
  });

  it("tells what an administrator has to see to: consent, Conditional Access, the app registration", async () => {
    const { signedIn, tenant } = await signIn({ person: grace });
    tenant.consents.delegated.clear();
    expect(await signedIn.token()).toMatchObject({
      problem: "consent-missing",
      entraCode: "AADSTS65001",
    });
    entra.signInRules.always = "blocked";
    expect(await signedIn.token()).toMatchObject({ problem: "conditional-access" });
    await entra.close();
    const own = await signIn({ person: grace, clientId: tenant.clientId });
    expect(await own.signedIn.token()).toMatchObject({ problem: "not-a-public-client" });
  });

  it("tells an Entra that cannot be reached, and one that wants to be asked less often", async () => {
    const away = await signIn({ person: grace });
    entra.faults.set("temporarilyUnavailable", { grant: "device_code" });
    expect(await away.signedIn.token()).toMatchObject({ problem: "unavailable" });
    await entra.close();
    const { signedIn } = await signIn({ person: grace });
    entra.faults.rewrite = () => ({ text: JSON.stringify({ error: "slow_down" }), status: 400 });
    expect(await signedIn.token()).toMatchObject({ problem: "slow-down" });
  });
});
