import {
  activityFrom,
  chatOf,
  messageFrom,
  pressFrom,
  type Room,
} from "../../simulators/teams/activities.js";
import { driftDigest } from "../../src/core/drift/drift-digest.js";
import type { JsonObject } from "../../src/core/json.js";
import { type Person, personId, tenantId } from "../../src/core/person.js";
import { answerDeferred } from "../../src/core/plan/answer-deferred.js";
import { planDigest } from "../../src/core/plan/plan-digest.js";
import type { Ports, Rules } from "../../src/core/ports.js";
import { scanner } from "../../src/core/scan/scanner.js";
import type { SignInPages } from "../../src/core/sign-in/sign-in-page.js";
import { oneRequest } from "../../src/outbound/one-request.js";
import { type TeamsBot, teamsBot } from "../../src/teams/bot.js";
import { FakeWorld } from "../core/fake-world.js";
import { APP_ID_URI, CLIENT, FakeChannel, TENANT } from "./fake-channel.js";
import { FakeConversations } from "./fake-conversations.js";

export const ADA: Person = { id: personId("cccccccc-0000-4000-8000-000000000001"), name: "Ada Lovelace" };
export const GRACE: Person = { id: personId("cccccccc-0000-4000-8000-000000000002"), name: "Grace Hopper" };
export const LINUS: Person = { id: personId("cccccccc-0000-4000-8000-000000000003"), name: "Linus" };
export const GUEST: Person = { id: personId("cccccccc-0000-4000-8000-000000000004"), name: "Guest" };

const APPROVING = {
  templateId: "0526716b-113d-4c15-b2c8-68e3c22b9f80",
  name: "Authentication Policy Administrator",
};
const READING = { templateId: "f2ef992c-3afb-46b9-b7cf-a126ee74c451", name: "Global Reader" };

/** The bot over real HTTP, between a simulated channel and a simulated tenant. */
export class TeamsWorld {
  readonly channel: FakeChannel;
  readonly tenant = new FakeWorld();
  readonly stores = new FakeConversations();
  readonly logged: { readonly level: string; readonly event: string; readonly detail: unknown }[] = [];
  bot!: TeamsBot;
  ports!: Ports;
  /** The pages under `/sign-in`. */
  signIn!: SignInPages;

  private constructor(channel: FakeChannel) {
    this.channel = channel;
  }

  static async start(
    rules: Partial<Rules> = {},
    ports: Partial<Ports> = {},
    channel?: FakeChannel,
  ): Promise<TeamsWorld> {
    const world = new TeamsWorld(channel ?? (await FakeChannel.start()));
    for (const [person, role] of [
      [ADA, READING],
      [GRACE, APPROVING],
      [LINUS, READING],
    ] as const) {
      world.tenant.roles.set(person.id, [role]);
    }
    const { conversations, postings } = world.stores;
    const log = world.#log();
    world.bot = teamsBot({
      clientId: CLIENT,
      tenantId: tenantId(TENANT),
      appIdUri: APP_ID_URI,
      publicUrl: "https://latchkey.example/",
      authorityHost: world.channel.entra.url,
      adminCenterUrl: "https://entra.microsoft.com",
      securityInfoUrl: "https://aka.ms/mysecurityinfo",
      tokenIssuerV1: "https://sts.windows.net",
      botOpenIdMetadataUrl: world.channel.entra.channel.openIdMetadataUrl,
      botTokenIssuer: world.channel.entra.channel.issuer,
      botToken: () => world.channel.botToken(),
      request: oneRequest,
      conversations,
      postings,
      log,
    });
    const all = { ...world.tenant.rules, tenantId: tenantId(TENANT), ...rules };
    world.tenant.rules = all;
    const outside = { ...world.tenant.ports, conversations, log, announcer: world.bot.announcer, ...ports };
    world.ports = { ...outside, scanner: ports.scanner ?? world.#scanner(outside, all) };
    const { handleActivity, signIn } = world.bot.serve(world.ports, all);
    world.signIn = signIn;
    await world.channel.serve(handleActivity);
    return world;
  }

  async stop(): Promise<void> {
    await this.bot.idle();
    await this.channel.stop();
  }

  /** Says something and waits until everything that follows from it is done. */
  async say(person: Person, text: string, place: Place = personal(person)): Promise<number> {
    const { status } = await this.channel.send(this.message(person, text, place));
    await this.quiet();
    return status;
  }

  /** Resolves when commands are answered, scans have ended, and all that waited for them is answered, too. */
  async quiet(): Promise<void> {
    await this.bot.idle();
    while (this.#scansUnderWay > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await this.bot.idle();
  }

  #scansUnderWay = 0;
  #scanner(ports: Ports, rules: Rules): Ports["scanner"] {
    const real = scanner(ports, rules, async (end) => {
      await answerDeferred(this.ports, rules, end);
      this.#scansUnderWay -= 1;
    });
    return {
      ...real,
      ask: async (...given) => {
        const asked = await real.ask(...given);
        if (!asked.joined) this.#scansUnderWay += 1;
        return asked;
      },
    };
  }

  message(person: Person, text: string, place: Place = personal(person)): JsonObject {
    return messageFrom(this.channel.teams, person, place, text);
  }

  /** Presses a button, found by its title on the newest card of a conversation. */
  async press(person: Person, title: string, place: Place = personal(person), extra: Pressing = {}) {
    const action = findAction(this.card(place), title);
    if (action === undefined) throw new Error(`no button "${title}" in ${place.id}`);
    const answer = await this.channel.send(this.click(person, action, place, extra));
    await this.quiet();
    return answer;
  }

  click(person: Person, action: FoundAction, place: Place, extra: Pressing = {}): JsonObject {
    const { inputs = {}, ...value } = extra;
    const pressed = { type: "Action.Execute", verb: action.verb, data: { ...action.data, ...inputs } };
    const card = this.#cardCall(place)?.activityId ?? "a card of long ago";
    return pressFrom(this.channel.teams, person, place, { card, action: pressed, ...value });
  }

  /** What the buttons of a stored plan's card carry, as it is now. */
  planData(number: number): JsonObject {
    const plan = this.tenant.store.plansByNumber.get(number);
    if (plan === undefined) throw new Error(`there is no plan #${number}`);
    return { planId: number, revision: plan.revision, digest: planDigest(plan) };
  }

  /** The same of a drift's card. */
  driftData(number: number): JsonObject {
    const drift = this.tenant.store.watch.drifts.get(number);
    if (drift === undefined) throw new Error(`there is no drift ${number}`);
    return { driftId: number, revision: drift.revision, digest: driftDigest(drift) };
  }

  async signedIn(person: Person): Promise<Pressing> {
    const token = await this.channel.ssoToken(person.id);
    return { authentication: { id: "x", connectionName: "x", token } };
  }

  /** The newest card in a conversation, as people see it there now. */
  // biome-ignore lint/suspicious/noExplicitAny: a card that went over the wire is looked at with matchers.
  card(place: Place): any {
    return this.#cardCall(place)?.body.attachments[0].content;
  }

  #cardCall(place: Place) {
    return this.channel.calls.findLast(
      (call) => call.conversation === place.id && call.body?.attachments !== undefined,
    );
  }

  texts(place: Place): readonly string[] {
    return this.channel
      .posts(place.id)
      .flatMap((call) => (call.body.text === undefined ? [] : [call.body.text]));
  }

  /** What Teams puts around any activity, for those of an odd kind. */
  envelope(person: Person, place: Place): JsonObject {
    return activityFrom(this.channel.teams, person, place, {});
  }

  #log(): Ports["log"] {
    const at = (level: string) => (event: string, detail?: unknown) => {
      this.logged.push({ level, event, detail });
    };
    return { info: at("info"), warn: at("warn"), error: at("error") };
  }
}

export type Place = Room;
export const personal = (person: Person): Place => chatOf(person);
export const CHANNEL: Place = { id: "19:channel@thread.tacv2", kind: "channel" };
export const THREAD: Place = { id: "19:channel@thread.tacv2;messageid=1700", kind: "channel" };
export const GROUP: Place = { id: "19:group@thread.v2", kind: "groupChat" };

/** What comes with a press: what was typed and chosen on the card, and who says they press. */
export interface Pressing {
  readonly inputs?: JsonObject;
  readonly authentication?: JsonObject;
}

interface FoundAction {
  readonly verb: string;
  readonly data: JsonObject;
}

/** The Action.Execute of this title, wherever in the card it stands. */
export function findAction(node: unknown, title: string): FoundAction | undefined {
  if (typeof node !== "object" || node === null) return undefined;
  if ("type" in node && node.type === "Action.Execute" && "title" in node && node.title === title) {
    return node as unknown as FoundAction;
  }
  for (const child of Object.values(node)) {
    const found = findAction(child, title);
    if (found) return found;
  }
  return undefined;
}
