import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningSandbox } from "../../src/sandbox/launch.js";
import { openSandbox } from "./open-sandbox.js";
import { picture } from "./pictures.js";
import { openWindow, type PlaygroundPage, says } from "./playground-page.js";

// What people say, and what they press instead of saying it. One story told in order, in the sandbox's windows.

let sandbox: RunningSandbox;
let browser: Browser;
let ada: PlaygroundPage;
let grace: PlaygroundPage;
let alan: PlaygroundPage;
const told: string[] = [];

beforeAll(async () => {
  ({ sandbox, browser } = await openSandbox(told));
  ada = await openWindow(browser, sandbox.addresses.ada);
  grace = await openWindow(browser, sandbox.addresses.grace);
  alan = await openWindow(browser, sandbox.addresses.alan);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

const buttonsOf = (window: PlaygroundPage, card: RegExp): Promise<readonly string[]> =>
  window.card(card).getByRole("button").allInnerTexts();

/** What a button said in the name of the person who pressed it. */
const saidBy = (window: PlaygroundPage, words: string) =>
  expect.poll(() => window.page.getByText(words, { exact: true }).count(), { timeout: 60_000 }).toBe(1);

describe("everybody is welcomed by what they may do", () => {
  test("who may ask, with three things to try that only look", async () => {
    await says(ada.card(/Latchkey is here/), /nothing is written until a second person/, /Set up so far/);
    const buttons = ["status", "keys in use", "what if we enable passkeys", "help", "guide"];
    expect(await buttonsOf(ada, /Latchkey is here/)).toEqual(buttons);
    expect(await ada.card(/Latchkey is here/).textContent()).not.toMatch(/You may approve/);
    await picture("welcome", ada.card(/Latchkey is here/));
  });

  test("who may approve, with what will come, and from whom", async () => {
    await says(grace.card(/Latchkey is here/), /You may approve.*their name and who is affected/);
  });

  test("who may neither, with the guide for a passkey of their own, and not a word of plans", async () => {
    const card = alan.card(/I work for the administrators/);
    await says(card, /For your own passkey/, /Lost a key/);
    expect(await card.textContent()).not.toMatch(/approve|plan|PIM/i);
  });
});

describe("a typo", () => {
  test("is offered as a button, whose words then stand there in Ada's name and are answered", async () => {
    await ada.say("enabel paskeys");
    const asked = /Did you mean enable passkeys\?/;
    await says(ada.card(asked), asked);
    await picture("offer", ada.card(asked));
    await ada.pressOn(asked, "enable passkeys");
    await saidBy(ada, "Ada Lovelace: enable passkeys");
    await says(ada.plan(1), /Turn passkeys on/, /Waiting for approval/);
  });

  test("Grace rejects the plan in words, and Ada reads why", async () => {
    await says(grace.plan(1), /Waiting for approval/);
    await grace.say("reject 1 because the pilot is not over");
    for (const window of [grace, ada]) {
      await says(window.plan(1), /Rejected by Grace Hopper/, /Reason: the pilot is not over/);
      expect(await window.plan(1).getByRole("button").allInnerTexts()).not.toContain("Approve");
    }
    await picture("rejected", ada.plan(1));
  });
});

describe("what if", () => {
  const asked = /Only asked: nothing was proposed/;

  test("shows what the change would do, without a number and without a plan", async () => {
    await ada.pressOn(/Latchkey is here/, "what if we enable passkeys");
    await says(ada.card(asked), asked, /Nobody loses passkey sign-in/, /Passkeys \(FIDO2\)\s*off\s*on/);
    expect(await ada.card(asked).textContent()).not.toMatch(/Plan #/);
    expect(await buttonsOf(ada, asked)).toEqual(["enable passkeys"]);
    await picture("what-if", ada.card(asked));
  });

  test("is proposed by its button, and Grace approves it", async () => {
    await ada.pressOn(asked, "enable passkeys");
    await says(grace.plan(2), /Waiting for approval/, /asked by Ada Lovelace/);
    await grace.press(2, "Approve");
    await says(ada.plan(2), /Applied and verified/, /Approved by Grace Hopper/);
  });
});

describe("models", () => {
  test("that one name may mean are ticked, and those become the plan", async () => {
    await ada.say("remove yubikey 5 series with nfc");
    const choice = /Which models do you mean/;
    const boxes = ada.card(choice).getByRole("checkbox");
    await expect.poll(() => boxes.count(), { timeout: 60_000 }).toBeGreaterThan(2);
    await boxes.nth(0).check({ force: true });
    await boxes.nth(1).check({ force: true });
    await picture("choice", ada.card(choice));
    await ada.pressOn(choice, "Remove the ticked ones");
    await says(ada.plan(3), /Waiting for approval/, /firmware 5\.7|YubiKey 5 Series with NFC/);
    await ada.press(3, "Cancel");
    await says(ada.plan(3), /Cancelled by Ada Lovelace/);
  });

  test("of a pasted list with one broken line are asked for without it, by a button", async () => {
    const broken = "ee882879-721c-4913-9775-3dfcce97072";
    await ada.paste(
      ["allow", "a4e9fc6d-4cbe-4758-b8ba-37598bb5bbaa", "149a2021-8ef6-4133-96b8-81f8d5b7f1f5", broken].join(
        "\n",
      ),
    );
    const list = /one is not understood/;
    await says(ada.card(list), /Line 4: ee882879-721c-4913-9775-3dfcce97072, it has 31 digits/);
    await picture("broken-line", ada.card(list));
    await ada.pressOn(list, "Without that: allow the other 2");
    await says(ada.plan(4), /Waiting for approval/);
  });
});

describe("looking", () => {
  test("status says how it stands and what waits, with buttons for what comes next", async () => {
    await ada.pressOn(/Latchkey is here/, "status");
    await saidBy(ada, "Ada Lovelace: status");
    await says(
      ada.card(/How passkeys stand/),
      /✔ On/,
      /Pilot \(60 people/,
      /Waiting: 1 plan: #4, asked by you/,
    );
    await picture("status", ada.card(/How passkeys stand/));
  });

  test("the guide for an iPhone is whole on a card of a phone's width", async () => {
    await alan.pressOn(/For your own passkey/, "guide ios");
    await saidBy(alan, "Alan Turing: guide ios");
    const guide = alan.card(/A passkey on your iPhone or iPad/);
    await says(guide, /1\. Update to iOS 17/, /No QR code is needed/);
    for (const width of [400, 328]) {
      // The Playground draws every card alike, however narrow its window is.
      await alan.page.addStyleTag({ content: `.ac-preview-panel { width: ${width}px !important; }` });
      const panel = guide.locator(".ac-preview-panel");
      await expect.poll(async () => (await panel.boundingBox())?.width).toBe(width);
      expect(await alan.page.evaluate(STANDS_OUT)).toEqual([]);
    }
    expect(await guide.locator("img").count()).toBeGreaterThan(4);
    await picture("guide-on-a-phone", guide.locator(".ac-preview-panel"));
  });

  test("the channel had nothing to complain about", () => {
    expect(told.filter((line) => line.includes("[channel]"))).toEqual([]);
  });
});

/** Runs in the page: what stands out of a card. */
const STANDS_OUT = `[...document.querySelectorAll(".ac-preview-panel")].flatMap((panel) =>
  [...panel.querySelectorAll("*")]
    .filter((part) => part.getBoundingClientRect().right > panel.getBoundingClientRect().right + 1)
    .map((part) => part.outerHTML.slice(0, 200)))`;
