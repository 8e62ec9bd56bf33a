import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import { type SimulatedGraph, startGraph } from "../../simulators/graph/simulated-graph.js";
import { type LoopbackServer, startLoopbackServer } from "../../simulators/http/loopback-server.js";
import { SAMPLE_PEOPLE, sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import { testCertificates } from "../setup/test-certificates.js";
import { type Commands, readInstallPage, type Step } from "./install-page.js";
import { botEnvironment } from "./stage.js";
import { Stranger } from "./stranger.js";
import { eventually, type Message, Teams, wholeText } from "./teams.js";

const { katherine: you, grace: approver, emergency1, emergency2 } = SAMPLE_PEOPLE;
const ROOM = { id: "19:admins@thread.v2", kind: "groupChat" } as const;
const { steps, firstDay } = readInstallPage();
const lacking = ["curl", "openssl"].filter(
  (program) => spawnSync(program, ["--version"]).error !== undefined,
);

/** Nothing is set up in this tenant but what the page's commands set up. */
const tenant = sampleTenant({ people: 40 });
let folder: string;
let port: number;
let entra: SimulatedEntra;
let graph: SimulatedGraph;
let teams: Teams;
let front: LoopbackServer;
let stranger: Stranger;
let botIsMade: () => void;

describe.skipIf(lacking.length > 0)(
  `docs/install.md, by a stranger${lacking.length > 0 ? ` (skipped: ${lacking.join()} is not installed)` : ""}`,
  () => {
    beforeAll(openWorld);
    afterAll(async () => {
      await stranger?.stop();
      await Promise.all([front?.close(), teams?.close(), graph?.close(), entra?.close()]);
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    });

    it("has a step for each part of an installation, and says of each but one how to see that it worked", () => {
      expect(steps.map(({ title }) => title.replace(/ \(.*|,.*/, ""))).toEqual([
        "1. The program",
        "2. The Entra app",
        "3. The Azure Bot",
        "4. What only you know",
        "5. Try it",
        "6. Keep it running",
        "7. The Teams app",
        "Take everything away",
      ]);
      expect(steps.filter(({ seen }) => seen.length === 0).map(({ title }) => title)).toEqual([
        "Take everything away",
      ]);
    });

    for (const step of steps.slice(0, -1)) it(step.title, () => follow(step));

    it("keeps what is secret from other people of the machine", () => {
      const etc = join(stranger.machine, "etc/latchkey");
      const secrets = join(stranger.checkout, "infra/compose/secrets");
      const modes = (of: string) =>
        Object.fromEntries(
          readdirSync(of).map((name) => [name, (statSync(join(of, name)).mode & 0o777).toString(8)]),
        );
      expect(modes(etc)).toEqual({ env: "600", "client-secret": "600", "record-key": "600" });
      expect(Object.values(modes(secrets))).toEqual(["400", "400", "400", "400"]);
      const ours = modes(stranger.checkout);
      expect([ours[".env"], ours["record-key"]]).toEqual(["600", "600"]);
      expect(stranger.output).not.toContain(tenant.clientSecret);
    });

    it("leads to a first day as it says", firstDayGoesAsItSays);

    it("Take everything away", async () => {
      await follow(steps.at(-1) as Step);
      expect(stranger.azure()).toMatchObject({ apps: [], principals: [] });
    });
  },
);

async function openWorld(): Promise<void> {
  for (const granted of Object.values(tenant.consents)) granted.clear();
  const certificates = await testCertificates();
  entra = await startEntra({ tenant, certificates });
  graph = await startGraph({ tenant, entra, certificates });
  teams = await Teams.start(entra, tenant);
  botIsMade = entra.faults.set("resourceNotFound", { resource: "https://api.botframework.com" });
  port = await quietPort();
  // What Caddy would be: TLS, and nothing else.
  front = await startLoopbackServer({
    certificates,
    async answer(request, response) {
      const { method, headers, url } = request;
      const onward = httpRequest(`http://127.0.0.1:${port}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => response.writeHead(502).end());
      request.pipe(onward);
    },
  });
  teams.botUrl = front.url;
  folder = await mkdtemp(join(tmpdir(), "latchkey-stranger-"));
  const {
    AUTHORITY_HOST,
    GRAPH_URL,
    BOT_OPENID_METADATA_URL,
    BOT_TOKEN_ISSUER,
    FIDO_METADATA_URL,
    DIGEST_AT,
  } = botEnvironment(tenant, entra, graph.url);
  stranger = new Stranger(folder, {
    NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
    ...{ AUTHORITY_HOST, GRAPH_URL, BOT_OPENID_METADATA_URL, BOT_TOKEN_ISSUER, FIDO_METADATA_URL, DIGEST_AT },
    ...{ HOST: "127.0.0.1", PORT: String(port) },
    // Teams takes no app whose host is called localhost.
    BOT_DOMAIN: "latchkey.example.com",
  });
  stranger.beginAzureWith(azureOf());
}

/** A free port that no system gives out by itself: it is used twice, with a stop in between. */
async function quietPort(): Promise<number> {
  const server = createServer();
  const wanted = 20_000 + Math.floor(Math.random() * 10_000);
  const isFree = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(wanted, "127.0.0.1", () => resolve(true));
  });
  if (!isFree) return quietPort();
  await new Promise((resolve) => server.close(resolve));
  return wanted;
}

/** A subscription and a directory in which nothing was made yet; `az` makes this tenant's app. */
function azureOf() {
  const permissions = (names: readonly string[]) => names.map((value) => ({ value, id: `id of ${value}` }));
  const known = sampleTenant().consents;
  return {
    signedIn: true,
    tenantId: tenant.tenantId,
    cloud: "AzureCloud",
    nextAppId: tenant.clientId,
    nextSecret: tenant.clientSecret,
    graph: {
      appRoles: permissions([...known.application]),
      oauth2PermissionScopes: permissions([...known.delegated]),
    },
    users: { [upnOf(emergency1.id)]: { id: emergency1.id } },
    apps: [],
    principals: [],
    calls: [],
  };
}

const upnOf = (id: string): string => tenant.users.get(id)?.userPrincipalName ?? "";

/** Every command of the step, and then what the page says is to be seen. */
async function follow({ title, blocks, seen }: Step): Promise<void> {
  if (title.startsWith("6.")) await stranger.stop();
  let written = "";
  for (const block of blocks) {
    if (block.remark === undefined || block.remark === "ends with 1") {
      for (const line of block.lines) {
        written += await stranger.run(filledIn(line), block.remark === undefined ? 0 : 1);
        bringAbout();
      }
    } else await instead(block);
  }
  for (const words of seen) expect(written).toContain(filledIn(words));
}

/** What the page's source says cannot be run here as it stands. */
async function instead({ remark = "not tried: ", lines }: Commands): Promise<void> {
  if (remark === "runs until it is stopped") {
    for (const line of lines) stranger.leaveRunning(filledIn(line));
    await stranger.untilReady(`http://127.0.0.1:${port}/readyz`);
  } else if (remark === "stands in: downloads packages") stranger.installPackages();
  else if (remark === "stands in: needs systemd") {
    stranger.startService();
    await stranger.untilReady(`http://127.0.0.1:${port}/readyz`);
  } else if (remark === "stands in: needs a public name") {
    const caddyfile = readFileSync(join(stranger.machine, "etc/caddy/Caddyfile"), "utf8");
    expect(caddyfile).toMatch(/^latchkey\.example\.com \{[\s\S]*reverse_proxy 127\.0\.0\.1:\d+$/m);
    expect(caddyfile).not.toContain("{$");
  } else {
    expect(remark).toMatch(/^not tried: /);
    process.stdout.write(`not tried: ${lines.length} commands of docs/install.md (${remark.slice(11)})\n`);
  }
}

/** The line with what is this stranger's own. @throws Error when the page does not say what that would be */
function filledIn(line: string): string {
  const own: Readonly<Record<string, () => string>> = {
    CLIENT_ID: () => stranger.variable("CLIENT_ID"),
    TENANT_ID: () => stranger.variable("TENANT_ID"),
    "bot name": () => "latchkey-kestrel",
    "sign-in name of an emergency account": () => upnOf(emergency1.id),
    "object ids of your emergency accounts": () => `${emergency1.id},${emergency2.id}`,
    "your sign-in name": () => upnOf(you.id),
  };
  return line
    .replaceAll("https://latchkey.example.com", front.url)
    .replaceAll("localhost:3978", `127.0.0.1:${port}`)
    .replaceAll(/<([^<>]+)>/g, (_, name: string) => {
      const fill = own[name];
      if (fill === undefined) throw new Error(`docs/install.md does not say what <${name}> is`);
      return fill();
    });
}

/** What `az` did is so in Entra from then on. */
function bringAbout(): void {
  const { apps, calls, bot, graph: known } = stranger.azure();
  const [app] = apps;
  for (const uri of app?.web.redirectUris ?? []) entra.signInRules.redirectUris.add(uri);
  if (bot?.teams && bot.properties.endpoint === `${front.url}/api/messages`) botIsMade();
  if (app === undefined || !calls.some(({ consent }: { consent?: string }) => consent === app.appId)) return;
  const asked = app.requiredResourceAccess.flatMap(
    ({ resourceAccess }: { resourceAccess: readonly { id: string }[] }) => resourceAccess.map(({ id }) => id),
  );
  const grant = (to: Set<string>, from: readonly { id: string; value: string }[]) => {
    for (const { id, value } of from) if (asked.includes(id)) to.add(value);
  };
  grant(tenant.consents.application, known.appRoles);
  grant(tenant.consents.delegated, known.oauth2PermissionScopes);
}

/** What is to be seen of each row, by what is said in it. */
const ANSWERS: Readonly<Record<string, RegExp>> = {
  check: /Latchkey works/,
  "show policy": /Passkey policy/,
  scan: /passkeys[\s\S]*Complete/,
  "keys in use": /YubiKey/,
  "what if we enable passkeys for group Pilot": /Pilot/,
  "enable passkeys for group Pilot": /Plan #1\b/,
  "undo 1": /Plan #2\b/,
};

async function firstDayGoesAsItSays(): Promise<void> {
  const before = structuredClone(tenant.policy);
  await teams.install(approver);
  await teams.install(you);
  await teams.findText(teams.chatOf(you), /Latchkey/);
  const answerTo = async (text: string): Promise<Message> => {
    const seen = teams.messages.length;
    await teams.say(you, text);
    return eventually(
      () =>
        teams.messages
          .slice(seen)
          .find((one) => one.conversation === teams.chatOf(you).id && ANSWERS[text]?.test(wholeText(one))),
      () => `an answer to ${text}; there is ${teams.messages.slice(seen).map(wholeText).join("\n")}`,
    );
  };
  const approved = async (number: number): Promise<void> => {
    const card = await teams.findText(ROOM, `Plan #${number}`);
    await teams.press(approver, card, "Approve");
    await eventually(
      () => wholeText(teams.current(card)).includes("Applied and verified") || undefined,
      () => wholeText(teams.current(card)),
    );
  };
  expect(firstDay.map(({ say }) => say)).toEqual([
    ...["check", "show policy", "scan", "keys in use", "approvals here"],
    ...["what if we enable passkeys for group Pilot", "enable passkeys for group Pilot"],
    ...["Approve", "undo 1, and the approver approves"],
  ]);
  for (const { who, say } of firstDay) {
    if (say === "Approve") await approved(1);
    else if (say === "approvals here") {
      expect(who).toMatch(/^an approver/);
      await teams.say(approver, say, ROOM);
      await teams.findText(ROOM, /posted here from now on/);
    } else if (say.startsWith("undo 1")) {
      await answerTo("undo 1");
      await approved(2);
    } else {
      const card = await answerTo(say);
      if (say === "check") {
        const pressed = await teams.press(you, card, "Try sign-in");
        expect(pressed.text).toMatch(/Your sign-in works/);
      }
      expect(graph.patches()).toEqual([]);
    }
  }
  expect(tenant.policy).toEqual(before);
}
