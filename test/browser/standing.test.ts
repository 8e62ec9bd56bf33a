import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningSandbox } from "../../src/sandbox/launch.js";
import { openSandbox } from "./open-sandbox.js";
import { openWindow, type PlaygroundPage, says } from "./playground-page.js";

// How far the rollout is, and why one person's keys do not work until they do. One story told in order.

let sandbox: RunningSandbox;
let browser: Browser;
let ada: PlaygroundPage;
let grace: PlaygroundPage;
const told: string[] = [];

beforeAll(async () => {
  ({ sandbox, browser } = await openSandbox(told));
  ada = await openWindow(browser, sandbox.addresses.ada);
  grace = await openWindow(browser, sandbox.addresses.grace);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

const EMMY = /^\s*Emmy Noether/;
const ADOPTION = /Passkey adoption/;
const buttonsOf = (window: PlaygroundPage, card: RegExp): Promise<readonly string[]> =>
  window.card(card).getByRole("button").allInnerTexts();

async function approved(plan: number): Promise<void> {
  await says(grace.plan(plan), /Waiting for approval/);
  await grace.press(plan, "Approve");
  await says(ada.plan(plan), /Applied and verified/);
}

describe("a key that does not work", () => {
  test("is told with everything that keeps it out", async () => {
    await ada.say("scan");
    await says(ada.card(/Everyone's passkeys/), /Complete/);
    await ada.say("why can't Emmy Noether use her key?");
    await says(
      ada.card(EMMY),
      /7 passkeys registered; none works/,
      /Passkeys are off/,
      /not for Emmy Noether/,
    );
    await says(ada.card(EMMY), /passkeys are off for everybody; and passkeys are not on for this person/);
    expect(await buttonsOf(ada, EMMY)).toEqual(
      expect.arrayContaining(["Turn passkeys on", expect.stringMatching(/^Add Helpdesk/)]),
    );
  });

  test("is mended step by step, each a button and a plan that a second person approves", async () => {
    const [add = ""] = (await buttonsOf(ada, EMMY)).filter((title) => title.startsWith("Add Helpdesk"));
    await ada.pressOn(EMMY, add);
    await approved(1);
    await ada.say("why can't Emmy Noether use her key?");
    await says(ada.card(EMMY), /Once on, they are for Emmy Noether, as part of Helpdesk/);
    await ada.pressOn(EMMY, "Turn passkeys on");
    await approved(2);
    await ada.say("show Emmy Noether");
    await says(ada.card(EMMY), /7 passkeys registered; the policy lets each of them in/);
    await says(ada.card(EMMY), /Changed in the last three months/, /#2/, /approved by Grace Hopper/);
  });
});

describe("how far the rollout is", () => {
  test("is a card of numbers, with the administrators apart and each group", async () => {
    await ada.say("adoption");
    await says(ada.card(ADOPTION), /\d+ of \d+ people have a passkey \(\d+%\)/, /Administrators/, /Helpdesk/);
    await says(ada.card(ADOPTION), /Device-bound only/, /registration report/, /not known yet/);
  });

  test("leads to who has none, and to a file of them that the person downloads", async () => {
    await ada.pressOn(ADOPTION, "Who has no passkey");
    await says(ada.card(/Who has no passkey/), /Alan Turing/);
    await ada.say("export who has no passkey");
    const card = ada.card(/A CSV file/);
    await says(card, /The button works until/);
    // This browser runs in one process, which a second page would end: what it would open is fetched instead.
    const opened = ada.page.evaluate<string>(
      "new Promise((resolve) => { window.open = (url) => { resolve(String(url)); return null; }; })",
    );
    await card.getByText("Download", { exact: true }).click();
    const file = await fetch(await opened);
    expect(file.headers.get("content-disposition")).toMatch(
      /^attachment; filename="without-passkey-.*\.csv"/,
    );
    expect(await file.text()).toMatch(/"Alan Turing"/);
  });
});

test("the channel had nothing to complain about", () => {
  expect(told.filter((line) => line.includes("[channel]"))).toEqual([]);
});
