import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { OWN_NAMES } from "../../src/config/near-names.js";
import { deploy, type Resource, resourceId, TEMPLATE, TEXT, typeOf } from "./deployed.js";

/**
 * What the published schemas say of the names and values that the template uses, by type and version; and of a container
 * app's name what Azure says. https://github.com/Azure/azure-resource-manager-schemas, as it was in August 2026
 */
const FACTS = JSON.parse(readFileSync(join(import.meta.dirname, "azure-facts.json"), "utf8"));
const NEEDED = {
  image: "latchkey.azurecr.io/latchkey:0.2.0",
  clientId: "cccccccc-0000-4000-8000-000000000003",
  appPrincipalId: "dddddddd-0000-4000-8000-000000000004",
  emergencyAccounts: "eeeeeeee-0000-4000-8000-000000000005",
};
const WAYS = {
  "with what is needed": NEEDED,
  "with all there is": {
    ...NEEDED,
    name: "latchkey-of-the-north1",
    registry: "latchkey.azurecr.io",
    approvers: "ffffffff-0000-4000-8000-000000000006",
    applicationInsights: "InstrumentationKey=00000000-0000-4000-8000-000000000007",
  },
};
const all = (pattern: RegExp) => new Set([...TEXT.matchAll(pattern)].map(([, name = ""]) => name));
const idOf = ({ type, name }: Resource) => resourceId(type, ...name.split("/"));
const ofType = (resources: readonly Resource[], type: string) =>
  resources.filter((each) => each.type === type);

/** The container apps that would be made, each as its schema has it. */
interface App {
  readonly name: string;
  readonly condition?: unknown;
  readonly properties: {
    readonly configuration: unknown;
    readonly template: {
      readonly containers: readonly {
        readonly resources: { readonly cpu: number; readonly memory: string };
        readonly env: readonly { readonly name: string; readonly value: string }[];
      }[];
    };
  };
}
function appsOf(parameters: Readonly<Record<string, unknown>>) {
  const apps = ofType(deploy(parameters).resources, "Microsoft.App/containerApps") as readonly unknown[];
  return (apps as readonly App[])
    .filter(({ condition }) => condition !== false)
    .map(({ name, properties: { configuration, template } }) => ({
      name,
      configuration,
      containers: template.containers,
      env: Object.fromEntries(
        template.containers.flatMap(({ env }) => env.map(({ name, value }) => [name, value])),
      ),
    }));
}
const ajv = new Ajv({ allErrors: true });
const errorsOf = (resource: Resource) => {
  const { type, apiVersion, dependsOn: _before, condition: _condition, ...own } = resource;
  const facts = FACTS[`${type}@${apiVersion}`];
  if (facts === undefined) throw new Error(`azure-facts.json says nothing of ${type}@${apiVersion}`);
  ajv.validate(facts, { ...own, name: own.name.split("/").at(-1) });
  return ajv.errors ?? [];
};

describe("infra/azuredeploy.json, which could not be deployed here", () => {
  it("uses each of its parameters and variables", () => {
    expect(all(/parameters\('(\w+)'\)/g)).toEqual(new Set(Object.keys(TEMPLATE.parameters)));
    expect(all(/variables\('(\w+)'\)/g)).toEqual(new Set(Object.keys(TEMPLATE.variables)));
  });

  it.each(Object.entries(WAYS))("%s, says of each resource what its schema takes", (_, parameters) => {
    for (const each of deploy(parameters).resources)
      expect({ type: each.type, errors: errorsOf(each) }).toEqual({ type: each.type, errors: [] });
  });

  it.each([
    ["a name that is misspelt", "targetPort", "targetport"],
    ["a value that is not among those there are", '"SingleTenant"', '"Singletenant"'],
    ["a name that is too long", '"latchkey","location"', '"latchkey-of-the-wide-and-cold-north","location"'],
  ])("%s would be found", (_, right, wrong) => {
    const { resources } = deploy(NEEDED);
    const broken = JSON.parse(JSON.stringify(resources).replace(right, wrong)) as readonly Resource[];
    expect(resources.flatMap(errorsOf)).toEqual([]);
    expect(broken.flatMap(errorsOf)).not.toEqual([]);
  });

  it.each(Object.entries(WAYS))("%s, asks only for what it made before, by its version", (_, parameters) => {
    const { resources, asked } = deploy(parameters);
    const made = new Map(resources.map((each) => [idOf(each), each.apiVersion]));
    const ids = [...made.keys()];
    for (const { id, version } of asked) expect({ id, version: made.get(id) }).toEqual({ id, version });
    for (const [at, { type, name, dependsOn = [] }] of resources.entries()) {
      for (const id of dependsOn) expect(ids.slice(0, at), `${type} ${name}`).toContain(id);
      const parent = ids.find((id) => idOf({ type, name } as Resource).startsWith(`${id}/`));
      if (parent !== undefined) expect(dependsOn).toContain(parent);
    }
    expect(new Set(ids).size).toBe(resources.length);
  });

  it("starts the bot with variables that Latchkey reads, and no secret", () => {
    const { env, configuration } = appsOf(WAYS["with all there is"])[1] ?? {};
    expect(Object.keys(env ?? {}).filter((name) => !OWN_NAMES.some((own) => own === name))).toEqual([]);
    expect(env).toMatchObject({
      CLIENT_ID: NEEDED.clientId,
      MANAGED_IDENTITY_CLIENT_ID: "clientId-answered",
      PUBLIC_URL: "https://latchkey-of-the-north1.defaultDomain-answered",
      DATABASE_URL:
        "postgres://latchkey@latchkey-of-the-north1-abcdefghijklm.postgres.database.azure.com:5432/latchkey?sslmode=verify-full",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://latchkey-of-the-north1-collector",
    });
    expect(configuration).toMatchObject({
      registries: [{ identity: expect.stringContaining("/userAssignedIdentities/") }],
    });
    expect(TEXT).not.toMatch(/CLIENT_SECRET|password'|adminLoginPassword/);
  });

  it("has a collector for traces only where Application Insights is named, and the secret only there", () => {
    expect(appsOf(NEEDED).map(({ name }) => name)).toEqual(["latchkey"]);
    const [collector, bot] = appsOf(WAYS["with all there is"]);
    expect(JSON.stringify(bot)).not.toContain("InstrumentationKey");
    expect(JSON.parse(collector?.env.COLLECTOR_CONFIGURATION ?? "")).toMatchObject({
      service: { pipelines: { traces: { receivers: ["otlp"], exporters: ["azuremonitor"] } } },
    });
  });

  it("gives each container a pair of CPU and memory that the Consumption plan has", () => {
    // https://learn.microsoft.com/azure/container-apps/containers#allocations: memory in Gi is twice the cores.
    for (const { containers } of appsOf(WAYS["with all there is"]))
      for (const { resources } of containers) expect(resources.memory).toBe(`${resources.cpu * 2}Gi`);
  });

  it("has the bot for one tenant, over Teams, at the address of the container app", () => {
    const { resources, outputs } = deploy(NEEDED);
    expect(ofType(resources, "Microsoft.BotService/botServices")[0]?.properties).toMatchObject({
      msaAppType: "SingleTenant",
      endpoint: "https://latchkey.defaultDomain-answered/api/messages",
    });
    expect(ofType(resources, "Microsoft.BotService/botServices/channels")).toHaveLength(1);
    expect(outputs).toMatchObject({
      publicUrl: { value: "https://latchkey.defaultDomain-answered" },
      managedIdentityPrincipalId: { value: "principalId-answered" },
    });
  });

  it("is judged by a reader of expressions that finds what is wrong with them", () => {
    expect(() => resourceId("Microsoft.App/containerApps", "a", "b")).toThrow("takes 1 names");
    expect(typeOf(resourceId("Microsoft.BotService/botServices/channels", "a", "b"))).toBe(
      "Microsoft.BotService/botServices/channels",
    );
  });
});
