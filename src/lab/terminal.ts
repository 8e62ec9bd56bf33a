import { createInterface } from "node:readline/promises";

/** The person at the terminal. */
export interface Terminal {
  say(line: string): void;
  complain(line: string): void;
  /** No, where there is no terminal to ask in. */
  confirm(question: string): Promise<boolean>;
}

export function terminal(isAgreed: boolean): Terminal {
  // A terminal that was closed must not end a program that has something to put back.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const complain = (line: string) => void process.stderr.write(`${line}\n`);
  return {
    say,
    complain,
    async confirm(question) {
      say(question);
      if (isAgreed) return true;
      if (process.stdin.isTTY) return asked();
      complain("There is no terminal to ask in. Add --yes to go on without being asked.");
      return false;
    },
  };
}

async function asked(): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const given = new AbortController();
  lines.once("SIGINT", () => given.abort());
  lines.once("close", () => given.abort());
  try {
    return /^yes$/i.test((await lines.question("Type yes to go on: ", { signal: given.signal })).trim());
  } catch {
    return false; // Ctrl-C, or the end of the input.
  } finally {
    lines.close();
  }
}
