import { readFileSync } from "node:fs";

/** Variables that hold a secret: each may come from a file instead, whose path is in the same name with `_FILE`. */
export const SECRET_FILES = {
  CLIENT_SECRET: "CLIENT_SECRET_FILE",
  DATABASE_URL: "DATABASE_URL_FILE",
  APPLICATIONINSIGHTS_CONNECTION_STRING: "APPLICATIONINSIGHTS_CONNECTION_STRING_FILE",
  HTTPS_PROXY: "HTTPS_PROXY_FILE",
  HTTP_PROXY: "HTTP_PROXY_FILE",
  ALL_PROXY: "ALL_PROXY_FILE",
} as const;

export interface SecretFiles {
  /** The variables that came from a file, with its path. */
  readonly files: ReadonlyMap<string, string>;
  readonly values: NodeJS.ProcessEnv;
  readonly problems: readonly string[];
}

/** Reads secrets from the files that are named instead of them. No problem quotes what is in one. */
export function readSecretFiles(env: NodeJS.ProcessEnv): SecretFiles {
  const files = new Map<string, string>();
  const values: NodeJS.ProcessEnv = {};
  const problems: string[] = [];
  for (const [name, variable] of Object.entries(SECRET_FILES)) {
    const file = env[variable]?.trim();
    if (!file) continue;
    files.set(name, file);
    if (env[name]?.trim()) {
      problems.push(`${name} and ${variable} are both set: expected one of them.`);
      continue;
    }
    const read = secretIn(file);
    if ("why" in read)
      problems.push(
        `${variable} is ${JSON.stringify(file)}: expected a file with the value of ${name} (${read.why}).`,
      );
    else values[name] = read.secret;
  }
  return { files, values, problems };
}

/** What stands in the file, without white space around it. */
export function secretIn(file: string): { readonly secret: string } | { readonly why: string } {
  try {
    const secret = readFileSync(file, "utf8").trim();
    if (secret === "") return { why: "it is empty" };
    return /[\r\n]/.test(secret) ? { why: "it has several lines" } : { secret };
  } catch (error) {
    return { why: error instanceof Error && "code" in error ? String(error.code) : "it cannot be read" };
  }
}
