const REDACTED = "[redacted]";
/** A member named so is left out, as in `access_token`, `clientSecret`, `Authorization`. */
const SENSITIVE_NAME = /token|secret|authorization|assertion|password|cookie/i;
/** A JSON Web Token, signed or encrypted: base64url of `{"` and at least one more part. */
const JWT = /eyJ[\w-]{4,}(?:\.[\w-]*){1,4}/g;
const BEARER = /\b(bearer|basic)\s+[\w.~+/-]{8,}=*/gi;
const LONGEST_TEXT_CHARACTERS = 4_000;
const MOST_ITEMS = 100;
const DEEPEST_LEVEL = 8;

/** The text with every token in it replaced. */
export function scrubText(text: string): string {
  const clean = text.replace(JWT, REDACTED).replace(BEARER, `$1 ${REDACTED}`);
  return clean.length > LONGEST_TEXT_CHARACTERS ? `${clean.slice(0, LONGEST_TEXT_CHARACTERS)}...` : clean;
}

/** A copy that is safe to log: plain JSON without tokens and secrets, and not endless. Never throws. */
export function scrub(value: unknown): unknown {
  return copy(value, []);
}

function copy(value: unknown, above: readonly object[]): unknown {
  if (typeof value === "string") return scrubText(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "function" || typeof value === "symbol") return undefined;
  if (typeof value !== "object" || value === null) return value;
  if (above.includes(value)) return "[circular]";
  if (above.length >= DEEPEST_LEVEL) return "[more]";
  try {
    return copyObject(value, [...above, value]);
  } catch {
    return "[unreadable]"; // A getter or a toJSON that throws must not keep an event from being logged.
  }
}

function copyObject(value: object, above: readonly object[]): unknown {
  if (value instanceof Error) return copyError(value, above);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value) || value instanceof Set) {
    const items = [...value];
    const copies = items.slice(0, MOST_ITEMS).map((item) => copy(item, above));
    return items.length > MOST_ITEMS ? [...copies, `[${items.length - MOST_ITEMS} more]`] : copies;
  }
  if (value instanceof Map) return copyMembers(Object.fromEntries(value), above);
  // Dates, addresses, and our own types that print as [redacted].
  if ("toJSON" in value && typeof value.toJSON === "function") return copy(value.toJSON(), above);
  return copyMembers(value, above);
}

function copyMembers(value: object, above: readonly object[]): Record<string, unknown> {
  const copies = Object.entries(value).map(([name, member]) => [
    name,
    SENSITIVE_NAME.test(name) && member !== undefined ? REDACTED : copy(member, above),
  ]);
  return Object.fromEntries(copies);
}

/** What libraries and our faults add to an error that helps; the status goes by two names. */
interface FromLibraries {
  readonly code?: unknown;
  readonly status?: unknown;
  readonly statusCode?: unknown;
  readonly requestId?: unknown;
}

/** Of an error only what helps: libraries hang whole requests, tokens included, on theirs. */
function copyError(error: Error, above: readonly object[]): object {
  const { name, message, stack, cause } = error;
  const { code, status, statusCode, requestId } = error as Error & FromLibraries;
  return copyMembers({ name, code, status: status ?? statusCode, requestId, message, stack, cause }, above);
}
