import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Stop } from "./async/stop.js";
import { ConfigError, type LabConfig, readLabConfig } from "./config.js";
import { wayOut } from "./connect/way-out.js";
import { Fault } from "./core/errors.js";
import { tenantId } from "./core/person.js";
import { DelegatedToken } from "./graph/delegated-token.js";
import { deviceCodeSignIn } from "./graph/device-code-sign-in.js";
import { readArguments, type Wanted } from "./lab/arguments.js";
import { HELP } from "./lab/help.js";
import { Journal, JournalStands, JournalUnreadable } from "./lab/journal.js";
import { type LabClock, LabGraph } from "./lab/lab-graph.js";
import type { PutBack } from "./lab/put-back.js";
import { type LabReport, reportAsJson, reportAsMarkdown } from "./lab/report.js";
import { restoreFromJournal } from "./lab/restore.js";
import { type LabPorts, runLab } from "./lab/run-lab.js";
import { labScopes } from "./lab/scopes.js";
import { signInWords } from "./lab/sign-in-words.js";
import { type Terminal, terminal } from "./lab/terminal.js";

/** As the help has them. */
const EXIT = { done: 0, notAllAsked: 1, nothingWritten: 2, notBack: 3 } as const;

const clock: LabClock = {
  now: () => new Date(),
  newId: randomUUID,
  sleep: (milliseconds) => sleep(milliseconds),
};

class SignInEnded extends Error {}

/** Everything the lab needs, with a person signed in. @throws SignInEnded */
async function signIn(
  config: LabConfig,
  { folder, clientId }: { readonly folder: string; readonly clientId: string },
  person: Terminal,
): Promise<LabPorts> {
  const { tenantId: tenant, authorityHost, graphUrl, graphAudience } = config;
  const signedIn = deviceCodeSignIn({
    tenantId: tenantId(tenant),
    clientId,
    authorityHost,
    scopes: labScopes(graphAudience),
    agentFor: wayOut(config).agentFor,
    onCode: person.say,
  });
  const token = async () => {
    const got = await signedIn.token();
    if (got instanceof DelegatedToken) return got;
    throw new Fault("graph-unauthorized", signInWords(got));
  };
  const stop = new Stop();
  let isSignedIn = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // Nothing was written yet, so there is nothing to put back.
      if (!isSignedIn) process.exit(EXIT.nothingWritten);
      stop.ask();
      person.complain("Stopping. What was written is put back first: please wait.");
    });
  }
  await token().catch((error: unknown) => {
    throw error instanceof Fault ? new SignInEnded(error.message) : error;
  });
  isSignedIn = true;
  const graph = new LabGraph({ graphUrl, token, clock });
  return { ...person, graph, journal: new Journal(folder), clock, stop };
}

async function run(wanted: Extract<Wanted, { kind: "run" }>, person: Terminal): Promise<number> {
  const { folder } = wanted.common;
  const journal = new Journal(folder);
  if ((await journal.read()) !== undefined) throw new JournalStands(`${journal.path} stands.`);
  const config = readLabConfig();
  const ports = await signIn(config, wanted.common, person);
  const outcome = await runLab(ports, {
    ...config,
    tenantName: wanted.tenantName,
    isDry: wanted.isDry,
    allowed: { migration: wanted.allowsMigration, leftover: wanted.allowsLeftover },
    auditWaitMinutes: wanted.auditWaitMinutes,
  });
  switch (outcome.kind) {
    case "refused":
      person.complain(outcome.why);
      return EXIT.nothingWritten;
    case "told":
      return EXIT.done;
    case "ran":
      await keep(outcome.report, folder, person);
      return exitOf(outcome.report, person);
  }
}

async function keep(report: LabReport, folder: string, person: Terminal): Promise<void> {
  const name = `report-${report.startedAt.replace(/\.\d+Z$/, "Z").replaceAll(":", "")}`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.json`), reportAsJson(report));
  await writeFile(join(folder, `${name}.md`), reportAsMarkdown(report));
  person.say(
    `The report is in ${join(folder, name)}.md and .json. It names no person and can be attached to an issue.`,
  );
}

function exitOf({ policy, end }: LabReport, person: Terminal): number {
  if (policy.kind === "not-back") {
    person.complain(`The policy is NOT as it was: ${policy.why}.\nRun: npm run lab -- restore`);
    return EXIT.notBack;
  }
  if (policy.kind === "back") sayBack(policy, person);
  else person.say("Nothing was written.");
  return end === "complete" ? EXIT.done : EXIT.notAllAsked;
}

function sayBack({ forGood, remark }: Extract<PutBack, { kind: "back" }>, person: Terminal): void {
  person.say("The policy is as it was.");
  if (forGood !== undefined) person.say(`Only this is for good: ${forGood}.`);
  if (remark !== undefined) person.complain(`Note: ${remark}.`);
}

async function restore(wanted: Extract<Wanted, { kind: "restore" }>, person: Terminal): Promise<number> {
  if ((await new Journal(wanted.common.folder).read()) === undefined) {
    person.say("There is no journal: every run put back what it wrote.");
    return EXIT.done;
  }
  const config = readLabConfig();
  const done = await restoreFromJournal(await signIn(config, wanted.common, person), config);
  switch (done.kind) {
    case "nothing":
      return EXIT.done;
    case "back":
      sayBack(done, person);
      return EXIT.done;
    case "refused":
      person.complain(done.why);
      return EXIT.notBack;
    case "not-back":
      person.complain(
        `The policy is NOT as it was: ${done.why}.\nRun it again, or put it back by hand: ${wanted.common.folder} has the journal.`,
      );
      return EXIT.notBack;
  }
}

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted.kind === "help") {
    process.stdout.write(HELP);
    return EXIT.done;
  }
  if (wanted.kind === "wrong") {
    process.stderr.write(`${wanted.why}.\n\n${HELP}`);
    return EXIT.nothingWritten;
  }
  const person = terminal(wanted.common.isAgreed);
  try {
    return await (wanted.kind === "run" ? run(wanted, person) : restore(wanted, person));
  } catch (error) {
    if (error instanceof JournalStands) {
      person.complain(
        `A run before this one did not put everything back: ${error.message}\nRun: npm run lab -- restore`,
      );
      return EXIT.notBack;
    }
    const isExpected = [ConfigError, Fault, SignInEnded, JournalUnreadable].some(
      (known) => error instanceof known,
    );
    if (!isExpected) throw error;
    person.complain((error as Error).message);
    return error instanceof JournalUnreadable ? EXIT.notBack : EXIT.nothingWritten;
  }
}

main().then(
  // Connections that are kept would hold the process for a while.
  (code) => process.stdout.write("", () => process.exit(code)),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(EXIT.notBack);
  },
);
