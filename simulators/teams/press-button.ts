import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../src/core/json.js";
import { objectIn } from "../http/json-over-http.js";
import type { BotAnswer } from "./bot-endpoint.js";
import { asksToSignIn, readLoginRequest } from "./login-request.js";

export interface PressContext {
  readonly deliver: (activity: JsonObject) => Promise<BotAnswer>;
  /** The single sign-on token of the person who pressed, as the Teams client would obtain it. */
  readonly signIn: () => Promise<string>;
  readonly appIdUri: string;
}

export type PressOutcome =
  | { readonly kind: "answered"; readonly answer: BotAnswer; readonly signedIn: boolean }
  /** The Teams client would ignore this request to sign in, without telling the person. */
  | { readonly kind: "unusable-login"; readonly problems: readonly string[] }
  /** Asked to sign in again after a sign-in: the Teams client opens a window for it. */
  | { readonly kind: "asked-again"; readonly answer: BotAnswer };

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
  const { id, connectionName } = request;
  const authentication = { id, connectionName, token: await context.signIn() };
  const second = await context.deliver({
    ...invoke,
    // Another activity, though the same press.
    id: `f:${randomUUID()}`,
    value: { ...objectIn(invoke, "value"), authentication },
  });
  return second.kind === "answered" && asksToSignIn(second.body)
    ? { kind: "asked-again", answer: second }
    : { kind: "answered", answer: second, signedIn: true };
}
