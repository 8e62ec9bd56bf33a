import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserAssertion } from "../../src/core/person.js";
import { DelegatedToken } from "../../src/graph/delegated-token.js";
import { registeredCertificate } from "./registered-certificate.js";
import { GRAPH_AUDIENCE, SAMPLE_PEOPLE, type SimulatedSignIn, simulatedSignIn } from "./simulated-sign-in.js";

const WRITE = [`${GRAPH_AUDIENCE}/Policy.ReadWrite.AuthenticationMethod`, `${GRAPH_AUDIENCE}/User.Read`];

let signIn: SimulatedSignIn;
beforeEach(async () => {
  signIn = await simulatedSignIn();
});
afterEach(() => signIn.entra.close());

describe("a token on behalf of a person", () => {
  const approver = SAMPLE_PEOPLE.grace.id;

  it("names the person, carries the scopes asked for, and prints as [redacted]", async () => {
    const token = await signIn.app.onBehalfOf(await signIn.assertionOf(approver), WRITE);
    if (!(token instanceof DelegatedToken)) throw new Error(inspect(token));
    expect(await signIn.entra.verify(token.reveal())).toMatchObject({
      oid: approver,
      aud: GRAPH_AUDIENCE,
      scp: expect.stringContaining("Policy.ReadWrite.AuthenticationMethod"),
    });
    expect([`${token}`, JSON.stringify({ token }), inspect(token)].join(" ")).not.toContain(token.reveal());
  });

  it("is never the one of the person who clicked before", async () => {
    const other = SAMPLE_PEOPLE.ada.id;
    await signIn.app.onBehalfOf(await signIn.assertionOf(approver), WRITE);
    const token = await signIn.app.onBehalfOf(await signIn.assertionOf(other), WRITE);
    if (!(token instanceof DelegatedToken)) throw new Error(inspect(token));
    expect(await signIn.entra.verify(token.reveal())).toMatchObject({ oid: other });
  });

  it("can be had with a certificate", async () => {
    const app = signIn.appWith({ kind: "certificate", path: await registeredCertificate(signIn) });
    const token = await app.onBehalfOf(await signIn.assertionOf(approver), WRITE);
    expect(token).toBeInstanceOf(DelegatedToken);
    expect(signIn.entra.tokenRequests).toMatchObject([{ credential: "certificate", result: "granted" }]);
  });

  it.each([
    ["consentMissing", "consent-missing", "AADSTS65001"],
    ["consentDeclined", "consent-missing", "AADSTS65004"],
    ["mfaRequired", "mfa-required", "AADSTS50076"],
    ["mfaEnrolmentRequired", "mfa-required", "AADSTS50079"],
    ["externalChallenge", "mfa-required", "AADSTS50158"],
    ["conditionalAccess", "conditional-access", "AADSTS53003"],
    ["deviceNotCompliant", "conditional-access", "AADSTS53000"],
    ["expiredAssertion", "assertion-expired", "AADSTS500133"],
    ["badAssertion", "assertion-rejected", "AADSTS50013"],
    ["wrongSecret", "app-credential-rejected", "AADSTS7000215"],
    ["appNotFound", "app-credential-rejected", "AADSTS700016"],
    ["temporarilyUnavailable", "unavailable", "AADSTS90033"],
    ["sessionRevoked", "assertion-expired", "AADSTS50173"],
  ] as const)("is refused for %s as %s", async (fault, problem, entraCode) => {
    signIn.entra.faults.set(fault);
    const refused = await signIn.app.onBehalfOf(await signIn.assertionOf(approver), WRITE);
    expect(refused).toMatchObject({ kind: "sign-in-failed", problem, entraCode });
  });

  it.each(["mfaRequired", "mfaEnrolmentRequired", "conditionalAccess"] as const)(
    "brings what Entra demands with %s, for a browser to meet",
    async (fault) => {
      signIn.entra.faults.set(fault);
      const refused = await signIn.app.onBehalfOf(await signIn.assertionOf(approver), WRITE);
      if (!("claims" in refused)) throw new Error("no claims");
      expect(JSON.parse(String(refused.claims))).toHaveProperty("access_token.polids");
    },
  );

  it.each([
    ["drop", "unavailable"],
    ["garbage", "unrecognised"],
  ] as const)("is refused when Entra's answer is %s", async (fault, problem) => {
    signIn.entra.faults.set(fault);
    const refused = await signIn.app.onBehalfOf(await signIn.assertionOf(approver), WRITE);
    expect(refused).toEqual({ kind: "sign-in-failed", problem });
  });

  it("is refused for something that is no token of ours, without quoting it", async () => {
    const refused = await signIn.app.onBehalfOf(new UserAssertion("forged.by.someone"), WRITE);
    expect(refused).toMatchObject({ kind: "sign-in-failed", problem: "assertion-rejected" });
    expect(JSON.stringify(refused)).not.toContain("forged");
  });
});

// In one test: MSAL keeps a managed identity's token for the whole process, and each test has an Entra of its own.
