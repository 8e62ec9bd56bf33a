import type { SignInStep } from "./interactive-sign-in.js";

type ShownStep = Exclude<SignInStep, { kind: "sent-back" }>;

/** The page of a step: plain forms, so that a browser and a test fill in the same. */
export function signInPage(step: ShownStep, action: string): string {
  switch (step.kind) {
    case "choose-account":
      return page("Pick an account", [
        ...step.people.flatMap(({ id, displayName, userPrincipalName }) => {
          const fields = { deed: "account", person: id };
          return [
            form(action, step.flow, fields, displayName, userPrincipalName),
            ...(step.anew
              ? [form(action, step.flow, { ...fields, method: "fido" }, `${displayName}, with a passkey`)]
              : []),
          ];
        }),
        cancel(action, step.flow),
      ]);
    case "second-factor":
      return page(`${step.person.displayName}, prove who you are`, [
        form(action, step.flow, { deed: "method", method: "fido" }, "Use a passkey"),
        ...(step.passkeyOnly
          ? []
          : [form(action, step.flow, { deed: "method", method: "mfa" }, "Approve in the authenticator app")]),
        cancel(action, step.flow),
      ]);
    case "consent":
      return step.needsAdministrator
        ? page("Need admin approval", [
            "<p>Latchkey needs permission to do this in your name, which only an administrator can grant:</p>",
            list(step.scopes),
            cancel(action, step.flow, "Return to the app without consent"),
          ])
        : page("Permissions requested", [
            "<p>Latchkey would like to do this in your name:</p>",
            list(step.scopes),
            form(action, step.flow, { deed: "consent" }, "Accept"),
            cancel(action, step.flow),
          ]);
    case "stopped":
      return page("Sorry, but there is trouble signing you in", [`<p>${escaped(step.refusal.message)}</p>`]);
  }
}

function page(title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Simulated sign-in</title>
<style>${STYLE}</style>
<main>
<p class="from">Simulated Microsoft Entra: nothing here leaves this machine</p>
<h1>${escaped(title)}</h1>
${parts.join("\n")}
</main>
</html>
`;
}

/** Plain, like a page where one signs in, and not to be taken for the real one. */
const STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1b; --quiet: #5c5c5c; --paper: #eef1f5; --sheet: #fff; --line: #d4d8de; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --quiet: #b0b0b0; --paper: #15181c; --sheet: #20242a; --line: #3c424b; --accent: #8cc2f5; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: var(--paper); color: var(--ink); font: 16px/1.5 "Segoe UI", system-ui, sans-serif; }
main { max-width: 28rem; margin: clamp(0px, 7vh, 72px) auto 0; padding: 24px; background: var(--sheet); border: 1px solid var(--line); }
.from { margin: 0 0 12px; color: var(--quiet); font-size: 13px; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.25; font-weight: 600; }
p { margin: 0 0 12px; } ul { margin: 0 0 16px; padding-left: 16px; font-size: 14px; overflow-wrap: anywhere; }
form { margin: 0; border-top: 1px solid var(--line); }
button { display: block; width: 100%; padding: 12px 0; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; }
button:hover, button:focus-visible { background: var(--paper); }
button span { display: block; color: var(--quiet); font-size: 13px; overflow-wrap: anywhere; }
form:last-of-type button { color: var(--accent); }
`;

function form(
  action: string,
  flow: string,
  fields: Readonly<Record<string, string>>,
  label: string,
  below?: string,
): string {
  const inputs = Object.entries({ flow, ...fields }).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  );
  const more = below === undefined ? "" : ` <span>${escaped(below)}</span>`;
  return `<form method="post" action="${escaped(action)}">${inputs.join("")}<button>${escaped(label)}${more}</button></form>`;
}

const cancel = (action: string, flow: string, label = "Cancel") =>
  form(action, flow, { deed: "cancel" }, label);

const list = (scopes: readonly string[]) =>
  `<ul>${scopes.map((scope) => `<li>${escaped(scope)}</li>`).join("")}</ul>`;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
