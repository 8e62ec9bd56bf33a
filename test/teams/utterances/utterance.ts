import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What a change must do to the policy, and what it may do besides: `+who Helpdesk`, `-model *`, `off`. */
const Effect = z.strictObject({ must: z.array(z.string()), may: z.array(z.string()) });

const Said = z.strictObject({
  id: z.string(),
  class: z.string(),
  said: z.string(),
  where: z.enum(["personal", "group"]),
  /** In a group: whether the bot is mentioned. */
  mention: z.boolean().default(true),
  who: z.enum(["asker", "approver", "employee"]),
  tenant: z.enum(["paused-pilot", "profiles", "profiles-full", "legacy-allow", "never-enabled"]),
  expect: z.strictObject({
    kind: z.enum(["command", "asks", "answer", "what-if", "helpful", "silence", "no-plan"]),
    meaning: z.string(),
    /** One of them matches a good answer; `@help` is the help card. Absent: anything is good that is no plan. */
    accept: z.array(z.string()).optional(),
    /** None of them matches a good answer; `plan` is any plan. */
    never: z.array(z.string()).default([]),
    effect: Effect.optional(),
  }),
});

/** What a person says, where and as whom, and what a sensible colleague would do. */
export type Utterance = z.infer<typeof Said>;

/** An expectation of several of our own lines, by name. */
const Expectation = z.looseObject({ name: z.string() });

/** Lines of ours that are said in the same place and expect the same. */
const OwnLines = z.strictObject({
  as: z.string(),
  said: z.array(z.string()),
  who: z.string().default("asker"),
  where: z.string().default("personal"),
  mention: z.boolean().optional(),
  tenant: z.string().default("paused-pilot"),
});

const OWN = join(import.meta.dirname, "own");
const SHARED = join(process.cwd(), "../shared/data/utterances.jsonl");

/** Our own, from a file for each class. */
export async function ownUtterances(): Promise<readonly Utterance[]> {
  const named = linesOf(await readFile(join(import.meta.dirname, "expectations.jsonl"), "utf8"));
  const expectations = new Map(
    named.map((line) => {
      const { name, ...expectation } = Expectation.parse(line);
      return [name, expectation];
    }),
  );
  const files = (await readdir(OWN)).filter((name) => name.endsWith(".jsonl")).sort();
  const read = files.map(async (file) => {
    const name = file.replace(".jsonl", "");
    const groups = linesOf(await readFile(join(OWN, file), "utf8")).map((line) => OwnLines.parse(line));
    return groups.flatMap(({ as, said, ...where }, group) =>
      said.map((text, index) =>
        Said.parse({
          ...where,
          said: text,
          id: `${name}-${group + 1}-${index + 1}`,
          class: name,
          expect: expectations.get(as),
        }),
      ),
    );
  });
  return (await Promise.all(read)).flat();
}

/** Those that are shared with other tools; undefined where they are not at hand. */
export async function sharedUtterances(): Promise<readonly Utterance[] | undefined> {
  const text = await readFile(SHARED, "utf8").catch(() => undefined);
  return text === undefined ? undefined : linesOf(text).map((line) => Said.parse(line));
}

function linesOf(text: string): readonly unknown[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));
}
