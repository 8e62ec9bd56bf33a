import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningSandbox } from "../../src/sandbox/launch.js";
import { openSandbox } from "./open-sandbox.js";
import { openWindow, type PlaygroundPage, says } from "./playground-page.js";

// A rollout from its pilot to everybody, and a profile for a few of them. One story told in order, in the sandbox's windows.

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

/** Grace reads the plan in her own window, and approves it. */
async function approve(plan: number, ...texts: readonly RegExp[]): Promise<void> {
  await says(grace.plan(plan), /Waiting for approval/, ...texts);
  await grace.press(plan, "Approve");
  await says(ada.plan(plan), /Applied and verified/, /Approved by Grace Hopper/);
}

describe("a pilot", () => {
  test("begins with one group, and the stages after it are written down", async () => {
    await ada.say("enable passkeys for group Pilot");
    await approve(1, /Turn passkeys on for Pilot/);
    await ada.say("rollout Pilot, Helpdesk, everyone");
    await says(
      ada.card(/Rollout in 3 stages/),
      /Written down by Ada Lovelace/,
      /✔ 1\. Pilot.*have a passkey/,
      /▸ 2\. Helpdesk.*next/,
    );
  });

  test("goes on to the next stage by a button, whose plan changes nothing but whom it is for", async () => {
    await ada.pressOn(/Rollout in 3 stages/, "next stage");
    await approve(2, /Add Helpdesk/, /Who/);
    expect(await grace.plan(2).textContent()).not.toMatch(/Which models/);
    await ada.say("pilot status");
    await says(ada.card(/✔ 2\. Helpdesk/), /▸ 3\. Everyone.*next/);
  });

  test("is promoted to all users", async () => {
    await ada.say("promote pilot to all users");
    await approve(3, /All users may use passkeys/);
    await ada.say("next stage");
    await says(ada.page.locator("body"), /Each stage of the rollout has passkeys already/);
  });
});

describe("a profile for a few", () => {
  test("is told to take an opt-in, which a button asks for and which says that it is for good", async () => {
    const create = "create profile Executives device-bound with attestation";
    await ada.say(create);
    const told = /This tenant has no passkey profiles yet/;
    await says(ada.card(told), /it cannot be undone/);
    await ada.pressOn(told, "opt in to passkey profiles");
    await approve(4, /Move to passkey profiles, which cannot be undone/, /Microsoft offers no way back/);
  });

  test("is made, and given to a group", async () => {
    await ada.say("create profile Executives device-bound with attestation");
    await approve(
      5,
      /Create profile Executives for device-bound passkeys, with attestation/,
      /Nobody has profile Executives/,
    );
    await ada.say("assign Executives to group Helpdesk");
    await approve(6, /Helpdesk.*profile Executives/);
    await ada.say("profiles");
    await says(ada.card(/2 passkey profiles/), /Executives/, /Who:.*Helpdesk/, /Attestation:.*enforced/);
    await ada.say("delete profile Executives");
    await says(ada.page.locator("body"), /is in use by Helpdesk.*Entra deletes no profile that is/);
  });
});
