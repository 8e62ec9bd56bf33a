import type { SignInStep } from "./interactive-sign-in.js";

type ShownStep = Exclude<SignInStep, { kind: "sent-back" }>;

/** The page of a step: plain forms, so that a browser and a test fill in the same. */
export function signInPage(step: ShownStep, action: string): string {
  switch (step.kind) {
    case "choose-account":
      return page("Pick an account", [
        ...step.people.flatMap(({ id, displayName, userPrincipalName }) => {
          const fields = { deed: "account", person: id };
          const name = `${displayName} (${userPrincipalName})`;
          return [
            form(action, step.flow, fields, name),
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
            "<p>Only an administrator can let this app do that.</p>",
            list(step.scopes),
            cancel(action, step.flow, "Return to the app without consent"),
          ])
        : page("Permissions requested", [
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
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:3rem auto;padding:0 1rem}button{font:inherit;display:block;width:100%;margin:.4rem 0;padding:.6rem;text-align:left}</style>
<p>Simulated Microsoft Entra. Nothing here leaves this machine.</p>
<h1>${escaped(title)}</h1>
${parts.join("\n")}
</html>
`;
}

function form(action: string, flow: string, fields: Readonly<Record<string, string>>, label: string): string {
  const inputs = Object.entries({ flow, ...fields }).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  );
  return `<form method="post" action="${escaped(action)}">${inputs.join("")}<button>${escaped(label)}</button></form>`;
}

const cancel = (action: string, flow: string, label = "Cancel") =>
  form(action, flow, { deed: "cancel" }, label);

const list = (scopes: readonly string[]) =>
  `<ul>${scopes.map((scope) => `<li>${escaped(scope)}</li>`).join("")}</ul>`;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
