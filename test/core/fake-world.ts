import type { Finding } from "../../src/core/check/finding.js";
import type { Drift, LoggedWrite } from "../../src/core/drift/drift.js";
import { afterScan } from "../../src/core/duties/after-scan.js";
import { Fault, type Refusal, type SignInProblem } from "../../src/core/errors.js";
import type { AuthenticationStrength } from "../../src/core/impact/elsewhere/authentication-strength.js";
import type { JsonObject } from "../../src/core/json.js";
import type { Digest } from "../../src/core/news/digest.js";
import type { ModelNotice } from "../../src/core/news/model-notice.js";
import {
  type ConversationId,
  conversationId,
  type GroupId,
  groupId,
  type Instant,
  type Person,
  type PersonId,
  personId,
  replicaId,
  tenantId,
  UserAssertion,
} from "../../src/core/person.js";
import type { Plan } from "../../src/core/plan/plan.js";
import type { Group } from "../../src/core/policy/group.js";
import type { Model } from "../../src/core/policy/model.js";
import type { Aaguid } from "../../src/core/policy/policy.js";
import type { BrowserAnswer, WantedSignIn, WriteResult } from "../../src/core/ports/acting.js";
import { GraphWaits } from "../../src/core/ports/graph-waits.js";
import type {
  DirectoryRole,
  ListedPage,
  PasskeyRound,
  Ports,
  PutOff,
  RefusedRegistrations,
  Rules,
} from "../../src/core/ports.js";
import { OwnAttention } from "../../src/core/replica/attention.js";
import type { AccountCounts, AccountRef, PasskeyAnswer } from "../../src/core/scan/inventory.js";
import type { ScanNews } from "../../src/core/scan/scan.js";
import { type ScanEnd, scanner } from "../../src/core/scan/scanner.js";
import type { Journey } from "../../src/core/sign-in/journey.js";
import type { Conversation, DeferredChange, FirstIntent } from "../../src/core/stores.js";
import { FakeMetrics } from "./fake-metrics.js";
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

type FakeGroup = Omit<Group, "id"> & { readonly members: readonly string[] };

function asGroup(id: GroupId, { members: _, ...group }: FakeGroup): Group {
  return { id, ...group };
}

/** Everything outside core, in memory, with a clock that only moves when told or slept on. */
export class FakeWorld {
  readonly store = new FakeStore();
  policy: JsonObject = legacyPolicy({ state: "disabled" });
  readonly patches: { readonly body: JsonObject; readonly clientRequestId: string }[] = [];
  /** Where a new plan is shown at once. */
  firstPlaces: readonly ConversationId[] = [];
  /** Copies that were announced as intended. */
  readonly intended: FirstIntent[] = [];
  readonly announced: Plan[] = [];
  /** Numbers of the plans of which it was said that their time is nearly up. */
  readonly runningOut: number[] = [];
  /** Digests as they were announced, in order. */
  readonly digests: Digest[] = [];
  /** Conversations in which plans are posted for approval. */
  approvalRooms: readonly Conversation[] = [];
  /** Notices of models as they were announced, in order. */
  readonly notices: ModelNotice[] = [];
  /** Of the FIDO metadata; undefined: there is none. */
  metadataNumber: number | undefined;
  /** Models of which more is known than nothing. */
  readonly models = new Map<string, Partial<Model>>();
  /** Drifts as they were announced, in order. */
  readonly drifts: Drift[] = [];
  /** Until when what was done with was to be forgotten, for each time all cards were to be brought up to date. */
  readonly caughtUp: string[] = [];
  /** News of scans, in order. */
  readonly news: ScanNews[] = [];
  /** What waited for a scan and was a plan already. */
  readonly there: { readonly waiting: DeferredChange; readonly plan: Plan }[] = [];
  readonly refused: { readonly waiting: DeferredChange; readonly refusal: Refusal }[] = [];
  readonly failed: { readonly waiting: DeferredChange; readonly error: unknown }[] = [];
  nextPatch: PatchBehaviour = ACCEPTED;
  readFault: Fault | undefined;
  /** Why people cannot be looked up. */
  directoryFault: Fault | undefined;
  signInNameFault: Fault | undefined;
  signInProblem: SignInProblem | undefined;
  /** With what browsers were sent to Entra, and what was exchanged of what they brought back. */
  readonly sentToSignIn: { readonly journey: Journey; readonly wanted: WantedSignIn }[] = [];
  readonly exchanged: {
    readonly journey: Journey;
    readonly person: PersonId;
    readonly answer: BrowserAnswer;
  }[] = [];
  otherWriters: readonly LoggedWrite[] = [];
  /** Authentication strengths that list models of their own; undefined: they cannot be read. */
  strengths: readonly AuthenticationStrength[] | undefined = [];
  readonly roles = new Map<string, readonly DirectoryRole[]>([
    [ADA.id, [READING]],
    [GRACE.id, [APPROVING]],
    [JOAN.id, [APPROVING]],
    [LINUS.id, [READING]],
  ]);
  /** Everybody else is a member of the tenant. */
  readonly guests = new Set<string>();
  readonly groups = new Map<GroupId, FakeGroup>();
  /** Person -> models, or a failure to read them. */
  readonly passkeys = new Map<string, readonly Aaguid[] | "gone" | "throttled">();
  /** People whom the registration report calls administrators, when it is asked for those. */
  readonly admins = new Set<string>();
  /** People the registration report does not list (yet). */
  readonly unreported = new Set<string>();
  /** What the tenant counts, unless a test says so: nothing. */
  accounts: AccountCounts | Fault = new Fault("graph-denied", "accounts are not counted");
  /** Rows of the report in each page, when a test says so. */
  reportRows: number | undefined;
  premium = true;
  /** People the directory audit log names, with when that was. A Fault: the log cannot be read. */
  audited: readonly { readonly name: string; readonly at: number }[] | Fault = [];
  /** Registrations that failed, as the log has them. A Fault: it cannot be read. */
  refusals: (since: Instant) => RefusedRegistrations | Fault = () => ({ refused: [], isWhole: true });
  /** People in a page of a list. */
  pageSize = 1000;
  /** People asked about, in order; and how many there were at once at most. */
  readonly asked: string[] = [];
  mostAtOnce = 0;
  /** What Graph says to a request for passkeys instead of the truth; undefined: the truth. */
  onAsk: (people: readonly AccountRef[]) => Promise<PasskeyRound | undefined> = async () => undefined;
  /** Called before a list is read. */
  onList: (which: "audit" | "report" | "accounts", next: string | undefined) => void = () => {};
  time = Date.parse("2026-11-22T10:00:00.000Z");
  #ids = 0;
  #scanEnded: (end: ScanEnd) => void = () => {};
  /** What was logged as news or as a warning, in order. */
  readonly noted: ({ readonly event: string } & Readonly<Record<string, unknown>>)[] = [];
  /** What was logged as a mistake, in order. */
  readonly errors: ({ readonly event: string } & Readonly<Record<string, unknown>>)[] = [];

  rules: Rules = {
    tenantId: tenantId("tenant"),
    access: undefined,
    approvers: undefined,
    approvalsRequired: 1,
    allowSelfApproval: false,
    planTtlMinutes: 60,
    scanMaxAgeHours: 24,
    scanFullDays: 7,
    emergencyAccounts: [],
  };

  /** What happens between two steps of the flow, e.g. an edit in the portal right before the PATCH. */
  beforePatch: () => void | Promise<void> = () => {};
  onSleep: () => void = () => {};

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }

  readonly metrics = new FakeMetrics();
  /** What a check of the installation finds, and for whom it was made. */
  findings: readonly Finding[] = [];
  readonly checkedFor: string[] = [];
  /** What an operator has to see to, as the process says it. */
  readonly attention = new OwnAttention({
    info: (event, detail) => void this.noted.push({ ...detail, event }),
    warn: (event, detail) => void this.noted.push({ ...detail, event }),
  });

  readonly #outside = {
    clock: {
      now: () => new Date(this.time),
      sleep: async (milliseconds) => {
        this.time += milliseconds;
        this.onSleep();
      },
      elapsed: () => this.time,
      newId: () => `id-${++this.#ids}`,
    },
    log: {
      info: (event, detail) => {
        this.noted.push({ ...detail, event });
      },
      warn: (event, detail) => {
        this.noted.push({ ...detail, event });
      },
      error: (event, detail) => {
        this.errors.push({ event, ...detail });
      },
    },
    metrics: this.metrics,
    tenant: {
      readPolicy: async () => {
        if (this.readFault) throw this.readFault;
        return this.policy;
      },
      readStrengths: async () => this.strengths,
      policyWritersSince: async () => this.otherWriters,
    },
    directory: {
      person: async (id) => this.#person(id),
      signInName: async (id) => this.#signInName(id),
      isMember: async (id) => !this.guests.has(id),
      peopleNamed: async (beginning) => this.#peopleNamed(beginning),
      activeRoles: async (person) => this.roles.get(person) ?? [],
      groupsOf: async (person) =>
        new Set([...this.groups].filter(([, group]) => group.members.includes(person)).map(([id]) => id)),
      groupsNamed: async (name) =>
        [...this.groups]
          .filter(([, group]) => group.name.toLowerCase() === name.toLowerCase())
          .map(([id, group]) => asGroup(id, group)),
      group: async (id) => {
        const group = this.groups.get(id);
        return group === undefined ? undefined : asGroup(id, group);
      },
      allGroups: async () => ({
        groups: [...this.groups].map(([id, { name }]) => ({ id, name })),
        isComplete: true,
      }),
      countMembers: async (id) => {
        const group = this.groups.get(id);
        if (!group) throw new Fault("graph-not-found", "no such group");
        return group.members.length;
      },
      membersOf: async (id) => {
        const group = this.groups.get(id);
        if (!group) throw new Fault("graph-not-found", "no such group");
        return new Set(group.members.map(personId));
      },
    },
    passkeys: {
      reportedKeyholders: async ({ next, methods }) => {
        this.onList("report", next);
        if (!this.premium) throw new Fault("graph-no-licence", "no P1");
        const listed = this.#accounts().filter(
          (account) => !this.unreported.has(account.id) && this.passkeys.get(account.id)?.length !== 0,
        );
        const rows = methods === undefined && this.reportRows !== undefined ? { rows: this.reportRows } : {};
        return { ...this.#page(listed, next), ...rows, methods: methods ?? ["passKeyDeviceBound"] };
      },
      enabledAccounts: async (next) => {
        this.onList("accounts", next);
        return this.#listed(this.#accounts(), next);
      },
      enabledAccountsIn: async (id, next) => {
        const group = this.groups.get(id);
        if (!group) throw new Fault("graph-not-found", "no such group");
        this.onList("accounts", next);
        return this.#listed(group.members.map(account), next);
      },
      administrators: async (next) => {
        this.onList("report", next);
        if (!this.premium) throw new Fault("graph-no-licence", "no P1");
        return this.#page(
          this.#accounts().flatMap((each) => (this.admins.has(each.id) ? { ...each, isAdmin: true } : [])),
          next,
        );
      },
      countAccounts: async () => {
        if (this.accounts instanceof Fault) throw this.accounts;
        return this.accounts;
      },
      refusedSince: async (since) => {
        const read = this.refusals(since);
        if (read instanceof Fault) throw read;
        return read;
      },
      changedSince: async (since, next) => {
        this.onList("audit", next);
        if (this.audited instanceof Fault) throw this.audited;
        const recent = this.audited.filter(({ at }) => at >= Date.parse(since));
        return this.#page(
          recent.map(({ name }) => account(name)),
          next,
        );
      },
      passkeysOf: (people) => this.#ask(people),
    },
    actAs: {
      onBehalfOf: async () =>
        this.signInProblem
          ? { kind: "sign-in-failed", problem: this.signInProblem }
          : { kind: "signed-in", writer: { patchPolicy: (body, id) => this.#patch(body, id) } },
    },
    browserSignIn: {
      address: (journey, wanted) => {
        this.sentToSignIn.push({ journey, wanted });
        return "https://entra.example/authorize";
      },
      exchange: async (journey, person, answer) => {
        this.exchanged.push({ journey, person, answer });
        return this.signInProblem
          ? { kind: "sign-in-failed", problem: this.signInProblem }
          : { kind: "signed-in", writer: { patchPolicy: (body, id) => this.#patch(body, id) } };
      },
    },
    plans: this.store.plans,
    audit: this.store.audit,
    evidenceLinks: this.store.evidenceLinks,
    signIns: this.store.signIns,
    adoption: this.store.adoption,
    peopleLinks: this.store.peopleLinks,
    scans: this.store.scans,
    ownScans: this.store.ownScans,
    deferred: this.store.deferred,
    takenMessages: this.store.takenMessages,
    modelNotices: this.store.modelNotices,
    digests: this.store.digests,
    stages: this.store.stages,
    watch: this.store.watch,
    conversations: {
      remember: async () => "known",
      find: async () => undefined,
      approvalRooms: async () => this.approvalRooms,
      personalChats: async () => [] as Conversation[],
      setApprovalRoom: async () => {},
      endApprovalRoom: async () => false,
      forget: async () => {},
    },
    catalogue: {
      model: (aaguid, hint) => ({
        aaguid,
        name: hint ?? aaguid,
        kind: "unknown",
        warnings: [],
        source: hint === undefined ? "nobody" : "graph",
        ...this.models.get(aaguid),
      }),
      modelName: (aaguid, hint) => hint ?? aaguid,
      metadataNumber: () => this.metadataNumber,
      search: () => [],
    },
    phrasebook: { nearest: () => [] },
    checkup: {
      examine: async (asker) => {
        this.checkedFor.push(asker.id);
        return this.findings;
      },
    },
    replicas: {
      self: replicaId("this process"),
      isGone: async (replica) => replica !== "this process",
      claim: async () => true,
      release: async () => {},
      lookAtRules: async () => {},
    },
    attention: this.attention,
    graphWaits: new GraphWaits(),
    alteredPlans: new Map(),
    inHand: new Set<string>(),
    announcer: {
      planChanged: async (plan, intents) => {
        this.announced.push(plan);
        if (intents !== undefined) this.intended.push(...intents);
      },
      firstPlaces: async () => this.firstPlaces,
      planRunsOut: async (plan) => {
        this.runningOut.push(plan.number);
      },
      scanChanged: async (news) => {
        this.news.push(news);
      },
      digestTold: async (digest) => {
        this.digests.push(digest);
      },
      modelsNoticed: async (notice) => {
        this.notices.push(notice);
      },
      driftChanged: async (drift) => {
        this.drifts.push(drift);
      },
      catchUp: async (_tenant, doneBefore) => {
        this.caughtUp.push(doneBefore);
      },
      changeThere: async (waiting, plan) => {
        this.there.push({ waiting, plan });
      },
      changeRefused: async (waiting, refusal) => {
        this.refused.push({ waiting, refusal });
      },
      changeFailed: async (waiting, error) => {
        this.failed.push({ waiting, error });
      },
    },
  } satisfies Omit<Ports, "scanner">;

  readonly ports: Ports = { ...this.#outside, scanner: this.startScanner() };

  /** A scanner as a process has it when it starts, on the same store. @param process what differs from this one */
  startScanner(process: Partial<Pick<Ports, "replicas" | "announcer">> = {}) {
    const world = this;
    const rules = {
      get tenantId() {
        return world.rules.tenantId;
      },
      get scanFullDays() {
        return world.rules.scanFullDays;
      },
      get emergencyAccounts() {
        return world.rules.emergencyAccounts;
      },
    };
    return scanner({ ...this.#outside, ...process }, rules, async (end) => {
      await afterScan(this.ports, this.rules, end);
      this.#scanEnded(end);
    });
  }

  /** Somebody says `scan`. @returns how it ended */
  async scan(options: { full?: boolean } = {}): Promise<ScanEnd> {
    const ended = this.scanEnd();
    await this.ports.scanner.ask({ person: ADA, conversation: ROOM, shows: "at-once" }, options);
    return ended;
  }

  /** Resolves when the scan that is running, or the next one, has ended and everything that waited was answered. */
  scanEnd(): Promise<ScanEnd> {
    return new Promise((resolve) => {
      this.#scanEnded = resolve;
    });
  }

  addGroup(id: string, name: string, ...members: string[]): void {
    this.groups.set(groupId(id), { name, members, kind: "security", securityEnabled: true });
  }

  #peopleNamed(beginning: string): readonly Person[] {
    if (this.directoryFault) throw this.directoryFault;
    const names = [...new Set([...this.roles.keys(), ...this.passkeys.keys()])];
    return names
      .filter((name) => name.toLowerCase().startsWith(beginning.toLowerCase()))
      .map((name) => ({ id: personId(name), name }));
  }

  #person(id: string): Person | undefined {
    if (this.directoryFault) throw this.directoryFault;
    const isThere = this.roles.has(id) || (this.passkeys.has(id) && this.passkeys.get(id) !== "gone");
    return isThere ? { id: personId(id), name: id } : undefined;
  }

  #signInName(id: string): string | undefined {
    if (this.signInNameFault) throw this.signInNameFault;
    return this.#person(id) && `${id}@example.com`;
  }

  #accounts(): readonly AccountRef[] {
    return [...this.passkeys.keys()].map(account);
  }

  #page(people: readonly AccountRef[], next: string | undefined) {
    const from = next === undefined ? 0 : Number(next);
    const to = from + this.pageSize;
    return { people: people.slice(from, to), ...(to < people.length ? { next: String(to) } : {}) };
  }

  /** As the directory lists them. */
  #listed(people: readonly AccountRef[], next: string | undefined): ListedPage {
    const page = this.#page(people, next);
    const all = page.people.map((each) => ({
      ...each,
      signInName: `${each.id}@example.com`,
      ...(this.guests.has(each.id) ? { isGuest: true as const } : {}),
    }));
    return { ...page, people: all };
  }

  #inFlight = 0;
  async #ask(people: readonly AccountRef[]): Promise<PasskeyRound> {
    this.#inFlight += people.length;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#inFlight);
    this.asked.push(...people.map((person) => person.id));
    try {
      // Long enough for other requests to be sent meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
      return (await this.onAsk(people)) ?? this.truth(people);
    } finally {
      this.#inFlight -= people.length;
    }
  }

  /** What Graph says when nothing is wrong. */
  truth(people: readonly AccountRef[]): PasskeyRound {
    const said = people.map((person) => this.#answer(person));
    return {
      answers: said.filter((each): each is PasskeyAnswer => "kind" in each),
      later: said.filter((each): each is PutOff => !("kind" in each)),
    };
  }

  #answer(account: AccountRef): PasskeyAnswer | PutOff {
    const found = this.passkeys.get(account.id);
    if (found === undefined || found === "gone") return { kind: "gone", account };
    if (found === "throttled")
      return { account, why: "Graph said 429", throttled: true, retryAfterSeconds: 1 };
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

function account(name: string): AccountRef {
  return { id: personId(name), name, isAdmin: false };
}
