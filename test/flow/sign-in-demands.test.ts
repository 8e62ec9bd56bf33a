import { afterAll, beforeAll, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { PlainBrowser } from "../simulators/plain-browser.js";
import { openStage, type Stage } from "./stage.js";

const { ada, grace } = SAMPLE_PEOPLE;
const PUBLIC_URL = "https://latchkey.example";
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ env: { REQUIRE_AUTH_CONTEXT: "c1", REQUIRE_STRENGTH: "phishing-resistant" } });
  stage.entra.signInRules.redirectUris.add(`${PUBLIC_URL}/sign-in/done`);
  await stage.teams.install(grace);
});
afterAll(() => stage?.close());

it("who approves has to bring what the installation asks for, by a browser, and that is on record", async () => {
  const { teams, entra, bot, graph } = stage;
  await teams.say(ada, "enable passkeys");
  const card = await teams.findText(teams.chatOf(grace), "Plan #1 ");
  // Her client could sign her in by itself, and is not asked to.
  const { signInAddress = "", value } = await teams.press(grace, card, "Approve");
  expect(JSON.stringify(value)).toContain(
    "To approve here takes the authentication context c1 and a sign-in with a passkey or a security key.",
  );
  const browser = new PlainBrowser((url) => url.replace(PUBLIC_URL, bot.url));
  await browser.open(signInAddress);

  // Entra gives the context for a second factor that can be phished.
  entra.signInRules.contexts.set("c1", "second-factor");
  await browser.press("Sign in and approve");
  await browser.press("Grace Hopper");
  await browser.press("authenticator app");
  expect(entra.authorizeRequests.at(-1)).toMatchObject({ contexts: ["c1"] });
  expect(browser.page.text).toContain(
    "takes a sign-in with a passkey or a security key, and this sign-in came without it",
  );

  // She takes her passkey, and the tenant does not give the context.
  entra.signInRules.withheldContexts.add("c1");
  await browser.press("Sign in with something stronger");
  await browser.press("Grace Hopper, with a passkey");
  expect(browser.page.text).toContain(
    "takes the authentication context c1, and this sign-in came without it",
  );
  expect(graph.patches()).toEqual([]);

  entra.signInRules.withheldContexts.clear();
  await browser.press("Sign in with something stronger");
  await browser.press("Grace Hopper, with a passkey");
  expect(browser.page.text).toContain("Approved");
  expect(graph.patches()).toHaveLength(1);
  await bot.stop();
  const stored = await bot.storedText();
  expect(stored).toContain('"signIn":{"acrs":["c1"],"amr":["fido","mfa"]');
  expect(
    [...entra.issued].filter((secret) => stored.includes(secret) || bot.output.includes(secret)),
  ).toEqual([]);
});
