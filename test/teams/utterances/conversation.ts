import { randomUUID } from "node:crypto";
import { activityFrom, chatOf, messageFrom, type Room } from "../../../simulators/teams/activities.js";
import type { SimulatedTenant } from "../../../simulators/tenant/simulated-tenant.js";
import { oneAtATime } from "../../../src/async/one-at-a-time.js";
import { commandIndex } from "../../../src/catalogue/command-index.js";
import { type Person, replicaId, tenantId } from "../../../src/core/person.js";
import { answerDeferred } from "../../../src/core/plan/answer-deferred.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { GraphWaits } from "../../../src/core/ports/graph-waits.js";
import type { Ports, Rules } from "../../../src/core/ports.js";
import { OwnAttention } from "../../../src/core/replica/attention.js";
import { scanner } from "../../../src/core/scan/scanner.js";
import { ReadAhead } from "../../../src/teams/answers/ahead/read-ahead.js";
import { receive } from "../../../src/teams/answers/receive.js";
import { SilentSignIns } from "../../../src/teams/answers/silent-sign-ins.js";
import { board } from "../../../src/teams/board/board.js";
import { ssoCheck } from "../../../src/teams/http/sso-token.js";
import { background } from "../../../src/teams/sending/background.js";
import type { Connector } from "../../../src/teams/sending/connector.js";
import { messenger } from "../../../src/teams/sending/messenger.js";
import { FakeMetrics } from "../../core/fake-metrics.js";
import { FakeStore } from "../../core/fake-store.js";
import { SAMPLE_PEOPLE } from "../../graph/simulated-sign-in.js";
import { FakeConversations } from "../fake-conversations.js";
import { answerWords } from "./answer-words.js";
import type { Heard } from "./judge.js";
import { planEffects } from "./plan-effects.js";
import type { Utterance } from "./utterance.js";

type Outside = Pick<Ports, "tenant" | "directory" | "passkeys" | "actAs" | "catalogue">;
type Spoken = Pick<Utterance, "said" | "where" | "who" | "mention">;

const GROUP: Room = { id: "19:group@thread.v2", kind: "groupChat" };
const SPEAKER = { asker: SAMPLE_PEOPLE.ada, approver: SAMPLE_PEOPLE.grace, employee: SAMPLE_PEOPLE.alan };
const SERVICE_URL = "https://teams.example/";

/** A message of the bot, as the channel got it. */
interface Written {
  readonly conversation: string;
  readonly activity: {
    readonly text?: string;
    readonly attachments?: readonly { readonly content: object }[];
  };
}

/**
 * The bot from the activity that came in to what it writes: everything but the doors, which are the channel's and the
 * service's HTTP. Each message is heard on the same state: what came of the one before is taken back.
 */
export class Conversation {
  readonly rules: Rules;
  ports!: Ports;
  readonly #tenant: SimulatedTenant;
  readonly #stores: { readonly store: FakeStore; readonly chats: FakeConversations };
  readonly #outside: Outside;
  #written: Written[] = [];
  #quiet: () => Promise<void> = async () => {};
  #receive: (activity: { readonly type: string }) => Promise<void> = async () => {};

  constructor(
    tenant: SimulatedTenant,
    outside: Outside,
    stores = { store: new FakeStore(), chats: new FakeConversations() },
  ) {
    this.#tenant = tenant;
    this.#outside = outside;
    this.#stores = stores;
    this.rules = {
      tenantId: tenantId(tenant.tenantId),
      access: undefined,
      approvers: undefined,
      approvalsRequired: 1,
      allowSelfApproval: false,
      planTtlMinutes: 60,
      scanMaxAgeHours: 24,
      scanFullDays: 7,
      emergencyAccounts: [],
    };
    this.#start();
  }

  /** The same stores, with other eyes on the tenant. */
  goOn(outside: Outside): Conversation {
    return new Conversation(this.#tenant, outside, this.#stores);
  }

  plan(number: number): Plan {
    const plan = this.#stores.store.plansByNumber.get(number);
    if (plan === undefined) throw new Error(`there is no plan #${number}: ${JSON.stringify(this.#written)}`);
    return plan;
  }

  async quiet(): Promise<void> {
    await this.#quiet();
  }

  /** Reads who has which passkeys, as an admin had it done before. */
  async scan(): Promise<void> {
    await this.hear({ said: "scan", where: "personal", who: "asker", mention: true });
  }

  /** Says it, and waits until everything that follows is done. */
  async hear(spoken: Spoken): Promise<Heard> {
    const { store, chats } = this.#stores;
    this.#written = [];
    const before = {
      plans: new Map(store.plansByNumber),
      rooms: approvalRooms(chats),
      records: store.records.length,
    };
    const speaker = SPEAKER[spoken.who];
    const room = spoken.where === "personal" ? chatOf(speaker) : GROUP;
    await this.#receive(this.#activity(spoken, room));
    await this.#quiet();
    const made = [...store.plansByNumber.values()].filter(({ number }) => !before.plans.has(number));
    const cancelled = [...before.plans.values()].filter(
      ({ number, state }) => store.plansByNumber.get(number)?.state.kind !== state.kind,
    );
    const scans = store.records.slice(before.records).filter(({ event }) => event === "scan-finished");
    return {
      answer: answerWords(this.#shown(room)),
      plans: made.map(planEffects),
      deeds: [
        ...cancelled.map(({ number }) => `closed ${number}`),
        ...(approvalRooms(chats) > before.rooms ? ["approval room"] : []),
        // A plan that needs a newer scan begins one, which is no deed of its own.
        ...(scans.length > 0 && made.length === 0 ? ["scan"] : []),
      ],
    };
  }

  /** Hears it, and takes back what came of it. */
  async hearAlone(spoken: Spoken): Promise<Heard> {
    const { store, chats } = this.#stores;
    const plans = new Map(store.plansByNumber);
    const records = store.records.length;
    const [known, posted, intents] = [new Map(chats.known), [...chats.posted], [...chats.intents]];
    const links = store.links.length;
    const heard = await this.hear(spoken);
    refill(store.plansByNumber, plans);
    // A scan that ended stays, and with it its record: without, it would pass for one that was altered.
    if (!store.records.slice(records).some(({ event }) => event === "scan-finished"))
      store.records.length = records;
    store.links.length = links;
    store.takenMessages.rows.clear();
    store.deferred.waiting = [];
    refill(chats.known, known);
    chats.posted.splice(0, chats.posted.length, ...posted);
    chats.intents.splice(0, chats.intents.length, ...intents);
    // The board remembers what it drew.
    this.#start();
    return heard;
  }

  /** What stands in a room in the end: a message that was replaced shows its last form only. */
  #shown(room: Room): readonly Written["activity"][] {
    return this.#written
      .filter(({ conversation }) => conversation === room.id)
      .map(({ activity }) => activity);
  }

  #activity({ said, who, mention }: Spoken, room: Room): { readonly type: string } {
    const { tenantId: id, clientId } = this.#tenant;
    const envelope = { tenantId: id, clientId, serviceUrl: SERVICE_URL };
    const sent = mention
      ? messageFrom(envelope, SPEAKER[who], room, said)
      : activityFrom(envelope, SPEAKER[who], room, { type: "message", text: said, textFormat: "plain" });
    return { ...sent, type: "message" };
  }

  #start(): void {
    const { store, chats } = this.#stores;
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const pause = async () => {};
    const work = background(log);
    const teams = messenger(this.#connector(), pause, log);
    const { conversations, postings } = chats;
    const { clientId, tenantId: id } = this.#tenant;
    const app = {
      clientId,
      tenantId: id,
      authorityHost: "https://login.example",
      adminCenterUrl: "https://entra.microsoft.com",
      securityInfoUrl: "https://aka.ms/mysecurityinfo",
      appIdUri: this.#tenant.appIdUri,
      publicUrl: "https://latchkey.example",
    };
    const announcer = board({ messenger: teams, conversations, postings, background: work, log, pause, app });
    let scans = 0;
    const outside = {
      clock: {
        now: () => new Date(),
        sleep: pause,
        elapsed: () => performance.now(),
        newId: () => randomUUID(),
      },
      log,
      metrics: new FakeMetrics(),
      ...this.#outside,
      plans: store.plans,
      audit: store.audit,
      evidenceLinks: store.evidenceLinks,
      adoption: store.adoption,
      peopleLinks: store.peopleLinks,
      signIns: store.signIns,
      browserSignIn: {
        address: () => "https://entra.example/authorize",
        exchange: async () => ({ kind: "sign-in-failed" as const, problem: "unavailable" as const }),
      },
      scans: store.scans,
      deferred: store.deferred,
      takenMessages: store.takenMessages,
      modelNotices: store.modelNotices,
      digests: store.digests,
      stages: store.stages,
      ownScans: store.ownScans,
      watch: store.watch,
      conversations,
      phrasebook: commandIndex(),
      checkup: { examine: async () => [] },
      announcer,
      replicas: {
        self: replicaId("this process"),
        isGone: async () => false,
        claim: async () => true,
        release: async () => {},
        lookAtRules: async () => {},
      },
      attention: new OwnAttention(log),
      graphWaits: new GraphWaits(),
      alteredPlans: new Map(),
      inHand: new Set<string>(),
    };
    const own = scanner(outside, this.rules, async (end) => {
      await answerDeferred(this.ports, this.rules, end);
      scans -= 1;
    });
    const ask: Ports["scanner"]["ask"] = async (...given) => {
      const asked = await own.ask(...given);
      if (!asked.joined) scans += 1;
      return asked;
    };
    this.ports = { ...outside, scanner: { ...own, ask } };
    announcer.connect(this.ports, this.rules);
    const context = {
      ports: this.ports,
      rules: this.rules,
      log,
      messenger: teams,
      announcer,
      background: work,
      names: async (person: Person) => person,
      silentSignIns: new SilentSignIns(outside.clock),
      readAhead: new ReadAhead(),
      comingAndGoing: oneAtATime(),
      ssoCheck: ssoCheck({ ...app, tenantId: this.rules.tenantId, tokenIssuerV1: "https://sts.windows.net" }),
      app,
    };
    this.#receive = (activity) =>
      receive(context, { activity, sendActivity: async () => undefined }, performance.now() + 5_000);
    this.#quiet = async () => {
      await work.idle();
      while (scans > 0) await new Promise((resolve) => setImmediate(resolve));
      await work.idle();
    };
  }

  #connector(): Connector {
    return {
      post: async ({ id: conversation }, activity) =>
        `message-${this.#written.push({ conversation, activity })}`,
      lookInto: async () => {},
      replace: async ({ id: conversation }, activityId, activity) => {
        const at = Number(activityId.replace("message-", "")) - 1;
        if (this.#written[at]?.conversation === conversation) this.#written[at] = { conversation, activity };
      },
    };
  }
}

function approvalRooms({ known }: FakeConversations): number {
  return [...known.values()].filter(({ approvalRoom }) => approvalRoom).length;
}

function refill<Key, Value>(into: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  into.clear();
  for (const [key, value] of from) into.set(key, value);
}
