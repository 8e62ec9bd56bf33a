// Teams in a process of its own. Who the bot is: JSON as the first argument. Prints the service URL when it listens, is
// told the token that its activities are signed with, and then does what each line on standard input says, and answers
// it with one on standard output.
import { createInterface } from "node:readline";
import { createRemoteJWKSet, jwtVerify } from "jose";
import type { Room, Sender } from "../../simulators/teams/activities.js";
import { startConnector } from "../../simulators/teams/connector-server.js";
import { Arrivals } from "./arrivals.js";
import { type Approval, Driver, type Load, type WaitingPlan } from "./driver.js";

/** Who the bot is. */
export interface DriverOptions {
  readonly tenantId: string;
  readonly clientId: string;
  readonly appIdUri: string;
  /** Where the keys are by which the bot's own tokens are known. */
  readonly entraUrl: string;
}

export type DriverCommand =
  /** Before everything else. */
  | { readonly do: "sign"; readonly token: string }
  | ({ readonly do: "load" } & Load)
  | { readonly do: "cancel"; readonly plans: readonly WaitingPlan[] }
  | ({ readonly do: "approve" } & Approval)
  | { readonly do: "quiet" }
  | {
      readonly do: "say";
      readonly botUrl: string;
      readonly person: Sender;
      readonly room: Room;
      readonly text: string;
      readonly answer: string;
    }
  /** Processor time of this process since it started. */
  | { readonly do: "cpu" };

async function carryOut(driver: Driver, command: DriverCommand): Promise<unknown> {
  switch (command.do) {
    case "load":
      return driver.load(command);
    case "cancel":
      return driver.cancel(command.plans);
    case "approve":
      return driver.approve(command);
    case "quiet":
      return driver.quiet();
    case "say":
      return driver.say(command.botUrl, command.person, command.room, command.text, command.answer);
    case "cpu": {
      const { user, system } = process.cpuUsage();
      return { seconds: (user + system) / 1e6 };
    }
    case "sign":
      throw new Error("told twice what to sign with");
  }
}

const print = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);
const { tenantId, clientId, appIdUri, entraUrl } = JSON.parse(process.argv[2] ?? "{}") as DriverOptions;
const keys = createRemoteJWKSet(new URL(`${entraUrl}/${tenantId}/discovery/v2.0/keys`));
const arrivals = new Arrivals();
const connector = await startConnector({
  tenantId,
  clientId,
  verify: (token) =>
    jwtVerify(token, keys, { algorithms: ["RS256"] }).then(
      ({ payload }) => payload,
      () => undefined,
    ),
  observe: (event) => arrivals.note(event),
  keepsContents: false,
});
print({ serviceUrl: connector.serviceUrl });
let driver: Driver | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line) as DriverCommand;
  if (command.do === "sign") {
    driver = new Driver({ connector, arrivals, token: command.token, appIdUri });
    continue;
  }
  if (driver === undefined) throw new Error("not told what to sign with");
  print((await carryOut(driver, command)) ?? {});
}
process.exit(0);
