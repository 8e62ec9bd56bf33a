import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { AuthorizationCode, personId, tenantId } from "../../src/core/person.js";
import type { BrowserAnswer, WantedSignIn } from "../../src/core/ports/acting.js";
import { type Journey, journeyOf } from "../../src/core/sign-in/journey.js";
import { browserSignIn } from "../../src/graph/browser-sign-in.js";
import type { AppCredential } from "../../src/graph/entra-app.js";
import { PlainBrowser } from "../simulators/plain-browser.js";
import { GRAPH_AUDIENCE, SAMPLE_PEOPLE, type SimulatedSignIn, simulatedSignIn } from "./simulated-sign-in.js";

const { grace, katherine } = SAMPLE_PEOPLE;
const BACK = "https://latchkey.example/sign-in/done";
let entra: SimulatedSignIn;
beforeAll(async () => {
  entra = await simulatedSignIn();
  entra.entra.signInRules.redirectUris.add(BACK);
});
afterEach(() => {
  vi.unstubAllEnvs();
  entra.entra.faults.clear();
});
afterAll(() => entra.entra.close());

let journeys = 0;
const newJourney = () => journeyOf(`link-${++journeys}`, `browser-${journeys}`);

function signInWith(credential: AppCredential = { kind: "secret", secret: entra.tenant.clientSecret }) {
  return browserSignIn({
    entra: {
      tenantId: tenantId(entra.tenant.tenantId),
      clientId: entra.tenant.clientId,
      authorityHost: entra.entra.url,
      credential,
    },
    publicUrl: "https://latchkey.example",
    graphUrl: "https://localhost:1",
    graphAudience: GRAPH_AUDIENCE,
  });
}

/** What Entra sends the person's browser back with. */
async function answerFor(
  journey: Journey,
  buttons: readonly string[] = [grace.name],
  wanted: WantedSignIn = {},
): Promise<BrowserAnswer> {
  const browser = new PlainBrowser((url) => (url.startsWith(BACK) ? "data:text/plain,back" : url));
  await browser.open(signInWith().address(journey, wanted));
  for (const button of buttons) await browser.press(button);
  const query = new URL(browser.page.url).searchParams;
  expect(query.get("state")).toBe(journey.state);
  const [code, error] = [query.get("code"), query.get("error")];
  return code === null
    ? {
        kind: "error",
        error: error ?? "",
        subcode: query.get("error_subcode") ?? "",
        description: query.get("error_description") ?? "",
      }
    : { kind: "code", code: new AuthorizationCode(code) };
}

const exchange = async (journey: Journey, answer: BrowserAnswer, credential?: AppCredential) =>
  signInWith(credential).exchange(journey, personId(grace.id), answer);

it("brings the person's rights for a write, and nothing to keep", async () => {
  const journey = newJourney();
  const signedIn = await exchange(journey, await answerFor(journey));
  expect(signedIn).toMatchObject({ kind: "signed-in" });
  expect(JSON.stringify(signedIn)).not.toMatch(/eyJ/);
  expect(entra.entra.tokenRequests.at(-1)).toMatchObject({
    grant: "authorization_code",
    credential: "secret",
    result: "granted",
  });
  expect([...entra.entra.issued].filter((secret) => secret.startsWith("0."))).toEqual([]);
});

it("works with a certificate", async () => {
  const { private: key, cert } = await generate([{ name: "commonName", value: "latchkey" }], {
    keySize: 2048,
  });
  entra.tenant.clientCertificates.push(cert);
  const folder = await mkdtemp(join(tmpdir(), "latchkey-certificate-"));
  const path = join(folder, "app.pem");
  await writeFile(path, `${key}\n${cert}`);
  const journey = newJourney();
  const signedIn = await exchange(journey, await answerFor(journey), { kind: "certificate", path });
  await rm(folder, { recursive: true });
  expect(signedIn).toMatchObject({ kind: "signed-in" });
  expect(entra.entra.tokenRequests.at(-1)).toMatchObject({ credential: "certificate" });
});

it("works with a managed identity", async () => {
  const { endpoint, header, clientId } = entra.entra.managedIdentity;
  vi.stubEnv("IDENTITY_ENDPOINT", endpoint);
  vi.stubEnv("IDENTITY_HEADER", header);
  const journey = newJourney();
  const signedIn = await exchange(journey, await answerFor(journey), {
    kind: "managed-identity",
    clientId,
    audience: "api://AzureADTokenExchange",
  });
  expect(signedIn).toMatchObject({ kind: "signed-in" });
  expect(entra.entra.tokenRequests.at(-1)).toMatchObject({ credential: "federated" });
});

it("of another account is told apart", async () => {
  const journey = newJourney();
  const answer = await answerFor(journey, [katherine.name]);
  expect(await exchange(journey, answer)).toEqual({ kind: "sign-in-failed", problem: "other-account" });
});

it("takes a code once, and with what its browser set out with", async () => {
  const [journey, other] = [newJourney(), newJourney()];
  const answer = await answerFor(journey);
  expect(await exchange(other, answer)).toMatchObject({ kind: "sign-in-failed", entraCode: "AADSTS501481" });
  expect(await exchange(journey, answer)).toMatchObject({ kind: "sign-in-failed", entraCode: "AADSTS54005" });
});

it("believes the token of this sign-in only", async () => {
  const [journey, other] = [newJourney(), newJourney()];
  const answer = await answerFor({ ...journey, nonce: other.nonce });
  expect(await exchange(journey, answer)).toMatchObject({ kind: "sign-in-failed" });
});

it.each([
  ["turned back", ["Cancel"], "cancelled"],
  ["declined consent", [grace.name, "Return to the app without consent"], "cancelled"],
])("a person who %s is told apart", async (_, buttons, problem) => {
  if (buttons.length > 1) entra.tenant.consents.delegated.delete("User.Read");
  const journey = newJourney();
  const answer = await answerFor(journey, buttons);
  entra.tenant.consents.delegated.add("User.Read");
  expect(await exchange(journey, answer)).toEqual({ kind: "sign-in-failed", problem });
});

it.each([
  ["mfa-required", "AADSTS50076", "interaction_required"],
  ["conditional-access", "AADSTS53003", "access_denied"],
  ["unrecognised", undefined, "something_new"],
])("what Entra told the browser is %s", async (problem, entraCode, error) => {
  const description = entraCode === undefined ? "new words" : `${entraCode}: words of Entra's`;
  const answer = { kind: "error", error, subcode: "", description } as const;
  const code = entraCode === undefined ? {} : { entraCode };
  expect(await exchange(newJourney(), answer)).toEqual({ kind: "sign-in-failed", problem, ...code });
});

it("Entra out of reach is told apart, and nothing is repeated", async () => {
  const journey = newJourney();
  const answer = await answerFor(journey);
  entra.entra.faults.set("drop", { grant: "authorization_code" });
  const before = entra.entra.tokenRequests.length;
  expect(await exchange(journey, answer)).toEqual({ kind: "sign-in-failed", problem: "unavailable" });
  expect(entra.entra.tokenRequests.length - before).toBe(1);
});

it("offers the account that is named, and names none where Entra is to ask which one", async () => {
  const account = "grace.hopper@kestrelmarine.example";
  const browser = new PlainBrowser((url) => (url.startsWith(BACK) ? "data:text/plain,back" : url));
  await browser.open(signInWith().address(newJourney(), { account }));
  expect(entra.entra.authorizeRequests.at(-1)).toMatchObject({ loginHint: account });
  const firstButton = /<button>(.*?)<\/button>/.exec(browser.page.html)?.[1];
  expect(firstButton).toContain(account);
  await browser.open(signInWith().address(newJourney(), { account, prompt: "select_account" }));
  expect(browser.page.text).toContain("Pick an account");
  expect(entra.entra.authorizeRequests.at(-1)).toMatchObject({
    loginHint: undefined,
    prompt: "select_account",
  });
});

it("takes what Entra demanded along, and asks which account where it has to", async () => {
  const claims = '{"access_token":{"polids":{"essential":true,"values":["p"]}}}';
  const journey = newJourney();
  const buttons = [grace.name, "authenticator app"];
  const answer = await answerFor(journey, buttons, { claims, prompt: "select_account" });
  expect(answer.kind).toBe("code");
  expect(entra.entra.authorizeRequests.at(-1)).toMatchObject({
    answersChallenge: true,
    prompt: "select_account",
  });
});
