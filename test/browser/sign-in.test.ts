import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { RunningSandbox } from "../../src/sandbox/launch.js";
import { openSandbox } from "./open-sandbox.js";
import { openWindow, type PlaygroundPage, says } from "./playground-page.js";
import { browserOfPerson, historyOf, PagePictures, type PersonsBrowser } from "./sign-in-pages.js";

// An approver's way by a browser, from the button in Teams to the card that says what came of it: the real bot, windows of
// the Agents Playground, pages of Latchkey and of simulated Entra in a browser at the width of a phone.

let sandbox: RunningSandbox;
let browser: Browser;
let tenant: Page;
let ada: PlaygroundPage;
let grace: PlaygroundPage;
const passedBy = new Set<string>();
const way = new PagePictures("light");
/** What else Entra may ask for, and what is read where that did not do. */
const trouble = new PagePictures("dark");

async function openAll(): Promise<void> {
  ({ sandbox, browser } = await openSandbox([], { asAPersonHas: true }));
  tenant = await browser.newPage();
  await tenant.goto(sandbox.addresses.tenantPage);
  ada = await openWindow(browser, sandbox.addresses.ada);
  grace = await openWindow(browser, sandbox.addresses.grace);
}

async function closeAll(): Promise<void> {
  await browser?.close();
  await sandbox?.close();
}

let since = "";
/** Writes that Graph got since Ada asked for the plan. */
async function patches(): Promise<number> {
  const state = await fetch(`${sandbox.addresses.tenantPage}/state`);
  const { requests } = (await state.json()) as { requests: { method: string; at: string }[] };
  const [earliest] = requests.map(({ at }) => at).sort();
  if (requests.length === 0 || earliest === undefined || (requests.length >= MOST_SHOWN && earliest > since))
    throw new Error("the tenant page does not show every request since then");
  return requests.filter(({ method, at }) => method === "PATCH" && at >= since).length;
}
/** Requests that the tenant page shows. */
const MOST_SHOWN = 100;

/** A switch of the tenant page. */
async function flip(label: RegExp): Promise<void> {
  const button = tenant.getByRole("button", { name: label });
  const before = await button.getAttribute("aria-pressed");
  await button.click();
  await expect.poll(() => button.getAttribute("aria-pressed"), { timeout: 60_000 }).not.toBe(before);
}

let plans = 0;
/** Ada asks for something that is not so yet; Grace presses Approve. @returns where the button of her window leads */
async function pressApprove(): Promise<string> {
  plans += 1;
  since = new Date().toISOString();
  await ada.say(plans % 2 === 1 ? "enable passkeys" : "disable passkeys");
  await says(grace.plan(plans), /Waiting for approval/);
  const links = grace.page.locator('a[href*="/sign-in/"]');
  const before = await links.count();
  await grace.press(plans, "Approve");
  await expect.poll(() => links.count(), { timeout: 60_000 }).toBeGreaterThan(before);
  return (await links.last().getAttribute("href")) ?? "";
}

const shows = (page: Page, ...texts: readonly RegExp[]) => says(page.locator("main"), ...texts);
const OVER = /This sign-in is over/;

/** The page says so, its address has nothing left in it, the card is applied, and one write was made. */
async function isApproved(page: Page): Promise<void> {
  await shows(page, /Approved/, /Grace Hopper approved it/);
  expect(page.url()).toMatch(/\/sign-in\/done$/);
  expect((await historyOf(page)).filter((address) => address.includes("code="))).toEqual([]);
  await says(grace.plan(plans), /Applied and verified/, /Approved by Grace Hopper/);
  await expect.poll(patches, { timeout: 60_000 }).toBe(1);
}

/** Nothing was written, and the plan waits as before. */
async function isNotApproved(): Promise<void> {
  await says(grace.plan(plans), /Waiting for approval/);
  expect(await patches()).toBe(0);
}

/** What stood in an address or a cookie stands neither in the bot's log nor in its store. */
async function leavesNothing(): Promise<void> {
  const entries = await readdir(sandbox.folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /latchkey|\.db|\.sqlite|-wal/.test(entry.name));
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")),
  );
  // That it is the log and the store, and all of this went through them.
  const there = ["SQLite format 3", "Ada Lovelace", "browser-sign-in-failed"];
  expect(there.filter((words) => !texts.some((text) => text.includes(words)))).toEqual([]);
  expect(passedBy.size).toBeGreaterThan(5);
  expect([...passedBy].filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
}

let hers: PersonsBrowser;
beforeEach(async () => {
  hers = await browserOfPerson(browser);
});
afterEach(async () => {
  for (const secret of hers.passedBy) passedBy.add(secret);
  await hers.context.close();
});

describe("where Teams alone does not do", () => {
  beforeAll(openAll);
  afterAll(closeAll);

  test("a second factor is given in the browser", async () => {
    await flip(/must use a second factor/);
    const page = await hers.open(await pressApprove());
    await hers.press(page, "Sign in and approve");
    await hers.press(page, /^Grace Hopper/);
    await shows(page, /Grace Hopper, prove who you are/);
    await trouble.take(page);
    await hers.press(page, "Approve in the authenticator app");
    await isApproved(page);
    await flip(/must use a second factor/);
  });

  test("consent that is missing is asked for; once an administrator gave it, she tries again", async () => {
    await flip(/has not consented/);
    const page = await hers.open(await pressApprove());
    await hers.press(page, "Sign in and approve");
    await hers.press(page, /^Grace Hopper/);
    await shows(page, /Need admin approval/, /User\.Read/);
    await trouble.take(page);
    await hers.press(page, "Return to the app without consent");
    await shows(page, /Not approved/, /nothing was written/);
    await isNotApproved();
    await flip(/has not consented/);
    await hers.press(page, "Sign in again");
    await isApproved(page);
  });

  test("she signs in, is offered her own account first, and the approval goes on by itself", async () => {
    await flip(/cannot sign her in silently/);
    const page = await hers.open(await pressApprove());
    await shows(page, new RegExp(`Approve plan #${plans}`), /Sign in as Grace Hopper/);
    await way.take(page);
    await hers.press(page, "Sign in and approve");
    await shows(page, /Pick an account/);
    expect(await page.getByRole("button").first().innerText()).toMatch(/^Grace Hopper/);
    await way.take(page);
    await hers.press(page, /^Grace Hopper/);
    await isApproved(page);
    await way.take(page);
  });

  test("another account than hers writes nothing, and the right one is asked for", async () => {
    const page = await hers.open(await pressApprove());
    await hers.press(page, "Sign in and approve");
    await hers.press(page, /^Katherine Johnson/);
    await shows(page, /Not approved/, /another account than the one that pressed Approve/);
    await trouble.take(page);
    await isNotApproved();
    await hers.press(page, "Sign in with another account");
    // Katherine is signed in here by now, and is not taken without a question.
    await shows(page, /Pick an account/);
    await hers.press(page, /^Grace Hopper/);
    await isApproved(page);
  });

  test("the address of the way back works once, and in no other browser", async () => {
    const page = await hers.open(await pressApprove());
    await hers.press(page, "Sign in and approve");
    const back = await hers.caughtOnItsWay(() => hers.press(page, /^Grace Hopper/));
    const thief = await browserOfPerson(browser);
    await shows(await thief.open(back), OVER);
    await thief.context.close();
    await isNotApproved();
    await page.goto(back);
    await isApproved(page);
    await page.goto(back);
    await shows(page, OVER);
    expect(page.url()).toMatch(/\/sign-in\/done$/);
    expect(await patches()).toBe(1);
  });

  test("of the page opened twice, the one that set out last goes on", async () => {
    const link = await pressApprove();
    const [first, second] = [await hers.open(link), await hers.open(link)];
    await hers.press(first, "Sign in and approve");
    await hers.press(second, "Sign in and approve");
    await hers.press(first, /^Grace Hopper/);
    await shows(first, OVER);
    await isNotApproved();
    await hers.press(second, /^Grace Hopper/);
    await isApproved(second);
    await first.goto(link);
    await shows(first, OVER);
    expect(await patches()).toBe(1);
  });

  test("nothing of it all is in the bot's log or store", leavesNothing);
});

describe("where approvers have to bring an authentication context", () => {
  beforeAll(async () => {
    vi.stubEnv("REQUIRE_AUTH_CONTEXT", "c1");
    await openAll();
    plans = 0;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await way.write(browser, "sign-in-pages");
    await trouble.write(browser, "sign-in-trouble");
    await closeAll();
  });

  test("a sign-in without it is refused and nothing is written; with it the approval goes on", async () => {
    await flip(/does not give the authentication context/);
    const page = await hers.open(await pressApprove());
    await says(grace.page.locator("body"), /To approve here takes the authentication context c1/);
    await hers.press(page, "Sign in and approve");
    await hers.press(page, /^Grace Hopper/);
    await shows(page, /prove who you are/);
    expect(await page.getByRole("button").allInnerTexts()).toEqual(["Use a passkey", "Cancel"]);
    await hers.press(page, "Use a passkey");
    await shows(page, /Not approved/, /came without it/);
    await trouble.take(page);
    await isNotApproved();
    await flip(/does not give the authentication context/);
    await hers.press(page, "Sign in with something stronger");
    await hers.press(page, /^Grace Hopper, with a passkey/);
    await isApproved(page);
  });

  test("nothing of it is in the bot's log or store", leavesNothing);
});
