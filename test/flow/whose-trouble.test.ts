import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { PlainBrowser } from "../simulators/plain-browser.js";
import { becomes } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import type { Message } from "./teams.js";

const { ada, grace, katherine } = SAMPLE_PEOPLE;
const PUBLIC_URL = "https://latchkey.example";
const POLICY_PATH = /authenticationMethodConfigurations/i;
let stage: Stage;
let untouched: Stage["tenant"]["policy"];
let plans = 0;

beforeAll(async () => {
  stage = await openStage();
  untouched = structuredClone(stage.tenant.policy);
  stage.entra.signInRules.redirectUris.add(`${PUBLIC_URL}/sign-in/done`);
  await stage.teams.install(grace);
  await stage.teams.install(katherine);
});
afterAll(() => stage?.close());
beforeEach(() => {
  stage.tenant.policy = structuredClone(untouched);
  stage.graph.faults.clear();
});

async function propose(): Promise<{ readonly grace: Message; readonly katherine: Message }> {
  const { teams } = stage;
  plans += 1;
  await teams.say(ada, "enable passkeys");
  const [one, two] = await Promise.all(
    [grace, katherine].map((person) => teams.findText(teams.chatOf(person), `Plan #${plans} `)),
  );
  if (one === undefined || two === undefined) throw new Error("there are not two cards");
  return { grace: one, katherine: two };
}

/** Graph answers the app with this from now on; the approver's own requests are as before. */
function refuseTheApp(status: number, code: string): void {
  stage.graph.faults.next({ method: "GET", path: POLICY_PATH, by: "app", status, code, times: Infinity });
}

describe("the app's permission goes between proposal and click", () => {
  it("nothing is written, the approver is not blamed, and the next click after the repair goes on", async () => {
    const before = stage.graph.patches().length;
    const cards = await propose();
    refuseTheApp(403, "Authorization_RequestDenied");
    const answer = await stage.teams.press(grace, cards.grace, "Approve");
    expect(answer.text).toMatch(/Nothing was written, and plan #\d+ stays open/);
    expect(answer.text).toContain(
      "does not let Latchkey's own app read this; that is not about your account or your role",
    );
    expect(answer.text).toMatch(/Ask an administrator to grant consent .* then press Approve again/);
    expect(answer.text).not.toMatch(/PIM|Authentication Policy Administrator/);
    await becomes(
      stage,
      cards.katherine,
      /Latchkey's own app read the policy; that is not about the approver/,
    );
    expect(stage.graph.patches()).toHaveLength(before);

    stage.graph.faults.clear();
    await stage.teams.press(grace, cards.grace, "Approve");
    await becomes(stage, cards.katherine, /Applied and verified/);
    expect(stage.graph.patches()).toHaveLength(before + 1);
  });

  it("says the same of a token that Graph does not take from the app", async () => {
    const cards = await propose();
    refuseTheApp(401, "InvalidAuthenticationToken");
    const answer = await stage.teams.press(grace, cards.grace, "Approve");
    expect(answer.text).toContain("did not accept the sign-in of Latchkey's own app");
    expect(answer.text).not.toMatch(/Sign out/);
    await stage.teams.say(ada, `cancel ${plans}`);
    await becomes(stage, cards.katherine, /Cancelled by Ada/);
  });
});

it("a write that Graph refuses is put on the rights it was made with", async () => {
  const cards = await propose();
  stage.graph.faults.next({
    method: "PATCH",
    path: POLICY_PATH,
    status: 403,
    code: "Authorization_RequestDenied",
  });
  const answer = await stage.teams.press(grace, cards.grace, "Approve");
  expect(answer.text).toMatch(
    /your account may not change the policy\. Activate Authentication Policy Administrator/,
  );
  await becomes(stage, cards.katherine, /did not take the write with the rights of Grace Hopper/);
  await stage.teams.say(ada, `cancel ${plans}`);
  await becomes(stage, cards.katherine, /Cancelled by Ada/);
});

describe("a sign-in that Graph does not take for the write", () => {
  const CLAIMS = '{"access_token":{"polids":{"essential":true,"values":["9ab03e19"]}}}';
  const challenge = Buffer.from(CLAIMS).toString("base64");
  const refuse = (challenged: string) =>
    stage.graph.faults.next({
      method: "PATCH",
      path: POLICY_PATH,
      status: 401,
      code: "InvalidAuthenticationToken",
      headers: { "WWW-Authenticate": `Bearer realm="", error="insufficient_claims"${challenged}` },
    });

  it("leads to the browser with what Graph demands, and there to another try", async () => {
    const before = stage.graph.patches().length;
    const cards = await propose();
    refuse(`, claims="${challenge}"`);
    const { value, signInAddress = "" } = await stage.teams.press(grace, cards.grace, "Approve");
    expect(JSON.stringify(value)).toContain("Microsoft Graph did not accept the sign-in that Teams gave");
    const browser = new PlainBrowser((url) => url.replace(PUBLIC_URL, stage.bot.url));
    await browser.open(signInAddress);
    refuse("");
    await browser.press("Sign in and approve");
    expect(stage.entra.authorizeRequests.at(-1)).toMatchObject({ answersChallenge: true });
    await browser.press("Grace Hopper");
    await browser.press("authenticator app");
    expect(browser.page.text).toContain(
      "Microsoft Graph did not accept that sign-in, so nothing was written",
    );
    await browser.press("Sign in again");
    // The same sign-in again would bring the same token.
    expect(stage.entra.authorizeRequests.at(-1)).toMatchObject({ prompt: "login" });
    await browser.press("Grace Hopper");
    expect(browser.page.text).toContain("Grace Hopper approved it");
    await becomes(stage, cards.katherine, /Applied and verified/);
    const written = stage.graph.patches().slice(before);
    expect(written.map(({ status }) => status)).toEqual([401, 401, 204]);
  });
});
