import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signInPage } from "../../simulators/entra/interactive/sign-in-pages.js";
import { sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import { evidencePage } from "../../src/core/evidence/evidence-page.js";
import { NO_EVIDENCE_PAGE } from "../../src/server/evidence-file.js";
import { SIGN_IN_PAGE, signInHtml } from "../../src/server/sign-in-page.js";
import { sampleEvidence } from "../core/evidence/sample-evidence.js";
import { seriousFindings } from "./axe.js";
import { openBrowser } from "./open-browser.js";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
}, 60_000);
afterAll(() => browser?.close());

const PEOPLE = [...sampleTenant().users.values()].slice(0, 3);
const CHOOSE = { kind: "choose-account", flow: "1", people: PEOPLE, anew: true } as const;
const PAGES = [
  ["evidence", () => evidencePage(sampleEvidence())],
  ["evidence that is no longer there", () => NO_EVIDENCE_PAGE],
  ["sign-in that is done", () => signInHtml({ title: "Approved", sentences: ["Close it."], isDone: true })],
  ["an account to choose at simulated Entra", () => signInPage(CHOOSE, "/authorize")],
  ["sign-in", () => signInHtml({ ...SIGN_IN_PAGE, button: { label: "Sign in", link: "x" } })],
] as const;

describe.each(["light", "dark"] as const)("a page, %s", (colorScheme) => {
  it.each(PAGES)("can be used without seeing or pointing: %s", { timeout: 120_000 }, async (_, html) => {
    await page.emulateMedia({ colorScheme });
    await page.setContent(html());
    expect(await seriousFindings(page)).toEqual([]);
  });
});

it("that cannot be is noticed", { timeout: 120_000 }, async () => {
  await page.setContent('<html><body><img src="data:,"></body></html>');
  expect(await seriousFindings(page)).toEqual(
    expect.arrayContaining([expect.stringContaining("image-alt"), expect.stringContaining("html-has-lang")]),
  );
});
