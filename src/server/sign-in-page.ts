import { createHash } from "node:crypto";
import type { SignInPage } from "../core/sign-in/sign-in-page.js";
import { SIGN_IN_SCRIPT } from "./sign-in-script.js";
import { SIGN_IN_STYLE } from "./sign-in-style.js";

/**
 * Where the button of a sign-in request leads that was made while time was up: there is nothing to go on with yet.
 */
export const SIGN_IN_PAGE: SignInPage = {
  title: "Begin in Teams",
  sentences: ["There is nothing to go on with here yet. Return to Teams and press Approve again."],
};

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** What a page of ours may do: look as it does, and run the one script that is in it. */
export const SIGN_IN_POLICY = `default-src 'none'; style-src ${hashOf(SIGN_IN_STYLE)}; script-src ${hashOf(SIGN_IN_SCRIPT)}; base-uri 'none'; frame-ancestors 'none'`;

/** @param isBack whether the browser came here from Entra, with something in its address that should not stay */
export function signInHtml({ title, sentences, button, isDone }: SignInPage, isBack = false): string {
  const paragraphs = sentences.map((sentence) => `<p>${escaped(sentence)}</p>`);
  const form =
    button === undefined
      ? []
      : [
          `<form method="post" action="${escaped(encodeURIComponent(button.link))}"><button>${escaped(button.label)}</button></form>`,
        ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}: Latchkey</title>
<style>${SIGN_IN_STYLE}</style>
<body${isDone ? ' data-done="yes"' : ""}>
<main>
<p class="from">Latchkey</p>
<h1>${escaped(title)}</h1>
${[...paragraphs, ...form].join("\n")}
</main>
${isBack ? `<script>${SIGN_IN_SCRIPT}</script>\n` : ""}</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
