import type { Browser, Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** One person's window of the Agents Playground, in a real browser. */
export interface PlaygroundPage {
  readonly page: Page;
  /** Types into the message box and sends. */
  say(text: string): Promise<void>;
  /** Pastes into the message box, lines and all, and sends. */
  paste(text: string): Promise<void>;
  /** The newest card that says this, with the line that the Playground shows below it. */
  card(says: RegExp): Locator;
  /** The newest card of a plan. */
  plan(number: number): Locator;
  /** Presses a button of the newest card of a plan. */
  press(number: number, title: string): Promise<void>;
  /** Presses a button of the newest card that says this. */
  pressOn(says: RegExp, title: string): Promise<void>;
}

const SIZE = { width: 1300, height: 1000 };

export async function openWindow(browser: Browser, url: string): Promise<PlaygroundPage> {
  const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 2 });
  // Fonts and animations from elsewhere: the Playground does without, and the test must not wait for a network.
  await page.route(
    (address) => !["127.0.0.1", "localhost"].includes(address.hostname),
    (route) => route.abort(),
  );
  await page.goto(url);
  const box = page.locator("[contenteditable=true]").first();
  await box.waitFor();
  // Only then does it take what is typed.
  await page.getByText("Connected.").first().waitFor();
  // The log of requests is for those who build bots.
  await page.getByText("Log Panel").locator("xpath=..").getByRole("button").last().click();
  const card = (says: RegExp) => page.locator(".fai-OutputCard").filter({ hasText: says }).last();
  const plan = (number: number) => card(new RegExp(`Plan #${number} · revision`));
  const pressOn = (on: Locator, title: string) =>
    on.getByRole("button", { name: title, exact: true }).last().click();
  return {
    page,
    card,
    plan,
    say: async (text) => {
      await box.click();
      await box.pressSequentially(text);
      await page.keyboard.press("Enter");
    },
    paste: async (text) => {
      await box.click();
      await page.keyboard.insertText(text);
      await page.keyboard.press("Enter");
    },
    press: (number, title) => pressOn(plan(number), title),
    pressOn: (says, title) => pressOn(card(says), title),
  };
}

/** Waits until a card has all of these texts. */
export async function says(card: Locator, ...texts: readonly RegExp[]): Promise<void> {
  for (const text of texts) {
    await expect.poll(() => card.textContent().catch(() => ""), { timeout: 60_000 }).toMatch(text);
  }
}
