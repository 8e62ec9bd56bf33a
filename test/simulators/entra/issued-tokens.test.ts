import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import { type RunningSimulators, runSimulators } from "../running-simulators.js";

const SERVICE_URL = "https://localhost:4000/teams/";
let simulators: RunningSimulators;
let keys: ReturnType<typeof createLocalJWKSet>;
let channelKeys: ReturnType<typeof createLocalJWKSet>;
beforeAll(async () => {
  simulators = await runSimulators();
  const read = async (path: string) =>
    createLocalJWKSet((await (await fetch(`${simulators.entra.url}${path}`)).json()) as JSONWebKeySet);
  keys = await read(`/${simulators.tenant.tenantId}/discovery/v2.0/keys`);
  channelKeys = await read("/botframework/v1/.well-known/keys");
});
afterAll(() => simulators.close());

describe("single sign-on tokens", () => {
  test("say in both versions what Teams' tokens say", async () => {
    const { tenantId, clientId, appIdUri } = simulators.tenant;
    const v2 = await simulators.entra.issueSsoToken(SAMPLE_PEOPLE.ada.id);
    const { payload } = await jwtVerify(v2, keys, {
      issuer: `${simulators.entra.url}/${tenantId}/v2.0`,
      audience: clientId,
      algorithms: ["RS256"],
    });
    expect(payload).toMatchObject({
      oid: SAMPLE_PEOPLE.ada.id,
      tid: tenantId,
      name: "Ada Lovelace",
      preferred_username: "ada.lovelace@kestrelmarine.example",
      scp: "access_as_user",
      ver: "2.0",
    });
    const v1 = await simulators.entra.issueSsoToken(SAMPLE_PEOPLE.ada.id, { version: "v1" });
    const old = await jwtVerify(v1, keys, {
      issuer: `https://sts.windows.net/${tenantId}/`,
      audience: appIdUri,
    });
    expect(old.payload).toMatchObject({ oid: SAMPLE_PEOPLE.ada.id, ver: "1.0" });
  });

  test("are made for people of the tenant only, whatever they claim", async () => {
    await expect(async () => simulators.entra.issueSsoToken("nobody")).rejects.toThrow("nobody");
    const token = await simulators.entra.issueSsoToken(SAMPLE_PEOPLE.ada.id, { oid: SAMPLE_PEOPLE.grace.id });
    expect((await simulators.entra.verify(token))?.oid).toBe(SAMPLE_PEOPLE.grace.id);
    expect(simulators.entra.issued).toContain(token);
  });
});

describe("channel tokens", () => {
  const verify = (token: string) =>
    jwtVerify(token, channelKeys, {
      issuer: "https://api.botframework.com",
      audience: simulators.tenant.clientId,
      algorithms: ["RS256"],
    });

  test("vouch for the service URL", async () => {
    const { payload } = await verify(await simulators.entra.issueChannelToken({ serviceUrl: SERVICE_URL }));
    expect(payload.serviceurl).toBe(SERVICE_URL);
  });

  test.each([
    ["expired", { expiresIn: -3600 }, "exp"],
    ["not valid yet", { validFrom: 3600 }, "nbf"],
    ["for another bot", { audience: "someone" }, "aud"],
    ["by another issuer", { issuer: "https://sts.windows.net/x/" }, "iss"],
    ["forged", { signing: "forged" as const }, "signature verification failed"],
    ["unknown key", { signing: "unknown-key" as const }, "no applicable key"],
    ["unsigned", { signing: "none" as const }, "alg"],
    ["signed with the public key", { signing: "HS256" as const }, "alg"],
  ])("can be wrong: %s", async (_, options, complaint) => {
    const token = await simulators.entra.issueChannelToken({ serviceUrl: SERVICE_URL, ...options });
    await expect(verify(token)).rejects.toThrow(complaint);
  });

  test("can lack the claim, or be signed for another channel", async () => {
    const silent = await verify(await simulators.entra.issueChannelToken({ serviceUrl: undefined }));
    expect(silent.payload).not.toHaveProperty("serviceurl");
    const other = await verify(
      await simulators.entra.issueChannelToken({ serviceUrl: SERVICE_URL, key: "for-another-channel" }),
    );
    expect(other.protectedHeader.kid).not.toBe(silent.protectedHeader.kid);
  });

  test("are not the tenant's own tokens", async () => {
    const token = await simulators.entra.issueChannelToken({ serviceUrl: SERVICE_URL });
    expect(await simulators.entra.verify(token)).toBeUndefined();
  });
});
