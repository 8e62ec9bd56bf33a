import { chatOf, type Room } from "../../simulators/teams/activities.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-people.js";
import type { DriverProgram } from "./driver-program.js";
import type { TestedBot } from "./tested-bot.js";

const { ada, grace } = SAMPLE_PEOPLE;
const ROOM: Room = { id: "19:approvals@thread.tacv2", kind: "channel" };

/** Who asks for plans that are approved, who approves them, and where. */
export const STORY = { room: ROOM, requester: ada, approver: grace };

/** Makes the approval room, and scans once, so that plans need not wait for a scan. */
export async function settleIn(
  driver: DriverProgram,
  { url: botUrl }: Pick<TestedBot, "url">,
): Promise<void> {
  const say = { do: "say", botUrl } as const;
  const room = { person: grace, room: ROOM, text: "approvals here", answer: "Plans that wait" };
  await driver.ask({ ...say, ...room });
  const scan = { person: ada, room: chatOf(ada), text: "scan", answer: "could be read" };
  await driver.ask({ ...say, ...scan });
}
