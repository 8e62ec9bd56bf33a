import { Fault, type SignInProblem } from "../../src/core/errors.js";
import type { AccountRef } from "../../src/core/inventory/inventory.js";
import type { JsonObject } from "../../src/core/json.js";
import {
  conversationId,
  type GroupId,
  groupId,
  type Person,
  personId,
  tenantId,
  UserAssertion,
} from "../../src/core/person.js";
import type { OtherWriter, Plan } from "../../src/core/plan/plan.js";
import type { Aaguid } from "../../src/core/policy/policy.js";
import type {
  Conversation,
  DirectoryRole,
  PasskeyAnswer,
  Ports,
  Rules,
  WriteResult,
} from "../../src/core/ports.js";
import { FakeStore } from "./fake-store.js";
import { legacyPolicy } from "./policy/sample-policies.js";

export const ADA: Person = { id: personId("ada"), name: "Ada" };
export const GRACE: Person = { id: personId("grace"), name: "Grace" };
export const JOAN: Person = { id: personId("joan"), name: "Joan" };
export const LINUS: Person = { id: personId("linus"), name: "Linus" };
export const ROOM = conversationId("room");
export const ASSERTION = new UserAssertion("the.sso.token");

const APPROVING: DirectoryRole = {
  templateId: "0526716b-113d-4c15-b2c8-68e3c22b9f80",
  name: "Authentication Policy Administrator",
};
const READING: DirectoryRole = { templateId: "f2ef992c-3afb-46b9-b7cf-a126ee74c451", name: "Global Reader" };

/** How simulated Graph answers the next PATCH: whether it takes effect, and what is said about it. */
export type PatchBehaviour = { readonly effect: boolean; readonly answer: WriteResult };
const ACCEPTED: PatchBehaviour = { effect: true, answer: { kind: "accepted", requestId: "graph-1" } };

/** Everything outside core, in memory, with a clock that only moves when told or slept on. */
export class FakeWorld {
  readonly store = new FakeStore();
  policy: JsonObject = legacyPolicy({ state: "disabled" });
  readonly patches: { readonly body: JsonObject; readonly clientRequestId: string }[] = [];
  readonly announced: Plan[] = [];
  nextPatch: PatchBehaviour = ACCEPTED;
  readFault: Fault | undefined;
  signInProblem: SignInProblem | undefined;
  otherWriters: readonly (OtherWriter & { id?: Person["id"] })[] = [];
  readonly roles = new Map<string, readonly DirectoryRole[]>([
    [ADA.id, [READING]],
    [GRACE.id, [APPROVING]],
    [JOAN.id, [APPROVING]],
    [LINUS.id, [READING]],
  ]);
  readonly groups = new Map<GroupId, { name: string; members: readonly string[] }>();
  /** Person -> models, or a failure to read them. */
  readonly passkeys = new Map<string, readonly Aaguid[] | "gone" | "throttled">();
  /** People the registration report does not list (yet). */
  readonly unreported = new Set<string>();
  premium = true;
  time = Date.parse("2026-11-22T10:00:00.000Z");
  #ids = 0;

  readonly rules: Rules = {
    tenantId: tenantId("tenant"),
    access: undefined,
    approvers: undefined,
    approvalsRequired: 1,
    allowSelfApproval: false,
    planTtlMinutes: 60,
    scanMaxAgeHours: 24,
    emergencyAccounts: [],
  };

  /** What happens between two steps of the flow, e.g. an edit in the portal right before the PATCH. */
  beforePatch: () => void | Promise<void> = () => {};
  onSleep: () => void = () => {};

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }

  readonly ports: Ports = {
    clock: {
      now: () => new Date(this.time),
      sleep: async (milliseconds) => {
        this.time += milliseconds;
        this.onSleep();
      },
      newId: () => `id-${++this.#ids}`,
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    tenant: {
      readPolicy: async () => {
        if (this.readFault) throw this.readFault;
        return this.policy;
      },
      policyWritersSince: async () => this.otherWriters,
    },
    directory: {
      activeRoles: async (person) => this.roles.get(person) ?? [],
      groupsOf: async (person) =>
        new Set([...this.groups].filter(([, group]) => group.members.includes(person)).map(([id]) => id)),
      groupsNamed: async (name) =>
        [...this.groups]
          .filter(([, group]) => group.name.toLowerCase() === name.toLowerCase())
          .map(([id, group]) => ({ id, name: group.name })),
      groupName: async (id) => this.groups.get(id)?.name,
      membersOf: async (id) => {
        const group = this.groups.get(id);
        if (!group) throw new Fault("graph-not-found", "no such group");
        return new Set(group.members.map(personId));
      },
    },
    passkeys: {
      reportedKeyholders: async () => {
        if (!this.premium) throw new Fault("graph-no-licence", "no P1");
        return this.#accounts().filter((account) => !this.unreported.has(account.id));
      },
      enabledAccounts: async () => this.#accounts(),
      passkeysOf: async (people) => people.map((account) => this.#answer(account)),
    },
    actAs: {
      onBehalfOf: async () =>
        this.signInProblem
          ? { kind: "sign-in-failed", problem: this.signInProblem }
          : { kind: "signed-in", writer: { patchPolicy: (body, id) => this.#patch(body, id) } },
    },
    plans: this.store.plans,
    audit: this.store.audit,
    inventories: this.store.inventories,
    conversations: {
      remember: async () => {},
      find: async () => undefined,
      approvalRooms: async () => [] as Conversation[],
      personalChats: async () => [] as Conversation[],
      setApprovalRoom: async () => {},
      forget: async () => {},
    },
    catalogue: { modelName: (aaguid, hint) => hint ?? aaguid },
    inHand: new Set(),
    announcer: {
      planChanged: async (plan) => {
        this.announced.push(plan);
      },
    },
  };

  addGroup(id: string, name: string, ...members: string[]): void {
    this.groups.set(groupId(id), { name, members });
  }

  #accounts(): readonly AccountRef[] {
    return [...this.passkeys.keys()].map((name) => ({ id: personId(name), name, isAdmin: false }));
  }

  #answer(account: AccountRef): PasskeyAnswer {
    const found = this.passkeys.get(account.id);
    if (found === undefined || found === "gone") return { kind: "gone", account };
    if (found === "throttled") return { kind: "failed", account, why: "Graph said 429" };
    const passkeys = found.map((aaguid) => ({
      aaguid,
      model: undefined,
      type: "deviceBound" as const,
      attested: true,
    }));
    return { kind: "read", account, passkeys };
  }

  async #patch(body: JsonObject, clientRequestId: string): Promise<WriteResult> {
    await this.beforePatch();
    this.patches.push({ body, clientRequestId });
    const { "@odata.type": _, ...members } = body;
    if (this.nextPatch.effect) this.policy = { ...this.policy, ...members };
    return this.nextPatch.answer;
  }
}
