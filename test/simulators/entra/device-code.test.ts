import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { GRAPH_COMMAND_LINE } from "../../../simulators/entra/device-codes.js";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import { type RunningSimulators, runSimulators } from "../running-simulators.js";

const GRANT = "urn:ietf:params:oauth:grant-type:device_code";
const SCOPE =
  "https://graph.microsoft.com/Policy.ReadWrite.AuthenticationMethod openid profile offline_access";
const INTERVAL_SECONDS = 1;

let simulators: RunningSimulators;
beforeAll(async () => {
  simulators = await runSimulators({ entra: { deviceCode: { intervalSeconds: INTERVAL_SECONDS } } });
});
afterAll(() => simulators.close());
afterEach(() => {
  simulators.entra.signInRules.always = "none";
  simulators.entra.signInRules.allowsPublicClient = false;
});

async function post(path: string, form: Record<string, string>, tenant = simulators.tenant.tenantId) {
  const body = new URLSearchParams({ client_id: GRAPH_COMMAND_LINE.clientId, ...form });
  const response = await fetch(`${simulators.entra.url}/${tenant}/oauth2/v2.0/${path}`, {
    method: "POST",
    body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
async function begin(form: Record<string, string> = {}) {
  const { body } = await post("devicecode", { scope: SCOPE, ...form });
  return { userCode: String(body.user_code), device_code: String(body.device_code), body };
}
const poll = (device_code: string, form: Record<string, string> = {}) =>
  post("token", { grant_type: GRANT, device_code, client_info: "1", ...form });
const interval = () => new Promise((resolve) => setTimeout(resolve, INTERVAL_SECONDS * 1000));

describe("signing in on another device", () => {
  test("gives a code to show, how long it is good for and how often to ask", async () => {
    const { body, userCode } = await begin();
    expect(body).toMatchObject({ verification_uri: "https://microsoft.com/devicelogin", expires_in: 900 });
    expect(body.interval).toBe(INTERVAL_SECONDS);
    expect(body.message).toContain(userCode);
  });

  test("is pending until a person entered the code, and then gives a token once", async () => {
    const { userCode, device_code } = await begin();
    expect(await poll(device_code)).toMatchObject({ status: 400, body: { error: "authorization_pending" } });
    simulators.entra.deviceCodes.approve(userCode, SAMPLE_PEOPLE.grace.id);
    await interval();
    const { status, body } = await poll(device_code);
    expect(status).toBe(200);
    const claims = await simulators.entra.verify(String(body.access_token));
    expect(claims).toMatchObject({
      oid: SAMPLE_PEOPLE.grace.id,
      appid: GRAPH_COMMAND_LINE.clientId,
      scp: "Policy.ReadWrite.AuthenticationMethod",
    });
    expect(body).toHaveProperty("id_token");
    expect((await poll(device_code)).body.error).toBe("bad_verification_code");
  });

  test("wants to be asked no more often than it said", async () => {
    const { device_code } = await begin();
    await poll(device_code);
    expect((await poll(device_code)).body.error).toBe("slow_down");
  });

  test("ends when the person says no, and when the time is over", async () => {
    const declined = await begin();
    simulators.entra.deviceCodes.decline(declined.userCode);
    expect((await poll(declined.device_code)).body.error).toBe("authorization_declined");
    const expired = await begin();
    simulators.entra.deviceCodes.expire(expired.userCode);
    expect((await poll(expired.device_code)).body.error).toBe("expired_token");
  });

  test("ends where Conditional Access blocks it, and where a permission has no consent", async () => {
    const blocked = await begin();
    simulators.entra.signInRules.always = "blocked";
    simulators.entra.deviceCodes.approve(blocked.userCode, SAMPLE_PEOPLE.grace.id);
    expect((await poll(blocked.device_code)).body.error_codes).toEqual([53003]);
    simulators.entra.signInRules.always = "none";
    const without = await begin({ scope: "https://graph.microsoft.com/AuditLog.Read.All openid" });
    simulators.entra.deviceCodes.approve(without.userCode, SAMPLE_PEOPLE.grace.id);
    expect((await poll(without.device_code)).body.error_codes).toEqual([65001]);
  });

  test("refuses an unknown app, another tenant, a code of another app, and one that was never given", async () => {
    expect((await post("devicecode", { scope: SCOPE, client_id: "someone" })).body.error_codes).toEqual([
      700016,
    ]);
    expect((await post("devicecode", { scope: SCOPE }, "11111111-2222-3333-4444-555555555555")).body).toEqual(
      expect.objectContaining({ error_codes: [90002] }),
    );
    const { device_code } = await begin();
    expect((await poll(device_code, { client_id: simulators.tenant.clientId })).body.error).toBe(
      "bad_verification_code",
    );
    expect((await poll("made-up")).body.error).toBe("bad_verification_code");
    expect((await post("devicecode", {})).body.error_codes).toEqual([900144]);
  });

  test("takes the app registration only where that allows public clients", async () => {
    const { clientId } = simulators.tenant;
    const { userCode, device_code } = await begin({ client_id: clientId });
    simulators.entra.deviceCodes.approve(userCode, SAMPLE_PEOPLE.grace.id);
    expect((await poll(device_code, { client_id: clientId })).body.error_codes).toEqual([7000218]);
    simulators.entra.signInRules.allowsPublicClient = true;
    expect((await poll(device_code, { client_id: clientId })).status).toBe(200);
  });
});
