import type { Finding } from "../../src/core/check/finding.js";
import type { Drift, LoggedWrite } from "../../src/core/drift/drift.js";
import { afterScan } from "../../src/core/duties/after-scan.js";
import type { Fault, Refusal, SignInProblem } from "../../src/core/errors.js";
import type { AuthenticationStrength } from "../../src/core/impact/elsewhere/authentication-strength.js";
import type { JsonObject } from "../../src/core/json.js";
import type { Digest } from "../../src/core/news/digest.js";
import type { ModelNotice } from "../../src/core/news/model-notice.js";
import {
  type ConversationId,
  conversationId,
  type Person,
  type PersonId,
  personId,
  replicaId,
  tenantId,
  UserAssertion,
} from "../../src/core/person.js";
import type { Plan } from "../../src/core/plan/plan.js";
import type { Model } from "../../src/core/policy/model.js";
import type { BrowserAnswer, WantedSignIn, WriteResult } from "../../src/core/ports/acting.js";
import { GraphWaits } from "../../src/core/ports/graph-waits.js";
import type { DirectoryRole, Ports, Rules } from "../../src/core/ports.js";
import { OwnAttention } from "../../src/core/replica/attention.js";
import type { ScanNews } from "../../src/core/scan/scan.js";
import { type ScanEnd, scanner } from "../../src/core/scan/scanner.js";
import type { Journey } from "../../src/core/sign-in/journey.js";
import type { Conversation, DeferredChange, FirstIntent } from "../../src/core/stores.js";
import { announcerInto } from "./fake-announcer.js";
import { FakeMetrics } from "./fake-metrics.js";
import { FakePeople } from "./fake-people.js";
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
export class FakeWorld extends FakePeople {
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

  constructor() {
    super();
    for (const { id } of [ADA, LINUS]) this.roles.set(id, [READING]);
    for (const { id } of [GRACE, JOAN]) this.roles.set(id, [APPROVING]);
  }

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
    directory: this.directory,
    passkeys: this.passkeySource,
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
      chatsOf: async () => [] as Conversation[],
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
    announcer: announcerInto(this),
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

  async #patch(body: JsonObject, clientRequestId: string): Promise<WriteResult> {
    await this.beforePatch();
    this.patches.push({ body, clientRequestId });
    const { "@odata.type": _, ...members } = body;
    if (this.nextPatch.effect) this.policy = { ...this.policy, ...members };
    return this.nextPatch.answer;
  }
}
