// Called by lefthook with the file that holds the message: its first line has to be a Conventional Commit.
import { readFileSync } from "node:fs";

const TYPES = "build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test";
const CONVENTIONAL = new RegExp(`^(${TYPES})(\\([a-z0-9-]+\\))?!?: \\S.{2,}$`);
const GENERATED = /^(Merge|Revert|fixup!|squash!) /;

const [line = ""] = readFileSync(process.argv[2] ?? "", "utf8").split("\n");
if (!CONVENTIONAL.test(line) && !GENERATED.test(line)) {
  console.error(`"${line}" is not a Conventional Commit: expected e.g. "fix(graph): wait as long as asked".`);
  console.error(`Types: ${TYPES.replaceAll("|", ", ")}. See https://www.conventionalcommits.org`);
  process.exitCode = 1;
}
