import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ArmFunctions, evaluated } from "./arm-expressions.js";

/** A resource as the template has it, or as it is once every expression has its value. */
export interface Resource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly dependsOn?: readonly string[];
  readonly condition?: unknown;
  readonly properties?: unknown;
}

export interface Template {
  readonly parameters: Readonly<Record<string, { readonly type: string; readonly defaultValue?: unknown }>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
}

export const TEXT = readFileSync(join(import.meta.dirname, "../../infra/azuredeploy.json"), "utf8");
export const TEMPLATE = JSON.parse(TEXT) as Template;
const GROUP = "/subscriptions/aaaaaaaa-0000-4000-8000-000000000001/resourceGroups/latchkey";

/** What Azure says of a resource once it is there, of that which the template asks for. */
const ANSWERED: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.ManagedIdentity/userAssignedIdentities": ["clientId", "principalId", "tenantId"],
  "Microsoft.OperationalInsights/workspaces": ["customerId"],
  "Microsoft.App/managedEnvironments": ["defaultDomain", "staticIp"],
};

/** A resource's id. @throws Error where type and names do not match, as Azure does */
export function resourceId(type: string, ...names: readonly string[]): string {
  const [provider = "", ...kinds] = type.split("/");
  if (kinds.length !== names.length) throw new Error(`${type} takes ${kinds.length} names: ${names}`);
  const path = kinds.map((kind, index) => `${kind}/${names[index]}`).join("/");
  return `${GROUP}/providers/${provider}/${path}`;
}

/**
 * The template as Azure would have it with these parameters, and each id whose properties or keys are asked for, with the
 * version that it is asked by.
 */
export function deploy(parameters: Readonly<Record<string, unknown>>): {
  readonly resources: readonly Resource[];
  readonly outputs: unknown;
  readonly asked: readonly { readonly id: string; readonly version: string }[];
} {
  const asked: { id: string; version: string }[] = [];
  const named = (kind: "parameters" | "variables", name: string): never => {
    throw new Error(`the template has no ${kind} ${name}`);
  };
  const functions: ArmFunctions = {
    parameters: (name: string) =>
      name in parameters
        ? parameters[name]
        : evaluated(TEMPLATE.parameters[name]?.defaultValue ?? named("parameters", name), functions),
    variables: (name: string) => evaluated(TEMPLATE.variables[name] ?? named("variables", name), functions),
    subscription: () => ({ tenantId: "bbbbbbbb-0000-4000-8000-000000000002" }),
    resourceGroup: () => ({ id: GROUP, location: "westeurope" }),
    resourceId,
    reference: (id: string, version: string) => {
      asked.push({ id, version });
      const properties = ANSWERED[typeOf(id)] ?? [];
      return Object.fromEntries(properties.map((name) => [name, `${name}-answered`]));
    },
    listKeys: (id: string, version: string) => {
      asked.push({ id, version });
      return { primarySharedKey: "a-key" };
    },
    // Azure's is 13 letters and digits, too.
    uniqueString: () => "abcdefghijklm",
    concat: (...parts: readonly (string | readonly unknown[])[]) =>
      parts.every((part) => Array.isArray(part)) ? parts.flat() : parts.join(""),
    createArray: (...items: readonly unknown[]) => items,
    createObject: (...pairs: readonly unknown[]) =>
      Object.fromEntries(pairs.flatMap((name, at) => (at % 2 === 0 ? [[name, pairs[at + 1]]] : []))),
    not: (condition: boolean) => !condition,
    empty: (of: string | readonly unknown[]) => of.length === 0,
    if: (condition: boolean, yes: unknown, no: unknown) => (condition ? yes : no),
    json: (text: string) => JSON.parse(text),
    string: (value: unknown) => JSON.stringify(value),
  };
  return {
    resources: evaluated(TEMPLATE.resources, functions) as readonly Resource[],
    outputs: evaluated(TEMPLATE.outputs, functions),
    asked,
  };
}

/** The type of a resource, of its id. */
export function typeOf(id: string): string {
  const [provider = "", ...rest] = id.replace(`${GROUP}/providers/`, "").split("/");
  return [provider, ...rest.filter((_, index) => index % 2 === 0)].join("/");
}
