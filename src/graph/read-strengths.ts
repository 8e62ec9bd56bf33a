import { within } from "../async/within.js";
import type { AuthenticationStrength } from "../core/impact/elsewhere/authentication-strength.js";
import type { AppGraph } from "./app-graph.js";
import { combinationRow, orOdd, strengthRow } from "./wire.js";

const STRENGTHS = "/v1.0/policies/authenticationStrengthPolicies";
/** They are told to an approver and decide nothing, so a plan does not wait longer for them. */
const WITHIN_MS = 1_500;

type Strength = (typeof strengthRow)["_output"];
type Combination = (typeof combinationRow)["_output"];

/**
 * Custom authentication strengths that list models of their own.
 * https://learn.microsoft.com/graph/api/authenticationstrengthroot-list-policies
 * @returns undefined where they cannot be read, or not in time
 */
export function readStrengths(graph: AppGraph): Promise<readonly AuthenticationStrength[] | undefined> {
  return within(whereReadable(readAll(graph)), WITHIN_MS);
}

/** @throws Fault */
async function readAll(graph: AppGraph): Promise<readonly AuthenticationStrength[]> {
  const strengths = await graph.getAll(STRENGTHS, strengthRow);
  // Only custom ones can list models (documented).
  const custom = strengths.filter(({ policyType }) => policyType !== "builtIn");
  const listing = await Promise.all(
    custom.map(async (strength) => ({ strength, combinations: await combinationsOf(graph, strength) })),
  );
  return listing.flatMap(({ strength: { displayName, id }, combinations }) => {
    const aaguids = combinations.flatMap((combination) => combination?.allowedAAGUIDs ?? []);
    return aaguids.length === 0 ? [] : [{ name: displayName || id, aaguids: [...new Set(aaguids)] }];
  });
}

/** Graph's examples have them in the list; where they are not in it they are asked for. @throws Fault */
async function combinationsOf(
  graph: AppGraph,
  { id, combinationConfigurations }: Strength,
): Promise<readonly (Combination | null)[]> {
  if (combinationConfigurations) return combinationConfigurations;
  const path = `${STRENGTHS}/${encodeURIComponent(id)}/combinationConfigurations`;
  return graph.getAll(path, orOdd(combinationRow));
}

async function whereReadable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch {
    // No plan is held up by it, whichever fault it is: the card says that they could not be read.
    return undefined;
  }
}
