import { afterAll } from "vitest";
import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import { SAMPLE_PEOPLE, sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import type { SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import { type ChannelPerson, channelPerson } from "../../src/sandbox/windows/channel-people.js";
import { type ChannelGateway, startGateway } from "../../src/sandbox/windows/gateway.js";
import { testCertificates } from "../setup/test-certificates.js";
import {
  type Received,
  type StubAnswer,
  type StubServer,
  stubPlayground,
  stubServer,
} from "./stub-servers.js";

export const GROUP = "19:identity-team@thread.v2";

export interface Channel {
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  readonly gateway: ChannelGateway;
  readonly bot: StubServer;
  readonly ada: ChannelPerson;
  readonly grace: ChannelPerson;
  readonly playgrounds: { readonly ada: StubServer; readonly grace: StubServer };
  /** What the gateway told the person who runs the sandbox. */
  readonly told: string[];
  /** What the bot answers from now on. */
  botAnswers(answer: (request: Received) => StubAnswer): void;
  /** An activity from a person's Playground. */
  does(person: ChannelPerson, activity: object): Promise<{ status: number; body: unknown }>;
  /** The page of a window is loaded. */
  opens(person: ChannelPerson): Promise<void>;
  /** The bot calls the connector, by default with its own token. */
  botSends(
    method: string,
    path: string,
    body?: object,
    token?: string,
  ): Promise<{ status: number; body: unknown }>;
  botToken(): Promise<string>;
  close(): Promise<void>;
}

/** One Entra for a test file: making its keys takes longer than a test. */
let entraOfFile: Promise<{ tenant: SimulatedTenant; entra: SimulatedEntra }> | undefined;
afterAll(async () => (await entraOfFile)?.entra.close());

function sharedEntra(): NonNullable<typeof entraOfFile> {
  entraOfFile ??= testCertificates().then(async (certificates) => {
    const tenant = sampleTenant({ people: 0 });
    return { tenant, entra: await startEntra({ tenant, certificates }) };
  });
  return entraOfFile;
}

/** A gateway between a stub bot and the stub Playgrounds of two people, with a real simulated Entra. */
export async function startChannel(): Promise<Channel> {
  const { tenant, entra } = await sharedEntra();
  let answer: (request: Received) => StubAnswer = () => ({});
  const bot = await stubServer((request) => answer(request));
  const playgrounds = { ada: await stubPlayground("ada"), grace: await stubPlayground("grace") };
  const [ada, grace] = (["ada", "grace"] as const).map((key) =>
    channelPerson(
      key,
      { ...SAMPLE_PEOPLE[key], mail: `${key}@kestrelmarine.example` },
      { id: GROUP, name: "Identity team" },
    ),
  ) as [ChannelPerson, ChannelPerson];
  const told: string[] = [];
  const gateway = await startGateway({
    tenant,
    entra,
    people: [ada, grace],
    botEndpoint: () => `${bot.url}/api/messages`,
    signInPage: (address) => address.replace("https://bot.example", "http://127.0.0.1:1"),
    log: (line) => told.push(line),
  });
  gateway.connect("ada", playgrounds.ada.url);
  gateway.connect("grace", playgrounds.grace.url);

  const botToken = async (): Promise<string> => {
    const response = await fetch(`${entra.url}/${tenant.tenantId}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: tenant.clientId,
        client_secret: tenant.clientSecret,
        scope: "https://api.botframework.com/.default",
      }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  const does: Channel["does"] = async (person, activity) => {
    const response = await fetch(gateway.endpointOf(person.key), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(activity),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    tenant,
    entra,
    gateway,
    bot,
    ada,
    grace,
    playgrounds,
    told,
    botAnswers: (next) => {
      answer = next;
    },
    does,
    opens: async (person) => {
      await does(person, installation(person));
    },
    botSends: async (method, path, body, token) => {
      const response = await fetch(`${gateway.serviceUrl}${path}`, {
        method,
        headers: {
          "Content-Type": "application/json",
          Authorization: `Bearer ${token ?? (await botToken())}`,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    botToken,
    close: async () => {
      await gateway.close();
      await Promise.all([bot.close(), playgrounds.ada.close(), playgrounds.grace.close()]);
    },
  };
}

/** What the Playground sends each time its page is loaded. */
export function installation(person: ChannelPerson, action = "add"): object {
  return {
    type: "installationUpdate",
    action,
    from: { id: person.teamsId, aadObjectId: person.id },
    conversation: { conversationType: "personal", id: person.personalChat },
    serviceUrl: "http://localhost:1/_connector",
  };
}

export function message(person: ChannelPerson, text: string, conversation = person.personalChat): object {
  return {
    type: "message",
    text,
    id: "m1",
    from: { id: person.teamsId },
    conversation: { conversationType: "personal", id: conversation },
    serviceUrl: "http://localhost:1/_connector",
  };
}

/** A press of a card's button, as the Playground sends it: without `trigger`. */
export function press(person: ChannelPerson, verb: string, replyToId = "card"): object {
  return {
    type: "invoke",
    name: "adaptiveCard/action",
    id: "i1",
    from: { id: person.teamsId },
    conversation: { conversationType: "personal", id: person.personalChat },
    replyToId,
    value: { action: { type: "Action.Execute", verb, data: { planId: "p", revision: 1 } } },
    serviceUrl: "http://localhost:1/_connector",
  };
}
