import { ANSWER_WITHIN_MS } from "../core/apply/write-window.js";
import { Fault } from "../core/errors.js";
import type { ActAs, PolicyWriter, WriteResult } from "../core/ports/acting.js";
import { DelegatedToken } from "./delegated-token.js";
import type { EntraApp } from "./entra-app.js";
import { callGraph, type GraphAnswer, graphBase, type OnAnswer } from "./graph-http.js";
import { FIDO2_POLICY_PATH } from "./tenant-reader.js";
import { readRefusal } from "./translate-graph-error.js";
import { policyWrite } from "./wire.js";

export interface ActAsOptions {
  readonly app: EntraApp;
  /** Where Graph is, https. */
  readonly graphUrl: string;
  /** For whom the token is, e.g. `https://graph.microsoft.com`. */
  readonly graphAudience: string;
  readonly onAnswer?: OnAnswer;
}

/**
 * Makes a writer for one click, with the rights of the person who clicked and only these two scopes.
 * The token is fetched here, before anything is locked; the writer has no way to get another.
 */
export function actAs({ app, ...graph }: ActAsOptions): ActAs {
  const scopes = writeScopes(graph);
  return {
    async onBehalfOf(assertion) {
      const token = await app.onBehalfOf(assertion, scopes);
      if (!(token instanceof DelegatedToken)) return token;
      return { kind: "signed-in", writer: policyWriterFor(graph, token) };
    },
  };
}

/** All that is asked for in a person's name. */
export function writeScopes({ graphAudience }: Pick<ActAsOptions, "graphAudience">): readonly string[] {
  const audience = graphAudience.replace(/\/+$/, "");
  return [`${audience}/Policy.ReadWrite.AuthenticationMethod`, `${audience}/User.Read`];
}

/** A writer with the rights that are in this token. */
export function policyWriterFor(
  { graphUrl, ...counted }: Omit<ActAsOptions, "app">,
  token: DelegatedToken,
): PolicyWriter {
  return policyWriter(graphBase(graphUrl), token, counted);
}

function policyWriter(
  base: string,
  token: DelegatedToken,
  counted: Pick<ActAsOptions, "onAnswer">,
): PolicyWriter {
  return {
    ...(token.endsAtMs === undefined ? {} : { rightsEnd: new Date(token.endsAtMs).toISOString() }),
    async patchPolicy(body, clientRequestId) {
      // The core makes the body; one without its type is a mistake of ours, not an outcome.
      policyWrite.parse(body);
      try {
        const answer = await callGraph({
          method: "PATCH",
          url: base + FIDO2_POLICY_PATH,
          token: token.reveal(),
          body,
          clientRequestId,
          timeoutMs: ANSWER_WITHIN_MS,
          ...counted,
        });
        return classifyWrite(answer);
      } catch (error) {
        return { kind: "unclear", why: error instanceof Fault ? error.message : "the request failed" };
      }
    },
  };
}

/** What an answer to the PATCH says about whether something was written. Its body matters only for the reason. */
function classifyWrite(answer: GraphAnswer): WriteResult {
  const { status, retryAfterSeconds, claims } = answer;
  const { code, message, requestId } = readRefusal(answer);
  const id = requestId === undefined ? {} : { requestId };
  if (status >= 200 && status < 300) return { kind: "accepted", ...id };
  // 503 is Graph's way of throttling a write; after any other 5xx the write may have happened.
  const declined = status === 503 || (status >= 400 && status < 500);
  if (!declined) return { kind: "unclear", why: `Graph said ${status} ${code}`, ...id };
  return {
    kind: "declined",
    status,
    code,
    message,
    ...id,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(claims === undefined ? {} : { claims }),
  };
}
