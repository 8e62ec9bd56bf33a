import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../simulators/http/loopback-server.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { testCertificates } from "../setup/test-certificates.js";
import { runToEnd } from "./bot-process.js";
import { botEnvironment, openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace, emergency1 } = SAMPLE_PEOPLE;

describe("check, in the chat with the real bot", () => {
  let front: LoopbackServer;
  let stage: Stage;
  beforeAll(async () => {
    // What an operator puts before the bot: TLS, and nothing else.
    front = await startLoopbackServer({
      certificates: await testCertificates(),
      async answer(request, response) {
        const { method, headers, url } = request;
        const onward = httpRequest(stage.bot.url + url, { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        onward.on("error", () => response.writeHead(502).end());
        request.pipe(onward);
      },
    });
    stage = await openStage({
      tenant: { people: 3 },
      env: {
        PUBLIC_URL: front.url,
        EMERGENCY_ACCOUNTS: emergency1.id,
        CLIENT_SECRET_EXPIRES: new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10),
      },
    });
    for (const path of ["/sign-in", "/sign-in/done"])
      stage.entra.signInRules.redirectUris.add(front.url + path);
    await stage.teams.install(grace);
  });
  afterAll(async () => {
    await stage?.close();
    await front?.close();
  });

  const chat = () => stage.teams.chatOf(grace);

  it("finds that everything works, and speaks of the secret's end", async () => {
    await stage.teams.say(grace, "check");
    const said = wholeText(await stage.teams.findText(chat(), "Latchkey works; 1 thing to look at"));
    expect(said).toMatch(/How long the credential is good/);
    expect(said).toMatch(/in (9|10) days/);
    const notChecked = [...said.matchAll(/(?:^|\| )\? \*\*(.+?)\*\*/g)].map(([, title]) => title);
    expect(notChecked).toEqual([
      expect.stringMatching(/^Approvers' consent, and Teams' two clients/),
      expect.stringMatching(/^Age of the last backup/),
    ]);
    expect(said).toMatch(/Grace Hopper .*may approve/);
  });

  it("names a permission that was taken away since, and nothing else", async () => {
    stage.tenant.consents.application.delete("AuditLog.Read.All");
    await stage.teams.say(grace, "check your setup");

    const said = wholeText(await stage.teams.findText(chat(), "1 thing is missing"));
    expect(said).toMatch(/✖ \*\*Permission AuditLog\.Read\.All/);
    expect(said.match(/✖/g)).toHaveLength(1);
    stage.tenant.consents.application.add("AuditLog.Read.All");
  });

  it("tries the sign-in of the person who presses, the whole way, and writes nothing", async () => {
    const card = await stage.teams.findText(chat(), "Latchkey works");
    const answer = await stage.teams.press(grace, card, "Try sign-in");
    expect(answer.signedIn).toBe(true);
    expect(JSON.stringify(answer)).toMatch(/Your sign-in works/);
    expect(stage.entra.tokenRequests.at(-1)).toMatchObject({ grant: "on_behalf_of", person: grace.id });
    stage.entra.faults.set("consentMissing", { person: grace.id, times: 1 });
    const refused = await stage.teams.press(grace, card, "Try sign-in");
    expect(JSON.stringify(refused)).toMatch(/consent.*AADSTS65001/);
    expect(stage.graph.patches()).toEqual([]);
  });

  it("is the same as a program beside the bot, on the store the bot has open, with an exit code and no stack", async () => {
    const env = {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
      ...botEnvironment(stage.tenant, stage.entra, stage.graph.url),
      PUBLIC_URL: front.url,
      DATA_DIR: stage.bot.dataDir,
    };
    const fine = await doctor({ ...env, EMERGENCY_ACCOUNTS: emergency1.id }, "--as", grace.id);
    expect(fine.output).toMatch(/works {8}The store: The folder .* can be read, with \d+ record/);
    expect(fine.output).toMatch(/\n\nIt works\.\n$/);
    expect(fine.code).toBe(0);
    const wrong = await doctor({ ...env, CLIENT_SECRET: "of-another-app" });
    expect(wrong.output).toMatch(/MISSING {6}The app signs in: .*AADSTS7000215/);
    const refused = await doctor({ ...env, APPROVAL_REQUIRED: "2" });
    expect(refused.output).toMatch(/MISSING {6}Configuration: APPROVAL_REQUIRED is set.*APPROVALS_REQUIRED/);
    expect([wrong.code, refused.code]).toEqual([1, 1]);
    const { code, output } = await doctor(env, "--nonsense");
    expect([code, output]).toEqual([2, expect.stringMatching(/Unknown option[\s\S]*npm run doctor/)]);
    for (const { output } of [fine, wrong, refused]) {
      expect(output).not.toMatch(/\n\s+at |of-another-app/);
      for (const secret of stage.entra.issued) expect(output.includes(secret)).toBe(false);
    }
  });

  it("is not for who only reads", async () => {
    await stage.teams.say(ada, "check");
    await stage.teams.findText(stage.teams.chatOf(ada), "for administrators and approvers");
  });
});

function doctor(env: NodeJS.ProcessEnv, ...words: readonly string[]) {
  return runToEnd(env, { program: "doctor.mjs", words });
}

describe("a bot with a wrong secret", () => {
  let stage: Stage;
  afterAll(() => stage?.close());

  it("says so at its start: in the log, and to who asks whether it is ready", async () => {
    stage = await openStage({ tenant: { people: 3 }, env: { CLIENT_SECRET: "of-another-app" } });
    const { bot } = stage;
    await eventually(
      () => /"event":"app-cannot-sign-in"[^\n]*AADSTS7000215/.test(bot.output) || undefined,
      () => `the log to say it:\n${bot.output}`,
    );
    const ready = (await (await fetch(`${bot.url}/readyz`)).json()) as { attention: string[] };
    expect(ready.attention.join()).toMatch(/does not take the app's sign-in \(AADSTS7000215\)/);
    expect(bot.output).not.toContain("of-another-app");
  });
});
