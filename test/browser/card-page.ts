import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { AdaptiveCard } from "../../src/teams/cards/parts/card.js";

const RENDERER = createRequire(import.meta.url).resolve("adaptivecards/dist/adaptivecards.min.js");

/** What a client's theme makes of a card. */
export interface Theme {
  readonly name: "light" | "dark";
  readonly background: string;
  readonly text: string;
  readonly subtle: string;
  readonly colors: Readonly<Record<"accent" | "good" | "warning" | "attention", string>>;
  readonly bands: Readonly<Record<"emphasis" | "good" | "warning" | "attention", string>>;
}

/** Much like the themes of Teams. */
export const THEMES: readonly Theme[] = [
  {
    name: "light",
    background: "#ffffff",
    text: "#242424",
    subtle: "#616161",
    colors: { accent: "#5b5fc7", good: "#237b4b", warning: "#835c00", attention: "#c4314b" },
    bands: { emphasis: "#f0f0f0", good: "#e7f2da", warning: "#fbf6d9", attention: "#fcf4f6" },
  },
  {
    name: "dark",
    background: "#292929",
    text: "#ffffff",
    subtle: "#adadad",
    colors: { accent: "#9299f7", good: "#92c353", warning: "#f8d22a", attention: "#e37d80" },
    bands: { emphasis: "#1f1f1f", good: "#1d2f17", warning: "#3a3116", attention: "#3e1f25" },
  },
];

/** Draws a card as a client of that width and theme does. The page is used again and again: a browser may end with its last. */
export async function drawOn(
  page: Page,
  card: AdaptiveCard,
  { width, theme }: { readonly width: number; readonly theme: Theme },
): Promise<void> {
  await page.setViewportSize({ width, height: 600 });
  await page.setContent(
    `<!doctype html><html lang="en"><title>A card</title><body style="margin:0;background:${theme.background};color:${theme.text};font-family:'Segoe UI','Open Sans',sans-serif"><main id="card" style="background:${theme.background}"></main></body></html>`,
  );
  await page.addStyleTag({ content: letters() });
  await page.addScriptTag({ content: readFileSync(RENDERER, "utf8") });
  await page.evaluate(`(${DRAW})(${JSON.stringify([withTimes(card), hostConfig(theme)])})`);
  await page.evaluate("document.fonts.ready.then(() => true)");
}

/** About as wide as the letters of Teams, whatever this machine has; they are unpacked with the browser. */
function letters(): string {
  return [
    ["Regular", 400],
    ["Bold", 600],
  ]
    .map(([cut, weight]) => {
      const file = join(tmpdir(), "fonts", "fonts", "Open_Sans", `OpenSans-${cut}.ttf`);
      const source = `url(data:font/ttf;base64,${readFileSync(file, "base64")})`;
      return `@font-face { font-family: "Open Sans"; font-weight: ${weight}; src: ${source} }`;
    })
    .join("\n");
}

/** Runs in the page: the renderer is there by then. */
const DRAW = `([card, config]) => {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = text.split("\\n\\n").map((line) => "<p>" + line.replace(/[<&]/g, (c) => "&#" + c.charCodeAt(0) + ";")
      .replace(/\\*\\*(.+?)\\*\\*/g, "<b>$1</b>").replace(/\\\\([!-/:-@[-\`{-~])/g, "$1") + "</p>").join("");
    result.didProcess = true;
  };
  const drawn = new AdaptiveCards.AdaptiveCard();
  drawn.hostConfig = new AdaptiveCards.HostConfig(config);
  drawn.parse(card);
  document.getElementById("card").append(drawn.render());
  const style = document.createElement("style");
  style.textContent = "p{margin:0} p+p{margin-top:4px} .ac-pushButton{font:600 14px 'Segoe UI','Open Sans',sans-serif;padding:6px 16px;margin-bottom:4px;border-radius:4px;border:1px solid #8888;background:transparent;color:inherit!important} .ac-pushButton.style-positive{background:#5b5fc7;color:#fff!important;border:0}";
  document.head.append(style);
}`;

/** A client writes times in its reader's language and zone. */
function withTimes(card: AdaptiveCard): AdaptiveCard {
  const text = JSON.stringify(card)
    .replace(/\{\{TIME\([^)]*T(\d\d:\d\d)[^)]*\)\}\}/g, "$1")
    .replace(/\{\{DATE\((\d{4}-\d\d-\d\d)[^)]*\)\}\}/g, "$1");
  return JSON.parse(text) as AdaptiveCard;
}

function hostConfig({ background, text, subtle, colors, bands }: Theme): object {
  const color = (code: string) => ({ default: code, subtle: code });
  const foregroundColors = {
    default: { default: text, subtle },
    dark: color(text),
    ...Object.fromEntries(Object.entries(colors).map(([name, code]) => [name, color(code)])),
  };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    fontFamily: "'Segoe UI', 'Open Sans', sans-serif",
    fontSizes: { small: 12, default: 14, medium: 16, large: 20, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 26, extraLarge: 32 },
    spacing: { small: 8, default: 10, medium: 16, large: 24, extraLarge: 32, padding: 16 },
    separator: { lineThickness: 1, lineColor: "#88888855" },
    textBlock: { headingLevel: 2 },
    actions: { maxActions: 6, buttonSpacing: 8, actionAlignment: "left", showCard: { actionMode: "inline" } },
    containerStyles: {
      default: style(background),
      accent: style(colors.accent),
      ...Object.fromEntries(Object.entries(bands).map(([name, code]) => [name, style(code)])),
    },
  };
}
