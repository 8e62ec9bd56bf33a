import { createHash, createSign, randomUUID, X509Certificate } from "node:crypto";
import { generate } from "selfsigned";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningSimulators, runSimulators, type TokenAnswer } from "../running-simulators.js";

const GRAPH = "https://graph.microsoft.com/.default";
const CHANNEL = "https://api.botframework.com/.default";
const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
let simulators: RunningSimulators;
beforeAll(async () => {
  simulators = await runSimulators();
});
afterAll(() => simulators.close());

const ask = (form: Record<string, string>): Promise<TokenAnswer> =>
  simulators.askForToken({ grant_type: "client_credentials", scope: GRAPH, ...form });
const claimsOf = ({ body }: TokenAnswer) => simulators.entra.verify(String(body.access_token));

describe("the app signing in", () => {
  test("gets a token for Graph with the read-only permissions consented to", async () => {
    const answer = await ask({});
    expect(answer.body).toMatchObject({ token_type: "Bearer", expires_in: 3599 });
    const claims = await claimsOf(answer);
    expect(claims).toMatchObject({
      aud: "https://graph.microsoft.com",
      tid: simulators.tenant.tenantId,
      appid: simulators.tenant.clientId,
      idtyp: "app",
    });
    expect(claims?.roles).toContain("Policy.Read.AuthenticationMethod");
    expect(JSON.stringify(claims?.roles)).not.toContain("Write");
    expect(claims).not.toHaveProperty("scp");
  });

  test("gets a token for the channel, which holds no permission of Graph", async () => {
    const claims = await claimsOf(await ask({ scope: CHANNEL }));
    expect(claims?.aud).toBe("https://api.botframework.com");
    expect(claims).not.toHaveProperty("roles");
  });

  test.each([
    ["a wrong secret", { client_secret: "guess" }, 401, "invalid_client", 7000215],
    ["another app", { client_id: randomUUID() }, 400, "unauthorized_client", 700016],
    [
      "a named permission instead of .default",
      { scope: "https://graph.microsoft.com/User.Read.All" },
      400,
      "invalid_scope",
      1002012,
    ],
    ["no scope", { scope: "" }, 400, "invalid_scope", 70011],
    ["scopes of two resources", { scope: `${GRAPH} ${CHANNEL}` }, 400, "invalid_scope", 70011],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type", 70003],
    [
      "an assertion of no known sort",
      { client_assertion: "x.y", client_assertion_type: ASSERTION_TYPE },
      401,
      "invalid_client",
      700027,
    ],
  ])("is refused with %s", async (_, form, status, error, code) => {
    const answer = await ask(form);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error, error_codes: [code] });
    expect(answer.body.error_description).toContain(`AADSTS${code}: `);
    expect(answer.body).toHaveProperty("trace_id");
    expect(answer.body).toHaveProperty("correlation_id");
    expect(simulators.entra.tokenRequests.at(-1)?.result).toBe(`AADSTS${code}`);
  });

  test("proves itself with a registered certificate, and with no other", async () => {
    const registered = await certificate();
    simulators.tenant.clientCertificates.push(registered.cert);
    const form = (assertion: string) => ({
      client_secret: "",
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: assertion,
    });
    const { clientId, tenantId } = simulators.tenant;
    const aud = `${simulators.entra.url}/${tenantId}/oauth2/v2.0/token`;
    const exp = Math.floor(Date.now() / 1000) + 300;
    const good = { iss: clientId, sub: clientId, aud, exp };
    expect((await ask(form(signWith(registered, good)))).status).toBe(200);
    expect(simulators.entra.tokenRequests.at(-1)?.credential).toBe("certificate");
    const stranger = await certificate();
    const code = async (assertion: string) => (await ask(form(assertion))).body.error_codes;
    expect(await code(signWith(stranger, good))).toEqual([700027]);
    expect(await code(signWith({ ...stranger, cert: registered.cert }, good))).toEqual([700027]);
    expect(await code(signWith(registered, { ...good, aud: "https://elsewhere.example" }))).toEqual([700021]);
    expect(await code(signWith(registered, { ...good, exp: exp - 4000 }))).toEqual([700024]);
  });

  test("proves itself with the token of its managed identity", async () => {
    const { endpoint, header, clientId } = simulators.entra.managedIdentity;
    const identity = await fetch(
      `${endpoint}?api-version=2019-08-01&resource=api://AzureADTokenExchange&client_id=${clientId}`,
      { headers: { "X-IDENTITY-HEADER": header } },
    );
    const { access_token } = (await identity.json()) as { access_token: string };
    const answer = await ask({ client_assertion_type: ASSERTION_TYPE, client_assertion: access_token });
    expect(answer.status).toBe(200);
    expect(simulators.entra.tokenRequests.at(-1)?.credential).toBe("federated");
    const [person] = simulators.tenant.users.keys();
    const sso = await simulators.entra.issueSsoToken(String(person));
    const wrong = await ask({ client_assertion_type: ASSERTION_TYPE, client_assertion: sso });
    expect(wrong.body.error_codes).toEqual([700213]);
  });

  test("is noted without any secret or token, which are kept apart", async () => {
    const answer = await ask({});
    const log = JSON.stringify(simulators.entra.tokenRequests);
    for (const secret of simulators.entra.issued) expect(log).not.toContain(secret);
    expect(simulators.entra.issued).toContain(answer.body.access_token);
    expect(simulators.entra.issued).toContain(simulators.tenant.clientSecret);
  });

  test("does not trust tokens of another simulated Entra", async () => {
    const other = await runSimulators();
    expect(await simulators.entra.verify(await other.appToken())).toBeUndefined();
    await other.close();
  });
});

async function certificate() {
  const { cert, private: key } = await generate([{ name: "commonName", value: "bot" }], {
    algorithm: "sha256",
  });
  return { cert, key };
}

function signWith({ cert, key }: { cert: string; key: string }, claims: object): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const x5t = createHash("sha256").update(new X509Certificate(cert).raw).digest("base64url");
  const input = `${encode({ alg: "RS256", typ: "JWT", "x5t#S256": x5t })}.${encode({ jti: randomUUID(), ...claims })}`;
  return `${input}.${createSign("RSA-SHA256").update(input).sign(key, "base64url")}`;
}
