import type { SimStrength } from "../tenant/simulated-tenant.js";
import { notFound } from "./graph-error.js";
import type { GraphAnswer, GraphRequest, GraphWorld } from "./graph-exchange.js";
import type { Row } from "./odata/odata-filter.js";
import { answerCollection, ofRows } from "./odata/odata-page.js";

const CREATED = "2023-02-06T08:00:00Z";

/** Ids and names in every tenant (documented). */
const BUILT_IN = [
  ["00000000-0000-0000-0000-000000000002", "Multifactor authentication"],
  ["00000000-0000-0000-0000-000000000003", "Passwordless MFA"],
  ["00000000-0000-0000-0000-000000000004", "Phishing-resistant MFA"],
] as const;

/** Authentication strengths, built-in and custom (documented shape). */
export function listStrengths(world: GraphWorld, request: GraphRequest): GraphAnswer {
  const builtIn = BUILT_IN.map(([id, displayName]) => row(world, id, displayName, "builtIn", []));
  const custom = strengthsOf(world).map(({ id, displayName, ...strength }) =>
    row(world, id, displayName, "custom", combinations(strength)),
  );
  return answerCollection(world, request, ofRows([...builtIn, ...custom]), {
    context: "policies/authenticationStrengthPolicies",
    pageSize: world.readings.directoryPageSize,
    maxTop: 999,
  });
}

/** The configurations of one of them. @throws GraphRefusal 404 */
export function listCombinations(world: GraphWorld, request: GraphRequest, id: string): GraphAnswer {
  const strength = strengthsOf(world).find((each) => each.id === id.toLowerCase());
  if (strength === undefined) throw notFound(id);
  return answerCollection(world, request, ofRows(combinations(strength)), {
    context: `policies/authenticationStrengthPolicies('${id}')/combinationConfigurations`,
    pageSize: world.readings.directoryPageSize,
    maxTop: 999,
  });
}

function strengthsOf({ tenant }: GraphWorld): readonly SimStrength[] {
  return tenant.strengths ?? [];
}

function row(
  { readings, root }: GraphWorld,
  id: string,
  displayName: string,
  policyType: "builtIn" | "custom",
  combinationConfigurations: readonly Row[],
): Row {
  const context = `${root}/$metadata#policies/authenticationStrengthPolicies('${id}')/combinationConfigurations`;
  return {
    id,
    createdDateTime: CREATED,
    modifiedDateTime: CREATED,
    displayName,
    description: "",
    policyType,
    requirementsSatisfied: "mfa",
    allowedCombinations: ["fido2"],
    ...(readings.strengthsInline
      ? { "combinationConfigurations@odata.context": context, combinationConfigurations }
      : {}),
  };
}

function combinations({ allowedAAGUIDs }: Pick<SimStrength, "allowedAAGUIDs">): readonly Row[] {
  if (allowedAAGUIDs.length === 0) return [];
  return [
    {
      "@odata.type": "#microsoft.graph.fido2CombinationConfiguration",
      id: "6b9b1f0e-8e6d-4f43-9b5c-0d1f3f1f5a10",
      appliesToCombinations: ["fido2"],
      allowedAAGUIDs,
    },
  ];
}
