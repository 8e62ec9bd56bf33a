import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../../http/loopback-server.js";
import type { InteractiveSignIn, SignInDeed, SignInStep } from "./interactive-sign-in.js";
import { signInPage } from "./sign-in-pages.js";

/**
 * Answers `/authorize`: GET is the app's request, POST what a person did on one of its pages.
 * @param route where the app's address really is
 */
export async function answerAuthorize(
  signIn: InteractiveSignIn,
  request: IncomingMessage,
  response: ServerResponse,
  route: (location: string) => string = (location) => location,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "https://localhost");
  const browser = signIn.sessions.browserOf(request.headers.cookie);
  if (request.method !== "POST") {
    return show(
      routed(signIn.begin(searchParams, browser), route),
      pathname,
      response,
      signIn.sessions.cookieFor(browser),
    );
  }
  const form = new URLSearchParams(await readBody(request));
  const deed = deedIn(form);
  const step = deed && signIn.go(form.get("flow") ?? "", deed, browser);
  if (step === undefined) {
    response.writeHead(400, { "Content-Type": "text/plain; charset=utf-8" });
    response.end("There is no such sign-in under way in this browser. Begin again in the app.");
    return;
  }
  return show(routed(step, route), pathname, response, signIn.sessions.cookieFor(browser));
}

function routed(step: SignInStep, route: (location: string) => string): SignInStep {
  return step.kind === "sent-back" ? { ...step, location: route(step.location) } : step;
}

function show(step: SignInStep, action: string, response: ServerResponse, cookie: string): void {
  const headers = { "Set-Cookie": cookie, "Cache-Control": "no-store" };
  if (step.kind === "sent-back") {
    response.writeHead(302, { ...headers, Location: step.location }).end();
    return;
  }
  response.writeHead(step.kind === "stopped" ? 400 : 200, {
    ...headers,
    "Content-Type": "text/html; charset=utf-8",
  });
  response.end(signInPage(step, action));
}

function deedIn(form: URLSearchParams): SignInDeed | undefined {
  switch (form.get("deed")) {
    case "account":
      return {
        kind: "account",
        person: form.get("person") ?? "",
        method: form.get("method") === "fido" ? "fido" : "pwd",
      };
    case "method":
      return { kind: "method", method: form.get("method") === "fido" ? "fido" : "mfa" };
    case "consent":
      return { kind: "consent" };
    case "cancel":
      return { kind: "cancel" };
    default:
      return undefined;
  }
}
