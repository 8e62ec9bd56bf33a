import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { PlainBrowser } from "../simulators/plain-browser.js";
import type { BotProcess } from "./bot-process.js";
import { becomes } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const PUBLIC_URL = "https://latchkey.example";
let stage: Stage;
afterEach(() => stage?.close());

/** Two processes behind one public address, and a plan of Ada's that Grace may approve. */
async function openTwo(): Promise<{
  one: BotProcess;
  two: BotProcess;
  card: Message;
  browser: PlainBrowser;
}> {
  stage = await openStage({ onPostgres: 2 });
  const [one, two] = stage.bots;
  if (one === undefined || two === undefined) throw new Error("there are not two bots");
  stage.entra.signInRules.redirectUris.add(`${PUBLIC_URL}/sign-in/done`);
  await stage.teams.install(grace);
  await stage.teams.say(ada, "enable passkeys");
  const card = await stage.teams.findText(stage.teams.chatOf(grace), "Plan #1 ");
  // The public address leads to the process that Teams is turned to, as one load balancer serves both.
  const browser = new PlainBrowser((url) => url.replace(PUBLIC_URL, stage.teams.botUrl));
  return { one, two, card, browser };
}

async function openSignIn(card: Message, browser: PlainBrowser): Promise<void> {
  const { signInAddress = "" } = await stage.teams.press(grace, card, "Approve", { notSilently: true });
  await browser.open(signInAddress);
}

/** Approved by Grace with one write and one approval on record, and the card that was there says so. */
async function isApprovedOnce(card: Message, browser: PlainBrowser): Promise<void> {
  expect(browser.page.text).toContain("Grace Hopper approved it");
  await becomes(stage, card, /Applied and verified/);
  expect(stage.graph.patches()).toHaveLength(1);
  const approvals = await stage.database?.run("select body from audit where body like '%\"plan-approved\"%'");
  expect(approvals).toHaveLength(1);
}

describe("a sign-in in a browser, of two processes on one database", () => {
  it("begins at one and comes back at the other, which approves", async () => {
    const { one, two, card, browser } = await openTwo();
    await openSignIn(card, browser);
    await browser.press("Sign in and approve");
    stage.turnTo(two);
    await browser.press("Grace Hopper");
    await isApprovedOnce(card, browser);
    expect(two.output).toContain("write-verified");
    // The way back is used up at the process that it began at, too.
    stage.turnTo(one);
    await browser.open(browser.page.url);
    expect(browser.page.text).toContain("This sign-in is over");
    expect(stage.graph.patches()).toHaveLength(1);
  });

  it("goes on at the other when the first was killed while the person was at Entra", async () => {
    const { one, two, card, browser } = await openTwo();
    await openSignIn(card, browser);
    await browser.press("Sign in and approve");
    await one.stop("SIGKILL");
    stage.turnTo(two);
    await browser.press("Grace Hopper");
    await isApprovedOnce(card, browser);
  });

  it("that comes back at both at once is taken by one of them", async () => {
    const { one, two, card, browser } = await openTwo();
    await openSignIn(card, browser);
    await browser.press("Sign in and approve");
    let wayBack = "";
    const onItsWay = browser.anotherWindow((url) => {
      if (!url.startsWith(PUBLIC_URL)) return url;
      wayBack = url;
      return "data:text/plain,caught";
    });
    await onItsWay.pressOn(browser.page, "Grace Hopper");
    const windows = [one, two].map((bot) => browser.anotherWindow((url) => url.replace(PUBLIC_URL, bot.url)));
    await Promise.all(windows.map((window) => window.open(wayBack)));
    const [taken, ...others] = windows.filter(({ page }) => page.text.includes("Approved"));
    if (taken === undefined) throw new Error("neither of them approved");
    expect(others).toEqual([]);
    expect(windows.filter(({ page }) => page.text.includes("This sign-in is over"))).toHaveLength(1);
    await isApprovedOnce(card, taken);
  });

  it("writes nothing when its process is killed with the code in hand, and Approve at the other does it", async () => {
    const { one, two, card, browser } = await openTwo();
    const { entra, graph } = stage;
    await openSignIn(card, browser);
    await browser.press("Sign in and approve");
    const clear = entra.faults.set("silence", { grant: "authorization_code" });
    const back = browser.press("Grace Hopper").catch(() => "the process is gone");
    await eventually(
      () => entra.tokenRequests.some(({ grant }) => grant === "authorization_code") || undefined,
      () => "the code to be on its way to Entra",
    );
    await one.stop("SIGKILL");
    expect(await back).toBe("the process is gone");
    clear();
    expect(graph.patches()).toEqual([]);
    stage.turnTo(two);
    await browser.open(browser.visited.find((url) => url.startsWith(`${PUBLIC_URL}/sign-in/done`)) ?? "");
    expect(browser.page.text).toContain("This sign-in is over");
    await openSignIn(card, browser);
    // Entra knows her in this browser by now.
    await browser.press("Sign in and approve");
    await isApprovedOnce(card, browser);
  });
});
