import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TestServer } from "../server/test-server.js";
import { openBrowser } from "./open-browser.js";

// The window in which a person signed in, and who is told that it is over. Teams' side is as @microsoft/teams-js 2.58.0
// meets it: run in the place of our page, that library sends these functions with these arguments.

const TEAMS = "https://teams.microsoft.com/v2/";
const DONE = "/sign-in/done?code=the-code&state=the-state";
let server: TestServer;
let browser: Browser;
let teams: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([TestServer.start(), openBrowser({ asAPersonHas: true })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end();
});
beforeEach(async () => {
  const context = await browser.newContext();
  await context.route(`${TEAMS}**`, (route) => route.fulfill({ contentType: "text/html", body: "<p>Teams" }));
  teams = await context.newPage();
  await teams.goto(TEAMS);
  return () => context.close();
});

/** Keeps what the window says, and answers as a client of Teams does, or not. */
const HOST = (answers: boolean) => `
  window.told = [];
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== opened) return;
    told.push([data.id, data.func, data.args]);
    if (${answers} && data.func === "initialize")
      opened.postMessage({ id: data.id, args: ["authentication", "web", "{}", "2.58.0"] }, origin);
  });`;

async function openFrom(host: string, path: string): Promise<Page> {
  await teams.evaluate(host);
  const [opened] = await Promise.all([
    teams.waitForEvent("popup"),
    teams.evaluate(
      `window.opened = window.open("${server.base}${path}", "_blank", "width=600,height=600"); 1`,
    ),
  ]);
  return opened;
}

const told = () => teams.evaluate<unknown>("told");
const INITIALIZE = [0, "initialize", ["2.58.0", 4, null]];
const OVER = [1, "authentication.authenticate.success", ["000000"]];
const closed = (page: Page) => page.isClosed() || page.waitForEvent("close").then(() => true);

describe("a window in which nothing is left to do", () => {
  it("tells Teams, which opened it, that the sign-in is over, and closes", async () => {
    const opened = await openFrom(HOST(true), DONE);
    expect(await closed(opened)).toBe(true);
    expect(await told()).toEqual([INITIALIZE, OVER]);
  });

  it("tells Teams on a phone by the interface that stands there", async () => {
    const phone = await teams.context().newPage();
    await phone.addInitScript(`
      window.told = [];
      window.nativeInterface = { framelessPostMessage(text) {
        const { id, func, args } = JSON.parse(text);
        told.push([id, func, args]);
        if (func === "initialize") onNativeMessage({ data: { id, args: ["authentication", "ios", "{}", "2.58.0"] } });
      } };`);
    await phone.goto(server.base + DONE);
    expect(await phone.evaluate("told")).toEqual([INITIALIZE, OVER]);
  });

  it("closes all the same when who opened it does not answer; what others say to it is not heard", async () => {
    const opened = await openFrom(HOST(false), DONE);
    await opened.evaluate('postMessage({ id: 0, args: ["authentication"] }, "*")');
    expect(await closed(opened)).toBe(true);
    expect(await told()).toEqual([INITIALIZE]);
  });

  it("stays with its words in a browser, without an error, and keeps neither code nor state", async () => {
    const page = await teams.context().newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
    await page.goto(server.base + DONE);
    expect(await page.locator("main").textContent()).toContain("Back");
    expect(page.url()).toBe(`${server.base}/sign-in/done`);
    expect(errors).toEqual([]);
  });
});

it("a window with something left to do tells nobody that it is over, and stays", async () => {
  const { comeBack } = server.signIn;
  server.signIn = {
    ...server.signIn,
    comeBack: async () => ({ title: "Not approved", sentences: ["Why."] }),
  };
  const opened = await openFrom(HOST(true), DONE);
  await opened.waitForLoadState();
  expect(await opened.locator("h1").textContent()).toBe("Not approved");
  expect(opened.url()).toBe(`${server.base}/sign-in/done`);
  expect(await told()).toEqual([]);
  server.signIn = { ...server.signIn, comeBack };
});
