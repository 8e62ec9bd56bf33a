import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { samplePolicy } from "../../simulators/tenant/sample-policies.js";
import { catalogue } from "../../src/catalogue/catalogue.js";
import type { JsonObject } from "../../src/core/json.js";
import { personId, tenantId } from "../../src/core/person.js";
import { makeProposal } from "../../src/core/plan/make-proposal.js";
import type { Proposal } from "../../src/core/plan/plan.js";
import type { Intent } from "../../src/core/policy/intent.js";
import { toAaguid } from "../../src/core/policy/policy.js";
import type { Inventory, Keyholder } from "../../src/core/scan/inventory.js";

/** `enable passkeys`, with nothing said about how. */
export const ENABLE: Intent = { kind: "enable", restriction: "as-fits", authenticators: ["ios", "android"] };

/** What `enable passkeys` makes of the sample's paused pilot, with so many people who have passkeys. */
export async function sampleProposal(keyholders: number): Promise<Proposal> {
  const holders = Array.from({ length: keyholders }, (_, nth) => holder(nth));
  const proposal = await makeProposal(
    {
      catalogue: catalogue(),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      // Every person is in every group, so no person loses anything.
      directory: {
        person: async () => undefined,
        people: async () => new Map(),
        signInName: async () => undefined,
        isMember: async () => true,
        peopleNamed: async () => [],
        activeRoles: async () => [],
        holdersOf: async () => new Set(),
        groupsOf: async () => new Set(),
        groupsNamed: async () => [],
        group: async (id) => ({ id, name: "Pilot", kind: "security", securityEnabled: true }),
        membersOf: async () => new Set(holders.map(({ id }) => id)),
        allGroups: async () => ({ groups: [], isComplete: true }),
        countMembers: async () => holders.length,
      },
      passkeys: {
        reportedKeyholders: () => Promise.reject(new Error("not asked for here")),
        enabledAccounts: () => Promise.reject(new Error("not asked for here")),
        enabledAccountsIn: () => Promise.reject(new Error("not asked for here")),
        administrators: () => Promise.reject(new Error("not asked for here")),
        countAccounts: () => Promise.reject(new Error("not asked for here")),
        changedSince: () => Promise.reject(new Error("not asked for here")),
        refusedSince: () => Promise.reject(new Error("not asked for here")),
        passkeysOf: () => Promise.reject(new Error("not asked for here")),
      },
      clock: {
        now: () => new Date(),
        elapsed: () => performance.now(),
        sleep: () => Promise.resolve(),
        newId: () => "00000000-0000-4000-8000-000000000000",
      },
    },
    {
      tenantId: tenantId("00000000-0000-4000-8000-000000000001"),
      access: undefined,
      approvers: undefined,
      approvalsRequired: 1,
      allowSelfApproval: false,
      planTtlMinutes: 60,
      scanMaxAgeHours: 24,
      scanFullDays: 7,
      emergencyAccounts: [],
    },
    {
      intent: ENABLE,
      policy: JSON.parse(JSON.stringify(samplePolicy("paused-pilot"))) as JsonObject,
      inventory: inventoryOf(holders),
      people: async function* () {
        yield holders;
      },
    },
  );
  if ("kind" in proposal) throw new Error(`there is no plan to fill a store with: ${proposal.code}`);
  return proposal;
}

const MODELS = Object.values(MODEL).slice(0, 12);

function holder(nth: number): Keyholder {
  const model = MODELS[nth % MODELS.length];
  const aaguid = toAaguid(model?.aaguid ?? "");
  if (aaguid === undefined) throw new Error("a sample model without an AAGUID");
  return {
    id: personId(`00000000-0000-4000-9000-${String(nth).padStart(12, "0")}`),
    name: `Person ${nth}`,
    isAdmin: nth % 50 === 0,
    passkeys: [{ aaguid, model: undefined, type: "deviceBound", attested: true }],
  };
}

function inventoryOf(holders: readonly Keyholder[]): Inventory {
  const at = "2026-01-01T00:00:00.000Z";
  const aaguids = new Set(holders.flatMap(({ passkeys }) => passkeys.map(({ aaguid }) => aaguid)));
  const people = holders.length;
  return {
    scanId: "00000000-0000-4000-a000-000000000000",
    kind: "full",
    startedAt: at,
    finishedAt: at,
    fullSince: at,
    path: "report",
    asked: people,
    carried: 0,
    keyholders: people,
    gone: 0,
    unreadCount: 0,
    unread: [],
    models: [...aaguids].map((aaguid) => ({
      aaguid,
      people: 4,
      passkeys: 4,
      types: { deviceBound: 4, synced: 0, unsaid: 0 },
      attested: { yes: 4, no: 0, unsaid: 0 },
    })),
    methods: ["passKeyDeviceBound"],
    recentIncluded: true,
    changesSince: at,
    askers: [],
  };
}
