import { parseArgs } from "node:util";
import type { ChainHead } from "../core/audit/chain.js";
import { type TenantId, tenantId } from "../core/person.js";

/** What the caller asked the program to do. */
export type Wanted =
  | { readonly kind: "help" }
  | { readonly kind: "verify"; readonly heads: readonly ChainHead[]; readonly tenant?: TenantId }
  | { readonly kind: "verify-evidence"; readonly file: string }
  | {
      readonly kind: "export";
      readonly from: number;
      readonly planNumber?: number;
      readonly tenant?: TenantId;
    }
  | { readonly kind: "evidence"; readonly planNumber: number; readonly tenant?: TenantId }
  /** It cannot be told what was meant. */
  | { readonly kind: "wrong"; readonly why: string };

/** Which options each command takes, besides `--tenant`. */
const OPTIONS = {
  verify: ["head", "evidence"],
  export: ["from", "plan"],
  evidence: [],
} as const;
type Name = keyof typeof OPTIONS;

/** Reads the command line; never throws. */
export function readArguments(given: readonly string[]): Wanted {
  const parsed = parse(given);
  if (typeof parsed === "string") return { kind: "wrong", why: parsed };
  const { values, positionals } = parsed;
  const [name, ...rest] = positionals;
  if (values.help || name === undefined || name === "help") return { kind: "help" };
  if (!Object.hasOwn(OPTIONS, name)) return { kind: "wrong", why: `there is no command ${quoted(name)}` };
  const allowed: readonly string[] = [...OPTIONS[name as Name], "tenant"];
  const stranger = Object.keys(values).find((option) => !allowed.includes(option));
  if (stranger !== undefined) return { kind: "wrong", why: `${name} takes no --${stranger}` };
  return wantedOf(name as Name, values, rest);
}

type Values = NonNullable<Exclude<ReturnType<typeof parse>, string>>["values"];

function wantedOf(name: Name, values: Values, rest: readonly string[]): Wanted {
  const tenant = values.tenant === undefined ? {} : { tenant: tenantId(values.tenant) };
  const [first, second] = rest;
  const surplus = name === "evidence" ? second : first;
  if (surplus !== undefined) return { kind: "wrong", why: `${quoted(surplus)} means nothing to ${name}` };
  switch (name) {
    case "verify": {
      if (values.evidence !== undefined) return { kind: "verify-evidence", file: values.evidence };
      const heads = (values.head ?? []).map(readHead);
      const wrong = heads.find((head) => typeof head === "string");
      if (typeof wrong === "string") return { kind: "wrong", why: wrong };
      return { kind: "verify", heads: heads.filter((head) => typeof head !== "string"), ...tenant };
    }
    case "export": {
      const from = values.from === undefined ? 1 : wholeNumber(values.from);
      const plan = values.plan === undefined ? {} : { planNumber: wholeNumber(values.plan) };
      if (Number.isNaN(from)) return { kind: "wrong", why: "--from takes the number of a record" };
      if (Number.isNaN(plan.planNumber)) return { kind: "wrong", why: "--plan takes the number of a plan" };
      return { kind: "export", from, ...plan, ...tenant };
    }
    case "evidence": {
      const planNumber = wholeNumber(first ?? "");
      if (Number.isNaN(planNumber))
        return { kind: "wrong", why: "evidence takes the number of a plan, such as 12" };
      return { kind: "evidence", planNumber, ...tenant };
    }
  }
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        tenant: { type: "string" },
        head: { type: "string", multiple: true },
        evidence: { type: "string" },
        from: { type: "string" },
        plan: { type: "string" },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A head as `history` and the log write it, or what is wrong with it. */
function readHead(text: string): ChainHead | string {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  if (sequence === undefined || hash === undefined) {
    return `--head takes <sequence>:<hash> as history writes it, not ${quoted(text)}`;
  }
  return { sequence: Number(sequence), hash: hash.toLowerCase() };
}

/** NaN for anything else. People write plans as #12. */
function wholeNumber(text: string): number {
  const digits = /^#?([1-9]\d{0,14})$/.exec(text.trim())?.[1];
  return digits === undefined ? Number.NaN : Number(digits);
}

const quoted = (text: string): string => JSON.stringify(text);
