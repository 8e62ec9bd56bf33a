import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningSandbox } from "../../src/sandbox/launch.js";
import { seriousFindings } from "./axe.js";
import { openSandbox } from "./open-sandbox.js";
import { picture } from "./pictures.js";
import { openWindow, type PlaygroundPage, says } from "./playground-page.js";

// The whole product as a newcomer meets it: the real bot, windows of the Agents Playground, the tenant page.
// The tests are one story told in order; each begins where the one before ended.

let sandbox: RunningSandbox;
let browser: Browser;
let ada: PlaygroundPage;
let grace: PlaygroundPage;
let linus: PlaygroundPage;
let tenant: Page;
const told: string[] = [];

beforeAll(async () => {
  ({ sandbox, browser } = await openSandbox(told));
  tenant = await browser.newPage({ viewport: { width: 1180, height: 900 }, deviceScaleFactor: 2 });
  await tenant.goto(sandbox.addresses.tenantPage);
  ada = await openWindow(browser, sandbox.addresses.ada);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

/** Waits until the newest card of the plan, as this window draws it, has all of these texts. */
const shows = (window: PlaygroundPage, plan: number, ...texts: readonly RegExp[]): Promise<void> =>
  says(window.plan(plan), ...texts);

const buttons = (window: PlaygroundPage, plan: number): Promise<readonly string[]> =>
  window.plan(plan).getByRole("button").allInnerTexts();

const writes = (): Promise<number> => tenant.locator("#requests .write").count();

describe("Ada asks", () => {
  test("and reads in her window what was understood, what changes and for whom", async () => {
    await ada.say("enable passkeys");
    await shows(ada, 1, /Turn passkeys on/, /Waiting for approval/, /Nobody loses passkey sign-in/);
    await shows(ada, 1, /Passkeys \(FIDO2\)\s*off\s*on/, /\+\s*Microsoft Authenticator \(iOS\)/, /YubiKey/);
    expect(await buttons(ada, 1)).toContain("Cancel");
    expect(await buttons(ada, 1)).not.toContain("Approve");
    expect(await writes()).toBe(0);
  });

  test("the same card stands in Grace's window, which she opens only now, with Approve and Reject", async () => {
    grace = await openWindow(browser, sandbox.addresses.grace);
    await shows(grace, 1, /asked by Ada Lovelace/, /Waiting for approval/, /Passkeys \(FIDO2\)\s*off\s*on/);
    expect(await buttons(grace, 1)).toEqual(expect.arrayContaining(["Approve", "Reject"]));
    await picture("plan-card", grace.plan(1));
  });

  test("Linus gets it by its number", async () => {
    linus = await openWindow(browser, sandbox.addresses.linus);
    await linus.say("show 1");
    await shows(linus, 1, /asked by Ada Lovelace/, /Waiting for approval/);
  });
});

describe("the decision", () => {
  test("is not Linus's, who may only look: his card has nothing to decide with", async () => {
    expect(await buttons(linus, 1)).toEqual(["Show all"]);
    await linus.press(1, "Show all");
    await shows(linus, 1, /What changes/, /Show less/);
    expect(await writes()).toBe(0);
  });

  test("is Grace's: her sign-in happens by itself, and every card says applied, verified, and by whom", async () => {
    await grace.press(1, "Approve");
    for (const window of [grace, ada, linus]) {
      await shows(window, 1, /Applied and verified/, /Approved by Grace Hopper/);
      expect(await buttons(window, 1)).not.toContain("Approve");
    }
    await picture("applied-card", ada.plan(1));
  });

  test("is seen at the tenant: the policy is on, and the audit log names Grace", async () => {
    await expect.poll(() => tenant.locator("#state").textContent()).toBe("passkeys are on");
    const audit = await tenant.locator("#audits li").first().textContent();
    expect(audit).toMatch(/Grace Hopper/);
    expect(audit).toMatch(/state: "disabled" → "enabled"/);
    expect(await tenant.locator("#requests .write").textContent()).toMatch(
      /Grace Hopper[\s\S]*PATCH[\s\S]*204/,
    );
    await tenant.locator("details", { hasText: "Tokens asked for" }).locator("summary").click();
    expect(await tenant.locator("#tokens").textContent()).toMatch(/on behalf of Grace Hopper: granted/);
  });
});

describe("other endings", () => {
  test("Grace rejects the next plan with a reason that she types; Ada reads it", async () => {
    await ada.say("enable passkeys unrestricted");
    await shows(grace, 2, /Waiting for approval/);
    await grace.press(2, "Reject");
    const reason = "Only after the pilot <b>*ends*</b>";
    await grace.plan(2).locator("textarea, input[type=text]").last().fill(reason);
    await grace
      .plan(2)
      .getByRole("button", { name: /reject/i })
      .last()
      .click();
    for (const window of [grace, ada]) {
      await shows(window, 2, /Rejected/, /Grace Hopper/, /Only after the pilot <b>\*ends\*<\/b>/);
    }
    expect(await writes()).toBe(1);
  });

  test("Ada cancels another; Grace can no longer approve it", async () => {
    await ada.say("disable passkeys");
    await shows(grace, 3, /Waiting for approval/);
    await ada.press(3, "Cancel");
    for (const window of [ada, grace]) await shows(window, 3, /Cancelled/, /Ada Lovelace/);
    expect(await buttons(grace, 3)).not.toContain("Approve");
    expect(await writes()).toBe(1);
  });

  test("a window that is loaded again shows the conversation as it stands", async () => {
    await grace.page.reload();
    await shows(grace, 1, /Applied and verified/);
    await shows(grace, 2, /Rejected/);
    await shows(grace, 3, /Cancelled/);
  });

  test("Ada asks to take the first plan back, and reads what that would mean", async () => {
    await ada.say("undo 1");
    await shows(ada, 4, /Undo #1: Turn passkeys off/, /Takes back what plan #1 changed, and nothing else/);
    await shows(grace, 4, /Passkeys \(FIDO2\)\s*on\s*off/, /lose passkey sign-in/);
    await ada.press(4, "Cancel");
    await shows(grace, 4, /Cancelled/);
  });
});

describe("somebody changes the policy in the portal", () => {
  const first = /Drift 1 · the policy was changed outside Latchkey/;
  const second = /Drift 2 · the policy was changed outside Latchkey/;
  const edit = (what: RegExp) => tenant.getByRole("button", { name: what }).click();

  test("and Grace reads what, by whom, and whether anybody lost sign-in", async () => {
    await edit(/Titan keys/);
    await grace.say("drift");
    await says(grace.card(first), /Open/, /Changed by Katherine Johnson/, /lost passkey sign-in/);
    expect(await grace.card(first).getByRole("button").allInnerTexts()).toEqual(
      expect.arrayContaining(["Accept", "Put back", "Show all"]),
    );
    await picture("drift-card", grace.card(first));
  });

  test("she accepts it with a reason, and the copy in Ada's window says so", async () => {
    await grace.pressOn(first, "Accept");
    const card = grace.card(first);
    await card.locator("textarea, input[type=text]").last().fill("Titan keys are *not* bought any more");
    await grace.pressOn(first, "Accept as new baseline");
    for (const window of [grace, ada]) {
      await says(window.card(first), /Accepted by Grace Hopper/, /Reason: Titan keys are \*not\* bought/);
    }
    expect(await card.getByRole("button").allInnerTexts()).not.toContain("Put back");
  });

  test("the next one Linus has put back, by a plan that Grace approves", async () => {
    await edit(/self-service/);
    await linus.say("drift");
    await says(linus.card(second), /Open/, /Self-service set-up\s*allowed\s*not allowed/);
    await linus.pressOn(second, "Put back");
    await shows(grace, 5, /Put back drift 2/, /asked by Linus/);
    await grace.press(5, "Approve");
    await shows(grace, 5, /Applied and verified/);
    await says(linus.card(second), /Put back with plan #5, approved by Grace Hopper/);
    await grace.say("drift");
    await says(grace.page.locator("body"), /The policy is as applied with plan #5 \(Grace Hopper/);
  });
});

describe("what was", () => {
  test("is listed by history", async () => {
    await linus.say("history");
    const card = linus.card(/The last 5 plans/);
    await says(card, /#5 Put back drift 2/, /#1 Turn passkeys on/, /approved by Grace Hopper/);
    await linus.pressOn(/The last 5 plans/, "For an auditor");
    await says(card, /verify --head/);
  });

  test("is in one file by evidence, which opens from the card", async () => {
    await linus.say("evidence 1");
    const card = linus.card(/Evidence for plan #1/);
    await says(card, /asked by Ada Lovelace/, /Approved by\s*Grace Hopper/);
    // This browser runs in one process, which a second page would end: what it would open is fetched instead.
    const opened = linus.page.evaluate<string>(
      "new Promise((resolve) => { window.open = (url) => { resolve(String(url)); return null; }; })",
    );
    await card.getByText("Download", { exact: true }).click();
    const file = await fetch(await opened);
    expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename=".*plan-1.*\.html"/);
    expect(await file.text()).toMatch(/Grace Hopper/);
  });

  test.each(["light", "dark"] as const)(
    "stands on the tenant page, %s, which can be used without seeing or pointing",
    async (colorScheme) => {
      await tenant.emulateMedia({ colorScheme });
      await tenant.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
      expect(await seriousFindings(tenant)).toEqual([]);
    },
  );
});

test("the channel had nothing to complain about", () => {
  expect(told.filter((line) => line.includes("[channel]"))).toEqual([]);
});
