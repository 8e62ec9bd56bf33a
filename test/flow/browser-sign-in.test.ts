import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { PlainBrowser } from "../simulators/plain-browser.js";
import { openStage, type Stage } from "./stage.js";
import type { Message } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const PUBLIC_URL = "https://latchkey.example";
let stage: Stage;
let untouched: Stage["tenant"]["policy"];
let plans = 0;
let earlier = 0;
/** Everything that was in an address and could be used by who reads it: links, states and codes. */
const passedBy = new Set<string>();

// One bot for the file: each test starts from the same policy with a plan of its own.
beforeAll(async () => {
  stage = await openStage();
  untouched = structuredClone(stage.tenant.policy);
  stage.entra.signInRules.redirectUris.add(`${PUBLIC_URL}/sign-in/done`);
  await stage.teams.install(grace);
});
afterAll(() => stage?.close());
beforeEach(() => {
  stage.tenant.policy = structuredClone(untouched);
  earlier = stage.graph.patches().length;
});
afterEach(() => {
  stage.entra.signInRules.always = "none";
  stage.tenant.consents.delegated.add("User.Read");
});

const patches = () => stage.graph.patches().slice(earlier);

/** Ada asks; the copy of the card in Grace's chat. What still waits is taken back before. */
async function propose(): Promise<Message> {
  const { teams } = stage;
  if (plans > 0) {
    await teams.say(ada, `cancel ${plans}`);
    await teams.findText(
      teams.chatOf(ada),
      new RegExp(`Plan #${plans} (is|has) (cancelled|already|closed|expired)`),
    );
  }
  plans += 1;
  await teams.say(ada, "enable passkeys");
  return teams.findText(teams.chatOf(grace), `Plan #${plans} `);
}

/** A browser in which the bot's public address leads to the bot. */
function newBrowser(): PlainBrowser {
  return new PlainBrowser((url) => {
    for (const [, secret = ""] of url.matchAll(/(?:sign-in\/|state=|code=)([\w.%-]{20,})/g))
      passedBy.add(secret);
    return url.replace(PUBLIC_URL, stage.bot.url);
  });
}

/** Grace presses Approve, and opens the page of the button that her client shows. */
async function openSignIn(
  card: Message,
  browser = newBrowser(),
  notSilently: { notSilently?: true } = { notSilently: true },
) {
  const { signInAddress, value } = await stage.teams.press(grace, card, "Approve", notSilently);
  if (signInAddress === undefined) throw new Error(`no button to sign in: ${JSON.stringify(value)}`);
  await browser.open(signInAddress);
  return browser;
}

const isApproved = (browser: PlainBrowser, card: Message) => {
  expect(browser.page.text).toContain("Approved");
  expect(browser.page.text).toContain("Grace Hopper approved it");
  expect(patches()).toHaveLength(1);
  return stage.teams.find(
    stage.teams.chatOf(grace),
    ({ id, card: drawn }) => id === card.id && JSON.stringify(drawn).includes("Applied and verified"),
    "the card, applied",
  );
};

describe("where Teams cannot sign a person in by itself", () => {
  it("the person signs in in a browser, and the approval goes on by itself", async () => {
    const card = await propose();
    const browser = await openSignIn(card);
    expect(browser.page.text).toContain(`Approve plan #${plans}`);
    expect(browser.page.text).toContain("Sign in as Grace Hopper");
    await browser.press("Sign in and approve");
    await browser.press("Grace Hopper");
    await isApproved(browser, card);
    expect(stage.entra.authorizeRequests.at(-1)).toMatchObject({
      scope:
        "openid https://graph.microsoft.com/Policy.ReadWrite.AuthenticationMethod https://graph.microsoft.com/User.Read",
      challengeMethod: "S256",
      // As the directory has it: the names in an activity are for its sender to choose.
      loginHint: "grace.hopper@kestrelmarine.example",
    });
    // Her client sends the press again when the window has closed.
    const again = await stage.teams.press(grace, card, "Approve", { state: "CancelledByUser" });
    expect(again.text).toContain("Applied and verified");
    expect(patches()).toHaveLength(1);
  });

  it.each([
    ["what its page told Teams", "000000"],
    ["a word of the person who closed it", "CancelledByUser"],
  ])(
    "a client that reports the closed window, with %s, leads to nothing twice, and to not a word",
    async (_, state) => {
      const card = await propose();
      const browser = await openSignIn(card);
      await browser.press("Sign in and approve");
      await browser.press("Grace Hopper");
      const applied = await isApproved(browser, card);
      const before = stage.teams.messages.length;
      for (let times = 0; times < 2; times += 1) {
        expect(await stage.teams.closeSignInWindow(grace, state)).toMatchObject({
          status: 200,
          body: undefined,
        });
      }
      // Answered after it: what the report might have led to would be there by now.
      await stage.teams.say(grace, "help");
      await stage.teams.find(
        stage.teams.chatOf(grace),
        ({ id }) => !stage.teams.messages.slice(0, before).some((each) => each.id === id),
        "the answer to help",
      );
      expect(stage.teams.messages).toHaveLength(before + 1);
      expect(stage.teams.messages.find(({ id }) => id === applied.id)).toEqual(applied);
      expect(patches()).toHaveLength(1);
      expect(stage.bot.output).not.toMatch(/turn-failed|unexpected/i);
    },
  );

  it("a second factor that Entra demands is given there", async () => {
    const card = await propose();
    stage.entra.signInRules.always = "second-factor";
    const browser = await openSignIn(card, newBrowser(), {});
    await browser.press("Sign in and approve");
    await browser.press("Grace Hopper");
    expect(browser.page.text).toContain("prove who you are");
    await browser.press("authenticator app");
    await isApproved(browser, card);
    expect(stage.entra.authorizeRequests.at(-1)).toMatchObject({ answersChallenge: true });
  });

  it("consent that is missing is asked for; without it nothing is written, and the person may try again", async () => {
    stage.tenant.consents.delegated.delete("User.Read");
    const card = await propose();
    const browser = await openSignIn(card, newBrowser(), {});
    await browser.press("Sign in and approve");
    await browser.press("Grace Hopper");
    expect(browser.page.text).toContain("Need admin approval");
    await browser.press("Return to the app without consent");
    expect(browser.page.text).toContain("Not approved");
    expect(browser.page.text).toContain("nothing was written");
    expect(patches()).toEqual([]);
    stage.tenant.consents.delegated.add("User.Read");
    await browser.press("Sign in again");
    await isApproved(browser, card);
  });

  it("a window that was closed leads to no request without end", async () => {
    const card = await propose();
    await openSignIn(card);
    const again = await stage.teams.press(grace, card, "Approve", { state: "CancelledByUser" });
    expect(again.text).toContain("The sign-in was not finished, so nothing was written.");
    expect((await stage.teams.press(grace, card, "Approve", { notSilently: true })).signInAddress).toContain(
      "/sign-in/",
    );
  });
});

describe("a client that says why it could not", () => {
  it("is answered with what happened, who mends it, and a link; and is not asked to do it silently again", async () => {
    const { teams } = stage;
    const card = await propose();
    await teams.press(grace, card, "Approve", { notSilently: true });
    expect(await teams.failSignIn(grace, "installedappnotfound")).toBe(200);
    const said = await teams.findText(teams.chatOf(grace), "Latchkey is not installed for you");
    expect(said.text).toContain("add Latchkey in Teams under Apps");
    const [address = ""] = /https:\/\/latchkey\.example\/sign-in\/\S+/.exec(said.text) ?? [];
    // Her client would obtain a token now, and is not asked for one.
    const again = await teams.press(grace, card, "Approve");
    expect(again.signInAddress).toContain("/sign-in/");
    expect(JSON.stringify(again.value)).not.toContain("tokenExchangeResource");
    const browser = newBrowser();
    await browser.open(address);
    await browser.press("Sign in and approve");
    await browser.press("Grace Hopper");
    await isApproved(browser, card);
    // The one link that stands in a chat is good for nothing any more.
    await browser.open(address);
    expect(browser.page.text).toContain("This sign-in is over");
    passedBy.delete(address.split("/").at(-1) ?? "");
    // What was told of nothing that was pressed here has no link.
    await teams.failSignIn(grace, "something new");
    await teams.findText(
      teams.chatOf(grace),
      "press Approve again: its button then leads to a sign-in in a browser",
    );
  });
});

describe("a sign-in in a browser", () => {
  it("of another account writes nothing, and asks for the right one", async () => {
    const card = await propose();
    const browser = await openSignIn(card);
    await browser.press("Sign in and approve");
    await browser.press("Katherine Johnson");
    expect(browser.page.text).toContain("another account than the one that pressed Approve");
    expect(patches()).toEqual([]);
    await browser.press("Sign in with another account");
    await browser.press("Grace Hopper");
    await isApproved(browser, card);
  });

  it("is good once: what came back does not work again", async () => {
    const card = await propose();
    const browser = await openSignIn(card);
    const address = browser.page.url;
    await browser.press("Sign in and approve");
    await browser.press("Grace Hopper");
    await isApproved(browser, card);
    await browser.open(browser.page.url);
    expect(browser.page.text).toContain("This sign-in is over");
    await browser.open(address);
    expect(browser.page.text).toContain("This sign-in is over");
    expect(patches()).toHaveLength(1);
  });

  it("comes back to the browser that set out, and to no other", async () => {
    const card = await propose();
    const browser = await openSignIn(card);
    await browser.press("Sign in and approve");
    stage.entra.signInRules.always = "second-factor";
    await browser.press("Grace Hopper");
    // The last redirect is caught on its way, and opened elsewhere.
    let caught = "";
    const thief = new PlainBrowser((url) => url.replace(PUBLIC_URL, stage.bot.url));
    const caughtOnItsWay = browser.anotherWindow((url) => {
      if (!url.includes("/sign-in/done")) return url;
      caught = url;
      return "data:text/plain,caught";
    });
    await caughtOnItsWay.pressOn(browser.page, "authenticator app");
    await thief.open(caught);
    expect(thief.page.text).toContain("This sign-in is over");
    expect(patches()).toEqual([]);
    await browser.open(caught);
    await isApproved(browser, card);
  });

  it("in two windows goes on in the one that was opened last", async () => {
    const card = await propose();
    const first = await openSignIn(card);
    const second = first.anotherWindow();
    await second.open(first.page.url);
    await first.press("Sign in and approve");
    await second.press("Sign in and approve");
    await first.press("Grace Hopper");
    expect(first.page.text).toContain("This sign-in is over");
    await second.press("Grace Hopper");
    await isApproved(second, card);
  });

  it("is not begun by a page elsewhere", async () => {
    const card = await propose();
    const browser = await openSignIn(card);
    const address = browser.page.url.replace(PUBLIC_URL, stage.bot.url);
    for (const headers of [{ Origin: "https://evil.example" }, { "Sec-Fetch-Site": "cross-site" }, {}]) {
      const response = await fetch(address, { method: "POST", headers, redirect: "manual" });
      expect([response.status, response.headers.get("location")]).toEqual([403, null]);
    }
  });

  it("of a plan that was decided meanwhile says so before anybody signs in", async () => {
    const card = await propose();
    const browser = await openSignIn(card);
    await stage.teams.press(grace, card, "Reject", { inputs: { reason: "no" } });
    await browser.press("Sign in and approve");
    expect(browser.page.text).toContain("Not approved");
    expect(browser.page.text).toMatch(/rejected/);
    expect(patches()).toEqual([]);
  });
});

it("leaves no link, state, code or token in a log line, a stored file or a card", async () => {
  const { teams, entra, bot } = stage;
  await bot.stop();
  const cards = teams.received.map((request) => JSON.stringify(request.body)).join("\n");
  const places = { log: bot.output, files: await bot.storedText(), cards };
  expect(passedBy.size).toBeGreaterThan(20);
  for (const [place, text] of Object.entries(places)) {
    const leaked = [...entra.issued, ...passedBy].filter((secret) => text.includes(secret));
    expect(leaked, place).toEqual([]);
  }
});
