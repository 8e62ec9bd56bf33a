// The baselines: what botbuilder's own echo sample does, signed requests in and signed requests out; and what it is told
// to do before it answers. That, where Entra is and who it is: JSON as the first argument. Prints its port when it listens; then answers each line on
// standard input with the processor time it has used so far.
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { ActivityHandler, CloudAdapter, MessageFactory } from "botbuilder";
import { tenantId } from "../../src/core/person.js";
import { entraApp } from "../../src/graph/entra-app.js";
import type { DirectoryGreeting } from "../directory-process.js";
import { BOT_SCOPE, frameworkAuthentication } from "../framework-authentication.js";
import { messageServer } from "../message-server.js";
import { type EchoWork, echoWork } from "./echo-work.js";

export interface EchoOptions extends Omit<DirectoryGreeting, "caFile"> {
  readonly work: EchoWork;
}

const access = JSON.parse(process.argv[2] ?? "{}") as EchoOptions;
const app = entraApp({
  tenantId: tenantId(access.tenantId),
  clientId: access.clientId,
  authorityHost: access.entraUrl,
  credential: { kind: "secret", secret: access.clientSecret },
});
const adapter = new CloudAdapter(frameworkAuthentication(access, () => app.token(`${BOT_SCOPE}/.default`)));
const { graphUrl } = access;
const graphScope = "https://graph.microsoft.com/.default";
const work = await echoWork(access.work, { graphUrl, token: () => app.token(graphScope) });
const bot = new ActivityHandler().onMessage(async (context, next) => {
  await work(context.activity);
  await context.sendActivity(MessageFactory.text(`Echo: ${context.activity.text}`));
  await next();
});

const server = messageServer(adapter, (context) => bot.run(context));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

const print = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);
print({ port: (server.server.address() as AddressInfo).port });
for await (const _line of createInterface({ input: process.stdin })) {
  const { user, system } = process.cpuUsage();
  print({ seconds: (user + system) / 1e6 });
}
process.exit(0);
