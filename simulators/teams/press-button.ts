import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../src/core/json.js";
import { objectIn } from "../http/json-over-http.js";
import type { BotAnswer } from "./bot-endpoint.js";
import { asksToSignIn, readLoginRequest } from "./login-request.js";

export interface PressContext {
  readonly deliver: (activity: JsonObject) => Promise<BotAnswer>;
  /** The single sign-on token of the person who pressed, as the Teams client would obtain it. undefined: it cannot. */
  readonly signIn: () => Promise<string | undefined>;
  readonly appIdUri: string;
}

export type PressOutcome =
  | { readonly kind: "answered"; readonly answer: BotAnswer; readonly signedIn: boolean }
  /** The Teams client would ignore this request to sign in, without telling the person. */
  | { readonly kind: "unusable-login"; readonly problems: readonly string[] }
  /** The client could not sign the person in by itself, or the bot asked for more: it shows a button to this address. */
  | { readonly kind: "sign-in-button"; readonly answer: BotAnswer; readonly address: string };

/**
 * Presses a card's button at the bot as the Teams client does: when the bot asks for a sign-in, the person's token is
 * obtained without a question and the press is sent again.
 */
export async function pressButton(invoke: JsonObject, context: PressContext): Promise<PressOutcome> {
  const answer = await context.deliver(invoke);
  if (answer.kind !== "answered" || !asksToSignIn(answer.body)) {
    return { kind: "answered", answer, signedIn: false };
  }
  const request = readLoginRequest(answer.body, context.appIdUri);
  if (request.kind === "unusable") return { kind: "unusable-login", problems: request.problems };
  const token = request.silently === undefined ? undefined : await context.signIn();
  if (token === undefined) return { kind: "sign-in-button", answer, address: request.address };
  const authentication = { ...request.silently, token };
  const second = await context.deliver({
    ...invoke,
    // Another activity, though the same press.
    id: `f:${randomUUID()}`,
    value: { ...objectIn(invoke, "value"), authentication },
  });
  if (second.kind !== "answered" || !asksToSignIn(second.body)) {
    return { kind: "answered", answer: second, signedIn: true };
  }
  const again = readLoginRequest(second.body, context.appIdUri);
  return again.kind === "unusable"
    ? { kind: "unusable-login", problems: again.problems }
    : { kind: "sign-in-button", answer: second, address: again.address };
}
