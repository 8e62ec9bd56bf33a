import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { EntraFault } from "../../../simulators/entra/entra-faults.js";
import type { SsoTokenOptions } from "../../../simulators/entra/person-tokens.js";
import { ROLE } from "../../../simulators/tenant/directory-roles.js";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import { onBehalfOf, type RunningSimulators, runSimulators } from "../running-simulators.js";

const { grace, alan } = SAMPLE_PEOPLE;
const GRAPH = "https://graph.microsoft.com";
let simulators: RunningSimulators;
beforeAll(async () => {
  simulators = await runSimulators();
});
afterEach(() => simulators.entra.faults.clear());
afterAll(() => simulators.close());

const exchange = async (options: SsoTokenOptions = {}, scope?: string) =>
  simulators.askForToken(onBehalfOf(await simulators.entra.issueSsoToken(grace.id, options), scope));

describe("acting on behalf of a person", () => {
  test.each(["v1", "v2"] as const)(
    "exchanges a %s single sign-on token for a delegated one",
    async (version) => {
      const { status, body } = await exchange({ version });
      expect(status).toBe(200);
      expect(body.scope).toBe("Policy.ReadWrite.AuthenticationMethod User.Read");
      expect(await simulators.entra.verify(String(body.access_token))).toMatchObject({
        aud: GRAPH,
        oid: grace.id,
        tid: simulators.tenant.tenantId,
        scp: "Policy.ReadWrite.AuthenticationMethod User.Read",
        wids: [ROLE.authenticationPolicyAdministrator],
        idtyp: "user",
      });
      expect(body).not.toHaveProperty("refresh_token");
    },
  );

  test("grants all that was consented for .default, and a refresh token only when asked", async () => {
    const { body } = await exchange({}, `${GRAPH}/.default openid offline_access`);
    expect(String(body.scope).split(" ").sort()).toEqual([...simulators.tenant.consents.delegated].sort());
    expect(simulators.entra.issued).toContain(body.refresh_token);
  });

  test.each<[string, SsoTokenOptions, number]>([
    ["an expired token", { expiresIn: -60 }, 500133],
    ["a token not valid yet", { validFrom: 600 }, 500133],
    ["a token signed by a stranger", { signing: "forged" }, 50013],
    ["a token of an unknown key", { signing: "unknown-key" }, 50013],
    ["an unsigned token", { signing: "none" }, 50013],
    ["a token signed with the public key", { signing: "HS256" }, 50013],
    ["a token for another app", { audience: "api://someone-else" }, 500131],
    ["a token of another tenant", { tenantId: "11111111-2222-4333-8444-555555555555" }, 50020],
    ["a token without a scope", { claims: { scp: undefined } }, 50013],
    ["an application's token", { claims: { idtyp: "app" } }, 50013],
    ["a token of nobody here", { oid: "11111111-2222-4333-8444-555555555555" }, 50034],
  ])("refuses %s", async (_, options, code) => {
    const { status, body } = await exchange(options);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: "invalid_grant", error_codes: [code] });
  });

  test("refuses a disabled person", async () => {
    const user = simulators.tenant.users.get(grace.id);
    Object.assign(user ?? {}, { accountEnabled: false });
    expect((await exchange()).body.error_codes).toEqual([50057]);
    Object.assign(user ?? {}, { accountEnabled: true });
  });

  test("refuses a permission nobody consented to", async () => {
    const { body } = await exchange({}, `${GRAPH}/User.ReadWrite.All`);
    expect(body).toMatchObject({
      error: "invalid_grant",
      suberror: "consent_required",
      error_codes: [65001],
    });
    simulators.tenant.consents.delegated.delete("User.Read");
    expect((await exchange()).body.error_codes).toEqual([65001]);
    simulators.tenant.consents.delegated.add("User.Read");
  });

  test("refuses a resource that is not Graph, and a request without the on-behalf-of mark", async () => {
    expect((await exchange({}, "https://vault.azure.net/.default")).body.error_codes).toEqual([500011]);
    const form = onBehalfOf(await simulators.entra.issueSsoToken(grace.id));
    delete form.requested_token_use;
    expect((await simulators.askForToken(form)).body.error_codes).toEqual([900144]);
  });
});

describe("faults on demand", () => {
  test.each<[EntraFault, number, string]>([
    ["consentMissing", 65001, "invalid_grant"],
    ["consentDeclined", 65004, "access_denied"],
    ["mfaRequired", 50076, "interaction_required"],
    ["mfaEnrolmentRequired", 50079, "interaction_required"],
    ["externalChallenge", 50158, "interaction_required"],
    ["conditionalAccess", 53003, "interaction_required"],
    ["deviceNotCompliant", 53000, "interaction_required"],
    ["expiredAssertion", 500133, "invalid_grant"],
    ["badAssertion", 50013, "invalid_grant"],
    ["sessionRevoked", 50173, "invalid_grant"],
    ["wrongSecret", 7000215, "invalid_client"],
    ["appNotFound", 700016, "unauthorized_client"],
    ["resourceNotFound", 500011, "invalid_resource"],
    ["temporarilyUnavailable", 90033, "temporarily_unavailable"],
  ])("%s is answered as AADSTS%i", async (fault, code, error) => {
    simulators.entra.faults.set(fault);
    expect((await exchange()).body).toMatchObject({ error, error_codes: [code] });
    simulators.entra.faults.clear(fault);
    expect((await exchange()).status).toBe(200);
  });

  test("a challenge carries the claims to take to an interactive sign-in", async () => {
    simulators.entra.faults.set("mfaRequired");
    const { body } = await exchange();
    expect(JSON.parse(String(body.claims))).toHaveProperty("access_token.polids.essential", true);
  });

  test("strike one person, so many times, or one resource", async () => {
    const { faults } = simulators.entra;
    faults.set("mfaRequired", { person: alan.id });
    expect((await exchange()).status).toBe(200);
    const alans = onBehalfOf(await simulators.entra.issueSsoToken(alan.id));
    expect((await simulators.askForToken(alans)).body.error_codes).toEqual([50076]);
    faults.set("temporarilyUnavailable", { times: 1 });
    expect((await exchange()).status).toBe(503);
    expect((await exchange()).status).toBe(200);
    faults.set("wrongSecret", { resource: GRAPH, grant: "client_credentials" });
    await expect(simulators.appToken()).rejects.toThrow("AADSTS7000215");
    expect((await exchange()).status).toBe(200);
  });

  test("what concerns a person leaves the app's own sign-in alone", async () => {
    simulators.entra.faults.set("consentMissing");
    await expect(simulators.appToken()).resolves.toContain(".");
  });

  test("are taken back by what set them", async () => {
    const takeBack = simulators.entra.faults.set("conditionalAccess");
    takeBack();
    expect((await exchange()).status).toBe(200);
  });

  test("spoil the connection or the answer", async () => {
    simulators.entra.faults.set("drop", { times: 1 });
    await expect(exchange()).rejects.toThrow("fetch failed");
    simulators.entra.faults.set("garbage", { times: 1 });
    await expect(exchange()).rejects.toThrow("JSON");
  });

  test("a request in silence ends when Entra closes", async () => {
    const other = await runSimulators();
    other.entra.faults.set("silence", { times: 1 });
    const answer = other.appToken().then(
      () => "answered",
      () => "cut off",
    );
    const first = await Promise.race([answer, new Promise((done) => setTimeout(done, 100, "silence"))]);
    expect(first).toBe("silence");
    await other.close();
    expect(await answer).toBe("cut off");
  });

  test("consent missing can be called either way", async () => {
    const other = await runSimulators({ entra: { readings: { consentError: "interaction_required" } } });
    other.entra.faults.set("consentMissing");
    const form = onBehalfOf(await other.entra.issueSsoToken(grace.id));
    expect((await other.askForToken(form)).body).toMatchObject({
      error: "interaction_required",
      error_codes: [65001],
    });
    await other.close();
  });
});
