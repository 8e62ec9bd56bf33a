import { Fault } from "../errors.js";
import { describeGroups } from "../impact/describe-groups.js";
import { listedModels } from "../impact/names.js";
import type { JsonObject } from "../json.js";
import { ownMember } from "../own-member.js";
import type { FoundPolicy, Plan, PlanState } from "../plan/plan.js";
import { policyFingerprint } from "../policy/comparable-policy.js";
import { diffPolicies } from "../policy/diff-policies.js";
import { withGivenIds } from "../policy/graph-made/given-ids.js";
import type { NamedGroups } from "../policy/group.js";
import type { OtherWriter } from "../policy/other-writer.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Policy } from "../policy/policy.js";
import type { Ports } from "../ports.js";
import { otherWriters } from "./other-writers.js";
import { whoLosesBeside } from "./who-loses-beside.js";

/** How long the directory audit log may lag: so long it is asked again for who wrote. */
const AUDIT_LOG_LAG_MS = 900_000;

/** What a person needs to know of a policy that is not as the plan wanted it. */
export async function whatWasFound(ports: Ports, plan: Plan, policy: JsonObject): Promise<FoundPolicy> {
  const { proposal, state } = plan;
  const found = parsePolicy(policy);
  const now = ports.clock.now();
  const earlier = foundAlready(state, policy);
  if (earlier !== undefined && now.getTime() - Date.parse(earlier.at) > AUDIT_LOG_LAG_MS) return earlier;
  const losing = await losingBy(ports, plan, found, earlier);
  return {
    at: earlier?.at ?? now.toISOString(),
    policy: earlier?.policy ?? policy,
    sinceBefore: diffPolicies(parsePolicy(proposal.before), found),
    besideWanted: diffPolicies(parsePolicy(withGivenIds(proposal, policy)), found),
    writers: longer(await otherWriters(ports, plan), earlier?.writers),
    modelNames: Object.fromEntries(
      listedModels(found)
        .filter((aaguid) => ownMember(proposal.modelNames, aaguid) === undefined)
        .map((aaguid) => [aaguid, ports.catalogue.modelName(aaguid)]),
    ),
    ...(await otherGroups(ports, plan, found)),
    ...(losing === undefined ? {} : { losing }),
  };
}

/** Of the same policy it is found out once. */
async function losingBy(
  ports: Ports,
  plan: Plan,
  found: Policy,
  earlier: FoundPolicy | undefined,
): Promise<FoundPolicy["losing"]> {
  return earlier?.losing?.kind === "by-scan" ? earlier.losing : whoLosesBeside(ports, plan, found);
}

/** The same policy, when the plan has told of it before. */
function foundAlready(state: PlanState, policy: JsonObject): FoundPolicy | undefined {
  if (state.kind !== "unknown" || state.seen !== "something-else") return undefined;
  return policyFingerprint(state.found.policy) === policyFingerprint(policy) ? state.found : undefined;
}

/** A log that cannot be read at this moment does not make those unknown whom it named before. */
function longer(
  writers: readonly OtherWriter[],
  earlier: readonly OtherWriter[] = [],
): readonly OtherWriter[] {
  return writers.length < earlier.length ? earlier : writers;
}

/** Without names the ids are shown. */
async function otherGroups(ports: Ports, { number, proposal }: Plan, found: Policy): Promise<NamedGroups> {
  const isOther = ([id]: readonly [string, unknown]) => ownMember(proposal.groupNames, id) === undefined;
  try {
    const { groupNames, groupFacts = {} } = await describeGroups(ports, { policies: [found] });
    return {
      groupNames: Object.fromEntries(Object.entries(groupNames).filter(isOther)),
      groupFacts: Object.fromEntries(Object.entries(groupFacts).filter(isOther)),
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("group-names-not-read", { plan: number, code: error.code });
    return { groupNames: {} };
  }
}
