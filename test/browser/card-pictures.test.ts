import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AdaptiveCard } from "../../src/teams/cards/parts/card.js";
import { card, text } from "../../src/teams/cards/parts/card-parts.js";
import { GALLERY, galleryPage } from "../teams/cards/gallery/gallery.js";
import { seriousFindings } from "./axe.js";
import { drawOn, THEMES, type Theme } from "./card-page.js";
import { openBrowser } from "./open-browser.js";
import { writeTogether } from "./picture-of-card.js";

/** With it every card that is drawn is written there as a picture, for eyes, with the page of all of them. */
const FOLDER = process.env.LATCHKEY_WRITE_CARD_PICTURES;
const WIDTHS = [640, 328];
const PADDING = 16;
const LIMITS = { timeout: 120_000 };

/** Each width and each theme once: all four would be five megabytes of pictures. */
const isPictured = (width: number, { name }: Theme): boolean => (width === 640) === (name === "light");

/** Runs in the page: words that go on in the next line. A hyphen is where a word may do that. */
const BROKEN_WORDS = `(() => {
  const texts = document.createTreeWalker(document.getElementById("card"), NodeFilter.SHOW_TEXT);
  const broken = [];
  while (texts.nextNode()) {
    for (const { 0: word, index } of texts.currentNode.data.matchAll(/[^\\s-]+/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
    }
  }
  return broken;
})()`;

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
}, 60_000);
afterAll(() => browser?.close());

async function draw(shown: AdaptiveCard, { width, theme }: { width: number; theme: Theme }): Promise<void> {
  await drawOn(page, shown, { width, theme });
  const widths = await page.evaluate(
    "[document.body.scrollWidth, document.getElementById('card').clientHeight]",
  );
  // A strip of buttons hides what does not fit, so the page is no wider for it.
  const ends = await page.evaluate(
    "[...document.querySelectorAll('button')].map((button) => button.getBoundingClientRect().right)",
  );
  expect(ends).toEqual(
    (ends as number[]).map(() => expect.toSatisfy((end: number) => end <= width - PADDING)),
  );
  expect(widths).toEqual([width, expect.toSatisfy((height: number) => height > 50)]);
}

describe("a card", () => {
  it.each(GALLERY)(
    "fits, breaks no word and is accessible at every width in every theme: %s",
    LIMITS,
    async (name, _, made) => {
      const pictures: Buffer[] = [];
      for (const width of WIDTHS) {
        for (const theme of THEMES) {
          await draw(made(), { width, theme });
          expect(await page.evaluate(BROKEN_WORDS)).toEqual([]);
          expect(await seriousFindings(page)).toEqual([]);
          if (FOLDER !== undefined && isPictured(width, theme))
            pictures.push(await page.locator("#card").screenshot());
        }
      }
      if (FOLDER !== undefined) await writeTogether(page, pictures, join(FOLDER, `${name}.webp`));
    },
  );

  it("that would break a word is noticed", LIMITS, async () => {
    const [theme] = THEMES;
    if (theme === undefined) throw new Error("no theme");
    await draw(
      card({ fallbackText: "", body: [text("Unbreakable".repeat(9)), text("more"), text("more")] }),
      { width: 328, theme },
    );
    expect(await page.evaluate(BROKEN_WORDS)).toEqual(["Unbreakable".repeat(9)]);
  });
});

it.runIf(FOLDER !== undefined)("the page of all of them is written", async () => {
  await writeFile(join(FOLDER ?? "", "README.md"), galleryPage());
});
