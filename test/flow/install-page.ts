import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What stands before commands in the page's source, where a test cannot run them as they are. */
export type Remark =
  | "runs until it is stopped"
  | "ends with 1"
  | `stands in: ${string}`
  | `not tried: ${string}`;

export interface Commands {
  /** Each is one line of shell, with its `<...>` still to be filled in. */
  readonly lines: readonly string[];
  readonly remark: Remark | undefined;
}

export interface Step {
  readonly title: string;
  readonly blocks: readonly Commands[];
  /** By which words a reader sees that it worked. */
  readonly seen: readonly string[];
}

/** A row of the first day. */
export interface Said {
  readonly who: string;
  readonly say: string;
}

const FENCED = /(?:^ *<!-- (.+) -->\n)?^( *)```sh\n([\s\S]*?)^ *```$/gm;
const REMARK = /^(runs until it is stopped|ends with 1|(stands in|not tried): .+)$/;
const WORKED = /\*\*It worked\*\* when ((?:`[^`]*`|[^.`])*)/g;

export function readInstallPage(): { readonly steps: readonly Step[]; readonly firstDay: readonly Said[] } {
  const text = readFileSync(join(import.meta.dirname, "../../docs/install.md"), "utf8");
  const sections = text.split(/^## /m).slice(1);
  const day = sections.find((section) => section.startsWith("The first day")) ?? "";
  return {
    steps: sections
      .filter((section) => /^\d\. |^Take everything away/.test(section))
      .map(readStep)
      .filter(({ blocks }) => blocks.length > 0),
    firstDay: [...day.matchAll(/^\| \d+ \| (.+?) \| (.+?) \| .+ \|$/gm)].map(([, who = "", say = ""]) => ({
      who,
      say: say.replaceAll("`", ""),
    })),
  };
}

function readStep(section: string): Step {
  const [title = ""] = section.split("\n");
  return {
    title,
    blocks: [...section.matchAll(FENCED)].map(([, remark, , code = ""]) => ({
      lines: code.split("\n").flatMap((line) => line.trim() || []),
      remark: remark === undefined ? undefined : asRemark(remark),
    })),
    seen: [...section.matchAll(WORKED)].flatMap(([, words = ""]) =>
      [...words.matchAll(/`([^`]+)`/g)].map(([, quoted = ""]) => quoted),
    ),
  };
}

function asRemark(remark: string): Remark {
  if (!REMARK.test(remark)) throw new Error(`docs/install.md has a remark that no test knows: ${remark}`);
  return remark as Remark;
}
