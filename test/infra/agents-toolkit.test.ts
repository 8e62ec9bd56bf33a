import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const read = (file: string) => readFileSync(join(import.meta.dirname, "../..", file), "utf8");
const placeholdersOf = (file: string) => [
  ...new Set([...read(file).matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name = ""]) => name)),
];

it.each(["m365agents.yml", "appPackage/manifest.json"])(
  "%s: the environment of the Agents Toolkit has a line for each of its placeholders",
  (file) => {
    const given = [...read("env/.env.dev").matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(placeholdersOf(file).filter((name) => !given.includes(name))).toEqual([]);
    expect(placeholdersOf(file).length).toBeGreaterThan(1);
  },
);

it("what the Agents Toolkit writes is in no commit, and neither are its secrets", () => {
  const ignored = read(".gitignore").split("\n");
  const [, folder] = /outputFolder: \.\/(\S+)/.exec(read("m365agents.yml")) ?? [];
  expect(ignored).toEqual(expect.arrayContaining([`${folder}/`, "env/.env.*.user", "env/.env.local"]));
  expect(read("env/.env.dev")).not.toMatch(/^\w*(SECRET|PASSWORD|KEY)\w*=/m);
});
