import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { OWN_NAMES } from "../../src/config/near-names.js";

const text = readFileSync(join(import.meta.dirname, "../../infra/azuredeploy.json"), "utf8");
const template = JSON.parse(text) as {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly resources: readonly {
    readonly type: string;
    readonly apiVersion: string;
    readonly name: string;
    readonly dependsOn?: readonly string[];
  }[];
  readonly outputs: Readonly<Record<string, unknown>>;
};
const all = (pattern: RegExp, within = text) =>
  new Set([...within.matchAll(pattern)].map(([, name = ""]) => name));
const types = new Set(template.resources.map(({ type }) => type));

describe("infra/azuredeploy.json, which could not be deployed here", () => {
  it("uses each of its parameters and variables, and no other", () => {
    expect(all(/parameters\('(\w+)'\)/g)).toEqual(new Set(Object.keys(template.parameters)));
    expect(all(/variables\('(\w+)'\)/g)).toEqual(new Set(Object.keys(template.variables)));
  });

  it("refers to resources that it makes, of the version that it makes them with", () => {
    const referred = all(/resourceId\('([^']+)'/g);
    expect([...referred].filter((type) => !types.has(type))).toEqual([]);
    const versions = new Map(template.resources.map(({ type, apiVersion }) => [type, apiVersion]));
    const read = [...text.matchAll(/(?:reference|listKeys)\(resourceId\('([^']+)'.*?\), '([\d-]+)'\)/g)];
    expect(read.length).toBeGreaterThan(4);
    for (const [, type = "", version] of read) expect([type, version]).toEqual([type, versions.get(type)]);
  });

  it("makes what a resource stands on before it: what is nested, and what it says it depends on", () => {
    const places = new Map(template.resources.map(({ type }, at) => [type, at]));
    for (const { type, name, dependsOn = [] } of template.resources) {
      const parent = type.split("/").slice(0, -1).join("/");
      if (types.has(parent)) {
        expect(name).toMatch(/^\[concat\(.*'\/.*\)\]$/);
        expect(dependsOn.join()).toContain(`'${parent}'`);
      }
      for (const on of all(/resourceId\('([^']+)'/g, dependsOn.join()))
        expect(places.get(on) ?? Number.NaN).toBeLessThan(places.get(type) ?? 0);
    }
  });

  it("closes every bracket of an expression", () => {
    const expressions = [...text.matchAll(/"(\[[^"]*)"/g)].map(([, found = ""]) => found);
    expect(expressions.length).toBeGreaterThan(20);
    for (const expression of expressions) {
      expect(expression.endsWith("]")).toBe(true);
      const bare = expression.replaceAll(/'[^']*'/g, "");
      expect([...bare].filter((sign) => sign === "(").length).toBe(
        [...bare].filter((sign) => sign === ")").length,
      );
    }
  });

  it("sets variables that Latchkey reads, and no secret", () => {
    const set = all(/createObject\('name', '(\w+)'/g);
    expect(set.size).toBeGreaterThan(7);
    expect([...set].filter((name) => !OWN_NAMES.some((own) => own === name))).toEqual([]);
    expect(text).not.toMatch(/CLIENT_SECRET|password'|adminLoginPassword/);
  });

  it("has the bot for one tenant, over Teams, at the address of the container app", () => {
    expect(template.resources).toContainEqual(
      expect.objectContaining({
        type: "Microsoft.BotService/botServices",
        properties: expect.objectContaining({
          msaAppType: "SingleTenant",
          endpoint: expect.stringMatching(/\/api\/messages/),
        }),
      }),
    );
    expect(types).toContain("Microsoft.BotService/botServices/channels");
  });
});
