import { parseArgs } from "node:util";
import { ConfigError, readConfig } from "./config.js";
import { countFindings } from "./core/check/examine.js";
import { type Finding, missing } from "./core/check/finding.js";
import { diagnose } from "./doctor/diagnose.js";
import { report } from "./doctor/report.js";

const HELP = `Looks at everything Latchkey needs, with the same configuration as the bot, and writes nothing:

  npm run doctor -- [--as <your sign-in name or object id>] [--json]

Each line says what works, what is missing with the command or place that mends it, what should be looked at, and what is
not needed. It may run beside the bot, or before its first start.

Exit codes: 0 nothing is missing; 1 something is; 2 wrong usage.
`;
const EXIT = { fine: 0, missing: 1, usage: 2 } as const;

async function run(): Promise<number> {
  const options = {
    as: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  let values: { as?: string; json: boolean; help: boolean };
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
    return EXIT.usage;
  }
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const findings = await findingsOf(values.as?.trim() || undefined);
  process.stdout.write(values.json ? `${JSON.stringify(findings, undefined, 2)}\n` : report(findings));
  return countFindings(findings).missing > 0 ? EXIT.missing : EXIT.fine;
}

async function findingsOf(as: string | undefined): Promise<readonly Finding[]> {
  try {
    const config = readConfig();
    if (config.mode === "bot") return await diagnose(config, { as, now: () => new Date() });
    return [wrongConfiguration("CLIENT_ID is not set: this would be the sandbox, which needs nothing.")];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(wrongConfiguration);
    throw error;
  }
}

function wrongConfiguration(problem: string): Finding {
  return missing({ id: "configuration", title: "Configuration" }, problem, {
    mend: "Mend it where the bot's variables come from (docs/configuration.md): nothing else was looked at.",
  });
}

run().then(
  // Connections that are kept would hold the process for a while.
  (code) => process.stdout.write("", () => process.exit(code)),
  (error: unknown) => {
    const name = error instanceof Error ? error.name : "an unknown error";
    process.stderr.write(
      `The check itself failed (${name}): that is a defect of Latchkey. Please report it.\n`,
    );
    process.exit(EXIT.missing);
  },
);
