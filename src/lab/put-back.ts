import { Fault } from "../core/errors.js";
import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../core/json.js";
import { comparablePolicy, hasProfiles } from "../core/policy/comparable-policy.js";
import { defaultProfileOf } from "../core/policy/parse-policy.js";
import type { GraphAnswer } from "../graph/graph-http.js";
import { labBody, wholeBody } from "./lab-body.js";
import { isBusy, type LabGraph, type Patience } from "./lab-graph.js";
import { isDefault, profilesOf } from "./policy-shape.js";
import { codeOf, writeAnswer } from "./write-answer.js";

/** What is said of it goes into the report, so it holds none of Graph's texts. */
export type PutBack =
  | {
      readonly kind: "back";
      /** What differs still and cannot be put back, because it was allowed to be for good. */
      readonly forGood?: string;
      /** What else has to be known. */
      readonly remark?: string;
    }
  | { readonly kind: "not-back"; readonly why: string };

/** With everything else done there is time: about five minutes. */
const PATIENT: Patience = { attempts: 9 };
const UNTIL_BACK_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

interface PutBackOptions {
  readonly saved: JsonObject;
  /** As the lab read it last; left out: that is not known. */
  readonly lastRead?: JsonObject;
  /** To the person who runs it. */
  say(line: string): void;
}

/**
 * Writes the policy as it was found and reads until it is that. It is written in any case: a read may be older than the
 * last write. Never throws.
 */
export async function putBack(graph: LabGraph, { saved, lastRead, say }: PutBackOptions): Promise<PutBack> {
  try {
    const isExpected = (policy: JsonObject) => lastRead === undefined || isSame(policy, lastRead);
    const now = await graph.readUntil(isExpected, PATIENT);
    const refused = await writeBack(graph, saved, now);
    // After a refusal a policy that looks right may be older than the last write, so it is looked at to the end.
    const isDone = (policy: JsonObject) => refused === undefined && isBack(saved, policy);
    const after = await graph.readUntil(isDone, PATIENT, UNTIL_BACK_MS);
    if (isBack(saved, after)) {
      return {
        kind: "back",
        ...(hasMoved(saved, after) ? { forGood: MOVED } : {}),
        ...(isExpected(now) ? {} : { remark: OTHER_WRITER }),
      };
    }
    const left = `${differing(saved, after).join(", ")} differ${addedProfiles(saved, after)}`;
    return { kind: "not-back", why: refused === undefined ? left : `Graph refused it (${refused}); ${left}` };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    say(error.message);
    return {
      kind: "not-back",
      why: error instanceof Fault ? `Graph could not be asked (${error.code})` : "a mistake of the lab's own",
    };
  }
}

const OTHER_WRITER =
  "before it was put back it was not what the lab had read last: another person may have changed it, and that change is gone; Entra's audit log says who";
const MOVED = "the tenant has profiles now, which cannot be taken back";

/** What Graph said where it refused both ways of writing it; undefined: it took one. @throws Fault */
async function writeBack(graph: LabGraph, saved: JsonObject, now: JsonObject): Promise<string | undefined> {
  const target = wanted(saved, now);
  const whole = wholeBody(target, now);
  const part = labBody(now, target);
  const first = await patchPatiently(graph, whole);
  if (writeAnswer(first)?.kind === "accepted") return undefined;
  const second = await patchPatiently(graph, part);
  return writeAnswer(second)?.kind === "accepted" ? undefined : `${second.status} ${codeOf(second)}`;
}

/** The same body any number of times leaves the same policy, so what may have been taken is sent again. @throws Fault */
async function patchPatiently(graph: LabGraph, body: JsonObject): Promise<GraphAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    let answer: GraphAnswer | undefined;
    try {
      answer = await graph.patch(body);
      if (!isBusy(answer) || attempt >= PATIENT.attempts) return answer;
    } catch (error) {
      if (!(error instanceof Fault) || attempt >= PATIENT.attempts) throw error;
    }
    await graph.pauseAfter(answer, attempt, PATIENT);
  }
}

const hasMoved = (saved: JsonObject, now: JsonObject): boolean => hasProfiles(now) && !hasProfiles(saved);

/** What was saved, in the shape that the tenant has now: one that moved to profiles has no way back. */
function wanted(saved: JsonObject, now: JsonObject): JsonObject {
  if (!hasMoved(saved, now)) return saved;
  const { state, isSelfServiceRegistrationAllowed, excludeTargets, includeTargets, keyRestrictions } = saved;
  const kept = Object.entries({ state, isSelfServiceRegistrationAllowed, excludeTargets });
  const targets = Array.isArray(includeTargets) ? includeTargets : [];
  return {
    ...now,
    ...Object.fromEntries(kept.filter((entry): entry is [string, Json] => entry[1] !== undefined)),
    includeTargets: targets.map((target: Json) =>
      isJsonObject(target) ? { ...target, allowedPasskeyProfiles: [defaultProfileOf(now)] } : target,
    ),
    // Attestation and kinds are what Microsoft makes of the old rules.
    passkeyProfiles: profilesOf(now).map((profile) =>
      isDefault(now, profile) && isJsonObject(keyRestrictions) ? { ...profile, keyRestrictions } : profile,
    ),
  };
}

/** Whether both mean the same; where the tenant moved to profiles, apart from that. */
function isBack(saved: JsonObject, now: JsonObject): boolean {
  return differing(saved, now).length === 0;
}

function isSame(one: JsonObject, other: JsonObject): boolean {
  return canonicalJson(comparablePolicy(one)) === canonicalJson(comparablePolicy(other));
}

/** Names of the members in which the policy differs from the one that was saved. */
export function differing(saved: JsonObject, now: JsonObject): readonly string[] {
  const [before, after] = [comparablePolicy(wanted(saved, now)), comparablePolicy(now)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null));
}

function addedProfiles(saved: JsonObject, now: JsonObject): string {
  const known = profilesOf(saved).map(({ id }) => id);
  const more = profilesOf(now).filter(({ id }) => !known.includes(id ?? null)).length;
  if (more === 0) return "";
  return `; ${more === 1 ? "a profile" : `${more} profiles`} of the lab's can be deleted in the Entra admin center, after which "npm run lab -- restore" finds all in place`;
}
