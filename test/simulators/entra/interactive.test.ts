import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import { PlainBrowser } from "../plain-browser.js";
import { type RunningSimulators, runSimulators, type TokenAnswer } from "../running-simulators.js";

const { grace, emergency1 } = SAMPLE_PEOPLE;
const BACK = "https://bot.example.com/sign-in/done";
const SCOPE =
  "openid https://graph.microsoft.com/Policy.ReadWrite.AuthenticationMethod https://graph.microsoft.com/User.Read";
const VERIFIER = "a-verifier-that-is-long-enough-for-the-standard-0123456789";
let simulators: RunningSimulators;
beforeAll(async () => {
  simulators = await runSimulators();
  simulators.entra.signInRules.redirectUris.add(BACK);
});
afterEach(() => {
  const { signInRules, faults } = simulators.entra;
  signInRules.always = "none";
  signInRules.contexts.clear();
  signInRules.withheldContexts.clear();
  simulators.tenant.consents.delegated.add("User.Read");
  faults.clear();
});
afterAll(() => simulators.close());

/** The address an app sends a browser to. A member that is undefined is left out. */
function authorizeUrl(change: Record<string, string | undefined> = {}): string {
  const asked = {
    client_id: simulators.tenant.clientId,
    response_type: "code",
    redirect_uri: BACK,
    scope: SCOPE,
    state: "the state",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
    ...change,
  };
  const url = new URL(`${simulators.entra.url}/${simulators.tenant.tenantId}/oauth2/v2.0/authorize`);
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

/** The app's own address shows what it was sent. */
const browserOfApp = () =>
  new PlainBrowser((url) => (url.startsWith(BACK) ? `data:text/plain,${encodeURIComponent(url)}` : url));

const sentTo = (browser: PlainBrowser) => new URL(browser.page.url).searchParams;

/** Signs in, with these buttons after the account, up to where the browser is back at the app. */
async function codeFor(person: { name: string }, buttons: string[] = [], change = {}): Promise<string> {
  const browser = browserOfApp();
  await browser.open(authorizeUrl(change));
  for (const label of [person.name, ...buttons]) await browser.press(label);
  expect(sentTo(browser).get("state")).toBe("the state");
  return String(sentTo(browser).get("code"));
}

const redeem = (code: string, change: Record<string, string> = {}): Promise<TokenAnswer> =>
  simulators.askForToken({
    grant_type: "authorization_code",
    code,
    redirect_uri: BACK,
    scope: SCOPE,
    code_verifier: VERIFIER,
    ...change,
  });

const claimsOf = async (token: unknown) => simulators.entra.verify(String(token));

describe("signing in in a browser", () => {
  test("ends with a code, which brings the person's token once", async () => {
    const code = await codeFor(grace, [], { nonce: "n1" });
    const { status, body } = await redeem(code);
    expect(status).toBe(200);
    expect(await claimsOf(body.access_token)).toMatchObject({
      aud: "https://graph.microsoft.com",
      oid: grace.id,
      scp: "Policy.ReadWrite.AuthenticationMethod User.Read",
      amr: ["pwd"],
    });
    expect(await claimsOf(body.id_token)).toMatchObject({
      aud: simulators.tenant.clientId,
      oid: grace.id,
      nonce: "n1",
    });
    expect(body).not.toHaveProperty("refresh_token");
    expect((await redeem(code)).body).toMatchObject({ error: "invalid_grant", error_codes: [54005] });
  });

  test("a person signed in in this browser is not asked again, unless the app says so", async () => {
    const browser = browserOfApp();
    await browser.open(authorizeUrl());
    await browser.press(grace.name);
    await browser.open(authorizeUrl());
    expect(sentTo(browser).has("code")).toBe(true);
    await browser.open(authorizeUrl({ prompt: "select_account" }));
    expect(browser.page.text).toContain("Pick an account");
    const hinted = browser.anotherWindow();
    await hinted.open(authorizeUrl({ login_hint: "katherine.johnson@kestrelmarine.example" }));
    expect(hinted.page.text).toMatch(/Pick an account\s+Katherine Johnson/);
    await hinted.open(
      authorizeUrl({ login_hint: "grace.hopper@kestrelmarine.example", prompt: "select_account" }),
    );
    expect(sentTo(hinted).get("error_description")).toContain("AADSTS90023");
  });

  test.each([
    ["an address nobody registered", { redirect_uri: "https://elsewhere.example.com/" }, "AADSTS50011"],
    ["another app", { client_id: "11111111-2222-4333-8444-555555555555" }, "AADSTS700016"],
  ])("%s stays at Entra", async (_, change, code) => {
    const browser = browserOfApp();
    const page = await browser.open(authorizeUrl(change));
    expect(page.status).toBe(400);
    expect(page.text).toContain(code);
    expect(browser.visited).toHaveLength(1);
  });

  test.each([
    ["another kind of answer", { response_type: "token" }, "unsupported_response_type"],
    ["no scope", { scope: undefined }, "invalid_scope"],
    ["claims that are no JSON", { claims: "c1" }, "invalid_request"],
    ["silently, and nobody is signed in", { prompt: "none" }, "login_required"],
  ])("%s is told to the app", async (_, change, error) => {
    const browser = browserOfApp();
    await browser.open(authorizeUrl(change));
    expect(Object.fromEntries(sentTo(browser))).toMatchObject({ error, state: "the state" });
  });

  test.each([
    [
      "the wrong verifier",
      { code_verifier: "another-verifier-that-is-long-enough-for-the-standard" },
      501481,
    ],
    ["another redirect URI", { redirect_uri: "https://elsewhere.example.com/" }, 500112],
    ["a wrong secret", { client_secret: "wrong" }, 7000215],
  ])("a code with %s brings nothing", async (_, change, code) => {
    expect((await redeem(await codeFor(grace), change)).body).toMatchObject({ error_codes: [code] });
  });

  test("a made-up code brings nothing", async () => {
    expect((await redeem("1.made-up")).body).toMatchObject({ error_codes: [70000] });
  });

  test("to cancel is told to the app", async () => {
    const browser = browserOfApp();
    await browser.open(authorizeUrl());
    await browser.press("Cancel");
    expect(Object.fromEntries(sentTo(browser))).toMatchObject({
      error: "access_denied",
      error_subcode: "cancel",
      state: "the state",
    });
  });

  test("a page of one browser is of no use in another", async () => {
    const browser = browserOfApp();
    await browser.open(authorizeUrl());
    const thief = browserOfApp();
    await thief.open(authorizeUrl());
    const flow = /name="flow" value="([^"]+)"/.exec(browser.page.html)?.[1] ?? "";
    const body = new URLSearchParams({ flow, deed: "account", person: grace.id });
    expect((await fetch(authorizeUrl(), { method: "POST", body })).status).toBe(400);
  });
});

describe("what more is demanded of a person", () => {
  test("a second factor, which silent sign-in cannot give", async () => {
    simulators.entra.signInRules.always = "second-factor";
    await expect(simulators.tokenFor(grace.id)).rejects.toThrow("AADSTS50076");
    const { body } = await redeem(await codeFor(grace, ["authenticator app"]));
    expect(await claimsOf(body.access_token)).toMatchObject({ amr: ["pwd", "mfa"] });
  });

  test("a challenge that came back", async () => {
    const claims = JSON.stringify({ access_token: { polids: { essential: true, values: ["p"] } } });
    await redeem(await codeFor(grace, ["authenticator app"], { claims }));
    expect(simulators.entra.authorizeRequests.at(-1)).toMatchObject({ answersChallenge: true });
  });

  test("an authentication context, in the token that was asked to carry it", async () => {
    simulators.entra.signInRules.contexts.set("c1", "phishing-resistant");
    const asked = { acrs: { essential: true, value: "c1" } };
    const claims = JSON.stringify({ access_token: asked, id_token: asked });
    const { body } = await redeem(await codeFor(grace, ["Use a passkey"], { claims }));
    expect(await claimsOf(body.access_token)).toMatchObject({ acrs: ["c1"], amr: ["pwd", "fido", "mfa"] });
    expect(await claimsOf(body.id_token)).toMatchObject({ acrs: ["c1"] });
  });

  test("a context that the tenant withholds is in no token", async () => {
    simulators.entra.signInRules.withheldContexts.add("c1");
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: "c1" } } });
    const { body } = await redeem(await codeFor(grace, [], { claims }));
    expect(await claimsOf(body.access_token)).not.toHaveProperty("acrs");
  });

  test("blocked by Conditional Access: a page of Entra's, and no way back", async () => {
    simulators.entra.signInRules.always = "blocked";
    const browser = browserOfApp();
    await browser.open(authorizeUrl());
    expect((await browser.press(grace.name)).text).toContain("AADSTS53003");
  });

  test("consent: by an administrator who may give it, and then silently too", async () => {
    simulators.tenant.consents.delegated.delete("User.Read");
    const browser = browserOfApp();
    await browser.open(authorizeUrl());
    expect((await browser.press(grace.name)).text).toContain("Need admin approval");
    await browser.press("Return to the app without consent");
    expect(sentTo(browser).get("error")).toBe("access_denied");
    const code = await codeFor(emergency1, ["Accept"]);
    expect((await redeem(code)).status).toBe(200);
    expect(await simulators.tokenFor(emergency1.id)).toBeTruthy();
  });
});
