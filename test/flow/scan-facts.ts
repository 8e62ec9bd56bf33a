import type { SimulatedGraph } from "../../simulators/graph/simulated-graph.js";
import type { SimUser, SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import type { Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

/** Everybody's passkeys are asked for in batches: a fault on this path holds up or spoils a whole one. */
export const BATCH = /\$batch/;
const FIRST_PAGE = /^\/v1\.0\/users\/([^/]+)\/authentication\/fido2Methods$/i;

/** Whose passkeys Graph was asked for, in order; further pages of one person do not count. */
export function askedAbout(graph: SimulatedGraph, from = 0): readonly string[] {
  return graph.requests.slice(from).flatMap(({ path }) => FIRST_PAGE.exec(path)?.[1] ?? []);
}

/** The same for those whom Graph answered. */
export function answeredAbout(graph: SimulatedGraph): readonly string[] {
  const answered = graph.requests.filter(({ status }) => status === 200);
  return answered.flatMap(({ path }) => FIRST_PAGE.exec(path)?.[1] ?? []);
}

export function repeated(ids: readonly string[]): readonly string[] {
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}

/** People with passkeys whom Entra's report can name: enabled, and not deleted. */
export function keyholders({ users }: SimulatedTenant): readonly SimUser[] {
  return [...users.values()].filter(
    (user) => user.accountEnabled && !user.deleted && user.passkeys.length > 0,
  );
}

export function isScanCard(message: Message): boolean {
  return /^(Reading everyone's|Everyone's) passkeys \|/.test(wholeText(message));
}

/** The card of a scan that has ended, as it ended. */
export function finishedScan({ teams }: Stage, room: Parameters<typeof teams.find>[0]): Promise<Message> {
  const isOver = (message: Message) =>
    isScanCard(message) && /✔ Complete|! Incomplete/.test(wholeText(message));
  return teams.find(room, isOver, "the card of a finished scan");
}

/** Waits until a message says something. @returns it as it is then */
export function becomes({ teams }: Stage, message: Message, words: RegExp): Promise<Message> {
  return eventually(
    () => (words.test(wholeText(teams.current(message))) ? teams.current(message) : undefined),
    () => `${words}; the card says ${wholeText(teams.current(message))}`,
  );
}
