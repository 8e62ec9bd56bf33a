import { parseArgs } from "node:util";

/** What the person who runs the lab asked for. */
export type Wanted =
  | { readonly kind: "help" }
  | {
      readonly kind: "run";
      readonly isDry: boolean;
      readonly tenantName: string | undefined;
      readonly allowsMigration: boolean;
      readonly allowsLeftover: boolean;
      readonly auditWaitMinutes: number;
      readonly common: Common;
    }
  | { readonly kind: "restore"; readonly common: Common }
  /** It cannot be told what was meant. */
  | { readonly kind: "wrong"; readonly why: string };

interface Common {
  /** Where journal and reports are. */
  readonly folder: string;
  readonly clientId: string;
  /** Nothing is asked in the terminal. */
  readonly isAgreed: boolean;
}

/** Microsoft Graph Command Line Tools: Microsoft's own app, in every tenant, which `Connect-MgGraph` signs in by. */
const GRAPH_COMMAND_LINE_ID = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const AUDIT_WAIT_MINUTES = 10;
const LONGEST_AUDIT_WAIT_MINUTES = 60;

/** Options that `restore` has no use for. */
const ONLY_OF_RUN = ["dry-run", "tenant-name", "allow-migration", "allow-leftover", "audit-wait"];

/** Reads the command line; never throws. */
export function readArguments(given: readonly string[]): Wanted {
  const parsed = parse(given);
  if (typeof parsed === "string") return wrong(parsed);
  const { values, positionals } = parsed;
  const [name = "run", surplus] = positionals;
  if (values.help || name === "help") return { kind: "help" };
  if (surplus !== undefined) return wrong(`${JSON.stringify(surplus)} means nothing here`);
  const clientId = values["client-id"] ?? GRAPH_COMMAND_LINE_ID;
  if (!GUID.test(clientId)) return wrong("--client-id takes the application (client) id of an app, a GUID");
  const common = { folder: values.folder, clientId: clientId.toLowerCase(), isAgreed: values.yes };
  if (name === "restore") {
    const stranger = ONLY_OF_RUN.find((option) => Object.hasOwn(parsed.given, option));
    return stranger === undefined ? { kind: "restore", common } : wrong(`restore takes no --${stranger}`);
  }
  if (name !== "run") return wrong(`there is no command ${JSON.stringify(name)}`);
  const wait = Number(values["audit-wait"] ?? AUDIT_WAIT_MINUTES);
  if (!Number.isInteger(wait) || wait < 0 || wait > LONGEST_AUDIT_WAIT_MINUTES)
    return wrong(`--audit-wait takes minutes, from 0 to ${LONGEST_AUDIT_WAIT_MINUTES}`);
  return {
    kind: "run",
    isDry: values["dry-run"],
    tenantName: values["tenant-name"],
    allowsMigration: values["allow-migration"],
    allowsLeftover: values["allow-leftover"],
    auditWaitMinutes: wait,
    common,
  };
}

const wrong = (why: string): Wanted => ({ kind: "wrong", why });

function parse(given: readonly string[]) {
  const options = {
    help: { type: "boolean", short: "h", default: false },
    yes: { type: "boolean", short: "y", default: false },
    "dry-run": { type: "boolean", default: false },
    "tenant-name": { type: "string" },
    "client-id": { type: "string" },
    folder: { type: "string", default: "lab" },
    "audit-wait": { type: "string" },
    "allow-migration": { type: "boolean", default: false },
    "allow-leftover": { type: "boolean", default: false },
  } as const;
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...given],
      allowPositionals: true,
      tokens: true,
      options,
    });
    const named = tokens.flatMap((token) => (token.kind === "option" ? [[token.name, true]] : []));
    return { values, positionals, given: Object.fromEntries(named) as Readonly<Record<string, true>> };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
