import type { Model, ModelWarning } from "../core/policy/model.js";
import { versionWords } from "./metadata-firmware.js";

/** What the FIDO metadata says of one model. */
export interface FidoModel extends Pick<Model, "kind" | "certification" | "warnings"> {
  readonly name: string;
  /** Of the firmware it is about, as the metadata writes it. */
  readonly version?: number;
}

/** Certifications from lowest to highest, and how people say them. */
const CERTIFICATIONS: readonly (readonly [status: string, words: string])[] = [
  ["FIDO_CERTIFIED", "FIDO Certified"],
  ["FIDO_CERTIFIED_L1", "FIDO Certified L1"],
  ["FIDO_CERTIFIED_L1plus", "FIDO Certified L1+"],
  ["FIDO_CERTIFIED_L2", "FIDO Certified L2"],
  ["FIDO_CERTIFIED_L2plus", "FIDO Certified L2+"],
  ["FIDO_CERTIFIED_L3", "FIDO Certified L3"],
  ["FIDO_CERTIFIED_L3plus", "FIDO Certified L3+"],
];

/** Statuses that need no warning. Every other one is a warning, also what FIDO may yet invent. */
const HARMLESS = new Set([
  ...CERTIFICATIONS.map(([status]) => status),
  "NOT_FIDO_CERTIFIED",
  "SELF_ASSERTION_SUBMITTED",
  "UPDATE_AVAILABLE",
  "FIPS140_CERTIFIED_L1",
  "FIPS140_CERTIFIED_L2",
  "FIPS140_CERTIFIED_L3",
  "FIPS140_CERTIFIED_L4",
]);

type Fields = Readonly<Record<string, unknown>>;

/** Reads the entry of one model. undefined: it has no name. */
export function fidoModel(entry: Fields): FidoModel | undefined {
  const statement = fields(entry.metadataStatement);
  const name = text(statement.description);
  if (name === "") return undefined;
  const reports = list(entry.statusReports).map(fields);
  const warnings = warningsOf(name, reports);
  const version = versionOf(statement);
  const certification = certificationOf(reports);
  // What was revoked is a certification: it is not shown as if it still held.
  const holds = certification !== undefined && !warnings.some(({ status }) => status === "REVOKED");
  return {
    name,
    kind: kindOf(name, statement),
    warnings,
    ...(version !== undefined && { version }),
    ...(holds && { certification }),
  };
}

/** All reports count, not only the last: an update may be announced after a compromise. Each status is said once. */
function warningsOf(name: string, reports: readonly Fields[]): readonly ModelWarning[] {
  const since = new Map<string, string | undefined>();
  /** The lowest firmware that each is about; undefined: one report is about all. */
  const from = new Map<string, number | undefined>();
  for (const report of reports) {
    const status = text(report.status) || "no status";
    if (HARMLESS.has(status)) continue;
    const about = wholeNumber(report.authenticatorVersion);
    const lowest = from.has(status) ? from.get(status) : about;
    from.set(status, lowest === undefined || about === undefined ? undefined : Math.min(lowest, about));
    const earlier = since.get(status);
    const day = dayOf(report.effectiveDate);
    since.set(status, earlier !== undefined && (day === undefined || earlier < day) ? earlier : day);
  }
  return [...since].map(([status, day]) => {
    const version = from.get(status);
    return {
      status,
      ...(day !== undefined && { since: day }),
      ...(version !== undefined && { version: versionWords(name, version) }),
    };
  });
}

function certificationOf(reports: readonly Fields[]): string | undefined {
  const held = new Set(reports.map(({ status }) => status));
  return CERTIFICATIONS.findLast(([status]) => held.has(status))?.[1];
}

function kindOf(name: string, statement: Fields): Model["kind"] {
  const hints = list(statement.attachmentHint);
  const options = fields(fields(statement.authenticatorGetInfo).options);
  if (hints.includes("internal") || options.plat === true) return "platform";
  // Apps on a phone that other devices use over the network are listed as external too, and are no keys.
  const isApp = hints.includes("network") || /\b(Android|iOS)\b/.test(name);
  if (isApp) return "unknown";
  const isKey = ["external", "wired", "nfc", "bluetooth"].some((hint) => hints.includes(hint));
  return isKey ? "security-key" : "unknown";
}

/** What the authenticator says of itself comes first: the other member counts the statements. */
function versionOf(statement: Fields): number | undefined {
  const { firmwareVersion } = fields(statement.authenticatorGetInfo);
  return wholeNumber(firmwareVersion) ?? wholeNumber(statement.authenticatorVersion);
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function dayOf(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value.replace(/\s+/g, " ").trim() : "";
}
