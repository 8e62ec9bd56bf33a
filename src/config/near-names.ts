import { editDistance } from "../text/edit-distance.js";
import { SECRET_FILES } from "./secret-files.js";

/** Every variable that is read, here or for the Teams app; test/config/near-names.test.ts holds the list to the readers. */
export const OWN_NAMES = [
  "CLIENT_ID",
  "TENANT_ID",
  "CLIENT_SECRET",
  "CLIENT_SECRET_EXPIRES",
  "CLIENT_CERTIFICATE_PATH",
  "MANAGED_IDENTITY_CLIENT_ID",
  "APP_ID_URI",
  "PUBLIC_URL",
  "PORT",
  "HOST",
  "METRICS_PORT",
  "METRICS_HOST",
  "DRAIN_SECONDS",
  "DATA_DIR",
  "BACKUP_DIR",
  "DATABASE_URL",
  "DATABASE_AUTH",
  "RECORD_KEY",
  "RECORD_KEY_FILE",
  "ACCESS",
  "APPROVERS",
  "APPROVALS_REQUIRED",
  "ALLOW_SELF_APPROVAL",
  "EMERGENCY_ACCOUNTS",
  "REQUIRE_AUTH_CONTEXT",
  "REQUIRE_STRENGTH",
  "PLAN_TTL_MINUTES",
  "SCAN_MAX_AGE_HOURS",
  "SCAN_EVERY_HOURS",
  "SCAN_FULL_DAYS",
  "RETENTION_DAYS",
  "DRIFT_CHECK_MINUTES",
  "CLOUD",
  "AUTHORITY_HOST",
  "GRAPH_URL",
  "BOT_OPENID_METADATA_URL",
  "BOT_TOKEN_ISSUER",
  "FIDO_METADATA_URL",
  "DIGEST_AT",
  "LOG_LEVEL",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_PROTOCOL",
  "APPLICATIONINSIGHTS_CONNECTION_STRING",
  "DEVELOPER_NAME",
  "DEVELOPER_URL",
  "TEAMS_APP_ID",
  "BOT_DOMAIN",
  "APP_NAME_SUFFIX",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
  "NODE_ENV",
] as const;

const KNOWN: ReadonlySet<string> = new Set([...OWN_NAMES, ...Object.values(SECRET_FILES)]);
/** Names of everybody's, beside which other programs have theirs: nothing is taken for a slip of one. */
const SHARED = /^(HTTPS?|ALL|NO)_PROXY$|^(PORT|HOST|CLOUD|NODE_ENV|ACCESS)$|^OTEL_/;
const GUARDED = [...KNOWN].filter((name) => !SHARED.test(name));
/** What other programs put into an environment, though it looks like ours. */
const FOREIGN =
  /^(AZURE|ARM|XDG|NPM|NODE|OTEL|AWS|GOOGLE|POSTGRES|PG|DOCKER|KUBERNETES|MSI|IDENTITY)_|^LATCHKEY_(SERVICE|PORT)/;
/** What decides who the bot is, who may approve what, and where it is kept: left out by a slip, it would be another bot. */
const DECIDING: ReadonlySet<string> = new Set([
  "CLIENT_ID",
  "TENANT_ID",
  "CLIENT_SECRET",
  "CLIENT_CERTIFICATE_PATH",
  "MANAGED_IDENTITY_CLIENT_ID",
  "DATA_DIR",
  "DATABASE_URL",
  "DATABASE_AUTH",
  "RECORD_KEY",
  "APPROVERS",
  "APPROVALS_REQUIRED",
  "ALLOW_SELF_APPROVAL",
  "EMERGENCY_ACCOUNTS",
  "REQUIRE_AUTH_CONTEXT",
  "REQUIRE_STRENGTH",
  "PLAN_TTL_MINUTES",
  "SCAN_MAX_AGE_HOURS",
  "SCAN_FULL_DAYS",
] satisfies readonly (typeof OWN_NAMES)[number][]);
const SLIPS_AT_MOST = 2;
const OWN_PREFIX = /^LATCHKEY_/;

/** A variable that is set and that nothing reads, but that looks like a slip of one that is. */
export interface NearName {
  readonly given: string;
  readonly meant: string;
}

/**
 * Each with the one that was probably meant. `stopping`: a rule, an identity or the store would not be what was said.
 * `doubtful`: it may well be another program's.
 */
export function nearNames(env: NodeJS.ProcessEnv): Record<"stopping" | "doubtful", readonly NearName[]> {
  const found = Object.keys(env)
    .filter((name) => env[name]?.trim() && !KNOWN.has(name) && !isProxy(name) && !FOREIGN.test(name))
    .sort()
    .flatMap((given) => {
      const meant = nearest(given);
      return meant === undefined ? [] : [{ given, meant }];
    });
  const stops = ({ given, meant }: NearName) =>
    OWN_PREFIX.test(given) || (DECIDING.has(stemOf(meant)) && !isNamed(env, stemOf(meant)));
  return { stopping: found.filter(stops), doubtful: found.filter((each) => !stops(each)) };
}

const stemOf = (name: string): string => name.replace(/_FILE$/, "");
/** Also when it is set to nothing: that says that it is not set on purpose. */
const isNamed = (env: NodeJS.ProcessEnv, stem: string): boolean =>
  env[stem] !== undefined || (KNOWN.has(`${stem}_FILE`) && env[`${stem}_FILE`] !== undefined);

/** What stops the start, in words. */
export function whyStopped({ given, meant }: NearName): string {
  // Of these nothing is no one, which is a setting like any other.
  const orNothing = /^(APPROVERS|ACCESS)$/.test(meant) ? "" : ", or to nothing";
  return `${given} is set, and nothing reads it: expected ${meant}. If it is not for Latchkey, set ${meant} as well${orNothing}.`;
}

/** Proxies are read in small letters, too. */
const isProxy = (name: string): boolean => /^((https?|all|no)|FTP|ftp)_proxy$/i.test(name);

function nearest(given: string): string | undefined {
  const name = shape(given).replace(OWN_PREFIX, "");
  // With our own name before it, it is meant for us, also where it is called as others call theirs.
  if (OWN_PREFIX.test(given) && KNOWN.has(name)) return name;
  const stem = stemOf(name);
  if (stem !== name && KNOWN.has(stem)) return stem;
  const [best] = GUARDED.map((own) => ({ own, slips: slipsBetween(name, own) }))
    .filter(({ slips }) => slips <= SLIPS_AT_MOST)
    .sort((a, b) => a.slips - b.slips);
  return best?.own;
}

/** `clientId`, `client-id` and `Client_Id` are one name. */
function shape(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[-.]/g, "_")
    .toUpperCase();
}

/** 0 where the words are the same in another order, or run together, or in singular and plural; else how many letters differ. */
function slipsBetween(given: string, own: string): number {
  if (words(given) === words(own) || given.replaceAll("_", "") === own.replaceAll("_", "")) return 0;
  return own.length < 8 ? Number.POSITIVE_INFINITY : editDistance(given, own, SLIPS_AT_MOST);
}

const words = (name: string): string =>
  name
    .split("_")
    .map((word) => word.replace(/S$/, ""))
    .sort()
    .join("_");
