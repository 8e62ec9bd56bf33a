import { createHash } from "node:crypto";
import type { SignInPage } from "../core/sign-in/sign-in-page.js";

/**
 * Where the button of a sign-in request leads that was made while time was up: there is nothing to go on with yet.
 */
export const SIGN_IN_PAGE: SignInPage = {
  title: "Latchkey",
  sentences: ["Return to Teams and press Approve again."],
};

const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}button{font:inherit;padding:.6rem 1rem}";
/** The code and the state in the address have done what they could; and a window that was opened for this closes. */
const SCRIPT = 'history.replaceState(null,"","done");if(document.body.dataset.done)window.close()';

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** What a page of ours may do: look as it does, and run the one script that is in it. */
export const SIGN_IN_POLICY = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; frame-ancestors 'none'`;

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
<style>${STYLE}</style>
<body${isDone ? ' data-done="yes"' : ""}>
<main>
<h1>${escaped(title)}</h1>
${[...paragraphs, ...form].join("\n")}
</main>
${isBack ? `<script>${SCRIPT}</script>\n` : ""}</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
