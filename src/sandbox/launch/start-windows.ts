import { join } from "node:path";
import type { SimulatedTenant } from "../../../simulators/tenant/simulated-tenant.js";
import type { Child } from "../children/child.js";
import type { ChannelPerson } from "../windows/channel-people.js";
import type { ChannelGateway } from "../windows/gateway.js";
import { OTHERS, playgroundConfig } from "../windows/playground-config.js";
import { startPlayground } from "../windows/start-playground.js";
import { onAnotherPort } from "./on-another-port.js";
import { WINDOW_KEYS, type WindowKey } from "./people.js";

export interface WindowsOptions {
  readonly tenant: SimulatedTenant;
  readonly gateway: ChannelGateway;
  /** Everybody in a group chat, those with a window included. */
  readonly members: readonly ChannelPerson[];
  readonly folder: string;
  readonly ports: Readonly<Record<WindowKey, number>>;
  readonly env: NodeJS.ProcessEnv;
  /** Called for each process as soon as it exists. */
  readonly started: (child: Child) => void;
}

export interface Window {
  readonly name: string;
  readonly url: string;
  readonly child: Child;
}

/** Starts everybody's window at once. @throws when one does not start */
export async function startWindows(options: WindowsOptions): Promise<Readonly<Record<WindowKey, Window>>> {
  const windows = await Promise.all(
    WINDOW_KEYS.map(async (key) => [key, await startWindow(key, options)] as const),
  );
  return Object.fromEntries(windows) as Record<WindowKey, Window>;
}

async function startWindow(key: WindowKey, options: WindowsOptions): Promise<Window> {
  const { tenant, gateway, members } = options;
  const person = members.find((member) => member.key === key);
  if (person === undefined) throw new Error(`${key} is in no group chat`);
  const playground = await onAnotherPort(options.ports[key], (port) =>
    startPlayground({
      name: person.name,
      config: playgroundConfig({
        tenantId: tenant.tenantId,
        botId: `28:${tenant.clientId}`,
        botName: tenant.appName,
        person,
        others: othersFor(person, members),
      }),
      folder: join(options.folder, key),
      botEndpoint: gateway.endpointOf(key),
      port,
      env: options.env,
      started: options.started,
    }),
  );
  gateway.connect(key, playground.url);
  return { name: person.name, ...playground };
}

/** The others of a person's group chat, which is filled up where it is too small for the Playground. */
function othersFor(person: ChannelPerson, members: readonly ChannelPerson[]): readonly ChannelPerson[] {
  const others = members.filter((member) => member !== person);
  const isNear = ({ groupChat }: ChannelPerson): boolean => groupChat.id === person.groupChat.id;
  return [...others.filter(isNear), ...others.filter((other) => !isNear(other))].slice(0, OTHERS);
}
