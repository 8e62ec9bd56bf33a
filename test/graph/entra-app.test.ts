import { rm } from "node:fs/promises";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Fault } from "../../src/core/errors.js";
import { tenantId } from "../../src/core/person.js";
import { DelegatedToken } from "../../src/graph/delegated-token.js";
import { entraApp } from "../../src/graph/entra-app.js";
import { registeredCertificate } from "./registered-certificate.js";
import { GRAPH_AUDIENCE, SAMPLE_PEOPLE, type SimulatedSignIn, simulatedSignIn } from "./simulated-sign-in.js";

const SCOPE = `${GRAPH_AUDIENCE}/.default`;
const WRITE = [`${GRAPH_AUDIENCE}/Policy.ReadWrite.AuthenticationMethod`, `${GRAPH_AUDIENCE}/User.Read`];

let signIn: SimulatedSignIn;
beforeEach(async () => {
  signIn = await simulatedSignIn();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await signIn.entra.close();
});

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Fault) return error;
  throw new Error(`expected a Fault, got ${inspect(error)}`);
}

describe("the app's own token", () => {
  it("is asked for with the secret, once, and kept", async () => {
    const first = await signIn.app.token(SCOPE);
    expect(await signIn.app.token(SCOPE)).toBe(first);
    expect(await signIn.entra.verify(first)).toMatchObject({
      aud: GRAPH_AUDIENCE,
      tid: signIn.tenant.tenantId,
    });
    expect(signIn.entra.tokenRequests).toMatchObject([
      { grant: "client_credentials", credential: "secret", result: "granted" },
    ]);
  });

  it("is asked for once by callers that come together", async () => {
    await Promise.all([signIn.app.token(SCOPE), signIn.app.token(SCOPE), signIn.app.token(SCOPE)]);
    expect(signIn.entra.tokenRequests).toHaveLength(1);
  });

  it("is asked for again when it is about to expire", async () => {
    const started = Date.now();
    const first = await signIn.app.token(SCOPE);
    vi.useFakeTimers({ toFake: ["Date"], now: started + 3_500_000 });
    try {
      expect(await signIn.app.token(SCOPE)).not.toBe(first);
      expect(signIn.entra.tokenRequests).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is renewed before it is needed, by a caller who does not wait for it", async () => {
    const started = Date.now();
    const first = await signIn.app.token(SCOPE);
    vi.useFakeTimers({ toFake: ["Date"], now: started + 3_000_000 });
    try {
      expect(await signIn.app.token(SCOPE)).toBe(first);
      await vi.waitFor(async () => expect(await signIn.app.token(SCOPE)).not.toBe(first), 60_000);
      expect(signIn.entra.tokenRequests).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is asked for again in time when somebody has set the clock back meanwhile", async () => {
    const started = Date.now();
    const first = await signIn.app.token(SCOPE);
    const elapsed = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 3_500_000);
    vi.useFakeTimers({ toFake: ["Date"], now: started });
    try {
      expect(await signIn.app.token(SCOPE)).not.toBe(first);
    } finally {
      vi.useRealTimers();
      elapsed.mockRestore();
    }
  });

  it("is not kept when somebody sets the clock right while it is asked for: nobody knows how long it is good", async () => {
    const started = Date.now();
    const early = await simulatedSignIn({
      hold: async (request) => {
        if (request.endsWith("/token")) vi.setSystemTime(started);
      },
    });
    vi.useFakeTimers({ toFake: ["Date"], now: started + 3_600_000 });
    try {
      const first = await early.app.token(SCOPE);
      expect(await early.app.token(SCOPE)).not.toBe(first);
      expect(early.entra.tokenRequests).toHaveLength(2);
    } finally {
      vi.useRealTimers();
      await early.entra.close();
    }
  });

  it("is given out while it is good when Entra does not answer in time to renew it", async () => {
    const started = Date.now();
    const first = await signIn.app.token(SCOPE);
    signIn.entra.faults.set("temporarilyUnavailable");
    vi.useFakeTimers({ toFake: ["Date"], now: started + 3_300_000 });
    try {
      expect(await signIn.app.token(SCOPE)).toBe(first);
      vi.setSystemTime(started + 3_700_000);
      expect((await faultOf(signIn.app.token(SCOPE))).code).toBe("entra-unavailable");
    } finally {
      vi.useRealTimers();
    }
  });

  it.each<unknown>([7, null, {}, { toString: 1 }, [], "", "two words", "line\nbreak"])(
    "is none when it is %j",
    async (token) => {
      signIn.entra.faults.rewrite = (text) => ({
        text: JSON.stringify({ ...JSON.parse(text), access_token: token }),
      });
      expect((await faultOf(signIn.app.token(SCOPE))).code).toBe("app-sign-in-failed");
      const person = await signIn.assertionOf(SAMPLE_PEOPLE.grace.id);
      expect(await signIn.app.onBehalfOf(person, WRITE)).toMatchObject({ kind: "sign-in-failed" });
      // The next one is asked for anew.
      signIn.entra.faults.rewrite = undefined;
      expect(typeof (await signIn.app.token(SCOPE))).toBe("string");
      expect(await signIn.app.onBehalfOf(person, WRITE)).toBeInstanceOf(DelegatedToken);
    },
  );

  it("is asked for separately for each scope", async () => {
    const graph = await signIn.app.token(SCOPE);
    const bot = await signIn.app.token("https://api.botframework.com/.default");
    expect(await signIn.entra.verify(bot)).toMatchObject({ aud: "https://api.botframework.com" });
    expect(bot).not.toBe(graph);
  });

  it("can be asked for with a certificate", async () => {
    const path = await registeredCertificate(signIn);
    await signIn.appWith({ kind: "certificate", path }).token(SCOPE);
    expect(signIn.entra.tokenRequests).toMatchObject([{ credential: "certificate", result: "granted" }]);
  });

  it("is refused with Entra's code when the secret is wrong, and the secret is nowhere in the fault", async () => {
    const secret = "not-the-right-secret";
    const fault = await faultOf(signIn.appWith({ kind: "secret", secret }).token(SCOPE));
    expect(fault).toMatchObject({ code: "app-sign-in-failed", status: 401 });
    expect(fault.message).toContain("app-credential-rejected, AADSTS7000215");
    expect(inspect(fault, { depth: null, showHidden: true })).not.toContain(secret);
  });

  it("is refused for want of a credential when the certificate file is gone", async () => {
    const path = await registeredCertificate(signIn);
    await rm(path);
    const fault = await faultOf(signIn.appWith({ kind: "certificate", path }).token(SCOPE));
    expect(fault.message).toContain("(app-credential-rejected)");
  });

  it("is asked for anew after Entra was busy, not refused from memory", async () => {
    const clear = signIn.entra.faults.set("temporarilyUnavailable");
    const fault = await faultOf(signIn.app.token(SCOPE));
    expect(fault.message).toContain("unavailable, AADSTS90033");
    clear();
    expect(await signIn.entra.verify(await signIn.app.token(SCOPE))).toBeDefined();
  });

  it("fails within a few seconds when nothing listens there", async () => {
    await signIn.entra.close();
    const started = Date.now();
    const fault = await faultOf(signIn.app.token(SCOPE));
    expect(fault.message).toContain("(unavailable)");
    expect(Date.now() - started).toBeLessThan(4_000);
  });

  it("fails within a few seconds when Entra never answers", { timeout: 15_000 }, async () => {
    signIn.entra.faults.set("silence");
    const started = Date.now();
    const fault = await faultOf(signIn.app.token(SCOPE));
    expect(fault.message).toContain("(unavailable)");
    expect(Date.now() - started).toBeLessThan(8_000);
  });
});

describe("an app with a managed identity and no secret", () => {
  it("gets its own token, and one on behalf of a person", async () => {
    const { endpoint, header, clientId } = signIn.entra.managedIdentity;
    vi.stubEnv("IDENTITY_ENDPOINT", endpoint);
    vi.stubEnv("IDENTITY_HEADER", header);
    const audience = "api://AzureADTokenExchange";
    const credential = { kind: "managed-identity", clientId, audience } as const;
    const app = signIn.appWith(credential);
    await app.token(SCOPE);
    await app.onBehalfOf(await signIn.assertionOf(SAMPLE_PEOPLE.grace.id), WRITE);
    expect(signIn.entra.tokenRequests).toMatchObject([
      { grant: "client_credentials", credential: "federated", result: "granted" },
      { grant: "on_behalf_of", credential: "federated", result: "granted" },
    ]);
    const ofAnotherCloud = { ...credential, audience: "api://AzureADTokenExchangeUSGov" };
    const fault = await faultOf(signIn.appWith(ofAnotherCloud).token(SCOPE));
    expect(fault.code).toBe("app-sign-in-failed");
    expect(signIn.entra.tokenRequests.at(-1)?.result).toBe("AADSTS700213");
  });
});

describe("entraApp", () => {
  it("refuses an authority that is not https", () => {
    const o = {
      tenantId: tenantId("t"),
      clientId: "c",
      credential: { kind: "secret", secret: "s" },
    } as const;
    expect(() => entraApp({ ...o, authorityHost: "http://localhost:1" })).toThrow("must be https");
  });
});
