import { type ConversationId, conversationId, replicaId } from "../../../src/core/person.js";
import type { Ports } from "../../../src/core/ports.js";
import type { Connected, Outside } from "../../../src/teams/board/outside.js";
import { background } from "../../../src/teams/sending/background.js";
import type { Message, Messenger } from "../../../src/teams/sending/messenger.js";
import { FakeWorld } from "../../core/fake-world.js";
import { aScan } from "../cards/scan/sample-scans.js";
import { FakeConversations } from "../fake-conversations.js";

/** A call to Teams that was carried out. */
interface Call {
  readonly how: "post" | "replace";
  readonly place: string;
  readonly activityId: string;
  readonly said: string;
}
/** A process that draws: its own memory, on the store that it shares. */
export interface BoardProcess {
  readonly outside: Outside;
  readonly connected: Connected;
  readonly idle: () => Promise<void>;
}

/** Teams and the store as the board sees them, for one process or several. */
export class BoardStage {
  readonly stores = new FakeConversations();
  readonly world = new FakeWorld();
  readonly calls: Call[] = [];
  readonly logged: string[] = [];
  /** Pauses that were asked for and are not over. */
  pauses: { readonly milliseconds: number; readonly over: () => void }[] = [];
  /** What Teams does before it takes a call: waits, or throws. */
  onCall: (place: string, how: Call["how"]) => Promise<void> = async () => {};
  /** What Teams does after it took a post. */
  onTaken: (place: string) => Promise<void> = async () => {};
  /** The most calls that were under way at once in one conversation. */
  mostAtOnce = 0;
  /** Processes that are gone. */
  readonly gone = new Set<string>();
  readonly #underWay = new Map<string, number>();

  /** The bot is in this conversation, by default one in which plans are approved. */
  know(id: string, kind: "approvals" | "group" | "personal" = "approvals"): ConversationId {
    const conversation = conversationId(id);
    const approvalRoom = kind === "approvals";
    const { tenantId } = aScan();
    this.stores.known.set(id, {
      id: conversation,
      tenantId,
      kind: kind === "personal" ? "personal" : "group",
      reference: {},
      approvalRoom,
    });
    return conversation;
  }

  start(name = "this process"): BoardProcess {
    const note = (event: string): void => void this.logged.push(event);
    const log = { info: note, warn: note, error: note };
    const work = background(log);
    const replicas: Ports["replicas"] = {
      ...this.world.ports.replicas,
      self: replicaId(name),
      isGone: async (replica) => this.gone.has(replica),
    };
    const ports = { ...this.world.ports, log, replicas, conversations: this.stores.conversations };
    const app = {
      clientId: "client",
      tenantId: "tenant",
      authorityHost: "https://login.example",
      adminCenterUrl: "https://entra.example",
    };
    const pause = (milliseconds: number): Promise<void> =>
      new Promise((over) => {
        this.pauses.push({ milliseconds, over });
      });
    const outside = { ...this.stores, messenger: this.#messenger(), background: work, log, pause, app };
    return { outside, connected: { ports, rules: this.world.rules }, idle: () => work.idle() };
  }

  /** Lets everything happen that needs no more waiting. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 12; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  /** All pauses end, and those that follow from it. */
  async pausesEnd(times = 1): Promise<void> {
    for (let round = 0; round < times; round += 1) {
      for (const { over } of this.pauses.splice(0)) over();
      await this.settled();
    }
  }

  /** How often a place got a post and its copies were redrawn, in order. */
  how(place: string): readonly Call["how"][] {
    return this.calls.filter((call) => call.place === place).map((call) => call.how);
  }

  /** What a message shows now. */
  shown(activityId: string): string | undefined {
    return this.calls.findLast((call) => call.activityId === activityId)?.said;
  }

  /** What each place shows now, in its newest message. */
  said(place: string): string | undefined {
    return this.calls.findLast((call) => call.place === place)?.said;
  }

  #messenger(): Messenger {
    const post = async (place: object, message: Message): Promise<string> => {
      const activityId = `message-${this.calls.length + 1}`;
      await this.#call("post", { place: idOf(place), activityId, said: JSON.stringify(message) });
      await this.onTaken(idOf(place));
      return activityId;
    };
    return {
      post,
      postOnce: post,
      isShut: () => false,
      isIn: async () => true,
      replace: (place, activityId, message) =>
        this.#call("replace", { place: idOf(place), activityId, said: JSON.stringify(message) }),
    };
  }

  async #call(how: Call["how"], call: Omit<Call, "how">): Promise<void> {
    const before = this.#underWay.get(call.place) ?? 0;
    this.#underWay.set(call.place, before + 1);
    this.mostAtOnce = Math.max(this.mostAtOnce, before + 1);
    try {
      await this.onCall(call.place, how);
      this.calls.push({ how, ...call });
    } finally {
      this.#underWay.set(call.place, (this.#underWay.get(call.place) ?? 1) - 1);
    }
  }
}

const idOf = (place: object): string => (place as { id: string }).id;
