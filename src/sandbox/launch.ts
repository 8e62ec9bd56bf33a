import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEntra } from "../../simulators/entra/simulated-entra.js";
import { startGraph } from "../../simulators/graph/simulated-graph.js";
import { makeCertificates } from "../../simulators/http/certificates.js";
import { sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import type { Child } from "./children/child.js";
import { lastWords } from "./children/until.js";
import { CleanUp } from "./launch/clean-up.js";
import { botEnvironment, playgroundEnvironment, SANDBOX_PUBLIC_URL } from "./launch/environments.js";
import { greeting } from "./launch/greeting.js";
import { listenForStop } from "./launch/listen-for-stop.js";
import { onAnotherPort } from "./launch/on-another-port.js";
import { chatMembers, WINDOW_KEYS, WINDOW_ROLES, type WindowKey } from "./launch/people.js";
import { startBot } from "./launch/start-bot.js";
import { startWindows } from "./launch/start-windows.js";
import { startSignInFront } from "./page/sign-in-front.js";
import { startTenantPage } from "./page/tenant-page.js";
import { startGateway } from "./windows/gateway.js";

export interface SandboxOptions {
  /** Absolute path of the built program. */
  readonly botEntry: string;
  readonly log: (line: string) => void;
  /** Where the bot listens: 3978 when left out, another free port when that is in use. */
  readonly port?: number;
  /** Of the bot alone. Everything else is bound to this machine, for it signs in every caller. */
  readonly host?: string;
  /** Ports of the windows and of the tenant page; 0 for any free one. */
  readonly ports?: Partial<Record<WindowKey | "tenantPage", number>>;
  /** Ends this process when a signal came or the bot died. */
  readonly exit?: (code: number) => void;
}

export interface RunningSandbox {
  readonly addresses: Readonly<Record<WindowKey | "tenantPage" | "bot", string>>;
  /** Where the bot's log and store are, until it is closed. */
  readonly folder: string;
  /** Stops everything that was started and removes the temporary folder. */
  close(): Promise<void>;
}

const PORTS = { ada: 56150, grace: 56151, linus: 56152, alan: 56153, tenantPage: 56160, bot: 3978 } as const;
/** Signals that come within this time are one. */
const ONE_PRESS_MS = 1_500;

/**
 * The whole product on one machine: a simulated tenant, a window of Teams for each of four people, and the real bot
 * between them. All of it ends with this process, however that ends (SIGKILL leaves only the temporary folder).
 * @throws when a part does not start; what had started is stopped first
 */
export async function launchSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { log, exit = (code: number) => process.exit(code) } = options;
  const begun = Date.now();
  const cleanUp = new CleanUp();
  let stoppedAt = 0;
  const end = async (code: number, why: string): Promise<void> => {
    // Ctrl-C again: the person who presses it does not want to wait. The children notice that we are gone.
    // But one Ctrl-C arrives twice when npm passes it on, too.
    if (cleanUp.begun) return Date.now() - stoppedAt > ONE_PRESS_MS ? exit(130) : undefined;
    stoppedAt = Date.now();
    log(why);
    await cleanUp.run();
    exit(code);
  };
  const release = listenForStop((reason) => void end(0, `Stopping (${reason}).`), {
    startedByNpm: process.env.npm_lifecycle_event !== undefined,
  });
  cleanUp.add("files", release);
  try {
    const { bot, ...parts } = await startParts(options, cleanUp);
    void bot.ended.then(async () => {
      if (cleanUp.begun) return;
      void end(
        1,
        `The bot stopped by itself, so the sandbox stops too. Its last words:\n${await lastWords(bot)}`,
      );
    });
    for (const line of greeting({ ...parts, seconds: (Date.now() - begun) / 1000 })) log(line);
    return { addresses: parts.addresses, folder: parts.folder, close: () => cleanUp.run() };
  } catch (error) {
    await cleanUp.run();
    throw error;
  }
}

async function startParts(options: SandboxOptions, cleanUp: CleanUp) {
  const { log, host = "127.0.0.1", ports = {} } = options;
  const folder = await mkdtemp(join(tmpdir(), "latchkey-sandbox-"));
  cleanUp.add("files", () => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  const { tenant, entra, graph, caFile } = await startTenant(folder, cleanUp);

  let botUrl = "";
  const members = chatMembers(tenant);
  const people = members.filter(({ key }) => key in WINDOW_ROLES);
  const gateway = await startGateway({
    tenant,
    entra,
    people,
    botEndpoint: () => `${botUrl}/api/messages`,
    signInPage: (address) => front.led(address),
    log: (line) => log(`[channel] ${line}`),
  });
  cleanUp.add("servers", () => gateway.close());
  const front = await startSignInFront({ tenant, entra, publicUrl: SANDBOX_PUBLIC_URL, bot: () => botUrl });
  cleanUp.add("servers", () => front.close());
  const page = await onAnotherPort(ports.tenantPage ?? PORTS.tenantPage, (pagePort) =>
    startTenantPage({ tenant, entra, graph, port: pagePort }),
  );
  cleanUp.add("servers", () => page.close());

  const started = (child: Child) => cleanUp.add("processes", () => child.stop());
  const wanted = options.port ?? PORTS.bot;
  const logFile = join(folder, "latchkey.log");
  const surroundings = { tenant, entra, graph, caFile, dataDir: join(folder, "data") };
  const [bot, windows] = await bothStarted([
    onAnotherPort(wanted, (port) =>
      startBot({
        entry: options.botEntry,
        host,
        port,
        logFile,
        env: botEnvironment(process.env, surroundings),
        started,
      }),
    ),
    startWindows({
      tenant,
      gateway,
      members,
      folder,
      ports: { ...PORTS, ...ports },
      env: playgroundEnvironment(process.env),
      started,
    }),
  ]);
  botUrl = bot.url;
  const { port } = new URL(botUrl);
  if (wanted !== 0 && port !== String(wanted)) log(`Port ${wanted} is in use: the bot listens on ${port}.`);
  for (const { child } of Object.values(windows)) {
    void child.ended.then(() => {
      if (!cleanUp.begun) log(`${child.name} stopped by itself. Stop the sandbox and start it again.`);
    });
  }
  await gateway.installForEveryone();
  const urls = WINDOW_KEYS.map((key) => [key, windows[key].url] as const);
  const addresses = {
    ...(Object.fromEntries(urls) as Record<WindowKey, string>),
    tenantPage: page.url,
    bot: botUrl,
  };
  return { bot: bot.child, tenant, windows, tenantPage: page.url, logFile, folder, addresses };
}

async function startTenant(folder: string, cleanUp: CleanUp) {
  const certificates = await makeCertificates();
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, certificates.caPem);
  const tenant = sampleTenant();
  const entra = await startEntra({ tenant, certificates });
  // What a company would have such a context stand for.
  const { REQUIRE_AUTH_CONTEXT } = process.env;
  if (REQUIRE_AUTH_CONTEXT) entra.signInRules.contexts.set(REQUIRE_AUTH_CONTEXT, "phishing-resistant");
  cleanUp.add("servers", () => entra.close());
  const graph = await startGraph({ tenant, entra, certificates });
  cleanUp.add("servers", () => graph.close());
  return { tenant, entra, graph, caFile };
}

/** Like Promise.all, but when one fails the other has ended its start, too: nothing writes where it was cleaned up. */
async function bothStarted<A, B>(parts: readonly [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(parts);
  return Promise.all(parts);
}
