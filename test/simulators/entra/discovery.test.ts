import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningSimulators, runSimulators } from "../running-simulators.js";

let simulators: RunningSimulators;
beforeAll(async () => {
  simulators = await runSimulators();
});
afterAll(() => simulators.close());

const read = async (path: string) => {
  const response = await fetch(`${simulators.entra.url}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe("discovery", () => {
  test("names issuer, token endpoint and keys of the tenant, for both versions", async () => {
    const { tenantId } = simulators.tenant;
    const { body } = await read(`/${tenantId}/v2.0/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      issuer: `${simulators.entra.url}/${tenantId}/v2.0`,
      token_endpoint: `${simulators.entra.url}/${tenantId}/oauth2/v2.0/token`,
      jwks_uri: `${simulators.entra.url}/${tenantId}/discovery/v2.0/keys`,
    });
    const v1 = await read(`/${tenantId}/.well-known/openid-configuration`);
    expect(v1.body.issuer).toBe(`https://sts.windows.net/${tenantId}/`);
    const keys = await read(`/${tenantId}/discovery/v2.0/keys`);
    expect(keys.body.keys).toEqual([expect.objectContaining({ kty: "RSA", use: "sig", alg: "RS256" })]);
  });

  test("publishes no private part of a key", async () => {
    const keys = await read(`/${simulators.tenant.tenantId}/discovery/keys`);
    expect(Object.keys((keys.body.keys as object[])[0] ?? {}).sort()).toEqual(
      ["alg", "e", "kid", "kty", "n", "use", "x5t"].sort(),
    );
  });

  test("knows no other tenant", async () => {
    const { status, body } = await read("/common/v2.0/.well-known/openid-configuration");
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: "invalid_request", error_codes: [90002] });
  });

  test("publishes the channel's keys with the channel each vouches for", async () => {
    const metadata = await read("/botframework/v1/.well-known/openidconfiguration");
    expect(metadata.body.issuer).toBe("https://api.botframework.com");
    const keys = await (await fetch(String(metadata.body.jwks_uri))).json();
    expect(keys).toMatchObject({
      keys: [{ endorsements: ["msteams"] }, { endorsements: ["webchat"] }, { endorsements: [] }, {}],
    });
    expect(keys).not.toHaveProperty("keys.3.endorsements");
  });

  test("answers 404 for what Entra does not have", async () => {
    expect((await read(`/${simulators.tenant.tenantId}/nothing`)).status).toBe(404);
  });
});
